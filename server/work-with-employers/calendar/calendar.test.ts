import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ICAL from 'ical.js'
import pg from 'pg'
import { insertConvention } from '../../people-and-rights/organisations/testing.ts'
import { within } from '../../platform/job.ts'
import { insertSession } from '../../signing-in/identity/testing.ts'
import type { Person } from '../../testing/house.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { aMark, insertMarks } from '../do-not-contact/testing.ts'
import { lapseCalendars } from './lapse-calendars.job.ts'
import { type CalendarWorld, openWorld } from './testing.ts'

let world: CalendarWorld
let { house, people, plan, make, read } = {} as CalendarWorld
before(async () => {
  world = await openWorld()
  ;({ house, people, plan, make, read } = world)
})
after(() => world.close())

const titlesIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map(one => String(one.getFirstPropertyValue('summary')))
    .toSorted()
const trail = async (id: string) =>
  (
    await house.owner.query(
      `select action, actor_id from audit_entries where subject_id = $1 and action like 'calendar.%' order by at, id`,
      [id],
    )
  ).rows.map(({ action, actor_id }) => [action, actor_id])

test('CAM-11: a calendar program reads one’s own next actions at a secret address, without a session', async () => {
  const { paul, ines } = people
  await plan(paul, 1, {}, { personMet: 'Mme Sanz', notes: 'Cherche deux soudeurs', need: 'Soudeurs' })
  await plan(paul, 2, { kind: 'rappel', dueAt: null })
  await plan(ines, 3, { kind: 'visite' })
  await house.owner.query(`update next_actions set cancelled_at = now() where siret = $1`, [
    (await plan(paul, 4, {})).siret,
  ])
  const { status, path, body } = await make(paul)
  assert.equal(status, 200)
  assert.equal(body.feed.lastReadOn, null)
  const answer = await read(path)
  assert.equal(answer.statusCode, 200)
  assert.match(String(answer.headers['content-type']), /^text\/calendar; charset=utf-8/)
  assert.match(String(answer.headers['cache-control']), /no-store/)
  assert.equal(titlesIn(answer.body).length, 2, answer.body)
  assert.match(answer.body, new RegExp(`/etablissements/${siretOf(1)}`))
  assert.doesNotMatch(answer.body, /Sanz|soudeurs/i, 'neither whom one meets nor what was said')
  const { feed } = (await house.call(paul, 'GET', '/calendar-feed')).body
  assert.match(feed.lastReadOn, /^\d{4}-\d\d-\d\d$/)
  assert.equal(JSON.stringify(feed).includes('calendrier'), false, 'the address is told once')
  assert.deepEqual(await trail(paul.id), [['calendar.opened', paul.id]])
})

test('EST-10, CAM-14: a calendar says who is not to be contacted, even to who did not mark, and who closed', async () => {
  const { lea, karim } = people
  await plan(lea, 7, { kind: 'rappel' })
  await plan(lea, 8, { kind: 'rappel' })
  await plan(lea, 9, { kind: 'rappel' })
  const by = { organisationId: karim.organisationId, authorId: karim.id }
  await insertMarks(house.owner, [aMark({ siret: siretOf(7), startsOn: '2020-01-01', until: '2020-12-31', ...by })])
  const { rows } = await house.owner.query(
    `select (now() at time zone 'Europe/Paris')::date - 1 as starts, (now() at time zone 'Europe/Paris')::date + 1 as until`,
  )
  await insertMarks(house.owner, [aMark({ siret: siretOf(8), startsOn: rows[0].starts, until: rows[0].until, ...by })])
  await house.owner.query('update establishments set active = false where siret = $1', [siretOf(9)])
  const { path } = await make(lea)
  assert.deepEqual(titlesIn((await read(path)).body), [
    `Fermé : Rappel, ATELIER ${siretOf(9)}`,
    `Ne pas contacter : Rappel, ATELIER ${siretOf(8)}`,
    `Rappel, ATELIER ${siretOf(7)}`,
  ])
  await house.owner.query('update establishments set active = true where siret = $1', [siretOf(9)])
})

test('CAM-11: who advises nobody has none to make; one is made with a fresh proof; each sees their own', async () => {
  const { paul, reader, bare, ines } = people
  for (const who of [reader, bare]) assert.equal((await make(who)).status, 403, who.name)
  const { cookie } = await insertSession(house.owner, ines.id, { provenAt: new Date(Date.now() - 3_600_000) })
  const refused = await make({ ...ines, cookie })
  assert.deepEqual([refused.status, refused.body.code], [403, 'session/step-up-required'])
  assert.equal((await house.call(null, 'PUT', '/calendar-feed')).status, 401)
  assert.deepEqual((await house.call(ines, 'GET', '/calendar-feed')).body, { feed: null })
  assert.equal((await house.call(ines, 'DELETE', '/calendar-feed')).status, 404)
  assert.notEqual((await house.call(paul, 'GET', '/calendar-feed')).body.feed, null)
})

test('CAM-11: the same key sent again never tells an address twice', async () => {
  const { ines } = people
  const key = { 'idempotency-key': '01a37545-cef5-741b-8bc6-dd2b2f132200' }
  const first = await house.call(ines, 'PUT', '/calendar-feed', undefined, key)
  const again = await house.call(ines, 'PUT', '/calendar-feed', undefined, key)
  assert.equal(first.status, 200)
  assert.equal(again.body.address === first.body.address, false)
  const { rows } = await house.owner.query(
    `select count(*)::int as n from idempotency_keys where reply::text like '%calendrier%'`,
  )
  assert.equal(rows[0].n, 0, 'no address is kept')
})

