import { existsSync, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { readCheckpoint } from './checkpoint-note.ts'
import { exportFile, exportFiles, lineOfCheckpoint, lineOfEntry, readExport } from './export-lines.ts'
import { entriesBetween, noteAsOwner } from './trail.queries.ts'
import { canonicalOf, leafOf, type StoredEntry } from './trail-digests.ts'

export interface ExportOptions {
  /** Entries a file, about: one ends where a checkpoint closes it. */
  readonly perFile?: number
  readonly batch?: number
}

const firstOf = (file: string) => Number(/\d+/.exec(file)![0])
/** Where the copy stopped: the next position, the last checkpoint in it, and the file to go on with. */
const whereItStands = async (folder: string): Promise<{ next: number; file: string; note: string | undefined }> => {
  const last = exportFiles(folder).at(-1)
  if (last === undefined) return { next: 0, file: exportFile(0), note: undefined }
  let [next, note] = [firstOf(last), undefined as string | undefined]
  // Half a line, left by a crash, is ignored.
  for await (const line of readExport(join(folder, last))) {
    if (line.kind === 'entry') next = line.position + 1
    else if (line.kind === 'checkpoint') note = line.note
  }
  return { next, file: last, note }
}

/**
 * Copies the sealed entries into files that only grow: one entry a line, without details.
 * A signed checkpoint closes each stretch.
 * After a stop or a kill, the next run goes on: half a line stays, and the whole one follows.
 * Answers how many were copied. `client` is connected as cc_owner.
 */
export const exportTrail = async (
  client: pg.ClientBase,
  folder: string,
  { perFile = 100_000, batch = 5_000 }: ExportOptions = {},
): Promise<number> => {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o750 })
  const {
    rows: [lock],
  } = await client.query<{ held: boolean }>('select pg_try_advisory_lock(33008) as held')
  if (!lock!.held) throw new Error('une autre copie de la trace est en cours')
  try {
    const from = await whereItStands(folder)
    if (from.note !== undefined) {
      const kept = readCheckpoint(from.note)
      const stored = kept && readCheckpoint((await noteAsOwner(client, kept.size)) ?? '')
      if (!stored?.root.equals(kept!.root))
        throw new Error('la trace n’est plus celle de la copie : lancez « npm run audit -- verify --against »')
    }
    let [{ next, file }, copied] = [from, 0]
    for (;;) {
      const {
        rows: [target],
      } = await client.query<{ size: number; note: string }>(
        `select size, note from trail_checkpoints where size = coalesce(
        (select max(size) from trail_checkpoints where size > $1 and size <= $1::bigint + $2), (select min(size)
          from trail_checkpoints where size > $1))`,
        [next, batch],
      )
      if (!target) return copied
      if (next - firstOf(file) >= perFile) file = exportFile(next)
      const entries = await entriesBetween(client, { start: next, end: target.size })
      if (entries.length !== target.size - next) throw new Error(missing)
      const start = next
      await append(join(folder, file), [
        ...entries.map((entry, i) => lineWhole(entry, start + i)),
        lineOfCheckpoint(target.note),
      ])
      copied += entries.length
      next = target.size
    }
  } finally {
    await client.query('select pg_advisory_unlock(33008)').catch(() => {}) // the connection may be what failed
  }
}
const missing = 'une entrée scellée n’est plus là, ou n’est plus la même : lancez « npm run audit -- verify »'

/** What is altered is not copied. */
const lineWhole = (entry: StoredEntry & { position: number; leaf: Buffer }, position: number): string => {
  if (entry.position !== position || !leafOf(entry).equals(entry.leaf)) throw new Error(missing)
  return lineOfEntry(position, entry.leaf, canonicalOf(entry))
}
const append = async (path: string, lines: readonly string[]) => {
  const file = await open(path, 'a+', 0o640)
  try {
    const { size } = await file.stat()
    const whole = size === 0 || (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] === 10
    await file.appendFile(`${whole ? '' : '\n'}${lines.join('\n')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}
