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

/** `Uses: a, b.` may go on over the next line. */
const wordsAfter = (title: string, lines: readonly string[]): readonly string[] => {
  const said = new RegExp(String.raw`^${title}: ([\s\S]+?)\.$`, 'm').exec(lines.join('\n'))?.[1] ?? ''
  return said
    .replaceAll('`', '')
    .split(/[,;\s]+/)
    .filter(Boolean)
}

export const cardOf = (folder: string): Card => {
  const lines = linesOf(folder)
  return {
    lines,
    owns: wordsAfter('Owns', lines),
    uses: wordsAfter('Uses', lines),
    reads: wordsAfter('Reads', lines),
    start: wordsAfter('Start', lines).filter(word => /\.(ts|md)$/.test(word)),
  }
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
