import * as contract from '../../../contract/work-with-employers/taking-over.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { giveTargetsBack } from '../campaigns/campaign-writes.queries.ts'
import { giveActionsBack } from '../exchanges/passing.queries.ts'
import { lockPassedTargets } from './take-over.queries.ts'
import { givenBackMail, keptWorkMail } from './taking-over.mails.ts'
import { nameOf } from './waiting-work.queries.ts'

/** What one took over or entrusted by error goes back to who had it; what was worked since stays where it is. */
export const giveWorkBack = action(contract.giveWorkBack, {
  load: ({ body: { accountId } }, { db }) => nameOf(db, { organisationId: null, accountId }),
  may: () => true, // the rows are those that the viewer passed, where they lead
  run: async (from, { body: { accountId, toAccountId, passedAt } }, context) => {
    const { db, now, viewer } = context
    const passing = { fromId: accountId, toId: toAccountId, passedAt: new Date(passedAt) }
    const locked = await lockPassedTargets(db, passing, viewer.accountId)
    for (const some of locked) await giveTargetsBack(db, some, { ...passing, byId: viewer.accountId, at: now })
    const actions = await giveActionsBack(db, passing)
    const targets = locked.map(({ campaignId, sirets }) => ({ campaignId, count: sirets.length }))
    const work = { targets: targets.reduce((sum, { count }) => sum + count, 0), nextActions: actions.length }
    if (work.targets + work.nextActions === 0) throw new Refused('taking-over/nothing-to-give-back')
    const by = `${viewer.givenName} ${viewer.familyName}`
    if (toAccountId !== viewer.accountId)
      await tellPerson(db, givenBackMail(work, found(from), by, toAccountId), context)
    if (work.targets > 0) await tellPerson(db, keptWorkMail(work.targets, by, accountId), context)
    return {
      reply: work,
      audit: [
        {
          action: 'work.given-back',
          subject: ['account', accountId],
          detail: { from: toAccountId, targets, nextActions: work.nextActions },
        },
        ...actions.map(({ id, siret, ownerId }) => ({
          action: 'next-action.taken-back',
          subject: ['next-action', id] as const,
          detail: { siret, before: { ownerId }, after: { ownerId: accountId } },
        })),
      ],
    }
  },
})
