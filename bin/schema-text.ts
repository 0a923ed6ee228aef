/** The schema as one text: what stands in the catalogue, sorted by name, without OIDs. It reads like SQL, and is not meant to be run. */
import type pg from 'pg'

const ours = `n.nspname in ('public', 'ctx', 'secret')`
const notOfExtensions = (oid: string) =>
  `not exists (select from pg_depend d where d.objid = ${oid} and d.deptype = 'e')`
const acl = (of: string) => `(select string_agg(a::text, ' ' order by a::text) from unnest(${of}) a)`
const roles = (of: string) =>
  `(select string_agg(r::regrole::text, ', ' order by r::regrole::text) from unnest(${of}) r)`

const schemas = `select 'schema ' || n.nspname || ' owner ' || n.nspowner::regrole || coalesce(' rights ' || ${acl('n.nspacl')}, '') as line from pg_namespace n where ${ours} order by 1`

const defaults = `select concat_ws(' ', 'default rights of', d.defaclrole::regrole, 'on', d.defaclobjtype, 'in', n.nspname, ${acl('d.defaclacl')}) as line
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace order by 1`

const types = `select 'type ' || t.oid::regtype || ' ' || t.typtype::text as line from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where ${ours} and t.typtype in ('d', 'e', 'r') and ${notOfExtensions('t.oid')} order by 1`

const sequences = `select concat_ws(' ', 'sequence', c.oid::regclass, s.seqtypid::regtype, 'start', s.seqstart, 'step', s.seqincrement, 'from', s.seqmin, 'to', s.seqmax, case when s.seqcycle then 'cycle' end, 'cache', s.seqcache,
    'owner', c.relowner::regrole, (select 'of ' || d.refobjid::regclass || '.' || a.attname from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.refobjsubid > 0),
    'rights ' || ${acl('c.relacl')}) as line
  from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} order by 1`

const tables = `
  with kept as (select c.*, c.oid::regclass::text as name, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind in ('r', 'p', 'v', 'm') and ${notOfExtensions('c.oid')})
  select name, section, line from (
    select k.name, 0 as section, k.oid::int8 as rank, concat_ws(' ', case k.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' else 'materialised view' end, k.name, 'owner', k.relowner::regrole,
      'partition of ' || (select i.inhparent::regclass || ' ' || pg_get_expr(k.relpartbound, k.oid) from pg_inherits i where i.inhrelid = k.oid), 'by ' || pg_get_partkeydef(k.oid),
      case when k.relrowsecurity then 'row security' end, case when k.relforcerowsecurity then 'forced' end, 'with ' || array_to_string(k.reloptions, ' '), case k.relpersistence when 'u' then 'unlogged' end) as line from kept k
    union all select k.name, 1, a.attnum, concat_ws(' ', ' ', a.attname, format_type(a.atttypid, a.atttypmod), 'collate ' || (select co.collname from pg_collation co join pg_type t on t.oid = a.atttypid where co.oid = a.attcollation and co.oid <> t.typcollation),
      case when a.attnotnull then 'not null' end, case a.attidentity when 'a' then 'identity always' when 'd' then 'identity by default' end, case a.attgenerated when 's' then 'generated' when '' then case when d.adbin is not null then 'default' end end || ' ' || pg_get_expr(d.adbin, d.adrelid),
      'statistics ' || a.attstattarget, 'storage ' || (select a.attstorage::text from pg_type t where t.oid = a.atttypid and t.typstorage <> a.attstorage), 'rights ' || ${acl('a.attacl')})
      from kept k join pg_attribute a on a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = k.oid and d.adnum = a.attnum
    union all select k.name, 2, 0, '  constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid) || case when c.convalidated then '' else ' not valid' end from kept k join pg_constraint c on c.conrelid = k.oid where c.contype <> 't'
    union all select k.name, 3, 0, '  ' || pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' invalid' end || case when i.indisclustered then ' clustered' else '' end from kept k join pg_index i on i.indrelid = k.oid
    union all select k.name, 4, 0, '  ' || pg_get_statisticsobjdef(s.oid) from kept k join pg_statistic_ext s on s.stxrelid = k.oid
    union all select k.name, 5, 0, '  ' || pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' enabled ' || t.tgenabled::text end from kept k join pg_trigger t on t.tgrelid = k.oid where not t.tgisinternal
    union all select k.name, 6, 0, concat_ws(' ', '  policy', p.polname, case when not p.polpermissive then 'restrictive' end, 'for', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'to', case when p.polroles = '{0}' then 'public' else ${roles('p.polroles')} end, 'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid)) from kept k join pg_policy p on p.polrelid = k.oid
    union all select k.name, 7, 0, '  rule ' || pg_get_ruledef(r.oid) from kept k join pg_rewrite r on r.ev_class = k.oid where k.relkind in ('r', 'p') or r.rulename <> '_RETURN'
    union all select k.name, 8, 0, '  as ' || pg_get_viewdef(k.oid) from kept k where k.relkind in ('v', 'm')
    union all select k.name, 9, 0, '  rights ' || ${acl('k.relacl')} from kept k where k.relacl is not null
    union all select k.name, 10, 0, '  comment ' || d.objsubid || ' ' || d.description from kept k join pg_description d on d.objoid = k.oid and d.classoid = 'pg_class'::regclass
  ) all_lines order by name, section, case when section = 1 then rank else 0 end, line`

/** The bodies stand in database/functions: `whole` says them too. */
const functions = (whole: boolean) => `select concat_ws(' ', ${
  whole
    ? 'pg_get_functiondef(p.oid)'
    : `case p.prokind when 'f' then 'function' when 'a' then 'aggregate' when 'p' then 'procedure' else 'window' end, p.oid::regprocedure, 'returns', pg_get_function_result(p.oid), 'language', l.lanname, case p.provolatile when 'i' then 'immutable' when 's' then 'stable' end, case p.proparallel when 's' then 'parallel safe' when 'r' then 'parallel restricted' end,
    case when p.proisstrict then 'strict' end, case when p.proleakproof then 'leakproof' end, case when p.prosecdef then 'security definer' end, 'cost ' || nullif(p.procost, case l.lanname when 'internal' then 1 when 'c' then 1 else 100 end), 'rows ' || nullif(nullif(p.prorows, 1000), 0), 'set ' || array_to_string(p.proconfig, ', ')`
},
    'owner', p.proowner::regrole, 'rights', coalesce(${acl('p.proacl')}, 'default')) as line
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang where ${ours} and ${notOfExtensions('p.oid')} order by p.oid::regprocedure::text`

export const schemaText = async (client: pg.ClientBase, { whole = false } = {}): Promise<string> => {
  await client.query(`begin; set local search_path = ''`)
  const lines = async (text: string) => (await client.query<{ line: string }>(text)).rows.map(r => r.line)
  const parts = [await lines(schemas), await lines(defaults), await lines(types), await lines(sequences)]
  const ofTables = (await client.query<{ name: string; section: number; line: string }>(tables)).rows
  for (const table of Map.groupBy(ofTables, r => r.name).values()) parts.push(table.map(r => r.line))
  parts.push(await lines(functions(whole)))
  await client.query('rollback')
  const head =
    '-- Written by npm run schema: today’s schema, to read and to compare. The bodies of functions stand in database/functions.'
  return `${[[head], ...parts]
    .filter(p => p.length > 0)
    .map(p => p.join('\n'))
    .join('\n\n')}\n`
}
