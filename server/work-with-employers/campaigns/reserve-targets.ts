import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { provenLately } from '../../platform/viewer.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { takenMails } from './campaigns.mails.ts'
import { applyDecisions, freeTargets, holdTargets, takenCampaignContacts, takeOver } from './conflicts.queries.ts'

/**
 * Applies what was decided on each conflict, then holds the targets for the period (CAM-3); those of an open campaign
 * that is prolonged are held anew. A conflict left undecided refuses it all,
 * and so does a holder that came between the count and the hold: another campaign opened in the same second. Nothing
 * then remains, the transaction is undone.
 * What is taken from another campaign asks the second factor again, and is told by mail to who answers for it: one mail
 * a structure and person.
 */
export const reserveTargets = async (campaign: Campaign, { db, viewer, now, today, newId }: Context) => {
  const { undecided, setAside, shared } = await applyDecisions(db, campaign.id, today)
  if (undecided > 0) throw new Refused('campaign/undecided-conflicts', { facts: { count: undecided } })
  const takenOver = await takeOver(db, campaign.id, `Repris par ${campaign.pilot.name}\u00a0: `)
  if (takenOver.length > 0 && !provenLately(viewer, now)) throw new Refused('session/step-up-required')
  await freeTargets(db, campaign.id)
  const { held, missing } = await holdTargets(db, campaign.id)
  if (missing > 0) throw new Refused('campaign/undecided-conflicts', { facts: { count: missing } })
  const contacts =
    takenOver.length > 0
      ? await takenCampaignContacts(
          db,
          campaign.id,
          takenOver.map(t => t.fromCampaignId),
        )
      : []
  for (const mail of takenMails(
    campaign,
    takenOver,
    contacts.filter(c => c.accountId !== viewer.accountId),
  ))
    await tellPerson(db, mail, { newId, now })
  return {
    reserved: { held, shared, setAside, takenOver: takenOver.reduce((sum, { sirets }) => sum + sirets.length, 0) },
    // The campaigns that lost targets have it in their own trail.
    losses: takenOver.map(
      ({ fromCampaignId, sirets }): Entry => ({
        action: 'campaign.targets-taken-over',
        subject: ['campaign', fromCampaignId],
        detail: { by: campaign.id, sirets },
      }),
    ),
  }
}
