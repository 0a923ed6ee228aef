import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { readCommunes, readEditions, readLinks, readTerritory } from './territories.queries.ts'

const larger = ['national', 'region', 'departement', 'clpe', 'epci']

export const getTerritory = action(contract.getTerritory, {
  load: async ({ params: { territoryId } }, { db }) => {
    const [territory, links, communes, editions] = await Promise.all([
      readTerritory(db, territoryId),
      readLinks(db, territoryId),
      readCommunes(db, territoryId),
      readEditions(db, territoryId),
    ])
    return { territory, links, communes, editions }
  },
  may: () => true, // public geography
  run: async ({ territory, links, communes, editions }) => ({
    ...territory,
    communes,
    editions,
    parents: links.filter(t => larger.indexOf(t.kind) < larger.indexOf(territory.kind)),
    epcis: territory.kind === 'epci' ? [] : links.filter(t => t.kind === 'epci'),
  }),
})
