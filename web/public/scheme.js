// Runs before the first paint, so a person who chose the dark theme never sees a white flash. A file, because no inline script is allowed.
{
  let choice = 'system'
  try {
    choice = localStorage.getItem('scheme') ?? 'system'
  } catch {
    // Storage may be forbidden: the system's theme is then used.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  const root = document.documentElement
  root.setAttribute('data-fr-scheme', choice)
  root.setAttribute('data-fr-theme', dark ? 'dark' : 'light')
  root.style.colorScheme = dark ? 'dark' : 'light'
}
