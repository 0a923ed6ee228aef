import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { provenLately } from '../../platform/viewer.ts'
import { divisionLabel } from './naf-labels.ts'
import { rightsOf, taskForceReply } from './task-force-reply.ts'
import { mayEdit } from './task-forces.policy.ts'
import {
  countOrganisations,
  lockTaskForce,
  noteHandedOver,
  readTaskForce,
  saveTaskForce,
  type TaskForceRead,
} from './task-forces.queries.ts'

const factsOf = (f: TaskForceRead) => ({
  pilotId: f.pilot.id,
  memberIds: f.members.map(m => m.id),
  sensitiveSectors: f.sensitiveSectors,
})

export const editTaskForce = action(contract.editTaskForce, {
  load: async ({ params, body }, { db }) => {
    // The pilot is a member whether or not it is named among them.
    const memberIds = [...new Set([body.pilotId, ...body.memberIds])]
    return {
      force: found(await lockTaskForce(db, params.territoryId)),
      memberIds,
      known: await countOrganisations(db, memberIds),
    }
  },
  may: (viewer, { force }) => mayEdit(viewer, rightsOf(force)),
  run: async ({ force, memberIds, known }, { body, ifMatch }, context) => {
    const { db, viewer, now } = context
    if (ifMatch !== force.version)
      throw new Refused('request/changed-meanwhile', { current: taskForceReply(viewer, force) })
    if (known !== memberIds.length) throw new Refused('organisation/unknown')
    const unknown = body.sensitiveSectors.filter(division => !divisionLabel(division))
    if (unknown.length) throw new Refused('task-force/sector-unknown', { facts: { sectors: unknown } })
    if (body.pilotId !== force.pilot.id) {
      // As handing over a campaign; members and sectors are edited without it.
      if (!provenLately(viewer, now)) throw new Refused('session/step-up-required')
      await noteHandedOver(context, force, body.pilotId)
    }
    await saveTaskForce(db, force.clpeId, force.version, {
      pilotId: body.pilotId,
      memberIds,
      sensitiveSectors: [...body.sensitiveSectors].sort(),
    })
    const edited = found(await readTaskForce(db, force.clpeId))
    return {
      reply: taskForceReply(viewer, edited),
      audit: [
        {
          action: 'task-force.edited',
          subject: ['task-force', String(force.clpeId)],
          detail: { before: factsOf(force), after: factsOf(edited) },
        },
      ],
    }
  },
})
