import { addDays } from '../../platform/time.ts'

/** A hold of any campaign, until it closes: its days, the first and the last included. */
export interface Hold {
  readonly siret: number
  readonly campaignId: string
  readonly pilotId: string
  readonly from: string
  readonly until: string
  /** When its campaign closes, once that is announced. */
  readonly closesOn: string | null
}
export interface Contact {
  readonly siret: number
  readonly campaignId: string | null
  readonly organisationId: string
  readonly occurredOn: string
  readonly recorded: boolean
}
export interface Weighing {
  readonly campaignId: string
  readonly startsOn: string
  readonly endsOn: string
  /** Contacts of this day and before are old enough. */
  readonly contactedAfter: string
  readonly today: string
}
export interface Beside {
  readonly againstId: string
  readonly on: string
}

/**
 * Until when a hold stands: its last day, and once that is past, the day on which its campaign closes (CAM-3, CAM-15).
 * The SQL twin is ctx.held_until.
 */
export const heldUntil = ({ until, closesOn }: Pick<Hold, 'until' | 'closesOn'>, today: string): string => {
  if (until >= today) return until
  const closes = closesOn ?? addDays(until, 15)
  return closes > today ? closes : today
}
const later = (one: string, other: string) => (one > other ? one : other)
/**
 * Whether a hold stands in the way of a campaign of these days: each stands until its campaign closes, so that neither
 * starts within the days that the other still holds after its last one (CAM-3). The SQL twin is ctx.held_over.
 */
export const heldOver = (
  hold: Pick<Hold, 'from' | 'until' | 'closesOn'>,
  { startsOn, endsOn, today }: Pick<Weighing, 'startsOn' | 'endsOn' | 'today'>,
): boolean => hold.from <= addDays(endsOn, 15) && heldUntil(hold, later(today, addDays(hold.until, 1))) >= startsOn

const sirenOf = (siret: number) => Math.floor(siret / 100_000)

/**
 * What stands in the way of a target at the other establishments of its company (EST-12): each other campaign that holds
 * one in the period; failing any, the latest contact that this campaign did not make. The SQL twin is ctx.beside.
 */
export const conflictsBeside = (
  siret: number,
  weighing: Weighing,
  holds: readonly Hold[],
  contacts: readonly Contact[],
): readonly Beside[] => {
  const { campaignId, contactedAfter, today } = weighing
  const nextDoor = (row: { readonly siret: number }) => row.siret !== siret && sirenOf(row.siret) === sirenOf(siret)
  const held = holds.filter(nextDoor).filter(hold => hold.campaignId !== campaignId && heldOver(hold, weighing))
  if (held.length)
    return [...Map.groupBy(held, hold => hold.campaignId)].map(([againstId, same]) => ({
      againstId,
      on: same
        .map(hold => heldUntil(hold, later(today, weighing.startsOn)))
        .sort()
        .at(-1)!,
    }))
  const latest = contacts
    .filter(nextDoor)
    .filter(row => row.recorded && row.campaignId !== campaignId && row.occurredOn > contactedAfter)
    .sort((one, other) => one.occurredOn.localeCompare(other.occurredOn))
    .at(-1)
  return latest ? [{ againstId: latest.organisationId, on: latest.occurredOn }] : []
}
