import * as contract from '../../contract/establishments.ts'
import { action } from '../platform/action.ts'
import { readRefs } from '../territories/territories.queries.ts'
import { readEstablishment, readSiblings } from './establishments.queries.ts'

export const getEstablishment = action(contract.getEstablishment, {
  load: async ({ params }, { db, today }) => {
    const siret = Number(params.siret)
    const [card, siblings] = await Promise.all([readEstablishment(db, siret, today), readSiblings(db, siret, today)])
    return { card, siblings, territories: card.territoryIds.length ? await readRefs(db, card.territoryIds) : [] }
  },
  may: () => true, // the register is public; what it does not diffuse is not stored
  run: async ({ card, siblings, territories }) => ({
    ...card.line, activities: card.activities,
    legalName: card.legalName, acronym: card.acronym, legalCategory: card.legalCategory, address: card.address, postalCode: card.postalCode,
    position: card.latitude === null || card.longitude === null ? null : { lat: card.latitude, lon: card.longitude },
    createdOn: card.createdOn, closedOn: card.closedOn, territories, registerUpdatedAt: card.registerUpdatedAt?.toISOString() ?? null, importedAt: card.updatedAt.toISOString(), siblings,
  }),
})
