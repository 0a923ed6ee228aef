import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signInFailures } from '../../../contract/signing-in/sign-in-failures.ts'
import { people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { openDatabase } from '../../platform/database.ts'
import { signInStrays, signInsRefused } from '../../platform/telemetry.ts'
import { actions } from './index.ts'
import { safeReturn } from './sign-in.ts'
import { insertSession } from './testing.ts'
import { Browser, openSignInHouse, type SignInHouse } from './testing-sign-in.ts'

let house: SignInHouse
before(async () => {
  house = await openSignInHouse(actions)
})
after(() => house.close())

const atCallback = (url: URL) => url.pathname === '/auth/callback'
const failureIn = (url: URL) => (url.pathname === '/connexion/erreur' ? url.searchParams.get('code') : url.pathname)
const sessions = async () => Number((await house.owner.query('select count(*) from sessions')).rows[0].count)

test('IDN-1: a whole sign-in over HTTP: two factors at ProConnect, the account found by address and SIRET, then by subject alone', async () => {
  const { browser, landing } = await house.signIn({ person: people.claire })
  assert.equal(landing.url.href, `${house.url}/campagnes`)
  const me = await house.call(browser, 'GET', '/me')
  assert.equal(me.status, 200)
  assert.deepEqual(
    [me.body.account.id, me.body.session.state, me.body.factors.first.acr, me.body.factors.second.by],
    [people.claire.accountId, 'active', 'eidas2', 'proconnect'],
  )
  assert.equal(me.body.rights.length, 1)
  assert.equal((await house.trail('account.linked'))[0]!.detail.by, 'address and SIRET')

  // The address is never looked at again: it may pass to someone else.
  await house.owner.query(
    `update account_contacts set email = 'passee.a.une.autre@jalle-eau-bourde.example' where account_id = $1`,
    [people.claire.accountId],
  )
  const again = await house.signIn({ person: people.claire })
  assert.equal(again.landing.url.pathname, '/campagnes')
  assert.equal((await house.trail('account.linked')).length, 1)
  assert.equal((await house.trail('session.opened')).filter(e => e.actorId === people.claire.accountId).length, 2)
  await house.owner.query('update account_contacts set email = $2 where account_id = $1', [
    people.claire.accountId,
    people.claire.email,
  ])
})

test('IDN-1: what leaves for ProConnect is what it accepts: state and nonce of 32 characters, PKCE, claims, no acr_values', async () => {
  const page = await new Browser().open(`${house.url}/auth/sign-in`, undefined, url =>
    url.pathname.endsWith('/authorize'),
  )
  const asked = page.url.searchParams
  assert.ok(asked.get('state')!.length >= 32 && asked.get('nonce')!.length >= 32)
  assert.equal(asked.get('code_challenge_method'), 'S256')
  assert.deepEqual(JSON.parse(asked.get('claims')!).id_token.acr, {
    essential: true,
    values: ['eidas0-mfa', 'eidas1-mfa', 'eidas2', 'eidas3'],
  })
  assert.deepEqual([...asked.keys()].sort(), [
    'claims',
    'client_id',
    'code_challenge',
    'code_challenge_method',
    'nonce',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
  ])
  const refused = await new Browser().open(`${page.url.href}&max_age=60`)
  assert.equal(refused.status, 400)
  assert.match(refused.text, /Y000400/)
  page.url.searchParams.set('state', 'short')
  assert.match((await new Browser().open(page.url)).text, /Y000400/)
})

for (const [fault, code] of Object.entries({
  'wrong-nonce': 'nonce',
  'unsigned-userinfo': 'unsigned-identity',
  'replayed-code': 'code-refused',
  'other-issuer': 'issuer',
  'wrong-signature': 'signature',
})) {
  test(`IDN-1: refused by its own code, with a line in the trail and no session: ${fault}`, async () => {
    const before = await sessions()
    const { browser, landing } = await house.signIn({ person: people.claire, fault })
    assert.equal(failureIn(landing.url), code)
    assert.ok(code in signInFailures)
    assert.equal(browser.cookies.has('session'), false)
    assert.equal(await sessions(), before)
    assert.equal((await house.trail('sign-in.failed')).at(-1)!.detail.code, code)
  })
}

test('IDN-2: a provider that lies about several factors opens nothing but the second factor', async () => {
  const { browser, landing } = await house.signIn({ person: people.claire, fault: 'no-mfa' })
  assert.equal(landing.url.pathname, '/connexion/second-facteur')
  assert.deepEqual(
    [
      (await house.call(browser, 'GET', '/sessions')).body.code,
      (await house.call(browser, 'GET', '/me')).body.session.state,
    ],
    ['session/second-factor-required', 'second-factor-required'],
  )
})

test('IDN-1: the callback serves once: played again it finds nothing', async () => {
  const browser = new Browser()
  const { url } = await browser.through(`${house.url}/auth/sign-in`, { person: people.claire }, atCallback)
  assert.equal((await browser.open(url)).url.pathname, '/')
  assert.equal(failureIn((await browser.open(url)).url), 'expired')
})

test('IDN-1: the callback serves in the browser that left, and is burnt when tried in another', async () => {
  const browser = new Browser()
  const { url } = await browser.through(`${house.url}/auth/sign-in`, { person: people.claire }, atCallback)
  const before = await sessions()
  const other = new Browser()
  assert.equal(failureIn((await other.open(url)).url), 'other-browser')
  assert.equal(other.cookies.has('session'), false)
  assert.equal(failureIn((await browser.open(url)).url), 'expired')
  assert.equal(await sessions(), before)
})

test('IDN-1: a sign-in under way is gone before its code is exchanged, even when the exchange fails', async () => {
  const browser = new Browser()
  const { url } = await browser.through(`${house.url}/auth/sign-in`, { person: people.claire }, atCallback)
  const good = url.searchParams.get('code')!
  url.searchParams.set('code', 'x'.repeat(43))
  assert.equal(failureIn((await browser.open(url)).url), 'code-refused')
  url.searchParams.set('code', good)
  assert.equal(failureIn((await browser.open(url)).url), 'expired')
})

test('IDN-1: mix-up: an answer that names another issuer, or a state of ours with another’s code, is refused', async () => {
  const browser = new Browser()
  const { url } = await browser.through(`${house.url}/auth/sign-in`, { person: people.claire }, atCallback)
  url.searchParams.set('iss', 'http://localhost:1/api/v2')
  assert.equal(failureIn((await browser.open(url)).url), 'issuer')
  // The code of one person's sign-in under the state of another's: PKCE and nonce say no.
  const victim = new Browser(),
    attacker = new Browser()
  const mine = (await victim.through(`${house.url}/auth/sign-in`, { person: people.claire }, atCallback)).url
  const theirs = (await attacker.through(`${house.url}/auth/sign-in`, { person: people.karim }, atCallback)).url
  mine.searchParams.set('code', theirs.searchParams.get('code')!)
  assert.equal(failureIn((await victim.open(mine)).url), 'code-refused')
  assert.equal(victim.cookies.has('session'), false)
})

test('IDN-1: two tabs that left at once both come back', async () => {
  const browser = new Browser()
  const forms = [
    await browser.open(`${house.url}/auth/sign-in?returnTo=/campagnes`),
    await browser.open(`${house.url}/auth/sign-in?returnTo=/recherche`),
  ]
  const choice = () => new URLSearchParams({ person: people.claire.id })
  assert.equal((await browser.open(forms[0]!.url, choice())).url.pathname, '/campagnes')
  assert.equal((await browser.open(forms[1]!.url, choice())).url.pathname, '/recherche')
})

test('IDN-1: a sign-in that took more than ten minutes is over', async () => {
  const browser = new Browser()
  const { url } = await browser.through(`${house.url}/auth/sign-in`, { person: people.claire }, atCallback)
  await house.owner.query(`update sign_in_transactions set created_at = now() - interval '11 minutes'`)
  assert.equal(failureIn((await browser.open(url)).url), 'expired')
})

test('IDN-1: a person with no account is told who to ask, and no session opens', async () => {
  const { browser, landing } = await house.signIn({ person: people.hugo })
  assert.equal(landing.url.pathname, '/connexion/sans-compte')
  assert.equal(browser.cookies.has('session'), false)
  assert.equal((await house.trail('sign-in.failed')).at(-1)!.detail.code, 'no-account')
})

test('IDN-1: the address alone links nothing: another organisation, or an account linked already, waits for the account manager', async () => {
  // Same address, another SIRET.
  await house.owner.query(
    'update organisations set siret = 90099999900001 where id = (select organisation_id from accounts where id = $1)',
    [people.paul.accountId],
  )
  assert.equal(failureIn((await house.signIn({ person: people.paul })).landing.url), 'link-pending')
  await house.owner.query(
    'update organisations set siret = $2 where id = (select organisation_id from accounts where id = $1)',
    [people.paul.accountId, people.paul.siret],
  )
  // An account linked to another subject: the same address at another provider.
  await house.signIn({ person: people.karim })
  await house.owner.query('update account_identities set subject = $2 where account_id = $1', [
    people.karim.accountId,
    'someone-else',
  ])
  const { browser, landing } = await house.signIn({ person: people.karim })
  assert.equal(failureIn(landing.url), 'link-pending')
  assert.equal(browser.cookies.has('session'), false)
  await house.signIn({ person: people.karim }) // asking again asks once
  const { rows } = await house.owner.query(
    'select account_id, reason from pending_links where decided_at is null order by reason',
  )
  assert.deepEqual(rows, [
    { account_id: people.karim.accountId, reason: 'already-linked' },
    { account_id: people.paul.accountId, reason: 'other-organisation' },
  ])
  await house.owner.query('update account_identities set subject = $2 where account_id = $1', [
    people.karim.accountId,
    people.karim.id,
  ])
})

test('IDN-1: two first sign-ins at once link an account once', async () => {
  const browsers = [new Browser(), new Browser()]
  const callbacks = await Promise.all(
    browsers.map(b => b.through(`${house.url}/auth/sign-in`, { person: people.nadia }, atCallback)),
  )
  const landings = await Promise.all(callbacks.map((c, i) => browsers[i]!.open(c.url)))
  assert.deepEqual(
    landings.map(l => l.url.pathname),
    ['/', '/'],
  )
  assert.equal((await house.trail('account.linked')).filter(e => e.actorId === people.nadia.accountId).length, 1)
})

test('IDN-4: a suspended account does not come in, and its open session stops at the next request', async () => {
  const { browser } = await house.signIn({ person: people.samir })
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [people.samir.accountId])
  assert.equal((await house.call(browser, 'GET', '/me')).body.code, 'session/required')
  assert.equal(failureIn((await house.signIn({ person: people.samir })).landing.url), 'account-inactive')
  await house.owner.query(`update accounts set status = 'active' where id = $1`, [people.samir.accountId])
})

