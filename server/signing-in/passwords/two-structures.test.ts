import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { organisations, people } from '../../demonstration/stand-in/people.ts'
import { anAccount, insertAccount } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { actions } from '../identity/index.ts'
import { matchAccount } from '../identity/match-account-rules.ts'
import { Browser, openSignInHouse, type SignInHouse } from '../identity/testing-sign-in.ts'
import { hasher } from './hashing.ts'
import { passwordRoutes } from './sign-in-by-password.ts'

const { claire } = people
const [here, there] = [organisations.jalleEauBourde, organisations.plie]
const good = 'girafe tabouret pluie moteur canard tapis genou'
let house: SignInHouse
let second: string
let computed = 0
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
before(async () => {
  house = await openSignInHouse(actions, {
    more: parts => {
      const real = hasher(parts.identity.keys)
      return passwordRoutes({
        ...parts,
        passwords: {
          ...real,
          verify: (...args) => {
            computed += 1
            return real.verify(...args)
          },
        },
      })
    },
  })
})
after(() => house.close())

/** Claire has an account in a second structure, by a pair that she accepted; her provider is expected there. */
beforeEach(async () => {
  house.alter = undefined
  for (const table of ['sign_in_choices', 'account_identities', 'pending_links', 'passwords', 'sign_in_budgets'])
    await rows(`delete from ${table}`)
  if (second) await rows('delete from account_contacts where account_id = $1', [second])
  await rows('delete from shared_addresses')
  const asker = await insertAccount(house.owner, anAccount(there.id))
  await rows(
    `insert into shared_addresses (id, first_id, former_id, asker_id, email, given_name, family_name, reason, asked_by,
      asked_at, settled_at, settled_by, outcome, open_until)
      values ($1, $2, $3, $4, $5, 'Claire', 'Aumont', 'essai', $6, now() - interval '1 hour', now(), $2, 'accepted',
        now() + interval '30 days')`,
    [uuidv7(), claire.accountId, here.id, there.id, claire.email, asker.id],
  )
  second = (await insertAccount(house.owner, anAccount(there.id, { email: claire.email }))).id
  await rows(
    'insert into expected_providers (organisation_id, idp_id, added_at) values ($1, $2, now()) on conflict do nothing',
    [there.id, claire.idpId],
  )
})
/** ProConnect says that she comes from there. */
const under = (siret: string) => {
  house.alter = (token, claims) => (token === 'userinfo' ? { ...claims, siret } : claims)
}
const come = async (siret: string, browser = new Browser()) => {
  under(siret)
  return house.signIn({ person: claire }, browser)
}
const accountOf = async (browser: Browser) => (await house.call(browser, 'GET', '/me')).body?.account?.id
const post = async (browser: Browser, path: string, body: object, origin?: string) => {
  const response = await fetch(`${house.url}${path}`, {
    method: 'POST',
    headers: { cookie: browser.sent(), 'content-type': 'application/json', ...(origin ? { origin } : {}) },
    body: JSON.stringify(body),
  })
  browser.keep(response)
  return { status: response.status, body: (await response.json()) as any }
}
const structures = async (browser: Browser) =>
  (await post(browser, '/auth/structures', {})).body.structures.map((s: { id: string }) => s.id)
const choose = (browser: Browser, organisationId: string) =>
  post(browser, '/auth/structures/choose', { organisationId })
/** Both accounts are linked, and both structures have the SIRET under which she comes. */
const linkedUnderBoth = async () => {
  await come(here.siret)
  await come(there.siret)
  await rows('update account_identities set siret = $1', [here.siret])
}

test('ACC-16, IDN-1: the SIRET that ProConnect tells chooses the structure: each account is linked once, and its session is of it alone', async () => {
  const first = await come(here.siret)
  assert.equal(await accountOf(first.browser), claire.accountId)
  const next = await come(there.siret)
  assert.equal(next.landing.url.pathname, '/campagnes')
  assert.equal(await accountOf(next.browser), second)
  assert.equal((await rows('select from account_identities')).length, 2)
  const me = (await house.call(next.browser, 'GET', '/me')).body
  assert.deepEqual([me.organisation.id, me.rights.length], [there.id, 0], 'rights are not mixed')
  const again = await come(here.siret, next.browser)
  assert.equal(await accountOf(again.browser), claire.accountId, 'going over is a new sign-in')
  assert.equal((await rows('select from sessions where account_id = $1 and ended_at is null', [second])).length, 0)
})

