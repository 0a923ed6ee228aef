import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tellWaitingLinks } from '../../signing-in/identity/tell-waiting-links.job.ts'
import { unreachableIdentity } from '../../signing-in/identity/testing.ts'
import { signInHelp } from '../../signing-in/sign-in-help/index.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { giveRole } from '../accounts/testing.ts'
import { necessity } from './index.ts'

let house: House
let operator: string
let cssi: Person, here: Person, away: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const why = { ground: 'necessity', reason: 'Plus aucun RGC, demande du maire' } as const
/** A partner of Nouvelle-Aquitaine with its signatory, an agent, and as many account managers as said. */
const partner = async (managers = 0) => {
  const organisationId = (await house.organisation()).id
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [organisationId])
  const [signs, agent] = [await house.person(organisationId), await house.person(organisationId)]
  await giveRole(house.owner, signs, 'signataire')
  const rgcs: Person[] = []
  for (let n = 0; n < managers; n++) {
    const rgc = await house.person(organisationId)
    await giveRole(house.owner, rgc, 'rgc')
    rgcs.push(rgc)
  }
  return { signs, agent, rgcs }
}
/** Somebody comes by ProConnect with the address of this account. */
const comes = async (who: Person) => {
  const id = uuidv7()
  await rows(
    `insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, siret,
      idp_id, reason, asked_at) values ($1::uuid, 'http://localhost/api/v2', $1::text, $2, $3, 'Camille', 'Essai',
      'camille@structure.example', 99000000000001, 'fournisseur', 'unknown-provider', now())`,
    [id, who.id, who.organisationId],
  )
  return id
}
const links = (by: Person, of: Person) => house.call(by, 'GET', `/exceptional/people/${of.id}/links`)
const open = (by: Person, of: Person) => house.call(by, 'POST', `/exceptional/people/${of.id}/open`, why, once())
const decide = (by: Person, of: Person, link: string, over: object = {}) =>
  house.call(
    by,
    'POST',
    `/exceptional/people/${of.id}/links/${link}/decide`,
    { decision: 'confirmed', ...why, ...over },
    once(),
  )
const left = async (of: Person) =>
  (
    await rows(
      `select (select count(*)::int from account_identities where account_id = $1) as identities,
        (select count(*)::int from exceptional_acts where account_id = $1 and act = 'decide-link') as acts,
        (select count(*)::int from pending_links where account_id = $1 and decided_at is null) as waiting`,
      [of.id],
    )
  )[0]
before(async () => {
  house = await openHouse([...necessity, ...signInHelp], { settings: { identity: unreachableIdentity() } })
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
  ;[cssi, here, away] = (await Promise.all([0, 1, 2].map(() => house.person(operator)))) as [Person, Person, Person]
  await giveRole(house.owner, cssi, 'cssi')
  await giveRole(house.owner, here, 'cssi', { regionId: 1075 })
  await giveRole(house.owner, away, 'cssi', { regionId: 1053 })
})
after(() => house.close())

test('ACC-10, ACC-16: with no account manager the signatory, or the CSSI with the file open, reads who waits and answers; told at once, marked exceptional, and nobody else reads it', async () => {
  const { signs, agent } = await partner()
  const other = await partner()
  const first = await comes(agent)
  assert.deepEqual(
    (await links(signs, agent)).body.items.map((l: any) => [l.id, l.email, l.siret, l.reason]),
    [[first, 'camille@structure.example', '99000000000001', 'unknown-provider']],
  )
  assert.equal((await links(here, agent)).body.code, 'necessity/open-first')
  assert.equal((await open(here, agent)).status, 200)
  assert.deepEqual(
    (await links(here, agent)).body.items.map((l: any) => l.id),
    [first],
  )
  assert.equal((await links(cssi, agent)).body.code, 'necessity/open-first', 'another officer gives their own reason')
  for (const [who, status] of [
    [away, 404],
    [other.signs, 404],
    [other.agent, 404],
    [agent, 404],
  ] as const)
    assert.equal((await links(who, agent)).status, status)

  await rows('delete from mails')
  const done = await decide(signs, agent, first)
  assert.deepEqual([done.status, done.body.decision], [200, 'confirmed'], JSON.stringify(done.body))
  assert.deepEqual(await left(agent), { identities: 1, acts: 1, waiting: 0 })
  const [identity] = await rows('select confirmed_by from account_identities where account_id = $1', [agent.id])
  assert.equal(identity.confirmed_by, signs.id)
  const told = await rows(`select to_account_id as id, body from mails where kind = 'necessity-act'`)
  assert.ok(told.some(mail => mail.id === cssi.id) && told.some(mail => mail.id === here.id))
  assert.match(told[0].body, /le signataire de la structure a répondu à une connexion par ProConnect/)
  assert.deepEqual(
    (await rows(`select to_account_id as id from mails where kind = 'account-link-decided'`)).map(m => m.id),
    [agent.id],
  )
  const trail = async (action: string) =>
    (
      await rows(
        `select e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
          where e.subject_id = $1 and e.action = $2`,
        [agent.id, action],
      )
    ).map(({ by, detail }) => [by, detail.link, detail.exceptional, detail.ground, detail.reason])
  assert.deepEqual(await trail('account.link-confirmed'), [[signs.id, first, true, why.ground, why.reason]])

  const second = await comes(agent)
  const refused = await decide(here, agent, second, { decision: 'refused', ground: 'incident', incident: 'INC-7' })
  assert.equal(refused.status, 200)
  assert.deepEqual(await left(agent), { identities: 1, acts: 2, waiting: 0 })
  assert.deepEqual(await trail('account.link-refused'), [[here.id, second, true, 'incident', why.reason]])
})

