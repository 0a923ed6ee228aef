import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { listRevocations } from './answers.queries.ts'
import {
  deedReply,
  eventReply,
  gateReply,
  revocationReply,
  signatoryReply,
  toDeclareReply,
  unseenReply,
} from './deed-reply.ts'
import { deedCommitments } from './deed-rules.ts'
import { listEvents, listUndeclared, listUnseen } from './events.queries.ts'
import { mayEnterDeed, mayPropose } from './rgc.policy.ts'
import {
  accessConditions,
  clockOf,
  inPlace,
  ownConventions,
  ownDeeds,
  ownMissing,
  ownOrganisation,
} from './rgc.queries.ts'
import { ownSignatories } from './structures.queries.ts'

/**
 * Open to whoever came in: it is how one gets the conditions of the role. Row-level security shows the deeds one may
 * read.
 */
export const getRgc = action(contract.getRgc, {
  load: async (_input, { db }) => {
    const [at, organisation, missing, deeds, events, revocations] = await Promise.all([
      clockOf(db),
      ownOrganisation(db),
      ownMissing(db),
      ownDeeds(db),
      listEvents(db, true),
      listRevocations(db, true),
    ])
    const [managers, signatories, conventions, conditions, undeclared, unseen] = await Promise.all([
      inPlace(db, null, null),
      ownSignatories(db),
      ownConventions(db),
      accessConditions(db),
      listUndeclared(db, true),
      listUnseen(db, true),
    ])
    const lists = { deeds, events, revocations, managers, signatories, conventions, undeclared, unseen }
    return { at, organisation: found(organisation), missing, conditions, ...lists }
  },
  may: () => true,
  run: async (read, _input, { viewer }) => {
    const { at, organisation, conditions } = read
    return {
      organisation: { id: organisation.id, name: organisation.name, kind: organisation.kind },
      gate: read.missing && gateReply(read.missing),
      inPlace: read.managers,
      signatories: read.signatories.map(signatoryReply),
      next: {
        commitments: [...deedCommitments],
        conditions: conditions ? { title: conditions.title, version: conditions.version } : null,
      },
      conventions: read.conventions,
      deeds: read.deeds.map(d => deedReply(viewer, d, at)),
      events: read.events.map(e => eventReply(viewer, e, at)),
      toDeclare: read.undeclared.map(u => toDeclareReply(viewer, u, parisDay(at))),
      unseen: read.unseen.map(u => unseenReply(viewer, u)),
      revocations: read.revocations.map(r => revocationReply(viewer, r)),
      allowed: [
        ...(mayPropose(viewer) === true
          ? ['propose' as const, ...(read.managers.length > 0 ? ['declare' as const] : [])]
          : []),
        ...(mayPropose(viewer) === true &&
        mayEnterDeed(viewer, { organisationId: organisation.id, regionId: null }) === true
          ? ['deposit' as const]
          : []),
      ],
    }
  },
})
