import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { readTaskForce, taskForceLeads } from '../../territory-and-register/territories/task-forces.queries.ts'
import { adoptTaskForce } from './take-over.queries.ts'
import { takenTaskForceMail } from './taking-over.mails.ts'

export interface Adopted {
  /** Of their CLPE, for who receives it. */
  readonly names: readonly string[]
  readonly entries: readonly Entry[]
}

/**
 * The viewer's structure pilots each task force whose pilot is gone, where the recipient may pilot it too. Who leads or
 * pilots there in its members is told; members, sectors and budget stay.
 */
export const adoptTaskForces = async (
  context: Context,
  forces: readonly { readonly id: number; readonly name: string }[],
  toId: string,
): Promise<Adopted> => {
  const { db, today, now, viewer } = context
  const names: string[] = []
  const entries: Entry[] = []
  for (const { id, name } of forces) {
    const formerId = await adoptTaskForce(db, id, toId, today, now)
    if (!formerId) continue
    names.push(name)
    await tellMembers(context, id, toId)
    entries.push({
      action: 'task-force.taken-over',
      subject: ['task-force', String(id)],
      detail: { before: { pilotId: formerId }, after: { pilotId: viewer.organisationId, receivedBy: toId } },
    })
  }
  return { names, entries }
}

/** But for who acts, and for who receives it, whom another mail tells. */
const tellMembers = async (context: Context, id: number, toId: string): Promise<void> => {
  const { db, today, viewer } = context
  const { clpe, pilot, handovers } = found(await readTaskForce(db, id))
  const told = { id, name: clpe.name, pilot: pilot.name, former: found(handovers[0]).former.name }
  for (const { organisationId, accountId } of await taskForceLeads(db, id, today))
    if (accountId !== viewer.accountId && accountId !== toId)
      await tellPerson(db, takenTaskForceMail(told, organisationId === pilot.id, accountId), context)
}
