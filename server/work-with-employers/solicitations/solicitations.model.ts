import { solicitingActions, solicitingChannels } from '../../../contract/work-with-employers/solicitations.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { monthOf, type Span } from './solicitation-rules.ts'

/* Only the database counts, and asks this of who writes: these halves are what the tests compare it with. */

export interface Facts {
  readonly exchanges: readonly {
    readonly channel: string
    readonly occurredOn: string
    readonly cancelled: boolean
    readonly organisationId: string
  }[]
  readonly actions: readonly {
    readonly kind: string
    readonly dueOn: string
    readonly doneAt: Date | null
    readonly cancelledAt: Date | null
  }[]
  readonly targets: readonly {
    readonly campaignStatus: string
    readonly status: string
    readonly takenAt: Date | null
    readonly organisationId: string | null
  }[]
}
export interface Solicitation {
  readonly onDay: string
  /** Not done yet: somebody keeps it. */
  readonly kept: boolean
}
const has = (codes: readonly string[], code: string) => codes.includes(code)

/** Those of one employer. The SQL twin is solicitations_between. */
export const solicitationsOf = ({ exchanges, actions, targets }: Facts): Solicitation[] => {
  const recorded = exchanges.filter(exchange => !exchange.cancelled)
  const contactedSince = (organisationId: string | null, day: string) =>
    recorded.some(exchange => exchange.organisationId === organisationId && exchange.occurredOn >= day)
  return [
    ...recorded
      .filter(({ channel }) => has(solicitingChannels, channel))
      .map(({ occurredOn }) => ({ onDay: occurredOn, kept: false })),
    ...actions
      .filter(({ kind, doneAt, cancelledAt }) => !doneAt && !cancelledAt && has(solicitingActions, kind))
      .map(({ dueOn }) => ({ onDay: dueOn, kept: true })),
    ...targets
      .filter(({ campaignStatus, status }) => campaignStatus === 'open' && !has(['traite', 'ecarte'], status))
      .flatMap(({ takenAt, organisationId }) =>
        takenAt && !contactedSince(organisationId, parisDay(takenAt)) ? [{ onDay: parisDay(takenAt), kept: true }] : [],
      ),
  ]
}

/** From Monday to Sunday, across two months if need be: the last day of one and the first of the next are one week. */
export const weekOf = (day: string): Span => {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const first = addDays(day, -sinceMonday)
  return { first, last: addDays(first, 6) }
}

/** The SQL twin is solicitations_at. */
export const countsOn = (all: readonly Solicitation[], day: string) => {
  const within = ({ first, last }: Span) => all.filter(({ onDay }) => onDay >= first && onDay <= last)
  const month = within(monthOf(day))
  return { month: month.length, week: within(weekOf(day)).length, kept: month.filter(({ kept }) => kept).length }
}

/**
 * Whoever advises there: taking a target does not ask for the card. The SQL twin is the policy
 * budget_overruns.overrun.
 */
export const mayOverrun = (viewer: Viewer, place: TerritoryLine): boolean =>
  covers(viewer, 'campagnes', 'conseiller', place)
