import type pg from 'pg'
import { type Layout, layouts, type RegisterKind } from './file-layout.ts'
import { prepareCodes, readUnknownCodes, type UnknownCodes } from './unknown-codes.queries.ts'

/*
 * The import's statements. Each batch is one transaction: COPY into a temporary table of text, judge each row, write
 * what is new or changed: in the register itself for a page of the updates, beside it (beside.queries.ts) for a batch
 * of the files.
 */

/**
 * What became of the rows of one batch. A row older than the register's own leaves it unchanged: a month's file read
 * after the updates does not undo them.
 */
export type Verdict =
  | 'new'
  | 'changed'
  | 'closed'
  | 'reopened'
  | 'unchanged'
  | 'withdrawn'
  | 'undiffused'
  | 'outside'
  | 'inactive'
  | 'repeated'
export const kept = [
  'new',
  'changed',
  'closed',
  'reopened',
  'unchanged',
  'withdrawn',
] as const satisfies readonly Verdict[]

export interface Scope {
  /** Territory ids; null for the whole register. */
  readonly area: readonly number[] | null
  readonly activeOnly: boolean
}

/** A published value: trimmed, null when empty or masked. */
const v = (column: string) => `nullif(nullif(btrim(s.${column}), ''), '[ND]')`
const flag = (column: string) => `case s.${column} when 'O' then true when 'N' then false end`
const year = (column: string) => `case when s.${column} ~ '^\\d{4}$' then s.${column}::int end`
/** INSEE has written both; we keep one. */
const nomenclature = (column: string) => `case ${v(column)} when 'NAF2025' then 'NAF25' else ${v(column)} end`
const metres = (column: string) => `case when s.${column} ~ '^-?\\d{1,8}(\\.\\d{1,9})?$' then s.${column}::float8 end`
const hash = (kind: RegisterKind) =>
  `hashtextextended(row(${[...layouts[kind].required, ...layouts[kind].used].map(c => `s.${c}`).join(', ')})::text, 0)`

/** What the files say of an establishment, and the keys of where it lies. */
const writtenColumns =
  `siret siren nic sign usual_name legal_name other_names acronym naf naf_nomenclature naf25 headcount_band headcount_year employer active head_office legal_category address_complement street special_distribution
  postal_code commune_code published_commune_code commune_name country latitude longitude diffusion legal_unit_diffusion natural_person region_id departement_id epci_id clpe_id created_on closed_on register_updated_at row_hash unit_hash`.split(
    /\s+/,
  )

/** The server ends what it is doing for a client that is no more. */
export const watchConnection = (client: pg.ClientBase) => client.query(`set client_connection_check_interval = '300ms'`)
/**
 * One import at a time: two could each hide from the other what it brings. One that was just killed ends a moment
 * later, as soon as the server notices.
 */
export const takeImportLock = async (owner: pg.ClientBase, patienceMs = 3_000): Promise<boolean> => {
  await watchConnection(owner)
  for (const until = performance.now() + patienceMs; ; ) {
    if (
      (await owner.query<{ taken: boolean }>(`select pg_try_advisory_lock(hashtext('register-import')) as taken`))
        .rows[0]!.taken
    )
      return true
    if (performance.now() > until) return false
    await new Promise(done => {
      setTimeout(done, 100)
    })
  }
}

/**
 * Where the rows go: into the register, or into the tables of the same names beside it, with the range of the batch's
 * keys.
 */
export type Into = 'register' | { readonly low: number; readonly high: number; readonly kept: Kept }
/** Columns and what to write in them. */
export type Kept = readonly (readonly [name: string, value: string])[]

/**
 * The temporary tables of a session's imports, anew; sessions that build together have the units wanted and withheld in
 * common.
 */
