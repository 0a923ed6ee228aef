/** What page-times runs inside the browser: each stands alone, since it is sent as text. */

/**
 * Rounds of the two works by which Lighthouse reckons the index of a processor: strings that grow, arrays copied. A
 * tenth of those in a second of processor, on average of both, is the index.
 */
export const benchmarkRounds = (work: 'strings' | 'arrays'): number => {
  const [one, other] = [Array.from({ length: 100_000 }, (_, i) => i), Array.from({ length: 100_000 }, (_, i) => i)]
  let done = 0
  for (const began = performance.now(); done < 500 || performance.now() - began < 300; done++) {
    let text = ''
    if (work === 'strings') for (let i = 0; i < 10_000; i++) text += 'a'
    if (text.length === 1) throw new Error('never')
    const [from, to] = done % 2 ? [one, other] : [other, one]
    if (work === 'arrays') for (let i = 0; i < from.length; i++) to[i] = from[i]!
  }
  return done
}

/**
 * Says when the page became usable, once it has stayed so for a second: its title, its main data (named after `#`) and
 * no skeleton in sight.
 */
export const watchUsable = () => {
  const content = decodeURIComponent(location.hash.slice(1))
  if (!content) return
  const shown = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].some(element => element.checkVisibility())
  const usable = () => shown('main h1') && shown(content) && !shown('main .cc-skeleton:not(.cc-map__wait .cc-skeleton)')
  let since: number | undefined
  const look = () => {
    since = usable() ? (since ?? performance.now()) : undefined
    if (since !== undefined && performance.now() - since > 1000) Object.assign(window, { usableAt: since })
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** A page that asks these answers at once, and is usable when all are printed. */
export const floorPage = (urls: readonly string[]): string => `<!doctype html><html lang="fr"><title>floor</title>
<h1>Floor</h1><main></main><script>
Promise.all(${JSON.stringify(urls)}.map(url => fetch(url).then(answer => answer.json()).catch(String))).then(all => {
  document.querySelector('main').textContent = JSON.stringify(all)
  requestAnimationFrame(() => setTimeout(() => { window.usableAt = performance.now() }))
})
</script></html>`
