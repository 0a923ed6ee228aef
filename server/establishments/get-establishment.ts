import * as contract from '../../contract/establishments.ts'
import { action } from '../platform/action.ts'
import { siretText } from '../platform/siret.ts'
import { readRefs } from '../territories/territories.queries.ts'
import { countSiblings, listSiblings, readCompany, readSuccessions } from './company.queries.ts'
import { readEstablishment } from './establishments.queries.ts'

const siblingsShown = 10

export const getEstablishment = action(contract.getEstablishment, {
  load: async ({ params }, { db, today }) => {
    const siret = Number(params.siret)
    const [card, company, counts, siblings, successions] = await Promise.all([
      readEstablishment(db, siret, today), readCompany(db, Math.floor(siret / 100_000)), countSiblings(db, siret), listSiblings(db, siret, { closed: false, limit: siblingsShown }, today), readSuccessions(db, siret),
    ])
    return { card, company, siblings: { ...counts, items: siblings.map(({ line }) => line) }, successions, territories: card.territoryIds.length ? await readRefs(db, card.territoryIds) : [] }
  },
  may: () => true, // the register is public; what it does not diffuse is not stored
  run: async ({ card, company, siblings, successions, territories }) => {
    const links = (before: boolean) => successions.filter(s => s.before === before).map(({ before: _, ...link }) => ({ ...link, siret: siretText(link.siret) }))
    return {
      ...card.line, activities: card.activities,
      legalName: card.legalName, acronym: card.acronym, legalCategory: card.legalCategory, address: card.address, postalCode: card.postalCode,
      position: card.latitude === null || card.longitude === null ? null : { lat: card.latitude, lon: card.longitude },
      createdOn: card.createdOn, closedOn: card.closedOn, territories, registerUpdatedAt: card.registerUpdatedAt?.toISOString() ?? null, importedAt: card.updatedAt.toISOString(),
      company: company ? { ...company, registerUpdatedAt: company.registerUpdatedAt?.toISOString() ?? null } : null, predecessors: links(true), successors: links(false), siblings,
    }
  },
})
