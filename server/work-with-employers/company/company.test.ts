import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaignOfGironde, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { aCommitment, insertCommitments, kindNamed } from '../commitments/testing.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { exchanges } from '../exchanges/index.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { company } from './index.ts'

const { gironde } = places
const landes = 2040
/** The register gives them one SIREN; the last is of another company. */
const [shop, nextDoor, inLandes, closed, stranger] = [1, 2, 3, 4, 20_000] as const
const text = (n: number) => siretText(siretOf(n))

let house: House
let claire: Person
let karim: Person
let outside: Person
let campaignId: string
const said = (n: number, who: Person, occurredOn: string, over: object = {}) =>
  insertExchange(
    house.owner,
    anExchange({ siret: siretOf(n), organisationId: who.organisationId, authorId: who.id, occurredOn, ...over }),
  )
const ask = (who: Person | null, n: number = shop) =>
  house.call(who, 'GET', `/establishments/${text(n)}/company-relations`)

before(async () => {
  house = await openHouse([...company, ...exchanges], { clock: () => new Date('2026-11-15T10:00:00Z') })
  await layTerritories(house.owner)
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  const card = (territoryId: number) => ({ tool: 'fiche-etablissement', profile: 'consultation', territoryId }) as const
  claire = await house.person(cc.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  karim = await house.person(mission.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  outside = await house.person(mission.id, [card(landes)])
  await insertEstablishments(house.owner, [
    ...[shop, nextDoor, stranger].map(n => ({ siret: siretOf(n) })),
    { siret: siretOf(inLandes), commune: '40001' },
    { siret: siretOf(closed), active: false },
  ])
  await house.owner.query('update establishments set head_office = false')
  campaignId = await campaignOfGironde(house.owner, claire, { name: 'Bâtiment' }, [shop, nextDoor, closed, stranger])
})
after(() => house.close())

test('EST-12: before any contact nothing is said of the company', async () => {
  const { status, body } = await ask(claire)
  assert.deepEqual(
    [status, body],
    [
      200,
      {
        held: [],
        heldElsewhere: [],
        contacts: [],
        planned: [],
        commitments: [],
        correspondents: [],
        headOffice: null,
        contactsThisMonth: 0,
      },
    ],
  )
})

test('EST-12: a call to the shop next door of the same firm is seen, by whom and with what, and what is planned there', async () => {
  await said(nextDoor, karim, '2026-11-12', {
    notes: 'Cherche un soudeur',
    nextAction: { kind: 'rappel', dueOn: '2026-11-20', dueAt: null, ownerId: karim.id },
  })
  await said(closed, karim, '2026-10-02')
  await said(shop, karim, '2026-11-13')
  await said(stranger, karim, '2026-11-13')
  await said(nextDoor, claire, '2026-11-14').then(({ id }) =>
    house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [id]),
  )
  const { contacts, planned, contactsThisMonth } = (await ask(claire)).body
  assert.deepEqual(
    contacts.map((one: any) => [one.establishment.siret, one.occurredOn, one.author?.id, one.notes]),
    [
      [text(nextDoor), '2026-11-12', karim.id, 'Cherche un soudeur'],
      [text(closed), '2026-10-02', karim.id, null],
    ],
  )
  assert.deepEqual([contacts[1].establishment.active, contactsThisMonth], [false, 1])
  assert.deepEqual(
    planned.map((one: any) => [one.establishment.siret, one.dueOn, one.owner.id]),
    [[text(nextDoor), '2026-11-20', karim.id]],
  )
})

test('EST-12: a plan that is done or cancelled is told no more, and comes back when it is reopened', async () => {
  const planned = async () => (await ask(claire)).body.planned.length
  for (const column of ['done_at', 'cancelled_at']) {
    await house.owner.query(`update next_actions set ${column} = now()`)
    assert.equal(await planned(), 0, column)
    await house.owner.query(`update next_actions set ${column} = null`)
    assert.equal(await planned(), 1)
  }
})

test('EST-12, EST-11: what a structure kept for itself shows that it took place, no more; its plans are not told', async () => {
  const { id } = await said(nextDoor, karim, '2026-11-14', {
    visibility: 'organisation',
    notes: 'Confidentiel',
    nextAction: { kind: 'visite', dueOn: '2026-11-16', dueAt: null, ownerId: karim.id },
  })
  const [first] = (await ask(claire)).body.contacts
  assert.deepEqual(
    [first.occurredOn, first.organisation.id, first.exchangeId, first.channel, first.notes, first.author],
    ['2026-11-14', karim.organisationId, null, null, null, null],
  )
  assert.equal((await ask(claire)).body.planned.length, 1)
  assert.equal((await ask(karim)).body.contacts[0].exchangeId, id)
  assert.equal((await ask(karim)).body.planned.length, 2)
})

test('EST-12, SEC-6: what lies outside one’s perimeter is not told; whoever may not read the card there is refused', async () => {
  const before = (await ask(claire)).body.contacts.length
  await said(inLandes, karim, '2026-11-15', { departementId: landes })
  assert.equal((await ask(claire)).body.contacts.length, before)
  assert.deepEqual(
    (await ask(outside, inLandes)).body.contacts.map((one: any) => one.establishment.siret),
    [],
    'those of Gironde are not theirs to read',
  )
  const refused = await ask(outside)
  assert.deepEqual([refused.status, refused.body.code], [403, 'access/outside-perimeter'])
  assert.equal((await ask(claire, 999)).status, 404)
  assert.equal((await ask(null)).status, 401)
})

test('EST-9, EST-12: what the other establishments committed to is told while it holds, within the perimeter', async () => {
  const kindId = await kindNamed(house.owner, 'Label Diversité')
  const by = { organisationId: karim.organisationId, authorId: karim.id, kindId }
  await insertCommitments(house.owner, [
    aCommitment({ ...by, siret: siretOf(nextDoor), since: '2026-10-01', until: '2027-09-30' }),
    aCommitment({ ...by, siret: siretOf(closed), since: '2025-10-01', until: '2026-09-30' }),
    aCommitment({ ...by, siret: siretOf(shop) }),
    aCommitment({ ...by, siret: siretOf(stranger) }),
    aCommitment({ ...by, siret: siretOf(inLandes), departementId: landes }),
  ])
  const { commitments } = (await ask(claire)).body
  assert.deepEqual(
    commitments.map((one: any) => [one.establishment.siret, one.label, one.until]),
    [[text(nextDoor), 'Label Diversité', '2027-09-30']],
  )
})

test('EST-12, EST-5: whom to ask for next door is told by name and role, never who left or has no name, nor out of the perimeter', async () => {
  const at = (n: number, familyName: string, over: object = {}) =>
    insertCorrespondent(house.owner, {
      ...aCorrespondent({ siret: siretOf(n), ...over }),
      values: [
        aValue('givenName', 'Dominique'),
        aValue('familyName', familyName),
        aValue('role', 'Gérante'),
        aValue('role', 'Stagiaire', { source: 'registre', recordedAt: '2026-10-01T08:00:00Z' }),
        aValue('phone', '+33556000001'),
      ],
    })
  await at(nextDoor, 'Voisin')
  await at(nextDoor, 'Partie', { retiredAt: '2026-10-01T08:00:00Z' })
  await insertCorrespondent(house.owner, {
    ...aCorrespondent({ siret: siretOf(nextDoor) }),
    values: [aValue('phone', '+33556000002')],
  })
  await at(shop, 'Ici')
  await at(stranger, 'Autre')
  await at(inLandes, 'Landais', { departementId: landes })
  const linked = async (familyName: string, to: number) =>
    house.owner.query(
      `insert into correspondent_links (id, correspondent_id, siret, region_id, departement_id, epci_id, clpe_id,
          organisation_id, author_id, linked_at)
        select gen_random_uuid(), v.correspondent_id, e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id, $3, $4, now()
        from correspondent_values v, establishments e where v.value = $1 and e.siret = $2`,
      [familyName, siretOf(to), claire.organisationId, claire.id],
    )
  await at(inLandes, 'Lointaine', { departementId: landes })
  await linked('Lointaine', stranger)
  assert.deepEqual((await ask(claire)).body.correspondents.length, 1, 'read elsewhere, at work out of the perimeter')
  await at(stranger, 'Reliée', { createdAt: '2026-01-01T08:00:00Z' })
  await linked('Reliée', nextDoor)
  const { body } = await ask(claire)
  assert.deepEqual(
    body.correspondents.map((one: any) => [one.establishment.siret, one.correspondent, one.role]),
    [
      [text(nextDoor), 'Dominique Voisin', 'Gérante'],
      [text(nextDoor), 'Dominique Reliée', 'Gérante'],
    ],
  )
  assert.doesNotMatch(JSON.stringify(body), /556000001/)
})

test('EST-7, EST-12: who holds this establishment comes first, then who holds the others, in the open campaigns one sees', async () => {
  const take = (n: number, who: Person) =>
    house.owner.query(
      `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'en-cours'
        where siret = $1`,
      [siretOf(n), who.id, who.organisationId],
    )
  await take(nextDoor, claire)
  await take(stranger, claire)
  await house.owner.query(`update campaign_targets set assigned_organisation = $2 where siret = $1`, [
    siretOf(shop),
    claire.organisationId,
  ])
  const { held } = (await ask(claire)).body
  assert.deepEqual(
    held.map((one: any) => [one.establishment.siret, one.campaign.id, one.organisation.name, one.person?.id ?? null]),
    [
      [text(shop), campaignId, 'CC des Essais', null],
      [text(nextDoor), campaignId, 'CC des Essais', claire.id],
    ],
  )
  assert.deepEqual((await ask(karim)).body.held, [], 'the mission is no member of that campaign')
  await house.owner.query(`update campaign_targets set status = 'traite' where siret = $1`, [siretOf(nextDoor)])
  assert.equal((await ask(claire)).body.held.length, 1, 'what is done is held no more')
  await house.owner.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Essai' where siret = $1`,
    [siretOf(nextDoor)],
  )
  assert.equal((await ask(claire)).body.held.length, 1, 'nor what is set aside')
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [campaignId])
  assert.deepEqual((await ask(claire)).body.held, [])
})

test('EST-12, EST-8: the history of the whole company, each line with its establishment', async () => {
  const list = async (query: string) => (await house.call(claire, 'GET', `/exchanges?siret=${text(shop)}${query}`)).body
  assert.deepEqual(new Set((await list('')).items.map((one: any) => one.siret)), new Set([text(shop)]))
  const whole = await list('&company=true&total=true')
  assert.deepEqual(
    new Set(whole.items.map((one: any) => one.siret)),
    new Set([text(shop), text(nextDoor), text(closed)]),
  )
  assert.equal(whole.total, whole.items.length)
})
