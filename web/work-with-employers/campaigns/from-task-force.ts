import { sections } from '../../../contract/territory-and-register/activities.ts'
import type { TaskForce } from '../../territory-and-register/territories/task-force-query.ts'
import type { Organisation } from '../../territory-and-register/territories/words.ts'

type Named = Pick<Organisation, 'id' | 'name'>

/** Those of the task force that are not members yet; the pilot always is. */
export const membersToPropose = (
  force: Pick<TaskForce, 'members'>,
  pilot: Pick<Organisation, 'id'>,
  chosen: readonly Named[],
): readonly Named[] => {
  const there = new Set([pilot.id, ...chosen.map(({ id }) => id)])
  return force.members.filter(({ id }) => !there.has(id)).map(({ id, name }) => ({ id, name }))
}

/** Its sensitive sectors that no chosen activity covers: a whole section stands for its divisions. */
export const sectorsToPropose = (force: Pick<TaskForce, 'sensitiveSectors'>, activities: readonly string[]) => {
  const chosen = new Set(activities)
  const covered = sections.filter(({ code }) => chosen.has(code)).flatMap(({ divisions }) => divisions)
  const there = new Set([...chosen, ...covered.map(({ code }) => code)])
  return force.sensitiveSectors.filter(({ division }) => !there.has(division))
}
