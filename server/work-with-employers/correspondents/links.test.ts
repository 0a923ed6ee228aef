import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { exchanges } from '../exchanges/index.ts'
import { finding } from '../finding/index.ts'
import { correspondents } from './index.ts'
import { allSirets } from './links.queries.ts'

/** Three shops of one company, the last in the Landes; then another company. */
const [shop, sister, far, other] = ['31000000000001', '31000000000002', '31000000000003', '32000000000001']
/** One more of theirs, where a test asks for it. */
const beyond = '31000000000004'
const clock = new Date('2026-11-28T10:00:00Z')
let house: House
let [claire, both, half, landes, reader]: Person[] = []

/** In the Landes unless told. */
const newShop = (number: string, departement = 2040) =>
  house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'BOULANGERIE ESSAI', true,
      true, 'O', 1075, $2, 0) on conflict do nothing`,
    [number, departement],
  )

before(async () => {
  house = await openHouse([...correspondents, ...exchanges, ...finding], { clock: () => clock })
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(`insert into territory_overlaps (territory_id, other_id)
    values (2033, 2033), (2040, 2040) on conflict do nothing`)
  for (const number of [shop, sister, other]) await newShop(number, 2033)
  await newShop(far)
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  const card = (profile: 'consultation' | 'conseiller', territoryId = 2033) =>
    ({ tool: 'fiche-etablissement', profile, territoryId }) as const
  claire = await house.person(cc.id, [
    card('conseiller'),
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
  ])
  both = await house.person(cc.id, [card('conseiller'), card('conseiller', 2040)])
  half = await house.person(cc.id, [card('consultation'), card('conseiller', 2040)])
  landes = await house.person(mission.id, [card('conseiller', 2040)])
  reader = await house.person(mission.id, [card('consultation')])
})
after(() => house.close())
beforeEach(() =>
  house.owner.query(`truncate objection_digests, correspondent_objections, correspondents_apart, correspondent_links,
    correspondent_merge_values, correspondent_merges, correspondent_values, exchange_contents, correspondents cascade`),
)

const anne = { givenName: 'Anne', familyName: 'Castaing', role: 'Directrice', phone: '05 56 12 34 56' }
const tryAdd = (who: Person, values: object, at: string, over = {}) =>
  house.call(who, 'POST', `/establishments/${at}/correspondents`, { values, ...over }, once())
const add = async (who: Person, values: object = anne, at = shop, over = {}) => {
  const { status, body } = await tryAdd(who, values, at, over)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const version = (of: number) => ({ 'if-match': `"${of}"` })
const link = (who: Person, at: string, person: any, of = person.version) =>
  house.call(who, 'PUT', `/establishments/${at}/correspondents/${person.id}/link`, undefined, version(of))
const linked = async (who: Person, at: string, person: any) => {
  const { status, body } = await link(who, at, person)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const unlink = (who: Person, at: string, person: any, reason = 'autre-poste') =>
  house.call(
    who,
    'PUT',
    `/establishments/${at}/correspondents/${person.id}/unlinking`,
    { reason },
    version(person.version),
  )
const put = (who: Person, person: any, what: string, body?: object) =>
  house.call(who, 'PUT', `/correspondents/${person.id}${what}`, body, version(person.version))
const list = async (who: Person, at: string) =>
  (await house.call(who, 'GET', `/establishments/${at}/correspondents`)).body.items
const idsAt = async (who: Person, at: string) => (await list(who, at)).map(({ id }: any) => id)
const beside = async (who: Person, at: string, named = '') =>
  (await house.call(who, 'POST', `/establishments/${at}/correspondents-beside`, named ? { named } : {})).body
const sirets = ({ places }: any) => places.map(({ siret }: any) => siret)
const codeOf = ({ status, body }: { status: number; body: any }) => `${status} ${body?.code ?? ''}`.trim()

test('EST-5: a person known at a shop of the company is proposed at another, and linked to it in one gesture', async () => {
  const person = await add(claire!)
  await add(claire!, { familyName: 'Marsan' }, other)
  assert.deepEqual(await beside(claire!, sister, 'casta'), {
    items: [
      {
        id: person.id,
        version: 1,
        name: 'Anne Castaing',
        role: 'Directrice',
        place: { siret: shop, name: 'BOULANGERIE ESSAI', town: null },
      },
    ],
  })
  assert.deepEqual((await beside(claire!, sister, 'Durand')).items, [])
  assert.deepEqual((await beside(claire!, other)).items, [], 'another company')
  const body = await linked(claire!, sister, person)
  assert.deepEqual([sirets(body), body.version], [[shop, sister], 2])
  for (const at of [shop, sister]) {
    const [card, ...more] = await list(claire!, at)
    assert.deepEqual([card.id, sirets(card), card.retired, more], [person.id, [shop, sister], false, []])
  }
  assert.deepEqual((await beside(claire!, sister)).items, [], 'known here now')
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 and e.action = 'correspondent.linked'`,
    [person.id],
  )
  assert.deepEqual(rows[0].detail, { siret: Number(shop), version: 1, to: Number(sister) })
})

