import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { parisDay } from '../../platform/time.ts'
import { certificateReply, deedReply, eventReply, revocationReply, toDeclareReply } from './deed-reply.ts'
import { listEvents, listUndeclared } from './events.queries.ts'
import { listRevocations } from './revocations.queries.ts'
import { clockOf, listCertificates, sentDeeds, withoutRgc } from './rgc.queries.ts'

export const listDeeds = action(contract.listDeeds, {
  load: async (_input, { db }) => {
    const [at, deeds, certificates, events, revocations, structures, undeclared] = await Promise.all([
      clockOf(db),
      sentDeeds(db),
      listCertificates(db),
      listEvents(db, false),
      listRevocations(db, false),
      withoutRgc(db),
      listUndeclared(db, false),
    ])
    return { at, deeds, certificates, events, revocations, structures, undeclared }
  },
  may: () => true,
  run: async ({ at, deeds, certificates, events, revocations, structures, undeclared }, _input, { viewer }) => ({
    deeds: deeds.map(d => deedReply(viewer, d, at)),
    certificates: certificates.map(certificateReply),
    events: events.map(eventReply),
    toDeclare: undeclared.map(u => toDeclareReply(viewer, u, parisDay(at))),
    revocations: revocations.map(r => revocationReply(viewer, r)),
    withoutRgc: structures,
  }),
})
