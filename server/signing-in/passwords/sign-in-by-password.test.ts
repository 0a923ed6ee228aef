import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import pg from 'pg'
import { organisations, people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { handoverHash } from '../identity/handover-code.ts'
import { actions } from '../identity/index.ts'
import { digest } from '../identity/session-token.ts'
import { Browser, openSignInHouse, type SignInHouse } from '../identity/testing-sign-in.ts'
import { type Hasher, hasher } from './hashing.ts'
import { choosePassword, openPasswordSession } from './passwords.queries.ts'
import { passwordRoutes } from './sign-in-by-password.ts'
import { tellChosen } from './tell-chosen.job.ts'

let house: SignInHouse
/**
 * How many passwords were computed: what the time of an answer is made of. Those that begin with « faux » are only
 * counted, for there are many.
 */
let computed = 0
let fails = false
let ahead = 0
const counting = (real: Hasher): Hasher => ({
  ...real,
  verify: async (...args) => {
    if (fails) throw new Error('no memory')
    computed += 1
    return args[0].startsWith('faux') ? false : real.verify(...args)
  },
})
before(async () => {
  house = await openSignInHouse(actions, {
    standIn: false,
    trustProxy: true,
    more: parts => passwordRoutes({ ...parts, passwords: counting(hasher(parts.identity.keys)) }),
  })
  await allow(organisations.missionLocale.id)
})
after(() => house.close())
beforeEach(async () => {
  await house.owner.query('delete from sign_in_budgets')
  await house.owner.query('delete from password_links')
  await house.owner.query('delete from passwords')
})

const good = 'girafe tabouret pluie moteur canard tapis genou'
const allow = (organisationId: string, allowed = true) =>
  house.owner.query(
    'insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason) values ($1, $2, $3, clock_timestamp(), $4)',
    [uuidv7(), organisationId, allowed, 'pas de fournisseur ProConnect'],
  )
const link = async (person: StandInPerson, hours = 24, code: string | null = null) => {
  const token = randomBytes(32).toString('base64url')
  await house.owner.query(
    `insert into password_links (id, account_id, token_hash, made_at, ends_at, code_hash)
      values ($1, $2, $3, now() - interval '30 hours', now() + make_interval(hours => $4), $5)`,
    [
      uuidv7(),
      person.accountId,
      digest(token),
      hours,
      code && handoverHash(house.identity.keys, person.accountId!, code),
    ],
  )
  return token
}
const post = async (
  path: string,
  body: unknown,
  {
    browser = new Browser(),
    from = '192.0.2.1',
    headers = {},
  }: { browser?: Browser; from?: string; headers?: Record<string, string> } = {},
) => {
  const response = await fetch(`${house.url}/auth/password${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, cookie: browser.sent(), ...headers },
  })
  browser.keep(response)
  return { status: response.status, body: (await response.json()) as any, headers: response.headers, browser }
}
const offered = async () => {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${house.url}/auth/ways`, { method: 'POST', body: '{}', headers })).json()
}
const choose = async (person: StandInPerson, password = good) =>
  post('/choose', { token: await link(person), password })
const signIn = (email: string, password: string, over: Parameters<typeof post>[2] = {}) =>
  post('', { email, password }, over)
const karim = people.karim
const sessions = async () => (await house.owner.query('select count(*)::int as n from sessions')).rows[0].n

test('IDN-3: link, password, one factor that opens nothing but the second, then in', async () => {
  const token = await link(karim)
  assert.deepEqual((await post('/link', { token })).body, { first: true, code: false })
  assert.equal((await post('/choose', { token, password: good })).status, 200)
  const { status, body, browser } = await signIn(karim.email.toUpperCase(), good)
  assert.deepEqual([status, body], [200, { state: 'second-factor-required' }])
  const me = (await house.call(browser, 'GET', '/me')).body
  assert.deepEqual(
    [me.account.id, me.session.state, me.rights, me.factors.second],
    [karim.accountId, 'second-factor-required', [], null],
  )
  assert.equal((await house.call(browser, 'GET', '/sessions')).body.code, 'session/second-factor-required')
  const {
    body: { secret },
  } = await house.call(browser, 'POST', '/second-factor/totp')
  const confirmed = await house.call(browser, 'POST', '/second-factor/totp/confirm', {
    code: new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 1000 }),
    label: 'Téléphone',
  })
  assert.equal(confirmed.body.state, 'active')
  assert.equal((await house.call(browser, 'GET', '/me')).body.rights.length, 1)
  const opened = (await house.trail('session.opened')).at(-1)!
  assert.deepEqual([opened.detail.by, opened.detail.accountId], ['password', karim.accountId])
})

