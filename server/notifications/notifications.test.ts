import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deliveries, switchable, switchableKinds } from '../../contract/deliveries.ts'
import { mailKinds } from '../../contract/mails.ts'
import { uuidv7 } from '../platform/ids.ts'
import { within } from '../platform/job.ts'
import { tokenHash } from '../platform/session-cookie.ts'
import type { Person } from '../testing/house.ts'
import { countUnread, purgeNotifications } from './notifications.queries.ts'
import type { PersonKind } from './recipient-rules.ts'
import { type NotificationWorld, openWorld } from './testing.ts'

let world: NotificationWorld
const person = () => world.house.person(world.own.id)
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const unread = (who: Person) =>
  world.house.database.transaction(async tx => {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    return countUnread(tx)
  })

test('CAM-11: each kind that may be, in each way that a person may choose: a mail at once, or none, and always a notification', async () => {
  for (const delivery of deliveries) {
    const who = await person()
    const { status } = await world.choose(who, ...switchableKinds.map(kind => [kind, delivery] as const))
    assert.equal(status, 200)
    for (const kind of switchableKinds) await world.tell(who, kind)
    assert.deepEqual(
      (await world.mails(who)).map(({ kind }) => kind).toSorted(),
      delivery === 'now' ? switchableKinds.toSorted() : [],
      delivery,
    )
    const { items } = await world.list(who)
    assert.deepEqual(items.map((item: any) => item.kind).toSorted(), switchableKinds.toSorted())
    assert.match(items[0].text, /pris en charge un besoin/)
  }
})

test('CAM-11: who chose nothing is told in the usual way', async () => {
  const who = await person()
  for (const kind of switchableKinds) await world.tell(who, kind)
  assert.deepEqual(
    (await world.mails(who)).map(({ kind }) => kind).toSorted(),
    switchableKinds.filter(kind => switchable[kind].usual === 'now').toSorted(),
  )
  const { body } = await world.house.call(who, 'GET', '/notification-choices')
  assert.deepEqual(
    body.choices.map(({ kind, delivery }: any) => [kind, delivery]),
    switchableKinds.map(kind => [kind, switchable[kind].usual]),
  )
})

test('CAM-11: what the convention, deeds and security impose leaves at once, whatever was written in the database; its text, which may hold a code, is not kept', async () => {
  const who = await person()
  const imposed = (Object.keys(mailKinds) as (keyof typeof mailKinds)[]).filter(
    kind => !Object.hasOwn(switchable, kind) && kind !== 'digest',
  )
  assert.ok(imposed.length > 60)
  await world.house.owner.query(
    `insert into notification_choices (account_id, kind, delivery, chosen_at) select $1, k, 'bell', now() from unnest($2::text[]) k`,
    [who.id, imposed],
  )
  for (const kind of imposed) await world.tell(who, kind as PersonKind, { path: '/connexion/invitation#secret' })
  assert.deepEqual((await world.mails(who)).map(({ kind }) => kind).toSorted(), imposed.toSorted())
  const first = await world.list(who, '?limit=100')
  const items = [...first.items, ...(first.next ? (await world.list(who, `?limit=100&after=${first.next}`)).items : [])]
  assert.deepEqual(items.map(({ kind }: any) => kind).toSorted(), imposed.toSorted())
  assert.ok(items.every(({ text, path }: any) => text === null && path === null))
  for (const kind of ['rgc-deed-sent', 'digest', 'essai'])
    assert.equal((await world.choose(who, [kind, 'bell'])).status, 400, kind)
})

