import { sql } from 'kysely'
import { askedOf, readFilters } from '../../../contract/territory-and-register/search-address.ts'
import { portfolioFilterOf, targetFilterOf } from '../../../contract/work-with-employers/saved-views/list-addresses.ts'
import type { Db } from '../../platform/database.ts'
import { foundRows } from '../../territory-and-register/establishments/search.queries.ts'
import { filterOf } from '../../territory-and-register/establishments/search-reading.ts'
import { readTerms, soughtAsTyped } from '../../territory-and-register/establishments/search-terms.ts'
import { isNotToContact } from '../campaigns/references.queries.ts'
import { matching } from '../campaigns/targets.queries.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { portfolioSirets } from '../portfolio/portfolio.queries.ts'
import type { ViewedList } from '../saved-views/view-rules.ts'

export interface Viewed {
  readonly list: ViewedList
  readonly campaignId: string | null
  readonly address: Readonly<Record<string, string>>
}
export interface When {
  readonly now: Date
  readonly today: string
}
interface Row {
  readonly siret: number
}

/**
 * The SIRETs that a view finds for who is entered, `most` at most, in no order: the statements of its page, under the
 * same policies, whether the web or the worker asks.
 */
export const linesOf = async (db: Db, view: Viewed, { now, today }: When, most: number): Promise<number[]> => {
  const queries = {
    targets: () =>
      sql<Row>`select t.siret from campaign_targets t
        where ${matching(view.campaignId!, targetFilterOf(view.address))} limit ${most}`,
    portfolio: () => portfolioSirets(parisMoment(now, today), portfolioFilterOf(view.address), most),
    search: () => searched(db, view.address, today, most),
  }
  const query = await queries[view.list]()
  return query ? (await db.all(query)).map(({ siret }) => siret) : []
}

/** Words are taken as they were typed: near names come and go with the lexicon, and would make news. */
const searched = async (db: Db, address: Readonly<Record<string, string>>, today: string, most: number) => {
  const asked = askedOf(readFilters(address).filters, today)
  if (!asked) return undefined
  const terms = asked.q === undefined ? undefined : readTerms(asked.q)
  const looked = terms?.kind === 'words' ? soughtAsTyped(terms.words) : terms
  if (terms && !looked) return undefined
  const filter = await filterOf(db, asked, terms, today)
  return sql<Row>`select e.siret from ${foundRows({ filter, ...(looked ? { looked } : {}) })} e limit ${most}`
}

/** Which of these are not to be contacted that day. */
export const notToContactAmong = async (db: Db, sirets: readonly number[], today: string): Promise<Set<number>> => {
  const rows = await db.all(sql<Row>`select s.siret from unnest(${sirets}::bigint[]) s (siret)
    where ${isNotToContact('s.siret', today)}`)
  return new Set(rows.map(({ siret }) => siret))
}
