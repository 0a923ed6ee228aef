import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten } from '../../testing/parity.ts'
import type { SessionOptions } from './testing.ts'

type Query = ReturnType<typeof sql>
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
let house: House
let people: Record<'one' | 'mate' | 'locked' | 'bare' | 'late', Person>
const factor = (account: string) => sql`insert into second_factors (id, account_id, kind, label, created_at, secret,
  last_step) values (${uuidv7()}, ${account}, 'totp', 'Essai', now(), 'x', 0)`
before(async () => {
  house = await openHouse([])
  const own = (await house.organisation()).id
  await house.person((await house.organisation()).id) // another, laid before
  const unproven: SessionOptions = { secondFactor: null }
  people = {
    one: await house.person(own, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }]),
    mate: await house.person(own),
    locked: await house.person(own, [], unproven),
    bare: await house.person(own, [], unproven),
    late: await house.person(own, [], unproven),
  }
  await house.owner.query('delete from first_enrolments where account_id = $1', [people.late.id])
  for (const { id, sessionId } of [people.one, people.mate, people.locked]) {
    await house.owner.query(
      `insert into account_identities (issuer, subject, account_id) values ('https://essai', 'essai-' || $1::uuid, $1::uuid)`,
      [id],
    )
    await house.owner.query(
      `insert into second_factors (id, account_id, kind, label, created_at, secret, last_step)
        values ($1, $1, 'totp', 'Essai', now(), 'x', 0)`,
      [id],
    )
    await house.owner.query(
      `insert into second_factor_challenges (session_id, account_id, purpose, created_at)
        values ($1, $2, 'passkey-proof', now())`,
      [sessionId, id],
    )
    await house.owner.query('insert into second_factor_failures (account_id, failures) values ($1, 1)', [id])
    await house.owner.query(`insert into recovery_codes (account_id, code_hash) values ($1, sha256('x'))`, [id])
  }
})
after(() => house.close())

type Who = keyof typeof people
const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const may = (who: Who, query: Query) => mayWrite(house.database, hashOf(people[who]), query)
const written = (who: Who, query: Query) => rowsWritten(house.database, hashOf(people[who]), query)
const own = 'account_identities second_factors second_factor_challenges second_factor_failures recovery_codes sessions'
/** Whose rows of a table one sees. */
const whose = async (who: Who, table: string) => {
  const tx = await house.database.begin()
  try {
    await tx.enter(hashOf(people[who]))
    const found = await tx.all(sql<{ of: string }>`select account_id as of from ${sql.table(table)}`)
    return found.map(({ of }) => Object.keys(people).find(name => people[name as Who].id === of))
  } finally {
    await tx.rollback()
  }
}

test('SEC-6, IDN-2: whatever the application forgets, sessions, factors, challenges, failures and codes are one’s own, read and written', async () => {
  for (const table of own.split(' '))
    for (const who of ['one', 'locked'] as const) assert.deepEqual(await whose(who, table), [who], `${table}, ${who}`)
  for (const change of [
    sql`update sessions set ended_at = now()`,
    sql`update second_factors set last_used_at = now()`,
    sql`update second_factor_challenges set created_at = now()`,
    sql`update second_factor_failures set failures = 2`,
    sql`update recovery_codes set used_at = now()`,
    sql`delete from second_factors`,
  ])
    assert.equal(await written('one', change), 1)
  assert.equal(await written('locked', sql`delete from second_factors`), 0, 'not before the second factor')
  await house.owner.query(`delete from second_factor_challenges where purpose = 'totp-enrolment'`)
  const [one, mate] = [people.one, people.mate]
  for (const [what, add] of [
    [
      'a challenge',
      ({ id }: Person) => sql`insert into second_factor_challenges (session_id, account_id, purpose, created_at)
        values (${one.sessionId}, ${id}, 'totp-enrolment', now())`,
    ],
    ['a code', ({ id }: Person) => sql`insert into recovery_codes (account_id, code_hash) values (${id}, sha256('y'))`],
    ['a factor', ({ id }: Person) => factor(id)],
  ] as const)
    assert.deepEqual([await may('one', add(one)), await may('one', add(mate))], [true, false], what)
  const failures = ({ id }: Person) => sql`insert into second_factor_failures (account_id, failures) values (${id}, 1)`
  assert.deepEqual([await may('bare', failures(people.bare)), await may('bare', failures(people.late))], [true, false])
})

test('SEC-6, IDN-2: whatever the application forgets, a first factor is enrolled while that is open, and none is added before the one there is', async () => {
  const enrol = (who: Who) => may(who, factor(people[who].id))
  assert.deepEqual(
    [await enrol('one'), await enrol('bare'), await enrol('locked'), await enrol('late')],
    [true, true, false, false],
  )
})