test('EST-5, SEC-6: rights follow the link: who keeps the other establishment reads and corrects the person, until it is retired', async () => {
  const person = await add(claire!)
  assert.deepEqual(await idsAt(landes!, far), [])
  const seen = await linked(both!, far, person)
  assert.deepEqual(sirets(seen), [shop, far])
  assert.deepEqual(sirets((await list(claire!, shop))[0]), [shop], 'the far shop is out of her perimeter')
  const [card] = await list(landes!, far)
  assert.deepEqual([card.id, card.allowed.includes('correct')], [person.id, true])
  assert.deepEqual([card.siret, sirets(card)], [null, [far]], 'nor is the first shop told out of its perimeter')
  await newShop(beyond)
  const [proposed] = (await beside(landes!, beyond)).items
  assert.deepEqual([proposed.id, proposed.place.siret], [person.id, far])
  const corrected = await put(landes!, card, '', { values: { email: 'anne@essai.example' } })
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  const [kept] = await list(claire!, shop)
  assert.ok(
    kept.values.some((v: any) => v.value === 'anne@essai.example'),
    'said in the Landes, read in Gironde: the value stands with the card',
  )
  const history = `/establishments/${far}/correspondents/${person.id}/history`
  assert.equal((await house.call(landes!, 'GET', history)).status, 200)
  const found = async () => (await house.call(landes!, 'POST', '/found', { q: 'castaing' })).body.correspondents
  assert.deepEqual(
    (await found()).map((c: any) => [c.id, c.establishment.siret]),
    [[person.id, far]],
  )
  const gone = await unlink(landes!, far, kept)
  assert.deepEqual([gone.status, gone.body], [200, { correspondent: null }])
  assert.deepEqual([await idsAt(landes!, far), await found()], [[], []])
  assert.equal(codeOf(await put(landes!, { ...kept, version: 4 }, '/confirmation')), '404 not-found')
  assert.equal(codeOf(await house.call(landes!, 'GET', history)), '404 not-found')
  assert.deepEqual(await idsAt(claire!, shop), [person.id])
})

test('EST-5, SEC-6: linking asks for both: who reads, who keeps one alone and who sees nothing are refused', async () => {
  const person = await add(claire!)
  assert.equal(codeOf(await link(reader!, sister, person)), '403 access/no-grant')
  assert.equal(codeOf(await link(half!, far, person)), '403 access/outside-perimeter')
  assert.equal(codeOf(await link(claire!, far, person)), '403 access/outside-perimeter')
  assert.equal(codeOf(await link(landes!, far, person)), '404 not-found')
  assert.equal(codeOf(await link(claire!, '31000000000999', person)), '422 establishment/unknown')
  assert.deepEqual(
    [
      (await beside(half!, far)).items,
      codeOf(await house.call(reader!, 'POST', `/establishments/${sister}/correspondents-beside`, {})),
    ],
    [[], '403 access/no-grant'],
  )
  assert.equal((await house.owner.query('select 1 from correspondent_links')).rowCount, 0)
  const body = await linked(claire!, sister, person)
  assert.equal(codeOf(await unlink(reader!, sister, body)), '403 access/no-grant')
  assert.equal(codeOf(await unlink(claire!, shop, body)), '409 correspondent/not-linked')
})

test('EST-5: refused twice, too late, where they are already, retired or merged; of two at once, one is written', async () => {
  const person = await add(claire!)
  assert.equal(codeOf(await link(claire!, shop, person)), '409 correspondent/already-here')
  const answers = await Promise.all([link(claire!, sister, person), link(both!, sister, person)])
  assert.deepEqual(answers.map(codeOf).sort(), ['200', '409 correspondent/already-here'])
  assert.equal(codeOf(await link(both!, far, person)), '412 request/changed-meanwhile')
  const gone = (await put(claire!, await add(claire!, { familyName: 'Marsan' }), '/retirement', { reason: 'parti' }))
    .body
  assert.equal(codeOf(await link(claire!, sister, gone)), '409 correspondent/retired')
  const [kept, absorbed] = [await add(claire!, { familyName: 'Pons' }), await add(claire!, { familyName: 'Ponce' })]
  await put(claire!, kept, '/merge', { absorbedId: absorbed.id, absorbedVersion: 1, retained: [] })
  assert.equal(codeOf(await link(claire!, sister, { ...absorbed, version: 2 })), '409 correspondent/merged')
})

