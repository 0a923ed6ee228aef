import type pg from 'pg'
import { keptOf, type LineCounts, type ReachedFile } from '../register/line-batches.ts'

/*
 * An import stages the five facts of each line beside, in the schema hiring_build, batch after batch, each with its
 * position. Nobody sees them until the file is whole: one transaction then brings them in and counts.
 */

export interface HiringCounts extends LineCounts {
  readonly columns: number
  /** Hires that no file had brought yet, and those that one had. */
  added: number
  known: number
  /** Establishments that the register lacks, and their hires: kept, it may bring them later. */
  unknown: { establishments: number; hires: number }
  /** First and last day of hire. */
  days?: [string, string]
}
export const hiringTables = { files: 'hiring_files', rejects: 'hiring_rejects' }

const staging = `drop schema if exists hiring_build cascade; create schema hiring_build;
  create unlogged table hiring_build.staged (siret bigint not null, hired_on date not null, declared_on date not null,
    duration_days int not null, contract smallint not null)`
export const copySql =
  'copy hiring_build.staged (siret, hired_on, declared_on, duration_days, contract) from stdin (format binary)'

/** Takes up this very file where it stopped, or begins it; what another left half read is dropped. */
export const takeUpFile = async (
  owner: pg.ClientBase,
  name: string,
  digest: string,
  counts: HiringCounts,
): Promise<ReachedFile<HiringCounts> & { readonly abandoned: boolean }> => {
  const {
    rows: [row],
  } = await owner.query<Omit<ReachedFile<HiringCounts>, 'resumed'> & { stale: boolean }>(
    `select id, bytes, line, counts, finished_at is not null as finished,
      exists (select from hiring_months m where m.dropped_at >= f.begun_at) as stale
      from hiring_files f where digest = $1`,
    [digest],
  )
  if (row?.finished) return { ...row, resumed: false, abandoned: false }
  // The staged rows do not outlive a crash of the server, and may be of a month whose lines are dropped since.
  if (row && !row.stale && (await countStaged(owner)) === keptOf(row.counts))
    return { ...row, resumed: true, abandoned: false }
  await owner.query('begin')
  const abandoned = (await owner.query('delete from hiring_files where finished_at is null')).rowCount! > 0
  await owner.query(staging)
  const begun = await owner.query<{ id: number }>(
    'insert into hiring_files (name, digest, counts) values ($1, $2, $3) returning id',
    [name, digest, JSON.stringify(counts)],
  )
  await owner.query('commit')
  return { id: begun.rows[0]!.id, bytes: 0, line: 0, counts, finished: false, resumed: false, abandoned }
}
const countStaged = async (owner: pg.ClientBase): Promise<number> => {
  const { rows } = await owner.query<{ held: boolean }>(`select to_regclass('hiring_build.staged') is not null as held`)
  if (!rows[0]!.held) return -1
  return (await owner.query<{ n: number }>('select count(*) as n from hiring_build.staged')).rows[0]!.n
}

/** Months whose lines are dropped, counted from year 0. */
export const droppedMonths = async (owner: pg.ClientBase): Promise<Set<number>> =>
  new Set(
    (
      await owner.query<{ month: number }>(
        `select (extract(year from month) * 12 + extract(month from month) - 1)::int as month from hiring_months
          where dropped_at is not null`,
      )
    ).rows.map(r => r.month),
  )
