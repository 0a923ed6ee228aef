import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cursorOf } from '../../platform/cursor.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaignOfGironde, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { aCommitment, insertCommitments } from '../commitments/testing.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { company } from './index.ts'

const { gironde } = places
const landes = 2040
/** The register gives them one SIREN; the last is of another company. */
const [shop, nextDoor, closed, stranger] = [1, 2, 4, 20_000] as const
const text = (n: number) => siretText(siretOf(n))

let house: House
let claire: Person
let karim: Person
let outside: Person
const said = (n: number, who: Person, occurredOn: string, over: object = {}) =>
  insertExchange(
    house.owner,
    anExchange({ siret: siretOf(n), organisationId: who.organisationId, authorId: who.id, occurredOn, ...over }),
  )
const ask = (who: Person | null, n: number = shop) =>
  house.call(who, 'GET', `/establishments/${text(n)}/company-relations`)

before(async () => {
  house = await openHouse([...company], { clock: () => new Date('2026-11-15T10:00:00Z') })
  await layTerritories(house.owner)
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  const card = (territoryId: number) => ({ tool: 'fiche-etablissement', profile: 'consultation', territoryId }) as const
  claire = await house.person(cc.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  karim = await house.person(mission.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  outside = await house.person(mission.id, [card(landes)])
  await insertEstablishments(house.owner, [
    ...[shop, nextDoor, stranger].map(n => ({ siret: siretOf(n) })),
    { siret: siretOf(closed), active: false },
  ])
  await house.owner.query('update establishments set head_office = false')
})
after(() => house.close())

test('EST-7, EST-12: who is no member reads that an employer is held, by which structure, until when and how far, no name of the campaign', async () => {
  const [lone, sister, dealtWith] = [30_001, 30_002, 30_003].map(siretOf) as [number, number, number]
  await insertEstablishments(
    house.owner,
    [lone, sister, dealtWith].map(siret => ({ siret })),
  )
  const id = await campaignOfGironde(
    house.owner,
    claire,
    { name: 'Secrète', startsOn: '2026-11-01', endsOn: '2026-12-15' },
    [30_001, 30_002, 30_003],
  )
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period)
      select campaign_id, siret, '[2026-11-01,2026-12-16)' from campaign_targets where campaign_id = $1`,
    [id],
  )
  await house.owner.query(`update campaign_targets set status = 'traite' where siret = $1`, [dealtWith])
  const elsewhere = async (who: Person, n = 30_001) => (await ask(who, n)).body.heldElsewhere
  const said = await elsewhere(karim)
  assert.deepEqual(
    said.map((one: any) => [one.establishment.siret, one.organisation.name, one.until]),
    [
      [text(30_001), 'CC des Essais', '2026-12-15'],
      [text(30_002), 'CC des Essais', '2026-12-15'],
    ],
  )
  assert.deepEqual(Object.keys(said[0]).sort(), [
    'contactCount',
    'establishment',
    'held',
    'lastContactOn',
    'organisation',
    'status',
    'until',
  ])
  assert.doesNotMatch(JSON.stringify(said), /Secrète/)
  assert.deepEqual(await elsewhere(claire), [], 'a member reads the campaign itself')
  // Whoever works it is said rather than whoever pilots.
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'en-cours'
      where siret = $1`,
    [lone, outside.id, outside.organisationId],
  )
  assert.equal((await elsewhere(karim))[0].organisation.id, outside.organisationId)
  const [first, second] = await Promise.all(
    ['', `&after=${Buffer.from('["1"]').toString('base64url')}`].map(
      async after =>
        (
          await house.call(
            karim,
            'GET',
            `/establishments/${text(30_001)}/company-relations/heldElsewhere?limit=1${after}`,
          )
        ).body,
    ),
  )
  assert.deepEqual(
    [first, second].map(page => [page.heldElsewhere[0].establishment.siret, page.next === null]),
    [
      [text(30_001), false],
      [text(30_002), true],
    ],
  )
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [id])
  assert.deepEqual(await elsewhere(karim), [])
})

