import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importChanged, mayWrite, sightsOf, withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import type * as accounts from '../accounts/accounts.policy.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
import type { Managed } from '../accounts/person-rules.ts'
import { giveRole } from '../accounts/testing.ts'
import type * as policy from './necessity.policy.ts'
import { mayOpenFile, mayReadLinksInPlace } from './necessity.policy.ts'

let house: House
let operator: string
const everyone: Person[] = []
const subjects: Managed[] = []
const named: Record<string, Person> = {}
const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))

/** Partners of two regions without account manager, with one, with one who is blocked, and the operator's officers. */
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
  for (const [name, regionId] of [
    ['cssi', null],
    ['here', 1075],
    ['away', 1053],
  ] as const) {
    named[name] = await house.person(operator)
    await giveRole(house.owner, named[name]!, 'cssi', { regionId })
  }
  named.mate = await house.person(operator)
  named.locked = await house.person(operator, [], { lastSeenAt: new Date(Date.now() - 31 * 60_000) })
  await giveRole(house.owner, named.locked!, 'cssi')
  // The operator's own signatory, who is its security officer too.
  named.both = await house.person(operator)
  await giveRole(house.owner, named.both!, 'cssi')
  await giveRole(house.owner, named.both!, 'signataire')
  for (const name of Object.keys(named))
    subjects.push({ id: named[name]!.id, organisationId: operator, isManager: false, otherManagers: 0 })
  everyone.push(...Object.values(named))
  for (const kind of ['none', 'one', 'two', 'blocked', 'over'] as const) {
    const organisationId = (await house.organisation()).id
    await house.owner.query('update conventions set region_id = $2 where organisation_id = $1', [
      organisationId,
      kind === 'over' ? 1053 : 1075,
    ])
    const [signs, first, second, agent] = await Promise.all([0, 1, 2, 3].map(() => house.person(organisationId)))
    await giveRole(house.owner, signs!, 'signataire')
    const managers = kind === 'none' ? [] : kind === 'two' ? [first!, second!] : [first!]
    for (const one of managers)
      await giveRole(house.owner, one, 'rgc', kind === 'over' ? { endsAt: new Date(Date.now() - 1000) } : {})
    if (kind === 'blocked')
      await house.owner.query(
        `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
          values ($1, $2, $3, 'suspect-use', 'essai', now())`,
        [uuidv7(), first!.id, organisationId],
      )
    const inEffect = kind === 'blocked' || kind === 'over' ? [] : managers
    for (const person of [signs!, first!, second!, agent!]) {
      everyone.push(person)
      subjects.push({
        id: person.id,
        organisationId,
        isManager: kind !== 'over' && managers.includes(person),
        otherManagers: inEffect.filter(m => m !== person).length,
      })
    }
    Object.assign(named, { [`${kind}Signs`]: signs, [`${kind}Agent`]: agent, [`${kind}First`]: first })
  }
})
after(() => house.close())

/** Whose file each officer opened within the hour. */
const opened = new Map<string, string>()
const readsLinks = (viewer: Viewer, person: Managed, may = mayReadLinksInPlace) =>
  may(viewer, { ...person, opened: opened.get(viewer.accountId) === person.id })
const differences = async (
  what: 'stands_in' | 'may_open_file' | 'reads_links_in_place',
  may: (viewer: Viewer, person: Managed) => unknown = what === 'stands_in' ? mayStandIn : mayOpenFile,
): Promise<number> => {
  let count = 0
  for (const by of everyone) {
    const tx = await house.database.begin()
    try {
      const viewer = await tx.enter(hashOf(by))
      const answers = await tx.all(
        sql<{ id: string; may: boolean }>`select a.id, ${sql.raw(`ctx.${what}`)}(a.id) as may
          from unnest(${subjects.map(s => s.id)}::uuid[]) a (id)`,
      )
      const inSql = new Map(answers.map(a => [a.id, a.may]))
      for (const of of subjects)
        if ((viewer?.state === 'active' && may(viewer, of) === true) !== inSql.get(of.id)) count += 1
    } finally {
      await tx.rollback()
    }
  }
  return count
}

test('SEC-6, ACC-10: who stands in for account managers, and who opens a file: the policy and the database agree on every pair', async () => {
  assert.deepEqual([await differences('stands_in'), await differences('may_open_file')], [0, 0])
})

