import type { RefusalCode } from '../../../contract/refusals.ts'

/** A person whose rights are looked at. */
export interface Managed {
  readonly id: string
  readonly organisationId: string
  /** Designated account manager, whether or not the role is in effect. */
  readonly isManager: boolean
  /** Account managers of the organisation whose role is in effect, beside this person. */
  readonly otherManagers: number
}

export interface ThirdPartyFacts {
  readonly id: string
  readonly kind: 'delegate' | 'contractor'
  readonly startsOn: string
  readonly endsOn: string | null
}
export interface Attached {
  readonly attachment: 'agent' | 'delegate' | 'contractor'
  readonly contractEndsOn: string | null
}

/**
 * Of the structure's own staff, with no end foreseen: who alone may be designated account manager (RGC-2). The SQL
 * twin is ctx.permanent_staff.
 */
export const isPermanentStaff = ({ attachment, contractEndsOn }: Attached): boolean =>
  attachment === 'agent' && contractEndsOn === null

/**
 * Names whose person it is, or what is wrong. An agent has no third party.
 * A contractor's account begins and ends with its contract, a delegate's with the delegation (ACC-1).
 */
export const attach = (
  asked: { attachment: Attached['attachment']; contractEndsOn?: string | null | undefined },
  third: ThirdPartyFacts | undefined,
  today: string,
): Attached | RefusalCode => {
  if (asked.attachment === 'agent') return { attachment: 'agent', contractEndsOn: asked.contractEndsOn ?? null }
  if (third?.kind !== asked.attachment) return 'person/third-party-needed'
  if (third.startsOn > today) return 'person/third-party-to-come'
  if (third.endsOn !== null && third.endsOn < today) return 'person/third-party-over'
  const contractEndsOn = asked.contractEndsOn ?? third.endsOn
  if (asked.attachment === 'contractor' && contractEndsOn === null) return 'person/contract-end-needed'
  if (contractEndsOn !== null && contractEndsOn < today) return 'person/contract-end-passed'
  return third.endsOn !== null && contractEndsOn! > third.endsOn
    ? 'person/third-party-over'
    : { attachment: asked.attachment, contractEndsOn }
}
