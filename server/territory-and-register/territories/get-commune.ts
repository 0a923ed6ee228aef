import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { readCommune } from './territories.queries.ts'

const how: Record<string, string> = {
  retired: 'ancien code',
  delegated: 'commune déléguée ou associée',
  'municipal-district': 'arrondissement municipal',
}

export const getCommune = action(contract.getCommune, {
  load: ({ params, query }, { db, today }) => readCommune(db, params.code, query.on ?? today),
  may: () => true, // public geography
  run: async (commune, { params }) => ({
    asked: params.code,
    code: commune.code,
    name: commune.name,
    territories: commune.territories,
    resolved: commune.code === params.code ? null : { how: how[commune.how ?? ''] ?? 'ancien code', on: commune.day },
  }),
})
