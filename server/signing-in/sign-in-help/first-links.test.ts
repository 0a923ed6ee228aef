import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { organisations, people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { parseSiret } from '../../platform/siret.ts'
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
    siret: person.siret,
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
    assert.equal((await findIdentity(database, who(people.gilles, 'x'), null)).candidates[0]!.certain, false)
    assert.equal(
      (await findIdentity(database, who(people.gilles, 'x'), digest(await invited(people.gilles)))).candidates[0]!
        .certain,
      true,
    )
    // Certain, and under an employer that is not of that account.
    const elsewhere = { ...who(people.gilles), siret: organisations.plie.siret }
    assert.equal(
      await linkIdentity(database, elsewhere, people.gilles.accountId!, digest(await invited(people.gilles))),
      false,
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

/** One of this company, whose key is right. */
const siretFrom = (siren: string, first: number): string =>
  Array.from({ length: 99 }, (_, n) => `${siren}${String(first + n).padStart(5, '0')}`).find(
    siret => parseSiret(siret) !== undefined,
  )!
/** What ProConnect says of the employer, whoever comes. */
const under = (siret: string) => {
  house.alter = (token, claims) => (token === 'userinfo' ? { ...claims, siret } : claims)
}
const codeOf = (url: URL) => url.searchParams.get('code') ?? url.pathname
const tellThem = async () => {
  const worker = new pg.Client({ connectionString: house.workerUrl })
  await worker.connect()
  try {
    return await within(worker)(tellWaitingLinks)
  } finally {
    await worker.end()
  }
}
const elsewhere = organisations.plie.siret
const waitingOf = async (browser: Browser, who: StandInPerson) =>
  (await house.call(browser, 'GET', `/accounts/${who.accountId}/sign-in`)).body.waiting
const answer = (browser: Browser, who: StandInPerson, link: string, decision: string) =>
  house.call(browser, 'POST', `/accounts/${who.accountId}/links/${link}/decide`, { decision })

test('ACC-16, IDN-1: who now comes under another employer stops at the door: no session, the account manager is told once and decides; confirmed, they come in under either', async () => {
  const maite = await sessionOf(people.maite)
  try {
    under(siretFrom(people.claire.siret.slice(0, 9), 20))
    assert.equal(codeOf(await come(people.claire)), '/campagnes', 'another establishment of the same employer')
    await tellThem()
    const before = (await house.trail('account.link-asked')).length
    under(elsewhere)
    for (let n = 0; n < 2; n++) {
      const { browser, landing } = await house.signIn({ person: people.claire })
      assert.deepEqual([codeOf(landing.url), browser.cookies.has('session')], ['employer-changed', false])
    }
    const asked = await house.trail('account.link-asked')
    assert.deepEqual([asked.length - before, asked.at(-1)!.detail.reason], [1, 'employer-changed'])
    assert.deepEqual([await tellThem(), await tellThem()], [1, 0])
    const told = await mails(people.maite, 'account-link-waiting')
    assert.ok(told.some(mail => /sous un autre employeur : elle n’est pas entrée/.test(mail.body)))
    const [waiting, ...others] = await waitingOf(maite, people.claire)
    assert.deepEqual([waiting.reason, waiting.siret, others], ['employer-changed', elsewhere, []])

    // Refused, they stay out, and ask again; under the structure's own employer they come in all along.
    assert.equal((await answer(maite, people.claire, waiting.id, 'refused')).status, 200)
    assert.equal(codeOf(await come(people.claire)), 'employer-changed')
    under(people.claire.siret)
    assert.equal(codeOf(await come(people.claire)), '/campagnes')
    under(elsewhere)
    const [again] = await waitingOf(maite, people.claire)
    const stranger = await answer(await sessionOf(people.karim), people.claire, again.id, 'confirmed')
    assert.ok([403, 404].includes(stranger.status), `${stranger.status}`)
    assert.equal((await answer(maite, people.claire, again.id, 'confirmed')).status, 200)
    assert.equal(codeOf(await come(people.claire)), '/campagnes', 'confirmed')
    under(people.claire.siret)
    assert.equal(codeOf(await come(people.claire)), '/campagnes', 'and under the structure’s own')
    under(organisations.missionLocale.siret)
    assert.equal(codeOf(await come(people.claire)), 'employer-changed', 'another one still')
    const { rows } = await house.owner.query('select siret from account_identities where account_id = $1', [
      people.claire.accountId,
    ])
    assert.deepEqual(rows, [{ siret: Number(elsewhere) }])
  } finally {
    house.alter = undefined
  }
})

test('AGR-15, ACC-16: a structure whose SIRET changed keeps its people: under the former, which they were linked by, and under the new', async () => {
  const siretIs = (siret: string) =>
    house.owner.query('update organisations set siret = $2 where id = $1', [organisations.jalleEauBourde.id, siret])
  const next = siretFrom('900999999', 1)
  await siretIs(next)
  try {
    assert.equal(codeOf(await come(people.gilles)), '/campagnes', 'linked under the former')
    under(next)
    assert.equal(codeOf(await come(people.gilles)), '/campagnes', 'under the new')
  } finally {
    house.alter = undefined
    await siretIs(organisations.jalleEauBourde.siret)
  }
})

test('ACC-16, ACC-1: the agent of a delegate comes in under the SIRET that was declared of it, and under no other without a word', async () => {
  const { accountId } = people.ines
  const attachedTo = async (siret: string) => {
    const id = uuidv7()
    await house.owner.query(
      `insert into third_parties (id, organisation_id, kind, capacity, name, siret, starts_on, evidence, evidence_on,
        recorded_by, recorded_at)
      values ($1::uuid, $2, 'delegate', 'processor', 'Association ' || $1::text, $3, '2026-01-01', 'Convention', '2026-01-01', $4, now())`,
      [id, organisations.jalleEauBourde.id, siret, people.maite.accountId],
    )
    await house.owner.query(`update accounts set attachment = 'delegate', third_party_id = $2 where id = $1`, [
      accountId,
      id,
    ])
  }
  try {
    under(elsewhere)
    await attachedTo(organisations.missionLocale.siret)
    assert.ok(waits(await come(people.ines)), 'another employer than the delegate')
    await attachedTo(elsewhere)
    assert.equal(codeOf(await come(people.ines)), '/campagnes')
    // The delegate they work for is another now: the one that was linked stays known.
    await attachedTo(organisations.missionLocale.siret)
    assert.equal(codeOf(await come(people.ines)), '/campagnes')
    under(organisations.missionLocale.siret)
    assert.equal(codeOf(await come(people.ines)), '/campagnes')
    under(organisations.franceTravail.siret)
    assert.equal(codeOf(await come(people.ines)), 'employer-changed')
  } finally {
    house.alter = undefined
  }
})

test('ACC-16, AGR-15: an agent of a second SIRET of the partner comes in the first time under it, on the days on which it is the partner’s and on no other', async () => {
  const second = siretFrom('900888888', 1)
  const siretIs = (version: number, days: { from: string; until: string | null; withdrawn?: boolean }) =>
    house.owner.query(
      `insert into organisation_siret_versions (siret_id, version, organisation_id, siret, name, from_on, until_on,
        withdrawn, reason, recorded_by, recorded_at)
      values ('01a237fe-0000-7000-8000-000000000001', $1, $2, $3, 'CIAS', $4, $5, $6, 'Essai', $7, now())`,
      [
        version,
        organisations.jalleEauBourde.id,
        second,
        days.from,
        days.until,
        days.withdrawn ?? false,
        people.maite.accountId,
      ],
    )
  /** As one whom no identity was linked to yet, whose provider is expected. */
  const unlinked = async () => {
    await house.owner.query('delete from account_identities where account_id = $1', [people.gilles.accountId])
    await house.owner.query('delete from pending_links where account_id = $1', [people.gilles.accountId])
  }
  await house.owner.query(
    'insert into expected_providers (organisation_id, idp_id, added_at) values ($1, $2, now()) on conflict do nothing',
    [organisations.jalleEauBourde.id, people.gilles.idpId],
  )
  const kept = await house.owner.query('select * from account_identities where account_id = $1', [
    people.gilles.accountId,
  ])
  try {
    under(second)
    for (const [version, days] of [
      [1, { from: '2999-01-01', until: null }],
      [2, { from: '2020-01-01', until: '2020-12-31' }],
      [3, { from: '2020-01-01', until: null, withdrawn: true }],
    ] as const) {
      await siretIs(version, days)
      await unlinked()
      assert.ok(waits(await come(people.gilles)), JSON.stringify(days))
    }
    await siretIs(4, { from: '2020-01-01', until: null })
    await unlinked()
    assert.equal(codeOf(await come(people.gilles)), '/campagnes')
    await siretIs(5, { from: '2020-01-01', until: '2020-12-31' })
    assert.equal(codeOf(await come(people.gilles)), '/campagnes', 'who was linked under it stays known')
    house.alter = undefined
    assert.equal(codeOf(await come(people.gilles)), '/campagnes', 'under that of the seat, all along')
  } finally {
    house.alter = undefined
    await unlinked()
    for (const row of kept.rows)
      await house.owner.query(
        `insert into account_identities (issuer, subject, account_id, idp_id, linked_at, siret)
          values ($1, $2, $3, $4, $5, $6)`,
        [row.issuer, row.subject, row.account_id, row.idp_id, row.linked_at, row.siret],
      )
  }
})
