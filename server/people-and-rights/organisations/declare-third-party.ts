import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { thirdPartyNotice } from './organisations.mails.ts'
import { findThirdParty, insertThirdParty } from './structure.queries.ts'
import { readThirdParty, thirdPartyReply } from './structure-rules.ts'

/**
 * With its capacity under article 6, its dates, and the proof of obligations at least equal to the convention's
 * (ACC-13). The operator is told: it answers for who handles the data.
 */
export const declareThirdParty = action(contract.declareThirdParty, {
  load: async () => null,
  may: () => true,
  run: async (_none, { body }, { db, viewer, now, today, newId }) => {
    const facts = readThirdParty(body.kind, body, today)
    if (typeof facts === 'string') throw new Refused(facts)
    const id = newId()
    if (
      !(await insertThirdParty(db, {
        id,
        organisationId: viewer.organisationId,
        kind: body.kind,
        ...facts,
        recordedBy: viewer.accountId,
        recordedAt: now,
      }))
    )
      throw new Refused('third-party/already')
    const declared = thirdPartyReply(found(await findThirdParty(db, id)))
    const told = await tellRoles(
      db,
      { organisationId: viewer.organisationId, but: [viewer.accountId] },
      thirdPartyNotice(declared, viewer.organisationName, true),
      { newId, now },
    )
    return {
      reply: { ...declared, told },
      audit: [
        { action: 'third-party.declared', subject: ['third-party', id], detail: { kind: body.kind, ...facts, told } },
      ],
    }
  },
})