export const prepareImport = async (owner: pg.ClientBase, today: string, together = false): Promise<void> => {
  await owner.query(`drop table if exists pg_temp.import_communes, pg_temp.import_wanted, pg_temp.import_withheld,
    pg_temp.judged, pg_temp.staged;
    set search_path = public, extensions${together ? ', register_build' : ''}; set jit = off;
    create temp table import_communes (asked text primary key, code text, region_id int, departement_id int,
      epci_id int, clpe_id int);
    ${together ? '' : 'create temp table import_wanted (siren bigint); create temp table import_withheld (siren bigint primary key);'}
    create temp table judged (key bigint primary key, siren bigint, row_hash bigint, verdict text, commune_code text,
      unknown_commune text, unreadable int) on commit delete rows`)
  await owner.query(
    `
    insert into import_communes
    with recursive living as materialized (select * from communes where (valid_from is null or valid_from <= $1)
      and (valid_to is null or valid_to > $1)),
    step as (
      select distinct old_code as asked, old_code as code, 0 as depth from commune_successions
      union all
      select asked, s.new_code, depth + 1 from step join commune_successions s on s.old_code = step.code
      where depth < 5 and (s.on_day is null or s.on_day <= $1)
        and not exists (select from living l where l.code = step.code))
    select distinct on (asked) asked, c.code, c.region_id, c.departement_id, c.epci_id, c.clpe_id
    from (select code as asked, code, 0 as depth from living union all select asked, code, depth from step) all_codes
      join living c using (code) order by asked, depth`,
    [today],
  )
  await owner.query('analyze import_communes')
  await prepareCodes(owner)
}

export const beginImport = async (
  owner: pg.ClientBase,
  files: string[],
  scopeName: string,
  { area, activeOnly }: Scope,
): Promise<number> => {
  const { rows } = await owner.query<{ id: number }>(
    'insert into register_imports (files, scope, area, active_only) values ($1, $2, $3, $4) returning id',
    [files, scopeName, area, activeOnly],
  )
  return rows[0]!.id
}

export const countCommunes = async (owner: pg.ClientBase): Promise<number> =>
  (await owner.query<{ n: number }>('select count(*)::int as n from import_communes')).rows[0]!.n
export const communesOf = async (owner: pg.ClientBase, area: readonly number[]): Promise<string[]> =>
  (
    await owner.query<{ asked: string }>(
      'select asked from import_communes where array[region_id, departement_id, epci_id, clpe_id] && $1::int[]',
      [area],
    )
  ).rows.map(r => r.asked)

/** The legal units that the area's establishments belong to, so that only those are kept. */
export const wantUnits = (owner: pg.ClientBase, sirens: readonly number[]) =>
  owner.query('insert into import_wanted select unnest($1::bigint[])', [sirens])
export const indexWanted = (owner: pg.ClientBase) =>
  owner.query('create index on import_wanted (siren); analyze import_wanted')

export const prepareStaging = async (owner: pg.ClientBase, layout: Layout): Promise<string> => {
  const { required, used } = layouts[layout.kind]
  const lacking = [...required, ...used].map(c => c.toLowerCase()).filter(c => !layout.columns.includes(c))
  await owner.query(`drop table if exists pg_temp.staged;
    create temp table staged (${[...layout.columns, ...lacking].map(c => `${c} text`).join(', ')}) on commit delete
      rows`)
  return `copy staged (${layout.columns.join(', ')}) from stdin with (format csv)`
}

/**
 * Keys that an earlier batch of this kind brought: needed only for one that is out of order, for INSEE's files are
 * sorted.
 */
export const findRepeats = async (
  owner: pg.ClientBase,
  kind: RegisterKind,
  low: number,
  high: number,
): Promise<number[]> => {
  const key = layouts[kind].key
  const { rows } = await owner.query<{ key: string }>(
    `
    delete from staged s using (select distinct unnest(keys) as key from register_build.seen where kind = $1
      and low <= $3 and high >= $2) x where x.key = s.${key}::bigint returning s.${key} as key`,
    [kind, low, high],
  )
  return rows.map(r => Number(r.key))
}
/**
 * What of an establishment is none of the import's columns stays as it is: as names, and as expressions for the table
 * beside.
 */
export const keptColumns = async (owner: pg.ClientBase): Promise<Kept> => {
  const { rows } = await owner.query<{ name: string; initial: string | null }>(`
    select attname as name, pg_get_expr(d.adbin, d.adrelid) as initial from pg_attribute a left
      join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where attrelid = 'public.establishments'::regclass and a.attnum > 0 and not attisdropped and attgenerated = ''
      order by a.attnum`)
  return rows
    .filter(r => r.name !== 'updated_at' && !writtenColumns.includes(r.name))
    .map(r => [r.name, `case when e.siret is null then ${r.initial ?? 'null'} else e.${r.name} end`])
}
const saveSeen = (owner: pg.ClientBase, kind: RegisterKind) =>
  owner.query(
    'insert into register_build.seen select $1, min(key), max(key), array_agg(key) from judged having count(*) > 0',
    [kind],
  )

