import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { withPolicyChanged } from '../testing/parity.ts'
import { fallsUnsealed } from '../testing/sealed.ts'
import { anExchange, insertExchange } from '../work-with-employers/exchanges/testing.ts'
import { uuidv7 } from './ids.ts'
import { tokenHash } from './session-cookie.ts'

/**
 * Public or technical: nothing of a partner or a person in them. Anything else without row-level security is an
 * oversight.
 */
const open = new Set([
  'public.territories',
  'public.communes',
  'public.commune_successions',
  'public.territory_editions',
  'public.clpe_in_edition',
  'public.clpe_communes',
  'public.territory_overlaps',
  'public.territory_contents',
  'public.naf',
  'public.naf_correspondences',
  'public.contours',
  'public.job_titles',
  'public.legal_units',
  'public.establishments',
  'public.establishment_successions',
  'public.register_imports',
  'public.search_lexicon',
  'public.register_updates',
  'public.worker_heartbeats',
  'public.schema_migrations',
  'public.schema_repeatables',
  'public.exchange_results',
])
/** Out of the application's reach altogether. */
const closed = new Set(['secret.context_key', 'secret.former_tokens', 'secret.stored_rights', 'secret.rights_changes'])
const ours = `n.nspname in ('public', 'ctx', 'secret')`

let house: House
let web: pg.Client
let claire: Person
const hash = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const rows = async <T = any>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await house.owner.query(text, values)).rows
const here = fileURLToPath(new URL('../..', import.meta.url))

