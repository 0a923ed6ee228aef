import type { Static } from 'typebox'
import { type TargetFilter, targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'

export type Filter = Static<typeof TargetFilter>
/** Filters as they stand in the address of a sharing out. */
export interface Address {
  readonly statut?: string
  readonly q?: string
  readonly a?: string
  readonly activite?: string
  readonly zone?: string
  readonly miennes?: string
}
export type TargetStatus = (typeof targetStatuses)[number]
/** Those treated or set aside are never shared out. */
export const shareable: readonly TargetStatus[] = targetStatuses.filter(
  status => status !== 'traite' && status !== 'ecarte',
)

export const filterOf = ({ statut, q, a, activite, zone, miennes }: Address): Filter => {
  const status = targetStatuses.find(one => one === statut)
  return {
    ...(status ? { status } : {}),
    ...(miennes ? { mine: true } : {}),
    ...(q ? { q } : {}),
    ...(a === 'personne' ? { free: true } : a ? { organisation: a } : {}),
    ...(activite ? { activity: activite } : {}),
    ...(!zone ? {} : zone.startsWith('c') ? { commune: zone.slice(1) } : { territory: Number(zone) }),
  }
}

/**
 * What the list of targets was filtered by goes on to what is done with them; a state of which it is never done stays
 * behind.
 */
export const sharingAddress = (
  { status, mine, q, free, organisation, territory, commune, activity }: Filter,
  statuses: readonly TargetStatus[] = shareable,
): string => {
  const address: Record<string, string | undefined> = {
    statut: status && statuses.includes(status) ? status : undefined,
    miennes: mine ? '1' : undefined,
    q,
    a: free ? 'personne' : organisation,
    activite: activity,
    zone: commune ? `c${commune}` : territory?.toString(),
  }
  const query = new URLSearchParams(
    Object.entries(address).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString()
  return query && `?${query}`
}
