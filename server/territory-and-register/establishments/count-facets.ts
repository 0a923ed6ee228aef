import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action } from '../../platform/action.ts'
import { type Counts, countFacets as count, readTerritories } from './search-facets.queries.ts'
import { filterOf, pageOf, searchWords } from './search-reading.ts'
import { readTerms } from './search-terms.ts'

const nothing: Counts = {
  territories: [],
  activities: [],
  sizes: [],
  legalNatures: [],
  companySizes: [],
  employer: [],
  active: [],
}

export const countFacets = action(contract.countFacets, {
  load: async ({ query }, { db, today }) => {
    const terms = query.q === undefined ? undefined : readTerms(query.q)
    if (!terms && !query.territory) return nothing
    const filter = await filterOf(db, query, terms, today)
    // Counts follow the final search, corrected or not.
    const looked =
      terms?.kind === 'words'
        ? (await searchWords(db, terms, pageOf(db, today, filter, { limit: 3 }), undefined)).looked
        : terms
    return looked === null ? nothing : count(db, { looked, filter }, await readTerritories(db, query.territory), today)
  },
  may: () => true, // the register is public; what it does not diffuse is not stored
  run: async counts => counts,
})
