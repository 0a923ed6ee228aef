import type { Profile, Tool } from '../../contract/route.ts'

export interface GrantFacts {
  readonly accountId: string
  readonly organisationId: string
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number | null
  readonly agencyId: string | null
  readonly startsOn: string
  readonly endsOn: string | null
  readonly revokedAt: Date | null
}
export interface AccountFacts {
  readonly id: string
  readonly organisationId: string
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
}
export interface EffectiveGrant {
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number
}

/**
 * The grants that open something on a day (ACC-2): account active, still of the organisation that granted, begun, not ended, not revoked;
 * an agency's perimeter becomes the territories it serves. The SQL twin is ctx.effective_grants.
 */
export const effectiveGrants = (account: AccountFacts, grants: readonly GrantFacts[], agencyTerritories: (agencyId: string) => readonly number[], today: string): EffectiveGrant[] =>
  account.status !== 'active'
    ? []
    : grants
        .filter(g => g.accountId === account.id && g.organisationId === account.organisationId && g.revokedAt === null && g.startsOn <= today && (g.endsOn === null || g.endsOn >= today))
        .flatMap(g => (g.territoryId !== null ? [g.territoryId] : agencyTerritories(g.agencyId!)).map(territoryId => ({ tool: g.tool, profile: g.profile, territoryId })))
