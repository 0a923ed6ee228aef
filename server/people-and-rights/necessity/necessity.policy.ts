import type { Verdict } from '../../platform/action.ts'
import { isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
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

/**
 * Reads the links that wait, in the place of account managers: the signatory, of their structure; the security officer,
 * once the file is open. The SQL twin is ctx.reads_links_in_place.
 */
export const mayReadLinksInPlace = (
  viewer: Viewer,
  person: Parameters<typeof mayStandIn>[1] & { readonly opened: boolean },
): Verdict => {
  const may = mayStandIn(viewer, person)
  return may === true && !readsHeld(viewer, person) ? 'necessity/open-first' : may
}