test('SEC-6, IDN-2, IDN-5: what is injected in a session neither proves a second factor, nor wakes or opens one again, nor changes its token', async () => {
  for (const set of [
    sql`second_factor = 'totp', second_factor_at = now()`,
    sql`proven_at = now()`,
    sql`last_seen_at = now()`,
    sql`token_hash = sha256('x')`,
  ])
    for (const who of ['one', 'locked'] as const)
      await assert.rejects(written(who, sql`update sessions set ${set}`), { code: '42501' })
  const ended = await house.person(people.one.organisationId)
  const { sessionId } = ended
  await house.owner.query(
    `insert into sessions (id, token_hash, account_id, created_at, last_seen_at, ended_at, amr)
      values ($1, sha256('over'), $2, now(), now(), now(), '{}')`,
    [uuidv7(), ended.id],
  )
  const again = sql`update sessions set ended_at = null where id <> ${sessionId}`
  assert.equal(await rowsWritten(house.database, hashOf(ended), again), 0, 'opened again')
  const kept = sql`update sessions set ended_at = null where id = ${sessionId}`
  assert.equal(await mayWrite(house.database, hashOf(ended), kept), false)

  /** What a proof answers, and in what state one then enters by each token. */
  const next = Buffer.alloc(32, 9)
  const proveAs = async (who: Person, given: Buffer) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashOf(who))
      const asked = sql<{ proven: boolean }>`select ctx.prove_session(${given}, 'totp', now(), ${next}) as proven`
      const { proven } = (await tx.first(asked))!
      return [proven, (await tx.enter(hashOf(who)))?.state, (await tx.enter(next))?.state]
    } finally {
      await tx.rollback()
    }
  }
  const { locked, mate } = people
  assert.deepEqual(await proveAs(locked, hashOf(locked)), [true, undefined, 'active'])
  assert.deepEqual(await proveAs(locked, hashOf(mate)), [false, 'second-factor-required', undefined], 'another’s')
  assert.deepEqual(await proveAs(locked, Buffer.alloc(32)), [false, 'second-factor-required', undefined], 'unknown')
  await assert.rejects(
    house.database.first(sql`select ctx.prove_session(${hashOf(locked)}, 'totp', now(), ${next})`),
    { code: '42501' },
    'without a session',
  )
})

/** Whether `who` is seen and has acted, after an act or a touch of a session. */
const following = async (what: 'act' | 'touch', of: Person, who = of) => {
  const tx = await house.database.begin()
  await tx.first(sql`select ${sql.raw(`ctx.${what}`)}(${hashOf(of)})`)
  await tx.commit()
  const { rows } = await house.owner.query(
    `select s.last_seen_at > now() - interval '5 minutes' as seen, exists (select from account_activity a
      where a.account_id = s.account_id and a.last_act_at is not null) as acted from sessions s where s.id = $1`,
    [who.sessionId],
  )
  return [rows[0].seen, rows[0].acted]
}
test('SEC-6, IDN-5: whatever the application forgets, an act and a touch keep awake the one session that is open, proven and not locked', async () => {
  const person = (options: SessionOptions = {}) =>
    house.person(people.one.organisationId, [], { lastSeenAt: ago(10), ...options })
  const [acts, touches, bystander, unproven] = [
    await person(),
    await person(),
    await person(),
    await person({ secondFactor: null }),
  ]
  assert.deepEqual(await following('act', acts), [false, true])
  assert.deepEqual(await following('touch', touches), [true, false])
  const [stale, ended] = [await person({ lastSeenAt: ago(31) }), await person()]
  await house.owner.query('update sessions set ended_at = now() where id = $1', [ended.sessionId])
  for (const what of ['act', 'touch'] as const)
    for (const [of, who] of [
      [acts, bystander],
      [stale, stale],
      [ended, ended],
    ] as const)
      assert.deepEqual(await following(what, of, who), [false, false], what)
  assert.deepEqual(await following('act', unproven), [false, false], 'not proven')
  assert.deepEqual(await following('touch', unproven), [true, false])
})

test('SEC-6: whatever the application forgets, a level that nothing sealed is neither known nor open', async () => {
  const tx = await house.database.begin()
  try {
    const asked = sql<{ known: boolean; ok: boolean }>`select ctx.known() as known, ctx.ok() as ok`
    assert.deepEqual(await tx.first(asked), { known: false, ok: false })
    await tx.first(sql`select set_config('ctx.level', '2', true), set_config('ctx.seal', 'x', true)`)
    assert.deepEqual(await tx.first(asked), { known: false, ok: false })
    await tx.enter(hashOf(people.locked))
    assert.deepEqual(await tx.first(asked), { known: true, ok: false })
  } finally {
    await tx.rollback()
  }
})

test('SEC-6, IDN-5: whatever the application forgets, one enters by one’s own open session of an active account, of less than twelve hours', async () => {
  const entered = async (hash: Buffer) => {
    const tx = await house.database.begin()
    try {
      return await tx.enter(hash)
    } finally {
      await tx.rollback()
    }
  }
  const organisation = people.one.organisationId
  const viewer = (await entered(hashOf(people.one)))!
  assert.deepEqual(
    [viewer.accountId, viewer.sessionId, viewer.organisationId, viewer.state, viewer.grants.length],
    [people.one.id, people.one.sessionId, organisation, 'active', 1],
  )
  assert.equal(`${viewer.givenName} ${viewer.familyName}`, people.one.name)
  const foreign = await house.person((await house.organisation({ name: 'Une autre structure' })).id)
  await house.owner.query(`update organisations set name = 'La structure' where id = $1`, [organisation])
  const structureOf = async (who: Person) => (await entered(hashOf(who)))!.organisationName
  assert.deepEqual([await structureOf(people.one), await structureOf(foreign)], ['La structure', 'Une autre structure'])
  assert.equal((await entered(hashOf(people.locked)))!.state, 'second-factor-required')
  assert.ok(!(await entered(tokenHash('nobody’s'))))
  const [old, young, ended, suspended] = [
    await house.person(organisation, [], { createdAt: ago(12 * 60 + 1) }),
    await house.person(organisation, [], { createdAt: ago(12 * 60 - 1) }),
    await house.person(organisation),
    await house.person(organisation),
  ]
  await house.owner.query('update sessions set ended_at = now() where id = $1', [ended.sessionId])
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [suspended.id])
  for (const [who, enters] of [
    [old, false],
    [young, true],
    [ended, false],
    [suspended, false],
  ] as const)
    assert.equal(Boolean(await entered(hashOf(who))), enters)
})
