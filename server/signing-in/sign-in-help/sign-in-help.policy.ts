import type { firsts } from '../../../contract/signing-in/sign-in-help.ts'
import type { Verdict } from '../../platform/action.ts'
import { holdsInRegion, holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'

export interface Subject {
  readonly accountId: string
  readonly organisationId: string
  /** Is an account manager, whether or not their rights are in effect. */
  readonly manages: boolean
  /** What makes a first person of a structure without account manager in effect; empty for anybody else. */
  readonly first: readonly (typeof firsts)[number][]
  /** The region that answers for the structure, by its convention in force or in preparation. */
  readonly regionId: number | null
}

/**
 * The operator helps a first person of a structure in: its signatory, the regional direction; whom a deed names, the
 * security officer (ACC-16). It gives a reason. The SQL twin is ctx.helps_first.
 */
export const helpsFirst = (viewer: Viewer, { accountId, organisationId, first, regionId }: Subject): boolean =>
  accountId !== viewer.accountId &&
  ((first.includes('signatory') && regionId !== null && holdsInRegion(viewer, 'direction-regionale', regionId)) ||
    (first.includes('named') && isOfficerOf(viewer, organisationId)))

/**
 * The account manager helps those of their structure, the operator's security officer, or that of
 * their region, helps account managers, nobody themselves (IDN-6). The SQL twin is ctx.may_help.
 */
export const mayHelp = (viewer: Viewer, subject: Subject): Verdict => {
  if (subject.accountId === viewer.accountId) return 'recovery/not-oneself'
  if (helpsFirst(viewer, subject)) return true
  if (subject.manages) return isOfficerOf(viewer, subject.organisationId) ? true : 'recovery/officer-only'
  return holdsRole(viewer, 'rgc') && subject.organisationId === viewer.organisationId ? true : 'recovery/manager-only'
}

/** People who may be of help, and oneself: nobody else learns from here that an account is there. */
export const maySeeHelp = (viewer: Viewer, subject: Subject): Verdict =>
  subject.accountId === viewer.accountId ||
  isOfficerOf(viewer, subject.organisationId) ||
  helpsFirst(viewer, subject) ||
  (holdsRole(viewer, 'rgc') && subject.organisationId === viewer.organisationId) ||
  'not-found'
