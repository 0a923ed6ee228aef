import * as contract from '../../../contract/work-with-employers/solicitations.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { leftOf, monthOf, perWeek } from './solicitation-rules.ts'
import { mayReadOverrun } from './solicitations.policy.ts'
import { overrunsBetween, usedAt, usedBeside } from './solicitations.queries.ts'

const shown = 10

export const getSolicitations = action(contract.getSolicitations, {
  load: async ({ params, query }, { db, today }) => {
    const siret = Number(params.siret)
    const day = query.on ?? today
    const { first, last } = monthOf(day)
    const [place, used, beside, overruns] = await Promise.all([
      establishmentPlace(db, siret),
      usedAt(db, siret, day),
      usedBeside(db, siret, day),
      overrunsBetween(db, siret, first, last, shown),
    ])
    return { place: found(place), used, beside, overruns }
  },
  // Refused rather than answered empty: « no overrun » would be false where one may not see them.
  may: (viewer, { place }) => mayReadOverrun(viewer, place) || 'access/outside-perimeter',
  run: async ({ used, beside, overruns }) => ({
    ...used,
    perWeek: perWeek(used.perMonth),
    ...leftOf(used),
    beside: beside ?? 0,
    overruns: overruns.map(({ at, ...overrun }) => ({ ...overrun, at: at.toISOString() })),
  }),
})