test('CAM-11: one choice a kind; the others stay as they are, and the trail says what changed', async () => {
  const who = await person()
  assert.equal(
    (await world.choose(who, ['need-proposed', 'bell'], ['need-proposed', 'now'])).body.code,
    'notification/kind-twice',
  )
  await world.choose(who, ['need-proposed', 'weekly'], ['view-news', 'now'])
  const { body } = await world.choose(who, ['need-answered', 'bell'])
  const chosen = Object.fromEntries(body.choices.map(({ kind, delivery }: any) => [kind, delivery]))
  assert.deepEqual(
    [chosen['need-proposed'], chosen['need-answered'], chosen['view-news'], body.choices.length],
    ['weekly', 'bell', 'now', switchableKinds.length],
  )
  const { rows } = await world.house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'notification.chosen' and e.actor_id = $1 order by e.at, e.id`,
    [who.id],
  )
  assert.deepEqual(rows.at(-1).detail, { changed: [{ kind: 'need-answered', delivery: 'bell' }] })
  assert.deepEqual(rows[0].detail, { changed: [{ kind: 'need-proposed', delivery: 'weekly' }] })
})

test('CAM-11: undone with its transaction, nothing was told; to an address without account, a mail and no notification', async () => {
  const who = await person()
  const { worker, house } = world
  await assert.rejects(
    within(worker)(async () => {
      await worker.query(
        `insert into mails (id, to_account_id, subject, body, why, kind, created_at) values ($1, $2, 'x', 'x', 'x', 'need-answered', now())`,
        [uuidv7(), who.id],
      )
      throw new Error('undone')
    }),
    /undone/,
  )
  assert.deepEqual((await world.list(who)).items, [])
  const count = async () => (await house.owner.query('select count(*)::int as n from notifications')).rows[0].n
  const before = await count()
  await world.tell(who, 'need-answered', { to: { address: 'x@partenaire.example' } })
  assert.equal(await count(), before)
})

test('CAM-11: the bell counts what is not read, up to a hundred; read one by one, unread again, all read up to what was on the screen', async () => {
  const who = await person()
  const other = await person()
  await world.tell(other, 'need-answered')
  for (let n = 0; n < 3; n++) await world.tell(who, 'need-answered', { subject: `Fait ${n}` })
  assert.equal(await unread(who), 3)
  const [latest, middle] = (await world.list(who)).items
  assert.equal(latest.subject, 'Fait 2')
  const marks = (ids: string[], read = true, by = who) =>
    world.house.call(by, 'POST', '/notifications/marks', { ids, read })
  assert.deepEqual((await marks([middle.id])).body, { marked: 1 })
  assert.deepEqual((await marks([middle.id])).body, { marked: 0 }, 'twice')
  assert.deepEqual((await marks([latest.id], true, other)).body, { marked: 0 }, 'another’s')
  assert.deepEqual(
    (await world.list(who, '?unread=true')).items.map((item: any) => item.subject),
    ['Fait 2', 'Fait 0'],
  )
  assert.equal((await marks([middle.id], false)).body.marked, 1)
  await world.tell(who, 'need-answered', { subject: 'Arrivé entre-temps' })
  assert.deepEqual((await world.house.call(who, 'POST', '/notifications/read-all', { upTo: latest.id })).body, {
    marked: 3,
  })
  assert.deepEqual(
    (await world.list(who, '?unread=true')).items.map((item: any) => item.subject),
    ['Arrivé entre-temps'],
  )
  await world.house.owner.query(
    `insert into notifications (id, account_id, kind, subject, delivery, at)
      select gen_random_uuid(), $1, 'essai', 'x', 'bell', now() from generate_series(1, 150)`,
    [who.id],
  )
  assert.equal(await unread(who), 100)
  assert.equal(await unread(other), 1)
})

test('CAM-11: read page by page, each once', async () => {
  const who = await person()
  for (let n = 0; n < 5; n++) await world.tell(who, 'need-answered', { subject: `Fait ${n}` })
  const first = await world.list(who, '?limit=3')
  const second = await world.list(who, `?limit=3&after=${first.next}`)
  assert.deepEqual(
    [...first.items, ...second.items].map((item: any) => item.subject),
    ['Fait 4', 'Fait 3', 'Fait 2', 'Fait 1', 'Fait 0'],
  )
  assert.equal(second.next, null)
  assert.equal((await world.list(who, '?after=x')).code, 'request/cursor-invalid')
})

test('CAM-11, SEC-6: what one may see no more is told without its words nor its page', async () => {
  const who = await person()
  await world.tell(who, 'need-answered', { about: ['account', who.id] })
  await world.tell(who, 'campaign-closing', { about: ['campaign', uuidv7()], path: '/campagnes/x' })
  await world.tell(who, 'need-answered', { about: ['need', uuidv7()], path: '/besoins/x' })
  const { items } = await world.list(who)
  assert.deepEqual(
    items.map(({ closed, path, text }: any) => [closed, path, text === null]),
    [
      [true, null, true],
      [true, null, true],
      [false, '/mes-vues', false],
    ],
  )
})

test('CAM-11: gone thirty days after they were read, ninety after they were written, and with the account', async () => {
  const { house, worker } = world
  const who = await person()
  const lay = async (subject: string, at: string, readAt: string | null) =>
    house.owner.query(
      `insert into notifications (id, account_id, kind, subject, delivery, at, read_at)
        values (gen_random_uuid(), $1, 'essai', $2, 'bell', now() - $3::interval, now() - $4::interval)`,
      [who.id, subject, at, readAt],
    )
  await lay('lue il y a 31 jours', '40 days', '31 days')
  await lay('lue il y a 29 jours', '40 days', '29 days')
  await lay('écrite il y a 91 jours', '91 days', null)
  await lay('écrite il y a 89 jours', '89 days', null)
  const left = async () =>
    (await house.owner.query('select subject from notifications where account_id = $1', [who.id])).rows
      .map(({ subject }) => subject)
      .sort()
  await within(worker)(({ db }) => purgeNotifications(db))
  assert.deepEqual(await left(), ['lue il y a 29 jours', 'écrite il y a 89 jours'])
  await world.choose(who, ['need-proposed', 'bell'])
  await house.owner.query(`select ctx.end_account($1, 'departure', 'Essai', $1)`, [who.id])
  assert.deepEqual(await left(), [])
  const { rows } = await house.owner.query('select from notification_choices where account_id = $1', [who.id])
  assert.equal(rows.length, 0)
})
