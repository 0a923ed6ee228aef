import type { Query } from '../../../contract/route.ts'
import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action, type ReadContext } from '../../platform/action.ts'
import { type Counts, countFacets as count, countHires, readTerritories } from './search-facets.queries.ts'
import { filterOf, pageOf, reachedBy, searchWords } from './search-reading.ts'
import { readTerms } from './search-terms.ts'
import { mayLookBy } from './sought.policy.ts'

const nothing: Counts = {
  territories: [],
  activities: [],
  sizes: [],
  legalNatures: [],
  companySizes: [],
  employer: [],
  active: [],
  hires: [],
}

const read = async (query: Query<typeof contract.countFacets>, { db, today }: Pick<ReadContext, 'db' | 'today'>) => {
  const terms = query.q === undefined ? undefined : readTerms(query.q)
  if (!terms && !query.territory) return nothing
  const filter = await filterOf(db, query, terms, today)
  // Counts follow the final search, corrected or not.
  const looked =
    terms?.kind === 'words'
      ? (await searchWords(db, terms, pageOf(db, today, filter, { limit: 3 }), undefined)).looked
      : terms
  if (looked === null) return nothing
  const zones = await readTerritories(db, query.territory)
  const asked = { looked, filter }
  const [counts, hires] = await Promise.all([count(db, asked, zones, today), countHires(db, asked)])
  return { ...counts, hires }
}

export const countFacets = action(contract.countFacets, {
  load: async ({ query }, context) => {
    const [counts, reached] = await Promise.all([read(query, context), reachedBy(context.db, query)])
    return { counts, reached }
  },
  // The register is public, and what it does not diffuse is not stored; hires and services are not public.
  may: (viewer, { reached }) => mayLookBy(viewer, reached),
  run: async ({ counts }) => counts,
})
