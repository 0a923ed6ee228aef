import { theStructure } from '../../../contract/names-in-french.ts'
import { conflictKinds } from '../../../contract/work-with-employers/campaigns.ts'
import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { provenLately } from '../../platform/viewer.ts'
import { takenHolders } from './assignments.queries.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { takenMails, targetsTakenBackMail } from './campaigns.mails.ts'
import { type ConflictDecision, checkDecision } from './conflict-rules.ts'
import {
  applyDecisions,
  freeTargets,
  holdTargets,
  lockCompanies,
  lockDepartments,
  saveDecisions,
  type TakenOver,
  takenCampaignContacts,
  takenMeetings,
  takeOver,
} from './conflicts.queries.ts'

/** Before any conflict is weighed, in this order; taken again by the same transaction, they cost nothing. */
const lockConflicts = async (campaign: Campaign, db: Context['db'], only: readonly number[] | null) => {
  if (campaign.conflictScope === 'company') await lockCompanies(db)
  await lockDepartments(db, campaign.id, only)
}

/**
 * Applies what was decided on each conflict, then holds the targets for the period (CAM-3); those of an open campaign
 * that is prolonged are held anew. A conflict left undecided refuses it all,
 * and so does a holder that came between the count and the hold: another campaign opened in the same second. Nothing
 * then remains, the transaction is undone.
 * `only`: what joins an open campaign.
 * A meeting that the holder fixed is not taken: the holder sets it aside first, or keeps it (CAM-15).
 * What is taken from another campaign asks the second factor again, and is told to who answers for it, one mail a
 * structure and person, and to who had it in hand.
 */
export const reserveTargets = async (
  campaign: Campaign,
  { db, viewer, now, today, newId }: Context,
  only: readonly number[] | null = null,
) => {
  await lockConflicts(campaign, db, only)
  const { undecided, setAside, shared } = await applyDecisions(db, campaign.id, today, only)
  if (undecided > 0) throw new Refused('campaign/undecided-conflicts', { facts: { count: undecided } })
  const meetings = countOf(await takenMeetings(db, campaign.id, today))
  if (meetings > 0) throw new Refused('campaign/meeting-fixed', { facts: { count: meetings } })
  const holders = (await takenHolders(db, campaign.id, today)).filter(h => h.accountId !== viewer.accountId)
  const takenOver = await takeOver(db, campaign.id, `Repris par ${theStructure(campaign.pilot.name)}\u00a0: `, today)
  if (takenOver.length > 0 && !provenLately(viewer, now)) throw new Refused('session/step-up-required')
  if (only === null) await freeTargets(db, campaign.id)
  const { held, missing } = await holdTargets(db, campaign.id, only)
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
  for (const { campaignId: id, campaignName: name, targets, accountId } of holders)
    await tellPerson(db, targetsTakenBackMail({ id, name }, targets, campaign.pilot.name, accountId), { newId, now })
  return {
    reserved: { held, shared, setAside, takenOver: countOf(takenOver) },
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

const countOf = (taken: readonly TakenOver[]) => taken.reduce((sum, { sirets }) => sum + sirets.length, 0)

/** What to do with those that are already held or were contacted, said in the act that adds them. */
export interface DecidedAtOnce {
  readonly held?: ConflictDecision | undefined
  readonly contacted?: ConflictDecision | undefined
  readonly beside?: ConflictDecision | undefined
  readonly reason?: string | null | undefined
}

/** Holds what joins an open campaign: its conflicts alone are weighed, and decided at once (CAM-15). */
export const reserveNew = async (
  campaign: Campaign,
  sirets: readonly number[],
  { reason = null, ...decided }: DecidedAtOnce,
  context: Context,
) => {
  const { db, viewer, now, today } = context
  await lockConflicts(campaign, db, sirets)
  for (const kind of conflictKinds) {
    const decision = decided[kind]
    if (decision === undefined) continue
    checkDecision(decision, reason, [kind])
    const by = { decision, reason, decidedBy: viewer.accountId, decidedAt: now }
    await saveDecisions(db, campaign.id, today, { sirets, kind }, by)
  }
  return reserveTargets(campaign, context, sirets)
}
