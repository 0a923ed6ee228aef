import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, touches, type Viewer } from '../../platform/viewer.ts'

export interface TaskForceRights extends TerritoryLine {
  readonly clpeId: number
  readonly pilotId: string
  readonly memberIds: readonly string[]
  /** The convention of its pilot is over. */
  readonly left: boolean
}

/** Members, and whose perimeter shares a commune with the CLPE. The SQL twin is ctx.visible_task_forces. */
export const mayRead = (viewer: Viewer, force: TaskForceRights): Verdict =>
  force.memberIds.includes(viewer.organisationId) ||
  touches(viewer, 'campagnes', 'consultation', force.clpeId) ||
  'not-found'

/** Pilots of the pilot organisation, over the whole CLPE. The SQL twin is ctx.piloted_task_forces. */
export const mayEdit = (viewer: Viewer, force: TaskForceRights): Verdict =>
  (force.pilotId === viewer.organisationId && covers(viewer, 'campagnes', 'pilote', force)) || 'task-force/pilot-only'

/** Pilots of a member, over the whole CLPE, once its pilot is gone. The SQL twin is ctx.adoptable_task_forces. */
export const mayAdopt = (viewer: Viewer, force: TaskForceRights): boolean =>
  force.left && force.memberIds.includes(viewer.organisationId) && covers(viewer, 'campagnes', 'pilote', force)
