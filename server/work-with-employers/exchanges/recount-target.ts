import type { Db } from '../../platform/database.ts'
import { contactsInCampaign, type LockedTarget, recountContacts } from '../campaigns/targets.queries.ts'
import type { RecordedExchange } from './exchanges.queries.ts'
import type { Placed } from './left-out-rules.ts'

/** Gives the campaign's target the marks of what it counts, after a correction or a cancellation. */
export const recountTarget = async (
  db: Db,
  { siret, organisationId, ...before }: RecordedExchange,
  after: Placed,
  target: LockedTarget | null,
): Promise<void> => {
  const campaignId = before.campaignId ?? after.campaignId
  if (campaignId && target)
    await recountContacts(
      db,
      { campaignId, siret, organisationId },
      await contactsInCampaign(db, campaignId, siret),
      target,
    )
}
