import { correctionDays, type letterActs } from '../../../contract/agreement/conventions.ts'
import type { Verdict } from '../../platform/action.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import {
  type Days,
  type Entered,
  isContested,
  type Known,
  type Letter,
  type LetterKind,
  type Told,
  type ToldBy,
} from './convention-rules.ts'
import { breachEnd, mayDo, noticeEnd, notifiedOn, other, type Party, type State } from './deadlines.ts'

export type LetterAct = (typeof letterActs)[number]

/** The party that entered it. The SQL twin is the policy convention_signatures.correct. */
export const enteredBy = ({ enteredByOther, party }: Entered & { readonly party: Party }): Party =>
  enteredByOther ? other(party) : party

/**
 * What the sender may answer to what was entered in its name: once confirmed, it is its own. The SQL twin is the policy
 * convention_answers.answer.
 */
export const answersTo = (side: Party, one: Entered & { readonly party: Party }, state: State): LetterAct[] =>
  !one.enteredByOther || one.party !== side || one.answer?.answer === 'confirm' || !mayDo(state, 'answer')
    ? []
    : isContested(one)
      ? ['confirm']
      : ['contest', 'confirm']

export type AnyLetter = Known['notices'][number] | Known['breaches'][number]
const lacksDay = (one: AnyLetter) =>
  'receivedOn' in one ? one.receivedOn === null : one.presentedOn === null || one.deliveredOn === null

/** Who notified it renounces it; whoever entered it in the sender's name too, until the sender confirms it. */
export const mayWithdraw = (side: Party, one: AnyLetter): boolean =>
  one.party === side || (one.enteredByOther && one.answer?.answer !== 'confirm')
/** A date is corrected by the party that told it (AGR-13); which of its days, `told` says. */
export const mayCorrect = (side: Party, { told }: Pick<AnyLetter, 'told'>): boolean => told[side].length > 0
/** Who acts, and when. */
export interface Acting {
  readonly accountId: string
  readonly now: Date
}
/** Until when a day told at that instant is corrected. */
const correctableUntil = (at: string): Date => new Date(new Date(at).getTime() + correctionDays * 86_400_000)
/**
 * A day is corrected by someone else than who told it last, within the delay that runs from then (AGR-13). The SQL twin
 * is ctx.corrects.
 */
export const correctsDay = (accountId: string, teller: ToldBy[keyof Days], now: Date): Verdict =>
  teller === undefined
    ? true
    : teller.by === accountId
      ? 'convention/second-person'
      : now <= correctableUntil(teller.at) || 'convention/correction-too-late'
/** Until when someone of this party corrects a day among these; null: nobody does any more. */
const lastDelay = (names: readonly (keyof Days)[], toldBy: ToldBy, now: Date): string | null =>
  names
    .flatMap(name => (toldBy[name] ? [correctableUntil(toldBy[name].at)] : []))
    .filter(until => until >= now)
    .map(until => until.toISOString())
    .toSorted()
    .at(-1) ?? null

/**
 * The acknowledgement comes back to the sender; whoever told a date may have a copy of it. While a day is not told,
 * the database lets either party tell it. The SQL twins are the policies convention_notices.settle and
 * convention_breaches.settle.
 */
export const mayKeepReceipt = (side: Party, one: Pick<AnyLetter, 'party' | 'told'>): boolean =>
  one.party === side || mayCorrect(side, one)

/** Those of these days that are there. */
export const given = (days: Days): (keyof Days)[] => (Object.keys(days) as (keyof Days)[]).filter(name => days[name])
export const toldByNone: Told = { partenaire: [], operateur: [] }
/** Who told which days once this party tells those. */
export const telling = (told: Told, side: Party, names: readonly (keyof Days)[]): Told => ({
  ...told,
  [side]: [...new Set([...told[side], ...names])],
})

/** What a party may do with a letter. */
export const actsOnLetter = (
  side: Party | null,
  one: AnyLetter,
  state: State,
  { accountId, now }: Acting,
): LetterAct[] =>
  side === null || one.withdrawnAt
    ? []
    : [
        ...(lacksDay(one) && mayDo(state, 'receivedOn' in one ? 'give-notice' : 'notify-breach')
          ? (['receive'] as const)
          : []),
        ...(one.receiptDocumentId === null && mayKeepReceipt(side, one) && mayDo(state, 'correct')
          ? (['keep-receipt'] as const)
          : []),
        ...(one.told[side].some(day => correctsDay(accountId, one.toldBy[day], now) === true) && mayDo(state, 'correct')
          ? (['correct'] as const)
          : []),
        ...(mayWithdraw(side, one) && mayDo(state, 'withdraw') ? (['withdraw'] as const) : []),
        ...answersTo(side, one, state),
      ]

type Signature = Known['signatures'][number]
/** Of an amendment, or of the document in circulation: one that was recalled leaves its signatures as evidence. */
export const isCurrent = (one: Pick<Signature, 'amendmentId' | 'documentId'>, documentId: string | null): boolean =>
  one.amendmentId !== null || one.documentId === documentId
