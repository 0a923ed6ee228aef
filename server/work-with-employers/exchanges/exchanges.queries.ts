import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { type LockedTarget, lockTarget } from '../campaigns/targets.queries.ts'
import type { Result, Visibility } from './exchange-rules.ts'
import type { LeftOut } from './left-out-rules.ts'
import { type NextActionRow, saidOf } from './next-actions.queries.ts'

export interface Content {
  readonly channel: string
  readonly result: Result
  readonly personMet: string | null
  readonly notes: string | null
  readonly need: string | null
  /** The campaign's own result, and its words as they were chosen; null when it is one of the base codes. */
  readonly campaignResultId: string | null
  readonly resultLabel: string | null
}
export interface RecordedExchange extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly establishmentName: string | null
  readonly campaignId: string | null
  /** The campaign it was said of that does not count it, and why; null when `campaignId` is not. */
  readonly leftOutCampaignId: string | null
  readonly leftOut: LeftOut | null
  readonly campaignName: string | null
  /** The state and the period of the one or the other; null outside any, or where it is not visible. */
  readonly campaignStatus: string | null
  readonly startsOn: string | null
  readonly endsOn: string | null
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: string
  readonly authorId: string
  readonly authorName: string
  readonly authorOrganisationId: string
  readonly occurredOn: string
  readonly visibility: Visibility
  readonly status: 'recorded' | 'cancelled'
  readonly recordedAt: Date
  readonly correctedAt: Date | null
  readonly version: number
  /** Null where row-level security keeps what was said. */
  readonly content: Content | null
  readonly cancelReason: string | null
  readonly nextAction: NextActionRow | null
  /** The planned action that it answers. */
  readonly answers: { readonly id: string; readonly kind: string; readonly dueOn: string } | null
}

const exchanges = sql`
  select x.id, x.siret, x.region_id, x.departement_id, x.epci_id, x.clpe_id,
    coalesce(e.name, p.name) as establishment_name, x.campaign_id, x.left_out_campaign_id, x.left_out,
    c.name as campaign_name, c.status as campaign_status, c.starts_on, c.ends_on,
    x.organisation_id, o.name as organisation_name, o.kind as organisation_kind, x.author_id,
      a.given_name || ' ' || a.family_name as author_name, a.organisation_id as author_organisation_id,
    x.occurred_on, x.visibility, x.status, x.recorded_at, x.corrected_at, x.version,
    t.channel, t.result, t.person_met, t.notes, t.need, t.campaign_result_id, t.result_label, t.cancel_reason,
    n.id as next_id, n.kind as next_kind, n.due_on as next_due_on, to_char(n.due_at, 'HH24:MI') as next_due_at,
      n.done_at as next_done_at, n.version as next_version,
    n.owner_id as next_owner_id, w.given_name || ' ' || w.family_name as next_owner_name,
      w.organisation_id as next_owner_organisation_id,
    d.id as answers_id, d.kind as answers_kind, d.due_on as answers_due_on
  from exchanges x
  join organisations o on o.id = x.organisation_id
  join accounts a on a.id = x.author_id
  left join establishments e on e.siret = x.siret
  left join provisional_establishments p on p.siret = x.siret and e.siret is null
  left join campaigns c on c.id = ${saidOf('x')}
  left join exchange_contents t on t.exchange_id = x.id
  left join next_actions n on n.exchange_id = x.id and n.cancelled_at is null
  left join accounts w on w.id = n.owner_id
  left join next_actions d on d.answered_by = x.id`

interface Next {
  nextId: string
  nextKind: string
  nextDueOn: string
  nextDueAt: string | null
  nextDoneAt: Date | null
  nextVersion: number
  nextOwnerId: string
  nextOwnerName: string
  nextOwnerOrganisationId: string
}
interface Answers {
  answersId: string
  answersKind: string
  answersDueOn: string
}
type Flat = Omit<RecordedExchange, 'content' | 'nextAction' | 'answers'> & {
  [K in keyof Content]: Content[K] | null
} & (Next | { [K in keyof Next]: null }) &
  (Answers | { [K in keyof Answers]: null })

const nested = ({
  channel,
  result,
  personMet,
  notes,
  need,
  campaignResultId,
  resultLabel,
  nextId,
  nextKind,
  nextDueOn,
  nextDueAt,
  nextDoneAt,
  nextVersion,
  nextOwnerId,
  nextOwnerName,
  nextOwnerOrganisationId,
  answersId,
  answersKind,
  answersDueOn,
  ...x
}: Flat): RecordedExchange => ({
  ...x,
  answers: answersId === null ? null : { id: answersId, kind: answersKind, dueOn: answersDueOn },
  content:
    channel === null || result === null
      ? null
      : { channel, result, personMet, notes, need, campaignResultId, resultLabel },
  nextAction:
    nextId === null
      ? null
      : {
          ...x,
          id: nextId,
          exchangeId: x.id,
          campaignId: x.campaignId ?? x.leftOutCampaignId,
          kind: nextKind,
          dueOn: nextDueOn,
          dueAt: nextDueAt,
          doneAt: nextDoneAt,
          version: nextVersion,
          ownerId: nextOwnerId,
          ownerName: nextOwnerName,
          ownerOrganisationId: nextOwnerOrganisationId,
        },
})

