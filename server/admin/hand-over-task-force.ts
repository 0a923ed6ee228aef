import { ofName } from '../../contract/names-in-french.ts'
import { tellPerson } from '../notifications/tell.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { systemClock } from '../platform/time.ts'
import {
  type AbandonedTaskForce,
  handAbandonedTaskForceOver,
} from '../work-with-employers/taking-over/take-over.queries.ts'
import { entrustedTaskForceMail } from '../work-with-employers/taking-over/taking-over.mails.ts'
import { type Act, Misuse } from './command.ts'
import { readHandover, told } from './hand-over-campaign.ts'

const refusals: Record<Exclude<AbandonedTaskForce['outcome'], 'done'>, string> = {
  unknown: 'ce territoire n’a pas de task force',
  piloted: 'quelqu’un peut encore la piloter dans sa structure : c’est à lui de la confier',
  'not-member': 'cette structure n’en est pas membre, et une structure membre peut la piloter',
  'cannot-pilot': 'personne dans cette structure n’a le profil « pilote » sur tout le territoire',
}

/** When nobody of its pilot can pilot it, and no member takes it over or can (CAM-16). */
export const handOverTaskForce = async (db: Db, args: string[], act: Act) => {
  const { what, successor, reason } = await readHandover(db, args)
  if (!/^[1-9]\d{0,8}$/.test(what))
    throw new Misuse('la task force manque : le numéro qui est dans l’adresse de la page de son territoire')
  const clpeId = Number(what)
  const now = systemClock()
  const { outcome, name, formerId, formerName, pilots } = await handAbandonedTaskForceOver(
    db,
    clpeId,
    successor.id,
    now,
  )
  if (outcome !== 'done') throw new Error(`${refusals[outcome]} : rien n’a été changé`)
  const force = { id: clpeId, name: name!, former: formerName! }
  for (const accountId of pilots!)
    await tellPerson(db, entrustedTaskForceMail(force, accountId), { newId: uuidv7, now })
  await appendAudit(
    db,
    { ...act, at: now, organisationId: successor.id },
    [
      {
        action: 'task-force.entrusted',
        subject: ['task-force', what],
        detail: { before: { pilotId: formerId }, after: { pilotId: successor.id }, reason },
      },
    ],
    uuidv7,
  )
  return `Le pilotage de la task force ${ofName(name!)} est confié à ${successor.name} ; ${told(pilots!.length)}.`
}
