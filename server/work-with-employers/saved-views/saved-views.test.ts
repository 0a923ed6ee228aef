import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recordDeparture } from '../../people-and-rights/people/record-departure.ts'
import { layGate } from '../../people-and-rights/rgc/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { savedViews } from './index.ts'
import { aView, insertView } from './testing.ts'
import { mostViews, refusedView } from './view-rules.ts'

let house: House
let campaignId: string
let [ines, paul, karim, stranger] = [] as unknown as [Person, Person, Person, Person]
before(async () => {
  house = await openHouse([...savedViews, recordDeparture])
  await layTerritories(house.owner)
  const [own, member, other] = [await house.organisation(), await house.organisation(), await house.organisation()]
  const at = { territoryId: places.gironde }
  ines = await house.person(own.id, [{ profile: 'conseiller', ...at }])
  paul = await house.person(own.id, [{ profile: 'responsable', ...at }])
  karim = await house.person(member.id, [{ profile: 'conseiller', ...at }])
  stranger = await house.person(other.id, [{ profile: 'pilote', ...at }])
  campaignId = (
    await insertCampaign(
      house.owner,
      aCampaign({
        name: 'Bâtiment',
        pilotId: own.id,
        memberIds: [member.id],
        territoryId: places.gironde,
        place: { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null },
        status: 'open',
      }),
      paul.id,
      [],
    )
  ).id
})
after(() => house.close())

const save = (who: Person, over: object = {}) =>
  house.call(
    who,
    'POST',
    '/views',
    { list: 'search', name: 'Garages', address: { q: 'garage' }, sharedWith: 'nobody', ...over },
    once(),
  )
const targets = { list: 'targets', name: 'À contacter', address: { statut: 'a-contacter', tri: 'nom' } }
const names = async (who: Person, query = '') =>
  (await house.call(who, 'GET', `/views${query}`)).body.items.map((view: any) => view.name)
const change = (who: Person, view: any, over: object, version = view.version) =>
  house.call(
    who,
    'PUT',
    `/views/${view.id}`,
    { name: view.name, address: view.address, sharedWith: view.sharedWith, ...over },
    { 'if-match': `"${version}"` },
  )
const remove = (who: Person, id: string) => house.call(who, 'DELETE', `/views/${id}`)
/** Until a statement waits for another's lock. */
const someoneWaits = () => {
  const waiting = `select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`
  return until('a statement that waits', async () => (await house.owner.query(waiting)).rowCount! > 0)
}
const pin = (who: Person, id: string, pinned: boolean) => house.call(who, 'PUT', `/views/${id}/pin`, { pinned })

