import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { castOf } from '../texts/testing.ts'
import { tools } from './index.ts'

let house: House
let partner: string
let admin: Person
let claire: Person
let rgc: Person
let signatory: Person
before(async () => {
  house = await openHouse([...tools])
  ;({ partner, admin, claire, rgc } = await castOf(house))
  signatory = await house.person(partner)
  await giveRole(house.owner, signatory, 'signataire')
})
after(() => house.close())

const alix = { givenName: ' Alix ', familyName: 'Essai', function: 'Directrice', email: 'Alix.Essai@jalle.example' }
const designate = (who: Person | null, over: object = {}) =>
  house.call(who, 'POST', '/access-requesters/newcomers', { ...alix, ...over }, once())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const accounts = async () => (await rows('select count(*)::int as n from accounts'))[0].n

test('POR-7: the signatory designates a person who has no account: it opens without a right, they are invited, and they alone ask for access', async () => {
  const { status, body } = await designate(signatory)
  assert.deepEqual([status, body.person.name, body.person.organisationId], [200, 'Alix Essai', partner])
  const { id } = body.person
  assert.deepEqual(
    await rows(
      `select a.function, a.status, a.attachment, a.opened_by, c.email, (select count(*)::int from grants where account_id = a.id) as grants,
        (select count(*)::int from role_assignments where account_id = a.id) as roles,
        (select count(*)::int from invitations where account_id = a.id) as invitations
        from accounts a join account_contacts c on c.account_id = a.id where a.id = $1`,
      [id],
    ),
    [
      {
        function: 'Directrice',
        status: 'active',
        attachment: 'agent',
        opened_by: signatory.id,
        email: 'alix.essai@jalle.example',
        grants: 0,
        roles: 0,
        invitations: 1,
      },
    ],
  )
  const [mail, ...others] = await rows(
    `select to_account_id, path, body from mails where kind = 'access-requester-named'`,
  )
  assert.deepEqual([mail.to_account_id, others], [id, []])
  assert.match(mail.path, /^\/connexion\/invitation\?retour=%2Fdemandes-d-acces#/)
  assert.match(mail.body, /par le lien ci-dessous/)
  const [{ detail }] = await rows(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'access-requester.designated' and e.actor_id = $1`,
    [signatory.id],
  )
  assert.deepEqual(detail, { accountId: id, replaced: null, opened: true })
  const { body: list } = await house.call(signatory, 'GET', '/access-requests')
  assert.equal(list.designated.person.id, id)
  const ask = (who: Person) => house.call(who, 'POST', '/access-requests', { people: 3, message: '' }, once())
  assert.equal((await ask(claire)).body.code, 'access-request/designated-only')
})

test('POR-7: designated by the address of an account of the structure, that account is designated and no other opens', async () => {
  const before = await accounts()
  const [{ email }] = await rows('select email from account_contacts where account_id = $1', [claire.id])
  const { status, body } = await designate(signatory, { email: email.toUpperCase(), givenName: 'Claire' })
  assert.deepEqual([status, body.person.id, await accounts()], [200, claire.id, before])
  const mails = await rows(`select path from mails where kind = 'access-requester-named' and to_account_id = $1`, [
    claire.id,
  ])
  assert.deepEqual(mails, [{ path: '/demandes-d-acces' }], 'no invitation to an account that was there')
})

test('POR-7, ACC-1: refused to whoever does not sign, for a shared mailbox, the address of another structure or of an account that is over, and a second self', async () => {
  const elsewhere = await house.person((await house.organisation()).id)
  const gone = await house.person(partner)
  await rows(`update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`, [gone.id])
  const [{ email: other }] = await rows('select email from account_contacts where account_id = $1', [elsewhere.id])
  const [{ email: past }] = await rows('select email from account_contacts where account_id = $1', [gone.id])
  const before = await accounts()
  for (const who of [claire, rgc, admin])
    assert.equal((await designate(who)).body.code, 'access-request/signatory-only')
  assert.equal((await designate(null)).status, 401)
  for (const [over, code] of [
    [{ email: 'contact@jalle.example' }, 'person/shared-mailbox'],
    [{ email: other }, 'person/address-taken'],
    [{ email: past }, 'person/address-taken'],
    [{ email: 'alix.essai+bis@jalle.example' }, 'person/mailbox-taken'],
  ] as const)
    assert.deepEqual((await designate(signatory, over)).body.code, code, JSON.stringify(over))
  for (const over of [{ email: 'sans-arobase' }, { familyName: '' }, { function: undefined }, { more: 1 }])
    assert.equal((await designate(signatory, over)).status, 400, JSON.stringify(over))
  assert.equal(await accounts(), before)
})

test('POR-7: the same person designated twice at once has one account, and is designated once', async () => {
  const camille = { email: 'camille.essai@jalle.example', givenName: 'Camille' }
  const answers = await Promise.all([designate(signatory, camille), designate(signatory, camille)])
  assert.ok(answers.some(({ status }) => status === 200))
  for (const { status, body } of answers)
    assert.ok(status === 200 || body.code === 'request/changed-meanwhile', JSON.stringify(body))
  assert.equal((await rows(`select from account_contacts where email = $1`, [camille.email])).length, 1)
  assert.equal(
    (await rows('select from access_requesters where organisation_id = $1 and ended_at is null', [partner])).length,
    1,
  )
})

test('SEC-6, POR-7: whatever the application forgets, the database opens an account for a signatory alone, in their structure, in their name', async () => {
  const opened = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const id = uuidv7()
      const [row] = await tx.all(
        sql<{
          id: string | null
        }>`select requester_of_address(${id}::uuid, ${`x.${id}@jalle.example`}, 'X', 'Essai', 'x') as id`,
      )
      return row!.id === id
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [await opened(signatory), await opened(claire), await opened(rgc), await opened(admin)],
    [true, false, false, false],
  )
})
