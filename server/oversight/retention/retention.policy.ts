import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

export const mayReadPurges = (viewer: Viewer): Verdict => holdsRole(viewer, 'dpd') || 'retention/dpd-only'
