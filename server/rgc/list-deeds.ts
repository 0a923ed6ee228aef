import * as contract from '../../contract/rgc.ts'
import { action } from '../platform/action.ts'
import { certificateReply, deedReply, eventReply, revocationReply } from './deed-reply.ts'
import { clockOf, listCertificates, listEvents, listRevocations, sentDeeds, withoutRgc } from './rgc.queries.ts'

export const listDeeds = action(contract.listDeeds, {
  load: async (_input, { db }) => {
    const [at, deeds, certificates, events, revocations, structures] = await Promise.all([clockOf(db), sentDeeds(db), listCertificates(db), listEvents(db, false), listRevocations(db, false), withoutRgc(db)])
    return { at, deeds, certificates, events, revocations, structures }
  },
  may: () => true,
  run: async ({ at, deeds, certificates, events, revocations, structures }, _input, { viewer }) => ({
    deeds: deeds.map(d => deedReply(viewer, d, at)), certificates: certificates.map(certificateReply), events: events.map(eventReply), revocations: revocations.map(r => revocationReply(viewer, r)), withoutRgc: structures,
  }),
})