test('SEC-6, ACC-10: who reads the links that wait in the place of account managers: the policy and the database agree, and part when a clause goes', async () => {
  for (const [officer, of] of [
    ['cssi', 'noneAgent'],
    ['here', 'oneAgent'],
  ] as const) {
    await house.owner.query(
      `insert into exceptional_acts (id, account_id, organisation_id, act, ground, reason, done_by, done_at)
        values ($1, $2, $3, 'read', 'necessity', 'Plus aucun RGC', $4, now())`,
      [uuidv7(), named[of]!.id, named[of]!.organisationId, named[officer]!.id],
    )
    opened.set(named[officer]!.id, named[of]!.id)
  }
  assert.equal(await differences('reads_links_in_place', readsLinks), 0)
  const changed = await importChanged<typeof policy>(
    new URL('./necessity.policy.ts', import.meta.url),
    "may === true && !readsHeld(viewer, person) ? 'necessity/open-first' : may",
    'may',
  )
  assert.ok(
    (await differences('reads_links_in_place', (viewer, person) =>
      readsLinks(viewer, person, changed.mayReadLinksInPlace),
    )) > 0,
  )
  for (const [from, to] of [
    ['ctx.stands_in(of_account)', 'true'],
    ['of_account in (select ctx.files_open())', 'true'],
    ['of_account in (select ctx.files_open())', 'false'],
    ['a.organisation_id = ctx.organisation()', 'false'],
  ] as const)
    assert.ok(
      (await withFunctionChanged(house.owner, 'ctx.reads_links_in_place(uuid)', from, to, () =>
        differences('reads_links_in_place', readsLinks),
      )) > 0,
      `${from} → ${to}`,
    )
  await house.owner.query('delete from exceptional_acts')
})

test('SEC-6, ACC-10: whatever the application forgets, a link that waits is answered by its own act alone, in the same transaction', async () => {
  const link = uuidv7()
  await house.owner.query(
    `insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, siret,
      idp_id, reason, asked_at) values ($1::uuid, 'http://localhost/api/v2', $1::text, $2, $3, 'Camille', 'Essai',
      'camille@structure.example', 99000000000001, 'fournisseur', 'unknown-provider', now())`,
    [link, named.noneAgent!.id, named.noneAgent!.organisationId],
  )
  const answered = sql`select from accounts where id = ${named.noneAgent!.id}::uuid
    and ctx.decide_link(${link}::uuid, ${named.noneAgent!.id}::uuid, true) is not null`
  for (const who of ['cssi', 'noneSigns']) {
    assert.ok(!(await afterActs(who, [], answered)), `${who}: no act`)
    assert.ok(!(await afterActs(who, [['suspend', 'noneAgent', null]], answered)), `${who}: another act`)
    assert.ok(!(await afterActs(who, [['decide-link', 'noneFirst', null]], answered)), `${who}: another one`)
  }
  assert.equal(await afterActs('away', [['decide-link', 'noneAgent', null]], answered), 'refused')
})

test('SEC-6, ACC-10, IDN-3: whatever the application forgets, a link to choose a password is made by its own act alone, in the same transaction', async () => {
  const allow = (allowed: boolean) =>
    house.owner.query(
      `insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason)
        values ($1, $2, $3, clock_timestamp(), 'Aucun fournisseur')`,
      [uuidv7(), named.noneAgent!.organisationId, allowed],
    )
  const made = (of: string) => sql`select from accounts where id = ${named[of]!.id}::uuid
    and ctx.make_password_link(${uuidv7()}::uuid, ${named[of]!.id}::uuid, sha256(${uuidv7()}::text::bytea),
      now() + interval '1 day', sha256('code'))`
  const act = [['send-password-link', 'noneAgent', null]] as const
  await allow(true)
  for (const who of ['cssi', 'noneSigns']) {
    assert.equal(await afterActs(who, act, made('noneAgent')), 1, who)
    assert.ok(!(await afterActs(who, [], made('noneAgent'))), `${who}: no act`)
    assert.ok(!(await afterActs(who, act, made('noneAgent'), true)), `${who}: another transaction`)
    for (const other of [
      ['reset-second-factors', 'noneFirst', null],
      ['suspend', 'noneAgent', null],
      ['decide-link', 'noneAgent', null],
    ] as const)
      assert.ok(!(await afterActs(who, [other], made('noneAgent'))), `${who}: ${other[0]} on ${other[1]}`)
  }
  assert.equal(await afterActs('away', act, made('noneAgent')), 'refused')
  await allow(false)
  assert.ok(!(await afterActs('cssi', act, made('noneAgent'))), 'passwords are not open there')
})

