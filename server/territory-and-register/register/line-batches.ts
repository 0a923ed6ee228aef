import type pg from 'pg'
import type { LineFile } from './line-files.ts'
import { type Judge, LineScanner, type Reject } from './line-scanner.ts'

/** What every file of lines is counted by, kept with where its reading has come. */
export interface LineCounts {
  readonly file: string
  /** Of a file that an earlier import brought: nothing is read again. */
  already?: boolean
  read: number
  rejected: Record<string, number>
}
export const keptOf = (c: LineCounts): number => c.read - Object.values(c.rejected).reduce((a, b) => a + b, 0)

export interface ReachedFile<Counts extends LineCounts> {
  readonly id: number
  readonly bytes: number
  readonly line: number
  readonly counts: Counts
  readonly finished: boolean
  readonly resumed: boolean
}
export interface LineOptions {
  readonly today: string
  readonly batchRows?: number | undefined
  readonly onReject?: (file: string, reject: Reject) => void
  readonly onRejectsTold?: () => Promise<void>
  readonly onProgress?: (progress: { file: string; read: number; done: number; size: number }) => void
}
/** The tables of one kind of import. */
export interface LineTables {
  readonly files: string
  readonly rejects: string
}
/** What becomes of the lines of one batch, in its transaction. */
export interface Batch {
  /** Some more were judged sound. */
  readonly taken: () => Promise<void>
  readonly close: () => Promise<void>
  readonly abandon: () => void
}

/** Reads on from where a file was reached; each batch and where it ends are kept in one transaction. */
export const readInBatches = async (
  owner: pg.ClientBase,
  { file, name, header, dialect }: LineFile,
  { id, bytes, line, counts }: ReachedFile<LineCounts>,
  tables: LineTables,
  { batchRows, onProgress }: Pick<LineOptions, 'onProgress'> & { readonly batchRows: number },
  { judge, begin }: { readonly judge: Judge; readonly begin: () => Promise<Batch> },
): Promise<void> => {
  const { stream, progress } = await file.open(bytes, Math.max(64, Math.min(1 << 20, batchRows * 150)))
  const scanner = new LineScanner(stream, dialect)
  if (bytes) scanner.resume(header, { bytes, line })
  else await scanner.header()
  const lines = scanner.chunks(judge)
  try {
    for (let more = true; more; ) {
      await inTransaction(owner, async () => {
        const kept = await begin()
        const rejects: Reject[] = []
        let batch = 0
        try {
          while (more && batch < batchRows) {
            const { done, value: chunk } = await lines.next()
            more = !done
            if (!chunk) continue
            batch += chunk.read
            counts.read += chunk.read
            rejects.push(...chunk.rejects)
            await kept.taken()
            onProgress?.({ file: name, read: counts.read, done: progress(), size: file.size })
          }
          await kept.close()
        } catch (error) {
          kept.abandon()
          throw error
        }
        for (const { reason } of rejects) counts.rejected[reason] = (counts.rejected[reason] ?? 0) + 1
        await saveReached(owner, tables, id, scanner.reached, counts, rejects)
      })
    }
  } finally {
    await scanner.close().catch(() => {})
  }
}

/** In the transaction of the batch. */
const saveReached = async (
  owner: pg.ClientBase,
  { files, rejects: table }: LineTables,
  id: number,
  { bytes, line }: { bytes: number; line: number },
  counts: LineCounts,
  rejects: readonly Reject[],
): Promise<void> => {
  if (rejects.length)
    await owner.query(
      `insert into ${table} (file_id, line, reason, siret)
        select $1, l, r, s from unnest($2::bigint[], $3::text[], $4::text[]) x (l, r, s)`,
      [id, rejects.map(r => r.line), rejects.map(r => r.reason), rejects.map(r => r.text)],
    )
  await owner.query(`update ${files} set bytes = $2, line = $3, counts = $4 where id = $1`, [
    id,
    bytes,
    line,
    JSON.stringify(counts),
  ])
}

export const readRejects = async (
  owner: pg.ClientBase,
  { rejects }: LineTables,
  id: number,
  each: (reject: Reject) => void,
): Promise<void> => {
  for (let line = -1; ; ) {
    const { rows } = await owner.query<Reject>(
      `select line, reason, siret as text from ${rejects} where file_id = $1 and line > $2 order by line limit 10000`,
      [id, line],
    )
    for (const row of rows) each(row)
    if (rows.length === 0) return
    line = rows.at(-1)!.line
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
