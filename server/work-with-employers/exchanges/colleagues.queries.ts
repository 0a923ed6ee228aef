import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

const placeOf = (
  siret: number,
) => sql`(select region_id, departement_id, epci_id, clpe_id from establishments where siret = ${siret}
  union all select region_id, departement_id, epci_id, clpe_id from provisional_establishments where siret = ${siret}
    and not exists (select from establishments where siret = ${siret}))`

const workingAt = (siret: number, today: string) =>
  sql`${placeOf(siret)} e cross join lateral colleagues_at(e.region_id, e.departement_id, e.epci_id, e.clpe_id,
    ${today}::date) as c (id)`

/**
 * An active colleague of the viewer's organisation; `works`: may record with that establishment, as mayRecord says of
 * oneself.
 */
export const activeColleague = (
  db: Db,
  accountId: string,
  siret: number,
  today: string,
): Promise<{ id: string; works: boolean } | undefined> =>
  db.first(sql<{
    id: string
    works: boolean
  }>`select a.id, exists (select from ${workingAt(siret, today)} where c.id = a.id) as works
    from accounts a where a.id = ${accountId}::uuid and a.organisation_id = (select ctx.organisation())
      and a.status = 'active'`)

export const colleaguesAt = (
  db: Db,
  siret: number,
  today: string,
): Promise<{ id: string; name: string; organisationId: string }[]> =>
  db.all(
    sql`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from ${workingAt(siret, today)}
      join accounts a on a.id = c.id order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id`,
  )
