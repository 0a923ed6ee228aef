import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type House, openHouse } from '../testing/house.ts'
import { uuidv7 } from './ids.ts'
import { tokenHash } from './session-cookie.ts'

/** Everything that signing in runs before there is a session, with arguments of the right shape. */
const ofSigningIn: readonly (readonly [call: string, values: readonly unknown[]])[] = [
  ['ctx.sign_in_begin($1, $2, $2, $3, $3, $3, true, $4, null)', [uuidv7(), randomBytes(32), 'x'.repeat(43), '/']],
  ['ctx.sign_in_take($1)', [randomBytes(32)]],
  ['ctx.find_identity($1, $1, $1, $1, null)', ['x']],
  ['ctx.link_identity($1, $1, $2, $1, null, null)', ['x', uuidv7()]],
  ['ctx.invitation_open($1)', [randomBytes(32)]],
  ['ctx.ask_link($1, $2, $2, $1, $1, $2, $2, $2, null, $2, $2)', [uuidv7(), 'x']],
  ['ctx.weak_level($1)', [uuidv7()]],
  ['ctx.choice_begin($1, array[$2, $2]::uuid[], $3, null, null, $3)', [randomBytes(32), uuidv7(), 'x']],
  ['ctx.choice_structures($1)', [randomBytes(32)]],
  ['ctx.choice_take($1, $2)', [randomBytes(32), uuidv7()]],
  ['ctx.open_session($1, $2, $1, $3, $4, $3, $3, now(), $3, $3, null)', [uuidv7(), randomBytes(32), 'x', ['x']]],
  ['ctx.find_password($1)', ['x@exemple.fr']],
  ['ctx.lock_sign_in_budgets($1)', [[randomBytes(32)]]],
  ['ctx.set_sign_in_budget($1, 0, null, null)', [randomBytes(32)]],
  ['ctx.open_password_session($1, $2, $1, $3, null)', [uuidv7(), randomBytes(32), 'x']],
  ['ctx.renew_password_hash($1, $2, $2)', [uuidv7(), 'x']],
  ['ctx.password_link($1)', [randomBytes(32)]],
  ['ctx.try_link_code($1, $1)', [randomBytes(32)]],
  ['ctx.choose_password($1, $1, $2)', [randomBytes(32), 'x']],
  ['ctx.password_anywhere()', []],
  ["record_at_the_door($1, 'sign-in.failed', 'sign-in', $2, null, $2, $2, '{}')", [uuidv7(), 'x']],
]
const nameOf = (call: string) => call.slice(0, call.indexOf('('))

/** What cc_web may run without a session, with what it gives to who holds its password alone. */
const withoutSession = new Map([
  ['ctx.enter(bytea)', 'opens the context, from the digest of a token that only its browser holds'],
  ['ctx.enter_calendar(uuid,bytea)', 'opens the context too, from the digest of an address that only its person knows'],
  ['ctx.touch(bytea)', 'keeps a session awake, by that digest; a locked one stays locked'],
  ['ctx.act(bytea)', 'notes a deliberate act, by that digest'],
  ['ctx.ok()', 'is the question itself'],
  ['ctx.known()', 'likewise'],
  ['ctx.clock()', 'the time'],
  ['ctx.trail_lag()', 'how late the sealing is: one number'],
  ['ctx.trail_position(uuid)', 'the place of an entry whose id one has: one number'],
  ['ctx.settle_withdrawn_tools()', 'ends what the annex ended, on the day it did, and nothing else'],
  ['ctx.ceiling(uuid,timestamp with time zone)', 'the territories of a structure, which its convention says: numbers'],
  [
    'ctx.perimeter_within(integer,uuid,integer[])',
    'asked by a policy: whether a perimeter lies within territories, yes or no',
  ],
  ['ctx.keys_in_use()', 'which keys are needed and by how much: numbers, read before serving'],
  ['unsubscribe(uuid,text)', 'makes one mail fewer, of who had that mail, by a signed address; the trail says it'],
  [
    'satisfaction_link(bytea)',
    'says to who has the link of a mail which structure asks, of what day, and whether it still waits',
  ],
  ['answer_satisfaction(bytea,text,text)', 'answers that question once, by that link; the trail says it'],
  ['refuse_satisfaction(bytea)', 'has that address asked no more, by that link; the trail says it'],
  ['provisional_used(bigint)', 'asked by a policy: whether a SIRET has served, yes or no'],
  [
    'record_by_session(text,jsonb)',
    'adds readings and refusals to the trail, by the digest of the token that read; reads nothing',
  ],
  ['record_places(jsonb)', 'adds places of use, likewise'],
  ['record_usage(jsonb)', 'adds to the figures of use, likewise'],
])

