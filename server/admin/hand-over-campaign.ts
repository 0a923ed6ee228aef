import { parseArgs } from 'node:util'
import { tellPerson } from '../notifications/tell.ts'
import { findOrganisationBySiret } from '../people-and-rights/organisations/organisations.queries.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { isUuid, uuidv7 } from '../platform/ids.ts'
import { parseSiret } from '../platform/siret.ts'
import { systemClock } from '../platform/time.ts'
import { entrustedMail } from '../work-with-employers/running-campaigns/running-campaigns.mails.ts'
import { type Abandoned, handAbandonedOver } from '../work-with-employers/running-campaigns/successors.queries.ts'
import { type Act, Misuse } from './command.ts'

const refusals: Record<Exclude<Abandoned['outcome'], 'done'>, string> = {
  unknown: 'cette campagne n’existe pas, ou n’a pas été ouverte, ou est archivée',
  piloted: 'quelqu’un peut encore la piloter dans sa structure : c’est à lui de la confier',
  'not-member': 'cette structure n’en est pas membre',
  'cannot-pilot': 'personne dans cette structure n’a le profil « pilote » sur tout son territoire',
}

/** Words of both commands: what is handed over, to which structure, on what finding. */
export const readHandover = async (db: Db, args: string[]) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { siret: { type: 'string' }, reason: { type: 'string' } },
  })
  const reason = values.reason?.trim() ?? ''
  if (reason.length < 10 || reason.length > 500)
    throw new Misuse('--reason manque : le constat, de dix à cinq cents caractères')
  const siret = parseSiret(values.siret ?? '')
  if (siret === undefined) throw new Misuse('--siret manque, ou sa clé est fausse')
  const successor = await findOrganisationBySiret(db, siret)
  if (!successor) throw new Error('aucune structure n’a ce SIRET : rien n’a été changé')
  return { what: positionals.length === 1 ? positionals[0]! : '', successor, reason }
}
export const told = (count: number) =>
  count === 1 ? 'une personne en est prévenue' : `${count} personnes en sont prévenues`

/** When the pilot's convention is over, or its last pilot left: nobody of the service could hand it over (CAM-15). */
export const handOverCampaign = async (db: Db, args: string[], act: Act) => {
  const { what: campaignId, successor, reason } = await readHandover(db, args)
  if (!isUuid(campaignId)) throw new Misuse('la campagne manque : le numéro qui est dans l’adresse de sa page')
  const now = systemClock()
  const { outcome, name, formerId, formerName, pilots } = await handAbandonedOver(db, campaignId, successor.id, now)
  if (outcome !== 'done') throw new Error(`${refusals[outcome]} : rien n’a été changé`)
  const campaign = { id: campaignId, name: name!, pilot: { name: formerName! } }
  for (const accountId of pilots!) await tellPerson(db, entrustedMail(campaign, accountId), { newId: uuidv7, now })
  await appendAudit(
    db,
    { ...act, at: now, organisationId: successor.id },
    [
      {
        action: 'campaign.handed-over',
        subject: ['campaign', campaignId],
        detail: { before: { pilotId: formerId }, after: { pilotId: successor.id }, reason },
      },
    ],
    uuidv7,
  )
  return `Le pilotage de « ${name} » est confié à ${successor.name} ; ${told(pilots!.length)}.`
}
