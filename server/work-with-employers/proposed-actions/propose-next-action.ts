import * as contract from '../../../contract/work-with-employers/proposed-actions.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayFinish } from '../exchanges/exchanges.policy.ts'
import { lockNextAction } from '../exchanges/next-actions.queries.ts'
import { proposalReply } from './proposal-reply.ts'
import { lapsesOn, reasonOf } from './proposal-rules.ts'
import { proposedMail } from './proposals.mails.ts'
import { contactsOf, insertProposal, proposalById } from './proposals.queries.ts'

/** It stays the sender’s, to do and to move, until someone there accepts it. */
export const proposeNextAction = action(contract.proposeNextAction, {
  load: async ({ params }, { db }) => found(await lockNextAction(db, params.nextActionId)),
  may: (viewer, next) => mayFinish(viewer, next),
  run: async (next, { body: { toOrganisationId, words } }, context) => {
    const { db, now, today, newId } = context
    const id = newId()
    const refused = reasonOf(
      await insertProposal(db, {
        id,
        nextActionId: next.id,
        toOrganisationId,
        words: words?.trim() || null,
        lapsesOn: lapsesOn(today),
        at: now,
      }),
    )
    if (refused) throw new Refused(refused)
    const [proposal, contacts] = await Promise.all([proposalById(db, id), contactsOf(db, id, today)])
    for (const accountId of contacts) await tellPerson(db, proposedMail(found(proposal), accountId), context)
    return {
      reply: await proposalReply(found(proposal), context),
      audit: [
        {
          action: 'next-action.proposed',
          subject: ['next-action', next.id],
          detail: {
            proposal: id,
            to: toOrganisationId,
            lapsesOn: lapsesOn(today),
            characters: { words: words?.trim().length ?? 0 },
            mails: contacts.length,
          },
        },
      ],
    }
  },
})