test('EST-12: the head office is told as the one that decides, its people first; closed or at home, it is not', async () => {
  const headOf = async (n: number) => (await ask(claire, n)).body.headOffice?.siret ?? null
  await house.owner.query('update establishments set head_office = true where siret = $1', [siretOf(nextDoor)])
  assert.deepEqual([await headOf(shop), await headOf(nextDoor), await headOf(stranger)], [text(nextDoor), null, null])
  const noted = (n: number, name: string, createdAt: string) =>
    insertCorrespondent(
      house.owner,
      aCorrespondent({ siret: siretOf(n), createdAt, values: [aValue('familyName', name), aValue('role', 'RH')] }),
    )
  await noted(nextDoor, 'Du siège', '2026-01-01T08:00:00Z')
  await noted(closed, 'D’ailleurs', '2026-10-01T08:00:00Z')
  const people = async () => (await ask(claire)).body.correspondents.map((one: any) => one.correspondent)
  assert.deepEqual(await people(), ['Du siège', 'D’ailleurs'])
  await house.owner.query('update establishments set head_office = siret = $1', [siretOf(closed)])
  assert.deepEqual(await people(), ['D’ailleurs', 'Du siège'], 'the last noted, without a head office that is open')
  assert.equal(await headOf(shop), null)
})

test('EST-12: each list is read page by page to its end, one after the other, by who reads the card there alone', async () => {
  for (let day = 10; day < 17; day++) await said(nextDoor, karim, `2026-09-${day}`)
  const page = async (after: string | null, who: Person = claire) =>
    house.call(
      who,
      'GET',
      `/establishments/${text(shop)}/company-relations/contacts?limit=3${after ? `&after=${after}` : ''}`,
    )
  const days: string[] = []
  let after: string | null = null
  do {
    const { status, body }: { status: number; body: any } = await page(after)
    assert.equal(status, 200, JSON.stringify(body))
    assert.ok(body.contacts.length <= 3 && body.planned.length === 0)
    days.push(...body.contacts.map((one: any) => one.occurredOn))
    after = body.next
  } while (after)
  assert.equal(days.length, 7)
  assert.deepEqual(days, days.toSorted().toReversed())
  assert.equal(new Set(days).size, days.length, 'none twice')
  assert.equal((await page(null, outside)).body.code, 'access/outside-perimeter')
  assert.equal((await page('AAAA')).body.code, 'request/cursor-invalid')
  assert.equal((await house.call(claire, 'GET', `/establishments/${text(shop)}/company-relations/autre`)).status, 400)
})

test('EST-12: a list of a company ends at ten thousand lines: no page follows its last, whatever cursor is sent', async () => {
  const { rows } = await house.owner.query<{ id: string }>(
    `insert into commitment_kinds (id, family, label, created_at)
      select gen_random_uuid(), 'label', 'Engagement ' || n, now() from generate_series(1, 10060) n returning id`,
  )
  await insertCommitments(
    house.owner,
    rows.map(({ id }) =>
      aCommitment({
        siret: siretOf(nextDoor),
        kindId: id,
        organisationId: claire.organisationId,
        authorId: claire.id,
      }),
    ),
  )
  const page = async (from: number, limit = 50) => {
    const query = `limit=${limit}&after=${cursorOf([from])}`
    const address = `/establishments/${text(shop)}/company-relations/commitments?${query}`
    const { status, body } = await house.call(claire, 'GET', address)
    return [status, body.commitments.length, body.next]
  }
  assert.deepEqual(await page(9_900), [200, 50, cursorOf([9_950])])
  assert.deepEqual(await page(9_950), [200, 50, null], 'the last page')
  assert.deepEqual(await page(9_980), [200, 20, null], 'cut at ten thousand')
  for (const from of [10_000, 10_050, 999_999_999_999_999]) assert.deepEqual(await page(from), [200, 0, null])
})
