import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { correspondents } from './index.ts'
import { aCorrespondent, aValue, insertCorrespondent } from './testing.ts'

const siret = '31000000000001'
let clock = new Date('2026-11-27T10:00:00Z')
let house: House
let [claire, karim, reader, stranger, campaigner]: Person[] = []

before(async () => {
  house = await openHouse(correspondents, { clock: () => clock })
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'BOULANGERIE ESSAI', true,
      true, 'O', 1075, 2033, 0)`,
    [siret],
  )
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  const card = (profile: 'consultation' | 'conseiller', territoryId = 2033) =>
    ({ tool: 'fiche-etablissement', profile, territoryId }) as const
  claire = await house.person(cc.id, [
    card('consultation'),
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
  ])
  karim = await house.person(mission.id, [card('conseiller')])
  reader = await house.person(cc.id, [card('consultation')])
  stranger = await house.person(cc.id, [card('conseiller', 2040)])
  campaigner = await house.person(cc.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 2033 }])
})
after(() => house.close())
beforeEach(async () => {
  clock = new Date('2026-11-27T10:00:00Z')
  await house.owner.query('delete from correspondents_apart')
  await house.owner.query('delete from correspondent_values')
  await house.owner.query('delete from correspondents')
})

const path = `/establishments/${siret}/correspondents`
const anne = { civility: 'Mme', familyName: 'Castaing', givenName: 'Anne', role: 'Gérante', phone: '05 56 12 34 56' }
const add = (who: Person, values: object = anne, over: object = {}, headers: object = once()) =>
  house.call(who, 'POST', path, { values, ...over }, headers as Record<string, string>)
const put = (who: Person, id: string, what: string, version: number, body?: object) =>
  house.call(who, 'PUT', `/correspondents/${id}${what}`, body, { 'if-match': `"${version}"` })
const list = async (who: Person) => (await house.call(who, 'GET', path)).body
const said = ({ values }: any, field: string) =>
  values.filter((v: any) => v.field === field).map((v: any) => [v.value, v.organisationName])
const trailOf = async (id: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as who, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'correspondent' and e.subject_id = $1 order by e.at, e.id`,
      [id],
    )
  ).rows

test('EST-6: each value keeps who typed it and the day it was observed, shown on the card and in its history', async () => {
  const { body: added } = await add(claire!, anne, { observedOn: '2026-11-02' })
  const shown = ({ values }: any, field: string) =>
    values
      .filter((one: any) => one.field === field)
      .map((one: any) => [one.value, one.author.id, one.author.organisationId, one.observedOn])
  const first = ['+33556123456', claire!.id, claire!.organisationId, '2026-11-02']
  assert.deepEqual(shown(added, 'phone'), [first])
  const corrected = await put(karim!, added.id, '', added.version, {
    values: { phone: '05 56 98 76 54', role: 'Directrice' },
    observedOn: '2026-11-25',
  })
  assert.deepEqual(shown(corrected.body, 'phone').sort(), [
    first,
    ['+33556987654', karim!.id, karim!.organisationId, '2026-11-25'],
  ])
  assert.deepEqual(shown(corrected.body, 'familyName')[0].slice(1), first.slice(1), 'left as it was')
  const { body } = await house.call(reader!, 'GET', `${path}/${added.id}/history`)
  assert.equal(shown(body, 'role').length, 2)
  // Nothing said: the day it is typed. A day to come is refused, by the database too.
  assert.equal(shown((await add(claire!, { familyName: 'Lasserre' })).body, 'familyName')[0][3], '2026-11-27')
  for (const refused of [
    await add(claire!, { familyName: 'Autre' }, { observedOn: '2026-11-28' }),
    await put(claire!, added.id, '', corrected.body.version, { values: { role: 'DG' }, observedOn: '2026-11-28' }),
  ])
    assert.deepEqual([refused.status, refused.body.code], [422, 'correspondent/observed-in-future'])
  await assert.rejects(
    house.owner.query(`update correspondent_values set observed_on = '2026-11-28'`),
    /correspondent_values_observed/,
  )
})

