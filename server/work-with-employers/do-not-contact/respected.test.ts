import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { actions } from '../../actions.ts'
import { within } from '../../platform/job.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { recallStale } from '../recalls/recall-stale.job.ts'
import { followAs } from '../register-moves/testing.ts'
import { aMark, insertMarks } from './testing.ts'

const today = '2027-01-15'
let now = new Date(`${today}T11:00:00Z`)
const line = { regionId: places.aquitaine, departementId: places.gironde, epciId: places.graves, clpeId: places.coeur }
let house: House
let ines: Person // pilots, without the card
let karim: Person // advises in a member, without the card
let claire: Person // advises, with the card

before(async () => {
  house = await openHouse(actions, { clock: () => now })
  await layTerritories(house.owner)
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: places.gironde }])
  karim = await house.person(mission.id, [{ profile: 'conseiller', territoryId: places.gironde }])
  claire = await house.person(mission.id, [
    { profile: 'conseiller', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  await insertEstablishments(
    house.owner,
    Array.from({ length: 30 }, (_, i) => ({ siret: siretOf(i + 1), naf: i < 6 ? '10.71C' : '43.32A' })),
  )
})
after(() => house.close())

const mark = (siret: number, over: Partial<Parameters<typeof aMark>[0]> = {}) =>
  insertMarks(house.owner, [
    aMark({ siret, organisationId: claire.organisationId, authorId: claire.id, ...line, ...over }),
  ])
const text = (n: number) => siretText(siretOf(n))
const campaign = async (status: 'draft' | 'open', sirets: readonly number[] = []) => {
  const place = { ...line, epciId: null, clpeId: null }
  const memberIds = [karim.organisationId]
  const seed = aCampaign({ pilotId: ines.organisationId, memberIds, territoryId: places.gironde, place, status })
  return (await insertCampaign(house.owner, seed, ines.id, sirets)).id
}
const targetsOf = async (id: string) =>
  (
    await house.owner.query('select siret::text from campaign_targets where campaign_id = $1 order by 1', [id])
  ).rows.map(row => row.siret)

test('EST-10: criteria, a list of SIRETs and a copy leave them out, counted apart; lifted or over, they are added', async () => {
  await mark(siretOf(1))
  await mark(siretOf(2), { endedAt: '2026-11-01T08:00:00Z' })
  await mark(siretOf(3), { until: '2027-01-14' })
  const id = await campaign('draft')
  const bakers = { criteria: { activities: ['10.71C'] } }
  const seen = (await house.call(ines, 'POST', `/campaigns/${id}/targets/preview`, bakers)).body
  assert.deepEqual([seen.count, seen.outcomes.counts.added, seen.outcomes.counts['do-not-contact']], [5, 5, 1])
  const added = (await house.call(ines, 'POST', `/campaigns/${id}/targets`, bakers)).body
  assert.deepEqual([added.outcomes.counts.added, added.outcomes.counts['do-not-contact']], [5, 1])
  const pasted = (await house.call(ines, 'POST', `/campaigns/${id}/targets`, { sirets: [text(1), text(7)] })).body
  assert.deepEqual(pasted.outcomes.lines, [{ line: 1, text: text(1), outcome: 'do-not-contact' }])
  assert.deepEqual(await targetsOf(id), [2, 3, 4, 5, 6, 7].map(text))
  await mark(siretOf(7))
  const copied = await house.call(ines, 'POST', `/campaigns/${id}/duplicate`, {
    name: 'Copie',
    startsOn: '2027-03-01',
    endsOn: '2027-04-01',
    withTargets: true,
  })
  assert.equal(copied.status, 200, JSON.stringify(copied.body))
  assert.deepEqual(await targetsOf(copied.body.id), [2, 3, 4, 5, 6].map(text))
})

test('EST-10: « Je m’en occupe » asks first; confirmed, it is taken and the trail says so', async () => {
  const id = await campaign('open', [siretOf(10)])
  await mark(siretOf(10))
  const take = (query = '') => house.call(karim, 'POST', `/campaigns/${id}/targets/${text(10)}/take${query}`)
  const asked = await take()
  assert.deepEqual([asked.status, asked.body.code], [409, 'target/do-not-contact'])
  const taken = await take('?despite=true')
  assert.deepEqual([taken.status, taken.body.takenBy.id], [200, karim.id])
  assert.equal((await take()).status, 200, 'what one holds already is not asked again')
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'target.taken' and e.subject_id = $1 order by e.at, e.id limit 1`,
    [`${id}/${text(10)}`],
  )
  assert.equal(rows[0].detail.notToContactUntil, '2027-12-31')
})

test('EST-10: sharing out leaves them where they are and counts them; marked since the simulation, they are left too', async () => {
  const sirets = [11, 12, 13, 14].map(siretOf)
  const id = await campaign('open', sirets)
  await mark(siretOf(11))
  const how = { kind: 'main', to: { organisationId: karim.organisationId } }
  const simulated = (await house.call(ines, 'POST', `/campaigns/${id}/sharings`, { which: { filter: {} }, how })).body
  assert.deepEqual([simulated.chosen, simulated.planned, simulated.notToContact], [3, 3, 1])
  await mark(siretOf(12))
  const done = (await house.call(ines, 'POST', `/campaigns/${id}/sharings/${simulated.id}/confirm`, {}, once())).body
  const { body: work } = await house.call(ines, 'GET', `/bulk-works/${done.id}`)
  assert.deepEqual(
    work.leftItems.map((one: any) => [one.establishment.siret, one.because]),
    [[text(12), 'not-to-contact']],
  )
  const { rows } = await house.owner.query(
    'select siret::text from campaign_targets where campaign_id = $1 and assigned_organisation is not null order by 1',
    [id],
  )
  assert.deepEqual(
    rows.map(row => row.siret),
    [13, 14].map(text),
  )
})

const aside = async (id: string, ...sirets: readonly number[]) => {
  for (const siret of sirets)
    await house.owner.query(
      `update campaign_targets set status = 'ecarte', set_aside_reason = 'Fermé l’été' where campaign_id = $1 and siret = $2`,
      [id, siret],
    )
  await house.owner.query(`delete from campaign_holds where campaign_id = $1 and siret = any ($2)`, [id, sirets])
}
const statuses = async (id: string) =>
  (await house.owner.query('select status from campaign_targets where campaign_id = $1 order by siret', [id])).rows.map(
    row => row.status,
  )

test('EST-10: putting back one that was set aside asks first; confirmed, it is a target again and the trail says so', async () => {
  const id = await campaign('open', [siretOf(24)])
  await aside(id, siretOf(24))
  await mark(siretOf(24))
  const back = (body = {}) => house.call(ines, 'POST', `/campaigns/${id}/targets/${text(24)}/put-back`, body)
  const asked = await back()
  assert.deepEqual([asked.status, asked.body.code, await statuses(id)], [409, 'target/do-not-contact', ['ecarte']])
  const done = await back({ despite: true })
  assert.deepEqual([done.status, done.body.status], [200, 'a-contacter'])
  assert.deepEqual((await back()).body.code, 'target/not-set-aside', 'what is back already is told so, marked or not')
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'target.put-back' and e.subject_id = $1`,
    [`${id}/${text(24)}`],
  )
  assert.deepEqual(
    rows.map(row => row.detail.notToContactUntil),
    ['2027-12-31'],
  )
})

