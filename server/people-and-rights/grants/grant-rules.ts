import type { RefusalCode } from '../../../contract/refusals.ts'
import type { Profile, Tool } from '../../../contract/route.ts'

export interface AskedGrant {
  readonly tool: Tool
  readonly profile: Profile
  readonly startsOn: string
  readonly endsOn: string | null
  readonly duties: string | null
}
/**
 * What is wrong with a grant before any reading of territories; null: nothing. An account manager's needs its duties
 * recorded (ACC-4).
 */
export const faultOf = (grant: AskedGrant, holderIsManager: boolean, today: string): RefusalCode | null => {
  if (grant.tool === 'fiche-recrutement' && grant.profile !== 'consultation') return 'grant/no-such-profile'
  if (grant.endsOn !== null && grant.endsOn < grant.startsOn) return 'grant/period-reversed'
  if (grant.startsOn < today) return 'grant/in-past'
  return holderIsManager && !grant.duties ? 'grant/duties-needed' : null
}