export interface ExchangeFilter {
  readonly siret?: number | undefined
  readonly campaign?: string | undefined
  readonly organisation?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
const matching = ({ siret, campaign, organisation, from, to }: ExchangeFilter) =>
  sql.join(
    [
      sql`true`,
      ...(siret === undefined ? [] : [sql`x.siret = ${siret}`]),
      ...(campaign === undefined ? [] : [sql`x.campaign_id = ${campaign}::uuid`]),
      ...(organisation === undefined ? [] : [sql`x.organisation_id = ${organisation}::uuid`]),
      ...(from === undefined ? [] : [sql`x.occurred_on >= ${from}::date`]),
      ...(to === undefined ? [] : [sql`x.occurred_on <= ${to}::date`]),
    ],
    sql` and `,
  )

/** Newest first, one row more than asked. `after`: the day and the id of the last one shown. */
export const listExchanges = async (
  db: Db,
  filter: ExchangeFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<RecordedExchange[]> =>
  (
    await db.all(sql<Flat>`${exchanges}
      where ${matching(filter)} ${
        after
          ? sql`and (x.occurred_on, x.id) < (${after[0]}::date,
      ${after[1]}::uuid)`
          : sql``
      }
    order by x.occurred_on desc, x.id desc limit ${limit + 1}`)
  ).map(nested)

export const countExchanges = async (db: Db, filter: ExchangeFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from exchanges x where ${matching(filter)}`))!.total

export const exchangeById = async (db: Db, id: string): Promise<RecordedExchange | undefined> => {
  const row = await db.first(sql<Flat>`${exchanges} where x.id = ${id}::uuid`)
  return row && nested(row)
}

export interface LockedExchange {
  readonly exchange: RecordedExchange /** Null outside a campaign, or where the target is not the viewer's to work. */
  readonly target: LockedTarget | null
}
/**
 * Waits for whoever is correcting it, then reads it as they left it; its target is locked first, as recording does. The
 * lock takes only rows that one may write (row-level security asks it of a locking read), so the reading stands apart:
 * another's exchange is still found, and refused with a reason.
 */
export const lockExchange = async (db: Db, id: string): Promise<LockedExchange | undefined> => {
  const place = await db.first(
    sql<{ campaignId: string | null; siret: number }>`select ${saidOf('x')} as campaign_id, siret from exchanges x
      where id = ${id}::uuid`,
  )
  if (!place) return undefined
  const [target, , exchange] = await Promise.all([
    place.campaignId ? lockTarget(db, place.campaignId, place.siret) : undefined,
    db.run(sql`select from exchanges where id = ${id}::uuid for update`),
    exchangeById(db, id),
  ])
  return exchange && { exchange, target: target ?? null }
}

export interface VersionRow {
  readonly version: number
  readonly at: Date
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly change: 'recorded' | 'corrected' | 'cancelled'
  /** As it was said then: what was not asked yet is missing. */
  readonly content: Omit<Content, 'campaignResultId' | 'resultLabel'> & Partial<Content>
  readonly occurredOn: string
  readonly visibility: Visibility
}
export const listVersions = (db: Db, exchangeId: string): Promise<VersionRow[]> =>
  db.all(sql<VersionRow>`select v.version, v.at, v.by_id, b.given_name || ' ' || b.family_name as by_name,
    b.organisation_id as by_organisation_id, v.change, v.content, v.occurred_on, v.visibility
    from exchange_versions v join accounts b on b.id = v.by_id where v.exchange_id = ${exchangeId}::uuid
      order by v.version desc`)

export const countRecorded = async (db: Db, siret: number, since: string): Promise<number> =>
  (await db.first(
    sql<{
      total: number
    }>`select count(*) as total from exchanges where siret = ${siret} and status = 'recorded'
      and occurred_on >= ${since}::date`,
  ))!.total
export const lastRecorded = async (db: Db, siret: number, limit: number): Promise<RecordedExchange[]> =>
  (
    await db.all(
      sql<Flat>`${exchanges} where x.siret = ${siret} and x.status = 'recorded' order by x.occurred_on desc, x.id desc
        limit ${limit}`,
    )
  ).map(nested)

export interface EstablishmentPlace extends TerritoryLine {
  readonly siret: number
  readonly name: string | null
}
/** Where an establishment stands: what an exchange copies and rights compare. */
export const establishmentPlace = (db: Db, siret: number): Promise<EstablishmentPlace | undefined> =>
  db.first(sql<EstablishmentPlace>`
    select siret, name, region_id, departement_id, epci_id, clpe_id from establishments where siret = ${siret}
    union all select siret, name, region_id, departement_id, epci_id, clpe_id from provisional_establishments
      where siret = ${siret} and not exists (select from establishments where siret = ${siret})`)
