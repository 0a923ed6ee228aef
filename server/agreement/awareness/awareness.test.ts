import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { addDays } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { castOf, emptied, today, trail, works } from '../texts/testing.ts'
import { tools } from '../tools/index.ts'
import { awareness } from './index.ts'
import { remindAwareness } from './remind-awareness.job.ts'

let house: House
let mailbox: Mailbox
let partner: string
let admin: Person
let claire: Person
let rgc: Person
before(async () => {
  house = await openHouse([...awareness, ...tools, ...campaigns])
  mailbox = await openMailbox()
  ;({ partner, admin, claire, rgc } = await castOf(house))
})
after(async () => {
  await mailbox.close()
  await house.close()
})
afterEach(() => emptied(house, 'awareness_records', 'awareness_policies', 'equipment_validations', 'mails'))

test('SEC-4: an awareness is recorded by another than the person: account manager or training lead for their structure, security officer for all', async () => {
  const record = (who: Person, accountId: string, over: object = {}) =>
    house.call(
      who,
      'POST',
      '/awareness-records',
      { accountId, doneOn: today(), modality: 'reunion', title: 'Sensibilisation annuelle', minutes: 45, ...over },
      once(),
    )
  const { status, body } = await record(rgc, claire.id)
  assert.deepEqual(
    [status, body.lastOn, body.late, body.dueOn.slice(0, 4)],
    [200, today(), false, String(Number(today().slice(0, 4)) + 1)],
  )
  assert.equal((await record(claire, rgc.id)).body.code, 'awareness/recorders-only')
  assert.equal((await record(rgc, rgc.id)).body.code, 'awareness/by-another')
  assert.equal((await record(rgc, admin.id)).body.code, 'awareness/recorders-only', 'of another structure')
  assert.equal((await record(rgc, claire.id, { doneOn: addDays(today(), 1) })).body.code, 'awareness/in-future')
  assert.equal((await record(rgc, uuidv7())).body.code, 'account/unknown')
  assert.equal((await record(rgc, claire.id, { modality: 'ouï-dire' })).status, 400)
  const cssi = await house.person(admin.organisationId)
  await giveRole(house.owner, cssi, 'cssi')
  assert.equal((await record(cssi, claire.id)).status, 200)
  const lead = await house.person(partner)
  await giveRole(house.owner, lead, 'responsable-formation')
  assert.equal((await record(lead, rgc.id)).status, 200)

  const { body: list } = await house.call(rgc, 'GET', '/awareness?limit=1')
  assert.ok(list.items[0].organisation.id === partner && list.next)
  const all = []
  for (let after = ''; ; ) {
    const page = (await house.call(rgc, 'GET', `/awareness?limit=2${after && `&after=${after}`}`)).body
    all.push(...page.items)
    if (!page.next) break
    after = page.next
  }
  assert.equal(new Set(all.map(i => i.person.id)).size, all.length)
  assert.ok(all.every(i => i.organisation.id === partner))
  assert.equal((await house.call(claire, 'GET', '/awareness')).body.code, 'awareness/readers-only')
  assert.ok(
    (await house.call(cssi, 'GET', '/awareness?limit=200')).body.items.some((i: any) => i.organisation.id === partner),
  )
})

test('SEC-4, ACC-7: an awareness past due warns, and cuts once the operator has decided so', async () => {
  await house.owner.query(`update accounts set created_at = now() - interval '2 years' where id = $1`, [claire.id])
  assert.equal(await works(house, claire), 'open')
  const rights = async () => (await house.call(claire, 'GET', '/my-rights')).body.awareness
  assert.deepEqual(
    [(await rights()).lastOn, (await rights()).dueOn < today(), (await rights()).cuts],
    [null, true, false],
  )
  assert.equal(
    (await house.call(rgc, 'POST', '/awareness-policies', { cuts: true }, once())).body.code,
    'access/role-required',
  )
  assert.equal((await house.call(admin, 'POST', '/awareness-policies', { cuts: true }, once())).status, 200)
  assert.equal(await works(house, claire), 'access/awareness-due')
  await house.call(
    rgc,
    'POST',
    '/awareness-records',
    { accountId: claire.id, doneOn: today(), modality: 'academie', title: 'Module de sécurité' },
    once(),
  )
  assert.equal(await works(house, claire), 'open')
  await house.owner.query(`update accounts set created_at = now() where id = $1`, [claire.id])
})