test('CAM-11: replaced or ended, an address answers as one that never was', async () => {
  const { ines } = people
  const first = await make(ines)
  const second = await make(ines)
  assert.notEqual(first.path, second.path)
  assert.equal((await read(second.path)).statusCode, 200)
  const gone = await read(first.path)
  assert.equal((await house.call(ines, 'DELETE', '/calendar-feed')).status, 200)
  const ended = await read(second.path)
  const never = await read('/calendrier/01a37545-cef5-741b-8bc6-dd2b2f132200/x.ics')
  for (const answer of [gone, ended, never])
    assert.deepEqual([answer.statusCode, answer.json().code], [404, 'not-found'])
  assert.deepEqual(
    (await trail(ines.id)).slice(-3).map(([act]) => act),
    ['calendar.replaced', 'calendar.replaced', 'calendar.ended'],
  )
})

test('CAM-11: what we did not sign asks nothing of the database', async () => {
  const { path } = await make(people.paul)
  const before = await statements()
  for (let n = 0; n < 20; n++) assert.equal((await read(`${path.slice(0, -6)}AA.ics`)).statusCode, 404)
  assert.equal(await statements(), before)
})
/** How often an address was looked for. */
const statements = async () => {
  await house.owner.query('select pg_stat_force_next_flush()')
  const { rows } = await house.owner.query(
    `select coalesce(sum(idx_scan), 0)::int as n from pg_stat_all_indexes where relname = 'calendar_feeds'`,
  )
  return rows[0].n as number
}

test('SEC-6, ACC-12, CAM-11: rights are those of the reading: a right that goes takes its actions away at once', async () => {
  const { karim, paul } = people
  await plan(karim, 5, {}, { visibility: 'organisation' })
  const { path } = await make(karim)
  assert.equal(titlesIn((await read(path)).body).length, 1)
  await house.owner.query(
    `update grants set ends_on = current_date - 1, starts_on = least(starts_on, current_date - 1) where account_id = $1 and tool = 'fiche-etablissement'`,
    [karim.id],
  )
  assert.deepEqual(titlesIn((await read(path)).body), [], 'the card is closed')
  await house.owner.query(
    `update grants set ends_on = current_date - 1, starts_on = least(starts_on, current_date - 1) where account_id = $1`,
    [karim.id],
  )
  const bare = await read(path)
  assert.deepEqual([bare.statusCode, titlesIn(bare.body)], [200, []], 'nothing opens for now')
  const mine = (await make(paul)).path
  await house.owner.query(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values (gen_random_uuid(), $1, $2, 'suspect-use', 'Essai', now())`,
    [paul.id, paul.organisationId],
  )
  assert.equal((await read(mine)).statusCode, 404, 'blocked')
  await house.owner.query('delete from account_blocks where account_id = $1', [paul.id])
  assert.equal((await read(mine)).statusCode, 200)
})

test('CAM-11: an address that nothing read for ninety days ends by itself, and the trail says so', async () => {
  const { ines, lea } = people
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const [old, kept] = [await make(ines), await make(lea)]
  await house.owner.query(`update calendar_feeds set read_on = current_date - 91 where account_id = $1`, [ines.id])
  await house.owner.query(`update calendar_feeds set read_on = current_date - 89 where account_id = $1`, [lea.id])
  assert.equal(await within(worker)(lapseCalendars), 1)
  assert.equal(await within(worker)(lapseCalendars), 0)
  await worker.end()
  assert.deepEqual([(await read(old.path)).statusCode, (await read(kept.path)).statusCode], [404, 200])
  assert.deepEqual((await trail(ines.id)).at(-1), ['calendar.lapsed', null])
})

test('CAM-11, ACC-6: an address ends with its account; who is only suspended finds theirs again', async () => {
  const { ines, lea } = people
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const [suspended, left] = [await make(ines), await make(lea)]
  const become = (who: Person, status: string) =>
    house.owner.query('update accounts set status = $2 where id = $1', [who.id, status])
  await become(ines, 'suspended')
  await become(lea, 'deleted')
  assert.deepEqual([(await read(suspended.path)).statusCode, (await read(left.path)).statusCode], [404, 404])
  assert.equal(await within(worker)(lapseCalendars), 1)
  await worker.end()
  assert.deepEqual((await trail(lea.id)).at(-1), ['calendar.lapsed', null])
  await become(ines, 'active')
  await become(lea, 'active')
  assert.deepEqual([(await read(suspended.path)).statusCode, (await read(left.path)).statusCode], [200, 404])
})

test('CAM-11, AGR-7: an address made under a convention that ended answers nothing meanwhile, and does not come back with the next', async () => {
  const { id } = await house.organisation()
  const rights = [
    { profile: 'conseiller', territoryId: places.gironde } as const,
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde } as const,
  ]
  const nora = await house.person(id, rights)
  await plan(nora, 6, {})
  const { path } = await make(nora)
  assert.equal(titlesIn((await read(path)).body).length, 1)
  await house.owner.query(`update calendar_feeds set made_at = now() - interval '20 days' where account_id = $1`, [
    nora.id,
  ])
  await house.owner.query(`update conventions set ends_at = now() - interval '10 days' where organisation_id = $1`, [
    id,
  ])
  const between = await read(path)
  assert.deepEqual([between.statusCode, titlesIn(between.body)], [200, []])
  await insertConvention(house.owner, id, new Date(Date.now() - 86_400_000).toISOString())
  // Her grants are of today, hence given anew: what she wrote is hers to read, at an address that she makes anew.
  assert.equal((await read(path)).statusCode, 404)
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  assert.equal(await within(worker)(lapseCalendars), 1)
  await worker.end()
  assert.deepEqual((await trail(nora.id)).at(-1), ['calendar.lapsed', null])
  const anew = (await make(nora)).path
  assert.equal(titlesIn((await read(anew)).body).length, 1)
})