test('IDN-1: abandoned at ProConnect, or answered by an error, the reason is told', async () => {
  const browser = new Browser()
  const asked = await browser.open(`${house.url}/auth/sign-in`, undefined, url => url.pathname.endsWith('/authorize'))
  const back = `${house.url}/auth/callback?state=${asked.url.searchParams.get('state')}&iss=${encodeURIComponent(asked.url.origin + '/api/v2')}`
  assert.equal(
    failureIn((await browser.open(`${back}&error=access_denied&error_description=user%20cancelled`)).url),
    'cancelled',
  )
  const other = await browser.open(`${house.url}/auth/sign-in`, undefined, url => url.pathname.endsWith('/authorize'))
  assert.equal(
    failureIn(
      (
        await browser.open(
          `${house.url}/auth/callback?state=${other.url.searchParams.get('state')}&iss=${encodeURIComponent(asked.url.origin + '/api/v2')}&error=server_error`,
        )
      ).url,
    ),
    'provider-error',
  )
  assert.equal(failureIn((await browser.open(`${house.url}/auth/callback`)).url), 'expired')
})

test('REL-4, REL-8: who comes back without a state of ours, or in another browser, writes nothing: counters tell, by reason; of our own failures, thirty from one address in a quarter of an hour are in the trail', async () => {
  const entries = async () => Number((await house.owner.query('select count(*) from audit_entries')).rows[0].count)
  const strays = async (code: string) => (await signInStrays.get()).values.find(v => v.labels.code === code)?.value ?? 0
  const refused = async (code: string) =>
    (await signInsRefused.get()).values.find(v => v.labels.way === 'proconnect' && v.labels.code === code)?.value ?? 0
  const earlier = await refused('expired')
  const [before, expired, elsewhere] = [await entries(), await strays('expired'), await strays('other-browser')]
  for (const query of [
    '',
    '?state=',
    `?state=${'x'.repeat(43)}`,
    `?state=${'x'.repeat(5000)}`,
    '?state=a&state=b',
    '?code=1&iss=x',
  ])
    assert.equal(failureIn((await new Browser().open(`${house.url}/auth/callback${query}`)).url), 'expired')
  const { url } = await new Browser().through(`${house.url}/auth/sign-in`, { person: people.claire }, atCallback)
  assert.equal(failureIn((await new Browser().open(url)).url), 'other-browser')
  assert.deepEqual(
    [(await entries()) - before, (await strays('expired')) - expired, (await strays('other-browser')) - elsewhere],
    [0, 6, 1],
  )
  assert.equal((await refused('expired')) - earlier, 6)

  const fresh = await openSignInHouse(actions)
  try {
    const told = async () => (await fresh.trail('sign-in.failed')).length
    const there = new Browser()
    for (let n = 0; n < 33; n++) {
      const left = (await there.open(`${fresh.url}/auth/sign-in`, undefined, at => at.pathname.endsWith('/authorize')))
        .url
      const back = `${fresh.url}/auth/callback?state=${left.searchParams.get('state')}&iss=${encodeURIComponent(`${left.origin}/api/v2`)}&error=access_denied`
      assert.equal(failureIn((await there.open(back)).url), 'cancelled')
    }
    assert.equal(await told(), 30)
  } finally {
    await fresh.close()
  }
})