export interface BatchResult {
  readonly counts: Partial<Record<Verdict, number>>
  readonly unknownCommunes: Record<string, number>
  readonly unknownCodes: Partial<UnknownCodes>
  readonly unreadable: number
}
const readCounts = async (owner: pg.ClientBase, kind: RegisterKind): Promise<BatchResult> => {
  const { rows } = await owner.query<{ verdict: Verdict; n: number; unreadable: number }>(
    'select verdict, count(*)::int as n, coalesce(sum(unreadable), 0)::int as unreadable from judged group by 1',
  )
  const unknown = await owner.query<{ code: string; n: number }>(
    `select unknown_commune as code, count(*)::int as n from judged where unknown_commune is not null
      and verdict = any ($1) group by 1`,
    [kept],
  )
  return {
    counts: Object.fromEntries(rows.map(r => [r.verdict, r.n])),
    unreadable: rows.reduce((sum, r) => sum + r.unreadable, 0),
    unknownCommunes: Object.fromEntries(unknown.rows.map(r => [r.code, r.n])),
    unknownCodes: await readUnknownCodes(owner, kind, kept),
  }
}
const unreadable = (...columns: string[]) =>
  columns
    .map(c => `(case when ${v(c)} is not null and not pg_input_is_valid(s.${c}, 'timestamp') then 1 else 0 end)`)
    .join(' + ')

const within = (key: string, into: Into) =>
  into === 'register' ? '' : `and ${key} between ${into.low} and ${into.high}`

