import { type authorityWarnings, conventionStates as states } from '../../../contract/agreement/conventions.ts'
import { conventionParties as parties } from '../../../contract/notices.ts'
import { addDays, addMonths, endOfDay, parisDay } from '../../platform/time.ts'

/*
 * The life of a convention (articles 3 and 10), as pure functions of what happened and of `now`. Days are of Paris; a
 * term written « 31 décembre » lasts to 24:00 of that day.
 * Where the convention is silent, the choice is ours and stands beside the function that makes it.
 */

export { parties, states }
export type Party = (typeof parties)[number]
export const other = (party: Party): Party => (party === 'partenaire' ? 'operateur' : 'partenaire')
export type State = (typeof states)[number]
export const acts = [
  'edit',
  'send',
  'recall',
  'sign',
  'amend',
  'give-notice',
  'notify-breach',
  'withdraw',
  'correct',
  'answer',
] as const
export type Act = (typeof acts)[number]

/** Where a life already begun may be found again once a fact of it changed. */
const again: readonly State[] = ['in-force', 'notice-given', 'breach-notified', 'ended', 'terminated']
/**
 * What may be done in each state, and the states it may lead to; the rest is refused. Time alone leads from a state in
 * force to `ended` or `terminated`.
 * A notice or a breach recorded late may lead there at once, when its month is already over.
 * A corrected date, or the sender's answer to what was entered in its name, may lead back (AGR-13).
 */
export const transitions: Readonly<Record<State, Partial<Record<Act, readonly State[]>>>> = {
  draft: { edit: ['draft'], send: ['sent'] },
  sent: {
    sign: ['sent', 'signed-by-one', 'in-force'],
    recall: ['draft'],
    answer: ['sent', 'signed-by-one', 'in-force'],
  },
  'signed-by-one': {
    sign: ['signed-by-one', 'in-force'],
    recall: ['draft'],
    correct: ['signed-by-one'],
    answer: ['sent', 'signed-by-one', 'in-force'],
  },
  'in-force': {
    correct: again,
    answer: again,
    amend: ['in-force', 'ended'],
    'give-notice': ['in-force', 'notice-given', 'ended'],
    'notify-breach': ['in-force', 'breach-notified', 'terminated'],
    withdraw: ['in-force'],
  },
  'notice-given': {
    correct: again,
    answer: again,
    amend: ['notice-given', 'ended'],
    'give-notice': ['notice-given', 'ended'],
    'notify-breach': ['notice-given', 'breach-notified', 'terminated'],
    withdraw: ['in-force', 'notice-given', 'breach-notified'],
  },
  'breach-notified': {
    correct: again,
    answer: again,
    amend: ['breach-notified', 'ended'],
    'give-notice': ['notice-given', 'breach-notified', 'ended'],
    'notify-breach': ['breach-notified', 'terminated'],
    withdraw: ['in-force', 'notice-given', 'breach-notified'],
  },
  ended: { correct: again, answer: again },
  terminated: { correct: again, answer: again },
}
export const mayDo = (state: State, act: Act): boolean => transitions[state][act] !== undefined

export interface Facts {
  /** The last day of the first term, as the convention sets it. */
  readonly firstTermOn: string
  readonly sentAt: Date | null
  /** `contestedAt`: a paper entered in the name of its party, which says that it did not sign it. */
  readonly signatures: readonly {
    readonly party: Party
    readonly signedAt: Date
    readonly contestedAt?: Date | null
  }[]
  /** Received on that day; null while the letter is on its way. */
  readonly notices: readonly { readonly receivedOn: string | null; readonly withdrawnAt: Date | null }[]
  readonly breaches: readonly {
    readonly presentedOn: string | null
    readonly deliveredOn: string | null
    readonly withdrawnAt: Date | null
  }[]
  /**
   * Signed by both at that instant; null until then. `termOn` sets anew the last day of the term, `renews` whether
   * another follows it.
   */
  readonly amendments: readonly {
    readonly effectiveAt: Date | null
    readonly termOn: string | null
    readonly renews: boolean
  }[]
}

const later = (a: Date, b: Date) => new Date(Math.max(a.getTime(), b.getTime()))
/**
 * The later of the two signatures, never before both (AGR-2).
 * Our choice: a signature contested before that instant never counted; contested after it, it ends the convention.
 */
