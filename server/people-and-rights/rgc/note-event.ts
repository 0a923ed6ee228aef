import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { toDeclareReply } from './deed-reply.ts'
import { insertKnown, knownEventById, listUndeclared, withdrawKnown } from './events.queries.ts'
import { mayNote } from './rgc.policy.ts'
import { accountOf, clockOf, inPlace } from './rgc.queries.ts'

/**
 * RGC-6: what is known is noted before all of its dates are, so that the eight days are reminded. It ends no right: the
 * declaration does.
 */
export const noteRgcEvent = action(contract.noteRgcEvent, {
  load: async ({ body }, { db }) => {
    const [at, account] = await Promise.all([clockOf(db), accountOf(db, body.accountId)])
    return { at, account: found(account), managers: await inPlace(db, found(account).organisationId, at) }
  },
  may: (viewer, { account }) => mayNote(viewer, account.organisationId),
  run: async ({ at, account, managers }, { body }, { db, viewer, newId }) => {
    if (!managers.some(m => m.id === account.id)) throw new Refused('rgc/not-in-place')
    if (body.knownOn > parisDay(at)) throw new Refused('rgc/event-dates')
    const id = newId()
    if (
      !(await insertKnown(db, {
        id,
        accountId: account.id,
        organisationId: account.organisationId,
        kind: body.kind,
        knownOn: body.knownOn,
        notedBy: viewer.accountId,
        notedAt: at,
      }))
    )
      throw new Refused('rgc/already-noted')
    const noted = (await listUndeclared(db, account.organisationId === viewer.organisationId)).find(u => u.id === id)
    return {
      reply: toDeclareReply(viewer, found(noted), parisDay(at)),
      audit: [
        {
          action: 'rgc-event.noted',
          subject: ['account', account.id],
          detail: { event: id, kind: body.kind, knownOn: body.knownOn },
        },
      ],
    }
  },
})

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