export const mergeUnits = async (
  owner: pg.ClientBase,
  { area, activeOnly }: Scope,
  into: Into = 'register',
): Promise<BatchResult> => {
  await owner.query(`analyze staged (siren)`)
  await owner.query(
    `
    insert into judged (key, row_hash, verdict, unreadable)
    select s.siren::bigint, h.row_hash, case
        when s.statutdiffusionunitelegale = 'N' then case when u.siren is null then 'undiffused' else 'withdrawn' end
        when u.siren is null and $1 and not exists (select from import_wanted w where w.siren = s.siren::bigint)
          and not exists (select from establishments e where e.siren = s.siren::bigint) then 'outside'
        when u.siren is null and $2 and s.etatadministratifunitelegale <> 'A'
          and not exists (select from establishments e where e.siren = s.siren::bigint) then 'inactive'
        when u.siren is null then 'new'
        when u.row_hash = h.row_hash then 'unchanged'
        when u.register_updated_at > readable_instant(${v('datederniertraitementunitelegale')}) then 'unchanged'
        when u.active and s.etatadministratifunitelegale <> 'A' then 'closed'
        when not u.active and s.etatadministratifunitelegale = 'A' then 'reopened'
        else 'changed' end,
      ${unreadable('datecreationunitelegale', 'datederniertraitementunitelegale')}
    from staged s cross join lateral (select ${hash('units')} as row_hash) h left
      join legal_units u on u.siren = s.siren::bigint ${within('u.siren', into)}`,
    [area !== null, activeOnly],
  )
  await owner.query('analyze judged (key, verdict)') // without it the planner loops over both
  await owner.query(`
    insert into ${into === 'register' ? '' : 'register_build.'}legal_units (siren, name, usual_names, acronym,
      natural_person, legal_category, naf, naf_nomenclature, naf25, headcount_band, headcount_year, size_category,
      social_economy, employer, active, diffusion,
      created_on, register_updated_at, row_hash)
    select j.key,
      case when open or not natural_person then coalesce(${v('denominationunitelegale')},
        concat_ws(' ', coalesce(${v('prenomusuelunitelegale')}, ${v('prenom1unitelegale')}),
          coalesce(${v('nomusageunitelegale')}, ${v('nomunitelegale')}))) end,
      case when open or not natural_person
        then nullif(concat_ws(' ', ${v('denominationusuelle1unitelegale')}, ${v('denominationusuelle2unitelegale')},
        ${v('denominationusuelle3unitelegale')}), '') end,
      case when open then ${v('sigleunitelegale')} end,
      natural_person, ${v('categoriejuridiqueunitelegale')}, ${v('activiteprincipaleunitelegale')},
        ${nomenclature('nomenclatureactiviteprincipaleunitelegale')}, ${v('activiteprincipalenaf25unitelegale')},
      ${v('trancheeffectifsunitelegale')}, ${year('anneeeffectifsunitelegale')}, case
        when s.categorieentreprise in ('PME', 'ETI', 'GE') then s.categorieentreprise end,
      ${flag('economiesocialesolidaireunitelegale')}, ${flag('caractereemployeurunitelegale')},
        s.etatadministratifunitelegale = 'A', s.statutdiffusionunitelegale,
      readable_day(${v('datecreationunitelegale')}), readable_instant(${v('datederniertraitementunitelegale')}),
        j.row_hash
    from judged j join staged s on s.siren::bigint = j.key
      cross join lateral (select s.statutdiffusionunitelegale = 'O' as open,
        coalesce(s.categoriejuridiqueunitelegale like '1%', false)
        or (nullif(btrim(s.nomunitelegale), '') is not null) as natural_person) d
    where j.verdict in ('new', 'changed', 'closed', 'reopened')
    ${
      into === 'register'
        ? `on conflict (siren) do update set name = excluded.name, usual_names = excluded.usual_names, acronym = excluded.acronym, natural_person = excluded.natural_person, legal_category = excluded.legal_category,
      naf = excluded.naf, naf_nomenclature = excluded.naf_nomenclature, naf25 = excluded.naf25, headcount_band = excluded.headcount_band, headcount_year = excluded.headcount_year, size_category = excluded.size_category,
      social_economy = excluded.social_economy, employer = excluded.employer, active = excluded.active, diffusion = excluded.diffusion, created_on = excluded.created_on,
      register_updated_at = excluded.register_updated_at, row_hash = excluded.row_hash`
        : ''
    }`)
  if (into !== 'register') {
    await owner.query(
      `insert into import_withheld select key from judged where verdict in ('withdrawn', 'undiffused') on conflict
        do nothing`,
    )
    await saveSeen(owner, 'units')
    return readCounts(owner, 'units')
  }
  // What a unit says of its establishments holds at the same commit: a name that is no longer diffused does not outlive
  // it. Row hash 0: the next file of establishments writes the row anew.
  await owner.query(`
    update establishments e set legal_name = u.name, other_names = u.usual_names, acronym = u.acronym,
      legal_category = u.legal_category, natural_person = u.natural_person, legal_unit_diffusion = u.diffusion,
      unit_hash = u.row_hash, updated_at = now(), row_hash = case when e.legal_unit_diffusion is not distinct
        from u.diffusion and e.natural_person is not distinct from u.natural_person then e.row_hash else 0 end
    from judged j join legal_units u on u.siren = j.key
    where j.verdict in ('new', 'changed', 'closed', 'reopened') and e.siren = u.siren and e.diffusion <> 'N'`)
  await owner.query(`
    with withheld as (insert into import_withheld select key from judged where verdict in ('withdrawn', 'undiffused')
      on conflict do nothing),
    hidden as (update establishments e set diffusion = 'N', legal_unit_diffusion = 'N', row_hash = 0, updated_at = now()
      from judged j where j.verdict in ('withdrawn', 'undiffused') and e.siren = j.key and e.diffusion <> 'N')
    delete from legal_units u using judged j where j.verdict = 'withdrawn' and u.siren = j.key`)
  return readCounts(owner, 'units')
}