test('EST-5: unlinking is refused on what changed, twice, merged or objected; of two at once, one is written', async () => {
  const body = await linked(claire!, sister, await add(claire!))
  assert.equal(codeOf(await unlink(claire!, sister, { ...body, version: 1 })), '412 request/changed-meanwhile')
  const answers = await Promise.all([unlink(claire!, sister, body), unlink(both!, sister, body)])
  assert.deepEqual(answers.map(codeOf).sort(), ['200', '409 correspondent/not-linked'])
  const again = await linked(claire!, sister, { ...body, version: 3 })
  const kept = await add(claire!, { familyName: 'Pons' }, sister)
  const asked = { absorbedId: again.id, absorbedVersion: again.version, retained: [] }
  assert.equal((await put(claire!, kept, '/merge', asked)).status, 200)
  assert.equal(codeOf(await unlink(claire!, sister, { ...again, version: 5 })), '409 correspondent/merged')
  const other = await linked(claire!, sister, await add(claire!, { familyName: 'Zola' }))
  const objected = (await put(claire!, other, '/objection', { on: '2026-11-28', how: 'oral' })).body
  assert.equal(codeOf(await unlink(claire!, sister, objected)), '409 correspondent/objected')
})

test('SEC-6, EST-5: every establishment of a person is told to who keeps them alone', async () => {
  const person = await linked(both!, far, await add(claire!))
  const told = async (who: Person) => {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    const sirets = await allSirets(tx, person.id)
    await tx.rollback()
    return sirets.sort()
  }
  assert.deepEqual(await told(claire!), [Number(shop), Number(far)])
  assert.deepEqual(await told(landes!), [Number(shop), Number(far)])
  assert.deepEqual(await told(reader!), [])
})

test('EST-5: who left the first establishment stays in place at the other, where the card is still kept', async () => {
  const body = await linked(claire!, sister, await add(claire!))
  const retired = (await put(claire!, body, '/retirement', { reason: 'autre-poste' })).body
  assert.deepEqual([retired.retired, sirets(retired)], [true, [sister]])
  const [there] = await list(claire!, sister)
  assert.deepEqual([there.retired, there.retiredReason], [false, null])
  assert.deepEqual([there.allowed.includes('correct'), there.allowed.includes('retire')], [true, false])
  assert.equal(codeOf(await put(claire!, there, '/retirement', { reason: 'parti' })), '409 correspondent/retired')
  assert.equal((await put(claire!, there, '', { values: { role: 'Gérante' } })).status, 200)
  assert.deepEqual(
    (await beside(both!, far)).items.map((p: any) => p.place.siret),
    [sister],
  )
})

test('EST-5: a merge gives the card kept the establishments of the other, those out of sight included; undone, they go back', async () => {
  const person = await add(claire!)
  const two = await linked(claire!, sister, await linked(both!, far, person))
  const kept = await add(claire!, { ...anne, familyName: 'Castain' }, sister, { despite: [person.id] })
  const asked = { absorbedId: two.id, absorbedVersion: two.version, retained: [kept.values[0].id] }
  const merged = (await put(claire!, kept, '/merge', asked)).body
  assert.deepEqual([...sirets(merged)].sort(), [shop, sister])
  for (const [who, at] of [
    [claire!, shop],
    [claire!, sister],
    [landes!, far],
  ] as const)
    assert.deepEqual(await idsAt(who, at), [kept.id], at)
  const undone = await put(claire!, merged, '/merge/undoing', { mergeId: merged.merged[0].id })
  assert.equal(undone.status, 200, JSON.stringify(undone.body))
  assert.deepEqual([await idsAt(claire!, shop), await idsAt(landes!, far)], [[two.id], [two.id]])
  assert.deepEqual((await idsAt(claire!, sister)).sort(), [two.id, kept.id].sort())
  const apart = await add(claire!, { familyName: 'Zola' })
  assert.equal(
    codeOf(await put(claire!, undone.body, '/merge', { absorbedId: apart.id, absorbedVersion: 1, retained: [] })),
    '422 correspondent/other-establishment',
    'without an establishment in common',
  )
})

test('EST-5: a person answers for fifty establishments at most, those out of sight included', async () => {
  const person = await add(claire!)
  const more = (count: number, from: number) =>
    house.owner.query(
      `insert into correspondent_links (id, correspondent_id, siret, organisation_id, author_id, linked_at)
        select gen_random_uuid(), $1, 33000000000000 + n, $2, $3, now() from generate_series($4::int, $5::int) n`,
      [person.id, claire!.organisationId, claire!.id, from, from + count - 1],
    )
  await more(49, 1)
  assert.equal(codeOf(await link(claire!, sister, person)), '409 correspondent/too-many-establishments')
  await house.owner.query('delete from correspondent_links where siret = 33000000000049')
  assert.equal(codeOf(await link(claire!, sister, person)), '200')
})

