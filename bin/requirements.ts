/**
 * Writes the last column of docs/requirements.md anew: for each id, the tests whose title carries it.
 * `npm run requirements` writes; with `--check`, exits 1 when the page is stale.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/requirements.md')

const testFiles = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory()
      ? testFiles(join(folder, entry.name))
      : entry.name.endsWith('.test.ts')
        ? [join(folder, entry.name)]
        : [],
  )

/**
 * Ids to the tests that carry them: a title may carry several, as « IDN-2, SEC-6: … ». Templates keep their fixed part.
 */
export const provenBy = (): Map<string, string[]> => {
  const proven = new Map<string, string[]>()
  for (const file of ['contract', 'server', 'web', 'database', 'e2e', 'bin'].flatMap(testFiles).sort()) {
    for (const [, , title] of readFileSync(join(root, file), 'utf8').matchAll(
      /\b(?:test|it)\(\s*(['"`])((?:(?!\1).)+)\1/g,
    )) {
      for (const id of new Set(title!.match(/\b[A-Z]{2,3}-\d{1,2}\b/g) ?? [])) {
        const line = `${file}: ${title!.replace(/\$\{[^}]*\}/g, '…').replaceAll('|', '\\|')}`
        proven.set(id, [...(proven.get(id) ?? []), line])
      }
    }
  }
  return proven
}

export const written = (): string => {
  const proven = provenBy()
  return readFileSync(page, 'utf8')
    .split('\n')
    .map(line => {
      const cells = /^\| ([A-Z]{2,3}-\d{1,2}) \|/.test(line) ? line.split(' | ') : undefined
      if (!cells) return line
      const id = cells[0]!.slice(2)
      const tests = proven.get(id) ?? []
      return [
        ...cells.slice(0, 3),
        `${tests.length === 0 ? '—' : tests.map(t => `\`${t.replaceAll('`', 'ʼ')}\``).join('<br>')} |`,
      ].join(' | ')
    })
    .join('\n')
}

if (import.meta.main) {
  const fresh = written()
  if (process.argv.includes('--check')) {
    const stale = fresh !== readFileSync(page, 'utf8')
    if (stale)
      console.error('docs/requirements.md ne suit plus les titres des tests : lancez « npm run requirements ».')
    process.exit(stale ? 1 : 0)
  }
  writeFileSync(page, fresh)
}
