import { tellPerson } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { leadCandidates } from '../campaigns/campaigns.queries.ts'
import { campaignBackMail, campaignTakenMail } from './taking-over.mails.ts'
import { nameOf } from './waiting-work.queries.ts'

interface Passed {
  readonly formerId: string
  /** Who answered for it. */
  readonly leadIds: readonly string[]
  /** Who answers for it now, whom another mail tells. */
  readonly toId: string
}
/** Who answered for it, and who leads there in the structure that piloted it; but for who acts. */
const concerned = async (
  { db, today, viewer }: Context,
  { territory }: Campaign,
  { formerId, leadIds, toId }: Passed,
) => {
  const leads = await leadCandidates(db, [formerId], territory.id, today)
  return [...new Set([...leadIds, ...leads])].filter(id => id !== viewer.accountId && id !== toId).toSorted()
}

/** Once, by its new pilot. */
export const tellTaken = async (context: Context, campaign: Campaign, passed: Passed): Promise<void> => {
  const { db, viewer } = context
  const [former, pilot] = await Promise.all([
    nameOf(db, { organisationId: passed.formerId, accountId: null }),
    nameOf(db, { organisationId: viewer.organisationId, accountId: null }),
  ])
  for (const accountId of await concerned(context, campaign, passed))
    await tellPerson(db, campaignTakenMail({ ...campaign, former: former!, by: pilot! }, accountId), context)
}

/** Those whom the mail above told, when it is given back; and who had received it. */
export const tellGivenBack = async (context: Context, campaign: Campaign, passed: Passed): Promise<void> => {
  const { db, viewer } = context
  const former = await nameOf(db, { organisationId: passed.formerId, accountId: null })
  const told = await concerned(context, campaign, passed)
  for (const accountId of passed.toId === viewer.accountId ? told : [...told, passed.toId])
    await tellPerson(
      db,
      campaignBackMail({ ...campaign, former: former!, by: campaign.pilot.name }, accountId),
      context,
    )
}
