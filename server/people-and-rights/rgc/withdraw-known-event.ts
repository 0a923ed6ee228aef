import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { knownEventById, withdrawKnown } from './events.queries.ts'
import { mayNote } from './rgc.policy.ts'
import { clockOf } from './rgc.queries.ts'

export const withdrawKnownEvent = action(contract.withdrawKnownEvent, {
  load: async ({ params }, { db }) => {
    const [at, event] = await Promise.all([clockOf(db), knownEventById(db, params.eventId)])
    return { at, event: found(event) }
  },
  may: (viewer, { event }) => mayNote(viewer, event.organisationId),
  run: async ({ at, event }, { body }, { db, viewer }) => {
    if ((await withdrawKnown(db, event.id, viewer.accountId, body.reason.trim(), at)) === 0)
      throw new Refused('rgc/already-withdrawn')
    return {
      reply: { withdrawn: true as const },
      audit: [
        {
          action: 'rgc-event.note-withdrawn',
          subject: ['account', event.accountId],
          detail: { event: event.id, reason: body.reason.trim() },
        },
      ],
    }
  },
})
