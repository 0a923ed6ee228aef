import type { PartnerRole } from '../../../contract/agreement/partner-roles.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'

export interface Taker {
  readonly id: string
  readonly organisationId: string
  readonly status: string
  readonly attachment: string
}
export interface Held {
  readonly accountId: string
  readonly organisationId: string
  readonly role: PartnerRole
}
/** What is wrong with its days; undefined: nothing. */
export const wrongDays = (
  { startsOn, endsOn }: { readonly startsOn?: string | undefined; readonly endsOn?: string | undefined },
  today: string,
): RefusalCode | undefined =>
  startsOn !== undefined && startsOn < today
    ? 'role/in-past'
    : endsOn !== undefined && endsOn < (startsOn ?? today)
      ? 'role/ends-before'
      : undefined
