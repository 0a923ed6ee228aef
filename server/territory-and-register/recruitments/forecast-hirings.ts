import type pg from 'pg'
import { ImportRefused } from '../register/import-options.ts'
import { inTransaction } from '../register/line-batches.ts'
import { takeImportLock } from '../register/prepare-import.queries.ts'
import { forecastOf, monthsRead, pastOf } from './forecast-proof-rules.ts'
import {
  beginRun,
  finishRun,
  groupKey,
  type Hirer,
  nextHirers,
  readBroughtMonths,
  readForecastRun,
  readSeasons,
  saveForecasts,
} from './forecasts.queries.ts'

import { declaresElsewhere, groupOf, lastWholeMonth, monthAt, numberOf } from './recruitment-rules.ts'

export interface ForecastCounts {
  /** Of the same files, finished before: nothing is computed again. */
  readonly already: boolean
  /** Those of this run: one that goes on counts what it had left. */
  read: number
  told: number
}
const firstDay = (month: number) => `${monthAt(month)}-01`

/**
 * Writes what is expected of each establishment over the next three months, to be searched: the card computes the same by
 * the same rules. Batch after batch: after a stop it goes on, and for the same files it does nothing.
 */
export const forecastHirings = async (
  owner: pg.ClientBase,
  { batch = 5_000 }: { batch?: number } = {},
): Promise<ForecastCounts> => {
  if (!(await takeImportLock(owner, 3_000, 'hirings-import')))
    throw new ImportRefused('un autre import de DPAE est en cours')
  try {
    const run = await readForecastRun(owner)
    const counts: ForecastCounts = { already: !run || run.finished, read: 0, told: 0 }
    if (!run || run.finished) return counts
    const last = numberOf(run.month ?? lastWholeMonth(run.asOf))
    if (!run.month) await inTransaction(owner, () => beginRun(owner, run.fileId, firstDay(last), yearsOf(last)))
    await forecastAll(owner, last, run.reached, batch, counts)
    await inTransaction(owner, () => finishRun(owner))
    return counts
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtext('hirings-import'))`).catch(() => {})
  }
}
/** The calendar years of the months that are read: an earlier season is in no forecast. */
const yearsOf = (last: number) => {
  const [first, end] = [Math.floor((last - monthsRead + 1) / 12), Math.floor(last / 12)]
  return Array.from({ length: end - first + 1 }, (_, n) => first + n)
}

const forecastAll = async (
  owner: pg.ClientBase,
  last: number,
  from: number,
  batch: number,
  counts: ForecastCounts,
): Promise<void> => {
  const brought = new Set((await readBroughtMonths(owner)).map(numberOf))
  const seasons = await readSeasons(owner)
  const rowOf = ({
    siret,
    active,
    naf,
    nomenclature,
    months,
    hires,
    regionId,
    departementId,
    epciId,
    clpeId,
  }: Hirer) => {
    const past = pastOf(
      months.map((month, at) => ({ month, hires: hires[at]! })),
      brought,
      last,
    )
    const ofGroup = seasons.get(groupKey(nomenclature, groupOf(naf) ?? '')) ?? []
    const { silence, three } = forecastOf({ active: active!, past }, last, ofGroup)
    return { siret, expected: three?.expected ?? null, silence, regionId, departementId, epciId, clpeId }
  }
  for (let reached = from; ; ) {
    const hirers = await nextHirers(owner, {
      after: reached,
      first: firstDay(last - monthsRead + 1),
      last: firstDay(last),
      limit: batch,
    })
    if (hirers.length === 0) return
    reached = hirers.at(-1)!.siret
    const rows = hirers.filter(({ active, naf }) => active !== null && !declaresElsewhere(naf)).map(rowOf)
    await inTransaction(owner, () => saveForecasts(owner, firstDay(last), rows, reached))
    counts.read += rows.length
    counts.told += rows.filter(({ silence }) => silence === null).length
  }
}
