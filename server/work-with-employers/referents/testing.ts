import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface ReferentSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly organisationId: string
  readonly accountId: string
  readonly namedById: string
}

/** A referent in Gironde who named themselves. */
export const aReferent = (
  over: Partial<ReferentSeed> & Pick<ReferentSeed, 'siret' | 'organisationId' | 'accountId'>,
): ReferentSeed => ({
  id: uuidv7(),
  regionId: null,
  departementId: 2033,
  epciId: null,
  clpeId: null,
  namedById: over.accountId,
  ...over,
})

/** `owner` is connected as cc_owner. */
export const insertReferents = async (owner: pg.Pool, seeds: readonly ReferentSeed[]): Promise<void> => {
  await owner.query(
    `insert into referents (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, account_id, since,
      named_by, named_at)
    select id, siret, "regionId", "departementId", "epciId", "clpeId", "organisationId", "accountId", '2026-10-01',
      "namedById", '2026-10-01T08:00:00Z'
    from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int, "departementId" int, "epciId" int,
      "clpeId" int, "organisationId" uuid, "accountId" uuid, "namedById" uuid)`,
    [JSON.stringify(seeds)],
  )
}
