import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import pg from 'pg'
import { people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { openDatabase } from '../../platform/database.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { until } from '../../testing/until.ts'
import { actions } from './index.ts'
import { forgetIdentityTokens } from './purge-expired.job.ts'
import { insertSession, type SessionOptions } from './testing.ts'
import { Browser, openSignInHouse, type SignInHouse } from './testing-sign-in.ts'

let house: SignInHouse
before(async () => {
  house = await openSignInHouse(actions, { remembers: true })
})
after(() => house.close())

const session = async (person: StandInPerson, options: SessionOptions = {}) => {
  const browser = new Browser()
  const { id, token } = await insertSession(house.owner, person.accountId!, options)
  browser.cookies.set('session', token)
  return { browser, id }
}
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const idle = (id: string, minutes: number) =>
  house.owner.query('update sessions set last_seen_at = $2 where id = $1', [id, minutesAgo(minutes)])
const state = async (browser: Browser) => {
  const me = await house.call(browser, 'GET', '/me')
  return me.body.session?.state ?? me.body.code
}
const code = async (browser: Browser, path = '/sessions') => {
  const answer = await house.call(browser, 'GET', path)
  return answer.body.code ?? answer.status
}
const needsStepUp = async (browser: Browser) =>
  (await house.call(browser, 'POST', '/second-factor/totp')).body.code === 'session/step-up-required'

test('IDN-4: thirty minutes without a person and the session locks: it opens nothing, ends nothing, and the second factor opens it again', async () => {
  const { browser } = await house.signIn({ person: people.claire, acr: 'eidas1', amr: 'pwd' })
  const {
    body: { secret },
  } = await house.call(browser, 'POST', '/second-factor/totp')
  const codeAt = (seconds: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + seconds * 1000 })
  assert.equal(
    (await house.call(browser, 'POST', '/second-factor/totp/confirm', { code: codeAt(-30), label: 'Téléphone' }))
      .status,
    200,
  )
  const { id } = (await house.call(browser, 'GET', '/me')).body.session
  await idle(id, 29)
  assert.equal(await state(browser), 'active', 'twenty-nine minutes')
  await idle(id, 31)
  assert.equal(await code(browser), 'session/locked')
  assert.equal(await state(browser), 'locked')
  const locked = (await house.call(browser, 'GET', '/me')).body
  assert.deepEqual(
    [locked.rights, locked.account.id],
    [[], people.claire.accountId],
    'the page knows whose it is, and no more',
  )
  const before = browser.cookies.get('session')
  assert.equal((await house.call(browser, 'POST', '/second-factor/prove/totp', { code: codeAt(0) })).status, 200)
  assert.deepEqual([await state(browser), await code(browser)], ['active', 200])
  assert.notEqual(browser.cookies.get('session'), before)
  assert.equal((await house.call(browser, 'GET', '/me')).body.session.id, id, 'the same session, for the page under it')
  assert.equal((await house.trail('session.unlocked')).length, 1)
})

test('IDN-4: nothing but a proof wakes a locked session, nor one that ended: the database alone says so', async () => {
  const database = openDatabase(house.webUrl)
  try {
    for (const [minutes, woken] of [
      [29, true],
      [31, false],
    ] as const) {
      const { browser, id } = await session(people.karim)
      await idle(id, minutes)
      const seen = async () =>
        (
          await house.owner.query('select last_seen_at from sessions where id = $1', [id])
        ).rows[0].last_seen_at.getTime() as number
      const before = await seen()
      await database.touch(tokenHash(browser.cookies.get('session')!))
      assert.equal((await seen()) > before, woken, `${minutes} minutes`)
      assert.equal(await state(browser), woken ? 'active' : 'locked')
      await house.owner.query('update sessions set ended_at = now(), last_seen_at = now() where id = $1', [id])
      const ended = await seen()
      await database.touch(tokenHash(browser.cookies.get('session')!))
      assert.equal(await seen(), ended)
    }
  } finally {
    await database.close()
  }
})

