import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { sha256Hex } from '../../platform/digest.ts'
import type { Say } from './trail-faults.ts'

/**
 * What keeps the trail and the rights, by name, with the digest of its definition: each function, trigger, policy, rule,
 * right, and what the roles of the service may.
 */
export type Guards = Readonly<Record<string, string>>

const trailTables = [
  'audit_entries',
  'audit_details',
  'trail_leaves',
  'trail_nodes',
  'trail_checkpoints',
  'trail_head',
  'trail_witnesses',
]
const roles = ['cc_owner', 'cc_web', 'cc_sign_in', 'cc_definer', 'cc_worker']
/** An installation has settings of its own, such as memory or logs. These take guards away. */
const telling = [
  'session_replication_role',
  'search_path',
  'row_security',
  'role',
  'session_authorization',
  'session_preload_libraries',
  'local_preload_libraries',
]

/** Whom the owner gave what; the same whether it was never given, or given and taken back. */
const rights = (acl: string, kind: 'r' | 'f', owner: string) =>
  `(select coalesce(string_agg(concat(case x.grantee when 0 then 'public' else x.grantee::regrole::text end, '=',
    x.privilege_type, case when x.is_grantable then '*' end), ' '
    order by x.grantee::regrole::text, x.privilege_type), '') from aclexplode(coalesce(${acl}, acldefault('${kind}', ${owner}))) x where x.grantee <> ${owner})`
/** With no search_path, so that each definition names its objects whole, whoever asks. */
const definitions = `
  with ours as (select c.*, case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as title,
      n.nspname = 'public' and c.relname = any ($1) as of_trail
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'ctx', 'secret') and c.relkind in ('r', 'p', 'v', 'm')
      and (c.relowner::regrole::text = any ($2) or c.relname = any ($1))),
  guarding as (
    select p.*, p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'ctx', 'secret') and p.prokind <> 'a'
      and (n.nspname <> 'public' or p.proowner::regrole::text = any ($2) or p.proname ~ '^(audit|trail)_'
      or p.oid in (select t.tgfoid from pg_trigger t join ours o on o.oid = t.tgrelid where not t.tgisinternal)))
  select 'function ' || name as name, concat(pg_get_functiondef(oid), ' owner ', proowner::regrole, ' rights ',
    ${rights('proacl', 'f', 'proowner')}) as definition from guarding
  union all select 'trigger ' || o.title || '.' || t.tgname, concat(pg_get_triggerdef(t.oid), ' ', t.tgenabled)
    from pg_trigger t join ours o on o.oid = t.tgrelid where not t.tgisinternal
      -- An import of the register notes what others write meanwhile.
      -- Looked up by name in the catalogue: the worker may not enter that schema.
      and (o.title not in ('establishments', 'legal_units') or t.tgname <> 'register_build_touched'
        or not exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where p.oid = t.tgfoid and n.nspname = 'register_build' and p.proname = 'note_touched'))
  union all select 'policy ' || o.title || '.' || p.polname,
    concat_ws(' ', p.polcmd, p.polpermissive, (select string_agg(r::regrole::text, ',' order by r::regrole::text)
    from unnest(p.polroles) r),
      'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) from pg_policy p
        join ours o on o.oid = p.polrelid
  union all select 'constraint ' || o.title || '.' || c.conname, pg_get_constraintdef(c.oid) || case
    when c.convalidated then '' else ' not valid' end from pg_constraint c join ours o on o.oid = c.conrelid
    where o.of_trail and c.contype in ('c', 'f', 'p', 'u', 'x')
  union all select 'rule ' || o.title || '.' || r.rulename, pg_get_ruledef(r.oid) from pg_rewrite r
    join ours o on o.oid = r.ev_class
  union all select 'table ' || o.title, concat_ws(' ', 'owner', o.relowner::regrole, 'row security', o.relrowsecurity,
    o.relforcerowsecurity, case when o.relkind = 'v' then o.reloptions end, 'rights', ${rights('o.relacl', 'r', 'o.relowner')},
      'of columns', (select string_agg(a.attname || ' ' || ${rights('a.attacl', 'r', 'o.relowner')}, ' '
        order by a.attname) from pg_attribute a where a.attrelid = o.oid and a.attacl <> '{}'),
      'parents', (select count(*) from pg_inherits i where o.oid in (i.inhrelid, i.inhparent)),
      -- Foreign keys are triggers too.
      'off', (select count(*) from pg_trigger t where t.tgrelid = o.oid and t.tgisinternal and t.tgenabled <> 'O'))
    from ours o
  union all select 'role ' || r.rolname, concat_ws(' ', r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb,
    r.rolcanlogin, r.rolreplication, r.rolbypassrls) from pg_roles r where r.rolname = any ($2)
  -- Who may become one of them, or what they may become. A superuser may anyway, and who creates a role only gives it.
  union all select 'membership of ' || m.member::regrole || ' in ' || m.roleid::regrole,
    concat_ws(' ', bool_or(m.admin_option), bool_or(m.inherit_option), bool_or(m.set_option)) from pg_auth_members m
    where (m.member::regrole::text = any ($2) or m.roleid::regrole::text = any ($2) and m.roleid <> 'cc_owner'::regrole)
      and (m.inherit_option or m.set_option) and not (select r.rolsuper from pg_roles r where r.oid = m.member)
    group by m.member, m.roleid
  union all select concat('setting of ', case s.setrole when 0 then 'all' else s.setrole::regrole::text end,
      case when s.setdatabase <> 0 then ' here' end, ' ', split_part(c, '=', 1)), c
    from pg_db_role_setting s, unnest(s.setconfig) c
    where (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database()))
      and (s.setrole = 0 or s.setrole::regrole::text = any ($2))
      and (split_part(c, '=', 1) = any ($3) or c ~ '^ctx[.]')
  union all select 'setting session_replication_role', current_setting('session_replication_role')
  order by 1`

