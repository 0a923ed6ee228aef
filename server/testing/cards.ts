import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { isTest, locationOf, root, serverCode, text } from './sources.ts'

/** The card of a room: what it owns, which rooms it uses, which of their tables it reads, where to start reading. */
export interface Card {
  readonly lines: readonly string[]
  readonly owns: readonly string[]
  readonly uses: readonly string[]
  readonly reads: readonly string[]
  readonly start: readonly string[]
}

/** The comment that opens the index; the README where a folder has no index. */
const linesOf = (folder: string): readonly string[] => {
  const index = join(folder, 'index.ts')
  if (existsSync(join(root, index))) {
    const comment = /^\/\*\*\n((?: \* .+\n)+) \*\/\n\nimport /.exec(text(index))?.[1] ?? ''
    return [...comment.matchAll(/^ \* (.+)$/gm)].map(m => m[1]!)
  }
  if (!existsSync(join(root, folder, 'README.md'))) return []
  return text(join(folder, 'README.md'))
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('# '))
    .map(line => line.replace(/^- /, ''))
}

const titled = (line: string) => /^(Owns|Uses|Reads|Start): /.exec(line)?.[1]
/** The parts of a card by their title: `Uses: a, b.` may go on over the next line, and ends with a full stop. */
export const cardFrom = (lines: readonly string[]): Card => {
  const parts = new Map<string, string>()
  let title: string | undefined
  for (const line of lines) {
    const begun = titled(line)
    if (begun && parts.has(begun)) throw new Error(`a card has one line « ${begun} », not: ${line}`)
    title = begun ?? title
    if (title) parts.set(title, `${parts.get(title) ?? ''}${line.slice(begun ? begun.length + 2 : 0)}\n`)
    if (line.endsWith('.')) title = undefined
  }
  const wordsOf = (part: string) => {
    const said = (parts.get(part) ?? '').trim()
    if (said !== '' && !said.endsWith('.')) throw new Error(`« ${part} » ends with a full stop: ${said}`)
    return said
      .slice(0, -1)
      .replaceAll('`', '')
      .split(/[,;\s]+/)
      .filter(Boolean)
  }
  return {
    lines,
    owns: wordsOf('Owns'),
    uses: wordsOf('Uses'),
    reads: wordsOf('Reads'),
    start: wordsOf('Start').filter(word => /\.(ts|md)$/.test(word)),
  }
}
export const cardOf = (folder: string): Card => cardFrom(linesOf(folder))

/** How many lines a card has, its tables read apart: what is no table there counts as a line. */
export const lengthOf = ({ lines }: Pick<Card, 'lines'>): number => {
  let reading = false
  return lines.filter(line => {
    const begun = titled(line)
    reading = begun === 'Reads' || (reading && !begun && /^[\w`,. ]+$/.test(line))
    const ends = reading && line.endsWith('.')
    const counted = !reading
    if (ends) reading = false
    return counted
  }).length
}

/** Each folder of the server that has a card: a room, or what stands on the ground floor or beside it. */
export const roomFolders = (): readonly string[] => {
  const locations = [...serverCode(), join('server', 'testing', 'house.ts')].map(locationOf)
  const folders = locations.flatMap(at => (at ? [['server', at.wing, at.room].filter(Boolean).join(sep)] : []))
  return [...new Set(folders)].sort()
}

/** The names that no word of a list covers; `campaign.*` covers all that begins with `campaign.`. */
export const notCovered = (list: readonly string[], names: Iterable<string>): readonly string[] =>
  [...new Set(names)].filter(
    name => !list.some(word => word === name || (word.endsWith('*') && name.startsWith(word.slice(0, -1)))),
  )

/** The files of a folder and below, without its tests. */
export const filesOf = (folder: string): readonly string[] =>
  serverCode().filter(file => `${dirname(file)}${sep}`.startsWith(`${folder}${sep}`) && !isTest(file))