test('CAM-10: a view is kept to oneself, then shared with the structure or the members of its campaign', async () => {
  const { status, body } = await save(ines, { ...targets, campaignId, sharedWith: 'campaign' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.campaign, body.address, body.own, body.allowed],
    [{ id: campaignId, name: 'Bâtiment' }, targets.address, true, ['change', 'remove']],
  )
  assert.equal((await save(ines)).status, 200)
  assert.equal((await save(ines, { name: ' Équipe ', sharedWith: 'organisation' })).body.name, 'Équipe')
  assert.deepEqual(await names(ines), ['À contacter', 'Équipe', 'Garages'])
  assert.deepEqual(await names(paul), ['À contacter', 'Équipe'])
  assert.deepEqual(await names(karim), ['À contacter'])
  await insertView(
    house.owner,
    aView({ ownerId: stranger.id, organisationId: stranger.organisationId, list: 'targets', campaignId }),
  )
  assert.deepEqual(await names(stranger), [], 'its campaign is seen no more: it would open nothing')
  assert.deepEqual(await names(ines, `?list=targets&campaign=${campaignId}`), ['À contacter'])
  assert.deepEqual(await names(ines, '?list=search'), ['Équipe', 'Garages'])
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1`,
    [body.id],
  )
  assert.deepEqual(rows, [{ detail: { list: 'targets', campaignId, name: 'À contacter', sharedWith: 'campaign' } }])
})
test('CAM-10: a view is pinned in one’s own menu alone, twice changes nothing; removed, it leaves every menu', async () => {
  const { body: view } = await save(ines, { name: 'À épingler', sharedWith: 'organisation' })
  for (const who of [ines, paul, paul]) assert.equal((await pin(who, view.id, true)).body.pinned, true)
  assert.deepEqual(await names(paul, '?pinned=true'), ['À épingler'])
  assert.equal((await pin(karim, view.id, true)).status, 404)
  assert.equal((await pin(ines, view.id, false)).body.pinned, false)
  assert.deepEqual(await names(ines, '?pinned=true'), [])
  assert.deepEqual(await names(paul, '?pinned=true'), ['À épingler'])
  assert.equal((await remove(paul, view.id)).status, 200, 'a lead removes what a colleague shares')
  assert.deepEqual(await names(paul, '?pinned=true'), [])
  assert.equal((await remove(paul, view.id)).status, 404)
})
test('CAM-10: a view that goes while one pins it is not there any more', async () => {
  const { body: view } = await save(ines, { name: 'Supprimée', sharedWith: 'organisation' })
  const other = await house.owner.connect()
  try {
    await other.query('begin')
    await other.query('delete from saved_views where id = $1', [view.id])
    const answer = pin(paul, view.id, true)
    await someoneWaits()
    await other.query('commit')
    assert.equal((await answer).status, 404)
  } finally {
    other.release()
  }
})
test('CAM-10: of two removals at once, one is told that the view is gone', async () => {
  const { body: view } = await save(ines, { name: 'À ôter', sharedWith: 'organisation' })
  const other = await house.owner.connect()
  try {
    await other.query('begin')
    await other.query('delete from saved_views where id = $1', [view.id])
    const answer = remove(ines, view.id)
    await someoneWaits()
    await other.query('commit')
    assert.equal((await answer).status, 404)
  } finally {
    other.release()
  }
  const { rows } = await house.owner.query('select action from audit_entries where subject_id = $1', [view.id])
  assert.deepEqual(rows, [{ action: 'view.saved' }])
})
test('CAM-10: only its owner changes a view, from the version that was read', async () => {
  const { body: view } = await save(ines, { name: 'À changer', sharedWith: 'organisation' })
  assert.equal((await change(paul, view, { name: 'Pris' })).body.code, 'view/not-yours')
  assert.equal((await change(karim, view, { name: 'Pris' })).status, 404)
  const { body: changed } = await change(ines, view, { name: 'Changée', address: { q: 'four' }, sharedWith: 'nobody' })
  assert.deepEqual([changed.name, changed.address, changed.version], ['Changée', { q: 'four' }, 2])
  assert.equal((await change(ines, view, { name: 'Tard' })).body.code, 'request/changed-meanwhile')
  assert.equal((await change(ines, changed, { name: 'Garages' })).body.code, 'view/name-taken')
  assert.equal((await change(ines, changed, { sharedWith: 'campaign' })).body.code, 'view/campaign-expected')
  assert.equal((await remove(paul, view.id)).status, 404, 'kept to oneself, it is seen by nobody else')
  const answers = await Promise.all([change(ines, changed, { name: 'Un' }), change(ines, changed, { name: 'Deux' })])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412])
})
test('CAM-10: of two views of one name saved at once, one stands', async () => {
  for (let round = 0; round < 4; round++) {
    const answers = await Promise.all([
      save(karim, { name: `Double ${round}` }),
      save(karim, { name: `Double ${round}` }),
    ])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
    assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'view/name-taken')
  }
  assert.equal((await save(karim, { ...targets, name: 'Double 0', campaignId })).status, 200, 'another list')
})
test('CAM-10: what is malformed, too much or of a campaign one does not see is refused', async () => {
  for (const over of [
    { name: ' ' },
    { name: 'x'.repeat(81) },
    { list: 'exchanges' },
    { address: { Q: 'x' } },
    { address: { q: '' } },
    { address: { q: 'x'.repeat(301) } },
    { address: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`q${'abcdefghijklmnopqrstu'[i]}`, 'x'])) },
    { sharedWith: 'tous' },
  ])
    assert.equal((await save(ines, { ...over })).body.code, 'request/malformed', JSON.stringify(over))
  assert.equal((await save(ines, { ...targets, name: 'Sans' })).body.code, 'view/campaign-expected')
  assert.equal((await save(ines, { name: 'Avec', campaignId })).body.code, 'view/campaign-expected')
  assert.equal((await save(stranger, { ...targets, campaignId })).status, 404)
  assert.equal((await save(ines, { ...targets, campaignId: uuidv7() })).status, 404)
  const who = { ownerId: stranger.id, organisationId: stranger.organisationId }
  for (let n = 1; n < mostViews; n++) await insertView(house.owner, aView(who))
  assert.equal((await save(stranger)).body.code, 'view/too-many')
})
test('ACC-6, CAM-10: who leaves takes their own views, their menu and what they follow along; what they shared stays, under their pseudonym', async () => {
  const leaving = await house.person(ines.organisationId)
  const manager = await house.person(ines.organisationId)
  await layGate(house.owner, manager)
  await house.owner.query(
    `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
      values ($1, $2, $3, 'rgc', '2020-01-01', 'Essai')`,
    [uuidv7(), manager.id, manager.organisationId],
  )
  const { body: kept } = await save(leaving, { name: 'À moi' })
  const { body: shared } = await save(leaving, { name: 'À tous', sharedWith: 'organisation' })
  const { body: colleague } = await save(paul, { name: 'De Paul', sharedWith: 'organisation' })
  for (const view of [kept, shared, colleague]) await pin(leaving, view.id, true)
  await pin(paul, shared.id, true)
  await house.owner.query(
    `insert into view_watches (id, account_id, view_id, name, way, watched_at, view_version, seen, read_at, tried_at)
      select gen_random_uuid(), a, $2, 'À tous', 'password', now(), 1, '{}', now(), now() from unnest($1::uuid[]) a`,
    [[leaving.id, paul.id], shared.id],
  )
  const { status } = await house.call(
    manager,
    'POST',
    `/habilitations/people/${leaving.id}/depart`,
    { cause: 'departure', reason: 'Essai' },
    once(),
  )
  assert.equal(status, 200)
  const { rows: left } = await house.owner.query('select id from saved_views where owner_id = $1', [leaving.id])
  assert.deepEqual(left, [{ id: shared.id }])
  const { rows: pins } = await house.owner.query('select account_id from view_pins where view_id = any ($1)', [
    [kept.id, shared.id, colleague.id],
  ])
  assert.deepEqual(pins, [{ account_id: paul.id }])
  const { rows: followed } = await house.owner.query('select account_id from view_watches where view_id = $1', [
    shared.id,
  ])
  assert.deepEqual(followed, [{ account_id: paul.id }])
  const [stays] = (await house.call(paul, 'GET', '/views?pinned=true')).body.items
  assert.equal(stays.id, shared.id)
  assert.match(stays.owner.name, /^Ancien compte/)
  assert.equal((await remove(paul, shared.id)).status, 200, 'a lead tidies up')
})
test('CAM-10: a view of targets is of a campaign, and only it is shared with members', () => {
  assert.deepEqual(
    [
      refusedView('targets', 'c', 'campaign'),
      refusedView('search', null, 'organisation'),
      refusedView('targets', null, 'nobody'),
      refusedView('portfolio', 'c', 'nobody'),
      refusedView('search', null, 'campaign'),
    ],
    [undefined, undefined, 'view/campaign-expected', 'view/campaign-expected', 'view/campaign-expected'],
  )
})
