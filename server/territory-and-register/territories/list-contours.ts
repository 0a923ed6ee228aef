import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { communeContours, communePlaces, territoryContours } from './contours.queries.ts'
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
    const items =
      of === 'commune' ? await communeContours(db, territoryId) : await territoryContours(db, territoryId, of)
    // Where nothing was imported, the names of communes are the ground. A region has too many of them.
    const named = kind !== 'national' && kind !== 'region' && (of === 'commune' || items.length === 0)
    const sources = [...new Set(items.flatMap(({ source }) => source ?? []))].sort()
    return { of, items, sources, places: named ? await communePlaces(db, territoryId, of === 'commune') : [] }
  },
  may: () => true, // public geography
  run: async contours => contours,
})
