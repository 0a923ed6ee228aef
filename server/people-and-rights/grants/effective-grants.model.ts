/**
 * Executable specification: production runs the SQL (ctx.held_grants, ctx.effective_grants, ctx.inactive_at,
 * ctx.lapsed_at, ctx.lies_within); effective-grants.test.ts proves them equal.
 */
import type { MissingTerm, Profile, Tool } from '../../../contract/route.ts'
import { addMonths, parisDay } from '../../platform/time.ts'

export interface GrantFacts {
  readonly accountId: string
  readonly organisationId: string
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number | null
  readonly agencyId: string | null
  readonly startsOn: string
  readonly endsOn: string | null
  readonly grantedAt: Date
  readonly revokedAt: Date | null
  /** While a second person has not confirmed it. */
  readonly unconfirmed: Span | null
}
/** A span of instants: from the first, up to and without the second; null is for ever. */
export interface Span {
  readonly from: Date
  readonly until: Date | null
}
export interface DocumentFacts {
  readonly id: string
  readonly kind: 'cgu' | 'cpu' | 'confidentialite' | 'securite'
  readonly tool: Tool | null
  readonly inForceFrom: Date
}

/** Conditions of an account's rights beside its grants. */
export interface AccountFacts {
  readonly id: string
  readonly organisationId: string
  readonly ofOperator: boolean
  /** Each state it was in, from when, oldest first; before the first, there was no account. */
  readonly states: readonly {
    readonly from: Date
    readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
    readonly contractEndsOn: string | null
  }[]
  readonly createdAt: Date
  /** The conventions of its organisation, each while it is in force. */
  readonly conventions: readonly Span[]
  /** The territories that its organisation may open, each while it may (ACC-15). */
  readonly ceiling: readonly (Span & { readonly territoryId: number })[]
  /** `of`: only the grants of that tool over that perimeter; without it, everything. */
  readonly blocks: readonly (Span & { readonly of?: Pick<GrantFacts, 'tool' | 'territoryId' | 'agencyId'> })[]
  /** While a second person has not confirmed the account itself. */
  readonly unconfirmed: Span | null
  readonly lastActAt: Date | null
  /** When a suspension for inactivity was last lifted. */
  readonly liftedAt: Date | null
  /** The first act or lifting; before it, inactivity ran from the grants. */
  readonly firstAt: Date | null
  /** The suspensions for inactivity that were lifted. */
  readonly suspensions: readonly Span[]
  readonly accepted: readonly { readonly documentId: string; readonly at: Date }[]
  readonly awareOn: readonly string[]
}
/** What holds for everyone. */
export interface HouseFacts {
  readonly documents: readonly DocumentFacts[]
  readonly annex4: readonly (Span & { readonly tool: Tool })[]
  readonly awareness: readonly { readonly from: Date; readonly cuts: boolean }[]
  /** Territories that lie wholly in another, beside themselves and the national one. */
  readonly contents: readonly { readonly inner: number; readonly outer: number }[]
  readonly agencyTerritories: (agencyId: string) => readonly number[]
}
export interface HeldGrant {
  readonly grant: GrantFacts
  /** What keeps it from opening anything; none: it is in effect. */
  readonly missing: readonly MissingTerm[]
}
export interface EffectiveGrant {
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number
}

const within = ({ from, until }: Span, at: Date) => from <= at && (until === null || until > at)
const latest = <T>(all: readonly T[], of: (one: T) => Date): T | undefined =>
  all.reduce<T | undefined>((best, one) => (!best || of(one) > of(best) ? one : best), undefined)

/** Within one of these territories. The SQL twin is ctx.lies_within. */
export const liesWithin = (
  territoryId: number,
  ceiling: readonly number[],
  contents: HouseFacts['contents'],
): boolean =>
  ceiling.some(t => t === 0 || t === territoryId || contents.some(c => c.inner === territoryId && c.outer === t))

/**
 * The last instant at which a structure was left without a convention in force; null: never. What was given it before
 * opens nothing under the next convention (AGR-7). The SQL twin is ctx.lapsed_at.
 */
export const lapsedAt = (conventions: readonly Span[], at: Date): Date | null =>
  latest(
    conventions.flatMap(({ from, until }) =>
      until && from < until && until <= at && !conventions.some(c => within(c, until)) ? [until] : [],
    ),
    end => end,
  ) ?? null

/** What is missing of a text: accepted by the person, or published by the operator. Nothing: it is accepted. */
const lacksText = (
  account: AccountFacts,
  documents: readonly DocumentFacts[],
  kind: DocumentFacts['kind'],
  tool: Tool | null,
  at: Date,
): MissingTerm[] => {
  const current = latest(
    documents.filter(d => d.kind === kind && d.tool === tool && d.inForceFrom <= at),
    d => d.inForceFrom,
  )
  if (!current) return [`${kind}-unpublished`]
  return account.accepted.some(a => a.documentId === current.id && a.at <= at) ? [] : [kind]
}

/**
 * Suspended for inactivity at an instant (annex 1, 5.1; ACC-5): two calendar months in Europe/Paris without a
 * deliberate act.
 * A sign-in counts as an act. The months run from the last act or lifted suspension, else from the latest grant.
 * The last day still opens. No act is recorded while an account is suspended.
 * So between its first and last acts it was suspended only in the lifted suspensions. The SQL twin is ctx.inactive_at.
 */
