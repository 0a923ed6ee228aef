import { sql } from 'kysely'
import { sources } from '../../../contract/work-with-employers/correspondents.ts'
import type { Db } from '../../platform/database.ts'
import { answeringAt } from './links.queries.ts'

/** Of the values `v` of a field, the strongest first: the precedence of sources, then the newest. */
export const strongestFirst = sql`array_position(${sql.raw(`array['${sources.join("', '")}']`)}, v.source), v.recorded_at desc, v.id`
/** The strongest value of a field of the card `c`, as the card shows it first. */
export const strongestOf = (
  field: string,
) => sql`(select v.value from correspondent_values v where v.correspondent_id = c.id
  and v.replaced_at is null and v.field = ${field} order by ${strongestFirst} limit 1)`
/** Joins, as `m`, the person of `t.correspondent_id`: their card of today, after merges, and their name and role. */
export const metPerson = sql`left join lateral (
    select c.id, concat_ws(', ', nullif(concat_ws(' ', ${strongestOf('givenName')}, ${strongestOf('familyName')}), ''),
      ${strongestOf('role')}) as name
    from correspondents c where c.id = correspondent_kept(t.correspondent_id)) m on true`

/** The card of today of a correspondent of this establishment, for whoever reads it. */
export const correspondentAt = async (db: Db, id: string, siret: number): Promise<string | undefined> =>
  (
    await db.first(
      sql<{
        id: string
      }>`select id from correspondents where id = correspondent_kept(${id}::uuid)
        and id in (select w.id from ${answeringAt(sql`${siret}`)} w)
        and exists (select from correspondent_values v where v.correspondent_id = correspondents.id and v.replaced_at is null)`,
    )
  )?.id
