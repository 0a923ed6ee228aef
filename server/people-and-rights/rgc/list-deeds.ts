import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { parisDay } from '../../platform/time.ts'
import { listBarred, listRevocations } from './answers.queries.ts'
import { barredReply, deedReply, eventReply, revocationReply, toDeclareReply, unseenReply } from './deed-reply.ts'
import { listEvents, listUndeclared, listUnseen } from './events.queries.ts'
import { uncertified } from './kept-files.queries.ts'
import { clockOf, sentDeeds, waitingDeeds } from './rgc.queries.ts'
import { withoutRgc } from './structures.queries.ts'

/** What waits for the operator is listed whole, before the last deeds: silence accepts none unseen (RGC-3). */
export const listDeeds = action(contract.listDeeds, {
  load: async ({ query }, { db }) => {
    const [at, waiting, deeds, missing, events, revocations, barred, structures, undeclared, unseen] =
      await Promise.all([
        clockOf(db),
        waitingDeeds(db),
        sentDeeds(db, query.q?.trim() || null),
        uncertified(db),
        listEvents(db, false),
        listRevocations(db, false),
        listBarred(db),
        withoutRgc(db),
        listUndeclared(db, false),
        listUnseen(db, false),
      ])
    return { at, waiting, deeds, missing, events, revocations, barred, structures, undeclared, unseen }
  },
  may: () => true,
  run: async (
    { at, waiting, deeds, missing, events, revocations, barred, structures, undeclared, unseen },
    _input,
    { viewer },
  ) => ({
    waiting: waiting.map(d => deedReply(viewer, d, at)),
    deeds: deeds.map(d => deedReply(viewer, d, at)),
    uncertified: missing,
    events: events.map(e => eventReply(viewer, e, at)),
    toDeclare: undeclared.map(u => toDeclareReply(viewer, u, parisDay(at))),
    unseen: unseen.map(u => unseenReply(viewer, u)),
    revocations: revocations.map(r => revocationReply(viewer, r)),
    barred: barred.map(b => barredReply(viewer, b)),
    withoutRgc: structures,
  }),
})
