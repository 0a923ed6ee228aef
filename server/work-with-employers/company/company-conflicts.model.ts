/** A hold of any campaign: its days, the first and the last included. */
export interface Hold {
  readonly siret: number
  readonly campaignId: string
  readonly pilotId: string
  readonly from: string
  readonly until: string
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
}
export interface Beside {
  readonly againstId: string
  readonly on: string
}

const sirenOf = (siret: number) => Math.floor(siret / 100_000)

/**
 * What stands in the way of a target at the other establishments of its company (EST-12): each other campaign that holds
 * one in the period; failing any, the latest contact that this campaign did not make. The SQL twin is ctx.beside.
 */
export const conflictsBeside = (
  siret: number,
  { campaignId, startsOn, endsOn, contactedAfter }: Weighing,
  holds: readonly Hold[],
  contacts: readonly Contact[],
): readonly Beside[] => {
  const nextDoor = (row: { readonly siret: number }) => row.siret !== siret && sirenOf(row.siret) === sirenOf(siret)
  const held = holds
    .filter(nextDoor)
    .filter(hold => hold.campaignId !== campaignId && hold.from <= endsOn && hold.until >= startsOn)
  if (held.length)
    return [...Map.groupBy(held, hold => hold.campaignId)].map(([againstId, same]) => ({
      againstId,
      on: same
        .map(({ until }) => until)
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
