import * as contract from '../../../contract/agreement/tools.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { findPerson } from '../awareness/awareness.queries.ts'
import { designatedRequester, endRequester, insertRequester } from './access-requests.queries.ts'
import { mayDesignate } from './tools.policy.ts'

export const designateRequester = action(contract.designateRequester, {
  load: async ({ body: { accountId } }, { db }) => ({
    before: await designatedRequester(db, { lock: true }),
    person: await findPerson(db, accountId),
  }),
  may: mayDesignate,
  run: async ({ before, person }, _input, { db, newId, now, viewer }) => {
    if (!person || person.organisationId !== viewer.organisationId || person.status !== 'active')
      throw new Refused('account/unknown')
    if (before) await endRequester(db, before.id, now)
    if (
      (await insertRequester(db, {
        id: newId(),
        organisationId: viewer.organisationId,
        accountId: person.id,
        designatedBy: viewer.accountId,
        designatedAt: now,
      })) === 0
    )
      throw new Refused('request/changed-meanwhile')
    return {
      reply: {
        person: { id: person.id, name: person.name, organisationId: person.organisationId },
        since: now.toISOString(),
      },
      audit: [
        {
          action: 'access-requester.designated',
          subject: ['organisation', viewer.organisationId],
          detail: { accountId: person.id, replaced: before?.accountId ?? null },
        },
      ],
    }
  },
})
