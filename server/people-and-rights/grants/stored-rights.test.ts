import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { applyRepeatables } from '../../platform/apply-repeatables.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { readSchema } from '../../platform/migrations.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { metrics } from '../../platform/telemetry.ts'
import { wholeDepth } from '../../testing/depth.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { onOneLine } from '../../testing/sources.ts'
import { giveRole } from '../accounts/testing.ts'
import { checkStoredRights } from './check-stored-rights.job.ts'

/** What each compares. Its instants are counted from noon of one day in Paris: no midnight is within six hours. */
const noon = new Date('2026-06-16T10:00:00Z')
const from = (seconds: number) => new Date(+noon + seconds * 1000)

let house: House
/** Of a partner, account manager by a deed; her colleague; two officers of the operator. */
let ada: Person
let colleague: Person
let officers: Person[]
let agency: string
let deed: string
const run = async <T = any>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await house.owner.query(text, values)).rows
const hash = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const named = (text: string) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'new'
      ? `'${uuidv7()}'`
      : `'${{ ada: ada.id, colleague: colleague.id, partner: ada.organisationId, officer: officers[0]!.id, other: officers[1]!.id, operator: officers[0]!.organisationId, agency, deed }[name]}'`,
  )

before(async () => {
  house = await openHouse([])
  await run(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde'), (1075, 'region', '75', 'Nouvelle-Aquitaine')`,
  )
  await run('insert into territory_contents values (2033, 1075)')
  const partner = (await house.organisation({ kind: 'epci' })).id
  const operator = (await house.organisation({ kind: 'operateur' })).id
  agency = uuidv7()
  await run(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Agence')`, [agency, partner])
  await run('insert into agency_territories values ($1, 2033)', [agency])
  const grants = [
    { tool: 'campagnes', profile: 'pilote', territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: null, agencyId: agency },
  ] as const
  ada = await house.person(partner, [...grants])
  colleague = await house.person(partner, [...grants])
  officers = [await house.person(operator), await house.person(operator)]
  await run('update organisation_territories set territory_id = 1075 where organisation_id = $1', [partner])
  await run('update grants set granted_at = $1', [from(-90 * 86_400)])
  await run('update account_states set from_at = $1', [from(-100 * 86_400)])
  await run(`insert into account_activity select id, organisation_id, $1, null, $1 from accounts`, [from(-86_400)])
  await run('update acceptances set accepted_at = $1', [from(-86_400)])
  await giveRole(house.owner, ada, 'rgc')
  deed = (await run('select id from rgc_deeds'))[0].id
  for (const [n, officer] of officers.entries())
    await giveRole(house.owner, officer, 'cssi', { seenAt: from((n === 0 ? -200 : -100) * 86_400).toISOString() })
})
after(() => house.close())

/** Works on a transaction undone after, on one connection. */
const undone = async <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
  const client = await house.owner.connect()
  try {
    await client.query('begin')
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}
/** Everyone's rights at an instant, worked out and kept. */
const keepAll = async (at: Date) => {
  for (const { id } of await run('select id from accounts'))
    for (const way of ['proconnect', 'proconnect-weak', 'password'])
      await house.owner.query('select ctx.keep_rights(ctx.worked_out($1, $2, $3))', [id, way, at])
}
const said = (row: string) =>
  `(${row}.granted, ${row}.withheld, ${row}.roles, ${row}.refused, ${row}.fiche, ${row}.fiche_conseiller, ${row}.campagnes, ${row}.conseiller, ${row}.pilote, ${row}.role_names, ${row}.regions, ${row}.categories)`
/** Of the rows that hold at these instants, how many were compared with the rule, and which differ from it. */
const compare = async (client: pg.ClientBase | pg.Pool, instants: readonly Date[]) => {
  const { rows } = await client.query<{ account_id: string; at: Date; differs: boolean }>(
    `select s.account_id, i.at, ${said('w')} is distinct from ${said('s')} as differs
      from secret.stored_rights s cross join unnest($1::timestamptz[]) i (at)
      cross join lateral ctx.worked_out(s.account_id, s.way, i.at) w where ctx.rights_hold(s, i.at)`,
    [instants],
  )
  return { compared: rows.length, different: rows.filter(r => r.differs) }
}

/** A change of a fact for each trigger, that changes what somebody may do at noon. */
const changes: readonly [table: string, sql: string, trigger?: 'officers_rights_changed'][] = [
  ['grants', `update grants set revoked_at = $1 where account_id = {ada} and tool = 'campagnes'`],
  ['grants', 'delete from grants where account_id = {ada} and agency_id is not null'],
  [
    'grants',
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
      values ({new}, {ada}, {partner}, 'fiche-etablissement', 'pilote', 1075, 'essai', '2026-01-01', $1)`,
  ],
  ['account_states', `insert into account_states values ({ada}, {partner}, $1, 'suspended')`],
  // The state is also kept apart, and has its own trigger.
  [
    'accounts',
    `alter table accounts disable trigger keep_state; update accounts set status = 'suspended' where id = {ada}`,
  ],
  // The officer asleep wakes when the other is no more: nobody else would give roles back.
  ['accounts', `update accounts set status = 'suspended' where id = {other}`, 'officers_rights_changed'],
  [
    'account_blocks',
    `alter table account_blocks disable trigger account_blocks_keep_an_officer;
      insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at) values ({new}, {other}, {operator}, 'suspect-use', 'essai', $1)`,
    'officers_rights_changed',
  ],
  [
    'role_assignments',
    `update role_assignments set ends_at = $1 where account_id = {other}`,
    'officers_rights_changed',
  ],
  [
    'account_blocks',
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at) values ({new}, {ada}, {partner}, 'suspect-use', 'essai', $1)`,
  ],
  [
    'account_activity',
    `update account_activity set last_act_at = '2026-02-01', first_at = '2026-02-01' where account_id = {ada}`,
  ],
  [
    'inactivity_spans',
    `insert into inactivity_spans values ({ada}, {partner}, '2026-06-01', '2026-07-01', {colleague}, 'essai')`,
  ],
  [
    'confirmations',
    `insert into confirmations (id, account_id, organisation_id, why, asked_by, asked_at) values ({new}, {ada}, {partner}, 'unknown-domain', {colleague}, $1)`,
  ],
  ['role_assignments', `update role_assignments set ends_at = $1 where account_id = {ada}`],
  ['acceptances', 'delete from acceptances where account_id = {ada}'],
  [
    'awareness_records',
    `insert into awareness_records (id, account_id, organisation_id, done_on, modality, title, recorded_at) values ({new}, {ada}, {partner}, '2026-06-01', 'en ligne', 'essai', now())`,
  ],
  ['rgc_members', 'delete from rgc_members where account_id = {ada}'],
  ['rgc_certificates', 'delete from rgc_certificates where account_id = {ada}'],
  ['sessions', 'update sessions set second_factor = null, second_factor_at = null where account_id = {ada}'],
  ['sessions', 'delete from sessions where account_id = {ada}'],
  [
    'second_factors',
    `insert into second_factors (id, account_id, kind, label, created_at, secret, last_step) values ({new}, {ada}, 'totp', 'essai', now(), 'essai', 1)`,
  ],
  ['organisations', `update organisations set kind = 'operateur' where id = {partner}`],
  ['conventions', 'update conventions set ends_at = $1 where organisation_id = {partner}'],
  ['organisation_territories', 'delete from organisation_territories where organisation_id = {partner}'],
  ['agency_territories', 'delete from agency_territories where agency_id = {agency}'],
  ['rgc_deeds', 'update rgc_deeds set sent_at = null where id = {deed}'],
  ['rgc_decisions', `insert into rgc_decisions values ({deed}, 'refus', 'essai', {officer}, $1)`],
  [
    'documents',
    `insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_at) values ({new}, 'cgu', 2, 'Texte', 'Texte', sha256('Texte'), $1, $1)`,
  ],
  ['awareness_policies', `insert into awareness_policies values ('2026-06-01', true)`],
  ['annex_4_tools', `update annex_4_tools set in_force_until = $1 where tool = 'campagnes'`],
  [
    'annex_4_versions',
    `update annex_4_versions set cancelled_at = $1, cancelled_by = {officer}, cancel_reason = 'essai'`,
  ],
  ['annex_4_entries', `update annex_4_entries set categories = array['interlocuteurs']`],
  [
    'authentication_directives',
    `insert into authentication_directives (id, audience, effective_on, local, password, reason, set_at) values ({new}, 'pilote', '2026-06-01', false, false, 'essai', now())`,
  ],
  ['territory_contents', 'delete from territory_contents'],
  ['territory_overlaps', 'insert into territory_overlaps values (2033, 1075)'],
]
/** A version of annex 4 that opens notes alone. */
const versionOfNotes = (inForceFrom: string) => `with v as (
  insert into annex_4_versions (id, number, note, in_force_from, published_by, published_at)
    values ({new}, (select count(*) + 1 from annex_4_versions), 'essai', ${inForceFrom}, {officer}, '2026-06-01') returning id)
  insert into annex_4_entries (version_id, tool, purpose, data_categories, categories, commitments)
    select id, 'fiche-etablissement', 'essai', array['essai'], array['notes'], 'essai' from v`
