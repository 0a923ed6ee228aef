/**
 * Executable specification: production runs the SQL (policies equipment_validations.read and access_requests.read);
 * portal.parity.test.ts proves them equal.
 */
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

const oversees = (viewer: Viewer) => holdsRole(viewer, 'cssi', 'administrateur')
/**
 * Of one's own structure; of all, for who oversees. The SQL twins are the policies equipment_validations.read and
 * access_requests.read.
 */
export const mayReadOf = (viewer: Viewer, { organisationId }: { readonly organisationId: string }): boolean =>
  organisationId === viewer.organisationId || oversees(viewer)
