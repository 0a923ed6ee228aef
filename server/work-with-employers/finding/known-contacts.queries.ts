import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'

export interface KnownContact extends TerritoryLine {
  readonly siret: number
  readonly lastContact: { organisation: { id: string; name: string; kind: string }; occurredOn: string } | null
  readonly campaigns: readonly { id: string; name: string }[]
  readonly notToContactUntil: string | null
}

/** In the order asked; what neither the register nor a provisional card holds is left out. */
export const knownContacts = (db: Db, sirets: readonly number[], today: string): Promise<KnownContact[]> =>
  db.all(sql<KnownContact>`
    select w.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id,
      (select jsonb_build_object('organisation', ${organisationRef('x.organisation_id')}, 'occurredOn', x.occurred_on)
        from exchanges x where x.siret = w.siret and x.status = 'recorded'
        order by x.occurred_on desc, x.id desc limit 1) as last_contact,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.starts_on desc, c.id desc)
        from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
        where t.siret = w.siret and t.status <> 'ecarte'), '[]') as campaigns,
      not_to_contact_until(w.siret, ${today}::date) as not_to_contact_until
    from unnest(${sirets}::bigint[]) with ordinality w (siret, rank) cross join lateral (
      select region_id, departement_id, epci_id, clpe_id from establishments where siret = w.siret
      union all select region_id, departement_id, epci_id, clpe_id from provisional_establishments
        where siret = w.siret limit 1) e
    order by w.rank`)