before(async () => {
  house = await openHouse([])
  web = new pg.Client(house.urls.webUrl)
  await web.connect()
  claire = await house.person((await house.organisation()).id, [
    { tool: 'campagnes', profile: 'pilote', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
  ])
  await insertExchange(
    house.owner,
    anExchange({
      siret: 31000000000001,
      organisationId: claire.organisationId,
      authorId: claire.id,
      nextAction: { kind: 'rappel', dueOn: '2026-12-01', dueAt: null, ownerId: claire.id },
    }),
  )
})
after(async () => {
  await web.end()
  await house.close()
})
const inContext = async <T>(tokenHash: Buffer, work: () => Promise<T>): Promise<T> => {
  await web.query('begin')
  try {
    await web.query('select ctx.enter($1)', [tokenHash])
    return await work()
  } finally {
    await web.query('rollback')
  }
}
const seen = async (table = 'exchanges') => (await web.query(`select count(*)::int as n from ${table}`)).rows[0].n

test('SEC-6, ACC-12: what the policies ask keeps its plan: a function in SQL that cannot be inlined would be planned anew by every statement', async () => {
  const asked = `select distinct p.oid::regprocedure::text as name from pg_policy y
    join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = y.oid and d.refclassid = 'pg_proc'::regclass
    join pg_proc p on p.oid = d.refobjid
    join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang where ${ours}`
  assert.deepEqual(await rows(`${asked} and l.lanname = 'sql' and (p.prosecdef or p.proconfig is not null)`), [])
  assert.ok(
    (await rows(`${asked} and l.lanname = 'plpgsql'`)).some(f => f.name === 'ctx.visible_campaigns()'),
    'they are looked for',
  )
})

test('SEC-6: every table has forced row-level security, or stands on the list of public ones', async () => {
  const found = await rows(`select n.nspname || '.' || c.relname as name, c.relrowsecurity
      and c.relforcerowsecurity as forced,
      has_table_privilege('cc_web', c.oid, 'select, insert, update, delete') as reachable
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'f') and ${ours}
      order by 1`)
  assert.deepEqual(
    found.filter(t => !t.forced && !open.has(t.name) && !closed.has(t.name)).map(t => t.name),
    [],
  )
  assert.deepEqual(
    found.filter(t => closed.has(t.name) && t.reachable),
    [],
  )
  assert.ok(found.filter(t => t.forced).length > 20)
  await house.owner.query('create table forgotten (id int)')
  assert.equal(
    (await rows(`select relrowsecurity from pg_class where relname = 'forgotten'`))[0].relrowsecurity,
    false,
    'a new table would be found',
  )
  await house.owner.query('drop table forgotten')
})

test('SEC-6: what is public is only read by the application', async () => {
  const writable = await rows(
    `select table_name, privilege_type from information_schema.role_table_grants where grantee = 'cc_web'
      and privilege_type <> 'SELECT' and 'public.' || table_name = any ($1)`,
    [[...open]],
  )
  assert.deepEqual(writable, [])
  assert.deepEqual(
    await rows(
      `select table_name, privilege_type from information_schema.role_table_grants where grantee in ('cc_web', 'PUBLIC')
        and table_schema = 'public' and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')`,
    ),
    [],
  )
})

test('SEC-6: no view reads with its owner’s rights, and no materialised one keeps what a policy hides', async () => {
  assert.deepEqual(
    await rows(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}
        and (c.relkind = 'm' or (c.relkind = 'v'
        and not coalesce('security_invoker=true' = any (c.reloptions), false)))`,
    ),
    [],
  )
})

test('SEC-6: policies filter on types whose comparisons are leakproof, so that an index may serve', async () => {
  const columns =
    await rows(`select distinct c.relname || '.' || a.attname as name, t.typname as type, t.typtype as kind,
      t.typcategory as category
    from pg_policy p join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
      and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
    join pg_class c on c.oid = d.refobjid join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      join pg_type t on t.oid = a.atttypid`)
  assert.ok(
    columns.some(c => c.name === 'exchanges.clpe_id') && columns.some(c => c.name === 'exchange_contents.visibility'),
  )
  assert.deepEqual(
    columns.filter(
      c =>
        !['int4', 'int8', 'uuid', 'text', 'bool', 'date', 'timestamptz'].includes(c.type) ||
        c.kind === 'e' ||
        c.category === 'A',
    ),
    [],
  )
})

/** They take the row’s columns, or an array already selected. */
const rowWise = [
  'covers',
  'national',
  'lies_within',
  'perimeter_within',
  'knows_address',
  'keeps_correspondent',
  'keeps_linked',
  'signs_as',
  'deputies_of',
  'deputy_holds',
  'widened_by_amendment',
  'own_signers',
  'named_signer',
  'name_words',
]
test('SEC-6: policies call each context function once a query, not once a row', async () => {
  for (const { tablename, policyname, qual, with_check } of await rows(
    'select tablename, policyname, qual, with_check from pg_policies',
  )) {
    const text = `${qual ?? ''} ${with_check ?? ''}`
    for (const { 1: name, index } of text.matchAll(/ctx\.(?:"national"|(\w+))\(/g)) {
      if (name === undefined || rowWise.includes(name)) continue
      assert.match(
        text.slice(0, index),
        /SELECT $/,
        `${tablename}.${policyname}: ctx.${name}() stands outside (select …)`,
      )
    }
  }
})

test('SEC-6: every policy of the application is false without the sealed context, reading and writing', async () => {
  const exempt = new Set([
    // It names rows of target_sharings, which its own policies show.
    'target_assignments.forget',
  ])
  const policies = (
    await rows(
      `select tablename || '.' || policyname as name, cmd, qual, with_check from pg_policies
        where not roles <@ '{cc_owner, cc_worker}'
          and permissive = 'PERMISSIVE' -- a restrictive one narrows these, and opens nothing`,
    )
  ).filter(p => !exempt.delete(p.name))
  assert.deepEqual([...exempt], [])
  assert.ok(policies.length > 40)
  for (const { name, cmd, qual, with_check } of policies) {
    if (qual !== null) assert.ok(fallsUnsealed(qual), `${name}: ${qual}`)
    if (cmd === 'INSERT' || cmd === 'ALL') assert.ok(fallsUnsealed(with_check), `${name}, writing: ${with_check}`)
    assert.notEqual(with_check, 'true', name)
  }
  for (const { prosrc, proname } of await rows(
    `select proname, prosrc from pg_proc where pronamespace = 'ctx'::regnamespace and proname ~ '^(visible|piloted|led)_'`,
  ))
    assert.match(prosrc, /\(select\s+ctx\.(ok|visible_campaigns)\(\)\)/, proname)
})
test('SEC-6: a policy that one branch opens without the sealed context is seen', () => {
  const [ok, own] = ['( SELECT ctx.ok() AS ok)', '(owner_id = ( SELECT ctx.account() AS account))']
  const seen = '(campaign_id IN ( SELECT ctx.visible_campaigns() AS visible_campaigns))'
  for (const [condition, falls] of [
    [`(${ok} AND ${own})`, true],
    [`(${ok} AND (${own} OR ${seen}))`, true],
    [`(${own} OR ${seen})`, false],
    [`(${own} AND ${seen})`, true],
    [`(id IN ( SELECT v.id FROM views v WHERE ${seen}))`, true],
    [`(${ok} OR ${own})`, false],
    [own, false],
    ["(kind = '( SELECT ctx.ok() AS ok)'::text)", false],
  ] as const)
    assert.equal(fallsUnsealed(condition), falls, condition)
})
test('SEC-6: what is written changes no key of a row: the application moves nothing to another thing or person', async () => {
  const granted = await rows(
    `select c.relname || '.' || a.attname as name
      from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        cross join unnest('{cc_web, cc_sign_in}'::text[]) role
      where i.indisprimary and c.relnamespace = 'public'::regnamespace
        and has_column_privilege(role, c.oid, a.attnum, 'update')`,
  )
  assert.deepEqual(granted, [])
})
test('SEC-6: functions that run with other rights have a fixed search_path and no other setting, save that entering plans nothing for each account; nobody runs them but who was given to', async () => {
  const definers =
    await rows(`select p.oid::regprocedure::text as name, p.proconfig, pg_get_userbyid(p.proowner) as owner,
      coalesce(p.proacl::text, 'null') as acl
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${ours}`)
  assert.ok(definers.length > 15)
  for (const { name, proconfig, owner, acl } of definers) {
    assert.deepEqual(
      proconfig,
      name === 'ctx.enter(bytea)' ? ['search_path=""', 'plan_cache_mode=force_generic_plan'] : ['search_path=""'],
      name,
    )
    assert.equal(owner, 'cc_definer', name)
    assert.doesNotMatch(acl, /null|[{,]=/, `${name} is anyone's`)
  }
  for (const name of [
    'ctx.seal()',
    'ctx.set_context(text, uuid, uuid, int[], int[], int[], int[], int[], text[], int[], text[])',
    'ctx.effective_grants(uuid, date)',
    'ctx.held_grants(uuid, timestamptz)',
    'ctx.effective_roles(uuid, timestamptz)',
    'ctx.purge_expired()',
    'ctx.counted_campaigns()',
    'ctx.summed_perimeter()',
  ]) {
    assert.equal(
      (await rows('select has_function_privilege($1, $2, $3) as may', ['cc_web', name, 'execute']))[0].may,
      false,
      name,
    )
  }
})

test('SEC-6: the context is set for one transaction only', async () => {
  const setters = await rows(
    `select p.oid::regprocedure::text as name, p.prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ours} and p.prosrc ~* 'set_config|set\\s+session'`,
  )
  assert.ok(setters.length > 0)
  for (const { name, prosrc } of setters)
    for (const [call] of prosrc.matchAll(/set_config\((?:[^()]|\([^()]*\))*\)/g))
      assert.match(call, /,\s+true\)$/, `${name}: ${call}`)
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap(f =>
      f.isDirectory() ? files(join(folder, f.name)) : [join(folder, f.name)],
    )
  for (const file of files(join(here, 'server')).filter(f => f.endsWith('.ts') && !f.includes('.test.')))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /set_config/, file)
})

