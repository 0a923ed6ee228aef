import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'

type Organisation = { id: string; name: string; kind: string }
interface Someone {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface ReferentRow extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly organisationId: string
  readonly organisation: Organisation
  readonly accountId: string
  readonly person: Someone | null
  readonly since: string
  readonly namedById: string
  readonly namedBy: Someone | null
  readonly namedAt: Date
  readonly inPost: boolean
  readonly until: string | null
  readonly endedHow: 'ended' | 'replaced' | null
  readonly endedBy: Someone | null
  readonly endedOrganisation: Organisation | null
  readonly endReason: string | null
}
/** Null where the reader sees no names. */
const person = (id: string, organisation: string) =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    ${sql.raw(organisation)}) from accounts a where a.id = ${sql.raw(id)})`
const referents = sql`select f.id, f.siret, f.region_id, f.departement_id, f.epci_id, f.clpe_id, f.organisation_id,
    ${organisationRef('f.organisation_id')} as organisation, f.account_id,
    ${person('f.account_id', 'f.organisation_id')} as person, f.since, f.named_by as named_by_id,
    ${person('f.named_by', 'f.organisation_id')} as named_by, f.named_at,
    f.ended_at is null and referent_in_post(f.id) as in_post, f.until, f.ended_how,
    ${person('f.ended_by', 'f.ended_organisation')} as ended_by,
    ${organisationRef('f.ended_organisation')} as ended_organisation, f.end_reason
  from referents f`

/** Those who are, then the latest of those who were; row-level security shows them to whoever reads the card there. */
export const referentsAt = (db: Db, siret: number, most: number): Promise<ReferentRow[]> =>
  db.all(sql<ReferentRow>`${referents} where f.siret = ${siret}
    order by (f.ended_at is null) desc, f.named_at desc, f.id desc limit ${most}`)

export const referentById = (db: Db, id: string): Promise<ReferentRow | undefined> =>
  db.first(sql<ReferentRow>`${referents} where f.id = ${id}::uuid`)

export interface NewReferent extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly organisationId: string
  readonly accountId: string
  readonly since: string
  readonly namedBy: string
  readonly namedAt: Date
}
/** Throws referent/already where the structure has one, also one named at the same instant. */
export const insertReferent = (db: Db, referent: NewReferent): Promise<number> =>
  db.run(k.insertInto('referents').values(referent)).catch(refusedBy('referents_once', 'referent/already'))

export interface Ending {
  readonly until: string
  readonly endedAt: Date
  readonly endedHow: 'ended' | 'replaced'
  readonly endedBy: string
  readonly endedOrganisation: string
  readonly endReason: string | null
}
/** False when another ended it since it was read. */
export const finishReferent = async (db: Db, id: string, ending: Ending): Promise<boolean> =>
  (await db.run(k.updateTable('referents').set(ending).where('id', '=', id).where('endedAt', 'is', null))) === 1