test('EST-5: an advisor adds a correspondent in one act: the phone in E.164, each value with its author, structure and date', async () => {
  const { status, body } = await add(claire!, anne, { informed: { on: '2026-11-27', how: 'oral' } })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    body.values.map((v: any) => [v.field, v.value, v.source, v.organisationName, v.recordedAt]),
    [
      ['civility', 'Mme'],
      ['familyName', 'Castaing'],
      ['givenName', 'Anne'],
      ['phone', '+33556123456'],
      ['role', 'Gérante'],
    ].map(([field, value]) => [field, value, 'conseiller', 'CC des Essais', '2026-11-27T10:00:00.000Z']),
  )
  assert.deepEqual(body.informed, { on: '2026-11-27', how: 'oral', organisationName: 'CC des Essais' })
  assert.deepEqual([body.version, body.allowed], [1, ['correct', 'confirm', 'choose', 'retire', 'merge', 'object']])
  const { rows } = await house.owner.query('select distinct author_id as id from correspondent_values')
  assert.deepEqual(rows, [{ id: claire!.id }])
  const [entry] = await trailOf(body.id)
  assert.deepEqual([entry.action, entry.who, entry.detail.siret], ['correspondent.added', claire!.id, Number(siret)])
  assert.doesNotMatch(JSON.stringify(entry.detail), /Castaing|556123456/, 'the trail names fields, not what they say')
  assert.deepEqual((await list(karim!)).items[0].id, body.id, 'seen by the next partner')
})

test('EST-5: the same sending twice adds one person', async () => {
  const key = once()
  const [one, other] = [await add(claire!, anne, {}, key), await add(claire!, anne, {}, key)]
  assert.deepEqual([one.status, other.status, other.body.id], [200, 200, one.body.id])
  assert.equal((await list(claire!)).items.length, 1)
})

test('EST-5: nobody, an unreadable phone, a future day and an unknown SIRET are refused with their reason; nothing is written', async () => {
  for (const [values, over, code] of [
    [{ phone: '05 56 12 34 56' }, {}, 'correspondent/nobody'],
    [{ ...anne, otherPhone: '05 56' }, {}, 'correspondent/phone-unreadable'],
    [anne, { informed: { on: '2026-11-28', how: 'oral' } }, 'correspondent/informed-in-future'],
  ] as const) {
    const { status, body } = await add(claire!, values, over)
    assert.deepEqual([status, body.code], [422, code])
  }
  const unknown = await house.call(
    claire!,
    'POST',
    '/establishments/31000000000099/correspondents',
    { values: anne },
    once(),
  )
  assert.equal(unknown.body.code, 'establishment/unknown')
  assert.equal((await add(claire!, { ...anne, email: 'nulle part' })).status, 400)
  assert.deepEqual((await list(claire!)).items, [])
})

test('EST-5: someone likely known is told before adding, and added all the same once looked at', async () => {
  const known = (await add(karim!)).body
  const again = await add(claire!, { familyName: 'CASTAIGN', givenName: 'anne' })
  assert.deepEqual(
    [again.status, again.body.code, again.body.facts],
    [409, 'correspondent/likely-known', { alike: [known.id] }],
  )
  assert.equal((await add(claire!, { role: 'Accueil', phone: '+33 5 56 12 34 56' })).status, 409)
  assert.equal((await add(claire!, { familyName: 'Castaing', givenName: 'Bruno' })).status, 200)
  const sister = await add(claire!, { familyName: 'Castaing', givenName: 'Anne' }, { despite: [known.id] })
  assert.equal(sister.status, 200, JSON.stringify(sister.body))
  assert.deepEqual((await trailOf(sister.body.id))[0].detail.despite, [known.id])
})

test('SEC-6, EST-5: who reads adds nothing; a stranger sees nothing to change', async () => {
  const { id } = (await add(claire!)).body
  const tried = (who: Person) =>
    Promise.all([
      add(who, { role: 'Accueil' }),
      put(who, id, '', 1, { values: { role: 'x' } }),
      put(who, id, '/confirmation', 1),
      put(who, id, '/retirement', 1, { reason: 'parti' }),
      put(who, id, '/return', 1),
      put(who, id, '/choice', 1, { valueId: id }),
      put(who, id, '/set-aside', 1, { valueId: id }),
    ])
  assert.deepEqual(
    (await tried(reader!)).map(a => [a.status, a.body.code]),
    Array(7).fill([403, 'access/no-grant']),
  )
  const far = (await tried(stranger!)).map(a => [a.status, a.body.code])
  assert.deepEqual(far, [[403, 'access/outside-perimeter'], ...Array(6).fill([404, 'not-found'])])
  assert.ok(
    (await tried(campaigner!)).every(a => a.status === 403),
    'records exchanges, reads no card',
  )
  const mine = await list(reader!)
  assert.deepEqual([mine.mayAdd, mine.items[0].allowed, (await list(claire!)).mayAdd], [false, [], true])
})

