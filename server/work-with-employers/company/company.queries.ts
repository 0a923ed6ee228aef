import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import { organisationRef } from '../campaigns/references.queries.ts'

export interface HeldRow {
  readonly siret: number
  readonly campaign: { readonly id: string; readonly name: string }
  readonly status: string
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  readonly person: { readonly id: string; readonly name: string; readonly organisationId: string } | null
}
/** Targets of open campaigns that someone works or was given, at any establishment of the company: this one first. */
export const heldInCompany = (db: Db, siret: number, limit: number): Promise<HeldRow[]> =>
  db.all(sql<HeldRow>`select t.siret, jsonb_build_object('id', c.id, 'name', c.name) as campaign, t.status,
      ${organisationRef('coalesce(t.taken_by_organisation, t.assigned_organisation)')} as organisation,
      (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
        t.taken_by_organisation) from accounts a where a.id = t.taken_by) as person
    from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
    where ${ofSameCompany('t.siret', siret)} and t.status not in ('traite', 'ecarte')
      and (t.taken_by_organisation is not null or t.assigned_organisation is not null)
    order by t.siret <> ${siret}, c.starts_on desc, t.siret, c.id limit ${limit}`)
