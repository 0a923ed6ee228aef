import * as contract from '../../../contract/oversight/rights-requests.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { changedIn, type Entry, entryOf, refusedCorrection } from './correction-rules.ts'
import { correctRequest } from './corrections.queries.ts'
import { requestReply } from './rights-request-reply.ts'
import { mayCorrect } from './rights-requests.policy.ts'
import { lockRequest } from './rights-requests.queries.ts'

/** The trail does not name the person: it says that the name changed. */
const told = ({ person: _person, ...entry }: Entry) => entry

/** A mistyped entry is corrected with a reason, and the delay runs from the corrected day; what it said is kept. */
export const correctRightsRequest = action(contract.correctRightsRequest, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayCorrect(viewer, request),
  run: async (request, { body, ifMatch }, { db, viewer, today }) => {
    if (ifMatch !== request.version)
      throw new Refused('request/changed-meanwhile', { current: requestReply(viewer, request, today) })
    const entry = { ...entryOf(body), person: body.person.trim() }
    const refused = refusedCorrection(request, entry, today)
    if (refused) throw new Refused(refused)
    const outcome = await correctRequest(db, request.id, request.version, entry, body.reason.trim())
    if (outcome) throw new Refused(outcome as RefusalCode)
    const corrected = { ...request, ...entry, version: request.version + 1 }
    const reply = requestReply(viewer, corrected, today)
    return {
      reply,
      audit: [
        {
          action: 'rights-request.corrected',
          subject: ['rights-request', request.id],
          detail: {
            version: corrected.version,
            changed: changedIn(request, entry),
            before: told(entryOf(request)),
            after: told(entry),
            dueOn: reply.dueOn,
          },
        },
      ],
    }
  },
})