/** What makes a change tell, laid before rights are kept. */
const beforehand: Readonly<Record<string, string>> = {
  awareness_records: `insert into awareness_policies values ('2026-06-01', true); update accounts set created_at = '2025-01-01'`,
  awareness_policies: `update accounts set created_at = '2025-01-01'`,
  organisations: `update conventions set ends_at = '2026-06-01' where organisation_id = {partner}`,
  annex_4_versions: versionOfNotes(`'2026-06-01'`),
  annex_4_entries: versionOfNotes(`'2026-06-01'`),
  second_factors: 'update sessions set second_factor = null, second_factor_at = null where account_id = {ada}',
}
const putBack = `delete from annex_4_entries; delete from annex_4_versions; update conventions set ends_at = null; delete from awareness_policies; update accounts set created_at = '2026-06-01'; update sessions set second_factor = 'proconnect', second_factor_at = now()`

for (const [table, change, trigger = 'rights_changed'] of changes)
  test(`ACC-12: after « ${change
    .replace(/^alter.*;\s*/, '')
    .split(/\s+/, 3)
    .join(' ')} », nothing that it made false is kept (${trigger})`, async () => {
    await run(named(beforehand[table] ?? 'select'))
    try {
      await keepAll(noon)
      const apply = async (client: pg.ClientBase) => {
        for (const statement of named(change).split(';'))
          await client.query(statement, statement.includes('$1') ? [noon] : [])
      }
      assert.ok((await compare(house.owner, [noon])).compared >= 12)
      assert.deepEqual((await compare(house.owner, [noon])).different, [])
      await undone(async client => {
        await apply(client)
        assert.deepEqual((await compare(client, [noon])).different, [])
      })
      // The same without the trigger: what is kept would be believed, and wrong.
      await undone(async client => {
        await client.query(`alter table ${table} disable trigger ${trigger}`)
        await apply(client)
        assert.notDeepEqual((await compare(client, [noon])).different, [], `${table}: the change tells`)
      })
    } finally {
      await run(putBack)
    }
  })