export const effectiveFrom = ({ signatures }: Pick<Facts, 'signatures'>): Date | null => {
  const [one, two] = parties.map(party => signatures.find(s => s.party === party))
  if (!one || !two) return null
  const start = later(one.signedAt, two.signedAt)
  return [one, two].some(s => s.contestedAt && s.contestedAt <= start) ? null : start
}

const isMonthEnd = (day: string) => addDays(day, 1).endsWith('-01')
const monthEnd = (day: string) => addDays(addMonths(`${day.slice(0, 7)}-01`, 1), -1)
/**
 * Adds periods of three months to a term. The end of a month stays an end of month (31 December, 31 March, 30 June).
 */
export const renewedTerm = (termOn: string, periods: number): string => {
  const day = addMonths(termOn, 3 * periods)
  return isMonthEnd(termOn) ? monthEnd(day) : day
}

/** What sets the term at an instant: the convention, or the last amendment in effect that changes it. */
const termSetting = ({ firstTermOn, amendments }: Facts, now: Date): { termOn: string; renews: boolean } => {
  const last = amendments
    .filter(a => a.termOn !== null && a.effectiveAt !== null && a.effectiveAt <= now)
    .toSorted((a, b) => a.effectiveAt!.getTime() - b.effectiveAt!.getTime())
    .at(-1)
  return last ? { termOn: last.termOn!, renews: last.renews } : { termOn: firstTermOn, renews: true }
}

export interface Term {
  /** Its last day. */
  readonly endsOn: string
  /** 0 is the term the convention or an amendment sets; 1 its first renewal. */
  readonly renewal: number
  /** The last day of the one that follows if nobody does anything; null where an amendment lets none follow. */
  readonly nextEndsOn: string | null
}
/**
 * The term of an instant, renewed without any act (AGR-3).
 * Our choice: a convention signed after its first term keeps the calendar it sets. It begins in the period that holds
 * the day.
 */
export const currentTerm = (facts: Facts, now: Date): Term => {
  const { termOn, renews } = termSetting(facts, now)
  const today = parisDay(now)
  let renewal = 0
  while (renews && renewedTerm(termOn, renewal) < today) renewal += 1
  return { endsOn: renewedTerm(termOn, renewal), renewal, nextEndsOn: renews ? renewedTerm(termOn, renewal + 1) : null }
}

/**
 * A notice ends the convention one month after its receipt (AGR-4): at 24:00 of the same-numbered day, or of the
 * month's last.
 */
export const noticeEnd = (receivedOn: string): Date => endOfDay(addMonths(receivedOn, 1))

/**
 * A letter counts from its delivery or first presentation, whichever is earlier. Leaving it unfetched delays nothing.
 */
export const notifiedOn = ({
  presentedOn,
  deliveredOn,
}: {
  readonly presentedOn: string | null
  readonly deliveredOn: string | null
}): string | null =>
  presentedOn !== null && (deliveredOn === null || presentedOn < deliveredOn) ? presentedOn : deliveredOn
/** A breach ends it one month after the notification of the letter (AGR-5). */
export const breachEnd = (notified: string): Date => endOfDay(addMonths(notified, 1))

export type EndCause = 'breach' | 'notice' | 'term' | 'contest'
export interface End {
  readonly at: Date
  readonly cause: EndCause
}
/**
 * The day it stops being in force, and why: the earliest effect. A breach comes before a notice of the same day.
 * Null while nothing ends it.
 * Crossing a term changes nothing: the renewal happens, and the notice still ends the convention on its day.
 * Our choice: a party may withdraw its notice or complaint before the effect, not after.
 */
