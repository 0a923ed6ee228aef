import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { notes } from '../notes/index.ts'
import { registerMoves } from '../register-moves/index.ts'
import { followAs } from '../register-moves/testing.ts'
import { needs } from './index.ts'

let house: House
let [claire, karim]: Person[] = []
const rights = [
  { profile: 'conseiller', territoryId: places.aquitaine },
  { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.aquitaine },
] as const
before(async () => {
  house = await openHouse([...establishments, ...notes, ...needs, ...registerMoves])
  await layTerritories(house.owner)
  claire = await house.person((await house.organisation()).id, [...rights])
  karim = await house.person((await house.organisation()).id, [...rights])
})
after(() => house.close())

const note = async (siret: string, body: object = { kind: 'formation' }) =>
  (await house.call(claire!, 'POST', `/establishments/${siret}/needs`, body, once())).body
const propose = (id: string) =>
  house.call(claire!, 'POST', `/needs/${id}/proposals`, { toOrganisationIds: [karim!.organisationId] }, once())
const departementsOf = async (id: string) =>
  (
    await house.owner.query(
      `select n.departement_id as need, p.departement_id as proposal
        from needs n left join need_proposals p on p.need_id = n.id where n.id = $1`,
      [id],
    )
  ).rows[0]

test('CAM-7, EST-1: a provisional card with a need is withdrawn no more; once the register holds it elsewhere, its needs stand there', async () => {
  await house.owner.query(
    `insert into provisional_establishments (siret, name, commune_code, region_id, departement_id, epci_id, clpe_id,
      organisation_id, author_id, created_at) values ($1, 'Fournil', '33001', $2, $3, $4, $5, $6, $7, now())`,
    [siretOf(1), places.aquitaine, places.gironde, places.graves, places.coeur, claire!.organisationId, claire!.id],
  )
  const siret = siretText(siretOf(1))
  const { id } = await note(siret)
  const withdrawn = await house.call(claire!, 'POST', `/establishments/${siret}/provisional/withdraw`)
  assert.equal(withdrawn.body.code, 'establishment/provisional-in-use')
  await insertEstablishments(house.owner, [{ siret: siretOf(1), commune: '40001' }])
  await house.owner.query('select settle_provisional()')
  assert.equal((await departementsOf(id)).need, places.landes)
})

test('CAM-7, TER-1: when communes change hands, needs and their proposals follow their establishment', async () => {
  await insertEstablishments(house.owner, [{ siret: siretOf(2) }])
  const { id } = await note(siretText(siretOf(2)))
  assert.equal((await propose(id)).status, 200)
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [siretOf(2), places.landes])
  await house.owner.query('select move_territories()')
  assert.deepEqual(await departementsOf(id), { need: places.landes, proposal: places.landes })
})

test('CAM-7, CAM-14: a move carries needs to the new SIRET, alone too, and brings them back', async () => {
  const [old, next] = [siretOf(3), siretOf(4)]
  await insertEstablishments(
    house.owner,
    [old, next].map(siret => ({ siret, commune: siret === next ? '40001' : '33001' })),
  )
  const { id } = await note(siretText(old))
  await house.owner.query(
    `with gone as (update establishments set active = false, closed_on = '2026-11-12' where siret = $1)
    insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`,
    [old, next],
  )
  const noted = async (siret: number) =>
    (await house.call(claire!, 'GET', `/establishments/${siretText(siret)}/needs`)).body.items.length
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await noted(old), await noted(next)], [0, 1])
  assert.equal((await departementsOf(id)).need, places.landes)
  await house.owner.query('update establishments set active = true, closed_on = null where siret = $1', [old])
  await house.owner.query('delete from establishment_successions where predecessor = $1', [old])
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await noted(old), await noted(next)], [1, 0])
})

test('EST-8, EST-11: needs are in the history of the employer, filtered by kind and counted; a kept one for its structure alone', async () => {
  await insertEstablishments(house.owner, [{ siret: siretOf(5) }])
  const siret = siretText(siretOf(5))
  const open = await note(siret)
  const kept = await note(siret, { kind: 'immersion', visibility: 'organisation' })
  await house.call(claire!, 'POST', `/establishments/${siret}/notes`, { notes: 'Vu en mars' }, once())
  const history = async (who: Person, query = '') => {
    const { body } = await house.call(who, 'GET', `/establishments/${siret}/history?total=true${query}`)
    return [body.total, body.items.map((line: any) => line.need?.id ?? line.note.notes)]
  }
  assert.deepEqual(await history(claire!), [3, ['Vu en mars', kept.id, open.id]])
  assert.deepEqual(await history(claire!, '&kind=need'), [2, [kept.id, open.id]])
  assert.deepEqual(await history(karim!), [2, ['Vu en mars', open.id]])
  assert.deepEqual(await history(claire!, `&kind=need&organisation=${karim!.organisationId}`), [0, []])
  const page = await house.call(claire!, 'GET', `/establishments/${siret}/history?limit=2`)
  const rest = await house.call(claire!, 'GET', `/establishments/${siret}/history?limit=2&after=${page.body.next}`)
  assert.deepEqual(
    rest.body.items.map((line: any) => line.need?.id),
    [open.id],
  )
})

