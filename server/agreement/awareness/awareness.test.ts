import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { addDays } from '../../platform/time.ts'
import { actions as identity } from '../../signing-in/identity/index.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { aViewer } from '../../testing/viewer.ts'
import { campaigns } from '../../work-with-employers/campaigns/index.ts'
import { castOf, emptied, today, trail, works } from '../texts/testing.ts'
import { tools } from '../tools/index.ts'
import { mayRecordAwareness } from './awareness.policy.ts'
import { awareness } from './index.ts'
import { remindAwareness } from './remind-awareness.job.ts'

let house: House
let mailbox: Mailbox
let partner: string
let admin: Person
let claire: Person
let rgc: Person
before(async () => {
  house = await openHouse([...awareness, ...tools, ...campaigns, ...identity])
  mailbox = await openMailbox()
  ;({ partner, admin, claire, rgc } = await castOf(house))
})
after(async () => {
  await mailbox.close()
  await house.close()
})
afterEach(() => emptied(house, 'awareness_records', 'awareness_policies', 'equipment_validations', 'mails'))

const record = (who: Person, accountId: string, over: object = {}) =>
  house.call(
    who,
    'POST',
    '/awareness-records',
    { accountId, doneOn: today(), modality: 'reunion', title: 'Sensibilisation annuelle', minutes: 45, ...over },
    once(),
  )

