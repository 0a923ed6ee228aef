import type pg from 'pg'
import type { RegisterKind } from './file-layout.ts'
import type { Scope } from './merge.queries.ts'
import { prepareStaging } from './prepare-import.queries.ts'
import { layoutOf, type RegisterLine } from './sirene-records.ts'

/** The next page to read. */
export interface Reached {
  readonly day: string
  readonly cursor: string
  readonly readOfDay: number
}
export interface Run extends Reached {
  readonly since: string
  readonly until: string
}

/** What the imports of this register kept, all together: the updates keep to it. */
export const registerScope = async (client: pg.ClientBase): Promise<Scope> => {
  const {
    rows: [row],
  } = await client.query<{ whole: boolean | null; area: number[] | null; active_only: boolean | null }>(`
    select bool_or(area is null) as whole, bool_and(active_only) as active_only, (select array_agg(distinct territory)
      from register_imports x, unnest(x.area) t (territory)) as area from register_imports`)
  return { area: row!.whole === false ? (row!.area ?? []) : null, activeOnly: row!.active_only ?? false }
}

/**
 * Where to go on. A run under way goes on to the last whole day. Otherwise, or from another first day, a new run
 * begins.
 * Its first day is the last one read: records published late are read, and reading twice changes nothing.
 * Undefined when the register does not say from when.
 */
export const takeUp = async (
  client: pg.ClientBase,
  collection: RegisterKind,
  since: string | undefined,
  yesterday: string,
): Promise<Run | undefined> => {
  const {
    rows: [run],
  } = await client.query<Run>(
    `
    insert into register_updates as r (collection, since, until, day)
    select $1, first, $3, first from (select coalesce($2::date, (select day - 1 from register_updates
      where collection = $1), (select max(register_updated_at)::date
      from ${collection === 'units' ? 'legal_units' : 'establishments'})) as first) f
    where first is not null
    on conflict (collection) do update set until = excluded.until, updated_at = now(),
      since = case when r.day <= r.until and r.since = coalesce($2::date, r.since) then r.since else excluded.since end,
      day = case when r.day <= r.until and r.since = coalesce($2::date, r.since) then r.day else excluded.day end,
      cursor = case when r.day <= r.until and r.since = coalesce($2::date, r.since) then r.cursor else '*' end,
      read_of_day = case when r.day <= r.until and r.since = coalesce($2::date, r.since) then r.read_of_day else 0 end
    returning since::text, until::text, day::text, cursor, read_of_day as "readOfDay"`,
    [collection, since ?? null, yesterday],
  )
  return run
}

export const saveReached = async (
  client: pg.ClientBase,
  collection: RegisterKind,
  { day, cursor, readOfDay }: Reached,
): Promise<void> => {
  await client.query(
    'update register_updates set day = $2, cursor = $3, read_of_day = $4, updated_at = now() where collection = $1',
    [collection, day, cursor, readOfDay],
  )
}

/** Lines into the staging table of the files, for the merge of the files. */
export const stage = async (
  client: pg.ClientBase,
  kind: RegisterKind,
  lines: readonly RegisterLine[],
): Promise<void> => {
  await prepareStaging(client, layoutOf(kind))
  await client.query('delete from judged')
  await client.query('insert into staged select * from jsonb_populate_recordset(null::staged, $1::jsonb)', [
    JSON.stringify(lines),
  ])
}

/** Of these legal units, those that the register lacks or holds under another diffusion. */
export const unitsToBring = async (client: pg.ClientBase, units: readonly RegisterLine[]): Promise<Set<string>> => {
  const { rows } = await client.query<{ siren: string }>(
    `
    select x.siren from unnest($1::text[], $2::text[]) x (siren, diffusion) left
      join legal_units u on u.siren = x.siren::bigint where u.diffusion is distinct from x.diffusion`,
    [units.map(u => u['siren']), units.map(u => u['statutdiffusionunitelegale'])],
  )
  return new Set(rows.map(r => r.siren))
}

/**
 * Held until the commit: another import that changes this unit meanwhile then finds the establishment written beside
 * it.
 */
export const holdUnit = (client: pg.ClientBase, siren: string) =>
  client.query('select from legal_units where siren = $1 for share', [siren])