test('REL-4, SEC-2: an identity without an account, or that waits for its link, is in the trail once a day and reason, however often it comes', async () => {
  const fresh = await openSignInHouse(actions)
  try {
    const told = async (action: string) => (await fresh.trail(action)).map(({ detail }) => detail.code ?? detail.reason)
    const comes = async (person: StandInPerson) => failureIn((await fresh.signIn({ person })).landing.url)
    for (let n = 0; n < 3; n++) assert.equal(await comes(people.hugo), '/connexion/sans-compte')
    assert.deepEqual(await told('sign-in.failed'), ['no-account'])
    await fresh.signIn({ person: people.karim })
    await fresh.owner.query('update account_identities set subject = $2 where account_id = $1', [
      people.karim.accountId,
      'someone-else',
    ])
    for (let n = 0; n < 3; n++) assert.equal(await comes(people.karim), 'link-pending')
    assert.deepEqual(await told('account.link-asked'), ['already-linked'])
    // What is wrong with an account is told too, and once.
    await fresh.signIn({ person: people.samir })
    await fresh.owner.query(`update accounts set status = 'suspended' where id = $1`, [people.samir.accountId])
    for (let n = 0; n < 2; n++) assert.equal(await comes(people.samir), 'account-inactive')
    assert.deepEqual(await told('sign-in.failed'), ['no-account', 'account-inactive'])

    const { rows } = await fresh.owner.query('select day::text, identity from told_at_the_door')
    assert.equal(rows.length, 3)
    for (const { identity } of rows) assert.equal(identity.length, 32, 'a digest, which names nobody')
    await fresh.owner.query(`update told_at_the_door set day = day - 1`)
    assert.equal(await comes(people.hugo), '/connexion/sans-compte')
    assert.equal((await told('sign-in.failed')).length, 3, 'and again the day after')
    const worker = openDatabase(fresh.workerUrl)
    await worker.run(sql`select ctx.purge_sign_in()`)
    await worker.close()
    assert.equal(
      (await fresh.owner.query('select from told_at_the_door')).rowCount,
      1,
      'the days gone by are forgotten',
    )
  } finally {
    await fresh.close()
  }
})

