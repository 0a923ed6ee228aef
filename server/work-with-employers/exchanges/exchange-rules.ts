import type { results } from '../../../contract/work-with-employers/exchanges.ts'
import { Refused } from '../../platform/errors.ts'
import { addMonths } from '../../platform/time.ts'

export type Result = (typeof results)[number]
export type Visibility = 'reseau' | 'organisation'

/**
 * Results for which someone at the employer was spoken to: what campaigns and the figures of annex 4 count. The table
 * exchange_results says the same.
 */
const reaching: ReadonlySet<Result> = new Set([
  'besoin-detecte',
  'rendez-vous-pris',
  'a-rappeler',
  'pas-de-besoin',
  'refus',
  'deja-suivi',
])
export const reaches = (result: Result): boolean => reaching.has(result)

const monthsBack = 36

export interface ExchangeFacts {
  readonly occurredOn: string
  readonly result: Result
  readonly nextAction: { readonly dueOn: string } | null
}

/** Why a day is none on which an exchange took place; undefined when it may be. */
export const whenWrong = (occurredOn: string, today: string): 'exchange/in-future' | 'exchange/too-old' | undefined => {
  if (occurredOn > today) return 'exchange/in-future'
  return occurredOn < addMonths(today, -monthsBack) ? 'exchange/too-old' : undefined
}

/** What must hold of an exchange when it is recorded and each time it is corrected. Days are Europe/Paris. */
export const checkExchange = (exchange: ExchangeFacts, today: string): void => {
  const { occurredOn, nextAction } = exchange
  const wrong = whenWrong(occurredOn, today)
  if (wrong) throw new Refused(wrong)
  if (exchange.result === 'a-rappeler' && !nextAction) throw new Refused('exchange/call-back-needs-date')
  if (nextAction && nextAction.dueOn < occurredOn) throw new Refused('exchange/next-action-in-past')
}

/** What a correction asks of the next action: absent leaves it, null withdraws it. */
export const correctedNextAction = <A, B>(asked: A | null | undefined, present: B | null): A | B | null =>
  asked === undefined ? present : asked

/** One records in a campaign that is open, on one of its targets. */
export const checkTarget = <T>(campaign: { readonly status: string }, target: T | undefined): T => {
  if (campaign.status !== 'open') throw new Refused('campaign/not-open')
  if (!target) throw new Refused('target/not-in-campaign')
  return target
}

/**
 * What the campaign's members see of a contact: that it took place, and its result only when it is for the whole
 * network (EST-11).
 */
export const shownToMembers = (exchange: {
  readonly organisationId: string
  readonly occurredOn: string
  readonly visibility: Visibility
  readonly content: { readonly result: Result }
}) => {
  const result = exchange.visibility === 'reseau' ? exchange.content.result : null
  return {
    organisationId: exchange.organisationId,
    occurredOn: exchange.occurredOn,
    result,
    need: result === 'besoin-detecte',
  }
}

interface Planned {
  readonly siret: number
  readonly doneAt: Date | null
  readonly withdrawn: boolean
  readonly answeredBy: string | null
}

/**
 * What an exchange does to the planned action it answers: finishes it; or is only noted as what carried it out, when
 * it was said done before; or nothing, when another answered it meanwhile or it is withdrawn. It never refuses the
 * exchange, which took place.
 */
export const answering = (action: Planned, siret: number): 'finish' | 'note' | 'nothing' => {
  if (action.siret !== siret) throw new Refused('next-action/other-establishment')
  if (action.withdrawn || action.answeredBy !== null) return 'nothing'
  return action.doneAt === null ? 'finish' : 'note'
}
