import { type PersonMail, tellPerson } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { targetsGivenMail, targetsTakenBackMail } from '../campaigns/campaigns.mails.ts'
import { workFinishedMail } from './bulk-works.mails.ts'
import { type Moved, tellOwnWork, tellWork } from './bulk-works.queries.ts'

type Means = Pick<Context, 'newId' | 'now'>

const movedMails = ({ accountId, given, taken, campaignId, campaignName, byOrganisation }: Moved): PersonMail[] => {
  if (campaignId === null || campaignName === null) return []
  const campaign = { id: campaignId, name: campaignName }
  return [
    ...(given > 0 ? [targetsGivenMail(campaign, given, byOrganisation, accountId)] : []),
    ...(taken > 0 ? [targetsTakenBackMail(campaign, taken, byOrganisation, accountId)] : []),
  ]
}

/** Once a work of the web is done or stopped: one mail a person, whatever the number of targets. */
export const tellOwnMoves = async (db: Db, workId: string, means: Means): Promise<void> => {
  const mails = (await tellOwnWork(db, workId)).flatMap(movedMails)
  for (const mail of mails) await tellPerson(db, mail, means)
}

/** In the transaction of the part that ended it, or of its stop: nothing is told before, nor twice. */
export const tellEnding = async (db: Db, workId: string, means: Means): Promise<void> => {
  const mails = (await tellWork(db, workId)).flatMap(told =>
    told.finished
      ? [workFinishedMail({ workId, done: told.done, stopped: told.state === 'stopped' }, told.accountId)]
      : movedMails(told),
  )
  for (const mail of mails) await tellPerson(db, mail, means)
}