test('SEC-6: the application’s role is no superuser, bypasses nothing, owns nothing, belongs to no other role, defines nothing', async () => {
  for (const role of ['cc_web', 'cc_worker']) {
    assert.deepEqual(
      await rows(
        'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = $1',
        [role],
      ),
      [{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false }],
      role,
    )
    assert.deepEqual(
      await rows(
        'select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = $1::regrole',
        [role],
      ),
      [],
      `${role} belongs to no other`,
    )
  }
  const owned = await rows(
    `select 'cc_web' from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = 'cc_web'::regrole
      and deptype = 'o'`,
  )
  assert.deepEqual(owned, [])
  for (const statement of [
    'create table t (i int)',
    'create temporary table t (i int)',
    'create table ctx.t (i int)',
    'create schema s',
    'create view v as select 1',
    'alter table exchanges disable row level security',
    'alter table exchanges no force row level security',
    'drop table exchanges',
    'create policy p on exchanges using (true)',
    'drop policy read on exchanges',
    `create function public.ok() returns boolean language sql as 'select true'`,
    `create or replace function ctx.ok() returns boolean language sql as 'select true'`,
    'set role cc_owner',
    'set role cc_definer',
    'set session authorization cc_owner',
    'select * from secret.context_key',
    'select ctx.seal()',
    'alter role cc_web bypassrls',
    'create extension dblink',
    `copy exchanges to program 'cat'`,
  ])
    await assert.rejects(
      web.query(statement),
      (e: { code?: string }) => ['42501', '42710', '0A000'].includes(e.code ?? ''),
      statement,
    )
  await web.query('set row_security = off')
  await assert.rejects(
    web.query('select * from exchanges'),
    { code: '42501' },
    'turning policies off is an error, not a way round',
  )
  await web.query('reset row_security')
})