const correctsPaper = (side: Party | null, one: Omit<Signature, 'signedAt'>, state: State, current: boolean) =>
  current && one.how === 'papier' && enteredBy(one) === side && !isContested(one) && mayDo(state, 'correct')
/** Until when another person of this party corrects the day of a paper. */
export const paperCorrectableUntil = (
  ...[side, one, state, current, now]: [...Parameters<typeof correctsPaper>, Date]
) => (correctsPaper(side, one, state, current) ? lastDelay(['signedOn'], one.toldBy, now) : null)
/** What a party may do with a paper signed by hand; `current`: of the document or amendment in circulation. */
export const actsOnSignature = (
  side: Party | null,
  one: Omit<Signature, 'signedAt'>,
  state: State,
  current: boolean,
  { accountId, now }: Acting,
): LetterAct[] =>
  side === null || !current
    ? []
    : [
        ...(correctsPaper(side, one, state, current) && correctsDay(accountId, one.toldBy.signedOn, now) === true
          ? (['correct'] as const)
          : []),
        ...answersTo(side, one, state),
      ]

/** The day that a paper bears: its signature holds from the end of that day (paperSignedAt). */
export const signedDay = (signedAt: Date): string => parisDay(new Date(signedAt.getTime() - 1))

/** The days of a letter or a paper that a correction is about. */
export const daysOf = (kind: LetterKind, one: AnyLetter | { readonly signedOn: string }): Days =>
  'signedOn' in one
    ? { signedOn: one.signedOn }
    : kind === 'notice' && 'receivedOn' in one
      ? { sentOn: one.sentOn, receivedOn: one.receivedOn }
      : 'presentedOn' in one
        ? { sentOn: one.sentOn, presentedOn: one.presentedOn, deliveredOn: one.deliveredOn }
        : {}

/** Those that change, before and after; null: none does. A day of another kind of letter is left aside. */
export const corrected = (days: Days, asked: Days): { readonly before: Days; readonly after: Days } | null => {
  const changed = (Object.keys(days) as (keyof Days)[]).filter(
    name => asked[name] !== undefined && asked[name] !== days[name],
  )
  const only = (from: Days): Days => Object.fromEntries(changed.map(name => [name, from[name]]))
  return changed.length === 0 ? null : { before: only(days), after: only(asked) }
}

const withdrawn = (one: { withdrawnAt: Date | null; withdrawalReason: string | null }) =>
  one.withdrawnAt ? { at: one.withdrawnAt.toISOString(), reason: one.withdrawalReason ?? '' } : null

export const answered = ({ answer, enteredByOther }: Entered) => ({
  enteredByOther,
  answer: answer && { answer: answer.answer, reason: answer.reason, at: new Date(answer.at).toISOString() },
})

const toldBySide = (side: Party | null, { told }: Letter) =>
  side === null
    ? []
    : (['sentOn', 'receivedOn', 'presentedOn', 'deliveredOn'] as const).filter(day => told[side].includes(day))

const letterCorrectableUntil = (side: Party | null, one: AnyLetter, state: State, { now }: Acting) =>
  side !== null && !one.withdrawnAt && mayDo(state, 'correct') ? lastDelay(one.told[side], one.toldBy, now) : null

export const noticeReply = (side: Party | null, state: State, acting: Acting) => (n: Known['notices'][number]) => ({
  ...answered(n),
  allowed: actsOnLetter(side, n, state, acting),
  correctableUntil: letterCorrectableUntil(side, n, state, acting),
  told: toldBySide(side, n),
  receiptDocumentId: n.receiptDocumentId,
  id: n.id,
  party: n.party,
  channel: n.channel,
  sentOn: n.sentOn,
  receivedOn: n.receivedOn,
  documentId: n.documentId,
  endsAt: n.receivedOn ? noticeEnd(n.receivedOn).toISOString() : null,
  withdrawn: withdrawn(n),
})
export const breachReply = (side: Party | null, state: State, acting: Acting) => (b: Known['breaches'][number]) => ({
  ...answered(b),
  allowed: actsOnLetter(side, b, state, acting),
  correctableUntil: letterCorrectableUntil(side, b, state, acting),
  told: toldBySide(side, b),
  receiptDocumentId: b.receiptDocumentId,
  id: b.id,
  party: b.party,
  clauses: [...b.clauses],
  otherArticle: b.otherArticle,
  obligation: b.obligation,
  letterReference: b.letterReference,
  sentOn: b.sentOn,
  presentedOn: b.presentedOn,
  deliveredOn: b.deliveredOn,
  documentId: b.documentId,
  endsAt: (on => (on ? breachEnd(on).toISOString() : null))(notifiedOn(b)),
  withdrawn: withdrawn(b),
})
/** An end is at 24:00: the day that ends there is the one people know. */
export const instantWords = (at: Date): string => `${dayInWords(parisDay(new Date(at.getTime() - 1)))} à 24\u00A0heures`
