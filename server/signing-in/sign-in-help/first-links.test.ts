import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { organisations, people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { findIdentity, linkIdentity } from '../identity/identity.queries.ts'
import { actions as identityActions } from '../identity/index.ts'
import { digest, newToken } from '../identity/session-token.ts'
import { tellWaitingLinks } from '../identity/tell-waiting-links.job.ts'
import { insertSession } from '../identity/testing.ts'
import { Browser, openSignInHouse, type SignInHouse } from '../identity/testing-sign-in.ts'
import { invite } from '../invitations/invitation.ts'
import { invitationRoute } from '../invitations/invitation-route.ts'
import { signInHelp } from './index.ts'

let house: SignInHouse
before(async () => {
  house = await openSignInHouse([...identityActions, ...signInHelp], { more: parts => invitationRoute(parts) })
  for (const [who, role] of [
    [people.maite, 'rgc'],
    [people.bruno, 'rgc'],
    [people.odile, 'cssi'],
  ] as const)
    await giveRole(house.owner, { id: who.accountId!, organisationId: organisationOf(who) } as never, role)
  await house.owner.query('delete from expected_providers')
})
after(() => house.close())

const organisationOf = ({ siret }: StandInPerson) => Object.values(organisations).find(o => o.siret === siret)!.id
const sessionOf = async (who: StandInPerson, options: Parameters<typeof insertSession>[2] = {}) => {
  const browser = new Browser()
  browser.cookies.set('session', (await insertSession(house.owner, who.accountId!, options)).token)
  return browser
}
const invited = async (who: StandInPerson, days = 14) => {
  const token = newToken()
  await house.owner.query(
    `insert into invitations (id, account_id, token_hash, made_at, ends_at)
      values ($1, $2, $3, now() - interval '20 days', now() + make_interval(days => $4))`,
    [uuidv7(), who.accountId, digest(token), days],
  )
  return token
}
const follow = async (browser: Browser, token: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${house.url}/auth/invitation`, {
    method: 'POST',
    body: JSON.stringify({ token }),
    headers: { 'content-type': 'application/json', cookie: browser.sent(), ...headers },
  })
  browser.keep(response)
  return { status: response.status, body: (await response.json()) as { open?: boolean; code?: string } }
}
const come = async (who: StandInPerson, browser = new Browser()) =>
  (await house.signIn({ person: who }, browser)).landing.url
const waits = (url: URL) => url.searchParams.get('code') === 'link-pending'
const expected = async () =>
  (await house.owner.query('select organisation_id, idp_id, added_by from expected_providers')).rows
const mails = async (who: StandInPerson, kind: string) =>
  (
    await house.owner.query('select body, path from mails where to_account_id = $1 and kind = $2', [
      who.accountId,
      kind,
    ])
  ).rows

test('IDN-1: by a provider that nobody expects, the first link waits: no session, no link, one request told once to the account managers', async () => {
  assert.ok(waits(await come(people.claire)))
  assert.ok(waits(await come(people.claire)), 'and again')
  const pending = (await house.owner.query('select account_id, reason, idp_id from pending_links')).rows
  assert.deepEqual(pending, [
    { account_id: people.claire.accountId, reason: 'unknown-provider', idp_id: people.claire.idpId },
  ])
  assert.equal((await house.owner.query('select from account_identities')).rowCount, 0)
  assert.equal(
    (await house.owner.query('select from sessions where account_id = $1', [people.claire.accountId])).rowCount,
    0,
  )
  const worker = new pg.Client({ connectionString: house.workerUrl })
  await worker.connect()
  try {
    assert.equal(await within(worker)(tellWaitingLinks), 1)
    assert.equal(await within(worker)(tellWaitingLinks), 0)
  } finally {
    await worker.end()
  }
})

test('IDN-1: an invitation makes the first link whatever the provider, once, and makes that provider expected of nobody else', async () => {
  const [browser, token] = [new Browser(), await invited(people.karim)]
  assert.equal((await follow(browser, token, { origin: 'https://ailleurs.example' })).status, 403)
  assert.deepEqual((await follow(browser, token)).body, { open: true })
  assert.equal((await come(people.karim, browser)).pathname, '/campagnes')
  assert.equal(browser.cookies.has('invitation'), false)
  assert.deepEqual(await expected(), [])
  assert.deepEqual((await follow(new Browser(), token)).body, { open: false }, 'it served')
  assert.ok(waits(await come(people.bruno)), 'a colleague is not carried along')
  assert.equal((await come(people.karim)).pathname, '/campagnes', 'the subject is known from now on')
})

test('IDN-1: an invitation of another account, lapsed, of a closed account or made up opens nothing', async () => {
  const other = new Browser()
  await follow(other, await invited(people.nadia))
  assert.ok(waits(await come(people.samir, other)), 'of another account')
  assert.ok(!waits(await come(people.nadia, other)), 'and the person it is for may still follow it')
  const late = new Browser()
  const lapsed = await invited(people.sylvie, 0)
  await house.owner.query('update invitations set ends_at = now() where token_hash = $1', [digest(lapsed)])
  assert.deepEqual((await follow(late, lapsed)).body, { open: false })
  late.cookies.set('invitation', lapsed)
  assert.ok(waits(await come(people.sylvie, late)))
  late.cookies.set('invitation', newToken())
  assert.ok(waits(await come(people.sylvie, late)))
  for (const nonsense of ['', 'x', '\u0000'.repeat(43), 'é'.repeat(43)])
    assert.equal((await follow(new Browser(), nonsense)).status, 400, nonsense)
  const closed = await invited(people.paul)
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [people.paul.accountId])
  assert.deepEqual((await follow(new Browser(), closed)).body, { open: false })
  await house.owner.query(`update accounts set status = 'active' where id = $1`, [people.paul.accountId])
})

test('IDN-1: whatever the application believes, the database makes no first link that is not certain, nor a second one', async () => {
  const [database, web] = [openDatabase(house.signInUrl), openDatabase(house.webUrl)]
  const who = (person: StandInPerson, subject = person.id) => ({
    issuer: 'http://localhost/api/v2',
    subject,
    idpId: person.idpId,
    email: person.email,
  })
  try {
    assert.equal(await linkIdentity(database, who(people.gilles), people.gilles.accountId!, null), false)
    assert.equal(
      await linkIdentity(database, who(people.gilles), people.gilles.accountId!, digest(await invited(people.ines))),
      false,
    )
    assert.equal(
      await linkIdentity(
        database,
        who(people.karim, 'autre'),
        people.karim.accountId!,
        digest(await invited(people.karim)),
      ),
      false,
      'linked already',
    )
    assert.equal((await findIdentity(database, who(people.gilles, 'x'), null)).candidate!.certain, false)
    assert.equal(
      (await findIdentity(database, who(people.gilles, 'x'), digest(await invited(people.gilles)))).candidate!.certain,
      true,
    )
    // An account that was there before is not invited by whoever knows its number.
    const tx = await web.begin()
    await tx.enter(digest((await sessionOf(people.maite)).cookies.get('session')!))
    assert.equal(await invite(tx, people.gilles.accountId!, uuidv7), null)
    await tx.rollback()
  } finally {
    await Promise.all([database.close(), web.close()])
  }
})

test('ACC-16, IDN-1: the account manager confirms who came, by the second factor: linked, told, in the trail, and the provider expected from then on', async () => {
  const path = `/accounts/${people.claire.accountId}`
  const maite = await sessionOf(people.maite)
  const help = await house.call(maite, 'GET', `${path}/sign-in`)
  const [waiting] = help.body.waiting
  assert.deepEqual(
    [
      help.body.allowed.includes('decide-link'),
      help.body.waiting.length,
      waiting.name,
      waiting.provider,
      waiting.reason,
      waiting.siret,
    ],
    [true, 1, 'Claire Dufau', people.claire.idpId, 'unknown-provider', people.claire.siret],
  )
  const decide = (browser: Browser, decision: string, of = path, link = waiting.id) =>
    house.call(browser, 'POST', `${of}/links/${link}/decide`, { decision })
  for (const [who, code] of [
    [people.bruno, 'recovery/manager-only'],
    [people.odile, 'recovery/manager-only'],
    [people.ines, 'recovery/manager-only'],
    [people.claire, 'recovery/not-oneself'],
  ] as const) {
    const other = await sessionOf(who)
    assert.equal((await decide(other, 'confirmed')).body.code, code, who.givenName)
    const seen = await house.call(other, 'GET', `${path}/sign-in`)
    assert.ok(seen.status === 404 || seen.body.waiting.length === 0, `${who.givenName} sees nobody waiting`)
  }
  assert.equal(
    (await decide(await sessionOf(people.maite, { provenAt: new Date(Date.now() - 11 * 60_000) }), 'confirmed')).body
      .code,
    'session/step-up-required',
  )
  assert.equal((await decide(maite, 'perhaps')).body.code, 'request/malformed')
  assert.equal(
    (await decide(maite, 'confirmed', `/accounts/${people.ines.accountId}`)).body.code,
    'recovery/link-decided',
    'of another account',
  )
  assert.ok(waits(await come(people.ines)), 'nobody is expected yet')
  const both = await Promise.all([decide(maite, 'confirmed'), decide(maite, 'refused')])
  assert.deepEqual(both.map(a => a.status).sort(), [200, 409])
  // Whichever came first, it is decided once; a person who was refused asks again.
  if (both[1]!.status === 200) {
    assert.ok(waits(await come(people.claire)))
    const [again] = (await house.call(maite, 'GET', `${path}/sign-in`)).body.waiting
    assert.equal((await decide(maite, 'confirmed', path, again.id)).status, 200)
  }
  assert.equal((await come(people.claire)).pathname, '/campagnes')
  assert.deepEqual(await expected(), [
    { organisation_id: organisations.jalleEauBourde.id, idp_id: people.claire.idpId, added_by: people.maite.accountId },
  ])
  assert.equal((await come(people.gilles)).pathname, '/campagnes', 'a colleague by the same provider is linked at once')
  assert.ok((await mails(people.claire, 'account-link-decided')).length >= 1)
  const [entry] = await house.trail('account.link-confirmed')
  assert.deepEqual([entry!.actorId, entry!.detail.provider], [people.maite.accountId, people.claire.idpId])
  assert.equal(
    (
      await house.owner.query('select confirmed_by from account_identities where account_id = $1', [
        people.claire.accountId,
      ])
    ).rows[0].confirmed_by,
    people.maite.accountId,
  )
})

test('IDN-1: refused, nothing is linked; a manager who waits is decided by the security officer', async () => {
  const path = `/accounts/${people.ines.accountId}`
  const maite = await sessionOf(people.maite)
  const [waiting] = (await house.call(maite, 'GET', `${path}/sign-in`)).body.waiting
  assert.equal(
    (await house.call(maite, 'POST', `${path}/links/${waiting.id}/decide`, { decision: 'refused' })).status,
    200,
  )
  assert.equal(
    (await house.owner.query('select from account_identities where account_id = $1', [people.ines.accountId])).rowCount,
    0,
  )
  assert.equal((await house.trail('account.link-refused')).length >= 1, true)
  assert.equal((await mails(people.ines, 'account-link-decided')).length, 1)

  const bruno = `/accounts/${people.bruno.accountId}`
  const odile = await sessionOf(people.odile)
  const [manager] = (await house.call(odile, 'GET', `${bruno}/sign-in`)).body.waiting
  assert.equal(
    (await house.call(odile, 'POST', `${bruno}/links/${manager.id}/decide`, { decision: 'confirmed' })).status,
    200,
  )
  assert.equal((await come(people.bruno)).pathname, '/campagnes')
})
