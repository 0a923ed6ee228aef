import type { Action } from '../platform/action.ts'
import { getEstablishment } from './get-establishment.ts'
import { searchEstablishments } from './search-establishments.ts'

export const establishments: readonly Action[] = [searchEstablishments, getEstablishment]
