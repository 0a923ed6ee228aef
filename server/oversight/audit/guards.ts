import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type pg from 'pg'

/**
 * What keeps the trail, by name: each function, trigger, policy, constraint and right, and the digest of its
 * definition.
 */
export type Guards = Readonly<Record<string, string>>

const tables = [
  'audit_entries',
  'audit_details',
  'trail_leaves',
  'trail_nodes',
  'trail_checkpoints',
  'trail_head',
  'trail_witnesses',
]
/** Who one is, and when: what the policies and functions of the trail rest on. */
const context = [
  'ctx.account()',
  'ctx.organisation()',
  'ctx.known()',
  'ctx.ok()',
  'ctx.seal()',
  'ctx.clock()',
  'ctx.holds_role(text)',
  'ctx.new_id()',
]

const aclText = (acl: string) =>
  `coalesce((select string_agg(a::text, ' ' order by a::text) from unnest(${acl}) a), 'default')`
/** With no search_path, so that each definition names its objects whole, whoever asks. */
const definitions = `
  with kept as (select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'
    and c.relname = any ($1)),
  guarding as (
    select p.oid, p.oid::regprocedure::text as name, p.proowner, p.proacl from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'ctx', 'secret') and p.prokind = 'f'
      and (p.prosrc ~ '(audit_(entries|details|leaf|detail_digest)|trail_(leaves|nodes|checkpoints|head|witnesses))'
      or p.proname ~ '^(audit|trail)_'
      or p.oid::regprocedure::text = any ($2)
        or p.oid in (select t.tgfoid from pg_trigger t join kept k on k.oid = t.tgrelid where not t.tgisinternal)))
  select 'function ' || name as name,
    pg_get_functiondef(oid) || ' owner ' || proowner::regrole || ' rights ' || ${aclText('proacl')} as definition
    from guarding
  union all select 'trigger ' || k.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) from pg_trigger t
    join kept k on k.oid = t.tgrelid where not t.tgisinternal
  union all select 'policy ' || k.relname || '.' || p.polname,
    concat_ws(' ', p.polcmd, p.polpermissive, (select string_agg(r::regrole::text, ',' order by r::regrole::text)
    from unnest(p.polroles) r),
      'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) from pg_policy p
        join kept k on k.oid = p.polrelid
  union all select 'constraint ' || k.relname || '.' || c.conname, pg_get_constraintdef(c.oid) || case
    when c.convalidated then '' else ' not valid' end from pg_constraint c join kept k on k.oid = c.conrelid
    where c.contype in ('c', 'f', 'p', 'u', 'x')
  union all select 'rule ' || k.relname || '.' || r.rulename, pg_get_ruledef(r.oid) from pg_rewrite r
    join kept k on k.oid = r.ev_class
  union all select 'table ' || k.relname, concat_ws(' ', 'owner', k.relowner::regrole, 'row security', k.relrowsecurity,
    k.relforcerowsecurity, 'rights', ${aclText('k.relacl')},
      'of columns', (select string_agg(a.attname || ' ' || ${aclText('a.attacl')}, ' ' order by a.attname)
        from pg_attribute a where a.attrelid = k.oid and a.attacl is not null),
      'parents', (select count(*) from pg_inherits i where k.oid in (i.inhrelid, i.inhparent))) from kept k
  order by 1`

/** As they stand in this database, in the caller's transaction, whose search_path is put back. */
export const guardsOf = async (client: pg.ClientBase): Promise<Guards> => {
  await client.query(`savepoint guards; set local search_path = ''`)
  const { rows } = await client.query<{ name: string; definition: string }>(definitions, [tables, context])
  await client.query('rollback to savepoint guards')
  return Object.fromEntries(
    rows.map(({ name, definition }) => [name, createHash('sha256').update(definition).digest('hex')]),
  )
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