test('SEC-4: reminded by mail a month before, then once it is past due; once each for one date, and no one without a grant', async () => {
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const remind = () => within(worker)(remindAwareness)
  await house.owner.query('update accounts set created_at = now()')
  assert.equal(await remind(), 0)
  await house.owner.query(
    `update accounts set created_at = now() - interval '1 year' + interval '20 days' where id = any ($1)`,
    [[claire.id, rgc.id]],
  )
  assert.equal(await remind(), 1, 'the account manager holds no grant')
  assert.equal(await remind(), 0)
  let [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /à renouveler/)
  assert.match(mail!.text, /avant le \d{1,2}(er)? \S+ \d{4}/)
  await house.owner.query(`update accounts set created_at = now() - interval '1 year 2 days' where id = $1`, [
    claire.id,
  ])
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  assert.deepEqual((await Promise.all([remind(), within(other)(remindAwareness)])).sort(), [0, 1], 'at once: told once')
  await other.end()
  ;[mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /dépassée/)
  await worker.end()
  await house.owner.query('update accounts set created_at = now()')
})

test('SEC-7: the structure’s dated validation of its hardware, network and second factors, by those who answer for them', async () => {
  const validate = (who: Person, over: object = {}) =>
    house.call(
      who,
      'POST',
      '/equipment-validations',
      { parts: ['materiel', 'reseau'], validatedOn: today(), note: 'Parc vérifié', ...over },
      once(),
    )
  assert.equal((await validate(claire)).body.code, 'equipment/recorders-only')
  assert.deepEqual((await house.call(rgc, 'GET', '/equipment-validations')).body.lacking, [
    'materiel',
    'reseau',
    'second-facteur',
  ])
  const { status, body } = await validate(rgc)
  assert.deepEqual([status, body.parts, body.by.id], [200, ['materiel', 'reseau'], rgc.id])
  const rssi = await house.person(partner)
  await giveRole(house.owner, rssi, 'rssi')
  assert.equal((await validate(rssi, { parts: ['second-facteur'], validatedOn: addDays(today(), -10) })).status, 200)
  assert.equal((await validate(rgc, { validatedOn: addDays(today(), 1) })).body.code, 'equipment/in-future')
  for (const over of [{ parts: [] }, { parts: ['ecran'] }, { parts: ['reseau', 'reseau'] }])
    assert.equal((await validate(rgc, over)).status, 400)
  const seen = (await house.call(claire, 'GET', '/equipment-validations')).body
  assert.deepEqual([seen.items.length, seen.lacking, seen.allowed], [2, [], []])
  const stranger = await house.person((await house.organisation()).id)
  assert.deepEqual((await house.call(stranger, 'GET', '/equipment-validations')).body.items, [])
  assert.equal((await house.call(admin, 'GET', '/equipment-validations')).body.items.length, 2)
  await house.owner.query(
    `insert into equipment_validations select gen_random_uuid(), case when n = 0 then $1::uuid
      else $3::uuid end, true, n = 0, n = 0, '2026-01-01'::date + n, '', $2, now() from generate_series(0, 250) n`,
    [admin.organisationId, admin.id, partner],
  )
  const whole = (await house.call(admin, 'GET', '/equipment-validations')).body
  assert.deepEqual(
    [whole.items.length, whole.lacking],
    [200, []],
    'one’s own structure, also past the bound of the list',
  )
  assert.equal((await trail(house, 'equipment.validated')).length, 2)
})