export const mergeEstablishments = async (
  owner: pg.ClientBase,
  { area, activeOnly }: Scope,
  into: Into = 'register',
): Promise<BatchResult> => {
  await owner.query(`analyze staged (siret, codecommuneetablissement)`)
  const kept = into === 'register' ? [] : into.kept
  const range =
    into !== 'register' && `between ${Math.floor(into.low / 100_000)} and ${Math.floor(into.high / 100_000)}`
  // Units as they will be: those that this import writes, then the others.
  const units =
    range === false
      ? 'legal_units'
      : `(select * from register_build.legal_units where siren ${range} union all select p.* from public.legal_units p where p.siren ${range}
      and not exists (select from register_build.legal_units b where b.siren = p.siren and b.siren ${range}) and not exists (select from import_withheld w where w.siren = p.siren))`
  const territories = 'region_id, departement_id, epci_id, clpe_id'
  const commune = `left join import_communes c on c.asked = s.codecommuneetablissement and nullif(s.codepaysetrangeretablissement, '') is null`
  await owner.query(
    `
    insert into judged (key, siren, row_hash, verdict, unknown_commune, unreadable)
    select s.siret::bigint, left(s.siret, 9)::bigint, h.row_hash, case
        when s.statutdiffusionetablissement = 'N'
          or exists (select from import_withheld w where w.siren = left(s.siret, 9)::bigint)
          then case when e.siret is null then 'undiffused' when e.diffusion = 'N' then 'unchanged' else 'withdrawn' end
        when e.siret is null and $1::int[] is not null
          and not coalesce(array[c.region_id, c.departement_id, c.epci_id, c.clpe_id] && $1::int[], false)
          then 'outside'
        when e.siret is null and $2 and s.etatadministratifetablissement <> 'A' then 'inactive'
        when e.siret is null then 'new'
        when e.row_hash = h.row_hash and e.unit_hash is not distinct from u.row_hash
          and row(e.region_id, e.departement_id, e.epci_id, e.clpe_id) is not distinct
            from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id) then 'unchanged'
        when e.row_hash <> 0 and e.register_updated_at > readable_instant(${v('datederniertraitementetablissement')})
          then 'unchanged'
        when e.active and s.etatadministratifetablissement <> 'A' then 'closed'
        when not e.active and s.etatadministratifetablissement = 'A' then 'reopened'
        else 'changed' end,
      case when c.code is null and nullif(s.codepaysetrangeretablissement, '') is null
        then coalesce(${v('codecommuneetablissement')}, '(aucun)') end,
      ${unreadable('datecreationetablissement', 'datederniertraitementetablissement', 'datedebut')}
    from staged s ${commune} left join ${units} u on u.siren = left(s.siret, 9)::bigint
      cross join lateral (select ${hash('establishments')} as row_hash) h left
        join establishments e on e.siret = s.siret::bigint ${within('e.siret', into)}`,
    [area, activeOnly],
  )
  await owner.query('analyze judged (key, siren, verdict)')
  await owner.query(`
    insert into ${into === 'register' ? '' : 'register_build.'}establishments (siret, siren, nic, sign, usual_name,
      legal_name, other_names, acronym, naf, naf_nomenclature, naf25, headcount_band, headcount_year, employer, active,
      head_office, legal_category,
      address_complement, street, special_distribution, postal_code, commune_code, published_commune_code, commune_name,
        country, latitude, longitude, diffusion, legal_unit_diffusion, natural_person,
      ${territories}, created_on, closed_on, register_updated_at, row_hash,
        unit_hash${kept.map(([name]) => `, ${name}`).join('')})
    select j.key, j.key / 100000, j.key % 100000,
      nullif(concat_ws(' ', ${v('enseigne1etablissement')}, ${v('enseigne2etablissement')},
        ${v('enseigne3etablissement')}), ''), ${v('denominationusuelleetablissement')}, u.name, u.usual_names,
        u.acronym,
      ${v('activiteprincipaleetablissement')}, ${nomenclature('nomenclatureactiviteprincipaleetablissement')},
        ${v('activiteprincipalenaf25etablissement')},
      ${v('trancheeffectifsetablissement')}, ${year('anneeeffectifsetablissement')},
        ${flag('caractereemployeuretablissement')}, s.etatadministratifetablissement = 'A',
        s.etablissementsiege is not distinct from 'true', u.legal_category,
      ${v('complementadresseetablissement')},
      nullif(concat_ws(' ', ${v('numerovoieetablissement')}, ${v('indicerepetitionetablissement')},
        ${v('typevoieetablissement')}, ${v('libellevoieetablissement')}), ''),
      ${v('distributionspecialeetablissement')}, ${v('codepostaletablissement')},
        coalesce(c.code, ${v('codecommuneetablissement')}), ${v('codecommuneetablissement')},
      coalesce(${v('libellecommuneetablissement')}, ${v('libellecommuneetrangeretablissement')}),
        ${v('libellepaysetrangeretablissement')}, position[1], position[2],
      s.statutdiffusionetablissement, u.diffusion, u.natural_person, c.region_id, c.departement_id, c.epci_id,
        c.clpe_id,
      readable_day(${v('datecreationetablissement')}), case when s.etatadministratifetablissement = 'F'
        then readable_day(${v('datedebut')}) end, readable_instant(${v('datederniertraitementetablissement')}),
        j.row_hash, u.row_hash${kept.map(([, value]) => `, ${value}`).join('')}
    from staged s ${commune} join judged j on j.key = s.siret::bigint left join ${units} u on u.siren = j.siren
      ${kept.length ? `left join establishments e on e.siret = j.key ${within('e.siret', into)}` : ''}
      left join lateral (select published_position(${metres('coordonneelambertabscisseetablissement')},
        ${metres('coordonneelambertordonneeetablissement')}, c.code) as position offset 0) p on true
    where j.verdict in ('new', 'changed', 'closed', 'reopened')
    ${into === 'register' ? '' : /* the rows of a territory side by side: what is searched there lies in few pages */ 'order by c.departement_id, c.clpe_id'}
    ${
      into === 'register'
        ? `on conflict (siret) do update set sign = excluded.sign, usual_name = excluded.usual_name, legal_name = excluded.legal_name, other_names = excluded.other_names, acronym = excluded.acronym, naf = excluded.naf,
      naf_nomenclature = excluded.naf_nomenclature, naf25 = excluded.naf25, headcount_band = excluded.headcount_band, headcount_year = excluded.headcount_year, employer = excluded.employer, active = excluded.active,
      head_office = excluded.head_office, legal_category = excluded.legal_category, address_complement = excluded.address_complement, street = excluded.street, special_distribution = excluded.special_distribution,
      postal_code = excluded.postal_code, commune_code = excluded.commune_code, published_commune_code = excluded.published_commune_code, commune_name = excluded.commune_name, country = excluded.country,
      latitude = excluded.latitude, longitude = excluded.longitude, diffusion = excluded.diffusion, legal_unit_diffusion = excluded.legal_unit_diffusion, natural_person = excluded.natural_person,
      region_id = excluded.region_id, departement_id = excluded.departement_id, epci_id = excluded.epci_id, clpe_id = excluded.clpe_id, created_on = excluded.created_on, closed_on = excluded.closed_on,
      register_updated_at = excluded.register_updated_at, row_hash = excluded.row_hash, unit_hash = excluded.unit_hash, updated_at = now()`
        : ''
    }`)
  if (into !== 'register') {
    await owner.query(`insert into register_build.withdrawn select key from judged where verdict = 'withdrawn'`)
    await saveSeen(owner, 'establishments')
    return readCounts(owner, 'establishments')
  }
  await owner.query(
    `update establishments e set diffusion = 'N', row_hash = 0, updated_at = now() from judged j
      where j.verdict = 'withdrawn' and e.siret = j.key`,
  )
  return readCounts(owner, 'establishments')
}

