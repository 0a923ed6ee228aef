import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite } from '../../testing/parity.ts'
import { correspondents } from './index.ts'

const [siret, elsewhere, far] = ['31000000000001', '31000000000002', '31000000000003']
let clock = new Date('2026-11-27T10:00:00Z')
let house: House
let [claire, karim, reader, stranger]: Person[] = []

before(async () => {
  house = await openHouse(correspondents, { clock: () => clock })
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  for (const [number, departement] of [
    [siret, 2033],
    [elsewhere, 2033],
    [far, 2040],
  ])
    await house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
        departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'BOULANGERIE ESSAI', true,
        true, 'O', 1075, $2, 0)`,
      [number, departement],
    )
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  const card = (profile: 'consultation' | 'conseiller', territoryId = 2033) =>
    ({ tool: 'fiche-etablissement', profile, territoryId }) as const
  claire = await house.person(cc.id, [card('conseiller', 1075)])
  karim = await house.person(mission.id, [card('conseiller')])
  reader = await house.person(cc.id, [card('consultation')])
  stranger = await house.person(cc.id, [card('conseiller', 2040)])
})
after(() => house.close())
beforeEach(async () => {
  clock = new Date('2026-11-27T10:00:00Z')
  for (const table of [
    'correspondents_apart',
    'correspondent_merge_values',
    'correspondent_merges',
    'correspondent_values',
    'correspondents',
  ])
    await house.owner.query(`delete from ${table}`)
})

const add = async (who: Person, values: object, at = siret, over: object = {}) => {
  const { status, body } = await house.call(
    who,
    'POST',
    `/establishments/${at}/correspondents`,
    { values, ...over },
    once(),
  )
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const put = (who: Person, id: string, what: string, version: number, body?: object) =>
  house.call(who, 'PUT', `/correspondents/${id}${what}`, body, { 'if-match': `"${version}"` })
const merge = (who: Person, kept: any, absorbed: any, retained: readonly string[] = []) =>
  put(who, kept.id, '/merge', kept.version, { absorbedId: absorbed.id, absorbedVersion: absorbed.version, retained })
const unmerge = (who: Person, kept: any, mergeId = kept.merged.at(-1).id) =>
  put(who, kept.id, '/merge/undoing', kept.version, { mergeId })
const list = async (who: Person, at = siret) =>
  (await house.call(who, 'GET', `/establishments/${at}/correspondents`)).body
const said = ({ values }: any) => values.map((v: any) => `${v.field} ${v.value} ${v.organisationName}`).sort()
const idOf = ({ values }: any, field: string) => values.find((v: any) => v.field === field).id
const trail = async (...ids: string[]) =>
  (
    await house.owner.query(
      `select e.action, e.subject_id as card, d.detail from audit_entries e
      join audit_details d on d.entry_id = e.id where e.action in ('correspondent.merged', 'correspondent.unmerged',
      'correspondent.told-apart') and e.subject_id = any ($1) order by e.at, e.id`,
      [ids],
    )
  ).rows
/** Everything of both cards as the database holds it, versions apart. */
const everything = async () =>
  (
    await house.owner.query(`select c.id, c.merged_into, c.retired_at, c.informed_on, v.id as value, v.field, v.value as words,
      v.replaced_at, v.confirmed_at, v.confirmed_by_id, v.organisation_id, v.author_id, v.recorded_at, v.departement_id
      from correspondents c left join correspondent_values v on v.correspondent_id = c.id order by c.id, v.id`)
  ).rows

const anne = { familyName: 'Castaing', givenName: 'Anne', phone: '05 56 12 34 56', role: 'Gérante' }
const ann = { familyName: 'Castaign', givenName: 'Anne', phone: '06 00 00 00 01', email: 'anne@bois.example' }
/** Two cards of one person, each by a partner. */
const pair = async () => {
  const kept = await add(karim!, anne)
  return {
    kept,
    absorbed: await add(claire!, ann, siret, { informed: { on: '2026-11-20', how: 'oral' }, despite: [kept.id] }),
  }
}
const unsure = () => house.owner.query('delete from correspondents_apart')

test('EST-5: a likely duplicate is proposed on the card, merged into the other, with the values of both and their sources', async () => {
  const { kept, absorbed } = await pair()
  assert.deepEqual((await list(karim!)).alike, [], 'whoever added it said that they are two')
  await unsure()
  assert.deepEqual((await list(karim!)).alike, [{ one: kept.id, other: absorbed.id }])
  const { status, body } = await merge(karim!, kept, absorbed, [idOf(kept, 'familyName')])
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(said(body), [
    'email anne@bois.example CC des Essais',
    'familyName Castaing Mission locale des Essais',
    'givenName Anne Mission locale des Essais',
    'phone +33556123456 Mission locale des Essais',
    'phone +33600000001 CC des Essais',
    'role Gérante Mission locale des Essais',
  ])
  assert.deepEqual(body.informed, { on: '2026-11-20', how: 'oral', organisationName: 'CC des Essais' })
  assert.deepEqual(
    body.merged.map(({ id: _, ...m }: any) => m),
    [
      {
        name: 'Anne Castaign',
        at: '2026-11-27T10:00:00.000Z',
        organisationName: 'Mission locale des Essais',
        until: '2026-12-27T10:00:00.000Z',
      },
    ],
  )
  assert.ok(body.allowed.includes('unmerge'))
  const after = await list(claire!)
  assert.deepEqual([after.items.map((c: any) => c.id), after.alike], [[kept.id], []])
  const entries = await trail(kept.id, absorbed.id)
  assert.deepEqual(
    entries.map(e => [e.action, e.card]),
    [
      ['correspondent.merged', kept.id],
      ['correspondent.merged', absorbed.id],
    ],
  )
  assert.doesNotMatch(JSON.stringify(entries), /Casta|bois|556123456/, 'the trail names no value')
})

test('EST-5: undone, both cards are exactly as they were, and nobody is proposed to merge them again', async () => {
  const { kept, absorbed } = await pair()
  await put(karim!, absorbed.id, '/confirmation', absorbed.version)
  await unsure()
  const before = await everything()
  clock = new Date('2026-11-27T11:00:00Z')
  const merged = (await merge(karim!, kept, { ...absorbed, version: 2 }, [idOf(absorbed, 'phone')])).body
  assert.notDeepEqual(await everything(), before)
  clock = new Date('2026-11-27T12:00:00Z')
  const { status, body } = await unmerge(claire!, merged)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(await everything(), before)
  const seen = await list(karim!)
  assert.deepEqual([seen.items.length, seen.alike, seen.items[0].merged], [2, [], []])
  assert.equal((await trail(kept.id, absorbed.id)).filter(e => e.action === 'correspondent.unmerged').length, 2)
  const again = await unmerge(claire!, { ...body, merged: merged.merged })
  assert.deepEqual([again.status, again.body.code], [409, 'correspondent/merge-undone'])
})

test('EST-5: what was noted since stays on the card kept, and what went comes back to the other', async () => {
  const { kept, absorbed } = await pair()
  const merged = (await merge(karim!, kept, absorbed, [idOf(absorbed, 'phone'), idOf(kept, 'familyName')])).body
  clock = new Date('2026-11-28T10:00:00Z')
  const confirmed = (await put(claire!, kept.id, '/confirmation', merged.version)).body
  assert.ok(confirmed.values.find((v: any) => v.field === 'email').confirmed)
  const corrected = await put(claire!, kept.id, '', confirmed.version, {
    values: { phone: '07 00 00 00 02', email: null, role: 'Directrice' },
  })
  const { body } = await unmerge(claire!, { ...merged, version: corrected.body.version })
  assert.deepEqual(
    said(body).filter((v: string) => /^(phone|email|role|familyName)/.test(v)),
    [
      'familyName Castaing Mission locale des Essais',
      'phone +33700000002 CC des Essais',
      'role Directrice CC des Essais',
      'role Gérante Mission locale des Essais',
    ],
  )
  const other = (await list(claire!)).items.find((c: any) => c.id === absorbed.id)
  assert.deepEqual(said(other), said(absorbed))
  assert.ok(
    other.values.every((v: any) => v.confirmed === null),
    'as it was: what was confirmed since was of the other',
  )
})

test('EST-5: after thirty days a merge stands', async () => {
  const { kept, absorbed } = await pair()
  const merged = (await merge(karim!, kept, absorbed)).body
  clock = new Date('2026-12-27T10:00:01Z')
  const late = await unmerge(karim!, merged)
  assert.deepEqual([late.status, late.body.code], [409, 'correspondent/merge-too-old'])
  const [card] = (await list(karim!)).items
  assert.deepEqual([card.merged, card.allowed.includes('unmerge')], [[], false])
})

test('EST-5: a card that is part of another changes no more, nor is merged again', async () => {
  const { kept, absorbed } = await pair()
  const third = await add(claire!, { role: 'Accueil' })
  const merged = (await merge(karim!, kept, absorbed)).body
  const gone = { ...absorbed, version: 2 }
  for (const [what, body] of [
    ['', { values: { role: 'x' } }],
    ['/confirmation', undefined],
    ['/retirement', { reason: 'parti' }],
    ['/return', undefined],
    ['/choice', { valueId: idOf(absorbed, 'phone') }],
  ] as const) {
    const answer = await put(karim!, absorbed.id, what, 2, body)
    assert.deepEqual([answer.status, answer.body.code], [409, 'correspondent/merged'], what)
  }
  for (const [one, other] of [
    [gone, third],
    [third, gone],
  ])
    assert.equal((await merge(karim!, one, other)).body.code, 'correspondent/merged')
  const further = (await merge(karim!, third, merged)).body
  assert.equal((await unmerge(karim!, { ...merged, version: merged.version + 1 })).body.code, 'correspondent/merged')
  const back = (await unmerge(karim!, further)).body
  assert.deepEqual(said(back), ['role Accueil CC des Essais'])
  const again = (await list(karim!)).items.find((c: any) => c.id === kept.id)
  assert.deepEqual(said(again), said(merged))
  assert.equal((await unmerge(karim!, again)).status, 200)
})

test('EST-5: two cards of one establishment, in place, as they are read: the rest is refused with its reason', async () => {
  const { kept, absorbed } = await pair()
  const other = await add(claire!, { role: 'Accueil' }, elsewhere)
  assert.deepEqual((await merge(karim!, kept, other)).body.code, 'correspondent/other-establishment')
  assert.deepEqual((await merge(karim!, kept, kept)).body.code, 'correspondent/same-card')
  assert.deepEqual(
    (await merge(karim!, kept, absorbed, [idOf(other, 'role')])).body.code,
    'correspondent/value-replaced',
  )
  assert.deepEqual(
    (await merge(karim!, kept, absorbed, [idOf(kept, 'phone'), idOf(absorbed, 'phone')])).body.code,
    'correspondent/retained-twice',
  )
  assert.equal((await merge(karim!, { ...kept, version: 4 }, absorbed)).status, 412)
  const stale = await merge(karim!, kept, { ...absorbed, version: 4 })
  assert.deepEqual([stale.status, stale.body.current.id], [412, absorbed.id])
  const retired = (await put(karim!, kept.id, '/retirement', 1, { reason: 'parti' })).body
  assert.equal((await merge(karim!, retired, absorbed)).body.code, 'correspondent/retired')
  assert.equal((await merge(karim!, absorbed, retired)).status, 200, 'who left is merged into the card in place')
})

test('SEC-6, EST-5: merging and undoing ask for both cards: who reads does neither, a stranger finds neither', async () => {
  const { kept, absorbed } = await pair()
  const away = await add(claire!, { role: 'Accueil' }, far)
  assert.deepEqual((await merge(reader!, kept, absorbed)).body.code, 'access/no-grant')
  assert.deepEqual((await merge(stranger!, kept, absorbed)).status, 404)
  assert.deepEqual((await merge(karim!, kept, away)).status, 404, 'the other card is not his to read')
  assert.equal((await put(reader!, kept.id, '/apart', 1, { otherId: absorbed.id })).status, 403)
  const merged = (await merge(karim!, kept, absorbed)).body
  assert.equal((await unmerge(reader!, merged)).body.code, 'access/no-grant')
  assert.equal((await unmerge(stranger!, merged)).status, 404)
  assert.deepEqual((await list(reader!)).items[0].allowed, [])
  const foreign = await put(karim!, away.id, '/merge/undoing', 1, { mergeId: merged.merged[0].id })
  assert.equal(foreign.status, 404, 'a merge is undone on the card kept')
})

test('EST-5: of two who merge one pair at once, in both directions too, one does', async () => {
  for (let round = 0; round < 5; round++) {
    const kept = await add(karim!, { role: `Accueil ${round}` })
    const absorbed = await add(claire!, { role: `Direction ${round}` })
    const answers = await Promise.all([
      merge(karim!, kept, absorbed),
      round % 2 ? merge(claire!, kept, absorbed) : merge(claire!, absorbed, kept),
    ])
    assert.deepEqual(answers.map(a => a.status).sort(), [200, 409], JSON.stringify(answers[1]!.body))
    const { rows } = await house.owner.query('select merged_into from correspondents where id = any ($1)', [
      [kept.id, absorbed.id],
    ])
    assert.equal(rows.filter(r => r.merged_into !== null).length, 1)
  }
})

test('EST-5: two who look alike and are two are told apart, once for all', async () => {
  const { kept, absorbed } = await pair()
  await unsure()
  const { body } = await put(karim!, absorbed.id, '/apart', absorbed.version, { otherId: kept.id })
  assert.equal(body.version, 2)
  assert.deepEqual((await list(claire!)).alike, [])
  assert.deepEqual(
    (await trail(kept.id, absorbed.id)).map(e => [e.action, e.detail.other]),
    [['correspondent.told-apart', kept.id]],
  )
  assert.equal((await put(karim!, absorbed.id, '/apart', 2, { otherId: kept.id })).status, 200, 'said twice')
})

test('SEC-6, EST-5: a value goes straight to no card that one may not keep', async () => {
  const [mine, away] = [await add(karim!, { role: 'Accueil' }), await add(claire!, { role: 'Direction' }, far)]
  const move = (who: Person) =>
    mayWrite(
      house.database,
      tokenHash(who.cookie.slice('session='.length)),
      sql`update correspondent_values set correspondent_id = ${away.id}::uuid where id = ${mine.values[0].id}::uuid`,
    )
  assert.deepEqual([await move(karim!), await move(claire!)], [false, true])
  const hide = (who: Person) =>
    mayWrite(
      house.database,
      tokenHash(who.cookie.slice('session='.length)),
      sql`update correspondents set merged_into = ${away.id}::uuid where id = ${mine.id}::uuid`,
    )
  assert.deepEqual([await hide(karim!), await hide(claire!)], [false, true])
})

test('EST-6: the history of a value says each wording, who said it and when it left, the card merged included', async () => {
  const { kept, absorbed } = await pair()
  clock = new Date('2026-11-28T10:00:00Z')
  const corrected = (await put(karim!, kept.id, '', 1, { values: { role: 'Directrice' } })).body
  await merge(karim!, corrected, absorbed, [idOf(kept, 'familyName')])
  const history = async (who: Person, at = siret, id = kept.id) =>
    house.call(who, 'GET', `/establishments/${at}/correspondents/${id}/history`)
  const { body } = await history(reader!)
  const of = (field: string) =>
    body.values
      .filter((v: any) => v.field === field)
      .map((v: any) => [v.value, v.organisationName, v.recordedAt.slice(0, 10), v.replacedAt?.slice(0, 10) ?? null])
  assert.deepEqual(of('role'), [
    ['Directrice', 'Mission locale des Essais', '2026-11-28', null],
    ['Gérante', 'Mission locale des Essais', '2026-11-27', '2026-11-28'],
  ])
  assert.deepEqual(of('familyName').sort(), [
    ['Castaign', 'CC des Essais', '2026-11-27', '2026-11-28'],
    ['Castaing', 'Mission locale des Essais', '2026-11-27', null],
  ])
  assert.equal((await history(stranger!)).status, 404)
  assert.equal((await history(reader!, elsewhere)).status, 404, 'under another establishment')
})

test('EST-5, CAM-14: undone after a card followed its establishment elsewhere, the values stand where their card does', async () => {
  const { kept, absorbed } = await pair()
  const merged = (await merge(karim!, kept, absorbed)).body
  await house.owner.query('update correspondents set siret = $1, departement_id = 2040 where id = $2', [
    far,
    absorbed.id,
  ])
  assert.equal((await unmerge(karim!, merged)).status, 404, 'the other card is no longer his to read')
  assert.equal((await unmerge(claire!, merged)).status, 200)
  const { rows } = await house.owner.query(
    'select distinct correspondent_id as card, departement_id as place from correspondent_values order by place',
  )
  assert.deepEqual(rows, [
    { card: kept.id, place: 2033 },
    { card: absorbed.id, place: 2040 },
  ])
  assert.deepEqual(said((await list(stranger!, far)).items[0]), said(absorbed))
})
