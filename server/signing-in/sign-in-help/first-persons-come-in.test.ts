import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { organisations, people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { rgc } from '../../people-and-rights/rgc/index.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { once } from '../../testing/house.ts'
import { actions as identityActions } from '../identity/index.ts'
import { insertSession } from '../identity/testing.ts'
import { Browser, openSignInHouse, type SignInHouse } from '../identity/testing-sign-in.ts'
import { signInHelp } from './index.ts'

const structure = organisations.jalleEauBourde.id
const [signatory, named] = [people.gilles, people.maite]
let house: SignInHouse
let direction: Browser, officer: Browser
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const proven = async (who: StandInPerson) => {
  const browser = new Browser()
  browser.cookies.set('session', (await insertSession(house.owner, who.accountId!)).token)
  return browser
}
before(async () => {
  house = await openSignInHouse([...identityActions, ...signInHelp, ...rgc])
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`)
  // A structure that the regional direction has just registered: its convention is in preparation, nobody ever came.
  await rows(`update conventions set region_id = 1075, effective_from = null where organisation_id = $1`, [structure])
  await rows('delete from expected_providers where organisation_id = $1', [structure])
  await rows(`update documents set title = 'Conditions générales d’accès' where kind = 'cgu'`)
  const holder = (who: StandInPerson, organisationId: string) => ({ id: who.accountId!, organisationId })
  await giveRole(house.owner, holder(signatory, structure), 'signataire')
  await giveRole(house.owner, holder(people.sylvie, organisations.franceTravail.id), 'direction-regionale', {
    regionId: 1075,
  })
  await giveRole(house.owner, holder(people.odile, organisations.franceTravail.id), 'cssi')
  // Their invitations are over, and the days of a first enrolment with them.
  await rows('update first_enrolments set open_until = now()')
  direction = await proven(people.sylvie)
  officer = await proven(people.odile)
})
after(() => house.close())

const reason = 'Rappelée au standard de sa structure'
const post = (by: Browser, path: string, body: object) => house.call(by, 'POST', path, body, once())
const waits = ({ url }: { url: URL }) => url.searchParams.get('code') === 'link-pending'
const confirm = async (by: Browser, of: StandInPerson) => {
  const path = `/accounts/${of.accountId}`
  const { waiting } = (await house.call(by, 'GET', `${path}/sign-in`)).body
  return post(by, `${path}/links/${waiting[0].id}/decide`, { decision: 'confirmed', reason })
}
const give = (by: Browser, of: StandInPerson, body: object = { reason }) =>
  post(by, `/accounts/${of.accountId}/enrolment-code`, body)
const waitingFor = async (by: Browser) =>
  (await house.call(by, 'GET', '/first-people?waiting=true')).body.items.map((line: any) => line.id)

test('ACC-16, IDN-6, RGC-4: a new structure comes in: its signatory by the regional direction, whom the deed names by the CSSI, and nobody by either once an account manager is in effect', async () => {
  // The signatory, without the link of their mail.
  assert.ok(waits((await house.signIn({ person: signatory })).landing))
  assert.deepEqual([await waitingFor(direction), await waitingFor(officer)], [[signatory.accountId], []])
  assert.equal((await confirm(direction, signatory)).status, 200)
  const { browser: signing, landing } = await house.signIn({ person: signatory })
  assert.equal(landing.url.pathname, '/campagnes')
  // The CSSI helps nobody before a deed names them.
  await rows('delete from expected_providers where organisation_id = $1', [structure])
  assert.ok(waits((await house.signIn({ person: named })).landing))
  assert.deepEqual([await waitingFor(officer), (await give(officer, named)).body.code], [[], 'recovery/manager-only'])
  const deed = await post(signing, '/rgc/deeds', {
    address: '1 place de l’Essai, 33000 Essai',
    signatoryId: signatory.accountId,
    signatoryTitle: 'Présidence',
    conditionsGiven: true,
    members: [
      {
        position: 'titulaire',
        givenName: named.givenName,
        familyName: named.usualName,
        bornOn: '1980-02-29',
        telephone: '05 00 00 00 00',
        email: named.email,
        staff: 'permanent',
      },
    ],
  })
  assert.equal(deed.status, 200, JSON.stringify(deed.body))
  const sign = (by: Browser) => post(by, `/rgc/deeds/${deed.body.id}/sign`, { digest: deed.body.digest })
  assert.equal((await sign(signing)).status, 200)

  // Whom it names: the link, then the code, since the provider checks one factor alone.
  assert.deepEqual([await waitingFor(direction), await waitingFor(officer)], [[], [named.accountId]])
  assert.equal((await confirm(officer, named)).status, 200)
  const { browser: coming } = await house.signIn({ person: named, acr: 'eidas1', amr: 'pwd' })
  const [missing] = (await house.call(coming, 'GET', '/me')).body.missing
  assert.equal(missing.code, 'second-factor/code')
  assert.match(missing.whoActs, /n’a pas encore de .*CSSI\) si un acte d’engagement vous désigne/)
  assert.equal((await house.call(coming, 'POST', '/second-factor/totp')).body.code, 'second-factor/code-needed')
  const { code } = (await give(officer, named)).body
  assert.equal((await house.call(coming, 'POST', '/second-factor/open', { code })).status, 200)
  const { secret } = (await house.call(coming, 'POST', '/second-factor/totp')).body
  const enrolled = await house.call(coming, 'POST', '/second-factor/totp/confirm', {
    code: new TOTP({ secret: Secret.fromBase32(secret) }).generate(),
    label: 'Téléphone',
  })
  assert.equal(enrolled.status, 200, JSON.stringify(enrolled.body))
  const sent = await sign(coming)
  assert.ok(sent.body.sentAt, 'signed by all, it is with the CSSI')
  assert.deepEqual(
    (await house.trail('account.link-confirmed')).map(e => [e.actorId, e.detail.firstHelp.reason]),
    [
      [people.sylvie.accountId, reason],
      [people.odile.accountId, reason],
    ],
  )

  // The gate: still without its certificate and convention, then open.
  assert.equal((await give(direction, signatory)).status, 200, 'not in effect yet')
  await rows(
    `insert into rgc_certificates (id, account_id, organisation_id, issued_on, file_name, content, sha256, recorded_by,
      recorded_at, convention_id) select $1, $2, $3, current_date, 'attestation.pdf', 'attestation',
        sha256('attestation'), $4, now(), d.convention_id from rgc_deeds d where d.id = $5`,
    [uuidv7(), named.accountId, structure, people.odile.accountId, deed.body.id],
  )
  await rows('update conventions set effective_from = now() where organisation_id = $1', [structure])
  for (const [by, of] of [
    [direction, signatory],
    [officer, signatory],
    [officer, people.claire],
  ] as const)
    assert.equal((await give(by, of)).body.code, 'recovery/manager-only')
  assert.deepEqual([await waitingFor(direction), await waitingFor(officer)], [[], []])
  assert.equal((await give(coming, signatory, {})).status, 200, 'the account manager does, and needs no reason')
})
