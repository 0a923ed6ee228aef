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
/** The viewer's own line of a month that is frozen: row-level security leaves no other. */
export const readFrozen = async (db: Db, month: string): Promise<Frozen | null> =>
  (await db.first(
    sql<Frozen>`select f.frozen_at as at, encode(f.digest, 'hex') as digest, f.lines
      from frozen_figures f join frozen_months m on m.month = f.month
      where f.month = ${month}::date and f.scope = (select ctx.figures_scope())`,
  )) ?? null

export const frozenFigure = ({ lines }: Frozen, code: IndicatorCode): { version: number; figure: Figure } | null => {
  const own = lines.filter(line => line.code === code)
  return own[0] ? { version: own[0].version, figure: new Map(own.map(({ part, value }) => [part, value])) } : null
}
