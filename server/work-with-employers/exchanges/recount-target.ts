import type { Db } from '../../platform/database.ts'
import { contactsInCampaign, type LockedTarget, recountContacts } from '../campaigns/targets.queries.ts'
import type { RecordedExchange } from './exchanges.queries.ts'

/** Gives the campaign's target back the marks of what is still recorded, after a correction or a cancellation. */
export const recountTarget = async (
  db: Db,
  { campaignId, siret, organisationId }: RecordedExchange,
  target: LockedTarget | null,
): Promise<void> => {
  if (campaignId && target)
    await recountContacts(
      db,
      { campaignId, siret, organisationId },
      await contactsInCampaign(db, campaignId, siret),
      target,
    )
}
