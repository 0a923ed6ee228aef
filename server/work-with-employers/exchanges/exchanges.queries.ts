import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany, type Slice } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { isClosed } from '../../territory-and-register/establishments/establishments.queries.ts'
import { type LockedTarget, lockTarget } from '../campaigns/targets.queries.ts'
import { metPerson } from '../correspondents/met-person.queries.ts'
import { type ExchangeFilter, matching } from './exchange-filter.queries.ts'
import type { Result, Visibility } from './exchange-rules.ts'
import type { LeftOut } from './left-out-rules.ts'
import { type NextActionRow, saidOf } from './next-actions.queries.ts'

export {
  type EstablishmentPlace,
  establishmentPlace,
  establishmentPlaces,
} from '../../territory-and-register/establishments/places.queries.ts'

export interface Content {
  readonly channel: string
  readonly result: Result
  readonly personMet: string | null
  /** The correspondent chosen then; a merge may have led them to another card since. */
  readonly correspondentId: string | null
  readonly notes: string | null
  readonly need: string | null
  /** The campaign's own result, and its words as they were chosen; null when it is one of the base codes. */
  readonly campaignResultId: string | null
  readonly resultLabel: string | null
}
export interface Met {
  readonly id: string
  readonly name: string
}
export interface RecordedExchange extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly establishmentName: string | null
  /** The register closed it. */
  readonly closed: boolean
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
  /** The person met, as the card that keeps them names them today. */
  readonly correspondent: Met | null
  /** Out of a file of employers. */
  readonly imported: boolean
  /** Null to all but who imported it. */
  readonly fileName: string | null
  /** It took place while a mark « do not contact » stood, made before it was recorded. */
  readonly despiteMark: boolean
  readonly nextAction: NextActionRow | null
  /** The planned action that it answers. */
  readonly answers: { readonly id: string; readonly kind: string; readonly dueOn: string } | null
}

const despiteMark = sql`exists (select from do_not_contact_marks m where m.siret = x.siret
  and m.marked_at < x.recorded_at and x.occurred_on between m.starts_on and m.until
  and (m.ended_at is null or m.ended_at > x.recorded_at or ctx.paris_day(m.ended_at) > x.occurred_on))`
const exchanges = sql`
  select x.id, x.siret, x.region_id, x.departement_id, x.epci_id, x.clpe_id,
    coalesce(e.name, p.name) as establishment_name, ${isClosed} as closed, x.campaign_id, x.left_out_campaign_id, x.left_out,
    c.name as campaign_name, c.status as campaign_status, c.starts_on, c.ends_on,
    x.organisation_id, o.name as organisation_name, o.kind as organisation_kind, x.author_id,
      a.given_name || ' ' || a.family_name as author_name, a.organisation_id as author_organisation_id,
    x.occurred_on, x.visibility, x.status, x.recorded_at, x.corrected_at, x.version,
    t.channel, t.result,
    case when (select ctx.opens('interlocuteurs')) then t.person_met end as person_met, t.correspondent_id,
    m.id as met_id, m.name as met_name, t.notes, t.need, t.campaign_result_id, t.result_label, t.cancel_reason,
    x.file_id is not null as imported,
    (select f.file_name from employer_files f where f.id = x.file_id) as file_name, ${despiteMark} as despite_mark,
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
  ${metPerson}
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
interface MetColumns {
  metId: string
  metName: string
}
type Flat = Omit<RecordedExchange, 'content' | 'nextAction' | 'answers' | 'correspondent'> & {
  [K in keyof Content]: Content[K] | null
} & (Next | { [K in keyof Next]: null }) &
  (Answers | { [K in keyof Answers]: null }) &
  (MetColumns | { [K in keyof MetColumns]: null })

const nested = ({
  channel,
  result,
  personMet,
  correspondentId,
  metId,
  metName,
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
  correspondent: metId === null || metName === '' ? null : { id: metId, name: metName },
  content:
    channel === null || result === null
      ? null
      : { channel, result, personMet, correspondentId, notes, need, campaignResultId, resultLabel },
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

/**
 * Newest first, one row more than asked. `after`: the day and the id of the last one shown. Which ones is asked first:
 * the whole statement is then planned once, whatever the limit.
 */
export const listExchanges = async (
  db: Db,
  filter: ExchangeFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<RecordedExchange[]> =>
  (
    await db.all(sql<Flat>`${exchanges} where x.id = any (array(select x.id from exchanges x
        where ${matching(filter)} ${after ? sql`and (x.occurred_on, x.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
        order by x.occurred_on desc, x.id desc limit ${limit + 1}))
      order by x.occurred_on desc, x.id desc`)
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
  // It followed its establishment to another SIRET meanwhile (CAM-14): its target is the other one.
  if (exchange && exchange.siret !== place.siret) return lockExchange(db, id)
  return exchange && { exchange, target: target ?? null }
}

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
      sql<Flat>`${exchanges} where x.id = any (array(select r.id from exchanges r where r.siret = ${siret}
        and r.status = 'recorded' order by r.occurred_on desc, r.id desc limit ${limit}))
      order by x.occurred_on desc, x.id desc`,
    )
  ).map(nested)

/** The last ones at the other establishments of its company, newest first. */
export const lastRecordedBeside = async (db: Db, siret: number, { limit, from }: Slice): Promise<RecordedExchange[]> =>
  (
    await db.all(sql<Flat>`${exchanges} where x.id = any (array(select r.id from exchanges r
        where ${ofSameCompany('r.siret', siret)} and r.siret <> ${siret} and r.status = 'recorded'
        order by r.occurred_on desc, r.id desc limit ${limit} offset ${from}))
      order by x.occurred_on desc, x.id desc`)
  ).map(nested)
export const countRecordedBeside = async (db: Db, siret: number, since: string): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from exchanges r
    where ${ofSameCompany('r.siret', siret)} and r.siret <> ${siret} and r.status = 'recorded'
      and r.occurred_on >= ${since}::date`))!.total

/** The last ones of each of these establishments, newest first. */
export const lastRecordedAt = async (db: Db, sirets: readonly number[], each: number): Promise<RecordedExchange[]> =>
  (
    await db.all(sql<Flat>`${exchanges}
      where x.id = any (array(select l.id from unnest(${sirets}::bigint[]) s (siret), lateral (
        select r.id from exchanges r where r.siret = s.siret and r.status = 'recorded'
        order by r.occurred_on desc, r.id desc limit ${each}) l))
      order by x.occurred_on desc, x.id desc`)
  ).map(nested)
/** How many since a day, of those that have any. */
export const countsRecorded = async (
  db: Db,
  sirets: readonly number[],
  since: string,
): Promise<Map<number, number>> => {
  const rows = await db.all(sql<{ siret: number; count: number }>`select siret, count(*) as count from exchanges
    where siret = any (${sirets}::bigint[]) and status = 'recorded' and occurred_on >= ${since}::date group by siret`)
  return new Map(rows.map(({ siret, count }) => [siret, count]))
}
