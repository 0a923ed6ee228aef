import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { RefusalCode } from '../../contract/refusals.ts'
import type { MissingTerm, Profile, Role, Route, Tool } from '../../contract/route.ts'
import type { Action, Context, Done, Entry, Input, ReadContext, Settings } from './action.ts'
import { recordActs } from './audit.ts'
import { type Database, isConnectionLoss, isLockTimeout, isRace, type Transaction } from './database.ts'
import { sha256 } from './digest.ts'
import { Refused, refusedTo } from './errors.ts'
import { transactionRetries } from './telemetry.ts'
import { holds, holdsRole, missingFor, opens, provenLately, type Viewer } from './viewer.ts'

export interface RequestContext {
  readonly tokenHash: Buffer | undefined
  readonly idempotencyKey: string | undefined
  readonly request: Omit<ReadContext['request'], 'tokenHash'>
}
export interface ActionResult {
  /** The reply as the contract declares it, in JSON. Made before the COMMIT: a reply that fails undoes its write. */
  readonly json: string
  readonly version: number | undefined
  /** As the action gave it; what a repeated write answered is not there. */
  readonly reply?: unknown
  readonly viewer: Viewer
  readonly sessionToken?: string | null | undefined
  /** Already answered under this key: nothing was done again. */
  readonly repeated?: true
}
export interface EnvelopeDeps {
  readonly today: (now: Date) => string
  readonly newId: () => string
  readonly settings: Settings
  /** The route's compiled serialiser: undeclared members never leave. */
  readonly serialize: (reply: unknown) => string
}
const answer = (viewer: Viewer, reply: unknown, { serialize }: EnvelopeDeps): ActionResult => ({
  viewer,
  reply,
  json: serialize(reply),
  version: (reply as { version?: number }).version,
})

const withheldBy = {
  account: 'access/no-grant',
  block: 'access/blocked',
  convention: 'access/no-convention',
  contract: 'access/contract-over',
  inactivity: 'access/inactive',
  cgu: 'access/conditions-to-accept',
  confidentialite: 'access/conditions-to-accept',
  securite: 'access/conditions-to-accept',
  cpu: 'access/conditions-to-accept',
  awareness: 'access/awareness-due',
  'cgu-unpublished': 'access/unpublished',
  'confidentialite-unpublished': 'access/unpublished',
  'securite-unpublished': 'access/unpublished',
  'cpu-unpublished': 'access/unpublished',
  'annex-4-unpublished': 'access/unpublished',
  'annex-4': 'access/tool-withdrawn',
  'sign-in': 'access/sign-in-not-accepted',
  perimeter: 'access/beyond-structure',
  confirmation: 'access/to-confirm',
} as const satisfies Record<MissingTerm, RefusalCode>

/**
 * The coarse gate. A locked session, or one short of its second factor, passes only routes that need an identity alone.
 */
export const gate = (route: Route, viewer: Viewer | null, now: Date): Viewer => {
  if (!viewer) throw new Refused('session/required')
  if (route.needs === 'identified') return viewer
  if (viewer.state === 'second-factor-required') throw new Refused('session/second-factor-required')
  if (viewer.state === 'locked') throw new Refused('session/locked')
  if (route.needs !== 'signed-in') {
    const [kind, wanted] = route.needs.split(':') as ['role', Role] | [Tool, Profile]
    if (kind === 'role') {
      const ofARegion = route.regional && viewer.roles.some(r => r.role === wanted)
      if (!ofARegion && !holdsRole(viewer, wanted as Role))
        throw new Refused(
          viewer.refusedAudiences.includes('fonction') ? 'access/sign-in-not-accepted' : 'access/role-required',
          { facts: { role: wanted } },
        )
    } else if (!holds(viewer, kind, wanted as Profile)) {
      const missing = missingFor(viewer, kind, wanted as Profile)
      throw new Refused(missing[0] ? withheldBy[missing[0]] : 'access/no-grant', {
        facts: { tool: kind, profile: wanted, missing },
      })
    }
  }
  if (route.writesIn && !opens(viewer, route.writesIn))
    throw new Refused('access/category-closed', { facts: { category: route.writesIn } })
  if (route.stepUp && !provenLately(viewer, now)) throw new Refused('session/step-up-required')
  return viewer
}

/**
 * Runs one action in one transaction: rights, load, may, run, trail. Run again, whole, when it lost a race with
 * another, or when a read lost its connection.
 */
export const perform = async (
  database: Database,
  action: Action,
  input: Input<Route>,
  caller: RequestContext,
  deps: EnvelopeDeps,
): Promise<ActionResult> => {
  if (!caller.tokenHash) throw new Refused('session/required')
  for (let attempt = 1; ; attempt++) {
    try {
      return await (action.route.method === 'GET' ? read : write)(
        database,
        action,
        input,
        { ...caller, tokenHash: caller.tokenHash },
        deps,
      )
    } catch (error) {
      if (isRace(error) && attempt < 4) transactionRetries.inc()
      else if (isConnectionLoss(error) && action.route.method === 'GET' && attempt < 4)
        await setTimeout(20) // others of the pool were perhaps cut too: it hears of them meanwhile
      else if (isLockTimeout(error)) throw new Refused('service/overloaded', { retryAfterSeconds: 2 })
      else if (isConnectionLoss(error)) throw new Refused('service/unavailable', { retryAfterSeconds: 2 })
      else throw bothSides(error)
    }
  }
}
/** Whatever gives the role, a trigger refuses it (ctx.keep_to_one_side): no act needs to know. */
const bothSides = (error: unknown): unknown =>
  (error as { constraint?: string } | null)?.constraint === 'one_side_of_a_pair'
    ? new Refused('second-account/both-sides')
    : error