test('SEC-6, ACC-10: the comparison fails when a clause goes, on either side', async () => {
  for (const [from, to] of [
    ["if (person.id === viewer.accountId) return 'grant/own'\n  const own", 'const own'],
    ["if (own && !holdsRole(viewer, 'signataire'))", "if (own && !holdsRole(viewer, 'signataire', 'cssi'))"],
    ["if (!own && !isOfficerOf(viewer, person.organisationId)) return 'not-found'", ''],
    ["return person.otherManagers === 0 || 'necessity/manager-can'", 'return true'],
  ] as const) {
    const changed = await importChanged<typeof accounts>(
      new URL('../accounts/accounts.policy.ts', import.meta.url),
      from,
      to,
    )
    assert.ok((await differences('stands_in', changed.mayStandIn)) > 0, from)
  }
  for (const [from, to] of [
    ["if (person.id === viewer.accountId) return 'grant/own'", ''],
    ["if (person.organisationId === viewer.organisationId) return 'necessity/own-structure'", ''],
    ['isOfficerOf(viewer, person.organisationId)', 'true'],
  ] as const) {
    const changed = await importChanged<typeof policy>(new URL('./necessity.policy.ts', import.meta.url), from, to)
    const found = await differences('may_open_file', changed.mayOpenFile)
    // Oneself is always of one's own structure: that clause says why, the next one refuses too.
    assert.equal(found > 0, !from.includes('accountId'), from)
  }
  for (const [name, from, to] of [
    ['ctx.stands_in(uuid)', 'a.id <> ctx.account()', 'true'],
    ['ctx.stands_in(uuid)', "then ctx.holds_role('signataire')", 'then ctx.officer_for(a.organisation_id)'],
    ['ctx.stands_in(uuid)', 'else ctx.officer_for(a.organisation_id)', 'else true'],
    ['ctx.stands_in(uuid)', 'ctx.managers_beside(of_account) = 0', 'true'],
    ['ctx.managers_beside(uuid)', 'r.account_id <> a.id', 'true'],
    ['ctx.managers_beside(uuid)', 'r.organisation_id = a.organisation_id', 'true'],
    ['ctx.managers_beside(uuid)', "e.role = 'rgc'", 'false'],
  ] as const)
    assert.ok(
      (await withFunctionChanged(house.owner, name, from, to, () => differences('stands_in'))) > 0,
      `${name}: ${from}`,
    )
  for (const [from, to] of [
    ['a.organisation_id <> ctx.organisation()', 'true'],
    ['ctx.officer_for(a.organisation_id)', 'true'],
  ] as const)
    assert.ok(
      (await withFunctionChanged(house.owner, 'ctx.may_open_file(uuid)', from, to, () =>
        differences('may_open_file'),
      )) > 0,
      from,
    )
})

type Sql = ReturnType<typeof sql>
/** Writes an act, then tries something, in one transaction or in two. */
const afterActs = async (
  who: string,
  acts: readonly (readonly [string, string, string | null])[],
  tried: Sql,
  apart = false,
) => {
  let tx = await house.database.begin()
  try {
    await tx.enter(hashOf(named[who]!))
    for (const [act, on, grant] of acts) {
      const { done } = (await tx.first(
        sql<{ done: boolean }>`select ctx.act_exceptionally(${uuidv7()}::uuid, ${named[on]!.id}::uuid, ${act},
          ${grant}::uuid, 'necessity', 'Plus aucun RGC', null) as done`,
      ))!
      if (!done) return 'refused'
    }
    if (apart) {
      await tx.commit()
      tx = await house.database.begin()
      await tx.enter(hashOf(named[who]!))
    }
    return await tx.run(tried)
  } catch (error) {
    assert.match(String(error), /not for this viewer|row-level security/)
    return 'refused'
  } finally {
    await tx.rollback()
  }
}
test('SEC-6, ACC-10: whatever the application forgets, an account changes by an act of that kind, on that account, written in the same transaction', async () => {
  const suspend = (who: string) =>
    sql`update accounts set status = 'suspended', status_reason = 'x' where id = ${named[who]!.id}::uuid`
  const depart = sql`select ctx.record_departure(${named.noneAgent!.id}::uuid, 'departure', 'x')`
  const lift = sql`select ctx.lift_inactivity(${named.noneAgent!.id}::uuid, 'x')`
  const sessions = sql`select ctx.end_sessions_of(${named.noneAgent!.id}::uuid)`
  const factors = (of: string) =>
    sql`select from accounts where id = ${named[of]!.id}::uuid and ctx.may_help(${named[of]!.id}::uuid)`
  for (const who of ['cssi', 'here', 'noneSigns']) {
    assert.equal(await afterActs(who, [], suspend('noneAgent')), 0, `${who}: no act`)
    assert.equal(await afterActs(who, [['suspend', 'noneAgent', null]], suspend('noneAgent')), 1, who)
    assert.equal(await afterActs(who, [['depart', 'noneAgent', null]], suspend('noneAgent')), 0, `${who}: another act`)
    assert.equal(await afterActs(who, [['suspend', 'noneAgent', null]], suspend('noneFirst')), 0, `${who}: another one`)
    assert.equal(
      await afterActs(who, [['suspend', 'noneAgent', null]], suspend('noneAgent'), true),
      0,
      `${who}: another transaction`,
    )
    for (const [act, tried] of [
      ['depart', depart],
      ['lift', lift],
      ['suspend', sessions],
    ] as const) {
      assert.notEqual(await afterActs(who, [[act, 'noneAgent', null]], tried), 'refused', `${who}: ${act}`)
      assert.equal(await afterActs(who, [], tried), 'refused', `${who}: ${act}`)
      assert.equal(await afterActs(who, [['resume', 'noneAgent', null]], tried), 'refused', `${who}: ${act} by resume`)
    }
  }
  for (const [who, on] of [
    ['cssi', 'oneAgent'],
    ['cssi', 'mate'],
    ['away', 'noneAgent'],
    ['noneSigns', 'overAgent'],
    ['noneAgent', 'noneFirst'],
    ['mate', 'noneAgent'],
    ['oneSigns', 'oneAgent'],
  ] as const)
    assert.equal(await afterActs(who, [['suspend', on, null]], suspend(on)), 'refused', `${who} on ${on}`)
  assert.equal(await afterActs('cssi', [['reset-second-factors', 'noneSigns', null]], factors('noneSigns')), 1)
  assert.equal(await afterActs('cssi', [['resume', 'noneSigns', null]], factors('noneSigns')), 0)
  assert.notEqual(
    await house.owner.query('select count(*)::int as n from exceptional_acts').then(r => r.rows[0].n),
    0,
    'those of two transactions stayed',
  )
})

