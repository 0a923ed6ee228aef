import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { keyRing } from '../../platform/key-ring.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { actions as identity } from '../identity/index.ts'
import { insertSession, unreachableIdentity } from '../identity/testing.ts'
import { hasher } from './hashing.ts'
import { passwords } from './index.ts'

const keys = keyRing(new Map([[1, randomBytes(32)]]))
const settings = {
  passwords: hasher(keys),
  identity: unreachableIdentity(keys),
}
const { hash, verify } = settings.passwords
const [old, next] = [
  'girafe tabouret pluie moteur canard tapis genou',
  'lampe nuage facteur verger cuivre tambour orage',
]

let house: House
let claire: Person
let ahead = 0
before(async () => {
  house = await openHouse([...identity, ...passwords], { clock: () => new Date(Date.now() + ahead * 1000), settings })
})
after(() => house.close())
beforeEach(async () => {
  claire = await house.person((await house.organisation()).id)
  await house.owner.query('insert into passwords (account_id, hash, changed_at) values ($1, $2, now())', [
    claire.id,
    await hash(old),
  ])
})
const change = (body: unknown, who = claire) => house.call(who, 'POST', '/password', body, once())
const kept = async () =>
  (await house.owner.query('select hash from passwords where account_id = $1', [claire.id])).rows[0].hash as string

test('IDN-3: one changes one’s password, by the old one; other sessions opened with it end, and a mail says so without it', async () => {
  const [mine, other] = [await insertSession(house.owner, claire.id), await insertSession(house.owner, claire.id)]
  await house.owner.query(`update sessions set signed_in_by = 'password' where id = any ($1)`, [[mine.id, other.id]])
  const { status, body } = await change({ current: old, next }, { ...claire, cookie: mine.cookie })
  assert.deepEqual([status, body], [200, { sessionsEnded: 1 }])
  assert.equal(await verify(next, await kept()), true)
  assert.deepEqual(
    (await house.owner.query('select id from sessions where account_id = $1 and ended_at is not null', [claire.id]))
      .rows,
    [{ id: other.id }],
  )
  const mails = (
    await house.owner.query('select subject, body, to_account_id as to from mails where to_account_id = $1', [
      claire.id,
    ])
  ).rows
  assert.equal(mails.length, 1)
  assert.doesNotMatch(JSON.stringify(mails), /lampe|girafe/)
  const trail = JSON.stringify(
    (
      await house.owner.query(
        'select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.actor_id = $1',
        [claire.id],
      )
    ).rows,
  )
  assert.match(trail, /password\.changed/)
  assert.doesNotMatch(trail, /lampe|girafe|argon2/)
  assert.equal(
    (await house.owner.query('select count(*)::int as n from idempotency_keys where account_id = $1', [claire.id]))
      .rows[0].n,
    0,
  )
})

test('IDN-5: changing it asks for the second factor of the last ten minutes; a session short of it, or locked, does not reach it', async () => {
  const stale = await insertSession(house.owner, claire.id, { provenAt: new Date(Date.now() - 11 * 60_000) })
  assert.equal(
    (await change({ current: old, next }, { ...claire, cookie: stale.cookie })).body.code,
    'session/step-up-required',
  )
  const short = await insertSession(house.owner, claire.id, { secondFactor: null })
  assert.equal(
    (await change({ current: old, next }, { ...claire, cookie: short.cookie })).body.code,
    'session/second-factor-required',
  )
  assert.equal(await verify(old, await kept()), true)
})

test('IDN-3: a weak password, one’s own name, no password, what is malformed: refused, and nothing changes', async () => {
  const before = await kept()
  for (const [chosen, code] of [
    ['court', 'password/too-short'],
    ['tabouretgiraf', 'password/too-simple'],
    ['MotDePasse2026!', 'password/guessable'],
  ] as const)
    assert.equal((await change({ current: old, next: chosen })).body.code, code)
  for (const body of [{}, { current: old }, { current: '', next }, { current: old, next: 'x'.repeat(201) }])
    assert.equal((await change(body)).body.code, 'request/malformed')
  assert.equal(await kept(), before)
  const other = await house.person(claire.organisationId)
  assert.equal((await change({ current: old, next }, other)).body.code, 'password/none')
})

test('IDN-6: guesses at the old one, even at once, are slowed down and in the trail; a weak new one is no guess', async () => {
  for (let i = 0; i < 8; i++)
    assert.equal((await change({ current: old, next: 'court' })).body.code, 'password/too-short')
  const guess = async (i: number): Promise<string> => (await change({ current: `faux ${i}`, next })).body.code
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => guess(i)))
  // A machine too busy to compute them all at once tells some to come back: they do.
  for (let i = 8; !answers.includes('password/wait') && i < 40; i++) answers.push(await guess(i))
  assert.equal(answers.filter(code => code === 'password/wrong-current').length, 5)
  assert.deepEqual(
    answers.filter(code => !['password/wrong-current', 'password/wait', 'service/overloaded'].includes(code)),
    [],
  )
  assert.equal((await change({ current: old, next })).body.code, 'password/wait')
  assert.equal(
    (
      await house.owner.query(
        "select count(*)::int as n from audit_entries where action = 'password.change-failed' and actor_id = $1",
        [claire.id],
      )
    ).rows[0].n,
    5,
  )
  ahead += 31
  assert.equal((await change({ current: old, next })).status, 200)
})

test('IDN-3: the database itself shows no digest of another, and changes none short of two factors', async () => {
  const other = await house.person(claire.organisationId)
  const attempt = async (who: { cookie: string }, text: string) => {
    const tx = await house.database.begin()
    try {
      const { tokenHash } = await import('../../platform/session-cookie.ts')
      const { sql } = await import('kysely')
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.run(sql.raw(text))
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await tx.rollback()
    }
  }
  const short = await insertSession(house.owner, claire.id, { secondFactor: null })
  assert.equal(await attempt(claire, 'select from passwords'), 1)
  assert.equal(await attempt(other, 'select from passwords'), 0)
  assert.equal(await attempt(short, 'select from passwords'), 0)
  assert.equal(await attempt(short, 'update passwords set changed_at = now()'), 0)
  assert.equal(await attempt(other, 'update passwords set changed_at = now()'), 0)
  for (const table of ['password_links', 'sign_in_budgets'])
    assert.equal(await attempt(claire, `select from ${table}`), '42501')
  assert.equal(
    await attempt(
      claire,
      'insert into organisation_sign_in values (gen_random_uuid(), ctx.organisation(), true, null, now(), $$x$$)',
    ),
    '42501',
  )
})