test('IDN-3: off by default, and off again at once: the right password of another structure opens nothing', async () => {
  await choose(karim)
  await house.owner.query(
    'insert into passwords (account_id, hash, changed_at) select $1, hash, now() from passwords',
    [people.claire.accountId],
  )
  const before = await sessions()
  assert.equal((await signIn(people.claire.email, good)).body.code, 'password/refused')
  assert.equal((await signIn(karim.email, good)).status, 200)
  assert.deepEqual(await offered(), { password: true })
  await allow(organisations.missionLocale.id, false)
  try {
    assert.deepEqual(await offered(), { password: false }, 'and the page offers it no more')
    assert.equal((await signIn(karim.email, good)).body.code, 'password/refused')
    assert.equal((await choose(karim)).body.code, 'password/link-over', 'and no link serves')
    const database = openDatabase(house.signInUrl)
    assert.equal(
      await openPasswordSession(database, {
        id: uuidv7(),
        tokenHash: randomBytes(32),
        accountId: karim.accountId!,
        device: '',
        replaces: null,
      }),
      null,
      'whatever the application believes',
    )
    await database.close()
  } finally {
    await allow(organisations.missionLocale.id)
  }
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [karim.accountId])
  assert.equal((await signIn(karim.email, good)).body.code, 'password/refused')
  await house.owner.query(`update accounts set status = 'active' where id = $1`, [karim.accountId])
  assert.equal(await sessions(), before + 1)
})

test('IDN-3: an unknown address, an account without password, one of another structure and a wrong password: one answer, two computations, one line in the trail', async () => {
  await choose(karim)
  const lines = async () => (await house.trail('sign-in.failed')).length
  const answers = []
  for (const [email, password] of [
    ['personne@ailleurs.example', good],
    [people.claire.email, good],
    [karim.email, `${good} x`],
  ] as const) {
    const [c, l] = [computed, await lines()]
    const { status, body, headers } = await signIn(email, password, { from: '192.0.2.9' })
    answers.push([status, { ...body, requestId: '' }, headers.get('set-cookie'), computed - c, (await lines()) - l])
  }
  // As many as an address may have accounts (ACC-16).
  assert.deepEqual(answers[0]!.slice(2), [null, 2, 1])
  assert.deepEqual(answers[1], answers[0])
  assert.deepEqual(answers[2], answers[0])
})

test('REL-4, IDN-3: where no structure may sign in by password, an attempt computes and waits as any other, and the trail keeps nothing of it', async () => {
  await choose(karim)
  const lines = async () => (await house.trail('sign-in.failed')).length
  const before = await lines()
  await allow(organisations.missionLocale.id, false)
  try {
    for (const email of [karim.email, 'personne@ailleurs.example']) {
      const c = computed
      const { status, body } = await signIn(email, good, { from: '192.0.2.77' })
      assert.deepEqual([status, body.code, computed - c], [422, 'password/refused', 2])
    }
    for (let n = 0; n < 5; n++) await signIn(karim.email, good, { from: '192.0.2.78' })
    assert.equal((await signIn(karim.email, good, { from: '192.0.2.78' })).body.code, 'password/wait')
    assert.equal(await lines(), before)
  } finally {
    await allow(organisations.missionLocale.id)
  }
  await signIn('personne@ailleurs.example', good, { from: '192.0.2.79' })
  assert.equal(await lines(), before + 1, 'open again, a failure is told')
})

test('IDN-3: a weak password is refused with its reason, and the link still serves', async () => {
  const token = await link(karim)
  for (const [password, code] of [
    ['court', 'password/too-short'],
    ['tabouretgiraf', 'password/too-simple'],
    ['MotDePasse2026!', 'password/guessable'],
    ['Belkacem#k7Vq9x', 'password/guessable'],
    ['Mission-Graves-7!q', 'password/guessable'],
  ] as const) {
    assert.deepEqual([password, (await post('/choose', { token, password })).body.code], [password, code])
  }
  assert.equal((await post('/choose', { token, password: good })).status, 200)
})

