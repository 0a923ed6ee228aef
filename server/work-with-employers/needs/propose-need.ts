import * as contract from '../../../contract/work-with-employers/needs.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { reasonOf } from './need-lifecycle.ts'
import { needProposalReply } from './need-reply.ts'
import { needProposedMail } from './needs.mails.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needById } from './needs.queries.ts'
import { insertNeedProposal, needContacts, needProposalsOf } from './proposals.queries.ts'

/** To each structure or to none: a refusal of one leaves nothing proposed. */
export const proposeNeed = action(contract.proposeNeed, {
  load: async ({ params }, { db }) => found(await needById(db, params.needId)),
  may: (viewer, need) => mayActOnNeed(viewer, need, 'propose'),
  run: async (need, { body: { toOrganisationIds, words } }, context) => {
    const { db, viewer, now, today, newId } = context
    const said = words?.trim() || null
    const ids: string[] = []
    // In one order, whoever asks: two requests at once never wait for each other.
    for (const toOrganisationId of toOrganisationIds.toSorted()) {
      const proposal = { id: newId(), needId: need.id, toOrganisationId, words: said, at: now }
      const refused = reasonOf(await insertNeedProposal(db, proposal))
      if (refused) throw new Refused(refused)
      ids.push(proposal.id)
    }
    const [proposals, contacts] = await Promise.all([needProposalsOf(db, need.id), needContacts(db, ids, today)])
    for (const { proposal, accountId } of contacts)
      await tellPerson(db, needProposedMail({ id: proposal, from: viewer.organisationName }, accountId), context)
    const made = proposals.filter(({ id }) => ids.includes(id))
    return {
      reply: { items: made.map(proposal => needProposalReply(proposal, context)) },
      audit: [
        {
          action: 'need.proposed',
          subject: ['need', need.id],
          detail: {
            siret: need.siret,
            to: made.map(({ toOrganisationId }) => toOrganisationId),
            characters: { words: said?.length ?? 0 },
            mails: contacts.length,
          },
        },
      ],
    }
  },
})
