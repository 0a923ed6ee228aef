import type pg from 'pg'
import type { FactName } from '../../../contract/work-with-employers/facts.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface FactSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly field: FactName
  readonly value: string
  readonly organisationId: string
  readonly authorId: string
  readonly observedOn: string
}

/** A value of a field in Gironde. */
export const aFact = (over: Partial<FactSeed> & Pick<FactSeed, 'siret' | 'organisationId' | 'authorId'>): FactSeed => ({
  id: uuidv7(),
  regionId: 1075,
  departementId: 2033,
  epciId: null,
  clpeId: null,
  field: 'usualName',
  value: 'La Charpenterie',
  observedOn: '2026-10-01',
  ...over,
})

/** `owner` is connected as cc_owner. */
export const insertFacts = async (owner: pg.ClientBase | pg.Pool, seeds: readonly FactSeed[]): Promise<void> => {
  await owner.query(
    `insert into establishment_facts (id, siret, region_id, departement_id, epci_id, clpe_id, field, value, source,
        organisation_id, author_id, observed_on, recorded_at)
      select id, siret, "regionId", "departementId", "epciId", "clpeId", field, value, 'conseiller', "organisationId",
        "authorId", "observedOn", "observedOn"
      from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int, "departementId" int, "epciId" int,
        "clpeId" int, field text, value text, "organisationId" uuid, "authorId" uuid, "observedOn" date)`,
    [JSON.stringify(seeds)],
  )
}
