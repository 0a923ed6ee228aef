import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { opens } from '../../platform/viewer.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { mayRead } from '../exchanges/exchanges.policy.ts'
import { needLines } from './need-reply.ts'
import { mayNoteNeed } from './needs.policy.ts'
import { needsAt } from './needs.queries.ts'

export const listNeedsAt = action(contract.listNeedsAt, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [place, rows] = await Promise.all([establishmentPlace(db, siret), needsAt(db, siret)])
    return { place: found(place), rows }
  },
  // Refused rather than answered empty: « none » would be false where one may not see them.
  may: (viewer, { place }) => mayRead(viewer, place) || 'access/outside-perimeter',
  run: async ({ place, rows }, _input, { db, viewer, today }) => ({
    items: await needLines(db, rows, today),
    mayNote: opens(viewer, 'besoins') && mayNoteNeed(viewer, place) === true,
  }),
})
