/**
 * Executable specification: production runs the SQL (policy access_requests.read); tools.parity.test.ts proves them equal.
 */
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

const oversees = (viewer: Viewer) => holdsRole(viewer, 'cssi', 'administrateur')
/** Of one's own structure; of all, for who oversees. The SQL twin is the policy access_requests.read. */
export const mayReadRequest = (viewer: Viewer, { organisationId }: { readonly organisationId: string }): boolean =>
  organisationId === viewer.organisationId || oversees(viewer)
