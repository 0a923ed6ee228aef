import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

export interface Subject {
  readonly accountId: string
  readonly organisationId: string
  /** Is an account manager, whether or not their rights are in effect. */
  readonly manages: boolean
}

/**
 * The account manager helps those of their structure, the operator's security officer helps account managers, nobody
 * themselves (IDN-6). The SQL twin is ctx.may_help.
 */
export const mayHelp = (viewer: Viewer, subject: Subject): Verdict => {
  if (subject.accountId === viewer.accountId) return 'recovery/not-oneself'
  if (subject.manages) return holdsRole(viewer, 'cssi') ? true : 'recovery/officer-only'
  return holdsRole(viewer, 'rgc') && subject.organisationId === viewer.organisationId ? true : 'recovery/manager-only'
}

/** People who may be of help, and oneself: nobody else learns from here that an account is there. */
export const maySeeHelp = (viewer: Viewer, subject: Pick<Subject, 'accountId' | 'organisationId'>): Verdict =>
  subject.accountId === viewer.accountId ||
  holdsRole(viewer, 'cssi') ||
  (holdsRole(viewer, 'rgc') && subject.organisationId === viewer.organisationId) ||
  'not-found'