test('REL-4: identities without an account draw on the thirty failures of their address, as all others do', async () => {
  const fresh = await openSignInHouse(actions)
  try {
    const strays = async () =>
      (await signInStrays.get()).values.find(({ labels }) => labels.code === 'no-account')?.value ?? 0
    const before = await strays()
    for (let n = 0; n < 33; n++) {
      fresh.alter = (_token, claims) => ({ ...claims, sub: `made-up-${n}` })
      assert.equal(failureIn((await fresh.signIn({ person: people.hugo })).landing.url), '/connexion/sans-compte')
    }
    assert.equal((await fresh.trail('sign-in.failed')).length, 30)
    assert.equal((await strays()) - before, 3)
  } finally {
    await fresh.close()
  }
})

test('IDN-1: one only ever returns to a page of this site', () => {
  for (const [asked, given] of [
    ['/campagnes/12', '/campagnes/12'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['/api/me', '/'],
    ['/auth/sign-in', '/'],
    ['/connexion', '/'],
    ['/connexion/revenir', '/connexion/revenir'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
    ['/x?y=1', '/'],
  ] as const)
    assert.equal(safeReturn(asked), given)
})

test('IDN-1: ProConnect down: the service stands, sign-in answers 503 in French, open sessions stay; back again, one comes in', async t => {
  const down = await openSignInHouse(actions, { standIn: false })
  t.after(() => down.close())
  const page = await new Browser().open(`${down.url}/auth/sign-in`)
  assert.equal(page.status, 503)
  assert.match(page.text, /ProConnect ne répond pas/)
  const there = new Browser()
  there.cookies.set('session', (await insertSession(down.owner, people.ines.accountId!)).token)
  assert.equal((await down.call(there, 'GET', '/me')).status, 200)
  assert.equal((await down.call(there, 'POST', '/sign-out')).body.redirectTo, '/auth/signed-out')
  await down.startStandIn()
  assert.equal((await down.signIn({ person: people.ines })).landing.url.pathname, '/campagnes')
})
