import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { endWithThirdParty, followThirdParty } from '../accounts/accounts.queries.ts'
import { findThirdParty, lockThirdParty, nameTaken, saveThirdParty } from './structure.queries.ts'
import { readThirdParty, thirdPartyReply } from './structure-rules.ts'

/**
 * When its end comes sooner, the accounts of its people end with it; prolonged, those that ended with it follow (ACC-1).
 */
export const editThirdParty = action(contract.editThirdParty, {
  load: async ({ params }, { db }) => found(await lockThirdParty(db, params.thirdPartyId)),
  may: () => true,
  run: async (before, { body, ifMatch }, { db, today }) => {
    if (before.version !== ifMatch) throw new Refused('request/changed-meanwhile', { current: thirdPartyReply(before) })
    const facts = readThirdParty(before.kind, body, today)
    if (typeof facts === 'string') throw new Refused(facts)
    if (await nameTaken(db, facts.name, before.id)) throw new Refused('third-party/already')
    await saveThirdParty(db, before.id, facts)
    const prolonged = before.endsOn !== null && (facts.endsOn === null || facts.endsOn > before.endsOn)
    const followed = prolonged ? await followThirdParty(db, before.id, before.endsOn!, facts.endsOn) : 0
    const ended = facts.endsOn ? await endWithThirdParty(db, before.id, facts.endsOn) : 0
    return {
      reply: thirdPartyReply(found(await findThirdParty(db, before.id))),
      audit: [
        {
          action: 'third-party.edited',
          subject: ['third-party', before.id],
          detail: {
            before: thirdPartyReply(before),
            after: facts,
            accountsShortened: ended,
            accountsProlonged: followed,
          },
        },
      ],
    }
  },
})
