import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { acceptTexts } from '../../testing/texts.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { people } from '../people/index.ts'
import { confirmations } from './index.ts'

let house: House
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const withRole = async (organisationId: string, ...roles: ('rgc' | 'signataire' | 'cssi')[]) => {
  const person = await house.person(organisationId)
  for (const role of roles) await giveRole(house.owner, person, role)
  return person
}
let serial = 0
const open = async (who: Person): Promise<{ id: string }> => {
  const { status, body } = await house.call(who, 'POST', '/habilitations/people', {
    givenName: 'Camille',
    familyName: 'Zubiri',
    function: 'Conseil aux entreprises',
    attachment: 'agent',
    email: `camille.zubiri${++serial}@partenaire.example`,
  })
  assert.equal(status, 200, JSON.stringify(body))
  await acceptTexts(house.owner, [body.id])
  return body
}
const asked = { tool: 'campagnes', profile: 'conseiller', perimeter: { territoryId: 2033 }, purpose: 'prospection' }
const give = async (who: Person, to: { id: string }, over: object = {}) => {
  const { status, body } = await house.call(who, 'POST', `/habilitations/people/${to.id}/grants`, {
    ...asked,
    reason: 'Équipe du bassin',
    ...over,
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const opens = async (to: { id: string }): Promise<number> =>
  (await rows('select from ctx.effective_grants($1, ctx.clock())', [to.id])).length
const asks = (to: { id: string }) =>
  rows('select id, why, waits, outcome from confirmations where account_id = $1', [to.id])
const settle = async (who: Person, to: { id: string }, outcome: 'confirmed' | 'refused') =>
  house.call(who, 'POST', '/habilitations/confirmations/decision', {
    ids: (await asks(to)).map(c => c.id),
    outcome,
    reason: 'Vérifié',
  })
const older = (to: { id: string }) =>
  house.owner.query(`update accounts set created_at = now() - interval '3 months 1 day' where id = $1`, [to.id])
const mailsOf = async (to: { id: string }, kind: string) =>
  (await rows('select to_account_id as id from mails where about_id = $1 and kind = $2', [to.id, kind])).map(m => m.id)
/** One account manager and a signatory. */
const small = async () => {
  const own = (await house.organisation()).id
  return { own, maite: await withRole(own, 'rgc'), gilles: await withRole(own, 'signataire') }
}
const large = async () => {
  const one = await small()
  return { ...one, other: await withRole(one.own, 'rgc') }
}
let officer: Person

before(async () => {
  house = await openHouse([...confirmations, ...people, ...grants])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  officer = await withRole((await house.organisation({ kind: 'operateur' })).id, 'cssi')
})
after(() => house.close())

test('ACC-4: where two manage accounts, an account that one opened and granted opens nothing before another person confirms it', async () => {
  const { maite, other, gilles } = await large()
  const to = await open(maite)
  const { grants: given, told } = await give(maite, to)
  assert.deepEqual([given[0].missing, told.mails], [['confirmation'], 2])
  assert.equal((await give(maite, to, { tool: 'fiche-etablissement' })).told, null, 'told once')
  assert.equal(await opens(to), 0)
  assert.deepEqual((await mailsOf(to, 'confirmation-waiting')).toSorted(), [other.id, gilles.id].toSorted())
  const [mail] = await rows(`select body from mails where to_account_id = $1 and kind = 'grant-given' limit 1`, [to.id])
  assert.match(mail.body, /n’ouvre rien tant qu’une seconde personne/)
  assert.equal((await settle(maite, to, 'confirmed')).body.code, 'confirmation/own')
  assert.equal((await settle(other, to, 'confirmed')).status, 200)
  assert.equal(await opens(to), 2)
})
test('ACC-4: where one alone does, it opens at once and is told to the signatory and to the security officer; refused by the signatory, the account is suspended, and opens nothing if it is resumed', async () => {
  const { maite, gilles } = await small()
  const to = await open(maite)
  const { grants: given, told } = await give(maite, to)
  assert.deepEqual([given[0].missing, told.mails], [[], 2])
  assert.equal(await opens(to), 1)
  assert.deepEqual((await mailsOf(to, 'account-opened-and-granted')).toSorted(), [gilles.id, officer.id].toSorted())
  const [listed] = (await house.call(gilles, 'GET', '/habilitations/confirmations')).body.items
  assert.deepEqual(
    [listed.why, listed.waits, listed.person.id, listed.allowed],
    ['opened-and-granted', false, to.id, ['settle']],
  )
  assert.equal((await settle(gilles, to, 'refused')).status, 200)
  assert.deepEqual(await rows('select status from accounts where id = $1', [to.id]), [{ status: 'suspended' }])
  await house.call(maite, 'POST', `/habilitations/people/${to.id}/resume`, { reason: 'essai' })
  assert.equal(await opens(to), 0)
})
test('ACC-4, ACC-3: another person who saw it is enough: who grants what another opened, or a colleague who asked for it', async () => {
  const { own, maite, other } = await large()
  const granted = await open(maite)
  await give(other, granted)
  assert.deepEqual([await opens(granted), await asks(granted)], [1, []])
  await give(maite, granted, { tool: 'fiche-etablissement' })
  assert.equal(await opens(granted), 2, 'seen by the other one')
  const requested = await open(maite)
  const lead = await house.person(own, [{ tool: 'campagnes', profile: 'responsable', territoryId: 2033 }])
  const request = (by: { id: string }) =>
    house.owner.query(
      `insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, territory_id,
        purpose, reason) values ($1, $2, $3, $4, now(), 'campagnes', 'conseiller', 2033, 'prospection', 'essai')`,
      [uuidv7(), requested.id, own, by.id],
    )
  await request(lead)
  await give(maite, requested)
  assert.equal(await opens(requested), 1)
})
test('ACC-4: neither the account itself, nor another that the same person opened, is someone who saw it', async () => {
  const { own, maite } = await large()
  const [to, puppet] = [await open(maite), await open(maite)]
  for (const [by, tool] of [
    [to, 'campagnes'],
    [puppet, 'fiche-etablissement'],
  ] as const)
    await house.owner.query(
      `insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, territory_id,
        purpose, reason) values ($1, $2, $3, $4, now(), $5, 'conseiller', 2033, 'prospection', 'essai')`,
      [uuidv7(), to.id, own, by.id, tool],
    )
  await give(maite, to)
  assert.equal(await opens(to), 0)
  await older(puppet)
  const late = await open(maite)
  await house.owner.query('update grant_requests set account_id = $1 where asked_by = $2', [late.id, puppet.id])
  await give(maite, late)
  assert.equal(await opens(late), 1, 'one who is there for a quarter is someone')
})
test('ACC-4: an account of three months, or opened by another than who grants, asks for nobody', async () => {
  const { maite, own } = await large()
  const old = await open(maite)
  await older(old)
  await give(maite, old)
  const former = await house.person(own)
  await give(maite, former)
  assert.deepEqual([await opens(old), await opens(former), await asks(old), await asks(former)], [1, 1, [], []])
})
test('ACC-4: what was told is contested while the account is young, and is no duty afterwards', async () => {
  const { maite, gilles } = await small()
  const to = await open(maite)
  await give(maite, to)
  const count = async () => (await house.call(gilles, 'GET', '/habilitations/confirmations')).body.items.length
  assert.equal(await count(), 1)
  await house.owner.query(
    `update confirmations set asked_at = now() - interval '3 months 1 day' where account_id = $1`,
    [to.id],
  )
  assert.equal(await count(), 0)
  assert.equal((await settle(gilles, to, 'refused')).body.code, 'confirmation/settled')
  assert.equal(await opens(to), 1)
})
test('SEC-6, ACC-4: whatever the application forgets, the database notes who opens an account, and asks for the second person', async () => {
  const { own, maite, gilles } = await large()
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(maite.cookie.slice('session='.length)))
    const id = uuidv7()
    await tx.run(
      sql`insert into accounts (id, organisation_id, given_name, family_name, function, attachment, created_at)
        values (${id}, ${own}, 'Camille', 'Essai', 'x', 'agent', now())`,
    )
    assert.deepEqual(await tx.all(sql`select opened_by from accounts where id = ${id}`), [{ openedBy: maite.id }])
    await tx.run(
      sql`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
        granted_by, granted_at) values (${uuidv7()}, ${id}, ${own}, 'campagnes', 'conseiller', 2033, 'essai',
        '2026-01-01', ${maite.id}, now())`,
    )
    assert.deepEqual(await tx.all(sql`select why, waits from confirmations where account_id = ${id}`), [
      { why: 'opened-and-granted', waits: true },
    ])
    await assert.rejects(
      tx.run(sql`update accounts set opened_by = ${gilles.id} where id = ${id}`),
      /permission denied/,
    )
  } finally {
    await tx.rollback()
  }
})
test('ACC-4, POR-5: what waits for a second person is read by pages, none twice, whatever the database counts finer than a cursor', async () => {
  const { maite, gilles } = await large()
  const opened = [await open(maite), await open(maite), await open(maite)]
  for (const to of opened) await give(maite, to)
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await house.call(gilles, 'GET', `/habilitations/confirmations?limit=1${after}`)
    seen.push(...body.items.map((one: any) => one.person.id))
    after = body.next === null ? '' : `&after=${encodeURIComponent(body.next)}`
  } while (after && seen.length < 9)
  assert.deepEqual(
    seen,
    opened.map(to => to.id),
  )
})
