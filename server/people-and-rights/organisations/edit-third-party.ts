import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { endWithThirdParty, followThirdParty } from '../accounts/accounts.queries.ts'
import { thirdPartyNotice } from './organisations.mails.ts'
import { findThirdParty, lockThirdParty, nameTaken, saveThirdParty } from './structure.queries.ts'
import { readThirdParty, thirdPartyReply } from './structure-rules.ts'

/**
 * When its end comes sooner, the accounts of its people end with it; prolonged, those that ended with it follow (ACC-1).
 */
export const editThirdParty = action(contract.editThirdParty, {
  load: async ({ params }, { db }) => found(await lockThirdParty(db, params.thirdPartyId)),
  may: () => true,
  run: async (before, { body, ifMatch }, { db, viewer, today, now, newId }) => {
    if (before.version !== ifMatch) throw new Refused('request/changed-meanwhile', { current: thirdPartyReply(before) })
    const facts = readThirdParty(before.kind, body, today)
    if (typeof facts === 'string') throw new Refused(facts)
    if (await nameTaken(db, facts.name, before.id)) throw new Refused('third-party/already')
    await saveThirdParty(db, before.id, facts)
    const prolonged = before.endsOn !== null && (facts.endsOn === null || facts.endsOn > before.endsOn)
    const followed = prolonged ? await followThirdParty(db, before.id, before.endsOn!, facts.endsOn) : 0
    const ended = facts.endsOn ? await endWithThirdParty(db, before.id, facts.endsOn) : 0
    const after = thirdPartyReply(found(await findThirdParty(db, before.id)))
    // Another company under that line, or another capacity, is a new sub-processor: a date is not.
    const another = (['name', 'siret', 'capacity'] as const).some(fact => facts[fact] !== before[fact])
    const told = another
      ? await tellRoles(
          db,
          { organisationId: viewer.organisationId, but: [viewer.accountId] },
          thirdPartyNotice(after, viewer.organisationName, false),
          { newId, now },
        )
      : null
    return {
      reply: { ...after, told },
      audit: [
        {
          action: 'third-party.edited',
          subject: ['third-party', before.id],
          detail: {
            before: thirdPartyReply(before),
            after: facts,
            accountsShortened: ended,
            accountsProlonged: followed,
            ...(told ? { told } : {}),
          },
        },
      ],
    }
  },
})
