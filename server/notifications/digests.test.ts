import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../platform/job.ts'
import type { House, Person } from '../testing/house.ts'
import { processStarter } from '../testing/processes.ts'
import { sendDigests, tellDigest } from './send-digests.job.ts'
import { type NotificationWorld, openWorld } from './testing.ts'
import { deliverMails, testUnsubscribes } from './testing-smtp.ts'

let world: NotificationWorld
let house: House
const person = () => house.person(world.own.id)
before(async () => {
  world = await openWorld()
  ;({ house } = world)
})
after(() => world.close())

const tuesdayAtSix = '2027-01-12T05:05:00Z'
const wednesdayAtSix = '2027-01-13T05:05:00Z'
const nextMondayAtSix = '2027-01-18T05:05:00Z'

test('CAM-11: the digest of the morning, read from the mail server: one mail, each thing once, a way to stop it; the next morning, nothing', async () => {
  const who = await person()
  for (let n = 0; n < 3; n++) await world.tell(who, 'need-answered')
  await world.tell(who, 'task-force-taken-over', { subject: 'Une task force change de pilote' })
  assert.equal(await world.digest(who, tuesdayAtSix), true)
  const [mail, ...more] = await deliverMails(house, world.mailbox)
  assert.equal(more.length, 0)
  assert.equal(mail!.subject, 'Votre résumé : 4 notifications')
  assert.match(mail!.text, /- Votre besoin est pris en charge \(3 fois\)/)
  assert.match(mail!.text, /- Une task force change de pilote\n/)
  assert.match(mail!.text, /http:\/\/localhost\/mes-notifications\n/)
  assert.match(
    mail!.text,
    /Pour choisir comment vous recevez ces messages : http:\/\/localhost\/mes-notifications\/reglages/,
  )
  assert.match(
    mail!.headers['list-unsubscribe']!,
    /^<http:\/\/localhost\/desabonnement\/digest\/[\w-]{36}\/[\w-]{43}>$/,
  )
  assert.equal(mail!.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')
  assert.equal(await world.digest(who, tuesdayAtSix), false, 'run again the same morning')
  assert.equal(await world.digest(who, wednesdayAtSix), false, 'nothing new, no mail')
  assert.equal((await world.list(who)).items.length, 4, 'the digest is no notification of its own')
})

test('CAM-11: what was read meanwhile is not told again; what came after six waits for the next morning', async () => {
  const who = await person()
  await world.tell(who, 'need-answered', { subject: 'Lue' })
  await world.tell(who, 'need-answered', { subject: 'Restée' })
  await world.tell(who, 'need-answered', { subject: 'Du mardi' }, new Date('2027-01-12T05:01:00Z'))
  const read = (await world.list(who)).items.find(({ subject }: any) => subject === 'Lue')
  await house.call(who, 'POST', '/notifications/marks', { ids: [read.id], read: true })
  await world.digest(who, tuesdayAtSix)
  await world.digest(who, wednesdayAtSix)
  const told = (await world.mails(who)).map(({ body }) => body.match(/^- .*$/gm))
  assert.deepEqual(told, [['- Restée'], ['- Du mardi']])
})

test('CAM-11: by the week, on Monday; in the application alone, never; at once, not again in the digest', async () => {
  const who = await person()
  await world.choose(who, ['need-answered', 'weekly'], ['action-answered', 'bell'], ['register-moves', 'now'])
  await world.tell(who, 'need-answered', { subject: 'De la semaine' })
  await world.tell(who, 'action-answered', { subject: 'Dans l’outil' })
  await world.tell(who, 'register-moves', { subject: 'Tout de suite' })
  await world.tell(who, 'stale-targets', { subject: 'Du matin' })
  await world.digest(who, tuesdayAtSix)
  await world.digest(who, wednesdayAtSix)
  await world.digest(who, nextMondayAtSix)
  const told = (await world.mails(who)).map(({ kind, body }) => (kind === 'digest' ? body.match(/^- .*$/gm) : kind))
  assert.deepEqual(told, ['register-moves', ['- Du matin'], ['- De la semaine']])
})

test('CAM-11: what one wants no more by mail leaves the digest that was waiting, and stays on the page', async () => {
  const who = await person()
  await world.tell(who, 'need-answered')
  await world.choose(who, ['need-answered', 'bell'])
  assert.equal(await world.digest(who, tuesdayAtSix), false)
  assert.equal((await world.list(who)).items.length, 1)
})

for (const [what, so, back] of [
  [
    'away',
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      select gen_random_uuid(), id, organisation_id, '2027-01-01', '2027-01-12', id, now() from accounts where id = $1`,
    `delete from absences where account_id = $1`,
  ],
  [
    'suspended',
    `update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`,
    `update accounts set status = 'active', status_reason = null where id = $1`,
  ],
] as const)
  test(`CAM-11: who is ${what} is told on their return`, async () => {
    const who = await person()
    await world.tell(who, 'need-answered')
    await house.owner.query(so, [who.id])
    assert.equal(await world.digest(who, tuesdayAtSix), false)
    await house.owner.query(back, [who.id])
    assert.equal(await world.digest(who, wednesdayAtSix), true)
  })

test('CAM-11: what is told at once writes no mail to who is away: the digest of their return tells it; what is imposed still leaves', async () => {
  const who = await person()
  await house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      select gen_random_uuid(), id, organisation_id, '2027-01-11', '2027-01-12', id, now() from accounts where id = $1`,
    [who.id],
  )
  await world.tell(who, 'targets-given', { subject: 'Des cibles vous sont confiées' })
  await world.tell(who, 'grant-given', { subject: 'Imposée' })
  assert.deepEqual(
    (await world.mails(who)).map(({ kind }) => kind),
    ['grant-given'],
  )
  assert.equal((await world.list(who)).items.length, 2)
  assert.equal(await world.digest(who, tuesdayAtSix), false, 'still away')
  assert.equal(await world.digest(who, wednesdayAtSix), true)
  await world.tell(who, 'targets-given', {}, new Date('2027-01-13T08:00:00Z'))
  assert.deepEqual(
    (await world.mails(who)).map(({ kind }) => kind),
    ['grant-given', 'digest', 'targets-given'],
  )
})

const many = 60
const crowd = async () => {
  await house.owner.query('delete from notifications')
  await house.owner.query('delete from mails')
  const people: Person[] = []
  for (let n = 0; n < many; n++) people.push(await person())
  await house.owner.query(
    `insert into notifications (id, account_id, kind, subject, delivery, at)
      select gen_random_uuid(), a, 'need-answered', 'Un fait', 'morning', now() - interval '10 days'
        from unnest($1::uuid[]) a, generate_series(1, 3)`,
    [people.map(({ id }) => id)],
  )
  return people
}
/** How many digests each has, and how many of their notifications were told. */
const counts = async (people: readonly Person[]) =>
  (
    await house.owner.query<{ mails: number; told: number }>(
      `select (select count(*)::int from mails m where m.to_account_id = a and m.kind = 'digest') as mails,
        (select count(told_at)::int from notifications n where n.account_id = a) as told from unnest($1::uuid[]) a`,
      [people.map(({ id }) => id)],
    )
  ).rows.map(({ mails, told }) => `${mails} ${told}`)
const run = (client: pg.ClientBase) => sendDigests({ within: within(client), signal: undefined })

test('CAM-11: of two workers at once, each person is written to once', async () => {
  const people = await crowd()
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  try {
    const [one, two] = await Promise.all([run(world.worker), run(other)])
    assert.equal(one + two, many)
  } finally {
    await other.end()
  }
  assert.deepEqual(new Set(await counts(people)), new Set(['1 3']))
})

test('CAM-11: what fails before it is settled is as if it had not begun', async () => {
  const people = await crowd()
  await assert.rejects(
    within(world.worker)(async work => {
      assert.equal(await tellDigest(people[0]!.id)(work), true)
      throw new Error('killed')
    }),
  )
  assert.equal(await run(world.worker), many)
  assert.deepEqual(new Set(await counts(people)), new Set(['1 3']))
})

test('CAM-11: killed in the middle, the worker writes to nobody twice and forgets nobody', async () => {
  const people = await crowd()
  const starter = processStarter(house.urls)
  const ask = () => house.owner.query(`select graphile_worker.add_job('send-digests')`)
  const until = async (so: (mails: number) => boolean) => {
    for (let tries = 0; tries < 6000; tries++) {
      if (so((await counts(people)).filter(one => one === '1 3').length)) return
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    assert.fail('the digests do not come')
  }
  try {
    const killed = await starter.begin('server/worker.ts')
    await ask()
    await until(done => done > 2)
    killed.child.kill('SIGKILL')
    await killed.ended
    const next = await starter.begin('server/worker.ts')
    await ask()
    await until(done => done >= many)
    next.child.kill('SIGTERM')
    await next.ended
  } finally {
    starter.killAll()
  }
  assert.deepEqual(new Set(await counts(people)), new Set(['1 3']))
})

const press = (address: string, over: { body?: string; type?: string } = {}) =>
  house.server.inject({
    method: 'POST',
    url: new URL(address).pathname,
    headers: { 'content-type': over.type ?? 'application/x-www-form-urlencoded' },
    payload: over.body ?? 'List-Unsubscribe=One-Click',
  })
const addressIn = (text: string) => /http:\/\/localhost\/desabonnement\/\S+/.exec(text)![0]
const chosen = async (who: Person) =>
  Object.fromEntries(
    (
      await house.owner.query('select kind, delivery from notification_choices where account_id = $1 order by 1', [
        who.id,
      ])
    ).rows.map(({ kind, delivery }) => [kind, delivery]),
  )

test('CAM-11: one press in the mail program stops its kind, without a session; looked at, nothing; pressed twice, once in the trail', async () => {
  await house.owner.query('delete from mails')
  const who = await person()
  await world.tell(who, 'need-proposed')
  const [mail] = await deliverMails(house, world.mailbox)
  const address = addressIn(mail!.text)
  assert.equal(mail!.headers['list-unsubscribe'], `<${address}>`)
  await house.server.inject({ method: 'GET', url: new URL(address).pathname })
  for (const [over, status] of [
    [{ body: '' }, 400],
    [{ body: 'List-Unsubscribe=autre' }, 400],
    [{ body: '{}', type: 'application/json' }, 400],
    [{ body: 'List-Unsubscribe=One-Click', type: 'text/plain' }, 415],
    [{ body: `List-Unsubscribe=One-Click&${'x'.repeat(2000)}` }, 413],
  ] as const)
    assert.equal((await press(address, over)).statusCode, status, JSON.stringify(over).slice(0, 80))
  assert.deepEqual(await chosen(who), {}, 'nothing has effect but the press')

  const parted = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
  assert.equal((await press(address)).statusCode, 200)
  assert.equal((await press(address, { body: parted, type: 'multipart/form-data; boundary=b' })).statusCode, 200)
  assert.deepEqual(await chosen(who), { 'need-proposed': 'bell' })
  const { rows } = await house.owner.query(
    `select e.actor_id, e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'notification.unsubscribed' and e.subject_id = $1`,
    [who.id],
  )
  assert.deepEqual(rows, [{ actor_id: null, subject_id: who.id, detail: { kinds: ['need-proposed'] } }])
  await world.tell(who, 'need-proposed')
  assert.equal((await world.mails(who)).length, 1)
  assert.equal((await world.list(who)).items.length, 2)
})

test('CAM-11: pressed on a digest, all that digests told stays in the application; what is told at once is not touched', async () => {
  await house.owner.query('delete from mails')
  const who = await person()
  await world.choose(who, ['need-proposed', 'weekly'], ['need-answered', 'now'])
  await world.tell(who, 'stale-targets')
  await world.digest(who, tuesdayAtSix)
  const [mail] = await deliverMails(house, world.mailbox)
  assert.equal((await press(addressIn(mail!.text))).statusCode, 200)
  assert.deepEqual(await chosen(who), {
    'action-answered': 'bell',
    'actions-due': 'bell',
    'campaign-opened': 'bell',
    'need-answered': 'now',
    'need-overtaken': 'bell',
    'need-proposed': 'bell',
    'register-moves': 'bell',
    'stale-needs': 'bell',
    'stale-targets': 'bell',
    'targets-taken-back': 'bell',
    'task-force-taken-over': 'bell',
  })
})

test('CAM-11: an address that we did not sign, or of another mail or kind, answers as one that never was; an imposed mail has none', async () => {
  await house.owner.query('delete from mails')
  const [who, other] = [await person(), await person()]
  const mine = await world.tell(who, 'need-proposed')
  const theirs = await world.tell(other, 'need-proposed')
  await world.tell(who, 'second-factor-removed')
  await world.tell(who, 'need-proposed', { to: { address: 'x@partenaire.example' } })
  const mails = await deliverMails(house, world.mailbox)
  const [, , imposed, outside] = mails
  assert.equal(imposed!.headers['list-unsubscribe'], undefined)
  assert.doesNotMatch(imposed!.text, /desabonnement|reglages/)
  assert.equal(outside!.headers['list-unsubscribe'], undefined, 'who has no account has nothing to choose')
  const address = addressIn(mails[0]!.text)
  for (const changed of [
    address.replace(mine, theirs),
    address.replace('need-proposed', 'view-news'),
    address.slice(0, -2),
    `${address}A`,
    testUnsubscribes().of({ kind: 'need-proposed', mailId: crypto.randomUUID() })!,
    testUnsubscribes().of({ kind: 'view-news', mailId: mine })!,
  ])
    assert.equal((await press(changed)).statusCode, 404, changed)
  assert.equal(testUnsubscribes().of({ kind: 'second-factor-removed', mailId: mine }), undefined)
  assert.deepEqual([await chosen(who), await chosen(other)], [{}, {}])
  await house.owner.query(`update accounts set status = 'deleted' where id = $1`, [who.id])
  assert.equal((await press(address)).statusCode, 404, 'nobody is there any more')
})