test('IDN-2, IDN-6: the mailbox alone chooses no password: the link asks for the code handed over by voice, five tries, counted even at once', async () => {
  const token = await link(karim, 24, '12345678')
  assert.deepEqual((await post('/link', { token })).body, { first: true, code: true })
  assert.equal((await post('/choose', { token, password: good })).body.code, 'password/code-refused', 'without a code')
  assert.equal((await post('/choose', { token, password: good, code: '12345679' })).body.code, 'password/code-refused')
  assert.equal(
    (await post('/choose', { token, password: 'court', code: '12345678' })).body.code,
    'password/too-short',
    'a weak password tries no code',
  )
  assert.equal((await post('/choose', { token, password: good, code: '1234 5678' })).status, 200)
  assert.equal((await house.trail('password.code-refused')).length, 2)

  const guessed = await link(karim, 24, '12345678')
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => post('/choose', { token: guessed, password: good, code: `0000000${i}` })),
  )
  assert.deepEqual(answers.map(a => a.body.code).sort(), [
    ...Array.from({ length: 5 }, () => 'password/code-refused'),
    ...Array.from({ length: 3 }, () => 'password/link-over'),
  ])
  assert.equal(
    (await post('/choose', { token: guessed, password: good, code: '12345678' })).body.code,
    'password/link-over',
    'and the right one no longer serves',
  )
  assert.equal((await post('/link', { token: guessed })).body.code, 'password/link-over')

  // The database alone: another account's code, or none, chooses nothing.
  const [third, database] = [await link(karim, 24, '12345678'), openDatabase(house.signInUrl)]
  const kept = (await house.owner.query('select hash from passwords')).rows[0].hash as string
  for (const wrong of [null, handoverHash(house.identity.keys, people.claire.accountId!, '12345678'), randomBytes(32)])
    assert.equal(await choosePassword(database, digest(third), wrong, kept), null)
  assert.equal(
    await choosePassword(
      database,
      digest(third),
      handoverHash(house.identity.keys, karim.accountId!, '12345678'),
      kept,
    ),
    karim.accountId,
  )
  await database.close()
})

test('IDN-3: a link serves once, even twice at once, for a day, and dies with a newer password', async () => {
  const [token, other] = [await link(karim), await link(karim)]
  const both = await Promise.all([
    post('/choose', { token, password: good }),
    post('/choose', { token, password: `${good} lampe` }),
  ])
  assert.deepEqual(both.map(a => a.body.code ?? 'chosen').sort(), ['chosen', 'password/link-over'])
  assert.equal((await post('/link', { token })).body.code, 'password/link-over')
  // And at the very same moment, in the database itself.
  const [third, database] = [await link(karim), openDatabase(house.signInUrl)]
  const [first, second] = [await database.begin(), await database.begin()]
  const kept = (await house.owner.query('select hash from passwords')).rows[0].hash as string
  assert.equal(await choosePassword(first, digest(third), null, kept), karim.accountId)
  const late = choosePassword(second, digest(third), null, kept)
  await new Promise(r => setTimeout(r, 100))
  await first.commit()
  assert.equal(await late, null)
  await second.rollback()
  await database.close()
  assert.equal((await post('/choose', { token: other, password: good })).body.code, 'password/link-over')
  assert.equal(
    (await post('/choose', { token: await link(karim, -1), password: good })).body.code,
    'password/link-over',
    'a day is over',
  )
  assert.equal((await post('/link', { token: randomBytes(32).toString('base64url') })).body.code, 'password/link-over')
  assert.equal((await house.trail('password.chosen')).filter(e => e.detail.first).length > 0, true)
  // Told by mail, of each link once, two jobs at once too; what is undone is told again.
  const workers = [new pg.Client(house.workerUrl), new pg.Client(house.workerUrl)]
  await Promise.all(workers.map(w => w.connect()))
  const used = (
    await house.owner.query(
      'select count(*)::int as n from password_links where used_at is not null and told_at is null',
    )
  ).rows[0].n as number
  assert.ok(used > 0)
  await house.owner.query(`alter table mails add constraint full_disk check (kind <> 'password-chosen') not valid`)
  await assert.rejects(within(workers[0]!)(tellChosen), /full_disk/)
  await house.owner.query('alter table mails drop constraint full_disk')
  assert.equal(
    (await Promise.all(workers.map(w => within(w)(tellChosen)))).reduce((a, b) => a + b),
    used,
  )
  assert.equal(await within(workers[0]!)(tellChosen), 0)
  const told = (
    await house.owner.query(`select body from mails where kind = 'password-chosen' and to_account_id = $1`, [
      karim.accountId,
    ])
  ).rows
  assert.ok(told.length > 0 && told.every(m => m.body.includes('prévenez sans attendre')))
  await Promise.all(workers.map(w => w.end()))
})

