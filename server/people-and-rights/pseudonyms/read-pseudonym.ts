import * as contract from '../../../contract/people-and-rights/pseudonyms.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action, type Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { readNotice } from './pseudonym.mails.ts'
import { pseudonymIn } from './pseudonym-rules.ts'
import { mayAskWho, mayReadIdentity } from './pseudonyms.policy.ts'
import { departedBehind } from './pseudonyms.queries.ts'

/** The trail has the reason and the account, never the name: departed_people stays the only mapping (ACC-6). */
export const readPseudonym = action(contract.readPseudonym, {
  load: async ({ body }, { db }) => {
    const pseudonym = pseudonymIn(body.pseudonym)
    return pseudonym === null ? [] : departedBehind(db, pseudonym)
  },
  may: viewer => mayAskWho(viewer),
  run: async (behind, { body }, { db, viewer, now, newId }) => {
    const found = behind.filter(left => mayReadIdentity(viewer, left))
    const reason = body.reason.trim()
    const entries: Entry[] = []
    for (const { accountId, organisationId } of found) {
      const outside = organisationId !== viewer.organisationId
      const told = outside
        ? await tellRoles(
            db,
            { organisationId, party: 'partenaire', but: [viewer.accountId] },
            readNotice(accountId, viewer.organisationName, reason),
            { newId, now },
          )
        : null
      entries.push({
        action: 'pseudonym.read',
        subject: ['account', accountId],
        detail: { reason, ...(told ? { told } : {}) },
      })
    }
    const [first, ...others] = entries
    if (!first) throw new Refused('pseudonym/unknown')
    return {
      reply: {
        items: found.map(({ organisationId, organisationName, leftAt, ...person }) => ({
          ...person,
          organisation: { id: organisationId, name: organisationName },
          leftAt: leftAt.toISOString(),
        })),
      },
      audit: [first, ...others],
    }
  },
})
