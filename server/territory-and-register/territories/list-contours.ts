import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { communeContours, territoryContours } from './contours.queries.ts'
import { readTerritory } from './territories.queries.ts'

/** Default contours of the map of each kind of territory. */
const children = {
  national: 'departement',
  region: 'departement',
  departement: 'epci',
  clpe: 'commune',
  epci: 'commune',
} as const

export const listContours = action(contract.listContours, {
  load: async ({ params: { territoryId }, query }, { db }) => {
    const { kind } = await readTerritory(db, territoryId)
    const of = query.of ?? children[kind]
    if (of === 'commune' && (kind === 'national' || kind === 'region')) throw new Refused('territory/contours-too-fine')
    return {
      of,
      items: of === 'commune' ? await communeContours(db, territoryId) : await territoryContours(db, territoryId, of),
    }
  },
  may: () => true, // public geography
  run: async contours => contours,
})
