import { sql } from 'kysely'
import type {
  identityManners,
  refusalArticles,
  rightsChannels,
  rightsOutcomes,
  toldExtents,
} from '../../../contract/oversight/rights-requests.ts'
import { type Db, k } from '../../platform/database.ts'
import type { Entry } from './correction-rules.ts'
import type { StepKind } from './rights-request-rules.ts'
import { inState, type State } from './states.queries.ts'

type OneOf<List extends readonly string[]> = List[number]
export interface Structure {
  readonly id: string
  readonly name: string
  readonly kind: string
}
export interface RequestRow extends Entry {
  readonly id: string
  readonly version: number
  readonly recordedAt: Date
  readonly receivedBy: Structure
  readonly handedTo: Structure | null
  readonly handedAt: Date | null
  /** The structure to which it is handed noted a step of it. */
  readonly taken: boolean
}
export interface StepRow {
  readonly requestId: string
  readonly kind: StepKind
  readonly happenedOn: string
  readonly manner: OneOf<typeof identityManners> | null
  readonly outcome: OneOf<typeof rightsOutcomes> | null
  readonly channel: OneOf<typeof rightsChannels> | null
  readonly article: OneOf<typeof refusalArticles> | null
  readonly extent: OneOf<typeof toldExtents> | null
  readonly reason: string | null
}
export interface WithdrawalRow {
  readonly requestId: string
  readonly to: Structure
  readonly handedAt: Date
  readonly recordedAt: Date
  readonly givenBack: boolean
  readonly reason: string
}
export interface Whole extends RequestRow {
  readonly steps: readonly StepRow[]
  readonly withdrawals: readonly Omit<WithdrawalRow, 'requestId'>[]
}
const structure = (alias: string) => {
  const of = sql.ref(alias)
  return sql`jsonb_build_object('id', ${of}.id, 'name', ${of}.name, 'kind', ${of}.kind)`
}
const requests = sql`select r.id, r.version, r.kind, r.whose, r.person, r.channel, r.received_on, r.recorded_at,
    ${structure('o')} as received_by, case when h.request_id is not null then ${structure('t')} end as handed_to,
    h.recorded_at as handed_at, exists (select from rights_request_steps s where s.request_id = r.id
      and s.recorded_at > h.recorded_at) as taken
  from rights_requests r join organisations o on o.id = r.organisation_id
    left join rights_request_handovers h on h.request_id = r.id
    left join organisations t on t.id = h.to_organisation_id`
const withSteps = async (db: Db, rows: readonly RequestRow[]): Promise<Whole[]> => {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const [steps, withdrawals] = await Promise.all([
    db.all(
      sql<StepRow>`select request_id, kind, happened_on, manner, outcome, channel, article, extent, reason
        from rights_request_steps where request_id = any (${ids}::uuid[]) order by recorded_at, kind`,
    ),
    db.all(
      sql<WithdrawalRow>`select w.request_id, ${structure('t')} as to, w.handed_at, w.recorded_at, w.given_back, w.reason
        from rights_request_withdrawals w join organisations t on t.id = w.to_organisation_id
        where w.request_id = any (${ids}::uuid[]) order by w.recorded_at desc, w.handed_at desc`,
    ),
  ])
  return rows.map(row => ({
    ...row,
    steps: steps.filter(step => step.requestId === row.id),
    withdrawals: withdrawals.filter(one => one.requestId === row.id),
  }))
}

/** Open: the first received first; closed: the last received first. One more than asked. */
export const requestsInState = async (
  db: Db,
  state: State,
  after: readonly string[] | undefined,
  limit: number,
): Promise<Whole[]> => {
  const open = state === 'open'
  const beyond = open ? sql`>` : sql`<`
  const order = open ? sql`r.received_on, r.id` : sql`r.received_on desc, r.id desc`
  const rows = await db.all(
    sql<RequestRow>`${requests} where ${inState(state)}
      ${after ? sql`and (r.received_on, r.id) ${beyond} (${after[0]}::date, ${after[1]}::uuid)` : sql``}
      order by ${order} limit ${limit + 1}`,
  )
  return withSteps(db, rows)
}
export const countRequests = async (db: Db, state: State): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from rights_requests r where ${inState(state)}`))!.n
export interface HeldRow {
  readonly held: number
  readonly firstReceived: string | null
  readonly extended: readonly { readonly receivedOn: string; readonly toldOn: string }[]
}
/** Those that the viewer's structure holds, to do; of the unanswered ones, the days that say the nearest delay. */
export const countHeld = async (db: Db): Promise<HeldRow> =>
  (await db.first(
    sql<HeldRow>`select count(*)::int as held,
        min(r.received_on) filter (where a.request_id is null and e.request_id is null) as first_received,
        coalesce(jsonb_agg(distinct jsonb_build_object('receivedOn', r.received_on, 'toldOn', e.happened_on))
          filter (where a.request_id is null and e.request_id is not null), '[]') as extended
      from rights_requests r
        left join rights_request_handovers h on h.request_id = r.id
        left join rights_request_steps a on a.request_id = r.id and a.kind = 'answer'
        left join rights_request_steps e on e.request_id = r.id and e.kind = 'extension'
      where coalesce(h.to_organisation_id, r.organisation_id) = (select ctx.organisation()) and ${inState('open')}`,
  ))!

export const findRequest = async (db: Db, id: string): Promise<Whole | undefined> =>
  (await withSteps(db, await db.all(sql<RequestRow>`${requests} where r.id = ${id}::uuid`)))[0]

/** Read once the lock is held: two steps at once follow each other. */
export const lockRequest = async (db: Db, id: string): Promise<Whole | undefined> => {
  await db.run(sql`select pg_advisory_xact_lock(hashtextextended('rights request ' || ${id}, 0))`)
  return findRequest(db, id)
}
export const findStructure = (db: Db, id: string) =>
  db.first(sql<Structure>`select id, name, kind from organisations where id = ${id}::uuid`)

interface By {
  readonly recordedBy: string
  readonly recordedAt: Date
}
export const insertRequest = (
  db: Db,
  { receivedBy, handedTo: _to, handedAt: _at, taken: _taken, ...row }: RequestRow & By,
) => db.run(k.insertInto('rightsRequests').values({ ...row, organisationId: receivedBy.id }))
export const insertStep = (db: Db, row: StepRow & By) => db.run(k.insertInto('rightsRequestSteps').values(row))
export const insertHandover = (
  db: Db,
  row: { readonly requestId: string; readonly fromOrganisationId: string; readonly toOrganisationId: string } & By,
) => db.run(k.insertInto('rightsRequestHandovers').values(row))
/** Empty: it is done. Else why not. */
export const endHandover = async (db: Db, requestId: string, givenBack: boolean, reason: string) =>
  (await db.first(
    sql<{ outcome: string }>`select end_rights_handover(${requestId}::uuid, ${givenBack}, ${reason}) as outcome`,
  ))!.outcome
