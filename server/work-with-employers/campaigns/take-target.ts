import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action, type Context, type ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { lockUsed } from '../solicitations/solicitations.queries.ts'
import { weighAct } from '../solicitations/weigh-act.ts'
import { noteTaking } from './assignments.queries.ts'
import { after } from './campaign-lifecycle.ts'
import { mayWork, targetReply } from './campaigns.policy.ts'
import { plainCampaign } from './campaigns.queries.ts'
import { notToContactUntil } from './references.queries.ts'
import { takeTarget as take, targetById } from './targets.queries.ts'

interface Params {
  readonly campaignId: string
  readonly siret: string
}
const load = async ({ campaignId, siret }: Params, { db, today }: ReadContext) => {
  const [campaign, target, notToContact, used] = await Promise.all([
    plainCampaign(db, campaignId),
    targetById(db, campaignId, Number(siret), today),
    notToContactUntil(db, Number(siret), today),
    lockUsed(db, Number(siret), today),
  ])
  return { campaign: found(campaign), target: found(target), notToContact, used }
}

/** `reason`: why, where the budget of solicitations is spent (CAM-12). */
const taking = async (
  { campaign, target: before, notToContact, used }: Awaited<ReturnType<typeof load>>,
  { siret: text, despite, reason }: { siret: string; despite?: boolean | undefined; reason?: string },
  context: Context,
) => {
  const { db, viewer, now, today } = context
  const siret = Number(text)
  after(campaign, 'work-targets', today)
  if (notToContact && before.takenBy === null && !despite) throw new Refused('target/do-not-contact')
  const taken = await take(db, campaign.id, siret, viewer, now)
  if (taken && before.takenBy === null) await noteTaking(db, campaign.id, siret, viewer, before.status, now)
  const target = found(await targetById(db, campaign.id, siret, today))
  const reply = targetReply(viewer, campaign, target)
  if (!taken)
    throw new Refused(
      target.status === 'ecarte'
        ? 'target/set-aside'
        : target.takenBy
          ? 'target/taken-by-other'
          : 'target/assigned-to-other',
      { current: reply },
    )
  const { place } = before
  const beyond = await weighAct(
    { siret, place, onDay: today, before: used, reason, of: { campaignId: campaign.id } },
    context,
  )
  return {
    reply,
    audit: [
      {
        action: 'target.taken',
        subject: ['target', `${campaign.id}/${text}`],
        detail: {
          before: { takenBy: before.takenBy?.id ?? null },
          after: { takenBy: viewer.accountId },
          ...(notToContact ? { notToContactUntil: notToContact } : {}),
        },
      },
      ...beyond,
    ] as const,
  }
}

export const takeTarget = action(contract.takeTarget, {
  load: ({ params }, context) => load(params, context),
  may: (viewer, { campaign, target }) => mayWork(viewer, campaign, target),
  run: (loaded, { params: { siret }, query: { despite } }, context) => taking(loaded, { siret, despite }, context),
})

export const takeTargetBeyond = action(contract.takeTargetBeyond, {
  load: ({ params }, context) => load(params, context),
  may: (viewer, { campaign, target }) => mayWork(viewer, campaign, target),
  run: (loaded, { params: { siret }, query: { despite }, body: { reason } }, context) =>
    taking(loaded, { siret, despite, reason }, context),
})