type KnownCaller = RequestContext & { tokenHash: Buffer }

const readContext = (tx: Transaction, caller: KnownCaller, { today, newId, settings }: EnvelopeDeps): ReadContext => {
  const now = settings.clock()
  const request = { ...caller.request, tokenHash: caller.tokenHash }
  return { db: tx, now, today: today(now), newId, settings, request }
}

const allowed = (action: Action, viewer: Viewer, subject: unknown, input: Input<Route>) => {
  const verdict = action.may(viewer, subject, input)
  if (verdict !== true) throw new Refused(verdict)
}

/**
 * BEGIN, the rights, the coarse gate and the load leave in one batch: the database runs no load for who lacks what the
 * route needs. The reply does not wait for the COMMIT of a read.
 */
const read = async (
  database: Database,
  action: Action,
  input: Input<Route>,
  caller: KnownCaller,
  deps: EnvelopeDeps,
): Promise<ActionResult> => {
  const tx = await database.begin()
  let who: Viewer | null = null
  try {
    const context = readContext(tx, caller, deps)
    const needs = action.route.needs === 'identified' ? undefined : action.route.needs
    const [entered, loaded] = await Promise.allSettled([tx.enter(caller.tokenHash, needs), action.load(input, context)])
    if (entered.status === 'rejected') throw entered.reason
    who = entered.value
    const viewer = gate(action.route, who, context.now)
    if (loaded.status === 'rejected') throw loaded.reason
    allowed(action, viewer, loaded.value, input)
    const answered = answer(viewer, await action.run(loaded.value, input, { ...context, viewer } as Context), deps)
    tx.commit().catch(() => {})
    return answered
  } catch (error) {
    void tx.rollback()
    throw refusedTo(who, error, { route: action.route, input })
  }
}

const write = async (
  database: Database,
  action: Action,
  input: Input<Route>,
  caller: KnownCaller,
  deps: EnvelopeDeps,
): Promise<ActionResult> => {
  const tx = await database.begin()
  let who: Viewer | null = null
  try {
    const context = readContext(tx, caller, deps)
    who = await tx.enter(caller.tokenHash)
    const viewer = gate(action.route, who, context.now)
    const repeated = await claimKey(tx, viewer, action.route, input, caller)
    if (repeated !== undefined) {
      await tx.rollback()
      return { viewer, json: repeated, version: (JSON.parse(repeated) as { version?: number }).version, repeated: true }
    }
    const subject = await action.load(input, context)
    allowed(action, viewer, subject, input)
    const outcome = await action.run(subject, input, { ...context, viewer } as Context)
    const done = (action.route.noAct ? { reply: outcome, audit: [] } : outcome) as Omit<Done<unknown>, 'audit'> & {
      audit: readonly Entry[]
    }
    const answered = done.refusal ? { viewer, json: '', version: undefined } : answer(viewer, done.reply, deps)
    const act = {
      at: context.now,
      origin: caller.request.origin,
      requestId: caller.request.id,
    }
    const last = action.route.noAct ? [] : [recordActs(tx, act, done.audit, context.newId)]
    if (keyed(action.route, viewer, caller) && !done.refusal)
      last.push(keepReply(tx, caller.idempotencyKey!, answered.json))
    await Promise.all([...last, tx.commit()])
    if (done.refusal) throw done.refusal
    return { ...answered, sessionToken: done.sessionToken }
  } catch (error) {
    await tx.rollback()
    throw refusedTo(who, error, { route: action.route, input })
  }
}

// Replies of the identity routes carry secrets shown once: they are not kept, and those acts repeat harmlessly.
// What is being typed is no act: its next words are written over it.
const keyed = (route: Route, viewer: Viewer, caller: RequestContext) =>
  caller.idempotencyKey !== undefined &&
  !route.noAct &&
  route.needs !== 'identified' &&
  !route.secret &&
  viewer.state === 'active'

/**
 * The reply already given under this key, to the byte, or undefined when this is its first use. A second use at the
 * same moment waits here for the first.
 */
const claimKey = async (
  tx: Transaction,
  viewer: Viewer,
  route: Route,
  input: Input<Route>,
  caller: KnownCaller,
): Promise<string | undefined> => {
  if (!keyed(route, viewer, caller)) return undefined
  const digest = sha256(JSON.stringify([route.method, route.path, input.params, input.body, ...versionRead(input)]))
  const claimed = await tx.run(
    sql`insert into idempotency_keys (account_id, key, route, body_digest)
      values (${viewer.accountId}, ${caller.idempotencyKey}, ${route.path}, ${digest}) on conflict do nothing`,
  )
  if (claimed === 1) return undefined
  const first = await tx.first(
    sql<{
      bodyDigest: Buffer
      reply: string | null
      kept: boolean
    }>`select body_digest, reply::text as reply, created_at > now() - interval '1 day' as kept from idempotency_keys
      where account_id = ${viewer.accountId} and key = ${caller.idempotencyKey}`,
  )
  if (!first?.kept || !first.bodyDigest.equals(digest)) throw new Refused('request/idempotency-key-reused')
  return first.reply ?? undefined // kept by none: whoever was refused may try again
}
const versionRead = ({ ifMatch }: Input<Route>) => (ifMatch === undefined ? [] : [ifMatch])
/** What was typed and is sent under this key is recorded: the database takes its draft away (drop_sent_draft). */
const keepReply = (tx: Transaction, key: string, json: string) =>
  tx.run(sql`update idempotency_keys set reply = ${json}::json where account_id = ctx.account() and key = ${key}`)
