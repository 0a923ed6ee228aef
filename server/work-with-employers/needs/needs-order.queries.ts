import { type RawBuilder, sql } from 'kysely'
import { needKinds, type needOrders, type needSorts, needStates } from '../../../contract/work-with-employers/needs.ts'
import type { Db } from '../../platform/database.ts'
import { matching, type NeedFilter, type NeedLineRow, placedLines } from './needs.queries.ts'

type NeedSort = (typeof needSorts)[number]
export type NeedOrder = (typeof needOrders)[number]
/** What each order compares, as text and as the list shows it. The newest comes first among equals. */
const ranks: Record<NeedSort, RawBuilder<unknown>> = {
  noted: sql`''::text collate "C"`,
  what: sql`concat_ws(' ', array_position(${needKinds}::text[], n.kind), n.job_label, n.advice) collate "fr-x-icu"`,
  employer: sql`coalesce((select e.name from establishments e where e.siret = n.siret and e.diffusion <> 'N'), '')
    collate "fr-x-icu"`,
  state: sql`array_position(${needStates}::text[], n.state)::text collate "C"`,
  holder: sql`coalesce((select o.name from organisations o where o.id = n.taken_by_organisation),
    concat_ws(', ', (select a.given_name || ' ' || a.family_name from accounts a where a.id = n.owner_id),
      (select o.name from organisations o where o.id = n.organisation_id))) collate "fr-x-icu"`,
}
export type PlacedNeed = NeedLineRow & { readonly rank: string }
/**
 * One row more than asked; row-level security chooses them. `after`: the rank, the day and the id of the last one
 * shown.
 */
export const listNeeds = (
  db: Db,
  filter: NeedFilter,
  order: NeedOrder,
  after: readonly string[] | undefined,
  limit: number,
  today: string,
): Promise<PlacedNeed[]> => {
  // The usual order turned round is that of the days themselves.
  const turned = order !== '-noted' && order.startsWith('-')
  const rank = order === '-noted' ? sql`n.noted_on::text collate "C"` : ranks[order.replace('-', '') as NeedSort]
  const past = after
    ? sql`where ${turned ? sql`p.rank < ${after[0]}::text` : sql`p.rank > ${after[0]}::text`} or p.rank = ${after[0]}::text
      and (p.noted_on, p.id) < (${after[1]}::date, ${after[2]}::uuid)`
    : sql``
  const inOrder = sql`${turned ? sql`p.rank desc` : sql`p.rank`}, p.noted_on desc, p.id desc`
  return db.all(sql<PlacedNeed>`
    with placed as (select n.id, n.noted_on, ${rank} as rank from needs n where ${matching(filter, today)}),
    page as (select * from placed p ${past} order by ${inOrder} limit ${limit + 1})
    ${placedLines} order by ${inOrder}`)
}
