import { type Nomenclature, readActivity, writeActivity } from '../../../contract/territory-and-register/activities.ts'
import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { finerActivities, finerActivity } from './activities.queries.ts'
import { searchActivities } from './activity-search-rules.ts'

const shown = 30

export const listActivities = action(contract.listActivities, {
  load: async ({ query: { nomenclature, q, code } }, { db }) => {
    if (code !== undefined) return finerActivity(db, readActivity(code))
    if (q === undefined) return []
    return searchActivities(await finerActivities(db, nomenclature ?? 'NAFRev2'), q, shown)
  },
  may: () => true, // public reference data
  run: async found => ({
    items: found.map(({ nomenclature, code, label }) => ({
      code: writeActivity({ nomenclature: nomenclature as Nomenclature, code }),
      label,
    })),
    next: null,
  }),
})
