import type { Static } from 'typebox'
import type { Establishment } from '../../../contract/territory-and-register/establishments.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { readRefs, readRefsOf } from '../territories/territories.queries.ts'
import { countSiblings, listSiblings, readCompany, readSuccessions } from './company.queries.ts'
import { readEstablishment } from './establishments.queries.ts'
import { readProvisional } from './provisional.queries.ts'
import { provisionalCard, typedReply } from './provisional-reply.ts'

const siblingsShown = 10

/** The whole card for a viewer: the register's, or the provisional one while the register does not know the SIRET. */
export const readCard = async (
  db: Db,
  siret: number,
  today: string,
): Promise<(viewer: Viewer) => Static<typeof Establishment>> => {
  const [card, company, counts, siblings, successions, provisional, territories] = await Promise.all([
    readEstablishment(db, siret, today),
    readCompany(db, Math.floor(siret / 100_000)),
    countSiblings(db, siret),
    listSiblings(db, siret, { closed: false, limit: siblingsShown }, today),
    readSuccessions(db, siret),
    readProvisional(db, siret),
    readRefsOf(db, siret),
  ])
  const typed = card || !provisional?.known ? provisional : undefined
  const typedIds = card
    ? []
    : [found(typed)].flatMap(t => [t.regionId, t.departementId, t.epciId, t.clpeId]).filter(id => id !== null)
  const links = (before: boolean) =>
    successions
      .filter(s => s.before === before)
      .map(({ before: _, ...link }) => ({ ...link, siret: siretText(link.siret) }))
  const around = {
    territories: typedIds.length ? await readRefs(db, typedIds) : territories,
    company: company ? { ...company, registerUpdatedAt: company.registerUpdatedAt?.toISOString() ?? null } : null,
    predecessors: links(true),
    successors: links(false),
    siblings: { ...counts, items: siblings.map(({ line }) => line) },
  }
  if (!card) return viewer => ({ ...provisionalCard(typed!, viewer), ...around })
  return () => ({
    ...card.line,
    activities: card.activities,
    legalName: card.legalName,
    acronym: card.acronym,
    legalCategory: card.legalCategory,
    address: card.address,
    postalCode: card.postalCode,
    position: card.latitude === null || card.longitude === null ? null : { lat: card.latitude, lon: card.longitude },
    createdOn: card.createdOn,
    closedOn: card.closedOn,
    registerUpdatedAt: card.registerUpdatedAt?.toISOString() ?? null,
    importedAt: card.updatedAt.toISOString(),
    typed: typed ? typedReply(typed, card.line.partialDiffusion) : null,
    ...around,
  })
}
