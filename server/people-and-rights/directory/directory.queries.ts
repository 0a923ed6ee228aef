import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import type { DirectoryLine } from '../../../contract/people-and-rights/directory.ts'
import type { Tool } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'

type Line = Static<typeof DirectoryLine>
export interface DirectoryFilter {
  /** Beginnings of words, of a-z and 0-9 alone. */
  readonly words: readonly string[]
  readonly organisation?: string | undefined
  readonly tool?: Tool | undefined
  readonly territory?: number | undefined
}
/** Of a row `d` of the directory: who it is, as every account is read. */
const who = sql`a.id, a.given_name, a.family_name, a.function,
  (select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = a.organisation_id) as organisation, d.civility, d.agency, d.away_until, d.holds`
const joined = (rows: RawBuilder<unknown>) => sql`from ${rows} d join accounts a on a.id = d.account_id`

/** One row more than asked. `after`: the sort key and the id of the last one shown. */
export const listDirectory = (
  db: Db,
  { words, organisation, tool, territory }: DirectoryFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<(Line & { readonly sortKey: string })[]> =>
  db.all(sql<Line & { sortKey: string }>`
    select ${who}, d.sort_key ${joined(sql`ctx.directory(${[...words]}::text[], ${organisation ?? null}::uuid,
      ${tool ?? null}::text, ${territory ?? null}::int, ${after?.[0] ?? null}::text, ${after?.[1] ?? null}::uuid,
      ${limit + 1})`)} order by d.sort_key, a.id`)

export type Card = Line & {
  readonly workEmail: string | null
  readonly phone: string | null
  readonly phoneHidden: boolean
}
export const findCard = (db: Db, accountId: string): Promise<Card | undefined> =>
  db.first(sql<Card>`select ${who}, d.email as work_email, d.phone, d.phone_hidden
    ${joined(sql`ctx.directory_card(${accountId}::uuid)`)}`)

export interface OwnEntryRow {
  readonly accountId: string
  readonly civility: Line['civility']
  readonly phoneNumber: string | null
  readonly phoneHidden: boolean
  readonly agency: Line['agency']
  readonly version: number
  readonly agencies: readonly { readonly id: string; readonly name: string }[]
  readonly listed: boolean
}
/** Of the viewer; before anything was said, version 0. */
export const ownEntry = async (db: Db): Promise<OwnEntryRow> =>
  (await db.first(sql<OwnEntryRow>`select a.id as account_id, e.civility, e.phone as phone_number,
    coalesce(e.phone_hidden, false) as phone_hidden, coalesce(e.version, 0) as version,
    (select jsonb_build_object('id', y.id, 'name', y.name) from agencies y where y.id = e.agency_id
      and y.closed_at is null) as agency,
    (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'name', y.name)
      order by y.name collate "fr-x-icu", y.id), '[]') from agencies y
      where y.organisation_id = a.organisation_id and y.closed_at is null) as agencies,
    (select ctx.holds_a_grant()) as listed
    from accounts a left join directory_entries e on e.account_id = a.id where a.id = (select ctx.account())`))!

export interface NewEntry {
  readonly accountId: string
  readonly organisationId: string
  readonly civility: Line['civility']
  readonly phone: string | null
  readonly phoneHidden: boolean
  readonly agencyId: string | null
  readonly changedAt: Date
}
/** False when it was changed meanwhile, on another device. */
export const saveEntry = async (db: Db, entry: NewEntry, version: number): Promise<boolean> =>
  (await db.run(sql`
    insert into directory_entries (account_id, organisation_id, civility, phone, phone_hidden, agency_id, version,
      changed_at)
    values (${entry.accountId}::uuid, ${entry.organisationId}::uuid, ${entry.civility}, ${entry.phone},
      ${entry.phoneHidden}, ${entry.agencyId}::uuid, 1, ${entry.changedAt})
    on conflict (account_id) do update set civility = excluded.civility, phone = excluded.phone,
      phone_hidden = excluded.phone_hidden, agency_id = excluded.agency_id, version = directory_entries.version + 1,
      changed_at = excluded.changed_at
      where directory_entries.version = ${version}`)) === 1