test('IDN-3: a new password ends the sessions opened with the one before, and no other', async () => {
  await choose(karim)
  const { browser } = await signIn(karim.email, good)
  await house.owner.query(
    `insert into sessions (id, token_hash, account_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`,
    [uuidv7(), randomBytes(32), karim.accountId],
  )
  const still = async () =>
    (
      await house.owner.query(
        `select signed_in_by as by from sessions where account_id = $1 and ended_at is null
          and created_at > now() - interval '1 minute' group by 1 order by 1`,
        [karim.accountId],
      )
    ).rows.map(r => r.by)
  assert.deepEqual(await still(), ['password', 'proconnect'])
  await choose(karim, `${good} lampe`)
  assert.deepEqual(await still(), ['proconnect'])
  assert.equal((await house.call(browser, 'GET', '/me')).body.code, 'session/required')
})

test('IDN-3: what is malformed, or comes from another site, is not looked at', async () => {
  const before = computed
  for (const body of [
    {},
    { email: karim.email },
    { email: 'x', password: good },
    { email: karim.email, password: '' },
    { email: karim.email, password: 'x'.repeat(201) },
    { email: { a: 1 }, password: good },
    [],
  ]) {
    assert.equal((await post('', body)).body.code, 'request/malformed', JSON.stringify(body))
  }
  assert.equal((await post('/link', { token: 'short' })).body.code, 'request/malformed')
  assert.equal(
    (await signIn(karim.email, good, { headers: { origin: 'https://evil.example' } })).body.code,
    'request/other-origin',
  )
  assert.equal(
    (await signIn(karim.email, good, { headers: { 'sec-fetch-site': 'cross-site' } })).body.code,
    'request/other-origin',
  )
  assert.equal(
    (await signIn(karim.email, good, { headers: { 'content-type': 'text/plain' } })).body.code,
    'request/not-json',
  )
  assert.equal(computed, before)
})

test('IDN-6: four wrong passwords, then one waits thirty seconds, and longer each time; the right one is not even computed; then it opens', async () => {
  await choose(karim)
  for (let i = 0; i < 5; i++) assert.equal((await signIn(karim.email, 'faux')).body.code, 'password/refused')
  const before = computed
  const waiting = await signIn(karim.email, good)
  assert.deepEqual(
    [waiting.status, waiting.body.code, Number(waiting.headers.get('retry-after')) > 25, computed],
    [429, 'password/wait', true, before],
  )
  ahead += 31
  house.advance(31)
  assert.equal((await signIn(karim.email, 'faux')).body.code, 'password/refused')
  ahead += 31
  house.advance(31)
  assert.equal((await signIn(karim.email, good)).body.code, 'password/wait', 'sixty seconds this time')
  ahead += 30
  house.advance(30)
  assert.equal((await signIn(karim.email, good)).status, 200)
  for (let i = 0; i < 5; i++)
    assert.equal((await signIn(karim.email, 'faux')).body.code, 'password/refused', 'the right one cleared the count')
})

test('IDN-6: a hundred guesses sent at once are five guesses', async () => {
  await choose(karim)
  const before = computed
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => signIn(karim.email, `faux ${i}`)))
  assert.equal(computed - before, 10)
  assert.deepEqual(
    [
      answers.filter(a => a.body.code === 'password/refused').length,
      answers.filter(a => a.body.code === 'password/wait').length,
    ],
    [5, 95],
  )
})