test('ACC-10: refused while an account manager can, of another structure, of oneself, to a blocked officer, without a reason or a fresh proof; nothing is kept', async () => {
  const managed = await partner(1)
  const { signs, agent } = await partner()
  const link = await comes(agent)
  const ofManaged = await comes(managed.agent)
  const before = await left(agent)
  for (const who of [managed.signs, cssi])
    assert.equal((await decide(who, managed.agent, ofManaged)).body.code, 'necessity/manager-can')
  assert.equal((await links(managed.signs, managed.agent)).body.code, 'necessity/manager-can')
  assert.deepEqual(await left(managed.agent), { identities: 0, acts: 0, waiting: 1 })
  for (const who of [managed.signs, managed.rgcs[0]!, away]) assert.equal((await decide(who, agent, link)).status, 404)
  const colleague = await house.person(agent.organisationId)
  for (const who of [agent, colleague]) assert.equal((await decide(who, agent, link)).status, 404)
  assert.equal((await decide(signs, signs, await comes(signs))).body.code, 'grant/own')
  const blocked = await house.person(operator)
  await giveRole(house.owner, blocked, 'cssi')
  await rows(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values ($1, $2, $3, 'suspect-use', 'essai', now())`,
    [uuidv7(), blocked.id, operator],
  )
  assert.ok((await decide(blocked, agent, link)).status >= 400)
  const stale = await house.person(operator, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'cssi')
  assert.equal((await decide(stale, agent, link)).body.code, 'session/step-up-required')
  for (const wrong of [{ reason: 'court' }, { reason: undefined }, { ground: 'envie' }, { decision: 'peut-être' }])
    assert.equal((await decide(signs, agent, link, wrong)).body.code, 'request/malformed')
  assert.equal((await decide(signs, agent, link, { ground: 'incident' })).body.code, 'necessity/incident-needed')
  // The link of another account is not this one’s.
  assert.equal((await decide(signs, agent, ofManaged)).body.code, 'recovery/link-decided')
  await rows(`update accounts set status = 'suspended' where id = $1`, [agent.id])
  assert.equal((await decide(signs, agent, link)).body.code, 'recovery/not-active')
  assert.deepEqual(await left(agent), before)
})

test('ACC-10: answered twice, or by two at once, it is answered once, and the second leaves no act', async () => {
  const { signs, agent } = await partner()
  const link = await comes(agent)
  const both = await whileHeld(
    house.owner,
    'select from accounts where id = $1 for update',
    [agent.id],
    [() => decide(signs, agent, link), () => decide(cssi, agent, link, { decision: 'refused' })],
  )
  assert.deepEqual(both.map(b => b.body.code ?? 'done').sort(), ['done', 'recovery/link-decided'])
  assert.equal((await decide(signs, agent, link)).body.code, 'recovery/link-decided')
  const { acts, waiting } = await left(agent)
  assert.deepEqual([acts, waiting], [1, 0])
})

test('ACC-10, ACC-16: who answers in the place of account managers is told as soon as somebody waits, each on the page that they read; while one manages, they alone are', async () => {
  await rows('update pending_links set told_at = now() where told_at is null')
  await rows('delete from mails')
  const [alone, managed] = [await partner(), await partner(1)]
  await comes(alone.agent)
  await comes(managed.agent)
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  try {
    assert.deepEqual([await within(worker)(tellWaitingLinks), await within(worker)(tellWaitingLinks)], [2, 0])
  } finally {
    await worker.end()
  }
  const told = async (of: Person) =>
    (
      await rows(`select kind, to_account_id as id, path from mails where about_id = $1 order by path, to_account_id`, [
        of.id,
      ])
    ).map(({ kind, id, path }) => [kind, id, path])
  const kind = 'account-link-waiting-in-place'
  const [own, operators] = [`/habilitations/personnes/${alone.agent.id}`, `/securite/comptes/${alone.agent.id}`]
  const officers = (await told(alone.agent)).filter(([, id]) => id !== alone.signs.id)
  assert.deepEqual(
    (await told(alone.agent)).filter(([, id]) => id === alone.signs.id),
    [[kind, alone.signs.id, own]],
  )
  for (const who of [cssi, here])
    assert.deepEqual(
      officers.filter(([, id]) => id === who.id),
      [[kind, who.id, operators]],
    )
  assert.ok(officers.every(([, id]) => id !== away.id))
  assert.deepEqual(await told(managed.agent), [
    ['account-link-waiting', managed.rgcs[0]!.id, `/personnes/${managed.agent.id}/connexion`],
  ])
})