test('SEC-6, ACC-10: a grant ends by its own act, and the acts are read by those concerned, written by nobody', async () => {
  const grant = uuidv7()
  await house.owner.query(
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
      values ($1, $2, $3, 'campagnes', 'conseiller', 1075, 'essai', '2026-01-01', now())`,
    [grant, named.noneAgent!.id, named.noneAgent!.organisationId],
  )
  const end = (who: string) =>
    sql`update grants set revoked_at = now(), revoked_by = ${named[who]!.id}::uuid, revoke_reason = 'x'
      where id = ${grant}::uuid`
  assert.equal(await afterActs('noneSigns', [], end('noneSigns')), 0)
  assert.equal(await afterActs('noneSigns', [['suspend', 'noneAgent', null]], end('noneSigns')), 0)
  assert.equal(await afterActs('noneSigns', [['end-grant', 'noneAgent', grant]], end('noneSigns')), 1)
  assert.equal(await afterActs('noneSigns', [['end-grant', 'noneAgent', grant]], end('cssi')), 'refused')
  assert.equal(await afterActs('noneSigns', [['end-grant', 'noneFirst', grant]], end('noneSigns')), 'refused')
  // A security officer of the region reads grants, for reviews and anomalies (AGR-16); the act alone opens this one.
  assert.equal(await afterActs('here', [['read', 'noneAgent', null]], end('here')), 0)
  assert.equal(
    await afterActs(
      'here',
      [
        ['read', 'noneAgent', null],
        ['end-grant', 'noneAgent', grant],
      ],
      end('here'),
    ),
    1,
  )

  const readers = async () => {
    const seen: string[] = []
    for (const name of [
      'cssi',
      'here',
      'away',
      'mate',
      'noneSigns',
      'noneAgent',
      'noneFirst',
      'oneFirst',
      'oneSigns',
    ]) {
      const [sight] = await sightsOf(
        house.database,
        [hashOf(named[name]!)],
        sql<{ id: string }>`select id from exceptional_acts where account_id = ${named.noneAgent!.id}::uuid`,
      )
      if (sight!.ids.size > 0) seen.push(name)
    }
    return seen
  }
  assert.deepEqual(await readers(), ['cssi', 'here', 'noneSigns', 'noneAgent'])
  await withPolicyChanged(
    house.owner,
    'exceptional_acts',
    'read',
    'organisation_id = (select ctx.organisation())',
    async () => assert.notDeepEqual(await readers(), ['cssi', 'here', 'noneSigns', 'noneAgent']),
  )
  assert.equal(
    await mayWrite(
      house.database,
      hashOf(named.cssi!),
      sql`insert into exceptional_acts (id, account_id, organisation_id, act, ground, reason, done_by, done_at)
        values (${uuidv7()}, ${named.noneAgent!.id}, ${named.noneAgent!.organisationId}, 'suspend', 'necessity',
          'Plus aucun RGC', ${named.cssi!.id}, now())`,
    ).catch(() => false),
    false,
  )
})