test('SEC-4: an awareness is recorded by another than the person: account manager or training lead for their structure, security officer for all', async () => {
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

test('SEC-4, ACC-7, POR-5: an awareness past due warns, and cuts once the operator has decided so', async () => {
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
  const late = (await house.call(admin, 'GET', '/awareness?late=true&limit=1&total=true')).body
  assert.deepEqual([late.total, late.items.length], [1, 1], 'how many it concerns, whatever the page')
  assert.equal((await house.call(admin, 'GET', '/awareness?late=true')).body.total, undefined, 'counted when asked')
  const lead = await house.person(partner)
  await giveRole(house.owner, lead, 'responsable-formation')
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'responsable-formation')
  for (const [who, due] of [
    [rgc, 1],
    [lead, 1],
    [stranger, 0],
  ] as const) {
    const { items } = (await house.call(who, 'GET', '/awareness?late=true')).body
    const counted = (await house.call(who, 'GET', '/awareness?late=true&limit=1&total=true')).body
    assert.deepEqual([counted.total, items.length], [due, due], 'the count is that of the list, of one’s structure')
  }
  assert.equal((await house.call(claire, 'GET', '/awareness?late=true')).body.code, 'awareness/readers-only')
  assert.equal((await house.call(admin, 'POST', '/awareness-policies', { cuts: true }, once())).status, 200)
  assert.equal(await works(house, claire), 'access/awareness-due')
  const { missing } = (await house.call(claire, 'GET', '/me')).body
  const said = missing.find((m: any) => m.code === 'grant/awareness').whoActs
  for (const [role, words] of [
    ['responsable-formation', 'Le responsable de la formation'],
    ['rgc', 'le RGC de votre structure'],
    ['cssi', 'le correspondant sécurité de l’opérateur (CSSI)'],
  ] as const) {
    assert.equal(mayRecordAwareness(aViewer({ roles: [{ role, regionId: null }] })), true)
    assert.ok(said.includes(words), `${said} names each role that may record one`)
  }
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

test('SEC-4: reminded by mail a month before, then once it is past due; once each for one date, the account manager without a grant too, and nobody without an access', async () => {
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const remind = () => within(worker)(remindAwareness)
  await house.owner.query('update accounts set created_at = now()')
  const without = await house.person(partner, [])
  assert.equal(await remind(), 0)
  await house.owner.query(
    `update accounts set created_at = now() - interval '1 year' + interval '20 days' where id = any ($1)`,
    [[claire.id, rgc.id, without.id]],
  )
  assert.equal(await remind(), 2, 'who holds a grant, who holds a role')
  assert.equal(await remind(), 0)
  const told = await deliverMails(house, mailbox)
  assert.equal(told.length, 2)
  for (const mail of told) {
    assert.match(mail.subject, /à renouveler/)
    assert.match(mail.text, /avant le \d{1,2}(er)? \S+ \d{4}/)
  }
  await house.owner.query(`update accounts set created_at = now() - interval '1 year 2 days' where id = $1`, [
    claire.id,
  ])
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  assert.deepEqual((await Promise.all([remind(), within(other)(remindAwareness)])).sort(), [0, 1], 'at once: told once')
  await other.end()
  const [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /dépassée/)
  await worker.end()
  await house.owner.query('update accounts set created_at = now()')
})

test('SEC-4: who came a month ago and was never made aware is told of a first one, once; who was made aware is not', async () => {
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const remind = () => within(worker)(remindAwareness)
  const came = (days: number) =>
    house.owner.query('update accounts set created_at = now() - make_interval(days => $2) where id = $1', [
      claire.id,
      days,
    ])
  await came(28)
  assert.equal(await remind(), 0)
  await came(31)
  assert.equal(await remind(), 1)
  assert.equal(await remind(), 0)
  const [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /première sensibilisation/)
  assert.match(mail!.text, /La première est à suivre avant le \d{1,2}(er)? \S+ \d{4}/)
  await house.owner.query('delete from mails')
  await record(rgc, claire.id)
  assert.equal(await remind(), 0)
  await worker.end()
  await house.owner.query('update accounts set created_at = now()')
})

const meeting = (who: Person, accountIds: readonly string[], over: object = {}) =>
  house.call(
    who,
    'POST',
    '/awareness-records/meeting',
    { accountIds, doneOn: today(), modality: 'reunion', title: 'Réunion de rentrée', minutes: 60, ...over },
    once(),
  )
test('SEC-4: a meeting of three hundred is noted at once: recognised by their addresses within the structure, each with a record and a line in the trail', async () => {
  const people = await Promise.all(Array.from({ length: 300 }, () => house.person(partner, [])))
  const elsewhere = await house.person(admin.organisationId)
  const addressOf = new Map<string, string>(
    (await house.owner.query('select account_id as id, email from account_contacts')).rows.map(r => [r.id, r.email]),
  )
  const addresses = [...people, rgc, elsewhere].map(({ id }) => addressOf.get(id)!.toUpperCase())
  const asked = await house.call(rgc, 'POST', '/awareness-records/people', {
    addresses: [...addresses, 'inconnue@clairval.example', addresses[0]],
  })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  assert.deepEqual(
    [asked.body.people.length, asked.body.unknown, asked.body.myself],
    [300, [addresses.at(-1), 'inconnue@clairval.example'], true],
    'another structure’s address is unknown here',
  )
  const before = (await trail(house, 'awareness.recorded')).length
  const noted = await meeting(
    rgc,
    asked.body.people.map((p: any) => p.id),
  )
  assert.deepEqual([noted.status, noted.body], [200, { recorded: 300 }])
  const kept = await house.owner.query(
    `select count(distinct account_id)::int as people, count(*)::int as records from awareness_records
      where title = 'Réunion de rentrée' and recorded_by = $1 and organisation_id = $2`,
    [rgc.id, partner],
  )
  assert.deepEqual(kept.rows, [{ people: 300, records: 300 }])
  assert.equal((await trail(house, 'awareness.recorded')).length, before + 300)
  const never = (await house.call(rgc, 'GET', '/awareness?never=true&limit=200')).body
  assert.ok(!never.items.some((line: any) => people.some(({ id }) => id === line.person.id)))
  assert.ok(never.items.every((line: any) => line.lastOn === null))
})

test('SEC-4: a meeting is noted whole or not at all: refused to others, of oneself, of another structure, of someone deleted or unknown, in the future; malformed', async () => {
  const [one, gone] = [await house.person(partner, []), await house.person(partner, [])]
  await house.owner.query("update accounts set status = 'deleted' where id = $1", [gone.id])
  for (const [who, ids, over, code] of [
    [claire, [one.id], {}, 'awareness/recorders-only'],
    [rgc, [one.id, rgc.id], {}, 'awareness/by-another'],
    [rgc, [one.id, admin.id], {}, 'awareness/recorders-only'],
    [rgc, [one.id, gone.id], {}, 'account/unknown'],
    [rgc, [one.id, uuidv7()], {}, 'account/unknown'],
    [rgc, [one.id], { doneOn: addDays(today(), 1) }, 'awareness/in-future'],
  ] as const)
    assert.equal((await meeting(who, ids, over)).body.code, code)
  for (const ids of [[], [one.id, one.id], ['x'], Array.from({ length: 501 }, () => uuidv7())])
    assert.equal((await meeting(rgc, ids)).status, 400)
  assert.equal((await house.owner.query('select from awareness_records')).rowCount, 0)
  const asking = (who: Person, addresses: readonly string[]) =>
    house.call(who, 'POST', '/awareness-records/people', { addresses })
  assert.equal((await asking(claire, ['a@b.example'])).body.code, 'awareness/recorders-only')
  for (const wrong of [[], ['pas une adresse']]) assert.equal((await asking(rgc, wrong)).status, 400)
})

test('SEC-7, POR-5: the structure’s dated validation of its hardware, network and second factors, by those who answer for them', async () => {
  const validate = (who: Person, over: object = {}) =>
    house.call(
      who,
      'POST',
      '/equipment-validations',
      { parts: ['materiel', 'reseau'], validatedOn: today(), note: 'Parc vérifié', ...over },
      once(),
    )
  assert.equal((await validate(claire)).body.code, 'equipment/recorders-only')
  const lacks = async (who: Person) => {
    const { lacking, allowed } = (await house.call(who, 'GET', '/equipment-validations')).body
    return [lacking, allowed]
  }
  const parts = ['materiel', 'reseau', 'second-facteur']
  assert.deepEqual(
    [await lacks(rgc), await lacks(claire)],
    [
      [parts, ['record']],
      [parts, []],
    ],
  )
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