test('EST-6: two partners who differ are side by side; one value is chosen, the other kept in the history', async () => {
  const { id } = (await add(karim!)).body
  const corrected = await put(claire!, id, '', 1, { values: { phone: '06 00 00 00 01', email: 'anne@bois.example' } })
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  assert.deepEqual(said(corrected.body, 'phone').sort(), [
    ['+33556123456', 'Mission locale des Essais'],
    ['+33600000001', 'CC des Essais'],
  ])
  const retained = corrected.body.values.find((v: any) => v.value === '+33556123456')
  const set = corrected.body.values.find((v: any) => v.value === '+33600000001')
  const chosen = await put(claire!, id, '/choice', 2, { valueId: retained.id })
  assert.deepEqual(said(chosen.body, 'phone'), [['+33556123456', 'Mission locale des Essais']])
  assert.equal(chosen.body.values.find((v: any) => v.field === 'phone').confirmed.organisationName, 'CC des Essais')
  const { rows } = await house.owner.query('select value from correspondent_values where replaced_at is not null')
  assert.deepEqual(rows, [{ value: '+33600000001' }], 'kept')
  const late = await put(karim!, id, '/choice', 3, { valueId: set.id })
  assert.deepEqual([late.status, late.body.code], [409, 'correspondent/value-replaced'])
  assert.deepEqual(
    (await trailOf(id)).map(e => [e.action, e.who]),
    [
      ['correspondent.added', karim!.id],
      ['correspondent.corrected', claire!.id],
      ['correspondent.value-chosen', claire!.id],
    ],
  )
})

test('EST-5, EST-6: one’s own structure’s value is replaced and kept, what is emptied goes, and somebody always remains', async () => {
  const { id } = (await add(claire!)).body
  const corrected = await put(claire!, id, '', 1, { values: { role: 'Directrice', phone: null } })
  assert.deepEqual(
    [said(corrected.body, 'role'), said(corrected.body, 'phone')],
    [[['Directrice', 'CC des Essais']], []],
  )
  const { rows } = await house.owner.query(
    'select value from correspondent_values where replaced_at is not null order by value',
  )
  assert.deepEqual(
    rows.map(r => r.value),
    ['+33556123456', 'Gérante'],
  )
  const nobody = await put(claire!, id, '', 2, { values: { role: null, familyName: null, givenName: null } })
  assert.deepEqual([nobody.status, nobody.body.code], [422, 'correspondent/nobody'])
})

test('EST-5: the second of two who correct at once is told, with what the first wrote', async () => {
  const { id } = (await add(claire!)).body
  const [one, other] = await Promise.all([
    put(claire!, id, '', 1, { values: { role: 'Directrice' } }),
    put(karim!, id, '', 1, { values: { role: 'Associée' } }),
  ])
  const [done, refused] = one.status === 200 ? [one, other] : [other, one]
  assert.deepEqual([done.status, refused.status, refused.body.code], [200, 412, 'request/changed-meanwhile'])
  assert.equal(refused.body.current.version, 2)
  assert.equal((await house.call(claire!, 'PUT', `/correspondents/${id}`, { values: {} })).status, 428)
})

test('EST-5, EST-6: « toujours juste » in one press: what is old asks, and asks no more once confirmed; a disagreement is not confirmed', async () => {
  await insertCorrespondent(
    house.owner,
    aCorrespondent({
      siret: Number(siret),
      values: [
        aValue('familyName', 'Castaing', { recordedAt: '2025-01-01T08:00:00Z' }),
        aValue('phone', '+33556000001', { recordedAt: '2025-01-01T08:00:00Z' }),
        aValue('phone', '+33556000002', { recordedAt: '2025-01-02T08:00:00Z' }),
      ],
    }),
  )
  const [before] = (await list(claire!)).items
  assert.equal(before.toConfirm, true)
  const { body } = await put(claire!, before.id, '/confirmation', 1)
  assert.deepEqual([body.toConfirm, body.version], [false, 2])
  assert.deepEqual(
    body.values.map((v: any) => [v.field, v.confirmed]),
    [
      ['familyName', { at: '2026-11-27T10:00:00.000Z', organisationName: 'CC des Essais' }],
      ['phone', null],
      ['phone', null],
    ],
  )
  clock = new Date('2027-11-28T10:00:00Z')
  assert.equal((await trailOf(before.id))[0].action, 'correspondent.confirmed')
})

