import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { requestReply } from './rights-request-reply.ts'
import { mayEnter } from './rights-requests.policy.ts'
import { insertRequest } from './rights-requests.queries.ts'

/** The month runs from the day of receipt, whatever the day of entry. The trail does not name the person. */
export const enterRightsRequest = action(contract.enterRightsRequest, {
  load: async () => ({}),
  may: viewer => mayEnter(viewer),
  run: async (_nothing, { body }, { db, viewer, now, today, newId }) => {
    const { kind, whose, channel, receivedOn } = body
    if (receivedOn > today) throw new Refused('rights-request/day-in-future')
    const receivedBy = { id: viewer.organisationId, name: viewer.organisationName, kind: viewer.organisationKind }
    const row = {
      id: newId(),
      version: 1,
      kind,
      whose,
      person: body.person.trim(),
      channel,
      receivedOn,
      recordedAt: now,
      receivedBy,
      handedTo: null,
      handedAt: null,
      taken: false,
    }
    await insertRequest(db, { ...row, recordedBy: viewer.accountId })
    return {
      reply: requestReply(viewer, { ...row, steps: [], withdrawals: [] }, today),
      audit: [
        {
          action: 'rights-request.entered',
          subject: ['rights-request', row.id],
          detail: { kind, whose, channel, receivedOn },
        },
      ],
    }
  },
})
