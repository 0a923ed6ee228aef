import type { Verdict } from '../../platform/action.ts'
import { isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import type { Managed } from '../accounts/person-rules.ts'

type Someone = Pick<Managed, 'id' | 'organisationId'>

/**
 * The security officer of a structure that is not their own reads what its person holds, with a reason; never oneself.
 * The SQL twin is ctx.may_open_file.
 */
export const mayOpenFile = (viewer: Viewer, person: Someone): Verdict => {
  if (person.id === viewer.accountId) return 'grant/own'
  if (person.organisationId === viewer.organisationId) return 'necessity/own-structure'
  return isOfficerOf(viewer, person.organisationId) || 'not-found'
}

/** What a person holds is told in one’s own structure, or once their file is open (RGC-5). */
export const readsHeld = (
  viewer: Viewer,
  person: { readonly organisationId: string; readonly opened: boolean },
): boolean => person.organisationId === viewer.organisationId || person.opened