test('EST-8, EST-11: an advisor and a structure that only noted needs there are among what the history narrows to', async () => {
  await insertEstablishments(house.owner, [{ siret: siretOf(6) }])
  const siret = siretText(siretOf(6))
  const choices = async (who: Person) => {
    const { body } = await house.call(who, 'GET', `/establishments/${siret}/history/choices`)
    return [body.organisations, body.authors].map(found => found.map(({ id }: { id: string }) => id))
  }
  const own = [[claire!.organisationId], [claire!.id]]
  const kept = await note(siret, { kind: 'formation', visibility: 'organisation' })
  assert.deepEqual([await choices(claire!), await choices(karim!)], [own, [[], []]])
  const open = await note(siret)
  assert.deepEqual(await choices(karim!), own)
  for (const [author, found] of [
    [claire!, [open.id, kept.id]],
    [karim!, []],
  ] as const) {
    const { body } = await house.call(claire!, 'GET', `/establishments/${siret}/history?author=${author.id}`)
    assert.deepEqual(
      body.items.map((line: any) => line.need?.id),
      found,
    )
  }
})

test('CAM-14, CAM-7: who follows a need and who took it are told once of a closure or a move, and read it; what is closed tells nobody', async () => {
  const [shut, moved, next, settled] = [8, 9, 10, 11].map(siretOf) as [number, number, number, number]
  await insertEstablishments(
    house.owner,
    [shut, moved, next, settled].map(siret => ({ siret })),
  )
  const [open, carried, over] = [
    await note(siretText(shut)),
    await note(siretText(moved)),
    await note(siretText(settled)),
  ]
  assert.equal((await propose(carried.id)).status, 200)
  const act = (who: Person, id: string, path: string, body: object) =>
    house.call(who, 'POST', `/needs/${id}/${path}`, body, once())
  assert.equal((await act(karim!, carried.id, 'taking', {})).status, 200)
  assert.equal((await act(claire!, over.id, 'closing', { outcome: 'abandon', reason: 'Annulé' })).status, 200)
  await house.owner.query('delete from notifications')
  await house.owner.query(`update establishments set active = false, closed_on = '2026-11-12' where siret = any ($1)`, [
    [shut, moved, settled],
  ])
  await house.owner.query(`insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`, [
    moved,
    next,
  ])
  await followAs(house.urls.workerUrl)
  await followAs(house.urls.workerUrl)
  const since = async () =>
    new Map(
      (await house.owner.query('delete from notifications returning account_id, text')).rows.map(row => [
        row.account_id,
        row.text,
      ]),
    )
  const told = await since()
  assert.deepEqual([...told.keys()].toSorted(), [claire!.id, karim!.id].toSorted())
  assert.match(
    told.get(claire!.id),
    /fermé le 12 novembre 2026 : un besoin en cours, dont vous direz s’il tient encore/,
  )
  for (const who of [claire!, karim!])
    assert.match(told.get(who.id), new RegExp(`continue sous le SIRET ${siretText(next)} : un besoin suivi`))
  assert.ok(!told.get(claire!.id).includes(siretText(settled)))
  const { items } = (await house.call(claire!, 'GET', '/portfolio/register-moves')).body
  assert.deepEqual(
    items
      .filter(({ establishment }: any) => [shut, moved, settled].map(siretText).includes(establishment.siret))
      .map(({ establishment, actions, needs }: any) => [establishment.siret, actions, needs])
      .toSorted(),
    [
      [siretText(shut), 0, 1],
      [siretText(moved), 0, 1],
    ],
  )
  assert.equal((await house.call(claire!, 'GET', `/needs/${open.id}`)).body.state, 'ouvert', 'theirs to settle')
  await house.owner.query('update establishments set active = true, closed_on = null where siret = $1', [shut])
  await followAs(house.urls.workerUrl)
  assert.match((await since()).get(claire!.id), /de nouveau ouvert selon le répertoire : un besoin en cours/)
})

test('AGR-12, CAM-14: while annex 4 closes needs, a closure tells of none to who follows one, and is listed for none', async () => {
  const siret = siretText(siretOf(12))
  await insertEstablishments(house.owner, [{ siret: siretOf(12) }])
  await note(siret)
  await house.owner.query('delete from notifications')
  const listed = async () =>
    (await house.call(claire!, 'GET', '/portfolio/register-moves')).body.items.filter(
      (item: any) => item.establishment.siret === siret,
    ).length
  await openCategories(house.owner, allBut('besoins'))
  const becomes = (active: boolean, closedOn: string | null) =>
    house.owner.query('update establishments set active = $2, closed_on = $3 where siret = $1', [
      siretOf(12),
      active,
      closedOn,
    ])
  const told = async () => (await house.owner.query('delete from notifications')).rowCount
  await becomes(false, '2026-11-12')
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await told(), await listed()], [0, 0])
  await forgetVersions(house.owner)
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await told(), await listed()], [0, 1], 'told once, and never late')
  await becomes(true, null)
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await told(), await listed()], [1, 1])
})
