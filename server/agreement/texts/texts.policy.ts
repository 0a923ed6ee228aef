import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/** The SQL twins are the policies documents.publish and documents.cancel. */
export const mayPublish = (viewer: Viewer): Verdict => holdsRole(viewer, 'administrateur') || 'access/role-required'
