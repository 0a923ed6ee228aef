/**
 * The register read: search and card; provisional establishments, typed by people, are written here.
 * Owns: tables provisional_establishments; acts establishment.*, establishments.exported.
 * Uses: territories.
 * Reads: accounts, communes, establishment_successions, establishments, hirings_recent, legal_units, naf, naf_correspondences,
 * organisations, search_lexicon, territories, territory_overlaps.
 * Start: `search-establishments.ts`; docs/search.md.
 */

import type { Action } from '../../platform/action.ts'
import { correctProvisional } from './correct-provisional.ts'
import { countFacets } from './count-facets.ts'
import { createProvisional } from './create-provisional.ts'
import { getEstablishment } from './get-establishment.ts'
import { listSiblings } from './list-siblings.ts'
import { searchEstablishments } from './search-establishments.ts'
import { withdrawProvisional } from './withdraw-provisional.ts'

export const establishments: readonly Action[] = [
  searchEstablishments,
  countFacets,
  getEstablishment,
  listSiblings,
  createProvisional,
  correctProvisional,
  withdrawProvisional,
]
