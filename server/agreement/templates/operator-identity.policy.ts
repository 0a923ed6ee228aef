import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/** Who the operator is in its documents is an administrator's to say. The SQL twin is change_operator_identity. */
export const mayChangeOperator = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'administrateur') || 'access/role-required'
