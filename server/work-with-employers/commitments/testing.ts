import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface CommitmentSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly kindId: string
  readonly since: string
  readonly until: string | null
  readonly evidence: string
  readonly organisationId: string
  readonly authorId: string
  readonly notedAt: string
  readonly withdrawnAt: string | null
}

/** A commitment in Gironde, with no end. */
export const aCommitment = (
  over: Partial<CommitmentSeed> & Pick<CommitmentSeed, 'siret' | 'kindId' | 'organisationId' | 'authorId'>,
): CommitmentSeed => ({
  id: uuidv7(),
  regionId: 1075,
  departementId: 2033,
  epciId: null,
  clpeId: null,
  since: '2026-09-01',
  until: null,
  evidence: 'Attestation montrée lors de la visite',
  notedAt: '2026-10-01T08:00:00Z',
  withdrawnAt: null,
  ...over,
})

/** `owner` is connected as cc_owner. */
export const insertCommitments = async (
  owner: pg.ClientBase | pg.Pool,
  seeds: readonly CommitmentSeed[],
): Promise<void> => {
  await owner.query(
    `with r as materialized (select * from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int,
        "departementId" int, "epciId" int, "clpeId" int, "kindId" uuid, since date, until date, evidence text,
        "organisationId" uuid, "authorId" uuid, "notedAt" timestamptz, "withdrawnAt" timestamptz)),
      c as (insert into commitments (id, siret, region_id, departement_id, epci_id, clpe_id, kind_id, since, until,
          evidence, organisation_id, author_id, noted_at, withdrawn_at)
        select id, siret, "regionId", "departementId", "epciId", "clpeId", "kindId", since, until, evidence,
          "organisationId", "authorId", "notedAt", "withdrawnAt" from r)
    insert into commitment_versions (commitment_id, version, change, kind_id, since, until, evidence, organisation_id,
        author_id, at)
      select id, 1, 'noted', "kindId", since, until, evidence, "organisationId", "authorId", "notedAt" from r`,
    [JSON.stringify(seeds)],
  )
}

/** One of the kinds that the service starts with. */
export const kindNamed = async (owner: pg.ClientBase | pg.Pool, label: string): Promise<string> =>
  (await owner.query('select id from commitment_kinds where label = $1', [label])).rows[0].id
