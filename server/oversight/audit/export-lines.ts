import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A line of the entries kept outside. */
export type Line = { readonly text: string } & (
  | { readonly kind: 'entry'; readonly position: number; readonly leaf: Buffer; readonly entry: string }
  | { readonly kind: 'checkpoint'; readonly note: string }
  | { readonly kind: 'unreadable' }
)

export const lineOfEntry = (position: number, leaf: Buffer, entry: string): string =>
  JSON.stringify({ position, leaf: leaf.toString('base64'), entry })
export const lineOfCheckpoint = (checkpoint: string): string => JSON.stringify({ checkpoint })

/** Files are named after their first position, so that their names sort as their entries. */
export const exportFile = (first: number): string => `journal-${String(first).padStart(12, '0')}.jsonl`
export const exportFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(name => /^journal-\d{12}\.jsonl$/.test(name))
        .sort()
    : []

/** How far each file reaches now: what is copied later is not read. */
export const exportLengths = (folder: string): ReadonlyMap<string, number> =>
  new Map(exportFiles(folder).map(name => [name, statSync(join(folder, name)).size]))

const parsed = (text: string): Line => {
  try {
    const line = JSON.parse(text) as {
      position?: unknown
      leaf?: unknown
      entry?: unknown
      checkpoint?: unknown
    } | null
    if (typeof line?.checkpoint === 'string' && lineOfCheckpoint(line.checkpoint) === text)
      return { text, kind: 'checkpoint', note: line.checkpoint }
    if (typeof line?.position === 'number' && typeof line.leaf === 'string' && typeof line.entry === 'string') {
      const leaf = Buffer.from(line.leaf, 'base64')
      if (lineOfEntry(line.position, leaf, line.entry) === text)
        return { text, kind: 'entry', position: line.position, leaf, entry: line.entry }
    }
  } catch {
    /* half a line, or rubbish */
  }
  return { text, kind: 'unreadable' }
}
/** Every line of a file, in order, up to that length. Memory does not grow with it. */
export async function* readExport(path: string, length = statSync(path).size): AsyncGenerator<Line> {
  if (length === 0) return
  for await (const text of createInterface({
    input: createReadStream(path, { end: length - 1 }),
    crlfDelay: Number.POSITIVE_INFINITY,
  }))
    yield parsed(text)
}
