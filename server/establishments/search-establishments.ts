import * as contract from '../../contract/establishments.ts'
import { action } from '../platform/action.ts'
import { cursorOf, keyShapes, readCursor } from '../platform/cursor.ts'
import { countEstablishments, searchEstablishments as search } from './establishments.queries.ts'
import { readTerms } from './search-terms.ts'

export const searchEstablishments = action(contract.searchEstablishments, {
  load: async ({ query }, { db }) => {
    const terms = query.q === undefined ? undefined : readTerms(query.q)
    const after = readCursor(query.after, keyShapes.number, keyShapes.text, keyShapes.number)
    // Without words nor territory there is nothing to look for; without words the living are meant.
    if (!terms && !query.territory) return { understood: 'Saisissez un nom, un SIRET ou une commune, ou choisissez un territoire', hits: [], limit: 1, total: query.total ? 0 : undefined }
    const limit = query.limit ?? 50
    const asked = {
      terms, limit: limit + 1, after: after && { rank: Number(after[0]), name: after[1]!, siret: Number(after[2]) },
      filter: { territoryId: query.territory, activities: query.activity ? [query.activity] : undefined, sizes: query.size ? [query.size] : undefined, employer: query.employer, active: query.active ?? (terms ? undefined : true) },
    }
    const [hits, total] = await Promise.all([search(db, asked), query.total ? countEstablishments(db, asked) : undefined])
    return { hits, limit, total, understood: terms === undefined ? 'Tous les établissements du territoire, par nom' : terms.kind === 'number' ? terms.understood : `Nom, enseigne ou commune : ${terms.text}` }
  },
  may: () => true, // the register is public; what it does not diffuse is not stored
  run: async ({ hits, limit, total, understood }) => {
    const last = hits.length > limit ? hits[limit - 1] : undefined
    return { items: hits.slice(0, limit).map(h => h.line), next: last ? cursorOf([last.rank, last.key, last.siret]) : null, total, understood }
  },
})
