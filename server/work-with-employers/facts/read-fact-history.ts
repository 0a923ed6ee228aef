import * as contract from '../../../contract/work-with-employers/facts.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { valueReply } from './fact-reply.ts'
import { mayReadFacts } from './facts.policy.ts'
import { historyOf } from './facts.queries.ts'

export const readFactHistory = action(contract.readFactHistory, {
  load: async ({ params: { siret, field } }, { db }) => {
    const [place, rows] = await Promise.all([
      establishmentPlace(db, Number(siret)),
      historyOf(db, Number(siret), field),
    ])
    return { place: found(place), rows }
  },
  may: (viewer, { place }) => mayReadFacts(viewer, place) || 'not-found',
  run: async ({ rows }) => ({
    said: rows.map(row => ({ ...valueReply(row), replacedAt: row.replacedAt?.toISOString() ?? null })),
  }),
})