let house: House
const clients: pg.Client[] = []
const as = async (url: string) => {
  const client = new pg.Client(url)
  clients.push(client)
  await client.connect()
  return client
}
let web: pg.Client
let signIn: pg.Client
before(async () => {
  house = await openHouse([])
  web = await as(house.urls.webUrl)
  signIn = await as(house.urls.signInUrl)
})
after(async () => {
  for (const client of clients) await client.end()
  await house.close()
})
const refused = { code: '42501' }

test('SEC-6: the application’s role opens no session in anyone’s name, whoever holds it (the review’s proof, run again)', async () => {
  const { id: organisationId } = await house.organisation({ kind: 'operateur' })
  const victim = await house.person(organisationId)
  await house.owner.query(
    "insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason) select gen_random_uuid(), $1, $2, r, '2026-01-01', 'Désignation' from unnest('{administrateur,cssi}'::text[]) r",
    [victim.id, organisationId],
  )
  const count = async () =>
    (await house.owner.query('select count(*)::int as n from sessions where account_id = $1', [victim.id])).rows[0].n
  const before = await count()
  const token = createHash('sha256').update(randomBytes(32)).digest()
  const open = 'select ctx.open_session($1, $2, $3, $4, $5, $6, $7, now(), $8, $9, null)'
  const values = [
    uuidv7(),
    token,
    victim.id,
    'eidas2',
    ['pwd', 'otp'],
    'proconnect',
    'strong',
    'jeton',
    'un autre poste',
  ]
  await assert.rejects(web.query(open, values), refused)
  assert.equal((await web.query('select ctx.enter($1) as entered', [token])).rows[0].entered, null)
  assert.equal(await count(), before)
  await assert.rejects(
    web.query('select ctx.link_identity($1, $2, $3, $4, null, 1)', [
      'https://proconnect.example',
      'moi',
      victim.id,
      'idp',
    ]),
    refused,
  )
  await assert.rejects(
    web.query(
      "insert into sessions (id, token_hash, account_id, created_at, last_seen_at, amr, device) values (gen_random_uuid(), $1, $2, now(), now(), '{}', '')",
      [token, victim.id],
    ),
    refused,
  )

  // Signing in opens it, and its role finds nothing to read with it.
  await signIn.query('begin')
  await signIn.query(open, values)
  const {
    rows: [{ entered }],
  } = await signIn.query('select ctx.enter($1) as entered', [token])
  assert.deepEqual(entered.roles.map((r: { role: string }) => r.role).sort(), ['administrateur', 'cssi'])
  await assert.rejects(signIn.query('select from accounts'), refused)
  await signIn.query('rollback')
})

for (const [call, values] of ofSigningIn)
  test(`SEC-6: refused to the application’s role and to the worker, kept for signing in: ${nameOf(call)}`, async () => {
    const worker = await as(house.urls.workerUrl)
    for (const client of [web, worker])
      await assert.rejects(client.query(`select * from ${call}`, [...values]), refused)
    await signIn.query('begin')
    const code = await signIn.query(`select * from ${call}`, [...values]).then(
      () => 'ran',
      (error: { code: string }) => error.code,
    )
    await signIn.query('rollback')
    // Made-up accounts break foreign keys and checks: it ran all the same.
    assert.ok(['ran', '23503', '23514'].includes(code), code)
  })

const runnable = async (role: string) =>
  (
    await house.owner.query<{ name: string; source: string; definer: boolean }>(
      `
  select p.oid::regprocedure::text as name, p.prosrc as source, p.prosecdef as definer from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'ctx', 'secret') and has_schema_privilege($1, n.oid, 'usage')
    and has_function_privilege($1, p.oid, 'execute') and p.prorettype <> 'trigger'::regtype order by 1`,
      [role],
    )
  ).rows

