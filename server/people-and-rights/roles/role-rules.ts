import { type OperatorRole, rolesOfRegion } from '../../../contract/people-and-rights/roles.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import type { Role } from '../../../contract/route.ts'

export interface Asked {
  readonly role: OperatorRole
  readonly regionId?: number | undefined
  readonly startsOn?: string | undefined
  readonly endsOn?: string | undefined
}
/** What is wrong with a role to give; undefined: nothing. `isRegion`: the territory named is a region. */
export const wrongWith = (
  { role, regionId, startsOn, endsOn }: Asked,
  isRegion: boolean,
  today: string,
): RefusalCode | undefined => {
  const region = role in rolesOfRegion ? rolesOfRegion[role as keyof typeof rolesOfRegion] : undefined
  if (regionId === undefined && region === 'always') return 'role/region-needed'
  if (regionId !== undefined && region === undefined) return 'role/region-not-of-role'
  if (regionId !== undefined && !isRegion) return 'role/no-such-region'
  if (startsOn !== undefined && startsOn < today) return 'role/in-past'
  if (endsOn !== undefined && endsOn < (startsOn ?? today)) return 'role/ends-before'
  return undefined
}

export interface Taker {
  readonly id: string
  readonly organisationKind: string
  readonly status: string
  readonly attachment: string
}

export interface Held {
  readonly accountId: string
  readonly organisationKind: string
  readonly role: Role
}
