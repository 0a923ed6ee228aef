/**
 * Executable specification: production runs the SQL (policy equipment_validations.read); awareness.parity.test.ts proves them equal.
 */
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

const oversees = (viewer: Viewer) => holdsRole(viewer, 'cssi', 'administrateur')
/** Of one's own structure; of all, for who oversees. The SQL twin is the policy equipment_validations.read. */
export const mayReadEquipment = (viewer: Viewer, { organisationId }: { readonly organisationId: string }): boolean =>
  organisationId === viewer.organisationId || oversees(viewer)