test('SEC-6: each function that sees past the policies asks for a session, or stands on the list with its reason', async () => {
  const definers = (await runnable('cc_web')).filter(f => f.definer)
  assert.ok(definers.length > 40)
  // A function that calls one of these two by way of another asks too. ctx.account() alone would not do: it is a
  // setting that anyone may write.
  const sources = new Map(
    (
      await house.owner.query<{ name: string; source: string }>(
        "select n.nspname || '.' || p.proname as name, string_agg(p.prosrc, ' ') as source from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'ctx') group by 1",
      )
    ).rows.map(f => [f.name, f.source]),
  )
  const asks = (source: string, seen = new Set<string>()): boolean =>
    /\bctx\.(ok|known)\(\)/.test(source) ||
    [...source.matchAll(/\b(?:ctx|public)\.\w+(?=\()/g)].some(
      ([name]) => !seen.has(name) && sources.has(name) && asks(sources.get(name)!, seen.add(name)),
    )
  assert.deepEqual(
    definers.filter(f => !withoutSession.has(f.name) && !asks(f.source)).map(f => f.name),
    [],
  )
  for (const name of withoutSession.keys())
    assert.ok(
      definers.some(f => f.name === name),
      `${name} is on the list for nothing`,
    )
})

test('SEC-6: the role that signs in runs that and no more, owns nothing, and reads no table', async () => {
  const definers = (await runnable('cc_sign_in')).filter(f => f.definer).map(f => f.name.replace(/\(.*/, ''))
  assert.deepEqual(
    [...new Set(definers)].sort(),
    [...ofSigningIn.map(([call]) => nameOf(call)), 'ctx.clock', 'ctx.enter', 'ctx.known', 'ctx.write_sign_in'].sort(),
  )
  const role = (
    await house.owner.query(
      "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = 'cc_sign_in'",
    )
  ).rows[0]
  assert.deepEqual(role, {
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolcanlogin: true,
  })
  assert.deepEqual(
    (await house.owner.query("select relname from pg_class where relowner = 'cc_sign_in'::regrole")).rows,
    [],
  )
  assert.deepEqual(
    (
      await house.owner.query(
        "select roleid::regrole::text as name from pg_auth_members where member = 'cc_sign_in'::regrole or roleid = 'cc_sign_in'::regrole",
      )
    ).rows,
    [],
  )
  const reached = (
    await house.owner.query(`select c.relname || ' ' || p as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace cross join unnest('{select,insert,update,references}'::text[]) p
    where n.nspname in ('public', 'ctx', 'secret', 'graphile_worker') and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and has_any_column_privilege('cc_sign_in', c.oid, p) order by 1`)
  ).rows.map(r => r.name)
  assert.deepEqual(reached, [])
  await assert.rejects(signIn.query('set role cc_web'), refused)
  await assert.rejects(signIn.query('create table x (id int)'), refused)
})

test('SEC-6: an account named without a session is not believed: neither its count of guesses, nor whether it has a second factor', async () => {
  const someone = await house.person((await house.organisation()).id)
  await web.query(
    "select set_config('ctx.account', $1, false), set_config('ctx.level', '2', false), set_config('ctx.seal', 'x', false)",
    [someone.id],
  )
  try {
    for (const call of ['ctx.lock_own_budget()', 'ctx.set_own_budget(0, null, null)'])
      await assert.rejects(web.query(`select ${call}`), refused, call)
    assert.equal(
      (await web.query('select ctx.has_second_factor() as has')).rows[0].has,
      true,
      'with none, the answer is the same',
    )
  } finally {
    await web.query('reset ctx.account; reset ctx.level; reset ctx.seal')
  }
})

test('SEC-1, SEC-6: signing in adds its own acts to the trail, in the name of who signs in or of nobody, and no other', async () => {
  const add = (action: string) =>
    signIn.query("select ctx.write_sign_in(now(), 'x', 'x', $1)", [
      JSON.stringify([{ id: uuidv7(), action, kind: 'session', subject: 'x', detail: {} }]),
    ])
  const atTheDoor = (action: string) =>
    signIn.query("select record_at_the_door($1, $2, 'account', 'x', null, 'x', 'x', '{}')", [uuidv7(), action])
  await atTheDoor('sign-in.failed')
  // These have no actor either, and are told by others: a block for suspect use, an erasure.
  for (const action of ['account.deleted', 'account.blocked-for-suspect-use', 'trail.details-erased'])
    await assert.rejects(atTheDoor(action), refused, action)
  for (const action of ['sign-in.failed', 'account.deleted', 'session.opened'])
    await assert.rejects(add(action), refused, action)
  const someone = await house.person((await house.organisation()).id)

  await assert.rejects(web.query("select ctx.write_sign_in(now(), 'x', 'x', '[]')"), refused)
  // In its own session, a sign-in tells that it opened one or linked an account, and nothing that it did not do.
  const inSession = async (action: string) => {
    await signIn.query('begin')
    try {
      await signIn.query('select ctx.enter($1)', [tokenHash(someone.cookie.slice('session='.length))])
      await add(action)
      await signIn.query('commit')
    } finally {
      await signIn.query('rollback')
    }
  }
  for (const action of ['session.opened', 'account.linked']) await inSession(action)
  for (const action of ['account.deleted', 'session.ended', 'grant.opened', 'account.blocked'])
    await assert.rejects(inSession(action), refused, action)
  const { rows } = await house.owner.query(
    `select e.action, e.organisation_id as of, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.actor_id = $1 order by e.action`,
    [someone.id],
  )
  assert.deepEqual(
    rows,
    ['account.linked', 'session.opened'].map(action => ({ action, of: someone.organisationId, detail: {} })),
  )
})
