import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { PersonRef } from '../../../contract/common.ts'
import type { Db } from '../../platform/database.ts'

export interface IdentityRow {
  readonly version: number
  readonly cause: 'registered' | 'correction' | 'change' | 'merger'
  readonly since: string
  readonly siret: number
  readonly name: string
  readonly kind: string
  readonly address: string | null
  readonly reason: string | null
  readonly recordedBy: Static<typeof PersonRef> | null
  readonly recordedAt: Date
}
/** Who the partner of a convention is and was; the last version first. */
export const identitiesOf = (db: Db, conventionId: string): Promise<IdentityRow[]> =>
  db.all(sql<IdentityRow>`
    select i.version, i.cause, i.from_on as since, i.siret, i.name, i.kind, i.address, i.reason,
      (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
        a.organisation_id) from accounts a where a.id = i.recorded_by) as recorded_by, i.recorded_at
    from conventions c join organisation_identities i on i.organisation_id = c.organisation_id
    where c.id = ${conventionId}::uuid order by i.version desc limit 100`)

export interface NewIdentity extends Pick<IdentityRow, 'since' | 'siret' | 'name' | 'kind' | 'address'> {
  readonly cause: Exclude<IdentityRow['cause'], 'registered'>
  readonly reason: string
}
/** Empty: it is done. Else why not; `seen` is the version that the change was made on. */
export const changeIdentity = async (
  db: Db,
  conventionId: string,
  seen: number,
  { cause, since, siret, name, kind, address, reason }: NewIdentity,
) =>
  (await db.first(
    sql<{ outcome: string }>`select change_party_identity(${conventionId}::uuid, ${seen}, ${cause}, ${since}::date,
      ${siret}, ${name}, ${kind}, ${address}, ${reason}) as outcome`,
  ))!.outcome