test('ACC-12: each table that rights are worked out from has its trigger, and a table read later would be missed here', async () => {
  const functions = await run<{ name: string; text: string }>(
    `select p.proname as name, p.prosrc as text from pg_proc p where p.pronamespace = 'ctx'::regnamespace`,
  )
  const readBy = (name: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(name)) return new Set()
    seen.add(name)
    const tables = new Set<string>()
    for (const { text } of functions.filter(f => f.name === name)) {
      for (const [, table] of text.matchAll(/\bpublic\.(\w+)/g)) tables.add(table!)
      for (const [, called] of text.matchAll(/\bctx\.(\w+)\(/g)) for (const t of readBy(called!, seen)) tables.add(t)
    }
    return tables
  }
  const missing = async () => {
    const watched = new Set(
      (
        await run<{ name: string }>(
          `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'rights_changed'`,
        )
      ).map(t => t.name),
    )
    return [...readBy('worked_out')].filter(t => !watched.has(t))
  }
  assert.ok(readBy('worked_out').size >= 25)
  assert.deepEqual(await missing(), [])
  // Its changes were made above, each.
  assert.deepEqual(
    [...readBy('worked_out')].filter(t => !changes.some(([table]) => table === t)),
    [],
  )
  functions.find(f => f.name === 'in_force')!.text += ' select from public.third_parties'
  assert.deepEqual(await missing(), ['third_parties'])
})

