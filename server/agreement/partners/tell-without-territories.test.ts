import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { layCeiling } from '../../people-and-rights/organisations/testing.ts'
import { within } from '../../platform/job.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { conventions } from '../conventions/index.ts'
import { withRoles } from '../conventions/testing.ts'
import { partners } from './index.ts'
import { tellWithoutTerritories } from './tell-without-territories.job.ts'

const region = 1075
let house: House
let workers: [pg.Client, pg.Client]
let sylvie: Person // regional direction of Nouvelle-Aquitaine
let other: Person // of Occitanie
before(async () => {
  house = await openHouse([...conventions, ...partners])
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(worker => worker.connect()))
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
      (1076, 'region', '76', 'Occitanie'), (2033, 'departement', '33', 'Gironde')`,
  )
  await house.owner.query('insert into territory_contents values (2033, 1075)')
  const operator = (await house.organisation({ kind: 'operateur' })).id
  sylvie = await withRoles(house, operator, { region })
  other = await withRoles(house, operator, { region: 1076 })
})
after(async () => {
  await Promise.all(workers.map(worker => worker.end()))
  await house.close()
})
const tell = (worker = workers[0]) => within(worker)(tellWithoutTerritories)
const told = async (organisationId: string): Promise<{ who: string; subject: string; body: string }[]> =>
  (
    await house.owner.query(
      `select m.to_account_id as who, m.subject, m.body from mails m join conventions c on c.id::text = m.about_id
        where m.kind = 'structure-without-territories' and c.organisation_id = $1 order by m.created_at, m.id`,
      [organisationId],
    )
  ).rows
/** A partner of the region with these territories, whose convention was sent or began so long ago; null: not yet. */
const partner = async (ceiling: number[], sent: string | null, begun: string | null) => {
  const { id } = await house.organisation({ name: 'Mission des Essais', kind: 'mission-locale' })
  await house.owner.query('delete from organisation_territories where organisation_id = $1', [id])
  await layCeiling(house.owner, id, ceiling)
  const { rows } = await house.owner.query(
    `update conventions set region_id = $2, sent_at = now() - $3::interval, effective_from = now() - $4::interval
      where organisation_id = $1 returning id`,
    [id, region, sent, begun],
  )
  return { id, convention: rows[0].id as string }
}

test('ACC-15: a structure without a territory is told to its regional direction when its convention is sent, again when it begins, once each', async () => {
  const { id } = await partner([], '2 hours', null)
  assert.deepEqual((await Promise.all([tell(), tell(workers[1])])).sort(), [0, 1])
  assert.equal(await tell(), 0)
  await house.owner.query(`update mails set created_at = now() - interval '90 minutes' where kind = $1`, [
    'structure-without-territories',
  ])
  await house.owner.query(
    `update conventions set effective_from = now() - interval '1 hour' where organisation_id = $1`,
    [id],
  )
  assert.deepEqual([await tell(), await tell()], [1, 0])
  const mails = await told(id)
  assert.deepEqual(
    mails.map(({ who }) => who),
    [sylvie.id, sylvie.id],
    'its own region, and no other',
  )
  assert.match(mails[0]!.body, /est aux signatures, et cette structure n’a aucun territoire/)
  assert.match(mails[1]!.body, /est en vigueur, et cette structure n’a aucun territoire/)
  assert.match(mails[1]!.body, /aucune habilitation ne peut y être donnée/)
  assert.match(mails[1]!.body, /« Régler les territoires », sur la page de la convention/)
})

test('ACC-15: nothing is told of a structure that has a territory, nor of a convention that is prepared, to come or over', async () => {
  await partner([2033], '2 hours', '1 hour')
  await partner([], null, null)
  const over = await partner([], '2 hours', '1 hour')
  await house.owner.query(`update conventions set ends_at = now() - interval '1 minute' where organisation_id = $1`, [
    over.id,
  ])
  assert.equal(await tell(), 0)
})

test('ACC-15, POR-5: the convention in force of a structure without a territory is counted, listed, exported; not once it is settled', async () => {
  const { convention } = await partner([], '2 hours', '1 hour')
  const list = async (who: Person, query = '') => (await house.call(who, 'GET', `/conventions${query}`)).body
  const { counts } = await list(sylvie)
  const { items } = await list(sylvie, '?lacks=territories')
  assert.equal(items.length, counts.territories)
  assert.equal(items.find((line: any) => line.id === convention)?.withoutTerritories, true)
  assert.equal((await list(other)).counts.territories, 0, 'of another region')
  const { csv } = (await house.call(sylvie, 'POST', '/conventions/export', { lacks: 'territories' })).body
  assert.match(csv, /"Sans territoire"/)
  const address = `/conventions/${convention}/territories`
  const { version } = (await house.call(sylvie, 'GET', address)).body
  const settling = { territories: [2033], reason: 'Convention, article 3' }
  const settled = await house.call(sylvie, 'PUT', address, settling, { 'if-match': `"${version}"` })
  assert.equal(settled.status, 200)
  assert.equal((await list(sylvie)).counts.territories, counts.territories - 1)
  assert.equal((await list(sylvie)).items.find((line: any) => line.id === convention).withoutTerritories, false)
})
