import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action } from '../../platform/action.ts'
import { cursorOf, keyShapes, readCursor } from '../../platform/cursor.ts'
import { isSiret, siretText } from '../../platform/siret.ts'
import { type Provisional, provisionalNamed, readProvisional, registerHolds } from './provisional.queries.ts'
import { provisionalLine } from './provisional-reply.ts'
import { mostCounted } from './search.queries.ts'
import { type Found, filterOf, type How, pageOf, searchWords } from './search-reading.ts'
import { readTerms } from './search-terms.ts'

/** Of a whole SIRET that the register lacks: what was typed of it, if anything. */
interface Searched extends Found {
  readonly limit: number
  readonly lacking?: { readonly siret: string; readonly typed: Provisional | undefined } | undefined
  readonly named?: readonly Provisional[]
}

export const searchEstablishments = action(contract.searchEstablishments, {
  load: async ({ query }, { db, today }): Promise<Searched> => {
    const terms = query.q === undefined ? undefined : readTerms(query.q)
    const after = readCursor(query.after, keyShapes.number, keyShapes.text, keyShapes.number, keyShapes.number)
    const limit = query.limit ?? 50
    // Without words nor territory there is nothing to look for.
    if (!terms && !query.territory)
      return {
        limit,
        hits: [],
        total: query.total ? 0 : undefined,
        how: 0,
        looked: null,
        understood: 'Saisissez un nom, un SIRET ou une commune, ou choisissez un territoire',
      }
    const page = pageOf(db, today, filterOf(query, terms), { limit, after, total: query.total })
    if (terms?.kind === 'number' && terms.from === terms.to && !after) {
      const [found, typed, held] = await Promise.all([
        page(terms),
        readProvisional(db, terms.from),
        registerHolds(db, terms.from),
      ])
      return {
        limit,
        how: 0,
        looked: terms,
        ...found,
        understood: terms.understood,
        lacking: held ? undefined : { siret: siretText(terms.from), typed },
      }
    }
    if (terms?.kind !== 'words')
      return {
        limit,
        how: 0,
        looked: terms,
        ...(await page(terms)),
        understood: terms?.understood ?? 'Tous les établissements du territoire, par nom',
      }
    const found = await searchWords(db, terms, page, after ? (Number(after[3]) as How) : undefined)
    // Provisional cards of that name follow the register's last line. They know no activity, size or state to filter
    // by.
    const room = limit - found.hits.length
    const named =
      room > 0 &&
      terms.words.length > 0 &&
      !query.activity &&
      !query.size &&
      query.employer === undefined &&
      query.active !== false
        ? await provisionalNamed(db, terms.words, query.territory, room)
        : []
    // A search needs no correction when a card has these very words.
    if (named.length && (found.how === 1 || found.how === 3))
      return {
        limit,
        hits: [],
        total: query.total ? 0 : undefined,
        how: 0,
        looked: null,
        understood: `Nom ou commune : ${terms.text}`,
        named,
      }
    return { limit, ...found, named }
  },
  may: () => true, // the register is public; what it does not diffuse is not stored
  run: async ({ hits, limit, total, understood, how, lacking, named = [] }) => {
    if (lacking?.typed)
      return {
        items: [{ ...provisionalLine(lacking.typed), position: null }],
        next: null,
        understood: `${understood} : fiche provisoire`,
        ...(total === undefined ? {} : { total: 1 }),
      }
    const last = hits.length > limit ? hits[limit - 1] : undefined
    return {
      items: [
        ...hits.slice(0, limit).map(h => ({ ...h.line, position: h.position })),
        ...named.map(p => ({ ...provisionalLine(p), position: null })),
      ],
      next: last ? cursorOf([last.rank, last.key, last.siret, how]) : null,
      understood,
      ...(lacking && isSiret(lacking.siret) ? { unknownSiret: lacking.siret } : {}),
      ...(total === undefined ? {} : { total: Math.min(total + named.length, mostCounted), more: total > mostCounted }),
    }
  },
})
