import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { type Line, type LineRow, lineColumns, lineOf } from './establishments.queries.ts'
import type { NotedField, NotedSought } from './noted-rules.ts'
import { provisionalNoted } from './provisional.queries.ts'
import { provisionalLine } from './provisional-reply.ts'
import { foundRows, type Hit } from './search.queries.ts'
import type { Filter } from './search-filter.queries.ts'

const mostShown = 10

export type NotedLine = Line & {
  readonly position: Hit['position']
  readonly said: { readonly field: NotedField; readonly value: string }
}

const inRegister = async (
  db: Db,
  { asked, some }: NotedSought,
  filter: Filter,
  today: string,
): Promise<NotedLine[]> => {
  const among = sql`(select siret from noted)`
  const rows = await db.all(
    sql<
      LineRow & { latitude: number | null; longitude: number | null; field: NotedField; value: string }
    >`with noted as materialized (select distinct on (k.siret) k.siret, k.field, k.value
        from noted_as(${asked}, ${some}, ${filter.territoryId || null}::int) k order by k.siret, k.field desc)
      select ${lineColumns}, e.latitude, e.longitude, n.field, n.value
      from ${foundRows({ filter: { ...filter, among } })} e join noted n on n.siret = e.siret
      order by not e.active, e.name_key, e.siret limit ${mostShown}`,
  )
  return rows.map(row => ({
    ...lineOf(row, today),
    position: row.latitude === null || row.longitude === null ? null : { lat: row.latitude, lon: row.longitude },
    said: { field: row.field, value: row.value },
  }))
}

/** A provisional card knows no activity, size, nature nor state to filter by. */
export const knowsOnlyPlace = ({ territoryId: _, active, ...filter }: Filter) =>
  active !== false && Object.values(filter).every(value => value === undefined)

/**
 * Of one's perimeter, those that the register alone does not find: a partner noted them so. The ones in activity
 * first.
 */
export const notedEstablishments = async (
  db: Db,
  sought: NotedSought,
  filter: Filter,
  today: string,
): Promise<NotedLine[]> => {
  const [known, typed] = await Promise.all([
    inRegister(db, sought, filter, today),
    knowsOnlyPlace(filter) ? provisionalNoted(db, sought, filter.territoryId, mostShown) : [],
  ])
  const cards = typed.map(card => ({
    ...provisionalLine(card),
    position: null,
    said: { field: card.saidField, value: card.saidValue },
  }))
  return [...known, ...cards].slice(0, mostShown)
}
