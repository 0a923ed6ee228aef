import type { Query } from '../../../contract/route.ts'
import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action, type ReadContext } from '../../platform/action.ts'
import { cursorOf, keyShapes, readCursor } from '../../platform/cursor.ts'
import { isSiret, siretText } from '../../platform/siret.ts'
import { knowsOnlyPlace, notedEstablishments } from './noted.queries.ts'
import { type NotedSought, notedSought } from './noted-rules.ts'
import { type Provisional, provisionalNamed, readProvisional, registerHolds } from './provisional.queries.ts'
import { provisionalLine } from './provisional-reply.ts'
import { mostCounted } from './search.queries.ts'
import { type Found, filterOf, type How, pageOf, reachedBy, searchWords } from './search-reading.ts'
import { readTerms } from './search-terms.ts'
import { mayLookBy } from './sought.policy.ts'

/** Of a whole SIRET that the register lacks: what was typed of it, if anything. */
interface Searched extends Found {
  readonly limit: number
  readonly lacking?: { readonly siret: string; readonly typed: Provisional | undefined } | undefined
  readonly named?: readonly Provisional[]
}

const termsOf = ({ q }: Pick<Asked, 'q'>) => (q === undefined ? undefined : readTerms(q))
type Asked = Query<typeof contract.searchEstablishments>

/** A search needs no correction when a card or a partner has these very words. */
const isCorrected = ({ how }: Pick<Found, 'how'>) => how === 1 || how === 3
const nothingAsTyped = ({ q, total }: Asked, limit: number): Searched => ({
  ...{ limit, hits: [], total: total ? 0 : undefined, how: 0, looked: null },
  understood: `Nom ou commune : ${q?.trim()}`,
})

const find = async (query: Asked, { db, today }: Pick<ReadContext, 'db' | 'today'>): Promise<Searched> => {
  const terms = termsOf(query)
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
  const filter = await filterOf(db, query, terms, today)
  const page = pageOf(db, today, filter, {
    limit,
    after,
    total: query.total,
    sort: query.sort,
  })
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
  // Provisional cards of that name follow the register's last line.
  const room = limit - found.hits.length
  const named =
    room > 0 && terms.words.length > 0 && knowsOnlyPlace(filter)
      ? await provisionalNamed(db, terms.words, query.territory, room)
      : []
  if (named.length && isCorrected(found)) return { ...nothingAsTyped(query, limit), named }
  return { limit, ...found, named }
}

/** Of the first page: what only the words of partners find. Corrected, the words are looked for as they were read. */
const findNoted = async (query: Asked, found: Promise<Searched>, { db, today }: Pick<ReadContext, 'db' | 'today'>) => {
  const sought = query.after === undefined && query.q !== undefined ? notedSought(query.q) : undefined
  if (!sought) return { noted: [], asTyped: false }
  const filter = await filterOf(db, query, termsOf(query), today)
  const read = (of: NotedSought) => notedEstablishments(db, of, filter, today)
  const noted = await read(sought)
  if (noted.length > 0) return { noted, asTyped: true }
  const { looked, how } = await found
  if (!how || !looked || 'from' in looked) return { noted, asTyped: false }
  const asked = looked.wide ?? looked.whole
  return { noted: await read({ asked, some: asked }), asTyped: false }
}

export const searchEstablishments = action(contract.searchEstablishments, {
  load: async ({ query }, context) => {
    const found = find(query, context)
    const [all, { noted, asTyped }, reached] = await Promise.all([
      found,
      findNoted(query, found, context),
      reachedBy(context.db, query),
    ])
    return { ...(asTyped && isCorrected(all) ? nothingAsTyped(query, all.limit) : all), noted, reached }
  },
  // The register is public, and what it does not diffuse is not stored; hires and services are not public.
  may: (viewer, { reached }) => mayLookBy(viewer, reached),
  run: async ({ hits, limit, total, understood, how, lacking, named = [], unsorted, noted }) => {
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
      ...(noted.length ? { noted } : {}),
      next: last ? cursorOf([last.rank, last.key, last.siret, how]) : null,
      understood,
      ...(unsorted ? { unsorted } : {}),
      ...(lacking && isSiret(lacking.siret) ? { unknownSiret: lacking.siret } : {}),
      ...(total === undefined ? {} : { total: Math.min(total + named.length, mostCounted), more: total > mostCounted }),
    }
  },
})
