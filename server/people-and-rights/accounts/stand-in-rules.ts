import type { standInActs } from '../../../contract/people-and-rights/necessity.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'

export type StandInAct = (typeof standInActs)[number]
export interface Why {
  readonly ground: 'incident' | 'necessity'
  readonly reason: string
  readonly incident?: string | undefined
}
/** An incident is named; a necessity has none. */
export const settledWhy = ({ ground, reason, incident }: Why): Why | RefusalCode => {
  const named = incident?.trim() ?? ''
  if (ground === 'incident' && named === '') return 'necessity/incident-needed'
  return { ground, reason: reason.trim(), ...(ground === 'incident' ? { incident: named } : {}) }
}

/** As the account stands: what there is to do. */
export const actsThatApply = (person: {
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  readonly inactive: boolean
  readonly grants: number
  /** The operator opened passwords to the structure. */
  readonly passwordAllowed: boolean
}): readonly StandInAct[] =>
  person.status === 'deleted'
    ? []
    : [
        person.status === 'suspended' ? 'resume' : 'suspend',
        ...(person.inactive ? (['lift'] as const) : []),
        ...(person.status === 'active' ? (['reset-second-factors'] as const) : []),
        ...(person.status === 'active' && person.passwordAllowed ? (['send-password-link'] as const) : []),
        ...(person.grants > 0 ? (['end-grant'] as const) : []),
        'depart',
      ]
