import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { findCommunes } from './territories.queries.ts'

const shown = 12

export const listCommunes = action(contract.listCommunes, {
  load: ({ query }, { db }) => findCommunes(db, query.q.trim(), shown),
  may: () => true, // public geography
  run: async items => ({ items, next: null }),
})