test('IDN-6: strangers from everywhere slow strangers down; the person’s own browser comes in all the while, and so does one that holds a link', async () => {
  await choose(karim)
  const { browser } = await signIn(karim.email, good, { from: '198.51.100.7' })
  for (let i = 0; i < 20; i++) await signIn(karim.email, 'faux', { from: `203.0.113.${i}` })
  assert.equal(
    (await signIn(karim.email, good, { from: '203.0.113.200' })).body.code,
    'password/wait',
    'the account, whatever the address',
  )
  assert.equal(
    (await signIn(karim.email, good, { from: '198.51.100.7' })).body.code,
    'password/wait',
    'even from the person’s address, without their browser',
  )
  assert.equal((await signIn(karim.email, good, { browser, from: '198.51.100.7' })).status, 200)
  assert.equal(
    (await signIn(karim.email, good, { browser, from: '203.0.113.1' })).status,
    200,
    'even where the stranger is',
  )
  const elsewhere = new Browser()
  await post('/choose', { token: await link(karim), password: good }, { browser: elsewhere, from: '203.0.113.1' })
  assert.equal((await signIn(karim.email, good, { browser: elsewhere, from: '203.0.113.1' })).status, 200)
})

test('IDN-6: the browser’s cookie names nobody, is no one else’s to make, serves one account, and has delays of its own', async () => {
  await choose(karim)
  const { browser } = await signIn(karim.email, good)
  const cookie = browser.cookies.get('device')!
  assert.match(cookie, /^[\w-]{22}\.[\w-]{22}$/)
  for (let i = 0; i < 20; i++) await signIn(karim.email, 'faux', { from: `203.0.113.${i}` })
  const forged = new Browser()
  forged.cookies.set('device', `${cookie.slice(0, 22)}.${'A'.repeat(22)}`)
  assert.equal((await signIn(karim.email, good, { browser: forged, from: '203.0.113.99' })).body.code, 'password/wait')
  const own = new Browser()
  own.cookies.set('device', cookie)
  for (let i = 0; i < 5; i++)
    assert.equal((await signIn(karim.email, 'faux', { browser: own })).body.code, 'password/refused')
  assert.equal(
    (await signIn(karim.email, good, { browser: own })).body.code,
    'password/wait',
    'a stolen cookie is slowed down too',
  )
  assert.equal(
    (await signIn(people.claire.email, 'faux', { browser: own, from: '203.0.113.98' })).body.code,
    'password/refused',
  )
})

test('IDN-6: one address that tries everyone waits, whatever accounts it names; its neighbours do not', async () => {
  for (let i = 0; i < 50; i++)
    assert.equal(
      (await signIn(`personne${i}@ailleurs.example`, 'faux', { from: '2001:db8:1:1::' + i.toString(16) })).body.code,
      'password/refused',
    )
  assert.equal(
    (await signIn('encore@ailleurs.example', 'faux', { from: '2001:db8:1:1:ffff::1' })).body.code,
    'password/wait',
    'another address of the same line',
  )
  assert.equal(
    (await signIn('encore@ailleurs.example', 'faux', { from: '2001:db8:1:2::1' })).body.code,
    'password/refused',
  )
})

test('IDN-6: an attempt that could not be computed is given back; the table of attempts holds no address', async () => {
  await choose(karim)
  fails = true
  for (let i = 0; i < 8; i++) assert.equal((await signIn(karim.email, good)).status, 500)
  fails = false
  assert.equal((await signIn(karim.email, good)).status, 200)
  const kept = (await house.owner.query('select key, failures from sign_in_budgets')).rows
  assert.ok(kept.length >= 3 && kept.every(k => k.key.length === 32 && k.failures === 0))
})

test('IDN-3: a digest made with weaker parameters, under the pepper of before keys had numbers, is made anew when its password comes', async () => {
  await choose(karim)
  const { argon2Sync } = await import('node:crypto')
  const nonce = randomBytes(16)
  const secret = house.identity.keys.derived('password', 0)
  const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const old = `$argon2id$v=19$m=19456,t=2,p=1$${plain(nonce)}$${plain(argon2Sync('argon2id', { message: good, nonce, memory: 19456, passes: 2, parallelism: 1, tagLength: 32, secret }))}`
  await house.owner.query('update passwords set hash = $1', [old])
  assert.equal((await signIn(karim.email, 'faux')).status, 422)
  assert.equal((await house.owner.query('select hash from passwords')).rows[0].hash, old)
  assert.equal((await signIn(karim.email, good)).status, 200)
  assert.match(
    (await house.owner.query('select hash from passwords')).rows[0].hash,
    /^\$argon2id\$v=19\$m=65536,t=3,p=4,keyid=1\$/,
  )
  assert.equal((await signIn(karim.email, good)).status, 200)
})
