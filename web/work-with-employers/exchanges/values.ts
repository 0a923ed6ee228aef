import type { Static } from 'typebox'
import type { ExchangeInput } from '../../../contract/work-with-employers/exchanges.ts'
import { addDays, formatDay, formatWeekday } from '../../platform/format.ts'
import { workingDayFrom } from '../../platform/working-days.ts'
import {
  type ActionKind,
  actionWords,
  type Channel,
  channelWords,
  type Exchange,
  plannedWords,
  type Result,
  resultWords,
  type Visibility,
} from './words.ts'

/** The form as it stands, all in text: '' is what was not answered. */
export interface Values {
  readonly channel: Channel | ''
  readonly result: Result | ''
  /** One of the campaign's own results, counted as `result`. */
  readonly campaignResultId: string
  readonly resultLabel: string
  readonly personMet: string
  /** Their card, when they are a correspondent. */
  readonly correspondentId: string
  readonly notes: string
  readonly need: string
  readonly kind: ActionKind | ''
  readonly dueOn: string
  readonly dueAt: string
  /** Who is charged of the next action; '' is oneself. */
  readonly ownerId: string
  readonly ownerName: string
  readonly occurredOn: string
  readonly visibility: Visibility
}

export const blank = (today: string): Values => ({
  channel: '',
  result: '',
  campaignResultId: '',
  resultLabel: '',
  personMet: '',
  correspondentId: '',
  notes: '',
  need: '',
  kind: '',
  dueOn: '',
  dueAt: '',
  ownerId: '',
  ownerName: '',
  occurredOn: today,
  visibility: 'reseau',
})

export const valuesOf = ({
  content,
  correspondent,
  nextAction,
  occurredOn,
  visibility,
}: Pick<Exchange, 'content' | 'correspondent' | 'nextAction' | 'occurredOn' | 'visibility'>): Values => ({
  channel: content?.channel ?? '',
  result: content?.result ?? '',
  campaignResultId: content?.campaignResultId ?? '',
  resultLabel: content?.resultLabel ?? '',
  personMet: content?.personMet ?? '',
  correspondentId: correspondent?.id ?? '',
  notes: content?.notes ?? '',
  need: content?.need ?? '',
  kind: nextAction?.kind ?? '',
  dueOn: nextAction?.dueOn ?? '',
  dueAt: nextAction?.dueAt ?? '',
  ownerId: nextAction?.owner.id ?? '',
  ownerName: nextAction?.owner.name ?? '',
  occurredOn,
  visibility,
})

const text = (typed: string) => typed.trim() || null

export const inputOf = ({ channel, result, kind, ownerId, ...values }: Values): Static<typeof ExchangeInput> => ({
  // The form requires both before it sends.
  channel: channel as Channel,
  result: result as Result,
  ...(values.campaignResultId ? { campaignResultId: values.campaignResultId } : {}),
  occurredOn: values.occurredOn,
  personMet: text(values.personMet),
  correspondentId: values.correspondentId || null,
  notes: text(values.notes),
  need: text(values.need),
  visibility: values.visibility,
  nextAction: kind ? { kind, dueOn: values.dueOn, dueAt: values.dueAt || null, ...(ownerId ? { ownerId } : {}) } : null,
})

/** The next action is sent when it was changed here: left alone, it may have been moved or handed over meanwhile. */
export const correctionOf = (base: Values, values: Values): Static<typeof ExchangeInput> => {
  const { nextAction, ...correction } = inputOf(values)
  const names = ['kind', 'dueOn', 'dueAt', 'ownerId'] as const
  return names.every(name => base[name] === values[name]) ? correction : { ...correction, nextAction }
}

/** What usually follows; only proposed. */
export const suggested = (result: Result | '', today: string): Pick<Values, 'kind' | 'dueOn' | 'dueAt'> => {
  if (result === 'a-rappeler') return { kind: 'rappel', dueOn: workingDayFrom(addDays(today, 7)), dueAt: '' }
  if (result === 'rendez-vous-pris') return { kind: 'rendez-vous', dueOn: '', dueAt: '' }
  return { kind: '', dueOn: '', dueAt: '' }
}
/**
 * Choosing a result proposes what follows, as long as the person did not decide otherwise. `own`: in the campaign's
 * words.
 */
