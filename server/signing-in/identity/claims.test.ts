import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { people } from '../../demonstration/stand-in/people.ts'
import { actions } from './index.ts'
import { openSignInHouse, type SignInHouse } from './testing-sign-in.ts'

let house: SignInHouse
before(async () => {
  house = await openSignInHouse(actions)
})
afterEach(() => {
  house.alter = undefined
})
after(() => house.close())

type Token = 'id_token' | 'userinfo'
const lies = (token: Token | 'both', change: Record<string, unknown>) => {
  house.alter = (kind, claims) => (token === 'both' || token === kind ? { ...claims, ...change } : claims)
}
const sessions = async () => Number((await house.owner.query('select count(*) from sessions')).rows[0].count)
const refusedWith = async (code: string, what: string) => {
  const before = await sessions()
  const { browser, landing } = await house.signIn({ person: people.claire })
  assert.deepEqual(
    [what, landing.url.pathname, landing.url.searchParams.get('code')],
    [what, '/connexion/erreur', code],
  )
  assert.equal(browser.cookies.has('session'), false, what)
  assert.equal(await sessions(), before, what)
  // Of one address the trail takes thirty failures in a quarter of an hour; all come from here.
  const told = await house.trail('sign-in.failed')
  assert.ok(told.length >= 30 || told.at(-1)!.detail.code === code, what)
}
const now = () => Math.floor(Date.now() / 1000)

for (const claim of ['iat', 'nbf', 'auth_time']) {
  for (const [words, ahead] of [
    ['two minutes', 120],
    ['an hour', 3600],
    ['thirty days', 30 * 86_400],
  ] as const) {
    test(`IDN-1: an identity token whose ${claim} is ${words} ahead opens nothing`, async () => {
      lies('id_token', { [claim]: now() + ahead })
      await refusedWith('signature', claim)
    })
  }
}

test('IDN-1: twenty seconds ahead are the drift of a clock, and open', async () => {
  lies('id_token', { iat: now() + 20, nbf: now() + 20, auth_time: now() + 20 })
  assert.equal((await house.signIn({ person: people.claire })).landing.url.pathname, '/campagnes')
})

test('IDN-1: user info issued ahead opens nothing either', async () => {
  lies('userinfo', { iat: now() + 3600 })
  await refusedWith('signature', 'userinfo')
})

const hostile: readonly (readonly [string, unknown])[] = [
  ['a NUL', 'a\u0000b'],
  ['a lone surrogate', 'a\ud800b'],
  ['a line break', 'a\r\nb'],
  ['ten thousand characters', 'x'.repeat(10_000)],
  ['a number', 12],
  ['an object', { toString: 'x' }],
  ['a list', ['x']],
  ['true', true],
]
const claimsRead: readonly (readonly [Token | 'both', string])[] = [
  ['both', 'sub'],
  ['id_token', 'acr'],
  ['userinfo', 'email'],
  ['userinfo', 'given_name'],
  ['userinfo', 'usual_name'],
  ['userinfo', 'siret'],
  ['userinfo', 'idp_id'],
]
for (const [token, claim] of claimsRead) {
  test(`IDN-1: ${claim} that is no plain text is a refusal with its reason, never a fault of ours`, async () => {
    for (const [words, value] of hostile) {
      lies(token, { [claim]: value })
      // A subject that is no text is refused by the protocol itself.
      await refusedWith(
        claim === 'sub' && typeof value !== 'string' ? 'provider-error' : 'identity-malformed',
        `${claim}: ${words}`,
      )
    }
  })
}

test('IDN-1: methods and time of authentication that are no methods nor time are a refusal', async () => {
  for (const amr of [
    'pwd',
    12,
    { a: 1 },
    [12],
    ['p\u0000'],
    ['\ud800'],
    ['x'.repeat(10_000)],
    Array.from({ length: 1_000 }, () => 'pwd'),
  ]) {
    lies('id_token', { amr })
    await refusedWith('identity-malformed', `amr: ${JSON.stringify(amr).slice(0, 40)}`)
  }
  for (const authTime of [-1, 1e300]) {
    lies('id_token', { auth_time: authTime })
    await refusedWith(authTime === -1 ? 'provider-error' : 'signature', `auth_time: ${authTime}`)
  }
})

test('IDN-2: a provider named as a member of every object is a provider like any other', async () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']) {
    lies('userinfo', { idp_id: name })
    const { landing } = await house.signIn({ person: people.karim })
    assert.notEqual(landing.status, 500, name)
    assert.ok(
      landing.url.pathname === '/campagnes' || landing.url.searchParams.get('code') === 'link-pending',
      `${name}: ${landing.url.href}`,
    )
  }
})
