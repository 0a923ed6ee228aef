import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { tellWaitingLinks } from '../identity/tell-waiting-links.job.ts'
import { insertSession, unreachableIdentity } from '../identity/testing.ts'
import { signInHelp } from './index.ts'
import { aNewStructure, layDeed, putInEffect } from './testing-first-persons.ts'

const identity = unreachableIdentity()
const [here, away] = [1075, 1053]
let house: House
let mailbox: Mailbox
let direction: Person, otherDirection: Person, cssi: Person, cssiHere: Person, cssiAway: Person, admin: Person
let structure: Awaited<ReturnType<typeof aNewStructure>>
let signatory: Person, deputy: Person, named: Person, plain: Person
before(async () => {
  house = await openHouse(signInHelp, { settings: { identity } })
  mailbox = await openMailbox()
  await house.owner.query(`insert into territories (id, kind, code, name) values (1075, 'region', '75',
    'Nouvelle-Aquitaine'), (1053, 'region', '53', 'Bretagne')`)
  const operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur des Essais' })).id
  const holder = async (role: 'direction-regionale' | 'cssi' | 'administrateur', regionId: number | null = null) => {
    const who = await house.person(operator)
    await giveRole(house.owner, who, role, { regionId })
    return who
  }
  direction = await holder('direction-regionale', here)
  otherDirection = await holder('direction-regionale', away)
  cssi = await holder('cssi')
  cssiHere = await holder('cssi', here)
  cssiAway = await holder('cssi', away)
  admin = await holder('administrateur')
  structure = await aNewStructure(house, here)
  signatory = structure.signatory
  ;[deputy, named, plain] = (await Promise.all([0, 1, 2].map(() => house.person(structure.id)))) as [
    Person,
    Person,
    Person,
  ]
  await giveRole(house.owner, deputy, 'responsable-operationnel')
  await layDeed(house, structure.conventionId, named)
})
after(async () => {
  await mailbox.close()
  await house.close()
})

const reason = 'Rappelée au standard de la structure'
const give = (by: Person, of: Person, body: object = { reason }) =>
  house.call(by, 'POST', `/accounts/${of.id}/enrolment-code`, body)
const comes = async (who: Person) => {
  const id = uuidv7()
  await house.owner.query(
    `insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, siret,
      idp_id, reason, asked_at) values ($1::uuid, 'http://localhost/api/v2', $1::text, $2, $3, 'Camille', 'Essai',
      'camille@structure.example', 99000000000001, 'fournisseur', 'unknown-provider', now())`,
    [id, who.id, who.organisationId],
  )
  return id
}
const decide = (by: Person, of: Person, link: string, body: object = { decision: 'confirmed', reason }) =>
  house.call(by, 'POST', `/accounts/${of.id}/links/${link}/decide`, body)
const trailOf = async (who: Person, action: string) =>
  (
    await house.owner.query(
      `select e.actor_id as "by", d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_id = $1 and e.action = $2 order by e.at`,
      [who.id, action],
    )
  ).rows as { by: string; detail: any }[]
const addressOf = async (who: Person): Promise<string> =>
  (await house.owner.query('select email from account_contacts where account_id = $1', [who.id])).rows[0].email
const first = async (by: Person, query = '') =>
  (await house.call(by, 'GET', `/first-people${query}`)).body.items.map((line: any) => [line.id, line.waiting])

test('ACC-16, IDN-6: while no account manager is in effect, the regional direction hands the signatory a code, with a reason that the structure and the trail read', async () => {
  const seen = (await house.call(direction, 'GET', `/accounts/${signatory.id}/sign-in`)).body
  assert.deepEqual([seen.reasonNeeded, seen.allowed], [true, ['give-enrolment-code']])
  assert.equal((await give(direction, signatory, {})).body.code, 'recovery/reason-needed')
  assert.equal((await give(direction, signatory, { reason: '   ' })).body.code, 'request/malformed')
  assert.deepEqual(await trailOf(signatory, 'second-factor.code-given'), [], 'refused, nothing is kept')
  const { status, body } = await give(direction, signatory)
  assert.equal(status, 200)
  assert.match(body.code, /^\d{4} \d{4}$/)
  const [entry] = await trailOf(signatory, 'second-factor.code-given')
  assert.equal(entry!.by, direction.id)
  assert.deepEqual([entry!.detail.firstHelp.reason, entry!.detail.firstHelp.first], [reason, ['signatory']])
  const mails = await deliverMails(house, mailbox)
  const told = mails.filter(m => m.subject === 'L’opérateur aide une personne de votre structure à se connecter')
  assert.deepEqual(
    told.map(m => m.to),
    [[await addressOf(deputy)]],
    'who answers for the structure, and not whom it is about',
  )
  assert.match(told[0]!.text.replaceAll('\n', ' '), new RegExp(reason))
  assert.ok(!mails.some(m => m.text.includes(body.code)), 'the code is in no mail')
  const own = mails.find(m => m.subject === 'Un code vous est remis')!
  assert.deepEqual(own.to, [await addressOf(signatory)])
  assert.match(own.text.replaceAll('\n', ' '), /si elle n’en a pas, le correspondant sécurité de l’opérateur \(CSSI\)/)
})

