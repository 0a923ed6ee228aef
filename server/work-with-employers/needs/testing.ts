import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'

export interface NeedSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly visibility: Visibility
  readonly organisationId: string
  readonly ownerId: string
  readonly takenByOrganisationId: string | null
  readonly takenBy: string | null
  readonly state: 'ouvert' | 'pris-en-charge' | 'abandonne'
  /** Of its first version. */
  readonly said: Visibility
}
/** A baker is wanted, in Gironde. */
export const aNeed = (over: Partial<NeedSeed> & Pick<NeedSeed, 'siret' | 'organisationId' | 'ownerId'>): NeedSeed => ({
  id: uuidv7(),
  regionId: 1075,
  departementId: 2033,
  epciId: null,
  clpeId: null,
  visibility: 'reseau',
  takenByOrganisationId: null,
  takenBy: null,
  state: 'ouvert',
  said: over.visibility ?? 'reseau',
  ...over,
})

/** `owner` is connected as cc_owner. */
export const insertNeeds = async (owner: pg.ClientBase | pg.Pool, seeds: readonly NeedSeed[]): Promise<void> => {
  await owner.query(
    `with r as materialized (select * from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int,
        "departementId" int, "epciId" int, "clpeId" int, visibility text, "organisationId" uuid, "ownerId" uuid,
        "takenByOrganisationId" uuid, "takenBy" uuid, state text, said text)),
      n as (insert into needs (id, siret, region_id, departement_id, epci_id, clpe_id, visibility, kind, job_label,
          posts, organisation_id, owner_id, state, taken_by, taken_by_organisation, taken_at, closed_at, noted_on,
          noted_at)
        select id, siret, "regionId", "departementId", "epciId", "clpeId", visibility, 'recrutement', 'Boulanger', 2,
          "organisationId", "ownerId", state, "takenBy", "takenByOrganisationId",
          case when "takenBy" is not null then now() end, case when state = 'abandonne' then now() end, '2026-10-01',
          now() from r)
    insert into need_versions (need_id, version, change, visibility, state, said, notes, organisation_id, author_id, at)
      select id, 1, 'noted', said, 'ouvert', '{}', 'Dit au téléphone', "organisationId", "ownerId", now() from r`,
    [JSON.stringify(seeds)],
  )
}