test('IDN-4: the identity token is forgotten when its session is over, ended or expired, and kept while it may still sign out', async () => {
  const tokens = async (id: string) =>
    (await house.owner.query('select id_token from sessions where id = $1', [id])).rows[0].id_token
  const [open, expired, ended] = [
    await session(people.karim, { createdAt: minutesAgo(12 * 60 - 5) }),
    await session(people.karim, { createdAt: minutesAgo(12 * 60 + 1) }),
    await session(people.karim),
  ]
  await house.owner.query(`update sessions set id_token = 'jeton' where id = any ($1)`, [
    [open.id, expired.id, ended.id],
  ])
  await house.owner.query('update sessions set ended_at = now() where id = $1', [ended.id])
  const worker = new pg.Client({ connectionString: house.workerUrl })
  await worker.connect()
  try {
    await forgetIdentityTokens.run(null, {
      withPgClient: work => work(worker as never),
      logger: { info: () => {} } as never,
      abortSignal: undefined as never,
    })
  } finally {
    await worker.end()
  }
  assert.deepEqual([await tokens(open.id), await tokens(expired.id), await tokens(ended.id)], ['jeton', null, null])
})

test('IDN-4: what the page asks on its own keeps no session awake, what a person does keeps it', async () => {
  const { browser, id } = await session(people.karim)
  const seen = async () =>
    (await house.owner.query('select last_seen_at from sessions where id = $1', [id])).rows[0].last_seen_at as Date
  await idle(id, 20)
  const before = await seen()
  assert.equal(await state(browser), 'active')
  await new Promise(done => setTimeout(done, 100))
  assert.deepEqual(await seen(), before)
  assert.equal(await code(browser), 200)
  await until('a later instant kept', async () => (await seen()).getTime() !== before.getTime())
  assert.ok((await seen()).getTime() > before.getTime() + 19 * 60_000)
})

test('IDN-4: a page that reads again by itself, after a server-sent event or in a tab nobody touches, keeps no session awake', async () => {
  const { browser, id } = await session(people.nadia)
  const seen = async () =>
    (await house.owner.query('select last_seen_at from sessions where id = $1', [id])).rows[0].last_seen_at as Date
  await idle(id, 20)
  const before = await seen()
  for (let i = 0; i < 3; i++)
    assert.equal((await house.call(browser, 'GET', '/sessions', undefined, { purpose: 'background' })).status, 200)
  await new Promise(done => setTimeout(done, 150))
  assert.deepEqual(await seen(), before)
  await idle(id, 31)
  assert.equal(
    (await house.call(browser, 'GET', '/sessions', undefined, { purpose: 'background' })).body.code,
    'session/locked',
  )
})

test('IDN-4: signing out, or ending one’s own session, empties the browser with that very reply', async () => {
  const out = await session(people.nadia)
  const answer = await house.call(out.browser, 'POST', '/sign-out')
  assert.deepEqual(
    [answer.status, answer.headers.get('clear-site-data'), out.browser.cookies.has('session')],
    [200, '"cache", "storage"', false],
  )
  const [mine, other] = [await session(people.nadia), await session(people.nadia)]
  assert.equal(
    (await house.call(mine.browser, 'POST', `/sessions/${other.id}/end`)).headers.get('clear-site-data'),
    null,
  )
  assert.equal(
    (await house.call(mine.browser, 'POST', `/sessions/${mine.id}/end`)).headers.get('clear-site-data'),
    '"cache", "storage"',
  )
})

test('IDN-4: twelve hours after it opened a session is over, awake or not', async () => {
  const { browser } = await session(people.karim, { createdAt: minutesAgo(12 * 60 - 1) })
  assert.equal(await code(browser), 200)
  const { browser: over } = await session(people.karim, { createdAt: minutesAgo(12 * 60 + 1) })
  assert.equal(await code(over), 'session/required')
  assert.equal(
    (await house.call(over, 'POST', '/second-factor/prove/totp', { code: '123456' })).body.code,
    'session/required',
    'nothing wakes it',
  )
})

