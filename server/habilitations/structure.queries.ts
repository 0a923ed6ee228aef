import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Agency, ThirdParty } from '../../contract/habilitations.ts'
import type { Db } from '../platform/database.ts'

export interface ThirdPartyRow extends Omit<Static<typeof ThirdParty>, 'siret'> { readonly organisationId: string; readonly siret: number | null }
const thirdParties = sql`
  select t.id, t.organisation_id, t.kind, t.name, t.siret, t.capacity, t.starts_on, t.ends_on, t.evidence, t.evidence_on, t.version,
    (select count(*) from accounts a where a.third_party_id = t.id and a.status <> 'deleted') as people from third_parties t`

/** Those of one's own organisation. */
export const listThirdParties = (db: Db) => db.all(sql<ThirdPartyRow>`${thirdParties} where t.organisation_id = (select ctx.organisation()) order by t.name, t.id`)
export const findThirdParty = (db: Db, id: string) => db.first(sql<ThirdPartyRow>`${thirdParties} where t.id = ${id}::uuid and t.organisation_id = (select ctx.organisation())`)

export const listAgencies = (db: Db) => db.all(sql<Static<typeof Agency>>`
  select a.id, a.name, (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) order by t.name), '[]') from agency_territories x join territories t on t.id = x.territory_id where x.agency_id = a.id) as territories
  from agencies a where a.organisation_id = (select ctx.organisation()) order by a.name, a.id`)