/** Links wait beside: what becomes of them is known once the establishments are. */
export const stageLinks = async (owner: pg.ClientBase): Promise<BatchResult> => {
  await owner.query(`insert into register_build.links
    select siretetablissementpredecesseur::bigint, siretetablissementsuccesseur::bigint, s.dateliensuccession::date,
    s.transfertsiege::boolean,
    s.continuiteeconomique::boolean, readable_instant(${v('datederniertraitementliensuccession')}) from staged s`)
  return { counts: {}, unknownCommunes: {}, unknownCodes: {}, unreadable: 0 }
}

export const saveProgress = async (owner: pg.ClientBase, id: number, counts: unknown, finished: boolean) => {
  await owner.query(
    'update register_imports set counts = $2, finished_at = case when $3 then now() end where id = $1',
    [id, JSON.stringify(counts), finished],
  )
}

/**
 * After a change of communes or of CLPE edition: each establishment's territories anew, by its published commune. Says
 * how many moved.
 */
export const refreshTerritories = async (owner: pg.ClientBase, today: string): Promise<number> => {
  const { rowCount } = await owner.query(
    `
    with now_in as materialized (
      select p.code as published, c.code, c.region_id, c.departement_id, c.epci_id, c.clpe_id
      from (select distinct published_commune_code as code from establishments
        where published_commune_code is not null) p join communes c on c.code = commune_on(p.code, $1))
    update establishments e set commune_code = n.code, region_id = n.region_id, departement_id = n.departement_id,
      epci_id = n.epci_id, clpe_id = n.clpe_id, updated_at = now()
    from now_in n where n.published = e.published_commune_code
      and row(e.commune_code, e.region_id, e.departement_id, e.epci_id, e.clpe_id) is distinct
        from row(n.code, n.region_id, n.departement_id, n.epci_id, n.clpe_id)`,
    [today],
  )
  return rowCount ?? 0
}

/** Then what people recorded follows its establishment, so that rights do too. Says how many rows moved. */
export const moveTerritories = async (owner: pg.ClientBase): Promise<number> =>
  (await owner.query<{ moved: number }>('select move_territories() as moved')).rows[0]!.moved