export const withResult = (
  values: Values,
  result: Result,
  today: string,
  own?: { readonly id: string; readonly label: string },
): Values => {
  const before = suggested(values.result, today)
  const untouched = values.kind === before.kind && values.dueOn === before.dueOn && values.dueAt === before.dueAt
  return {
    ...values,
    result,
    campaignResultId: own?.id ?? '',
    resultLabel: own?.label ?? '',
    ...(untouched ? suggested(result, today) : {}),
  }
}

const weekday = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay()
/** The next working day and a week later, each by a name that is true: « demain » on a Friday is « lundi ». */
export const soonDays = (today: string) => {
  const next = workingDayFrom(addDays(today, 1))
  return [
    { label: next === addDays(today, 1) ? 'demain' : formatWeekday(next), day: next },
    { label: '+1 sem.', day: workingDayFrom(addDays(today, 7)) },
  ]
}
/** Working days alone, each once: two weeks never end on 11 November, nor on a Sunday. */
export const quickDays = (today: string) => {
  const monday = workingDayFrom(addDays(today, (8 - weekday(today)) % 7 || 7))
  const [next, week] = soonDays(today)
  const days = [
    next!,
    { label: formatWeekday(monday), day: monday },
    week!,
    { label: '+2 sem.', day: workingDayFrom(addDays(today, 14)) },
  ]
  return days.filter(({ day }, at) => days.findIndex(other => other.day === day) === at)
}

interface Part {
  readonly label: string
  readonly names: readonly (keyof Values)[]
  readonly words: (values: Values) => string
}
/** What is compared together: a date without its action means nothing. */
const parts: readonly Part[] = [
  { label: 'Canal', names: ['channel'], words: ({ channel }) => channel && channelWords[channel] },
  {
    label: 'Résultat',
    names: ['result', 'campaignResultId', 'resultLabel'],
    words: ({ result, resultLabel }) => result && resultWords({ result, resultLabel: resultLabel || null }).word,
  },
  { label: 'Personne rencontrée', names: ['personMet', 'correspondentId'], words: ({ personMet }) => personMet },
  { label: 'Notes', names: ['notes'], words: ({ notes }) => notes },
  { label: 'Besoin', names: ['need'], words: ({ need }) => need },
  {
    label: 'Prochaine action',
    names: ['kind', 'dueOn', 'dueAt', 'ownerId'],
    words: ({ kind, dueOn, dueAt, ownerName }) =>
      kind && `${dueOn ? plannedWords({ kind, dueOn, dueAt }) : actionWords[kind]}${ownerName && `, par ${ownerName}`}`,
  },
  { label: 'Date de l’échange', names: ['occurredOn'], words: ({ occurredOn }) => formatDay(occurredOn) },
  {
    label: 'Visible par',
    names: ['visibility'],
    words: ({ visibility }) => (visibility === 'reseau' ? 'le réseau' : 'ma structure'),
  },
]
const alike = ({ names }: Part, one: Values, other: Values) =>
  names.every(name => one[name].trim() === other[name].trim())

export const sameValues = (one: Values, other: Values) => parts.every(part => alike(part, one, other))
export const compared = (mine: Values, theirs: Values) =>
  parts.map(({ label, words }) => ({ label, mine: words(mine).trim(), theirs: words(theirs).trim() }))

const taking = (mine: Values, theirs: Values, takes: readonly Part[]): Values => {
  const names = takes.flatMap(part =>
    part.names.includes('ownerId') ? [...part.names, 'ownerName' as const] : part.names,
  )
  return { ...mine, ...Object.fromEntries(names.map(name => [name, theirs[name]])) }
}

/** One answer as the one or the other wrote it, by its label; the others as they stand. */
export const withPart = (values: Values, from: Values, label: string): Values =>
  taking(
    values,
    from,
    parts.filter(part => part.label === label),
  )
/** What I wrote of each answer: what I took from the other since is not mine. */
export const mineOf = (values: Values, theirs: Values, mine: Values): Values =>
  taking(
    values,
    mine,
    parts.filter(part => alike(part, values, theirs)),
  )

/**
 * Two people started from `base`: what I did not touch takes what the other wrote, what I touched stays. `taken` names
 * the first.
 */
export const merged = (base: Values, mine: Values, theirs: Values): { values: Values; taken: readonly string[] } => {
  const takes = parts.filter(part => alike(part, base, mine) && !alike(part, base, theirs))
  return {
    values: taking(mine, theirs, takes),
    taken: takes.map(({ label }) => label),
  }
}
