import type pg from 'pg'
import { ImportRefused } from '../register/import-options.ts'
import { LineScanner, type Reject } from '../register/line-scanner.ts'
import { openCopy } from '../register/open-copy.ts'
import { takeImportLock } from '../register/prepare-import.queries.ts'
import { type HiringFile, recogniseHirings } from './hiring-files.ts'
import { dayAt, readerOf } from './hiring-line-rules.ts'
import { copyEnd, copyStart, emptyHiring, HiringRows } from './hiring-rows.ts'
import {
  copySql,
  droppedMonths,
  type HiringCounts,
  keptOf,
  type ReachedFile,
  readRejects,
  saveReached,
  takeUpFile,
} from './hirings.queries.ts'
import { finishFile, mergeHirings } from './merge-hirings.queries.ts'

export interface HiringImportOptions {
  readonly today: string
  readonly batchRows?: number | undefined
  readonly onReject?: (file: string, reject: Reject) => void
  readonly onRejectsTold?: () => Promise<void>
  readonly onProgress?: (progress: { file: string; read: number; done: number; size: number }) => void
  readonly onStep?: (step: HiringStep, file: string) => void
}
export type HiringStep = 'resumed' | 'abandoned' | 'merging'

/**
 * Brings files of declarations, one after the other. Of each line five facts alone leave the memory of this process.
 * After a stop, the same command on the same files goes on. Run once more, it changes nothing.
 */
export const importHirings = async (
  owner: pg.ClientBase,
  paths: readonly string[],
  options: HiringImportOptions,
): Promise<HiringCounts[]> => {
  const files = await recogniseHirings(paths)
  if (!(await takeImportLock(owner, 3_000, 'hirings-import')))
    throw new ImportRefused('un autre import de DPAE est en cours')
  try {
    const all: HiringCounts[] = []
    for (const file of files) {
      const { id, counts } = await bringFile(owner, file, options)
      all.push(counts)
      if (options.onReject) await readRejects(owner, id, reject => options.onReject!(file.name, reject))
    }
    await options.onRejectsTold?.()
    return all
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtext('hirings-import'))`).catch(() => {})
  }
}

const bringFile = async (
  owner: pg.ClientBase,
  file: HiringFile,
  options: HiringImportOptions,
): Promise<{ id: number; counts: HiringCounts }> => {
  const { abandoned, ...reached } = await takeUpFile(owner, file.name, file.digest, {
    file: file.name,
    columns: file.header.length,
    read: 0,
    rejected: {},
    added: 0,
    known: 0,
    unknown: { establishments: 0, hires: 0 },
  })
  const { id, counts } = reached
  if (reached.finished) return { id, counts: { ...counts, already: true } }
  if (abandoned) options.onStep?.('abandoned', file.name)
  if (reached.resumed) options.onStep?.('resumed', file.name)
  await readLines(owner, file, reached, options)
  options.onStep?.('merging', file.name)
  await inTransaction(owner, async () => {
    Object.assign(counts, await mergeHirings(owner))
    if (counts.added + counts.known !== keptOf(counts)) throw new Error('lines were staged that are not counted')
    await finishFile(owner, id, counts)
  })
  return { id, counts }
}

/** Believed of a day of hire: a declaration comes eight days before at most; two months leave room for mistakes. */
const daysAhead = 61

const readLines = async (
  owner: pg.ClientBase,
  { file, name, header, dialect }: HiringFile,
  { id, bytes, line, counts }: ReachedFile,
  { today, batchRows = 100_000, onProgress }: HiringImportOptions,
): Promise<void> => {
  const [rows, hiring] = [new HiringRows(), emptyHiring()]
  const read = readerOf(
    header,
    { last: dayAt(Buffer.from(today), 0, 10) + daysAhead, dropped: await droppedMonths(owner) },
    hiring,
  )
  const { stream, progress } = await file.open(bytes, Math.max(64, Math.min(1 << 20, batchRows * 150)))
  const scanner = new LineScanner(stream, dialect)
  if (bytes) scanner.resume(header, { bytes, line })
  else await scanner.header()
  const lines = scanner.chunks((buffer, starts, ends) => {
    const reason = read(buffer, starts, ends)
    if (reason === undefined) rows.add(hiring)
    return reason
  })
  try {
    for (let more = true; more; ) {
      await inTransaction(owner, async () => {
        const copy = openCopy(owner, copySql)
        const rejects: Reject[] = []
        let batch = 0
        try {
          await copy.write(copyStart)
          while (more && batch < batchRows) {
            const { done, value: chunk } = await lines.next()
            more = !done
            if (!chunk) continue
            batch += chunk.read
            counts.read += chunk.read
            rejects.push(...chunk.rejects)
            const staged = rows.take()
            if (staged) await copy.write(staged)
            onProgress?.({ file: name, read: counts.read, done: progress(), size: file.size })
          }
          await copy.write(copyEnd)
          await copy.end()
        } catch (error) {
          copy.abandon()
          throw error
        }
        for (const { reason } of rejects) counts.rejected[reason] = (counts.rejected[reason] ?? 0) + 1
        await saveReached(owner, id, scanner.reached, counts, rejects)
      })
    }
  } finally {
    await scanner.close().catch(() => {})
  }
}

export const inTransaction = async (owner: pg.ClientBase, work: () => Promise<void>): Promise<void> => {
  await owner.query('begin')
  try {
    await work()
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => {})
    throw error
  }
}