test('EST-5: those whom one keeps are proposed, however many of the company one only reads were noted since', async () => {
  const kept = await add(both!, anne, far)
  await house.owner.query(
    `with c as (insert into correspondents (id, siret, region_id, departement_id, created_at)
        select gen_random_uuid(), $1, 1075, 2033, m.at + n * interval '1 second'
          from (select max(created_at) as at from correspondents) m, generate_series(1, 60) n
        returning id)
      insert into correspondent_values (id, correspondent_id, region_id, departement_id, field, value, source, recorded_at)
        select gen_random_uuid(), c.id, 1075, 2033, 'familyName', 'Lue', 'registre', now() from c`,
    [shop],
  )
  await newShop(beyond)
  assert.deepEqual(
    (await beside(half!, beyond)).items.map(({ id }: any) => id),
    [kept.id],
  )
})

test('EST-5, PRI-2: no correction gives somebody the name of who objected at an establishment out of sight', async () => {
  const gone = await add(landes!, { givenName: 'Zoé', familyName: 'Lanne' }, far)
  assert.equal((await put(landes!, gone, '/objection', { on: '2026-11-28', how: 'oral' })).status, 200)
  const body = await linked(both!, far, await add(claire!))
  const [card] = await list(claire!, shop)
  const renamed = { values: { givenName: 'Zoé', familyName: 'Lanne' } }
  assert.equal(codeOf(await put(claire!, card, '', renamed)), '409 correspondent/blocked')
  const parted = (await unlink(both!, far, body)).body.correspondent
  assert.equal(codeOf(await put(claire!, parted, '', renamed)), '200', 'a namesake at the shop alone')
})

test('EST-5, PRI-2: who left the first establishment and answers here keeps a number that somebody else objects with', async () => {
  const desk = { role: 'Accueil', phone: '05 56 12 34 56' }
  const colleague = await linked(claire!, sister, await add(claire!, desk))
  await put(claire!, colleague, '/retirement', { reason: 'autre-poste' })
  const person = await add(claire!, { ...anne, familyName: 'Zola' }, sister, { despite: [colleague.id] })
  assert.equal((await put(claire!, person, '/objection', { on: '2026-11-28', how: 'oral' })).status, 200)
  const again = { role: 'Livraisons', phone: '05 56 12 34 56' }
  assert.equal(codeOf(await tryAdd(claire!, again, sister, { despite: [colleague.id] })), '200')
})

test('EST-5, PRI-2: an objection erases the person from each card, and their name does not come back at any of them', async () => {
  const body = await linked(both!, far, await add(claire!, { givenName: 'Anne', familyName: 'Castaing' }))
  const objected = await put(claire!, body, '/objection', { on: '2026-11-28', how: 'oral' })
  assert.equal(objected.status, 200, JSON.stringify(objected.body))
  const [there] = await list(landes!, far)
  assert.deepEqual([there.values, there.objected.on], [[], '2026-11-28'])
  const again = { givenName: 'Anne', familyName: 'Castaing' }
  for (const [who, at] of [
    [claire!, shop],
    [landes!, far],
  ] as const)
    assert.equal(codeOf(await tryAdd(who, again, at)), '409 correspondent/blocked', at)
  const namesake = await add(claire!, again, sister)
  assert.equal(codeOf(await link(claire!, shop, namesake)), '409 correspondent/blocked', 'by a link neither')
  assert.equal(codeOf(await link(claire!, sister, objected.body)), '409 correspondent/objected')
})

test('EST-5, EST-11: an exchange at the other establishment names them while the link stands', async () => {
  const person = await add(claire!)
  const record = () =>
    house.call(
      claire!,
      'POST',
      '/exchanges',
      {
        siret: sister,
        channel: 'visite',
        result: 'pas-de-besoin',
        occurredOn: '2026-11-27',
        correspondentId: person.id,
      },
      once(),
    )
  assert.equal(codeOf(await record()), '422 exchange/correspondent-elsewhere')
  const body = await linked(claire!, sister, person)
  const recorded = await record()
  assert.equal(recorded.body.correspondent?.name, 'Anne Castaing, Directrice', JSON.stringify(recorded.body))
  await unlink(claire!, sister, body)
  assert.equal(codeOf(await record()), '422 exchange/correspondent-elsewhere')
})
