import * as contract from '../../../contract/work-with-employers/register-moves.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { followedFrom } from './own-moves.queries.ts'
import { mayReadFollowed } from './register-moves.policy.ts'

export const getFollowed = action(contract.getFollowed, {
  load: async ({ params }, { db, today }) => {
    const siret = Number(params.siret)
    const [place, followed] = await Promise.all([establishmentPlace(db, siret), followedFrom(db, siret, today)])
    return { place: found(place), followed }
  },
  may: (viewer, { place }) => mayReadFollowed(viewer, place) || 'access/outside-perimeter',
  run: async ({ followed }) => ({ followed }),
})
