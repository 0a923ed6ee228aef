import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { unreachableIdentity } from '../../signing-in/identity/testing.ts'
import { signInHelp } from '../../signing-in/sign-in-help/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { necessity } from './index.ts'

let house: House
let operator: string
let cssi: Person, here: Person, away: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const why = { ground: 'necessity', reason: 'Plus aucun RGC, demande du maire' } as const
const allow = (organisationId: string, allowed = true) =>
  rows(
    `insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason)
      values ($1, $2, $3, clock_timestamp(), 'Aucun fournisseur')`,
    [uuidv7(), organisationId, allowed],
  )
/** A partner of Nouvelle-Aquitaine that signs in by passwords; with an account manager or without. */
const partner = async ({ managed = false, allowed = true } = {}) => {
  const organisationId = (await house.organisation()).id
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [organisationId])
  if (allowed) await allow(organisationId)
  const [signs, agent] = [await house.person(organisationId), await house.person(organisationId)]
  await giveRole(house.owner, signs, 'signataire')
  if (managed) await giveRole(house.owner, await house.person(organisationId), 'rgc')
  return { organisationId, signs, agent }
}
const send = (by: Person, of: Person, body: object = why) =>
  house.call(by, 'POST', `/exceptional/people/${of.id}/password-link`, body)
const open = (by: Person, of: Person) => house.call(by, 'POST', `/exceptional/people/${of.id}/open`, why)
const links = async (of: Person) =>
  await rows('select made_by, used_at, code_hash is not null as coded from password_links where account_id = $1', [
    of.id,
  ])
const acts = async (of: Person) =>
  rows(`select done_by from exceptional_acts where account_id = $1 and act = 'send-password-link'`, [of.id])
const mailsTo = async (of: Person) =>
  rows(`select why, body from mails where to_account_id = $1 and kind = 'password-link'`, [of.id])

before(async () => {
  house = await openHouse([...necessity, ...signInHelp, ...people], { settings: { identity: unreachableIdentity() } })
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
  ;[cssi, here, away] = (await Promise.all([0, 1, 2].map(() => house.person(operator)))) as [Person, Person, Person]
  await giveRole(house.owner, cssi, 'cssi')
  await giveRole(house.owner, here, 'cssi', { regionId: 1075 })
  await giveRole(house.owner, away, 'cssi', { regionId: 1053 })
})
after(() => house.close())

test('ACC-10, IDN-3: with no account manager the signatory sends a link to choose a password: the link by mail to the person alone, the code to hand over, both parties told, marked exceptional', async () => {
  const { signs, agent } = await partner()
  const page = await house.call(signs, 'GET', `/habilitations/people/${agent.id}`)
  assert.ok(page.body.standsIn.includes('send-password-link'), JSON.stringify(page.body))
  await rows('delete from mails')
  const { status, body } = await send(signs, agent)
  assert.equal(status, 200, JSON.stringify(body))
  assert.match(body.code, /^\d{4} \d{4}$/)
  assert.deepEqual(await links(agent), [{ made_by: signs.id, used_at: null, coded: true }])
  assert.equal((await acts(agent)).length, 1)

  const [mail, ...others] = await mailsTo(agent)
  assert.equal(others.length, 0)
  assert.match(mail.why, /le signataire de votre structure vous envoie un lien/)
  assert.match(mail.body, /choisir-mot-de-passe#/)
  const all = JSON.stringify(await rows('select subject, body, why, path from mails'))
  assert.ok(!all.includes(body.code) && !all.includes(body.code.replace(' ', '')), 'the code is in no mail')
  const told = await rows(`select to_account_id as id, body from mails where kind = 'necessity-act'`)
  assert.ok(told.some(one => one.id === cssi.id) && told.some(one => one.id === here.id))
  for (const one of told) assert.doesNotMatch(one.body, /choisir-mot-de-passe/)

  const [{ detail, by }] = await rows(
    `select e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 and e.action = 'password.link-made'`,
    [agent.id],
  )
  assert.deepEqual(
    [by, detail.exceptional, detail.ground, detail.reason, detail.first],
    [signs.id, true, why.ground, why.reason, true],
  )
  assert.ok(!JSON.stringify(detail).includes(body.code.replace(' ', '')))

  assert.equal((await send(signs, agent)).status, 200)
  assert.equal((await links(agent)).length, 1, 'the former link opens nothing any more')
})

test('ACC-10, IDN-3: the security officer of the structure’s region sends it too, said to come from the operator, and is offered it in the file alone', async () => {
  const { agent } = await partner()
  assert.equal((await open(here, agent)).status, 200)
  const file = await house.call(here, 'GET', `/exceptional/people/${agent.id}`)
  assert.ok(file.body.allowed.includes('send-password-link'))
  assert.ok(!('passwordAllowed' in file.body) && !('hasPassword' in file.body))
  assert.equal((await send(here, agent, { ground: 'incident', incident: 'INC-7', reason: why.reason })).status, 200)
  assert.match((await mailsTo(agent))[0].why, /l’opérateur vous envoie un lien/)
  assert.equal((await house.call(away, 'GET', `/exceptional/people/${agent.id}`)).status, 404)
})

test('ACC-10, IDN-3: refused while an account manager can, to another structure or region, to oneself, without a reason, without passwords, to whoever is suspended; nothing is kept', async () => {
  const managed = await partner({ managed: true })
  const { organisationId, signs, agent } = await partner()
  const other = await partner()
  const colleague = await house.person(organisationId)
  for (const who of [managed.signs, cssi])
    assert.equal((await send(who, managed.agent)).body.code, 'necessity/manager-can')
  for (const who of [away, other.signs, other.agent, agent, colleague])
    assert.equal((await send(who, agent)).status, 404)
  assert.equal((await send(signs, signs)).body.code, 'grant/own')
  for (const body of [{}, { ground: 'necessity' }, { ...why, reason: '' }])
    assert.equal((await send(signs, agent, body)).status, 400, JSON.stringify(body))
  await rows(`update sessions set proven_at = now() - interval '1 day' where id = $1`, [signs.sessionId])
  assert.equal((await send(signs, agent)).body.code, 'session/step-up-required')
  await rows('update sessions set proven_at = now() where id = $1', [signs.sessionId])

  await allow(organisationId, false)
  const page = await house.call(signs, 'GET', `/habilitations/people/${agent.id}`)
  assert.ok(!page.body.standsIn.includes('send-password-link'))
  assert.equal((await send(signs, agent)).body.code, 'password/not-open')
  await allow(organisationId)
  await rows(`update accounts set status = 'suspended', status_reason = 'x' where id = $1`, [agent.id])
  assert.equal((await send(signs, agent)).body.code, 'password/not-open')
  for (const who of [agent, signs, managed.agent]) {
    assert.deepEqual(await links(who), [])
    assert.deepEqual(await acts(who), [])
    assert.deepEqual(await mailsTo(who), [])
  }
})
