import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

/** `owner` is connected as cc_owner. */
export const insertBudgets = async (
  owner: pg.Pool,
  by: { readonly id: string; readonly organisationId: string },
  budgets: readonly { readonly clpeId: number; readonly version: number; readonly perMonth: number }[],
): Promise<void> => {
  await owner.query(
    `insert into solicitation_budgets (clpe_id, version, per_month, set_at, set_by, set_organisation)
    select "clpeId", version, "perMonth", '2027-01-04T08:00:00Z', $2, $3
    from jsonb_to_recordset($1) as b ("clpeId" int, version int, "perMonth" int)`,
    [JSON.stringify(budgets), by.id, by.organisationId],
  )
}

export interface OverrunSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly campaignId: string
  readonly organisationId: string
  readonly authorId: string
}
export const anOverrun = (over: Omit<OverrunSeed, 'id'>): OverrunSeed => ({ id: uuidv7(), ...over })

/** Targets taken past the budget. `owner` is connected as cc_owner. */
export const insertOverruns = async (owner: pg.Pool, seeds: readonly OverrunSeed[]): Promise<void> => {
  await owner.query(
    `insert into budget_overruns (id, siret, region_id, departement_id, epci_id, clpe_id, act, campaign_id, on_day, reason,
      organisation_id, author_id, at)
    select id, siret, "regionId", "departementId", "epciId", "clpeId", 'take', "campaignId", '2027-01-15', 'Essai',
      "organisationId", "authorId", '2027-01-15T08:00:00Z'
    from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int, "departementId" int, "epciId" int,
      "clpeId" int, "campaignId" uuid, "organisationId" uuid, "authorId" uuid)`,
    [JSON.stringify(seeds)],
  )
}
