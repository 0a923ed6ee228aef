import type { Static } from 'typebox'
import type { TaskForce } from '../../../contract/territory-and-register/territories.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { divisionLabel } from './naf-labels.ts'
import { mayAdopt, mayEdit, type TaskForceRights } from './task-forces.policy.ts'
import type { TaskForceRead } from './task-forces.queries.ts'

export const rightsOf = (f: TaskForceRead): TaskForceRights => ({
  regionId: f.regionId,
  departementId: f.departementId,
  epciId: f.epciId,
  clpeId: f.clpeId,
  pilotId: f.pilot.id,
  memberIds: f.members.map(m => m.id),
  left: f.left,
})
export const taskForceReply = (viewer: Viewer, f: TaskForceRead): Static<typeof TaskForce> => ({
  clpe: f.clpe,
  pilot: f.pilot,
  members: f.members,
  version: f.version,
  sensitiveSectors: f.sensitiveSectors.map(division => ({ division, label: divisionLabel(division) ?? division })),
  left: f.left,
  handovers: f.handovers,
  allowed: [
    ...(mayEdit(viewer, rightsOf(f)) === true ? (['edit'] as const) : []),
    ...(mayAdopt(viewer, rightsOf(f)) ? (['take-over'] as const) : []),
  ],
})