export const endOf = (facts: Facts, now: Date): End | null => {
  const start = effectiveFrom(facts)
  if (!start) return null
  const ends: End[] = []
  const add = (at: Date, cause: EndCause, withdrawnAt: Date | null) => {
    if (withdrawnAt === null || withdrawnAt >= at) ends.push({ at, cause })
  }
  for (const breach of facts.breaches) {
    const on = notifiedOn(breach)
    if (on !== null) add(breachEnd(on), 'breach', breach.withdrawnAt)
  }
  for (const { receivedOn, withdrawnAt } of facts.notices)
    if (receivedOn !== null) add(noticeEnd(receivedOn), 'notice', withdrawnAt)
  const { termOn, renews } = termSetting(facts, now)
  if (!renews) add(endOfDay(termOn), 'term', null)
  for (const { contestedAt } of facts.signatures) if (contestedAt) add(contestedAt, 'contest', null)
  const [first] = ends.toSorted((a, b) => a.at.getTime() - b.at.getTime()) // stable: breaches were added first
  return first ? { ...first, at: later(first.at, start) } : null
}

/** In force from the instant of the later signature up to, and not at, the instant of the end. */
export const isInForce = (facts: Facts, now: Date): boolean => {
  const start = effectiveFrom(facts)
  const end = endOf(facts, now)
  return start !== null && start <= now && (end === null || now < end.at)
}

export const stateAt = (facts: Facts, now: Date): State => {
  if (facts.sentAt === null) return 'draft'
  const start = effectiveFrom(facts)
  if (!start || start > now) return facts.signatures.some(s => !s.contestedAt) ? 'signed-by-one' : 'sent'
  const end = endOf(facts, now)
  if (!end) return 'in-force'
  if (now >= end.at) return end.cause === 'breach' ? 'terminated' : 'ended'
  return end.cause === 'breach' ? 'breach-notified' : end.cause === 'notice' ? 'notice-given' : 'in-force'
}

/** What happens next if nobody does anything, and when. */
export const nextEvent = (facts: Facts, now: Date): { readonly what: 'end' | 'renewal'; readonly at: Date } | null => {
  if (!isInForce(facts, now)) return null
  const end = endOf(facts, now)
  const renewal = endOfDay(currentTerm(facts, now).endsOn)
  return end && end.at <= renewal ? { what: 'end', at: end.at } : { what: 'renewal', at: renewal }
}

/** Years of terms that a line of time shows: from the first signature to the end, or the renewal after next. */
export const termsUntil = (facts: Facts, now: Date): readonly string[] => {
  const { endsOn, renewal } = currentTerm(facts, now)
  const { termOn, renews } = termSetting(facts, now)
  return renews
    ? [
        ...Array.from({ length: Math.min(renewal, 8) }, (_, i) =>
          renewedTerm(termOn, renewal - Math.min(renewal, 8) + i),
        ),
        endsOn,
        renewedTerm(termOn, renewal + 1),
      ]
    : [endsOn]
}

/**
 * A signatory signs under an act (a deliberation, a delegation).
 * A local authority's act binds once the prefecture received it and it was published (AGR-11).
 * The page records an earlier signature, and warns of it.
 */
export interface Authority {
  readonly act: string | null
  readonly actOn: string | null
  readonly localAuthority: boolean
  readonly prefectureOn: string | null
  readonly publishedOn: string | null
}
/**
 * The last day on which the act of a local authority may be brought before the court: two clear months from the later of
 * its receipt by the prefecture and its publication (AGR-11). Null: it does not run yet, or the act is no such one.
 */
export const contestableUntil = ({
  localAuthority,
  prefectureOn,
  publishedOn,
}: Pick<Authority, 'localAuthority' | 'prefectureOn' | 'publishedOn'>): string | null =>
  localAuthority && prefectureOn !== null && publishedOn !== null
    ? addDays(addMonths(prefectureOn > publishedOn ? prefectureOn : publishedOn, 2), 1)
    : null
export type AuthorityWarning = (typeof authorityWarnings)[number]
export const warningsOf = (authority: Authority, signedOn: string | null): readonly AuthorityWarning[] => {
  const warnings: AuthorityWarning[] = []
  const check = (day: string | null, none: AuthorityWarning, before: AuthorityWarning) => {
    if (day === null) warnings.push(none)
    else if (signedOn !== null && signedOn < day) warnings.push(before)
  }
  if (!authority.act) warnings.push('no-act')
  else check(authority.actOn, 'no-act', 'before-act')
  if (authority.localAuthority) {
    check(authority.prefectureOn, 'no-prefecture', 'before-prefecture')
    check(authority.publishedOn, 'no-publication', 'before-publication')
  }
  return warnings
}