test('SEC-6: without a context, or with a session nobody has, every table answers nothing', async () => {
  const tables = await rows<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'
      and c.relkind = 'r' and c.relforcerowsecurity and has_any_column_privilege('cc_web', c.oid, 'select')`,
  )
  assert.ok(tables.length > 15 && tables.some(t => t.name === 'exchanges'))
  for (const { name } of tables) assert.equal(await seen(name), 0, `${name} without a context`)
  await inContext(tokenHash('nobody'), async () => {
    for (const { name } of tables) assert.equal(await seen(name), 0, `${name} with an unknown session`)
  })
  assert.equal(await inContext(hash(claire), seen), 1, 'and something for who may read')
})

test('SEC-6: a context forged by hand opens nothing, nor does a real one that was widened', async () => {
  const forge = (values: Record<string, string>) =>
    web.query(
      `select ${Object.entries(values)
        .map(([name, value]) => `set_config('ctx.${name}', ${pg.escapeLiteral(value)}, true)`)
        .join(', ')}`,
    )
  const tables = [
    'exchanges',
    'exchange_contents',
    'exchange_versions',
    'next_actions',
    'accounts',
    'grants',
    'campaigns',
    'usage_days',
    'sessions',
    'organisations',
  ]
  await web.query('begin')
  await forge({
    level: '2',
    account: claire.id,
    organisation: claire.organisationId,
    fiche: '{0}',
    fiche_conseiller: '{0}',
    campagnes: '{0}',
    conseiller: '{0}',
    pilote: '{0}',
    seal: 'f'.repeat(64),
  })
  for (const table of tables)
    assert.equal(await seen(table === 'sessions' ? '(select id from sessions) s' : table), 0, table)
  assert.equal(await seen(`colleagues_at(1075, 2033, null, null, '2026-11-25')`), 0, 'colleagues')
  for (const insert of [
    `insert into idempotency_keys (account_id, key, route, body_digest) values ('${claire.id}', 'forged-key', '/', '')`,
    `insert into exchanges (id, siret, organisation_id, author_id, occurred_on, reached, visibility, recorded_at)
      values ('${uuidv7()}', 31000000000001, '${claire.organisationId}', '${claire.id}', '2026-10-01', true, 'reseau',
      now())`,
  ]) {
    await web.query('savepoint s')
    await assert.rejects(web.query(insert), { code: '42501' }, insert)
    await web.query('rollback to s')
  }
  await web.query('rollback')

  const stranger = await house.person((await house.organisation()).id)
  for (const widened of [
    { fiche: '{0}' },
    { organisation: claire.organisationId },
    { account: claire.id, organisation: claire.organisationId, fiche: '{0}' },
    { level: '1' },
  ] as Record<string, string>[]) {
    await inContext(hash(stranger), async () => {
      await forge(widened)
      for (const table of ['exchanges', 'grants', 'exchange_contents'])
        assert.equal(await seen(table), 0, `${table} ${JSON.stringify(widened)}`)
    })
  }
  // What the seal holds back: without it, the same forgery opens the row.
  await withPolicyChanged(
    house.owner,
    'exchanges',
    'read',
    'ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)',
    () =>
      inContext(hash(stranger), async () => {
        await forge({ fiche: '{0}' })
        assert.equal(await seen(), 1)
      }),
  )
})

test('SEC-6: a seal copied from one transaction opens nothing in the next, nor on another connection', async () => {
  const names = [
    'level',
    'account',
    'organisation',
    'fiche',
    'fiche_conseiller',
    'campagnes',
    'conseiller',
    'pilote',
    'seal',
  ]
  const copied = await inContext(hash(claire), async () => {
    assert.equal(await seen(), 1)
    return (await web.query(`select ${names.map(n => `current_setting('ctx.${n}') as ${n}`).join(', ')}`)).rows[0]
  })
  const replay = `select ${names.map(n => `set_config('ctx.${n}', ${pg.escapeLiteral(copied[n])}, true)`).join(', ')}`
  const other = new pg.Client(house.urls.webUrl)
  await other.connect()
  for (const client of [web, other]) {
    await client.query('begin')
    await client.query(replay)
    assert.equal((await client.query('select count(*)::int as n from exchanges')).rows[0].n, 0)
    await client.query('rollback')
  }
  await other.end()
})

test('SEC-6: the context does not outlive COMMIT on the connection, and a right withdrawn is gone at the next request', async () => {
  await web.query('begin')
  await web.query('select ctx.enter($1)', [hash(claire)])
  assert.equal(await seen(), 1)
  await web.query('commit')
  assert.equal(await seen(), 0)
  const short = await house.person(claire.organisationId, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  assert.equal(await inContext(hash(short), seen), 1)
  await house.owner.query('update grants set revoked_at = now() where account_id = $1', [short.id])
  assert.equal(await inContext(hash(short), seen), 0, 'ACC-12')
})

test('SEC-6: a perimeter that touches the national territory is not a national one', async () => {
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    'insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033), (0, 2040), (2040, 0), (2040, 2040)',
  )
  const organisation = await house.organisation()
  const local = await house.person(organisation.id, [{ tool: 'campagnes', profile: 'consultation', territoryId: 2033 }])
  for (const territory of [2033, 2040, 0]) {
    const id = uuidv7()
    await house.owner.query(
      `insert into campaigns (id, name, purpose, territory_id, starts_on, ends_on, status, pilot_id, created_by,
        created_at, opened_at) values ($1, $2, 'prospection', $3, '2026-10-01', '2026-12-31', 'open', $4, $5, now(),
        now())`,
      [id, `Territoire ${territory}`, territory, organisation.id, local.id],
    )
    await house.owner.query('insert into campaign_members values ($1, $2)', [id, organisation.id])
  }
  const names = () =>
    inContext(hash(local), async () =>
      (await web.query('select name from campaigns order by name')).rows.map(r => r.name),
    )
  assert.deepEqual(await names(), ['Territoire 0', 'Territoire 2033'])
  assert.equal(await inContext(hash(local), () => seen('usage_days')), 0)
})

test('SEC-6: written straight to the database, what is not one’s own is refused', async () => {
  const organisation = (await house.organisation()).id
  const local = await house.person(organisation, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
  const insert = (over: { organisation?: string; author?: string; departement?: number }) =>
    inContext(hash(local), () =>
      web.query(
        `insert into exchanges (id, siret, departement_id, organisation_id, author_id, occurred_on, reached, visibility,
          recorded_at) values ($1, 31000000000001, $2, $3, $4, '2026-10-01', true, 'reseau', now())`,
        [uuidv7(), over.departement ?? 2033, over.organisation ?? organisation, over.author ?? local.id],
      ),
    )
  await insert({})
  for (const over of [{ organisation: claire.organisationId }, { author: claire.id }, { departement: 2040 }])
    await assert.rejects(insert(over), { code: '42501' }, JSON.stringify(over))
  await inContext(hash(claire), async () => {
    const foreign = await web.query(`update exchanges set organisation_id = '${organisation}'`).then(
      () => 'written',
      e => e.code,
    )
    assert.equal(foreign, '42501', 'what is one’s own is not given away either')
  })
  assert.equal(
    await inContext(hash(local), async () => (await web.query('update exchanges set reached = false')).rowCount),
    0,
  )
  await assert.rejects(
    inContext(hash(local), () => web.query('delete from exchanges')),
    { code: '42501' },
  )
})
