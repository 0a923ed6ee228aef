import type { Action } from '../platform/action.ts'
import { countFacets } from './count-facets.ts'
import { createProvisional } from './create-provisional.ts'
import { getEstablishment } from './get-establishment.ts'
import { listSiblings } from './list-siblings.ts'
import { searchEstablishments } from './search-establishments.ts'

export const establishments: readonly Action[] = [searchEstablishments, countFacets, getEstablishment, listSiblings, createProvisional]
