import type pg from 'pg'
import { type Plan, touchable } from './build-state.queries.ts'
import type { Scope } from './merge.queries.ts'
import { type Index, indexesOf } from './swap.queries.ts'

/** Rows of units are looked up by number while the establishments are read. */
export const indexBuiltUnits = async (owner: pg.ClientBase): Promise<void> => {
  await owner.query(await indexStatement(owner, 'legal_units'))
  await owner.query('analyze register_build.legal_units')
}
const indexStatement = async (owner: pg.ClientBase, table: string) =>
  (await indexesOf(owner, table))
    .filter((i: Index) => i.primary)
    .map(i => i.beside)
    .join(';')

const namesOf = async (owner: pg.ClientBase, table: string): Promise<string[]> =>
  (
    await owner.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
        and attgenerated = '' order by attnum`,
      [`public.${table}`],
    )
  ).rows.map(r => r.name)

/** Beyond this share of its rows, a table is built anew. */
const few = 0.1
export const planOf = async (owner: pg.ClientBase, swappable: boolean): Promise<Plan> => {
  const share = async (table: string) => {
    const {
      rows: [row],
    } = await owner.query<{ held: number; written: number }>(
      `select (select count(*) from public.${table})::float8 as held, (select count(*)
        from register_build.${table})::float8 as written`,
    )
    return row!.written > row!.held * few
  }
  return {
    swap: {
      establishments: swappable && (await share('establishments')),
      legal_units: swappable && (await share('legal_units')),
    },
  }
}

const unitFacts =
  'legal_name = u.name, other_names = u.usual_names, acronym = u.acronym, legal_category = u.legal_category, company_size = company_size(u.size_category, u.headcount_band, u.employer), natural_person = u.natural_person, legal_unit_diffusion = u.diffusion, unit_hash = u.row_hash, updated_at = now()'
// Row hash 0: the next file of establishments writes the row anew, for what it now may show or must no longer.
const rowHash =
  'row_hash = case when e.legal_unit_diffusion is not distinct from u.diffusion and e.natural_person is not distinct from u.natural_person then e.row_hash else 0 end'
const hidden = `diffusion = 'N', row_hash = 0, updated_at = now()`
/** Applies changes and withdrawals of units to the establishments that no file wrote anew. */
const consequences = (table: string) => [
  `update ${table} e set ${unitFacts}, ${rowHash} from register_build.legal_units u where e.siren = u.siren
    and e.diffusion <> 'N' and e.unit_hash is distinct from u.row_hash
    ${table.startsWith('public') ? 'and not exists (select from register_build.establishments b where b.siret = e.siret)' : ''}`,
  `update ${table} e set legal_unit_diffusion = 'N', ${hidden} from register_build.import_withheld w
    where e.siren = w.siren and e.diffusion <> 'N'`,
  `update ${table} e set ${hidden} from register_build.withdrawn w where e.siret = w.siret and e.diffusion <> 'N'`,
]

/** The tables that are to take the place of the old ones: all that the files do not change is copied into them. */
export const complete = async (owner: pg.ClientBase, { swap }: Plan): Promise<void> => {
  if (swap.establishments) {
    const names = (await namesOf(owner, 'establishments')).join(', ')
    const { rowCount } = await owner.query(
      `insert into register_build.establishments (${names}) select ${names} from public.establishments e
        where not exists (select from register_build.establishments b where b.siret = e.siret)`,
    )
    if (rowCount) for (const statement of consequences('register_build.establishments')) await owner.query(statement)
  }
  if (swap.legal_units) {
    const names = (await namesOf(owner, 'legal_units')).join(', ')
    await owner.query(`insert into register_build.legal_units (${names}) select ${names} from public.legal_units u
      where not exists (select from register_build.legal_units b where b.siren = u.siren)
        and not exists (select from register_build.import_withheld w where w.siren = u.siren)`)
  }
}

export interface Absent {
  readonly count: number
  readonly sample: readonly string[]
}
/**
 * Rows of the register that a whole file lacks: none is expected, since INSEE removes no line.
 * Rows that are no longer diffused are expected to be gone.
 */
export const findAbsent = async (owner: pg.ClientBase): Promise<Absent> => {
  const {
    rows: [found],
  } = await owner.query<Absent>(`
    with given as materialized (select unnest(keys) as siret from register_build.seen where kind = 'establishments'
      and exists (select from public.establishments)),
    absent as materialized (select siret from public.establishments e where diffusion <> 'N'
      and not exists (select from given g where g.siret = e.siret))
    select (select count(*)::int from absent) as count, array(select lpad(siret::text, 14, '0') from absent
      order by siret limit 20) as sample`)
  return found!
}

/** The words of the table beside, counted while its indexes were built; gone when something changed since. */
export const words = 'register_build.words'
export const countedWords = async (owner: pg.ClientBase): Promise<string | null> =>
  (await owner.query<{ counted: string | null }>('select to_regclass($1)::text as counted', [words])).rows[0]!.counted

/** Others write no more from here to the end of the transaction; what they wrote since the beginning holds. */
export const reconcile = async (owner: pg.ClientBase, { swap }: Plan): Promise<void> => {
  await owner.query('lock table public.establishments, public.legal_units in share row exclusive mode')
  for (const table of Object.keys(touchable))
    await owner.query(`alter table public.${table} disable trigger register_build_touched`)
  const { rows } = await owner.query<{ name: string }>('select distinct name from register_build.touched')
  if (rows.length === 0) return
  await owner.query(`drop table if exists ${words}`)
  for (const [table, key] of Object.entries(touchable)) {
    await owner.query(
      `delete from register_build.${table} b using register_build.touched t where t.name = '${table}'
        and t.key = b.${key}`,
    )
    if (!swap[table as keyof typeof touchable]) continue
    const names = (await namesOf(owner, table)).join(', ')
    await owner.query(
      `insert into register_build.${table} (${names}) select ${names} from public.${table} p
        where exists (select from register_build.touched t where t.name = '${table}' and t.key = p.${key})`,
    )
  }
  await owner.query(
    `delete from register_build.withdrawn w using register_build.touched t where t.name = 'establishments'
      and t.key = w.siret`,
  )
  await owner.query(
    `delete from register_build.import_withheld w using register_build.touched t where t.name = 'legal_units'
      and t.key = w.siren`,
  )
  await owner.query(
    `update register_build.establishments e set ${unitFacts}, ${rowHash} from public.legal_units u
      join register_build.touched t on t.name = 'legal_units' and t.key = u.siren where e.siren = u.siren
      and e.diffusion <> 'N' and e.unit_hash is distinct from u.row_hash`,
  )
  await owner.query(`update register_build.establishments e set legal_unit_diffusion = 'N', ${hidden}
    from register_build.touched t
    where t.name = 'legal_units' and t.key = e.siren and e.diffusion <> 'N'
      and not exists (select from public.legal_units u where u.siren = e.siren)`)
}

/** Rows to write in the old tables, in the order of their keys. */
export const writeInPlace = async (owner: pg.ClientBase, { swap }: Plan): Promise<void> => {
  const upsert = async (table: keyof typeof touchable, guard = '') => {
    const names = await namesOf(owner, table)
    const key = touchable[table]
    const set = names
      .filter(n => n !== key && n !== 'first_imported_at')
      .map(n => `${n} = excluded.${n}`)
      .join(', ')
    await owner.query(
      `insert into public.${table} (${names.join(', ')}) select ${names.join(', ')}
        from register_build.${table} b ${guard} order by ${key} on conflict (${key}) do update set ${set}`,
    )
  }
  if (!swap.legal_units) {
    await upsert('legal_units')
    await owner.query('delete from public.legal_units u using register_build.import_withheld w where u.siren = w.siren')
  }
  if (!swap.establishments) {
    for (const statement of consequences('public.establishments')) await owner.query(statement)
    await upsert('establishments')
  }
}

/** Of a link given twice the newest is kept. For an area, those of the establishments held. */
export const writeLinks = async (
  owner: pg.ClientBase,
  { area }: Scope,
  { swap }: Plan,
): Promise<Record<string, number>> => {
  const {
    rows: [counts],
  } = await owner.query<Record<'repeated' | 'outside' | 'wanted' | 'new' | 'changed' | 'unchanged', number>>(
    `
    with once as materialized (select distinct on (predecessor, successor, linked_on) * from register_build.links
      order by predecessor, successor, linked_on, register_updated_at desc nulls last),
    wanted as materialized (select * from once l where not $1
      or exists (select from ${swap.establishments ? 'register_build' : 'public'}.establishments e
      where e.siret in (l.predecessor, l.successor))),
    written as (
      insert into public.establishment_successions as x select * from wanted
      on conflict (predecessor, successor, linked_on) do update
        set head_office_transfer = excluded.head_office_transfer, economic_continuity = excluded.economic_continuity,
        register_updated_at = excluded.register_updated_at
        where x.* is distinct from excluded.*
          and not coalesce(x.register_updated_at > excluded.register_updated_at, false)
      returning xmax = 0 as added)
    select n.*, wanted - "new" - changed as unchanged
      from (select (select count(*) from register_build.links)::int - (select count(*) from once)::int as repeated,
      (select count(*) from once)::int - (select count(*) from wanted)::int as outside,
      (select count(*) from wanted)::int as wanted, (select count(*) filter (where added) from written)::int as "new",
        (select count(*) filter (where not added) from written)::int as changed) n`,
    [area !== null],
  )
  const { repeated, outside, new: added, changed, unchanged } = counts!
  return Object.fromEntries(
    Object.entries({ repeated, outside, new: added, changed, unchanged }).filter(([, n]) => n > 0),
  )
}