/** As they stand in this database, in the caller's transaction, whose search_path is put back. */
export const guardsOf = async (client: pg.ClientBase): Promise<Guards> => {
  await client.query(`savepoint guards; set local search_path = ''`)
  try {
    const { rows } = await client.query<Row>(definitions, [trailTables, roles, telling])
    return Object.fromEntries(rows.map(({ name, definition }) => [name, sha256Hex(definition)]))
  } finally {
    await client.query('rollback to savepoint guards')
  }
}
interface Row {
  readonly name: string
  readonly definition: string
}

/** One digest of all of them, which each minute's seal signs. In the order of names, whatever the database's own is. */
export const digestOfGuards = (guards: Guards): Buffer => {
  const hash = createHash('sha256')
  for (const name of Object.keys(guards).sort()) hash.update(`${guards[name]} ${name}\n`)
  return hash.digest()
}

const shippedIn = new URL('./guards.json', import.meta.url)
/**
 * As they were shipped with this version: `npm run guards` writes them from the schema, and a test keeps them
 * fresh.
 */
export const shippedGuards = (): Guards => JSON.parse(readFileSync(shippedIn, 'utf8')) as Guards

/** What is not as it was shipped, in words. */
export const guardsChanged = (found: Guards, shipped: Guards): string[] => [
  ...Object.keys(shipped)
    .filter(name => found[name] === undefined)
    .map(name => `${name} : absent`),
  ...Object.entries(found)
    .filter(([name, digest]) => shipped[name] !== digest)
    .map(([name]) => `${name} : ${shipped[name] === undefined ? 'ajouté' : 'modifié'}`),
]

const permissionDenied = '42501'

/** Compares what keeps the trail and the rights with what was shipped. Unreadable catalogues are a fault, no pass. */
export const verifyGuards = async (client: pg.ClientBase, shipped: Guards, fault: Say): Promise<void> => {
  const read = async (look: () => Promise<void>): Promise<void> => {
    await client.query('savepoint catalogue')
    try {
      await look()
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      if (code !== permissionDenied) throw error
      await client.query('rollback to savepoint catalogue')
      fault('guard-unread', / for \w+ (\w+)$/.exec(message)?.[1] ?? message)
    }
  }
  const unguarded: string[] = []
  await read(async () => {
    const { rows: standing } = await client.query<{ name: string }>(
      `select tgrelid::regclass || '.' || tgname as name from pg_trigger where tgenabled in ('O', 'A')`,
    )
    const names = new Set(standing.map(({ name }) => `trigger ${name}`))
    unguarded.push(...Object.keys(shipped).filter(name => name.startsWith('trigger ') && !names.has(name)))
    for (const name of unguarded) fault('safeguard', name.slice('trigger '.length))
  })
  await read(async () => {
    for (const where of guardsChanged(await guardsOf(client), shipped))
      if (!unguarded.some(name => where.startsWith(`${name} : `))) fault('guard-changed', where)
  })
  await read(async () => {
    const clock = `select from pg_tables where schemaname = 'secret' and tablename = 'clock'`
    if ((await client.query(clock)).rowCount) fault('clock-moved', 'secret.clock')
  })
}
