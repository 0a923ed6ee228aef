/**
 * What a first visit to each page loads, compressed: the page itself, its fonts, its scripts and its styles.
 * The build fails past the budget, and names the page.
 */

/** In bytes, over the wire. */
export const firstVisitBudget = 350_000

/** As Vite tells them: each source with its file, its styles, and what it imports at once. */
export type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string
      readonly css?: readonly string[]
      readonly imports?: readonly string[]
      readonly isEntry?: boolean
    }
  >
>

/** The files of a source and of all that it imports at once. */
const filesOf = (manifest: Manifest, source: string, seen = new Set<string>()): string[] => {
  const chunk = manifest[source]
  if (!chunk || seen.has(source)) return []
  seen.add(source)
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap(one => filesOf(manifest, one, seen))]
}

/** What each page comes to, the heaviest first. `always`: what every page loads besides, the fonts among them. */
export const firstVisits = (
  manifest: Manifest,
  always: readonly string[],
  sizeOf: (file: string) => number,
): { readonly page: string; readonly bytes: number }[] => {
  const entries = Object.keys(manifest).filter(source => manifest[source]!.isEntry)
  const shell = entries.flatMap(source => filesOf(manifest, source))
  return Object.keys(manifest)
    .filter(source => source.endsWith('.page.tsx'))
    .map(page => ({
      page,
      bytes: [...new Set([...always, ...shell, ...filesOf(manifest, page)])].reduce(
        (sum, file) => sum + sizeOf(file),
        0,
      ),
    }))
    .sort((a, b) => b.bytes - a.bytes)
}

export const overBudget = (visits: ReturnType<typeof firstVisits>): string | null => {
  const over = visits.filter(({ bytes }) => bytes > firstVisitBudget)
  return over.length === 0
    ? null
    : `Plus de ${firstVisitBudget / 1000} ko à la première visite : ${over
        .map(({ page, bytes }) => `${page} ${Math.ceil(bytes / 1000)} ko`)
        .join(', ')}.`
}
