import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/** The SQL twin is the policy documents.publish. */
export const mayPublish = (viewer: Viewer): Verdict => holdsRole(viewer, 'administrateur') || 'access/role-required'