test('ACC-16: where the SIRET fits both, a page asks before any second factor: it names the structures alone, and nothing is opened', async () => {
  await linkedUnderBoth()
  const before = (await rows('select from sessions')).length
  const { browser, landing } = await come(here.siret)
  assert.equal(landing.url.pathname, '/connexion/structure')
  assert.equal(landing.url.search, '')
  assert.equal((await rows('select from sessions')).length, before)
  const offered = (await post(browser, '/auth/structures', {})).body
  assert.deepEqual(
    offered.structures.map((s: object) => Object.keys(s).sort()),
    [
      ['id', 'name'],
      ['id', 'name'],
    ],
  )
  assert.deepEqual((await structures(browser)).sort(), [here.id, there.id].sort())
  const chosen = await choose(browser, there.id)
  assert.deepEqual([chosen.status, chosen.body.to], [200, '/campagnes'])
  assert.equal(await accountOf(browser), second)
  const opened = (await house.trail('session.opened')).at(-1)!
  assert.equal(opened.actorId, second)
})

test('ACC-16, IDN-2: chosen with one factor alone, the second is still asked; of each account its own', async () => {
  await linkedUnderBoth()
  under(here.siret)
  const { browser } = await house.signIn({ person: claire, acr: 'eidas1', amr: 'pwd' })
  const chosen = await choose(browser, there.id)
  assert.match(chosen.body.to, /^\/connexion\/second-facteur\?retour=/)
  const me = await house.call(browser, 'GET', '/me')
  assert.deepEqual([me.body.account.id, me.body.session.state], [second, 'second-factor-required'])
})

test('ACC-16: a choice is of the browser that proved the first factor, of a structure that it offers, once, within ten minutes, and not from another site', async () => {
  await linkedUnderBoth()
  const { browser } = await come(here.siret)
  assert.deepEqual(await structures(new Browser()), [])
  assert.equal((await choose(new Browser(), there.id)).status, 409)
  assert.equal((await choose(browser, organisations.franceTravail.id)).body.code, 'sign-in/choice-over')
  assert.equal((await post(browser, '/auth/structures/choose', { organisationId: 'x' })).status, 400)
  assert.equal(
    (await post(browser, '/auth/structures/choose', { organisationId: there.id }, 'https://ailleurs.example')).status,
    403,
  )
  const [same, other] = [new Browser(), new Browser()]
  for (const copy of [same, other]) for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  const two = await Promise.all([choose(same, there.id), choose(other, here.id)])
  assert.deepEqual(two.map(({ status }) => status).sort(), [200, 409], 'of two at once, one')
  assert.deepEqual(await structures(browser), [])

  const late = (await come(here.siret)).browser
  await rows(`update sign_in_choices set created_at = now() - interval '11 minutes'`)
  assert.deepEqual(await structures(late), [])
  assert.equal((await choose(late, there.id)).status, 409)
  await come(here.siret)
  assert.equal((await rows('select from sign_in_choices')).length, 1, 'the one that was left is deleted')
})

test('ACC-16, IDN-4: blocked or closed in one structure, the person still comes in for the other, and is told why of the first', async () => {
  await come(here.siret)
  await come(there.siret)
  await rows(`update accounts set status = 'suspended' where id = $1`, [second])
  assert.equal(await accountOf((await come(here.siret)).browser), claire.accountId)
  assert.equal((await come(there.siret)).landing.url.searchParams.get('code'), 'account-inactive')
  await rows('update account_identities set siret = $1', [here.siret])
  const { browser } = await come(here.siret)
  assert.equal(await accountOf(browser), claire.accountId, 'one way alone: nothing to choose')
  await rows(`update accounts set status = 'active' where id = $1`, [second])
  const waiting = (await come(here.siret)).browser
  await rows(`update accounts set status = 'suspended' where id = $1`, [second])
  assert.equal((await choose(waiting, there.id)).body.code, 'sign-in/choice-over')
  assert.equal(await accountOf(waiting), undefined)
})

test('IDN-1, SEC-6: without a pair, a subject opens the account of nobody else, whatever the address says and the application believes', async () => {
  await come(here.siret)
  await rows('delete from account_contacts where account_id = $1', [second])
  const stranger = (await insertAccount(house.owner, anAccount(there.id))).id
  const [{ issuer, subject }] = await rows('select issuer, subject from account_identities')
  await rows('insert into account_identities (issuer, subject, account_id) values ($1, $2, $3)', [
    issuer,
    subject,
    stranger,
  ])
  assert.deepEqual(await rows('select account_id from account_identities'), [{ account_id: claire.accountId }])
  const [{ email }] = await rows('select email from account_contacts where account_id = $1', [stranger])
  house.alter = (token, claims) => (token === 'userinfo' ? { ...claims, siret: there.siret, email } : claims)
  const { landing } = await house.signIn({ person: claire })
  assert.equal(landing.url.searchParams.get('code'), 'employer-changed')
})

