import type pg from 'pg'
import type { Reached } from './build-state.queries.ts'
import { type FileKind, judgeOf, type RegisterKind } from './file-layout.ts'
import { addResult, type FileCounts } from './import-counts.ts'
import type { ImportOptions } from './import-options.ts'
import { LineScanner, type Reject } from './line-scanner.ts'
import { findRepeats, type Into, type Kept, type Scope, stageLinks } from './merge.queries.ts'
import { mergeEstablishments } from './merge-establishments.queries.ts'
import { mergeUnits } from './merge-units.queries.ts'
import { openCopy } from './open-copy.ts'
import { prepareStaging } from './prepare-import.queries.ts'
import type { Known } from './recognise-files.ts'

/** One batch on its way: fed by the reader, then written by its session while the next one is fed. */
interface Batch {
  readonly session: pg.ClientBase
  copy: ReturnType<typeof openCopy> | undefined
  read: number
  readonly keys: number[]
  readonly lines: number[]
  low: number
  outOfOrder: Set<number> | undefined
  readonly rejects: Reject[]
}

/** Takes out of a batch, and lists, the keys that an earlier one brought. */
const rejectRepeats = async (batch: Batch, kind: RegisterKind, highest: number): Promise<void> => {
  const repeats = await findRepeats(batch.session, kind, batch.low, highest)
  const lineOf = repeats.length ? new Map(batch.keys.map((k, i) => [k, batch.lines[i]!])) : undefined
  for (const key of repeats)
    batch.rejects.push({
      line: lineOf!.get(key)!,
      reason: `repeated-${kind === 'units' ? 'siren' : 'siret'}`,
      text: String(key).padStart(kind === 'units' ? 9 : 14, '0'),
    })
}
/** Writes what a batch staged. Undefined when nothing of it was staged. */
const merge = async ({ session, keys }: Batch, kind: FileKind, into: Into, scope: Scope) => {
  if (kind === 'successions') return stageLinks(session)
  if (keys.length === 0) return undefined
  return (kind === 'units' ? mergeUnits : mergeEstablishments)(session, scope, into)
}

/**
 * Reads a file from where the import stopped and writes its batches, each with the position it reached. `save` is called
 * in the transaction of each batch.
 */
export const readFile = async (
  sessions: readonly pg.ClientBase[],
  { file, header, layout }: Known,
  counts: FileCounts,
  from: Reached,
  kept: Kept,
  options: ImportOptions,
  save: (session: pg.ClientBase, next: Reached, rejects: readonly Reject[]) => Promise<void>,
) => {
  const { batchRows = 100_000 } = options
  const { kind } = layout
  const copySql = (await Promise.all(sessions.map(session => prepareStaging(session, layout))))[0]!
  let read = counts.read
  let highest = from.highest
  const busy = new Map<pg.ClientBase, Promise<void>>()
  let last: Promise<void> = Promise.resolve()
  let turn = 0
  const next = async (): Promise<Batch> => {
    const session = sessions[turn++ % sessions.length]!
    await busy.get(session)
    await session.query('begin')
    return { session, copy: undefined, read: 0, keys: [], lines: [], low: Infinity, outOfOrder: undefined, rejects: [] }
  }
  let batch: Batch | undefined
  // INSEE sorts its files: only a key that does not follow the highest so far can be a repeat.
  const accept = (key: number, line: number): boolean => {
    if (key > highest) highest = key
    else {
      batch!.outOfOrder ??= new Set(batch!.keys)
      if (batch!.outOfOrder.has(key)) return false
    }
    batch!.outOfOrder?.add(key)
    batch!.keys.push(key)
    batch!.lines.push(line)
    if (key < batch!.low) batch!.low = key
    return true
  }
  /** Batches are written side by side and committed in their order. */
  const write = async (it: Batch, before: Promise<void>, reached: Reached): Promise<void> => {
    const { session } = it
    await it.copy?.end()
    it.copy = undefined
    if (it.outOfOrder && kind !== 'successions') {
      await before // what an earlier batch brought is known once it is committed
      await rejectRepeats(it, kind, reached.highest)
    }
    const result = await merge(it, kind, { low: it.low, high: reached.highest, kept }, options)
    await before
    counts.read += it.read
    for (const { reason } of it.rejects) counts.rejected[reason] = (counts.rejected[reason] ?? 0) + 1
    if (result) addResult(counts, result)
    await save(session, reached, it.rejects)
    await session.query('commit')
    await options.onBatch?.(counts)
  }
  const send = (reached: Reached) => {
    const it = batch!
    batch = undefined
    last = write(it, last, reached)
    last.catch(() => {}) // said where it is waited for
    busy.set(it.session, last)
  }

  const { stream, progress } = await file.open(from.bytes, Math.max(64, Math.min(1 << 20, batchRows * 200)))
  const scanner = new LineScanner(stream)
  if (from.bytes) scanner.resume(header, from)
  else await scanner.header()
  try {
    batch = await next()
    for await (const chunk of scanner.chunks(judgeOf(kind, header, accept))) {
      batch.rejects.push(...chunk.rejects)
      for (const clean of chunk.clean) {
        batch.copy ??= openCopy(batch.session, copySql)
        await batch.copy.write(clean)
      }
      batch.read += chunk.read
      read += chunk.read
      options.onProgress?.({ file: file.name, kind, read, done: progress(), size: file.size })
      if (batch.read >= batchRows) {
        send({ ...from, ...scanner.reached, highest })
        batch = await next()
      }
    }
    send({ ...from, ...scanner.reached, highest })
    await last
  } catch (error) {
    batch?.copy?.abandon()
    await Promise.allSettled(busy.values())
    await Promise.all(sessions.map(session => session.query('rollback').catch(() => {})))
    await scanner.close().catch(() => {})
    throw error
  }
}
