import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { exchanges } from '../exchanges/index.ts'
import { correspondents } from './index.ts'

const [siret, elsewhere] = ['31000000000001', '31000000000002']
const clock = new Date('2026-11-27T10:00:00Z')
let house: House
let [claire, karim, campaigner]: Person[] = []

before(async () => {
  house = await openHouse([...correspondents, ...exchanges], { clock: () => clock })
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (2033, 'departement', '33', 'Gironde')`,
  )
  for (const number of [siret, elsewhere])
    await house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
        departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'BOULANGERIE ESSAI', true,
        true, 'O', 1075, 2033, 0)`,
      [number],
    )
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  const rights = [
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 2033 },
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
  ] as const
  claire = await house.person(cc.id, [...rights])
  karim = await house.person(mission.id, [...rights])
  campaigner = await house.person(cc.id, [rights[1]])
})
after(() => house.close())

const person = async (values: object, at = siret) => {
  const path = `/establishments/${at}/correspondents`
  const { status, body } = await house.call(claire!, 'POST', path, { values }, once())
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const said = { channel: 'visite', result: 'pas-de-besoin', occurredOn: '2026-11-27', personMet: 'Mme C.' }
const record = (who: Person, over: object) => house.call(who, 'POST', '/exchanges', { siret, ...said, ...over }, once())
const read = async (id: string) => (await house.call(karim!, 'GET', `/exchanges/${id}`)).body
const correct = (id: string, version: number, over: object) =>
  house.call(claire!, 'PUT', `/exchanges/${id}`, { ...said, ...over }, { 'if-match': `"${version}"` })
const put = (id: string, what: string, version: number, body: object) =>
  house.call(claire!, 'PUT', `/correspondents/${id}${what}`, body, { 'if-match': `"${version}"` })

test('EST-5, EST-11: the person met is a correspondent: history and the next visit name them as their card does today', async () => {
  const anne = await person({ givenName: 'Anne', familyName: 'Castaing', role: 'Gérante' })
  const { status, body } = await record(claire!, { correspondentId: anne.id })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.correspondent, { id: anne.id, name: 'Anne Castaing, Gérante' })
  await put(anne.id, '', 1, { values: { role: 'Directrice' } })
  assert.equal((await read(body.id)).correspondent.name, 'Anne Castaing, Directrice')
  const before = (await house.call(karim!, 'GET', `/establishments/${siret}/before-contact`)).body
  assert.deepEqual(
    before.lastContacts.map((c: any) => [c.personMet, c.correspondentId]),
    [['Anne Castaing, Directrice', anne.id]],
  )
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1`,
    [body.id],
  )
  assert.equal(rows[0].detail.after.correspondentId, anne.id)
})

test('EST-5: an exchange that names either of two cards leads to the one kept, and back once the merge is undone', async () => {
  const [kept, other] = [await person({ familyName: 'Pons' }), await person({ familyName: 'Marsan', role: 'Accueil' })]
  const [one, two] = [
    (await record(claire!, { correspondentId: kept.id })).body,
    (await record(karim!, { correspondentId: other.id })).body,
  ]
  const merged = (
    await put(kept.id, '/merge', 1, { absorbedId: other.id, absorbedVersion: 1, retained: [kept.values[0].id] })
  ).body
  for (const { id } of [one, two])
    assert.deepEqual((await read(id)).correspondent, { id: kept.id, name: 'Pons, Accueil' })
  const late = await record(claire!, { correspondentId: other.id })
  assert.equal(late.body.correspondent.id, kept.id, 'chosen in a form opened before the merge')
  await put(kept.id, '/merge/undoing', merged.version, { mergeId: merged.merged[0].id })
  assert.deepEqual((await read(one.id)).correspondent, { id: kept.id, name: 'Pons' })
  assert.deepEqual((await read(two.id)).correspondent, { id: other.id, name: 'Marsan, Accueil' })
})

test('EST-5: a correction keeps the person when it says nothing of them, changes them, or leaves them out', async () => {
  const [one, other] = [await person({ familyName: 'Laforgue' }), await person({ familyName: 'Verlaguet' })]
  const { id } = (await record(claire!, { correspondentId: one.id })).body
  const named = async (version: number, over: object) => (await correct(id, version, over)).body.correspondent?.name
  assert.equal(await named(1, { notes: 'Mieux dit' }), 'Laforgue')
  assert.equal(await named(2, { correspondentId: other.id }), 'Verlaguet')
  assert.equal(await named(3, { correspondentId: null }), undefined)
})

test('EST-5, SEC-6: a correspondent of another establishment, unknown or not one’s to read is refused; nothing is written', async () => {
  const far = await person({ familyName: 'Arrivet' }, elsewhere)
  const here = await person({ familyName: 'Courmont' })
  for (const [who, correspondentId] of [
    [claire!, far.id],
    [claire!, '01a21eae-72f5-7428-8474-6c80678157b7'],
    [campaigner!, here.id],
  ] as const) {
    const { status, body } = await record(who, { correspondentId, notes: 'Refusé' })
    assert.ok([422, 403].includes(status), JSON.stringify(body))
    if (status === 422) assert.equal(body.code, 'exchange/correspondent-elsewhere')
  }
  const { id } = (await record(claire!, {})).body
  assert.equal((await correct(id, 1, { correspondentId: far.id })).body.code, 'exchange/correspondent-elsewhere')
  const { rows } = await house.owner.query(`select 1 from exchange_contents where notes = 'Refusé'`)
  assert.equal(rows.length, 0)
})

test('EST-11: what an organisation keeps to itself names nobody to the others', async () => {
  const one = await person({ familyName: 'Delmas' })
  const { id } = (await record(claire!, { correspondentId: one.id, visibility: 'organisation' })).body
  const { correspondent, content } = await read(id)
  assert.deepEqual([correspondent, content], [null, null])
})
