import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action, type Context } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { isStale } from './bulk-work-rules.ts'
import { handedActionsMail } from './bulk-works.mails.ts'
import { mayGoOn } from './bulk-works.policy.ts'
import type { WorkRow } from './bulk-works.queries.ts'
import { checkWork, loadWork, subjectOf } from './load-work.ts'
import { startWork } from './start-work.ts'

/** A long work is told when it is asked, with what it is to hand over. */
const tellRecipient = async ({ handedTo }: WorkRow, count: number, context: Context) => {
  const { viewer, db } = context
  if (handedTo && handedTo.id !== viewer.accountId && count > 0)
    await tellPerson(db, handedActionsMail(count, `${viewer.givenName} ${viewer.familyName}`, handedTo.id), context)
}

export const confirmBulkWork = action(contract.confirmBulkWork, {
  load: ({ params: { workId } }, { db }) => loadWork(db, workId),
  may: (viewer, loaded) => mayGoOn(viewer, loaded),
  run: async ({ work, campaign }, { body: { beyondBudget } }, context) => {
    checkWork({ work, campaign }, false, context.today)
    if (work.state !== 'counted') throw new Refused('bulk-work/already-asked')
    if (isStale(work.countedAt, context.now)) throw new Refused('bulk-work/stale')
    const { reply, detail } = await startWork(work, { undo: false, beyondBudget }, 'bulk-work/already-asked', context)
    await tellRecipient(work, reply.state === 'done' ? reply.counts.done : work.toDo, context)
    return { reply, audit: [{ action: 'bulk-work.asked', subject: subjectOf(work), detail }] }
  },
})
