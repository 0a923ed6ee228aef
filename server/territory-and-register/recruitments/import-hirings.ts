import type pg from 'pg'
import { ImportRefused } from '../register/import-options.ts'
import {
  type Batch,
  inTransaction,
  keptOf,
  type LineOptions,
  type ReachedFile,
  readInBatches,
  readRejects,
} from '../register/line-batches.ts'
import type { LineFile } from '../register/line-files.ts'
import { openCopy } from '../register/open-copy.ts'
import { takeImportLock } from '../register/prepare-import.queries.ts'
import { recogniseHirings } from './hiring-files.ts'
import { dayAt, readerOf } from './hiring-line-rules.ts'
import { copyEnd, copyStart, emptyHiring, HiringRows } from './hiring-rows.ts'
import { copySql, droppedMonths, type HiringCounts, hiringTables, takeUpFile } from './hirings.queries.ts'
import { finishFile, mergeHirings } from './merge-hirings.queries.ts'

export interface HiringImportOptions extends LineOptions {
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
      if (options.onReject) await readRejects(owner, hiringTables, id, reject => options.onReject!(file.name, reject))
    }
    await options.onRejectsTold?.()
    return all
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtext('hirings-import'))`).catch(() => {})
  }
}

const bringFile = async (
  owner: pg.ClientBase,
  file: LineFile,
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
  file: LineFile,
  reached: ReachedFile<HiringCounts>,
  { today, batchRows = 100_000, onProgress }: HiringImportOptions,
): Promise<void> => {
  const [rows, hiring] = [new HiringRows(), emptyHiring()]
  const read = readerOf(
    file.header,
    { last: dayAt(Buffer.from(today), 0, 10) + daysAhead, dropped: await droppedMonths(owner) },
    hiring,
  )
  const begin = async (): Promise<Batch> => {
    const copy = openCopy(owner, copySql)
    await copy.write(copyStart)
    return {
      taken: async () => {
        const staged = rows.take()
        if (staged) await copy.write(staged)
      },
      close: async () => {
        await copy.write(copyEnd)
        await copy.end()
      },
      abandon: copy.abandon,
    }
  }
  await readInBatches(
    owner,
    file,
    reached,
    hiringTables,
    { batchRows, onProgress },
    {
      judge: (buffer, starts, ends) => {
        const reason = read(buffer, starts, ends)
        if (reason === undefined) rows.add(hiring)
        return reason
      },
      begin,
    },
  )
}
