import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { openDatabase } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { findAccountByEmail } from '../accounts/accounts.queries.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { roles } from '../roles/index.ts'
import { acceptShare, openSecond } from './testing.ts'

let house: House
let operator: string, admin: Person
let claire: Person, next: string, nextRgc: Person, nextSigns: Person, regional: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
before(async () => {
  house = await openHouse([...people, ...roles])
  operator = (await house.organisation({ kind: 'operateur' })).id
  admin = await house.person(operator)
  await giveRole(house.owner, admin, 'administrateur')
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`)
  regional = await house.person(operator)
  await giveRole(house.owner, regional, 'direction-regionale', { regionId: 1075 })
})
after(() => house.close())
beforeEach(async () => {
  const [first, second] = [await house.organisation(), await house.organisation()]
  next = second.id
  await rows('update conventions set region_id = 1075 where organisation_id = any ($1)', [[first.id, next]])
  claire = await house.person(first.id)
  nextRgc = await house.person(next)
  await giveRole(house.owner, nextRgc, 'rgc')
  nextSigns = await house.person(next)
  await giveRole(house.owner, nextSigns, 'signataire')
})

/** What the database answers to that person, and nothing kept. */
const answered = async (who: Person, ask: RawBuilder<{ id: string | null }>): Promise<string | null> => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    return (await tx.first(ask))!.id
  } finally {
    await tx.rollback()
  }
}
const emailOf = async (who: { id: string }): Promise<string> =>
  (await rows('select email from account_contacts where account_id = $1', [who.id]))[0].email
/** Each deed that opens an account by an address, in the second structure. */
const deeds = (email: string, newId: string) =>
  ({
    'a deed of account managers': [
      nextSigns,
      sql<{ id: string | null }>`select rgc_account(${newId}::uuid, ${email}, 'Claire', 'Aumont') as id`,
    ],
    'a signatory named': [
      regional,
      sql<{
        id: string | null
      }>`select name_signatory(${next}::uuid, ${newId}::uuid, ${uuidv7()}::uuid, ${email}, 'Claire',
      'Aumont', 'Présidente', false) as id`,
    ],
    'who asks for access': [
      nextSigns,
      sql<{
        id: string | null
      }>`select requester_of_address(${newId}::uuid, ${email}, 'Claire', 'Aumont', 'Conseil') as id`,
    ],
  }) as const satisfies Record<string, readonly [Person, RawBuilder<{ id: string | null }>]>

test('ACC-16: each deed that names a person by an address takes their account of that structure, opens one that they accepted, and none otherwise', async () => {
  const email = await emailOf(claire)
  for (const [deed, [who, ask]] of Object.entries(deeds(email, uuidv7())))
    assert.equal(await answered(who, ask), null, `${deed}: not accepted`)
  await acceptShare(house.owner, claire, next)
  const id = uuidv7()
  for (const [deed, [who, ask]] of Object.entries(deeds(email, id))) assert.equal(await answered(who, ask), id, deed)
  await rows('delete from shared_addresses')
  const second = await openSecond(house.owner, claire, next)
  for (const [deed, [who, ask]] of Object.entries(deeds(email, uuidv7())))
    assert.equal(await answered(who, ask), second.id, `${deed}: opened`)
})

test('ACC-16: without its line, each reading by address sees the account of the other structure, and these tests see it', async () => {
  const second = await openSecond(house.owner, claire, next)
  const email = await emailOf(claire)
  const named = { 'a deed of account managers': 'ctx.account_named(uuid, uuid, text, text, text)' } as const
  const own = 'order by (a.organisation_id = of_organisation) desc limit 1'
  const changes = [
    ['a deed of account managers', named['a deed of account managers'], own],
    ['a signatory named', 'name_signatory(uuid, uuid, uuid, text, text, text, text, bool)', own],
    [
      'who asks for access',
      'requester_of_address(uuid, text, text, text, text)',
      'order by (a.organisation_id = ctx.organisation()) desc limit 1',
    ],
  ] as const
  for (const [deed, name, line] of changes)
    await withFunctionChanged(house.owner, name, line, line.replace('desc', 'asc'), async () => {
      const [who, ask] = deeds(email, uuidv7())[deed]
      assert.notEqual(await answered(who, ask), second.id, deed)
    })
})

test('ACC-16, AGR-9: a contact whose address has two accounts is told as that of the side that named it', async () => {
  const second = await openSecond(house.owner, claire, next)
  const email = await emailOf(claire)
  for (const organisationId of [claire.organisationId, next])
    await rows(
      `insert into convention_contacts (id, party, organisation_id, region_id, role, name, email, phone, starts_at)
        select gen_random_uuid(), 'partenaire', $1, null, 'correspondant-si', 'Claire Aumont', $2, '0140000000', now() - interval '1 day'`,
      [organisationId, email],
    )
  const told = async (organisationId: string) =>
    (
      await rows(
        `select account_id, address from ctx.recipients_of($1, null, now()) where party = 'partenaire' and role = 'correspondant-si'`,
        [organisationId],
      )
    ).map(r => [r.account_id, r.address])
  assert.deepEqual(await told(claire.organisationId), [[claire.id, null]])
  assert.deepEqual(await told(next), [[second.id, null]])
  await withFunctionChanged(
    house.owner,
    'ctx.recipients_of(uuid, int, timestamptz)',
    'end desc, m.beside_id',
    'end asc, m.beside_id',
    async () => assert.deepEqual(await told(next), [[claire.id, null]], 'without that line'),
  )
  await rows(`update accounts set status = 'suspended' where id = $1`, [second.id])
  assert.deepEqual(await told(next), [[claire.id, null]], 'one mailbox is written to once')
})

test('ACC-16, ACC-1: a file takes an address that its person accepted as new, one of the structure as known, and refuses another’s', async () => {
  const outcomes = async () => {
    const text = `Prénom;Nom;Courriel;Fonction\nClaire;Aumont;${await emailOf(claire)};Conseil`
    const { status, body } = await house.call(nextRgc, 'POST', '/habilitations/imports', { text }, once())
    assert.equal(status, 200, JSON.stringify(body))
    return body.lines.map((line: any) => line.outcome)
  }
  assert.deepEqual(await outcomes(), ['error'])
  await acceptShare(house.owner, claire, next)
  assert.deepEqual(await outcomes(), ['new'])
  await rows('delete from shared_addresses')
  await openSecond(house.owner, claire, next)
  assert.deepEqual(await outcomes(), ['known'])
})

test('ACC-16, SEC-6: who decides in one structure is refused the role in the other, with its reason', async () => {
  await giveRole(house.owner, claire, 'signataire')
  const second = await openSecond(house.owner, claire, operator)
  const give = (role: string) =>
    house.call(admin, 'POST', '/operator-roles', { accountId: second.id, role, reason: 'Nommée par note' }, once())
  const refused = await give('cssi')
  assert.deepEqual([refused.status, refused.body.code], [409, 'second-account/both-sides'])
  assert.equal((await give('support')).status, 200)
  assert.deepEqual(await rows(`select from role_assignments where account_id = $1 and role = 'cssi'`, [second.id]), [])
})

test('ACC-16: on the command line, an address of two accounts names neither: the number of one does', async () => {
  const second = await openSecond(house.owner, claire, next)
  const db = openDatabase(house.urls.ownerUrl)
  await assert.rejects(
    findAccountByEmail(db, await emailOf(claire)),
    new RegExp(`${claire.id}.*${second.id}|${second.id}.*${claire.id}`),
  )
  assert.equal((await findAccountByEmail(db, second.id))!.accountId, second.id)
  assert.equal((await findAccountByEmail(db, (await emailOf(nextRgc)).toUpperCase()))!.accountId, nextRgc.id)
  await db.close()
})
