import * as contract from '../../contract/establishments.ts'
import { action } from '../platform/action.ts'
import { cursorOf, keyShapes, readCursor } from '../platform/cursor.ts'
import { mostCounted } from './establishments.queries.ts'
import { filterOf, type Found, type How, pageOf, searchWords } from './search-reading.ts'
import { readTerms } from './search-terms.ts'

export const searchEstablishments = action(contract.searchEstablishments, {
  load: async ({ query }, { db, today }) => {
    const terms = query.q === undefined ? undefined : readTerms(query.q)
    const after = readCursor(query.after, keyShapes.number, keyShapes.text, keyShapes.number, keyShapes.number)
    const limit = query.limit ?? 50
    // Without words nor territory there is nothing to look for.
    if (!terms && !query.territory) return { limit, hits: [], total: query.total ? 0 : undefined, how: 0, looked: null, understood: 'Saisissez un nom, un SIRET ou une commune, ou choisissez un territoire' } satisfies Found & { limit: number }
    const page = pageOf(db, today, filterOf(query, terms), { limit, after, total: query.total })
    if (terms?.kind !== 'words') return { limit, how: 0, looked: terms, ...await page(terms), understood: terms?.understood ?? 'Tous les établissements du territoire, par nom' } satisfies Found & { limit: number }
    return { limit, ...await searchWords(db, terms, page, after ? Number(after[3]) as How : undefined) }
  },
  may: () => true, // the register is public; what it does not diffuse is not stored
  run: async ({ hits, limit, total, understood, how }) => {
    const last = hits.length > limit ? hits[limit - 1] : undefined
    return {
      items: hits.slice(0, limit).map(h => ({ ...h.line, position: h.position })), next: last ? cursorOf([last.rank, last.key, last.siret, how]) : null, understood,
      ...(total === undefined ? {} : { total: Math.min(total, mostCounted), more: total > mostCounted }),
    }
  },
})
