import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { deedReply, eventReply, gateReply, revocationReply, toDeclareReply } from './deed-reply.ts'
import { listEvents, listUndeclared } from './events.queries.ts'
import { listRevocations } from './revocations.queries.ts'
import { mayPropose } from './rgc.policy.ts'
import { clockOf, inPlace, ownDeeds, ownMissing, ownOrganisation, ownSignatories } from './rgc.queries.ts'

/**
 * Open to whoever came in: it is how one gets the conditions of the role. Row-level security shows the deeds one may
 * read.
 */
export const getRgc = action(contract.getRgc, {
  load: async (_input, { db }) => {
    const [at, organisation, missing, deeds, events, revocations, managers, signatories, undeclared] =
      await Promise.all([
        clockOf(db),
        ownOrganisation(db),
        ownMissing(db),
        ownDeeds(db),
        listEvents(db, true),
        listRevocations(db, true),
        inPlace(db, null, null),
        ownSignatories(db),
        listUndeclared(db, true),
      ])
    return {
      at,
      organisation: found(organisation),
      missing,
      deeds,
      events,
      revocations,
      managers,
      signatories,
      undeclared,
    }
  },
  may: () => true,
  run: async (
    { at, organisation: { id, name, kind }, missing, deeds, events, revocations, managers, signatories, undeclared },
    _input,
    { viewer },
  ) => ({
    organisation: { id, name, kind },
    gate: missing && gateReply(missing),
    inPlace: managers,
    signatories,
    deeds: deeds.map(d => deedReply(viewer, d, at)),
    events: events.map(eventReply),
    toDeclare: undeclared.map(u => toDeclareReply(viewer, u, parisDay(at))),
    revocations: revocations.map(r => revocationReply(viewer, r)),
    allowed:
      mayPropose(viewer) === true ? ['propose' as const, ...(managers.length > 0 ? ['declare' as const] : [])] : [],
  }),
})
