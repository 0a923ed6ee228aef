import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { type Result, reaches, type Visibility } from './exchange-rules.ts'

export interface ExchangeSeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly campaignId: string | null
  readonly organisationId: string
  readonly authorId: string
  readonly occurredOn: string
  readonly visibility: Visibility
  readonly recordedAt: string
  readonly channel: string
  readonly result: Result
  readonly personMet: string | null
  readonly notes: string | null
  readonly need: string | null
  readonly nextAction: {
    readonly kind: string
    readonly dueOn: string
    readonly dueAt: string | null
    readonly ownerId: string
  } | null
}

/** An exchange in Gironde, outside any campaign, for the whole network. */
export const anExchange = (
  over: Partial<ExchangeSeed> & Pick<ExchangeSeed, 'siret' | 'organisationId' | 'authorId'>,
): ExchangeSeed => {
  const occurredOn = over.occurredOn ?? '2026-10-01'
  return {
    id: uuidv7(),
    campaignId: null,
    regionId: 1075,
    departementId: 2033,
    epciId: null,
    clpeId: null,
    occurredOn,
    visibility: 'reseau',
    recordedAt: `${occurredOn}T10:00:00Z`,
    channel: 'telephone',
    result: 'besoin-detecte',
    personMet: null,
    notes: null,
    need: null,
    nextAction: null,
    ...over,
  }
}

/** The exchange as `recordExchange` would have written it. `owner` is connected as cc_owner. */
export const insertExchange = async (owner: pg.ClientBase | pg.Pool, seed: ExchangeSeed): Promise<ExchangeSeed> => {
  const place = [seed.regionId, seed.departementId, seed.epciId, seed.clpeId]
  await owner.query(
    `insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, campaign_id, organisation_id,
      author_id, occurred_on, reached, visibility, recorded_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      seed.id,
      seed.siret,
      ...place,
      seed.campaignId,
      seed.organisationId,
      seed.authorId,
      seed.occurredOn,
      reaches(seed.result),
      seed.visibility,
      seed.recordedAt,
    ],
  )
  await owner.query(
    `insert into exchange_contents (exchange_id, organisation_id, region_id, departement_id, epci_id, clpe_id,
      visibility, channel, result, person_met, notes, need)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      seed.id,
      seed.organisationId,
      ...place,
      seed.visibility,
      seed.channel,
      seed.result,
      seed.personMet,
      seed.notes,
      seed.need,
    ],
  )
  const content = {
    channel: seed.channel,
    result: seed.result,
    personMet: seed.personMet,
    notes: seed.notes,
    need: seed.need,
  }
  await owner.query(
    `insert into exchange_versions (exchange_id, version, organisation_id, region_id, departement_id, epci_id, clpe_id,
      visibility, at, by_id, change, occurred_on, content)
    values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, 'recorded', $10, $11)`,
    [
      seed.id,
      seed.organisationId,
      ...place,
      seed.visibility,
      seed.recordedAt,
      seed.authorId,
      seed.occurredOn,
      JSON.stringify(content),
    ],
  )
  if (seed.nextAction) {
    await owner.query(
      `insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
        visibility, kind, due_on, due_at, owner_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        uuidv7(),
        seed.id,
        seed.siret,
        ...place,
        seed.organisationId,
        seed.visibility,
        seed.nextAction.kind,
        seed.nextAction.dueOn,
        seed.nextAction.dueAt,
        seed.nextAction.ownerId,
      ],
    )
  }
  return seed
}