test('EST-6: what a file says otherwise than an advisor is proposed, however late it came: accepted or set aside in one press, kept in the history', async () => {
  const brought = () =>
    insertCorrespondent(
      house.owner,
      aCorrespondent({
        siret: Number(siret),
        values: [
          aValue('familyName', 'Castaing'),
          aValue('phone', '+33556000001', { recordedAt: '2025-01-01T08:00:00Z' }),
          aValue('phone', '+33556000002', { recordedAt: '2026-10-02T08:00:00Z', source: 'fichier-partenaire' }),
        ],
      }),
    )
  const { id } = await brought()
  const [before] = (await list(reader!)).items
  const phones = ({ values }: any) =>
    values.filter((v: any) => v.field === 'phone').map((v: any) => [v.value, v.proposed, v.confirmed !== null])
  assert.deepEqual(phones(before), [
    ['+33556000001', false, false],
    ['+33556000002', true, false],
  ])
  const [stands, proposed] = before.values.filter((v: any) => v.field === 'phone')
  const aside = (who: Person, valueId: string, version: number) => put(who, id, '/set-aside', version, { valueId })
  assert.equal((await aside(claire!, stands.id, 1)).body.code, 'correspondent/not-proposed')
  assert.equal((await aside(claire!, claire!.id, 1)).body.code, 'correspondent/value-replaced')
  assert.equal((await house.call(claire!, 'PUT', `/correspondents/${id}/set-aside`, { valueId: 'x' })).status, 400)
  assert.deepEqual(await trailOf(id), [])
  const confirmed = (await put(karim!, id, '/confirmation', 1)).body
  assert.deepEqual(phones(confirmed), [
    ['+33556000001', false, true],
    ['+33556000002', true, false],
  ])
  const answers = await Promise.all([aside(claire!, proposed.id, 2), aside(karim!, proposed.id, 2)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  assert.deepEqual(phones(answers.find(({ status }) => status === 200)!.body), [['+33556000001', false, true]])
  assert.equal((await aside(claire!, proposed.id, 3)).body.code, 'correspondent/value-replaced')
  const { rows } = await house.owner.query('select value from correspondent_values where replaced_at is not null')
  assert.deepEqual(rows, [{ value: '+33556000002' }], 'kept')
  const [, entry, ...more] = await trailOf(id)
  assert.deepEqual(
    [entry.action, entry.detail.field, entry.detail.replaced, more],
    ['correspondent.value-set-aside', 'phone', [proposed.id], []],
  )
  const other = await brought()
  const [, taken] = (await list(claire!)).items
    .find((one: any) => one.id === other.id)
    .values.filter((v: any) => v.field === 'phone')
  const accepted = await put(claire!, other.id, '/choice', 1, { valueId: taken.id })
  assert.deepEqual(phones(accepted.body), [['+33556000002', false, true]])
})

test('EST-5: who left is retired with the reason, stays in the history, changes no more, and can be put back', async () => {
  const { id } = (await add(claire!)).body
  const retired = await put(karim!, id, '/retirement', 1, { reason: 'parti' })
  assert.deepEqual(
    [retired.body.retired, retired.body.retiredReason, retired.body.allowed, said(retired.body, 'role')],
    [true, 'parti', ['return', 'object'], [['Gérante', 'CC des Essais']]],
  )
  for (const answer of [
    await put(claire!, id, '', 2, { values: { role: 'x' } }),
    await put(claire!, id, '/confirmation', 2),
    await put(claire!, id, '/retirement', 2, { reason: 'parti' }),
    await put(claire!, id, '/choice', 2, { valueId: retired.body.values[0].id }),
    await put(claire!, id, '/set-aside', 2, { valueId: retired.body.values[0].id }),
  ])
    assert.deepEqual([answer.status, answer.body.code], [409, 'correspondent/retired'])
  const back = await put(claire!, id, '/return', 2)
  assert.deepEqual([back.body.retired, back.body.retiredReason, back.body.version], [false, null, 3])
  assert.equal((await put(claire!, id, '/return', 3)).body.code, 'correspondent/in-place')
  assert.deepEqual(
    (await trailOf(id)).map(e => [e.action, e.detail.reason ?? e.detail.was ?? null]),
    [
      ['correspondent.added', null],
      ['correspondent.retired', 'parti'],
      ['correspondent.returned', 'parti'],
    ],
  )
})

test('PRI-1: when and how a correspondent was informed is kept, with the structure that says so', async () => {
  const { id } = (await add(claire!)).body
  const { body } = await put(karim!, id, '', 1, { values: {}, informed: { on: '2026-11-20', how: 'courriel' } })
  assert.deepEqual(body.informed, { on: '2026-11-20', how: 'courriel', organisationName: 'Mission locale des Essais' })
  assert.deepEqual((await trailOf(id)).at(-1).detail.informed, { on: '2026-11-20', how: 'courriel' })
  assert.deepEqual((await list(claire!)).items[0].informed, body.informed, 'told to all')
})
