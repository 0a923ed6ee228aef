import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { IndicatorCode } from './definitions.ts'
import type { Figure } from './indicators.queries.ts'

interface FrozenLine {
  readonly code: IndicatorCode
  readonly version: number
  readonly part: string | null
  readonly value: number
}
export interface Frozen {
  readonly at: Date
  /** Of the line: what the verification of the trail computes again. */
  readonly digest: string
  readonly lines: readonly FrozenLine[]
}
interface MonthRead {
  readonly own: Frozen | null
  /** The month is frozen, and this viewer has no line of it: their structure or perimeter was not this one. */
  readonly forOthers: boolean
}
interface MonthRow {
  readonly at: Date | null
  readonly digest: string | null
  readonly lines: readonly FrozenLine[] | null
}
/**
 * The viewer's own line of a month that is frozen: row-level security leaves no other. In one statement, so that a
 * month frozen meanwhile is never taken for one of others.
 */
export const readFrozen = async (db: Db, month: string): Promise<MonthRead> => {
  const row = await db.first(
    sql<MonthRow>`select f.frozen_at as at, encode(f.digest, 'hex') as digest, f.lines from frozen_months m
      left join frozen_figures f on f.month = m.month and f.scope = (select ctx.figures_scope())
      where m.month = ${month}::date`,
  )
  if (!row) return { own: null, forOthers: false }
  const { at, digest, lines } = row
  return at && digest && lines ? { own: { at, digest, lines }, forOthers: false } : { own: null, forOthers: true }
}

export const frozenFigure = ({ lines }: Frozen, code: IndicatorCode): { version: number; figure: Figure } | null => {
  const own = lines.filter(line => line.code === code)
  return own[0] ? { version: own[0].version, figure: new Map(own.map(({ part, value }) => [part, value])) } : null
}