/** A function whose union has lost one of its selects, up to the next one or to the end of the union. */
const withoutBranch = (text: string, begins: string): string => {
  const branches = onOneLine(text.replace(/--.*/g, '')).split(/(?= union all |\) b \(bound\))/)
  const kept = branches.filter(one => !one.startsWith(` union all select ${begins}`))
  assert.equal(branches.length - kept.length, 1, begins)
  return kept.join('')
}
/** Facts whose bound lies an hour ahead, and at which time alone changes what is kept at noon. */
const bounds: readonly [what: string, branch: string, sql: string][] = [
  ['a state to come', 'k.from_at', `insert into account_states values ({ada}, {partner}, $1, 'suspended')`],
  [
    'a block that ends',
    'unnest(array[b.blocked_at, b.lifted_at])',
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at, lifted_at, verdict) values ({new}, {ada}, {partner}, 'suspect-use', 'essai', '2026-06-01', $1, 'essai')`,
  ],
  [
    'a confirmation',
    'unnest(array[c.asked_at',
    `insert into confirmations (id, account_id, organisation_id, why, asked_by, asked_at, settled_at, settled_by, outcome, reason) values ({new}, {ada}, {partner}, 'unknown-domain', {colleague}, '2026-06-01', $1, {officer}, 'confirmed', 'essai')`,
  ],
  ['a convention that ends', 'unnest(array[c.effective_from', 'update conventions set ends_at = $1'],
  ['a territory that ends', 'unnest(array[t.from_at', 'update organisation_territories set until_at = $1'],
  [
    'a first act to come',
    'coalesce(a.first_at',
    `update account_activity set first_at = $1, last_act_at = $1 where account_id = {ada}`,
  ],
  [
    'a suspension that was lifted',
    'unnest(array[s.suspended_from',
    `insert into inactivity_spans values ({ada}, {partner}, '2026-06-01', $1, {colleague}, 'essai')`,
  ],
  ['a grant revoked later', 'unnest(array[g.granted_at', 'update grants set revoked_at = $1 where account_id = {ada}'],
  [
    'a text to come',
    'd.in_force_from',
    `insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_at) values ({new}, 'cgu', 2, 'Texte', 'Texte', sha256('Texte'), $1, '2026-06-01')`,
  ],
  ['an acceptance dated later', 'x.accepted_at', 'update acceptances set accepted_at = $1 where account_id = {ada}'],
  ['a policy of awareness to come', 'p.in_force_from', `insert into awareness_policies values ($1, true)`],
  [
    'a tool that leaves annex 4',
    'unnest(array[t.in_force_from',
    `update annex_4_tools set in_force_until = $1 where tool = 'campagnes'`,
  ],
  ['a version of annex 4 to come', 'v.in_force_from', versionOfNotes('$1')],
  ['a deed sent later', 'unnest(array[d.sent_at', 'update rgc_deeds set sent_at = $1'],
  ['a decision to come', 'y.decided_at', `insert into rgc_decisions values ({deed}, 'refus', 'essai', {officer}, $1)`],
  ['a certificate recorded later', 'c.recorded_at', 'update rgc_certificates set recorded_at = $1'],
  ['a role that ends', 'unnest(array[r.starts_at', 'update role_assignments set ends_at = $1 where account_id = {ada}'],
  [
    'another officer who falls asleep',
    'unnest(array[o.starts_at',
    `update role_assignments set seen_at = $1::timestamptz - interval '6 months' where account_id = {other}`,
  ],
]
for (const [what, branch, fact] of bounds)
  test(`ACC-12: what is kept ends with ${what}, to the microsecond`, () =>
    undone(async client => {
      const bound = from(3600)
      await client.query(`update accounts set created_at = '2025-01-01'`)
      await client.query(named(fact), [bound])
      // A text compared, since a timestamp of JavaScript has no microseconds.
      const look = async () =>
        (
          await client.query<{ last: boolean; same: boolean; changes: boolean; id: string }>(
            `select a.id, r.until = $2 as last, ${said('b')} is not distinct from ${said('r')} as same, ${said('c')} is distinct from ${said('r')} as changes
              from accounts a, ctx.worked_out(a.id, 'proconnect', $1) r, ctx.worked_out(a.id, 'proconnect', $2::timestamptz - interval '1 microsecond') b,
              ctx.worked_out(a.id, 'proconnect', $2) c`,
            [noon, bound],
          )
        ).rows
      const told = (await look()).filter(r => r.changes)
      assert.ok(told.length > 0, 'time alone changes the rights of somebody then')
      for (const row of told) assert.deepEqual(row, { ...row, last: true, same: true })
      const { text } = (
        await client.query<{ text: string }>(
          `select pg_get_functiondef('ctx.rights_until(uuid, uuid, timestamptz)'::regprocedure) as text`,
        )
      ).rows[0]!
      await client.query(withoutBranch(text, branch))
      assert.ok(
        (await look()).some(r => r.changes && !r.last),
        'and would go unseen without its line',
      )
    }))

test('ACC-12: what is counted in days ends at midnight in Paris, summer and winter', async () => {
  for (const [at, until] of [
    ['2026-06-16T10:00:00Z', '2026-06-16T22:00:00Z'],
    ['2026-12-01T22:59:59Z', '2026-12-01T23:00:00Z'],
    ['2026-12-01T23:00:00Z', '2026-12-02T23:00:00Z'],
    ['2026-10-24T23:00:00Z', '2026-10-25T23:00:00Z'],
  ])
    assert.equal(
      (
        await run('select ctx.rights_until($1, $2, $3) as until', [ada.id, ada.organisationId, at])
      )[0].until.toISOString(),
      new Date(until!).toISOString(),
    )
})

test('ACC-12: who reads while another cuts keeps nothing that the cut made false, in whatever order they end', async () => {
  const one = await house.person(ada.organisationId, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 1075 }])
  const [reader, cutter] = [new pg.Client(house.urls.webUrl), new pg.Client(house.urls.ownerUrl)]
  await Promise.all([reader.connect(), cutter.connect()])
  const entered = async (client = reader) =>
    (await client.query('select ctx.enter($1) as e', [hash(one)])).rows[0].e.grants.length
  const kept = async () => (await run('select from secret.stored_rights where account_id = $1', [one.id])).length
  try {
    for (const order of ['the cut ends first', 'the reading ends first'] as const) {
      await run('update grants set revoked_at = null where account_id = $1', [one.id])
      await run('delete from secret.stored_rights')
      await cutter.query('begin')
      await cutter.query('update grants set revoked_at = now() where account_id = $1', [one.id])
      await reader.query('begin')
      assert.equal(await entered(), 1, 'the cut is not committed')
      await (order === 'the cut ends first' ? cutter : reader).query('commit')
      await (order === 'the cut ends first' ? reader : cutter).query('commit')
      assert.equal(await kept(), 1)
      assert.equal(await entered(), 0, order)
      assert.equal(await entered(), 0)
    }
    // One's own change, in the transaction that entered; and one given up.
    await run('update grants set revoked_at = null where account_id = $1', [one.id])
    await cutter.query('begin')
    assert.equal(await entered(cutter), 1)
    await cutter.query('update grants set revoked_at = now() where account_id = $1', [one.id])
    assert.equal(await entered(cutter), 0, 'seen at once by who changed it')
    await cutter.query('rollback')
    assert.equal(await entered(), 1, 'and undone with it')
    await cutter.query('begin')
    await cutter.query('update grants set revoked_at = now() where account_id = $1', [one.id])
    await run('delete from secret.stored_rights')
    assert.equal(await entered(cutter), 0)
    await cutter.query('update grants set revoked_at = null where account_id = $1', [one.id])
    await cutter.query('commit')
    assert.equal(await entered(), 1, 'nothing was kept between two changes of one transaction')
  } finally {
    await Promise.all([reader.end(), cutter.end()])
  }
})

test('ACC-12: two requests of one person at once: neither waits for the other, and one keeps', async () => {
  await run('delete from secret.stored_rights')
  const [first, second] = [new pg.Client(house.urls.webUrl), new pg.Client(house.urls.webUrl)]
  await Promise.all([first.connect(), second.connect()])
  try {
    await first.query('begin')
    await first.query('select ctx.enter($1)', [hash(ada)])
    await second.query(`set lock_timeout = '1ms'`)
    const { rows } = await second.query('select ctx.enter($1) as e', [hash(ada)])
    assert.equal(rows[0].e.accountId, ada.id)
    await first.query('commit')
    assert.equal((await run('select from secret.stored_rights where account_id = $1', [ada.id])).length, 1)
    await second.query('begin transaction read only')
    await run('delete from secret.stored_rights')
    assert.equal((await second.query('select ctx.enter($1) as e', [hash(ada)])).rows[0].e.accountId, ada.id)
    await second.query('commit')
  } finally {
    await Promise.all([first.end(), second.end()])
  }
})

test('ACC-12: entering answers the same from what is kept as worked out, for whoever comes in', async () => {
  await run('delete from secret.stored_rights')
  for (const who of [ada, colleague, ...officers]) {
    const enter = async () => (await run('select ctx.enter($1) as e', [hash(who)]))[0].e
    const [first, then] = [await enter(), await enter()]
    assert.deepEqual(then, first)
  }
  assert.equal((await run('select from secret.stored_rights')).length, 4)
})

test('ACC-12, REL-4: a change of one person’s rights leaves those of others as they are kept; one of their structure does not', async () => {
  const holding = async (client: pg.ClientBase) =>
    (
      await client.query(
        `select distinct s.account_id as id from secret.stored_rights s where ctx.rights_hold(s, $1) and s.account_id = any ($2)`,
        [noon, [ada.id, colleague.id, officers[0]!.id]],
      )
    ).rows.map(r => r.id)
  await run('delete from secret.stored_rights')
  await keepAll(noon)
  await undone(async client => {
    assert.equal((await holding(client)).length, 3)
    await client.query('update grants set revoked_at = $1 where account_id = $2', [noon, ada.id])
    assert.deepEqual((await holding(client)).sort(), [colleague.id, officers[0]!.id].sort())
    await client.query('update conventions set ends_at = $1 where organisation_id = $2', [noon, ada.organisationId])
    assert.deepEqual(await holding(client), [officers[0]!.id])
  })
})

test('ACC-12, REL-4: while a long transaction is open elsewhere, rights made after a change are kept all the same', async () => {
  const long = await house.owner.connect()
  try {
    await long.query('begin')
    await long.query('select pg_current_xact_id()')
    await run('update accounts set version = version + 1 where id = $1', [ada.id])
    await run('delete from secret.stored_rights')
    await keepAll(noon)
    assert.equal(
      (
        await run('select from secret.stored_rights s where s.account_id = $1 and ctx.rights_hold(s, $2)', [
          ada.id,
          noon,
        ])
      ).length,
      3,
    )
  } finally {
    await long.query('rollback')
    long.release()
  }
})

test('ACC-12: nothing is believed of another life of the server, nor when the clock goes back', async () => {
  await run('delete from secret.stored_rights')
  await keepAll(noon)
  const holding = async (at: Date) =>
    (await run('select count(*)::int as n from secret.stored_rights s where ctx.rights_hold(s, $1)', [at]))[0].n
  assert.ok((await holding(noon)) > 0)
  assert.equal(await holding(from(-1)), 0)
  await run(`update secret.stored_rights set server_started = server_started - interval '1 second'`)
  assert.equal(await holding(noon), 0)
})

test('ACC-12: a rule that changes is a change for everyone: nothing kept by the former one is believed', async () => {
  await run('delete from secret.stored_rights')
  await keepAll(noon)
  const schema = readSchema()
  const client = await house.owner.connect()
  try {
    assert.ok((await compare(client, [noon])).compared > 0)
    assert.equal(await applyRepeatables(client, schema.repeatables, 'another text'), true)
    assert.equal((await compare(client, [noon])).compared, 0)
  } finally {
    client.release()
  }
})

test('ACC-12: the nightly check counts what differs from the rule, puts it right, and forgets what no row needs', async () => {
  const now = (await run<{ now: Date }>('select ctx.clock() as now'))[0]!.now
  await run('delete from secret.stored_rights')
  await keepAll(now)
  const lines: string[] = []
  const log = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(`! ${line}`) }
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const check = () => checkStoredRights.run({}, { logger: log, withPgClient: (work: any) => work(worker) } as never)
  try {
    await check()
    assert.match(lines.pop()!, /^rights kept, compared with the rule: \d\d+$/)
    assert.ok(
      (await run('select from secret.rights_changes')).length > 0,
      'who reads now may rest on an older snapshot',
    )
    await run(`update secret.stored_rights set pilote = '{0}' where account_id = $1 and way = 'proconnect'`, [ada.id])
    // Older than any snapshot of the server, which a neighbour's transaction keeps back.
    await run(`update secret.rights_changes c set at = now() - interval '2 hours', by_transaction = n.n::text::xid8
      from (select ctid as row, row_number() over () as n from secret.rights_changes) n where n.row = c.ctid`)
    await check()
    assert.match(lines.pop()!, /^! rights kept that differ from the rule: 1 of \d+/)
    assert.match(await metrics.metrics(), /^stored_rights_different 1$/m)
    assert.equal(
      (await run(`select from secret.stored_rights where account_id = $1 and way = 'proconnect'`, [ada.id])).length,
      0,
    )
    assert.equal((await run('select from secret.rights_changes')).length, 0)
    await check()
    assert.match(lines.pop()!, /^rights kept, compared/)
    assert.match(await metrics.metrics(), /^stored_rights_different 0$/m)
  } finally {
    await worker.end()
  }
})

/** Changes drawn at random, each with bounds around noon of that day. */
const drawn = (random: () => number) => {
  const when = () => from(Math.round((random() - 0.5) * 4 * 86_400)).toISOString()
  const on = () => when().slice(0, 10)
  const [a, b] = [when(), when()].toSorted()
  const who = pick(random, [ada, colleague, ...officers])
  const own = `'${who.id}', '${who.organisationId}'`
  const mine = `account_id = '${who.id}'`
  const tool = pick(random, ['campagnes', 'fiche-etablissement'])
  return pick(random, [
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, ends_on, granted_at)
      values ({new}, ${own}, '${tool}', '${pick(random, ['consultation', 'conseiller', 'pilote'])}', ${pick(random, [2033, 1075, 0])}, 'essai', '${a!.slice(0, 10)}', '${b!.slice(0, 10)}', '${when()}')`,
    `update grants set revoked_at = '${when()}' where ${mine} and random() < 0.5`,
    `update grants set revoked_at = null where ${mine}`,
    `insert into account_states values (${own}, '${when()}', '${pick(random, ['active', 'active', 'suspended'])}', ${pick(random, ['null', `'${on()}'`])}) on conflict do nothing`,
    `delete from account_states where ${mine} and from_at > '2026-06-10'`,
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at, lifted_at, verdict) values ({new}, ${own}, 'suspect-use', 'essai', '${a}', '${b}', 'essai')`,
    `delete from account_blocks where ${mine}`,
    `update account_activity set last_act_at = '${pick(random, [when(), '2026-04-16T10:00:00Z'])}', first_at = '${when()}' where ${mine}`,
    `insert into inactivity_spans values (${own}, '${a}', '${b}', {colleague}, 'essai') on conflict do nothing`,
    `delete from inactivity_spans where ${mine}`,
    `update role_assignments set ends_at = ${pick(random, ['null', `'${when()}'`])} where ${mine}`,
    `update role_assignments set seen_at = timestamptz '${when()}' - interval '6 months' where ${mine} and role = 'cssi'`,
    `update acceptances set accepted_at = '${when()}' where ${mine}`,
    `insert into documents (id, kind, tool, version, title, body, body_hash, in_force_from, published_at)
      select {new}, 'cpu', '${tool}', count(*) + 1, 'Texte', 'Texte', sha256('Texte'), '${when()}', now() from documents`,
    `insert into acceptances select ${own.split(',')[0]}, d.id, ${own.split(',')[1]}, d.body_hash, '${when()}' from documents d on conflict do nothing`,
    `insert into awareness_policies values ('${when()}', ${random() < 0.5}) on conflict do nothing`,
    `insert into awareness_records (id, account_id, organisation_id, done_on, modality, title, recorded_at) values ({new}, ${own}, '${pick(random, [on(), `2025${on().slice(4)}`])}', 'en ligne', 'essai', now())`,
    `update annex_4_tools set in_force_until = ${pick(random, ['null', `'${when()}'`])} where tool = '${tool}'`,
    versionOfNotes(`'${when()}'`),
    `update annex_4_versions set (cancelled_at, cancelled_by, cancel_reason) = (${pick(random, ['null, null, null', `'${when()}', {officer}, 'essai'`])}) where random() < 0.5`,
    `update annex_4_entries set categories = ${pick(random, ['null', `array['interlocuteurs']`])} where random() < 0.5`,
    `update conventions set ends_at = ${pick(random, ['null', `'${when()}'`])} where organisation_id = {partner}`,
    `update organisation_territories set until_at = ${pick(random, ['null', `'${when()}'`])} where organisation_id = {partner}`,
    `update rgc_deeds set sent_at = '${when()}'`,
    `insert into rgc_decisions values ({deed}, '${pick(random, ['acceptation', 'refus'])}', 'essai', {officer}, '${when()}') on conflict (deed_id) do update set kind = excluded.kind, decided_at = excluded.decided_at`,
    `update rgc_certificates set recorded_at = '${when()}' where ${mine}`,
    `insert into authentication_directives (id, audience, effective_on, weak_until, local, password, reason, set_at) values ({new}, '${pick(random, ['conseiller', 'pilote', 'fonction'])}', '${a!.slice(0, 10)}', '${b!.slice(0, 10)}', false, ${random() < 0.5}, 'essai', now())`,
    `delete from authentication_directives`,
    `insert into agency_territories values ({agency}, 1075) on conflict do nothing`,
    `delete from agency_territories where territory_id = 1075`,
  ])
}
const least = wholeDepth ? 1_000_000 : 3_000
test(`ACC-12: over ${least.toLocaleString('en')} pairs of an account and an instant, facts changing at random in between, what is kept is what the rule says`, {
  timeout: 7_200_000,
}, async () => {
  const random = seededRandom(11)
  let compared = 0
  let thrown = 0
  for (let n = 0; compared < least; n++) {
    const at = from(Math.round((random() - 0.5) * 3 * 86_400))
    await keepAll(at)
    const kept = (await run('select count(*)::int as n from secret.stored_rights'))[0].n
    await run(named(drawn(random)))
    // Instants within what is kept: at its start, just before its end, and anywhere between.
    const ends = (await run<{ until: Date }>('select distinct until from secret.stored_rights')).map(r => +r.until)
    const within = (end: number) => Array.from({ length: wholeDepth ? 30 : 1 }, () => +at + random() * (end - +at))
    const instants = [at, ...ends.flatMap(end => [end - 1, end, ...within(end)]).map(t => new Date(t))]
    const outcome = await compare(house.owner, instants)
    assert.deepEqual(outcome.different, [], `after change ${n}`)
    compared += outcome.compared
    if (outcome.compared < kept * 2) thrown++
  }
  assert.ok(thrown > 2, 'some changes throw rights away')
})

test('ACC-12: rights are said in one order, however PostgreSQL reads them', async () => {
  // Rows changed later stand after the others: their order is neither that of their keys nor that of their ids.
  for (const tool of ['fiche-etablissement', 'campagnes'])
    for (const territoryId of [2033, 0, 1075])
      for (const profile of ['pilote', 'consultation', 'conseiller'])
        await run(
          named(`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
            granted_at) values ({new}, '${colleague.id}', {partner}, '${tool}', '${profile}', ${territoryId}, 'essai',
            '2026-01-01', '2026-01-01')`),
        )
  for (const profile of ['conseiller', 'pilote'])
    await run('update grants set reason = $2 where account_id = $1 and profile = $3', [colleague.id, 'Essai', profile])
  const readBy = async (...scans: string[]) => {
    const client = new pg.Client(house.urls.ownerUrl)
    await client.connect()
    try {
      for (const scan of scans) await client.query(`set enable_${scan} = off`)
      const { rows } = await client.query(
        `select a.id, v.way, ${said('w')}::text as said from accounts a
          cross join unnest('{proconnect,proconnect-weak,password}'::text[]) v (way)
          cross join lateral ctx.worked_out(a.id, v.way, $1) w order by a.id, v.way`,
        [noon],
      )
      return rows
    } finally {
      await client.end()
    }
  }
  const rows = await readBy('seqscan', 'hashjoin', 'mergejoin')
  assert.ok(rows.some(row => row.said.length > 1000))
  assert.deepEqual(rows, await readBy('indexscan', 'indexonlyscan', 'bitmapscan', 'nestloop'))
})