test('ACC-16, IDN-6: the security officer, of all or of that region, helps whom a deed names, and the signatory is told', async () => {
  assert.equal((await give(cssiHere, named, {})).body.code, 'recovery/reason-needed')
  for (const officer of [cssi, cssiHere]) assert.equal((await give(officer, named)).status, 200)
  const given = await trailOf(named, 'second-factor.code-given')
  assert.deepEqual(
    given.map(e => [e.by, e.detail.firstHelp.first]),
    [
      [cssi.id, ['named']],
      [cssiHere.id, ['named']],
    ],
  )
  const told = (await deliverMails(house, mailbox)).filter(m => m.subject.startsWith('L’opérateur aide'))
  assert.deepEqual(
    told.map(m => m.to[0]).sort(),
    [await addressOf(signatory), await addressOf(signatory), await addressOf(deputy), await addressOf(deputy)].sort(),
  )
})

test('ACC-16, IDN-6: nobody else helps them, nor the operator anybody else: another region, another role, a colleague, oneself', async () => {
  const link = await comes(signatory)
  for (const [by, of, code] of [
    [otherDirection, signatory, 'recovery/manager-only'],
    [cssi, signatory, 'recovery/manager-only'],
    [cssiHere, signatory, 'recovery/manager-only'],
    [admin, signatory, 'recovery/manager-only'],
    [named, signatory, 'recovery/manager-only'],
    [direction, named, 'recovery/manager-only'],
    [cssiAway, named, 'recovery/manager-only'],
    [signatory, named, 'recovery/manager-only'],
    [direction, plain, 'recovery/manager-only'],
    [cssi, plain, 'recovery/manager-only'],
    [signatory, signatory, 'recovery/not-oneself'],
    [named, named, 'recovery/not-oneself'],
    [direction, direction, 'recovery/not-oneself'],
  ] as const) {
    assert.equal((await give(by, of)).body.code, code)
    if (of === signatory) assert.equal((await decide(by, of, link)).body.code, code)
  }
  for (const [by, of] of [
    [otherDirection, signatory],
    [cssiAway, named],
    [direction, plain],
  ] as const)
    assert.equal((await house.call(by, 'GET', `/accounts/${of.id}/sign-in`)).status, 404)
  const { cookie } = await insertSession(house.owner, direction.id, { provenAt: new Date(Date.now() - 11 * 60_000) })
  assert.equal((await give({ ...direction, cookie }, signatory)).body.code, 'session/step-up-required')
  await house.owner.query('delete from pending_links where id = $1', [link])
})

test('ACC-16, IDN-1, POR-5: a link that waits is told to who decides it, stands first on their list, and is decided with a reason', async () => {
  const links = new Map<Person, string>()
  for (const who of [signatory, named, plain]) links.set(who, await comes(who))
  const worker = new pg.Client({ connectionString: house.urls.workerUrl })
  await worker.connect()
  try {
    assert.equal(await within(worker)(tellWaitingLinks), 3)
  } finally {
    await worker.end()
  }
  const told = (await deliverMails(house, mailbox)).map(m => m.to[0]).sort()
  // Whoever is no first person is answered in the place of account managers (ACC-10): the signatory and the CSSI know.
  const hear = [direction, cssi, cssiHere, signatory, cssi, cssiHere]
  assert.deepEqual(told, (await Promise.all(hear.map(addressOf))).sort())
  assert.deepEqual(await first(direction, '?waiting=true'), [[signatory.id, true]])
  for (const officer of [cssi, cssiHere]) assert.deepEqual(await first(officer, '?waiting=true'), [[named.id, true]])
  for (const nobody of [otherDirection, cssiAway, admin, signatory, plain]) assert.deepEqual(await first(nobody), [])

  assert.equal(
    (await decide(direction, signatory, links.get(signatory)!, { decision: 'confirmed' })).body.code,
    'recovery/reason-needed',
  )
  assert.equal((await decide(direction, signatory, links.get(named)!)).body.code, 'recovery/link-decided')
  const both = await Promise.all([1, 2].map(() => decide(direction, signatory, links.get(signatory)!)))
  assert.deepEqual(both.map(a => a.status).sort(), [200, 409], 'twice at once, once')
  assert.equal(
    (await decide(cssi, named, links.get(named)!, { decision: 'refused', reason: 'Elle n’est pas venue' })).status,
    200,
  )
  const [confirmed] = await trailOf(signatory, 'account.link-confirmed')
  assert.deepEqual(
    [confirmed!.by, confirmed!.detail.firstHelp.reason, confirmed!.detail.reason],
    [direction.id, reason, 'unknown-provider'],
  )
  const [refused] = await trailOf(named, 'account.link-refused')
  assert.equal(refused!.detail.firstHelp.reason, 'Elle n’est pas venue')
  const linked = await house.owner.query('select account_id, confirmed_by from account_identities')
  assert.deepEqual(linked.rows, [{ account_id: signatory.id, confirmed_by: direction.id }])
  assert.deepEqual(await first(direction), [[signatory.id, false]])
})

test('ACC-16, IDN-6: once an account manager is in effect, neither helps any more', async () => {
  const link = await comes(signatory)
  await putInEffect(house, await house.person(structure.id))
  assert.equal((await give(direction, signatory)).body.code, 'recovery/manager-only')
  assert.equal((await decide(direction, signatory, link)).body.code, 'recovery/manager-only')
  for (const officer of [cssi, cssiHere]) assert.equal((await give(officer, named)).body.code, 'recovery/manager-only')
  for (const by of [direction, cssi, cssiHere]) assert.deepEqual(await first(by), [])
  assert.equal((await house.call(direction, 'GET', `/accounts/${signatory.id}/sign-in`)).status, 404)
})