test('EST-10, CAM-9: put back in number, those marked stay aside and are counted, marked meanwhile too; undoing gives back what was', async () => {
  const sirets = [25, 26, 27].map(siretOf)
  const id = await campaign('open', sirets)
  await aside(id, ...sirets)
  await mark(siretOf(25))
  const act = { kind: 'put-back' }
  const counting = { which: { filter: { status: 'ecarte' } }, act }
  const counted = (await house.call(ines, 'POST', `/campaigns/${id}/bulk-works`, counting)).body
  assert.deepEqual([counted.chosen, counted.planned, counted.left], [3, 2, [{ because: 'not-to-contact', count: 1 }]])
  await mark(siretOf(26))
  const done = (await house.call(ines, 'POST', `/bulk-works/${counted.id}/confirm`, {}, once())).body
  assert.deepEqual([done.counts.done, done.counts.left], [1, 2])
  assert.deepEqual(await statuses(id), ['ecarte', 'ecarte', 'a-contacter'])
  const { left } = (await house.call(ines, 'GET', `/bulk-works/${counted.id}`)).body
  assert.deepEqual(left, [{ because: 'not-to-contact', count: 2 }])

  const aways = { which: { sirets: [text(27)] }, act: { kind: 'set-aside', reason: 'Erreur' } }
  const away = (await house.call(ines, 'POST', `/campaigns/${id}/bulk-works`, aways)).body
  await house.call(ines, 'POST', `/bulk-works/${away.id}/confirm`, {}, once())
  await mark(siretOf(27))
  const undone = (await house.call(ines, 'POST', `/bulk-works/${away.id}/undo`, {}, once())).body
  assert.deepEqual([undone.counts.undone, (await statuses(id)).at(-1)], [1, 'a-contacter'])
})