export const isInactive = (
  account: Pick<AccountFacts, 'lastActAt' | 'liftedAt' | 'firstAt' | 'suspensions'>,
  grants: readonly Pick<GrantFacts, 'grantedAt' | 'startsOn' | 'revokedAt'>[],
  at: Date,
): boolean => {
  if (account.suspensions.some(s => within(s, at))) return true
  const acted = account.firstAt !== null && account.firstAt <= at
  const acts = [account.lastActAt, account.liftedAt].filter(a => a !== null).map(parisDay)
  const given = grants
    .filter(g => g.grantedAt <= at && (g.revokedAt === null || g.revokedAt > at))
    .map(g => [parisDay(g.grantedAt), g.startsOn].toSorted().at(-1)!)
  const from = (acted ? acts : given).toSorted().at(-1)
  return from !== undefined && parisDay(at) > addMonths(from, 2)
}

/**
 * Warned of, or cut for, a security awareness older than a year (SEC-4); the first is due a year after the account
 * opened.
 */
export const awarenessDue = (account: Pick<AccountFacts, 'awareOn' | 'createdAt'>, today: string): boolean =>
  today >
  addMonths(
    account.awareOn
      .filter(day => day <= today)
      .toSorted()
      .at(-1) ?? parisDay(account.createdAt),
    12,
  )

const missingToAll = (
  account: AccountFacts,
  state: AccountFacts['states'][number],
  grants: readonly GrantFacts[],
  house: HouseFacts,
  at: Date,
  today: string,
): MissingTerm[] => {
  const conditions: [MissingTerm, boolean][] = [
    ['account', state.status !== 'active'],
    ['block', account.blocks.some(b => !b.of && within(b, at))],
    ['confirmation', account.unconfirmed !== null && within(account.unconfirmed, at)],
    ['convention', !account.ofOperator && !account.conventions.some(c => within(c, at))],
    ['contract', state.contractEndsOn !== null && state.contractEndsOn < today],
    ['inactivity', isInactive(account, grants, at)],
  ]
  const cuts =
    latest(
      house.awareness.filter(a => a.from <= at),
      a => a.from,
    )?.cuts === true
  return [
    ...conditions.filter(([, lacks]) => lacks).map(([term]) => term),
    ...lacksText(account, house.documents, 'cgu', null, at),
    ...lacksText(account, house.documents, 'confidentialite', null, at),
    ...lacksText(account, house.documents, 'securite', null, at),
    ...(cuts && awarenessDue(account, today) ? ['awareness' as const] : []),
  ]
}

/**
 * The grants of an account at an instant: begun, not ended, not revoked.
 * Each names what keeps it from opening anything (ACC-2, ACC-7, ACC-12; AGR-7, AGR-12). Nothing published, nothing
 * opens. One given under a convention that ended is held no more once another is in force.
 * The SQL twin is ctx.held_grants.
 */
export const heldGrants = (
  account: AccountFacts,
  grants: readonly GrantFacts[],
  house: HouseFacts,
  at: Date,
): HeldGrant[] => {
  const today = parisDay(at)
  const own = grants.filter(g => g.accountId === account.id)
  const state = account.states.findLast(s => s.from <= at)
  if (!state) return []
  const ceiling = account.ceiling.filter(c => within(c, at)).map(c => c.territoryId)
  const beyond = (g: GrantFacts) =>
    (g.territoryId !== null ? [g.territoryId] : house.agencyTerritories(g.agencyId!)).some(
      t => !liesWithin(t, ceiling, house.contents),
    )
  const toAll = missingToAll(account, state, own, house, at, today)
  const inForce = !account.ofOperator && account.conventions.some(c => within(c, at))
  const former = inForce ? lapsedAt(account.conventions, at) : null
  const common = house.annex4.filter(t => within(t, at)).map(t => t.tool)
  return own
    .filter(
      g =>
        g.organisationId === account.organisationId &&
        g.grantedAt <= at &&
        (g.revokedAt === null || g.revokedAt > at) &&
        g.startsOn <= today &&
        (g.endsOn === null || g.endsOn >= today) &&
        (former === null || g.grantedAt >= former),
    )
    .map(grant => ({
      grant,
      missing: [
        ...toAll,
        ...(!toAll.includes('confirmation') && grant.unconfirmed !== null && within(grant.unconfirmed, at)
          ? ['confirmation' as const]
          : []),
        ...(beyond(grant) ? ['perimeter' as const] : []),
        ...(common.length === 0 ? ['annex-4-unpublished' as const] : []),
        ...(common.length > 0 && !common.includes(grant.tool) ? ['annex-4' as const] : []),
        ...lacksText(account, house.documents, 'cpu', grant.tool, at),
        ...(!toAll.includes('block') &&
        account.blocks.some(
          b =>
            within(b, at) &&
            b.of?.tool === grant.tool &&
            b.of.territoryId === grant.territoryId &&
            b.of.agencyId === grant.agencyId,
        )
          ? ['block' as const]
          : []),
      ],
    }))
}

/** Those in effect, an agency's perimeter become the territories it serves. The SQL twin is ctx.effective_grants. */
export const effectiveGrants = (
  held: readonly HeldGrant[],
  agencyTerritories: (agencyId: string) => readonly number[],
): EffectiveGrant[] =>
  held
    .filter(h => h.missing.length === 0)
    .flatMap(({ grant }) =>
      (grant.territoryId !== null ? [grant.territoryId] : agencyTerritories(grant.agencyId!)).map(territoryId => ({
        tool: grant.tool,
        profile: grant.profile,
        territoryId,
      })),
    )
