import { join } from 'node:path'
import type pg from 'pg'
import { sha256 } from '../../platform/digest.ts'
import { type VerifierKey, verifyNote } from './checkpoint-note.ts'
import { type Line, readExport } from './export-lines.ts'
import { growTree } from './merkle-tree.ts'
import { entriesBetween } from './trail.queries.ts'
import { canonicalOf } from './trail-digests.ts'

export interface Exported {
  readonly entries: number
  readonly checkpoints: number
  /** Entries after the last checkpoint of the copy. */
  readonly open: number
}
type SayExport = (what: 'export-line' | 'export-signature' | 'export-differs' | 'export-cut', where: string) => void
type EntryLine = Extract<Line, { kind: 'entry' }>

const batch = 5_000
const idOf = (entry: string): string => /^\["([0-9a-f-]{36})"/.exec(entry)?.[1] ?? '?'
/** What a crash leaves of a line; the next line at its position begins with it, or closes the stretch instead. */
const isHalf = (text: string, next: number, origins: readonly string[]): boolean =>
  [
    `{"position":${next},"leaf":"`,
    ...origins.map(name => `{"checkpoint":${JSON.stringify(`${name}\n`).slice(0, -1)}`),
  ].some(start => start.startsWith(text) || (text.startsWith(start) && text.length < 4_000))

/**
 * The entries kept outside, by themselves (digests, tree, signatures) and beside those of the database, in the caller's
 * snapshot.
 */
export const verifyExport = async (
  client: pg.ClientBase,
  {
    keys,
    folder,
    files,
    size,
  }: { keys: readonly VerifierKey[]; folder: string; files: ReadonlyMap<string, number>; size: number },
  fault: SayExport,
): Promise<Exported> => {
  const tree = growTree()
  let [next, checkpoints, closed, whole, half] = [0, 0, 0, true, undefined as string | undefined]
  let waiting: EntryLine[] = []
  const compare = async () => {
    const lines = waiting.filter(line => line.position < size)
    waiting = []
    if (lines.length === 0) return
    const stored = new Map(
      (await entriesBetween(client, { start: lines[0]!.position, end: lines.at(-1)!.position + 1 })).map(entry => [
        entry.position,
        entry,
      ]),
    )
    for (const { position, leaf, entry } of lines) {
      const found = stored.get(position)
      if (!found || canonicalOf(found) !== entry || !found.leaf.equals(leaf))
        fault('export-differs', `entrée ${idOf(entry)}, position ${position}`)
    }
  }
  if (files.size === 0) fault('export-line', `aucune copie dans ${folder}`)
  for (const [name, length] of files) {
    let line = 0
    for await (const read of readExport(join(folder, name), length)) {
      const where = `${name}, ligne ${++line}`
      if (
        half !== undefined &&
        !(read.kind === 'entry' && (read.text.startsWith(half) || half.startsWith('{"checkpoint"')))
      )
        fault('export-line', `${name}, ligne ${line - 1}`)
      half = undefined
      if (read.kind === 'unreadable') {
        if (
          isHalf(
            read.text,
            next,
            keys.map(key => key.name),
          )
        )
          half = read.text
        else fault('export-line', where)
      } else if (read.kind === 'checkpoint') {
        const said = verifyNote(read.note, keys)
        checkpoints++
        if (!said || said.size !== next || (whole && !said.root.equals(tree.root()))) fault('export-signature', where)
        closed = next
      } else {
        if (read.position !== next) {
          fault(
            'export-line',
            read.position > next
              ? `${where} : positions ${next} à ${read.position - 1} manquantes`
              : `${where} : position ${read.position} à la place de ${next}`,
          )
          whole = false // the tree cannot be made any more
        }
        if (!sha256(Buffer.of(0), read.entry).equals(read.leaf))
          fault('export-line', `${where} : entrée ${idOf(read.entry)}, position ${read.position}`)
        tree.append(read.leaf)
        next = read.position + 1
        if (waiting.push(read) >= batch) await compare()
      }
    }
  }
  await compare()
  if (next > size) fault('export-cut', `${size} positions dans la base, ${next} dans la copie`)
  return { entries: next, checkpoints, open: next - closed }
}