test('IDN-4: the token is 256 bits, kept nowhere, in a cookie that scripts cannot read', async () => {
  const browser = new Browser()
  const at = (
    await browser.through(
      `${house.url}/auth/sign-in`,
      { person: people.karim },
      url => url.pathname === '/auth/callback',
    )
  ).url
  const response = await fetch(at, { redirect: 'manual', headers: { cookie: browser.sent() } })
  const line = response.headers.getSetCookie().find(c => c.startsWith('session='))!
  assert.match(line, /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const token = /^session=([^;]+)/.exec(line)![1]!
  const { rows } = await house.owner.query('select row_to_json(s)::text as row from sessions s')
  assert.ok(rows.every(({ row }) => !row.includes(token)))
})

test('IDN-4: signing in again in the same browser ends the session it had', async () => {
  const { browser } = await house.signIn({ person: people.nadia })
  const old = new Browser()
  old.cookies.set('session', browser.cookies.get('session')!)
  await house.signIn({ person: people.nadia }, browser)
  assert.deepEqual([await state(old), await state(browser)], ['session/required', 'active'])
})

test('IDN-4: one sees one’s own open sessions only, and ends one or all the others', async () => {
  const here = await session(people.samir),
    there = await session(people.samir),
    elsewhere = await session(people.samir),
    stranger = await session(people.paul)
  await idle(there.id, 45)
  const listed = (await house.call(here.browser, 'GET', '/sessions')).body.items as {
    id: string
    current: boolean
    state: string
  }[]
  assert.deepEqual(new Set(listed.map(s => s.id)), new Set([here.id, there.id, elsewhere.id]))
  assert.deepEqual(
    [listed.find(s => s.id === here.id)!.current, listed.find(s => s.id === there.id)!.state],
    [true, 'locked'],
  )
  assert.equal((await house.call(here.browser, 'POST', `/sessions/${stranger.id}/end`)).status, 404)
  assert.deepEqual((await house.call(here.browser, 'POST', `/sessions/${there.id}/end`)).body, { ended: 1 })
  assert.equal(await state(there.browser), 'session/required')
  assert.equal((await house.call(here.browser, 'POST', `/sessions/${there.id}/end`)).status, 404, 'ended already')
  assert.deepEqual((await house.call(here.browser, 'POST', '/sessions/end-others')).body, { ended: 1 })
  assert.deepEqual(
    [await state(elsewhere.browser), await state(here.browser), await state(stranger.browser)],
    ['session/required', 'active', 'active'],
  )
  assert.equal((await house.trail('sessions.others-ended'))[0]!.detail.sessions[0], elsewhere.id)
  await house.call(here.browser, 'POST', `/sessions/${here.id}/end`)
  assert.equal(here.browser.cookies.has('session'), false)
})

test('IDN-4: signing out ends the session here and at ProConnect, even from a locked page', async () => {
  const { browser } = await house.signIn({ person: people.ines })
  const kept = browser.cookies.get('session')!
  const { id } = (await house.call(browser, 'GET', '/me')).body.session
  await idle(id, 40)
  const {
    body: { redirectTo },
  } = await house.call(browser, 'POST', '/sign-out')
  assert.match(redirectTo, /\/session\/end\?id_token_hint=/)
  assert.equal(browser.cookies.has('session'), false)
  browser.cookies.set('session', kept)
  assert.equal(await state(browser), 'session/required')
  assert.equal((await house.owner.query('select id_token from sessions where id = $1', [id])).rows[0].id_token, null)
  browser.cookies.delete('session')
  const landing = await browser.open(redirectTo)
  assert.equal(landing.url.pathname, '/connexion')
  assert.ok(landing.visited.some(u => u.pathname === '/auth/signed-out'))
  assert.match(
    (await browser.open(`${house.url}/auth/sign-in`)).text,
    /name="person"/,
    'ProConnect asks again who one is',
  )
})

test('IDN-5: with no factor here, a sensitive act is confirmed by going back through ProConnect, and counts ten minutes', async () => {
  const { browser } = await house.signIn({ person: people.paul })
  const { id } = (await house.call(browser, 'GET', '/me')).body.session
  await house.owner.query(
    "update sessions set proven_at = $2, created_at = created_at - interval '1 hour' where id = $1",
    [id, minutesAgo(11)],
  )
  assert.equal(await needsStepUp(browser), true)
  const before = browser.cookies.get('session')
  const asked = await browser.open(`${house.url}/auth/step-up?returnTo=/connexion/revenir`, undefined, url =>
    url.pathname.endsWith('/authorize'),
  )
  assert.deepEqual(JSON.parse(asked.url.searchParams.get('claims')!).id_token.acr, {
    essential: true,
    values: ['eidas2', 'eidas3'],
  })
  const landing = await browser.through(`${house.url}/auth/step-up?returnTo=/connexion/revenir`, {
    person: people.paul,
  })
  assert.ok(landing.visited.length > 1, 'ProConnect asked the person again within its own session')
  assert.equal(landing.url.pathname, '/connexion/revenir')
  assert.notEqual(browser.cookies.get('session'), before)
  assert.equal(await needsStepUp(browser), false)
  assert.ok(Date.parse((await house.call(browser, 'GET', '/me')).body.session.steppedUpUntil) > Date.now())
  assert.equal((await house.trail('session.stepped-up')).at(-1)!.actorId, people.paul.accountId)
  // And it unlocks, where the only second factor is ProConnect's.
  await idle(id, 40)
  assert.equal(await state(browser), 'locked')
  await browser.through(`${house.url}/auth/step-up?returnTo=/connexion/revenir`, { person: people.paul })
  assert.equal(await state(browser), 'active')
})

test('IDN-5: another person, a level too low, a lying provider or an ended session confirms nothing', async () => {
  const { browser } = await house.signIn({ person: people.paul })
  const { id } = (await house.call(browser, 'GET', '/me')).body.session
  await house.owner.query(
    "update sessions set proven_at = null, created_at = created_at - interval '1 hour' where id = $1",
    [id],
  )
  for (const [choice, failure] of [
    [{ person: people.karim }, 'step-up-other-person'],
    [{ person: people.paul, acr: 'eidas1', amr: 'pwd' }, 'step-up-not-proven'],
    [{ person: people.paul, acr: 'eidas2', amr: 'pwd' }, 'step-up-not-proven'],
    [{ person: people.paul, fault: 'no-mfa' }, 'step-up-not-proven'],
    [{ person: people.paul, fault: 'wrong-nonce' }, 'nonce'],
  ] as const) {
    const landing = await browser.through(`${house.url}/auth/step-up?returnTo=/`, choice)
    assert.equal(landing.url.searchParams.get('code'), failure)
    assert.equal(await needsStepUp(browser), true)
  }
  const back = (
    await browser.through(
      `${house.url}/auth/step-up`,
      { person: people.paul },
      url => url.pathname === '/auth/callback',
    )
  ).url
  await house.owner.query('update sessions set ended_at = now() where id = $1', [id])
  assert.equal((await browser.open(back)).url.searchParams.get('code'), 'step-up-session-over')
  assert.equal(
    (await new Browser().open(`${house.url}/auth/step-up`)).url.searchParams.get('code'),
    'step-up-session-over',
  )
})

test('IDN-5: a session that goes on at ProConnect lets one in, and counts from when the person was really there', async () => {
  const { browser } = await house.signIn({ person: people.odile })
  browser.cookies.delete('session')
  await new Promise(done => setTimeout(done, 1100))
  const { landing } = await house.signIn({ person: people.odile }, browser)
  assert.equal(
    landing.visited.some(u => u.pathname.startsWith('/interaction')),
    false,
  )
  const { rows } = await house.owner.query('select proven_at from sessions where account_id = $1 order by created_at', [
    people.odile.accountId,
  ])
  assert.deepEqual(rows[0].proven_at, rows[1].proven_at)
})

test('IDN-2: eidas1-mfa: a second factor here unless the dated setting allows it, and never a step-up', async t => {
  const strict = await house.signIn({ person: people.samir, acr: 'eidas1-mfa', amr: 'pwd,mail,mfa' })
  assert.equal(await state(strict.browser), 'second-factor-required')
  const lenient = await openSignInHouse(actions, { weakMfaAcceptedUntil: '2999-12-31' })
  t.after(() => lenient.close())
  const { browser } = await lenient.signIn({ person: people.samir, acr: 'eidas1-mfa', amr: 'pwd,mail,mfa' })
  const me = (await lenient.call(browser, 'GET', '/me')).body
  assert.deepEqual([me.session.state, me.session.steppedUpUntil, me.factors.first.acr], ['active', null, 'eidas1-mfa'])
})