test('EST-10: nobody is urged to call them: a target left idle is not recalled while the mark stands', async () => {
  const sirets = [15, 16].map(siretOf)
  const id = await campaign('open', sirets)
  await house.owner.query(`update campaigns set starts_on = '2026-11-01', ends_on = '2027-06-30' where id = $1`, [id])
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = '2026-11-01T09:00:00Z',
      status = 'prise-en-charge' where campaign_id = $1`,
    [id, karim.id, karim.organisationId],
  )
  await mark(siretOf(15))
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  try {
    const delays = { ownerDays: 15, leadDays: 22, pilotDays: 29 }
    await within(worker)(work =>
      recallStale({ ...work, now: new Date(`${today}T04:20:00Z`) }, { targets: delays, needs: delays }),
    )
  } finally {
    await worker.end()
  }
  const { rows } = await house.owner.query('select siret::text from target_recalls where campaign_id = $1', [id])
  assert.deepEqual([...new Set(rows.map(row => row.siret))], [text(16)])
})

test('EST-10, EST-11: an exchange that took place all the same is recorded, and says so; one made before the mark does not', async () => {
  const record = (n: number, occurredOn = today) =>
    house.call(
      claire,
      'POST',
      '/exchanges',
      { siret: text(n), occurredOn, channel: 'telephone', result: 'refus' },
      once(),
    )
  assert.equal((await record(17)).body.despiteMark, undefined)
  await mark(siretOf(17), { startsOn: '2026-10-01', markedAt: `${today}T11:30:00Z` })
  now = new Date(`${today}T12:00:00Z`)
  const despite = await record(17)
  assert.deepEqual([despite.status, despite.body.despiteMark], [200, true])
  assert.equal((await record(17, '2026-09-30')).body.despiteMark, undefined, 'it took place before the mark')
  const history = (await house.call(claire, 'GET', `/exchanges?siret=${text(17)}`)).body.items
  assert.deepEqual(history.map((one: any) => one.despiteMark ?? false).filter(Boolean), [true])
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'exchange.recorded' and e.subject_id = $1`,
    [despite.body.id],
  )
  assert.equal(rows[0].detail.despiteMark, true)
})

test('EST-10: a round says it first among its cautions', async () => {
  await mark(siretOf(18))
  const { items } = (await house.call(claire, 'GET', `/rounds/stops?sirets=${text(18)},${text(19)}`)).body
  assert.deepEqual(
    items.map((stop: any) => stop.cautions),
    [['do-not-contact'], []],
  )
})

test('EST-10, CAM-14: a move carries the mark to the new SIRET, and brings it back; where another stands, it stays', async () => {
  const [old, next, busy] = [siretOf(20), siretOf(21), siretOf(22)]
  await mark(old)
  await mark(busy)
  await mark(siretOf(23))
  const close = (siret: number, successor: number) =>
    house.owner.query(
      `with gone as (update establishments set active = false, closed_on = '2026-11-12' where siret = $1)
      insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`,
      [siret, successor],
    )
  const marked = async (...sirets: number[]) =>
    (
      await house.owner.query('select siret::text from do_not_contact_marks where siret = any ($1) order by siret', [
        sirets,
      ])
    ).rows.map(row => Number(row.siret))
  await close(old, next)
  await close(busy, siretOf(23))
  await followAs(house.urls.workerUrl)
  assert.deepEqual(await marked(old, next), [next])
  assert.deepEqual(await marked(busy, siretOf(23)), [busy, siretOf(23)])
  const { body } = await house.call(claire, 'GET', `/establishments/${siretText(next)}/do-not-contact`)
  assert.equal(body.current.until, '2027-12-31')
  await house.owner.query('update establishments set active = true, closed_on = null where siret = $1', [old])
  await house.owner.query('delete from establishment_successions where predecessor = $1', [old])
  await followAs(house.urls.workerUrl)
  assert.deepEqual(await marked(old, next), [old])
})
