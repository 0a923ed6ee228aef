import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { exchanges } from '../exchanges/index.ts'
import { correspondents } from './index.ts'

const [siret, far] = ['31000000000001', '31000000000003']
const clock = new Date('2026-11-27T10:00:00Z')
let house: House
let [claire, karim, reader, stranger]: Person[] = []

before(async () => {
  house = await openHouse([...correspondents, ...exchanges], { clock: () => clock })
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  for (const [number, departement] of [
    [siret, 2033],
    [far, 2040],
  ])
    await house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
        departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'BOULANGERIE ESSAI', true,
        true, 'O', 1075, $2, 0)`,
      [number, departement],
    )
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  const card = (profile: 'consultation' | 'conseiller', territoryId = 2033) =>
    ({ tool: 'fiche-etablissement', profile, territoryId }) as const
  claire = await house.person(cc.id, [
    card('conseiller'),
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
  ])
  karim = await house.person(mission.id, [card('conseiller')])
  reader = await house.person(cc.id, [card('consultation')])
  stranger = await house.person(mission.id, [card('conseiller', 2040)])
})
after(() => house.close())
beforeEach(async () => {
  for (const table of [
    'objection_digests',
    'correspondent_objections',
    'exchange_contents',
    'correspondents_apart',
    'correspondent_merge_values',
    'correspondent_merges',
    'correspondent_values',
    'correspondents',
  ])
    await house.owner.query(`delete from ${table}`)
})

const pathOf = (at: string) => `/establishments/${at}/correspondents`
const tryAdd = (who: Person, values: object, at = siret, despite: readonly string[] = []) =>
  house.call(who, 'POST', pathOf(at), { values, despite }, once())
const add = async (who: Person, values: object, at = siret, despite: readonly string[] = []) => {
  const { status, body } = await tryAdd(who, values, at, despite)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const put = (who: Person, id: string, what: string, version: number, body?: object) =>
  house.call(who, 'PUT', `/correspondents/${id}${what}`, body, { 'if-match': `"${version}"` })
const object = (who: Person, { id, version }: any, on = '2026-11-26') =>
  put(who, id, '/objection', version, { on, how: 'oral' })
const lift = (who: Person, { id, version }: any, reason = 'Elle a changé d’avis') =>
  put(who, id, '/objection/lifting', version, { reason })
const list = async (who: Person) => (await house.call(who, 'GET', pathOf(siret))).body
const count = async (table: string) => (await house.owner.query(`select count(*)::int as n from ${table}`)).rows[0].n
const anne = {
  familyName: 'Castaing',
  givenName: 'Anne',
  phone: '05 56 12 34 56',
  email: 'anne@bois.example',
  role: 'Gérante',
}

test('EST-5, PRI-2: who objects is erased, history included; that they objected, when, how and told to whom stays', async () => {
  const added = await add(claire!, anne)
  const corrected = (await put(claire!, added.id, '', 1, { values: { phone: '06 00 00 00 01' } })).body
  const { status, body } = await object(karim!, corrected)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.values, body.allowed, body.objected.on, body.objected.how],
    [[], ['lift'], '2026-11-26', 'oral'],
  )
  assert.equal(await count('correspondent_values'), 0)
  assert.deepEqual((await list(reader!)).items[0].objected.on, '2026-11-26')
  const { rows } = await house.owner.query(
    `select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 order by e.at, e.id`,
    [added.id],
  )
  assert.deepEqual(
    [rows.at(-1).action, rows.at(-1).detail.erased, rows.at(-1).detail.blocked],
    ['correspondent.objected', 6, ['email', 'phone', 'phone', 'name']],
  )
  const kept = JSON.stringify((await house.owner.query('select * from objection_digests')).rows) + JSON.stringify(rows)
  const inUse = await house.owner.query('select key, boxes, passwords from ctx.keys_in_use()')
  assert.deepEqual(inUse.rows, [{ key: 1, boxes: 0, passwords: 0 }], 'the key is needed as long as it stands')
  assert.doesNotMatch(kept, /Castaing|bois\.example|556123456|600000001/i)
})

test('EST-5, PRI-2: their e-mail, phones and name do not come back: at another place, in a correction, in a former wording', async () => {
  const added = await add(claire!, anne)
  await object(claire!, (await put(claire!, added.id, '', 1, { values: { phone: '06 00 00 00 01' } })).body)
  const other = await add(claire!, { role: 'Accueil' })
  for (const answer of [
    await tryAdd(karim!, { familyName: 'Autre', email: 'ANNE@bois.example' }),
    await tryAdd(karim!, { familyName: 'Autre', phone: '+33 5 56 12 34 56' }),
    await tryAdd(stranger!, { familyName: 'Autre', otherPhone: '0600000001' }, far),
    await tryAdd(karim!, { familyName: 'CASTAING', givenName: 'anne' }),
    await put(karim!, other.id, '', 1, { values: { email: 'anne@bois.example' } }),
  ])
    assert.deepEqual([answer.status, answer.body.code], [409, 'correspondent/blocked'], JSON.stringify(answer.body))
  assert.equal((await tryAdd(stranger!, { familyName: 'Castaing', givenName: 'Anne' }, far)).status, 200, 'a namesake')
  assert.equal((await put(karim!, other.id, '', 1, { values: { role: 'Direction' } })).status, 200, 'others are kept')
})

test('EST-5, PRI-2: a number shared with a colleague blocks nobody; a card merged into it is erased too', async () => {
  const desk = await add(claire!, { role: 'Accueil', phone: '05 56 12 34 56' })
  const kept = await add(claire!, anne, siret, [desk.id])
  const double = await add(karim!, { familyName: 'Castaign', givenName: 'Anne', email: 'a.c@bois.example' }, siret, [
    kept.id,
  ])
  const former = await put(karim!, double.id, '', double.version, { values: { email: 'anne.c@bois.example' } })
  const merge = { absorbedId: double.id, absorbedVersion: former.body.version, retained: [] }
  const merged = (await put(karim!, kept.id, '/merge', kept.version, merge)).body
  const objected = (await object(karim!, merged)).body
  assert.deepEqual((await house.owner.query('select distinct correspondent_id as id from correspondent_values')).rows, [
    { id: desk.id },
  ])
  assert.equal((await tryAdd(karim!, { familyName: 'Autre', phone: '05 56 12 34 56' }, siret, [desk.id])).status, 200)
  assert.equal(
    (await tryAdd(karim!, { role: 'Livraisons', email: 'a.c@bois.example' })).body.code,
    'correspondent/blocked',
  )
  const undone = await put(karim!, kept.id, '/merge/undoing', objected.version, { mergeId: merged.merged[0].id })
  assert.equal(undone.body.code, 'correspondent/objected')
})

test('EST-5, PRI-2: nothing more is noted of them, nor is an exchange linked to them', async () => {
  const objected = (await object(claire!, await add(claire!, anne))).body
  const other = await add(claire!, { role: 'Accueil' })
  for (const [what, body] of [
    ['', { values: { role: 'x' } }],
    ['/confirmation', undefined],
    ['/retirement', { reason: 'parti' }],
    ['/return', undefined],
    ['/merge', { absorbedId: other.id, absorbedVersion: 1, retained: [] }],
    ['/apart', { otherId: other.id }],
    ['/objection', { on: '2026-11-27', how: 'oral' }],
  ] as const) {
    const answer = await put(claire!, objected.id, what, objected.version, body)
    assert.deepEqual([answer.status, answer.body.code], [409, 'correspondent/objected'], what)
  }
  const exchange = { siret, channel: 'visite', result: 'pas-de-besoin', occurredOn: '2026-11-27' }
  const linked = await house.call(claire!, 'POST', '/exchanges', { ...exchange, correspondentId: objected.id }, once())
  assert.equal(linked.body.code, 'exchange/correspondent-elsewhere')
})

test('EST-5, PRI-2: lifted with a reason, the person may be noted anew; what was erased stays so', async () => {
  const objected = (await object(claire!, await add(claire!, anne))).body
  assert.equal((await lift(karim!, objected, '  ')).status, 400)
  const { status, body } = await lift(karim!, objected)
  assert.deepEqual([status, body.objected, body.values], [200, null, []])
  assert.deepEqual([await count('objection_digests'), (await list(claire!)).items], [0, []])
  await add(claire!, anne)
  assert.equal((await lift(karim!, body)).body.code, 'correspondent/not-objected')
  const { rows } = await house.owner.query(
    'select lift_reason as reason, lifted_by as by from correspondent_objections',
  )
  assert.deepEqual(rows, [{ reason: 'Elle a changé d’avis', by: karim!.id }])
})

test('SEC-6, EST-5: who keeps the card notes an objection and lifts it; who reads does neither, a stranger finds nothing', async () => {
  const added = await add(claire!, anne)
  assert.equal((await object(reader!, added)).body.code, 'access/no-grant')
  assert.equal((await object(stranger!, added)).status, 404)
  assert.equal((await object(claire!, added, '2026-11-28')).body.code, 'correspondent/informed-in-future')
  assert.equal((await object(claire!, { ...added, version: 4 })).status, 412)
  const objected = (await object(claire!, added)).body
  assert.equal((await lift(reader!, objected)).body.code, 'access/no-grant')
  assert.equal((await lift(stranger!, objected)).status, 404)
  assert.deepEqual((await list(reader!)).items[0].allowed, [])
})

test('EST-5, PRI-2: of two who note one objection at once, one does', async () => {
  const added = await add(claire!, anne)
  const answers = await Promise.all([object(claire!, added), object(karim!, added)])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
  assert.equal(await count('correspondent_objections'), 1)
})

test('PRI-2, SEC-6: only whoever recorded an objection erases by it, and it must stand', async () => {
  const [mine, other] = [await add(claire!, anne), await add(claire!, { role: 'Accueil' })]
  const objected = (await object(claire!, mine)).body
  await lift(claire!, objected)
  const { rows } = await house.owner.query('select id from correspondent_objections')
  await house.owner.query('update correspondent_objections set correspondent_id = $1', [other.id])
  const tried = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.first(sql<{ n: number }>`select erase_objected(${rows[0].id}::uuid) as n`))!.n
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual([await tried(claire!), await tried(karim!)], [0, 0], 'lifted')
  await house.owner.query(
    'update correspondent_objections set lifted_at = null, lifted_by = null, lifted_organisation = null, lift_reason = null',
  )
  assert.deepEqual([await tried(claire!), await tried(karim!)], [1, 0])
})
