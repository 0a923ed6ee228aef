import { type RawBuilder, sql } from 'kysely'
import type { channels } from '../../../contract/work-with-employers/exchanges.ts'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import { metPerson } from '../correspondents/met-person.queries.ts'
import { saidOf } from './next-actions.queries.ts'

export interface ExchangeFilter {
  readonly siret?: number | undefined
  /** Those of all the establishments of its company. */
  readonly company?: boolean | undefined
  readonly campaign?: string | undefined
  readonly organisation?: string | undefined
  readonly author?: string | undefined
  readonly correspondent?: string | undefined
  readonly channel?: (typeof channels)[number] | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Of the history of an employer, what its exchanges, notes and needs all answer to. */
export type HistoryFilter = Pick<ExchangeFilter, 'company' | 'organisation' | 'author' | 'from' | 'to'> & {
  readonly siret: number
}

/**
 * Whether what was said in `x` is the asker's to read. Of the other exchanges, a filter tells no more than the list:
 * their structure and their day (EST-11).
 */
const told = sql<boolean>`exists (select from exchange_contents t where t.exchange_id = x.id)`
/** Asked of one employer, also what was said of a campaign that does not count it: the list shows both. */
const saidFor = (campaign: string, ofOne: boolean) =>
  ofOne
    ? sql`(x.campaign_id = ${campaign}::uuid or x.left_out_campaign_id = ${campaign}::uuid)`
    : sql`x.campaign_id = ${campaign}::uuid`
/** As the list names them: by the card that keeps them today, if the asker reads it, and those that it absorbed. */
const met = (correspondent: string) => sql`exists (select from exchange_contents t
    where t.exchange_id = x.id and t.correspondent_id in (select correspondent_cards(${correspondent}::uuid)))
  and exists (select from correspondents c where c.id = ${correspondent}::uuid and c.merged_into is null)`

/** Of the exchange `x`. */
export const matching = (filter: ExchangeFilter): RawBuilder<unknown> => {
  const { siret, company, campaign, organisation, author, correspondent, channel, from, to } = filter
  return sql.join(
    [
      sql`true`,
      ...(siret === undefined ? [] : [company ? ofSameCompany('x.siret', siret) : sql`x.siret = ${siret}`]),
      ...(organisation === undefined ? [] : [sql`x.organisation_id = ${organisation}::uuid`]),
      ...(from === undefined ? [] : [sql`x.occurred_on >= ${from}::date`]),
      ...(to === undefined ? [] : [sql`x.occurred_on <= ${to}::date`]),
      ...(campaign === undefined ? [] : [saidFor(campaign, siret !== undefined), told]),
      ...(author === undefined ? [] : [sql`x.author_id = ${author}::uuid`, told]),
      ...(correspondent === undefined ? [] : [met(correspondent)]),
      ...(channel === undefined
        ? []
        : [sql`exists (select from exchange_contents t where t.exchange_id = x.id and t.channel = ${channel})`]),
    ],
    sql` and `,
  )
}

export interface Structure {
  readonly id: string
  readonly name: string
  readonly kind: string
}
export interface Advisor {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface Named {
  readonly id: string
  readonly name: string
}
type Place = Pick<ExchangeFilter, 'siret' | 'company'>

/** What the exchanges of an employer can be narrowed to: nothing that a line of the list would not tell the asker. */
export const structuresOfExchanges = (db: Db, place: Place): Promise<Structure[]> =>
  db.all(sql<Structure>`select o.id, o.name, o.kind from organisations o
    where o.id in (select x.organisation_id from exchanges x where ${matching(place)})`)
export const advisorsOfExchanges = (db: Db, place: Place): Promise<Advisor[]> =>
  db.all(sql<Advisor>`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from accounts a
    where a.id in (select x.author_id from exchanges x where ${matching(place)} and ${told})`)
export const campaignsOfExchanges = (db: Db, place: Place): Promise<Named[]> =>
  db.all(sql<Named>`select c.id, c.name from campaigns c
    where c.id in (select ${saidOf('x')} from exchanges x where ${matching(place)} and ${told})`)
export const correspondentsMet = (db: Db, place: Place): Promise<Named[]> =>
  db.all(sql<Named>`select distinct m.id, m.name from (select distinct t.correspondent_id from exchanges x
      join exchange_contents t on t.exchange_id = x.id
      where ${matching(place)} and t.correspondent_id is not null) t ${metPerson}
    where m.name <> ''`)