test('ACC-16, IDN-3: of two accounts of one address, a password opens its own; the same one for both asks which', async () => {
  await rows(
    `insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason)
      select gen_random_uuid(), id, true, clock_timestamp(), 'essai' from unnest($1::uuid[]) id`,
    [[here.id, there.id]],
  )
  const real = hasher(house.identity.keys)
  const set = async (accountId: string, password: string) =>
    rows(
      `insert into passwords (account_id, hash, changed_at) values ($1, $2, now())
        on conflict (account_id) do update set hash = excluded.hash`,
      [accountId, await real.hash(password)],
    )
  const by = async (password: string, browser = new Browser()) => ({
    ...(await post(browser, '/auth/password', { email: claire.email, password })),
    browser,
  })
  await set(claire.accountId!, good)
  await set(second, `${good} autre`)
  assert.equal(await accountOf((await by(good)).browser), claire.accountId)
  assert.equal(await accountOf((await by(`${good} autre`)).browser), second)
  computed = 0
  assert.equal((await by('rien de tout cela')).status, 422)
  assert.equal(computed, 2)
  assert.equal(
    (await post(new Browser(), '/auth/password', { email: 'personne@libre.example', password: 'rien' })).status,
    422,
  )
  assert.equal(computed, 4, 'an unknown address costs as much')

  await set(second, good)
  const { body, browser } = await by(good)
  assert.equal(body.state, 'structure-required')
  assert.equal(await accountOf(browser), undefined)
  assert.deepEqual((await structures(browser)).sort(), [here.id, there.id].sort())
  await rows('update passwords set changed_at = clock_timestamp() where account_id = $1', [second])
  assert.equal((await choose(browser, there.id)).body.code, 'sign-in/choice-over', 'changed meanwhile')
  await rows(`update passwords set changed_at = now() - interval '1 hour' where account_id = $1`, [second])
  assert.deepEqual((await choose(browser, there.id)).body, { to: null })
  const me = await house.call(browser, 'GET', '/me')
  assert.deepEqual([me.body.account.id, me.body.session.state], [second, 'second-factor-required'])
})

test('ACC-16: which of two accounts a subject opens', () => {
  const [siret, another] = [12345678900012, 98765432100010]
  const known = (accountId: string, employers: number[], status = 'active') => ({
    accountId,
    status,
    organisationId: `o-${accountId}`,
    employers,
  })
  const beside = (certain: boolean) => ({ ...known('b', [another]), linked: false, certain })
  const both = [known('a', [siret]), known('b', [another])]
  const match = (facts: Parameters<typeof matchAccount>[0], told: number | undefined) => {
    const { kind, ...rest } = matchAccount(facts, told) as any
    return [kind, rest.accountId ?? rest.ways?.map((way: any) => way.accountId).join('+') ?? null]
  }
  assert.deepEqual(match({ known: both, candidates: [] }, siret), ['enter', 'a'])
  assert.deepEqual(match({ known: both, candidates: [] }, another), ['enter', 'b'])
  assert.deepEqual(match({ known: both, candidates: [] }, undefined), ['choose', 'a+b'])
  assert.deepEqual(match({ known: both, candidates: [] }, 11111111100011), ['ask', 'a'])
  assert.deepEqual(match({ known: [known('a', [siret]), known('b', [siret])], candidates: [] }, siret), [
    'choose',
    'a+b',
  ])
  assert.deepEqual(match({ known: [both[0]!], candidates: [beside(true)] }, another), ['link', 'b'])
  assert.deepEqual(match({ known: [both[0]!], candidates: [beside(false)] }, another), ['ask', 'b'])
  assert.deepEqual(match({ known: [both[0]!], candidates: [beside(true)] }, undefined), ['enter', 'a'])
  assert.deepEqual(match({ known: [both[0]!, known('b', [another], 'blocked')], candidates: [] }, another), [
    'blocked',
    null,
  ])
  assert.deepEqual(match({ known: [both[0]!, known('b', [another], 'blocked')], candidates: [] }, undefined), [
    'enter',
    'a',
  ])
})
