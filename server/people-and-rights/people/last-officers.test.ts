import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { until } from '../../testing/until.ts'
import { giveRole } from '../accounts/testing.ts'
import { confirmations } from '../confirmations/index.ts'
import { necessity } from '../necessity/index.ts'
import { roles } from '../roles/index.ts'
import { endDeparted } from './end-departed.job.ts'
import { people } from './index.ts'

const offices = ['cssi', 'administrateur'] as const
type Office = (typeof offices)[number]
let house: House
let mailbox: Mailbox
let worker: pg.Client
let operator: string
let rgc: Person
let signatory: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const officer = async (role: Office, over: Parameters<typeof giveRole>[3] = {}) => {
  const person = await house.person(operator)
  await giveRole(house.owner, person, role, over)
  return person
}
const post = async (who: Person, path: string, body: object) => {
  const answer = await house.call(who, 'POST', path, body, once())
  return answer.status === 200 ? 'done' : answer.body.code
}
const reason = 'Absence longue'
const suspend = (of: Person, by = rgc) => post(by, `/habilitations/people/${of.id}/suspend`, { reason })
const depart = (of: Person, by = rgc) =>
  post(by, `/habilitations/people/${of.id}/depart`, { cause: 'departure', reason })
const roleOf = async (who: Person, role: Office) =>
  (
    await rows('select id from role_assignments where account_id = $1 and role = $2 and ends_at is null', [
      who.id,
      role,
    ])
  )[0].id as string
const endRole = async (by: Person, of: Person, role: Office) =>
  post(by, `/operator-roles/${await roleOf(of, role)}/end`, { reason: 'Fin de mission' })
const holds = async (who: Person) =>
  (await rows('select role from ctx.effective_roles($1, ctx.clock()) order by 1', [who.id])).map(r => r.role)
const statusOf = async (who: Person) => (await rows('select status from accounts where id = $1', [who.id]))[0].status
const block = (who: Person) =>
  rows(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, incident, blocked_by, blocked_at)
      values ($1, $2, $3, 'exceptional', 'x', 'x', $4, now())`,
    [uuidv7(), who.id, operator, rgc.id],
  )

before(async () => {
  house = await openHouse([...people, ...roles, ...necessity, ...confirmations])
  mailbox = await openMailbox()
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  operator = (await house.organisation({ kind: 'operateur' })).id
})
// Each test has its own officers: those of the others are over, by the hand of the owner, whom nothing stops.
beforeEach(async () => {
  await rows('update role_assignments set ends_at = now() where ends_at is null or ends_at > now()')
  ;[rgc, signatory] = [await house.person(operator), await house.person(operator)]
  await giveRole(house.owner, rgc, 'rgc')
  await giveRole(house.owner, signatory, 'signataire')
  await rows('delete from mails')
})
after(async () => {
  await mailbox.close()
  await worker.end()
  await house.close()
})

for (const role of offices) {
  test(`ACC-4, SEC-2: neither a suspension nor a departure takes the last ${role} away; with another one in place, both do`, async () => {
    const last = await officer(role)
    assert.deepEqual([await suspend(last), await depart(last)], Array(2).fill('security/last-officer'))
    assert.deepEqual([await statusOf(last), await holds(last)], ['active', [role]])
    assert.equal((await rows('select from mails')).length, 0, 'nobody is told of what was not done')
    const second = await officer(role)
    assert.deepEqual([await suspend(last), await holds(last)], ['done', []])
    assert.deepEqual([await suspend(second), await depart(second)], Array(2).fill('security/last-officer'))
    assert.equal(await depart(last), 'done', 'suspended already, it leaves')
    await officer(role)
    assert.equal(await depart(second), 'done')
  })
  test(`ACC-10, SEC-2: whoever stands in for the account managers keeps the last ${role} too`, async () => {
    const last = await officer(role)
    await rows(`update role_assignments set ends_at = now() where account_id = $1`, [rgc.id])
    const act = (what: string) =>
      post(signatory, `/exceptional/people/${last.id}/acts`, { act: what, ground: 'necessity', reason })
    assert.deepEqual([await act('suspend'), await act('depart')], Array(2).fill('security/last-officer'))
    assert.equal((await rows('select from exceptional_acts where account_id = $1', [last.id])).length, 0)
    await officer(role)
    assert.deepEqual([await act('suspend'), await holds(last)], ['done', []])
  })
  test(`ACC-4, SEC-2: refusing to confirm the account of the last ${role} is refused, and nothing is settled`, async () => {
    const last = await officer(role)
    const id = uuidv7()
    await rows(
      `insert into confirmations (id, organisation_id, account_id, asked_by, asked_at, why)
        values ($1, $2, $3, $4, now(), 'unknown-domain')`,
      [id, operator, last.id, signatory.id],
    )
    const refuse = () =>
      post(rgc, '/habilitations/confirmations/decision', { ids: [id], outcome: 'refused', reason: 'Inconnu' })
    assert.equal(await refuse(), 'security/last-officer')
    assert.deepEqual(
      [await statusOf(last), (await rows('select outcome from confirmations where id = $1', [id]))[0].outcome],
      ['active', null],
    )
    await officer(role)
    assert.deepEqual([await refuse(), await statusOf(last)], ['done', 'suspended'])
  })
  test(`ACC-4, SEC-2: a blocked ${role} is no replacement, and is not let go while no other is in place`, async () => {
    const [last, cut] = [await officer(role), await officer(role)]
    await block(cut)
    assert.deepEqual([await suspend(last), await depart(last)], Array(2).fill('security/last-officer'))
    assert.equal(await suspend(cut), 'done', 'the other is in place')
  })
  test(`ACC-4, SEC-2: two ${role} suspended at once by two people: one remains`, async () => {
    const [first, second] = [await officer(role), await officer(role)]
    const other = await house.person(operator)
    await giveRole(house.owner, other, 'rgc')
    // Both have looked and wait: one that came after the other's end would be refused by its own look.
    const holding = new pg.Client(house.urls.ownerUrl)
    await holding.connect()
    await holding.query("begin; select pg_advisory_xact_lock(hashtextextended('blocks of officers', 0))")
    const both = Promise.all([suspend(first), depart(second, other)])
    const waiting = async () =>
      (
        await rows(`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`)
      )[0].n
    try {
      await until('both wait', async () => (await waiting()) === 2)
    } finally {
      await holding.end()
    }
    assert.deepEqual((await both).sort(), ['done', 'security/last-officer'])
    assert.deepEqual((await Promise.all([holds(first), holds(second)])).map(r => r.length).sort(), [0, 1])
  })
}

test('AGR-16, SEC-2: an administrator does not end the role of the last CSSI; one whose role has an end is not enough', async () => {
  const [ada, last] = [await officer('administrateur'), await officer('cssi')]
  assert.equal(await endRole(ada, last, 'cssi'), 'security/last-officer')
  await officer('cssi', { endsAt: new Date(Date.now() + 30 * 86_400_000) })
  assert.equal(await endRole(ada, last, 'cssi'), 'security/last-officer', 'on that day nobody would be left')
  assert.equal(await depart(last), 'security/last-officer', 'nor does a departure')
  assert.deepEqual(await holds(last), ['cssi'])
  await officer('cssi')
  assert.equal(await endRole(ada, last, 'cssi'), 'done')
  assert.deepEqual(await holds(last), [])
})

test('SEC-2: the CSSI of a region is not one of every region, and may leave', async () => {
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`)
  const [last, regional] = [await officer('cssi'), await officer('cssi', { regionId: 1075 })]
  assert.deepEqual([await suspend(last), await suspend(regional)], ['security/last-officer', 'done'])
})

test('ACC-4, SEC-2: a last administrator blocked by the CSSI is neither suspended nor deleted: the block may be lifted', async () => {
  const last = await officer('administrateur')
  await block(last)
  assert.deepEqual(
    [await holds(last), await suspend(last), await depart(last)],
    [[], ...Array(2).fill('security/last-officer')],
  )
})

test('SEC-2, SEC-6: straight to the tables, no account and no role of a last officer ends, not even two in one statement', async () => {
  const [first, second] = [await officer('cssi'), await officer('cssi')]
  const as = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.run(statement)
    } finally {
      await tx.rollback()
    }
  }
  const cut = (ids: readonly string[]) => sql`update accounts set status = 'suspended' where id = any (${[...ids]})`
  assert.equal(await as(rgc, cut([first.id])), 1)
  await assert.rejects(as(rgc, cut([first.id, second.id])), { constraint: 'last_officer' })
  const definer = new pg.Client(house.urls.superUrl)
  await definer.connect()
  try {
    await definer.query('set role cc_definer')
    for (const statement of [
      `update role_assignments set ends_at = now() where role = 'cssi'`,
      `update role_assignments set ends_at = now() + interval '1 year' where role = 'cssi'`,
    ])
      await assert.rejects(definer.query(statement), { constraint: 'last_officer' }, statement)
  } finally {
    await definer.end()
  }
  assert.deepEqual([await holds(first), await holds(second)], [['cssi'], ['cssi']])
  for (const [name, from, to] of [
    ['ctx.another_keeps(text, uuid, boolean, timestamptz)', 'r.account_id <> of_account', 'true'],
    ['ctx.irreplaceable_roles(uuid, boolean, timestamptz)', "'cssi', 'administrateur'", "'administrateur'"],
  ] as const)
    await withFunctionChanged(house.owner, name, from, to, async () => {
      assert.equal(await as(rgc, cut([first.id, second.id])), 2, `${from} → ${to}`)
    })
})

test('ACC-6, SEC-2: a declared departure leaves the last CSSI until another is in place; the others end at their hour', async () => {
  const [last, agent] = [await officer('cssi'), await house.person(operator)]
  for (const who of [last, agent])
    await rows(
      `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late, rights_end_at,
        declared_by, declared_at, ends_account) select gen_random_uuid(), $2, $1, 'depart', d, d, d, false,
        now() - interval '1 hour', $3, now() - interval '1 day', true from current_date d`,
      [operator, who.id, rgc.id],
    )
  assert.equal(await within(worker)(endDeparted), 1)
  assert.deepEqual([await statusOf(last), await holds(last), await statusOf(agent)], ['active', ['cssi'], 'deleted'])
  await officer('cssi')
  assert.equal(await within(worker)(endDeparted), 1)
  assert.equal(await statusOf(last), 'deleted')
})

test('ACC-6, SEC-2: a departure that has come and finds a last officer is told once to who may replace them, and again when the roles held alone change', async () => {
  const [last, ada] = [await officer('cssi'), await officer('administrateur')]
  await rows(
    `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late, rights_end_at,
      declared_by, declared_at, ends_account) select gen_random_uuid(), $2, $1, 'depart', d, d, d, false,
      now() - interval '1 hour', $3, now() - interval '1 day', true from current_date d`,
    [operator, last.id, rgc.id],
  )
  const told = async () =>
    rows(`select to_account_id as who, subject, body from mails where kind = 'account-departure-held' order by 1`)
  const entries = async () =>
    (
      await rows(
        `select d.detail ->> 'roles' as roles from audit_entries e join audit_details d on d.entry_id = e.id
          where e.action = 'account.departure-held' and e.subject_id = $1 order by e.at, e.id`,
        [last.id],
      )
    ).map(r => r.roles)
  const run = () => within(worker)(endDeparted)
  assert.deepEqual([await run(), await run(), await run()], [0, 0, 0])
  const once = await told()
  assert.deepEqual(
    once.map(m => m.who),
    [ada.id, signatory.id].sort(),
    'the person concerned aside',
  )
  assert.match(once[0].body, /déclaré pour le .*Son compte reste pourtant ouvert.*« [^»]*CSSI[^»]* »/s)
  assert.ok(!once[0].body.includes(last.name), 'nobody is named in a mail')
  assert.deepEqual(await entries(), ['["cssi"]'])
  await giveRole(house.owner, last, 'administrateur')
  // Within the millisecond, whoever is written to would still be chosen among those in place.
  await rows(`update role_assignments set ends_at = now() - interval '1 second' where account_id = $1`, [ada.id])
  await run()
  assert.deepEqual([await entries(), (await told()).length], [['["cssi"]', '["administrateur", "cssi"]'], 3])
  await officer('cssi')
  await officer('administrateur')
  assert.equal(await run(), 1)
  assert.equal(await run(), 0)
  assert.deepEqual([await statusOf(last), (await told()).length, (await entries()).length], ['deleted', 3, 2])
  assert.deepEqual(await rows('select from departures_held'), [], 'nothing waits any more')
  await deliverMails(house, mailbox)
})

test('SEC-2: the other administrators and CSSIs are told that one of them is suspended, or leaves; who did it and who is concerned are not told twice', async () => {
  const [cssi, second, ada] = [await officer('cssi'), await officer('cssi'), await officer('administrateur')]
  assert.equal(await suspend(second), 'done')
  const told = async () =>
    (await rows(`select to_account_id as who, subject, body from mails where kind = 'role-changed'`)).sort((a, b) =>
      a.who < b.who ? -1 : 1,
    )
  const suspended = await told()
  assert.deepEqual(
    suspended.map(m => m.who),
    [cssi.id, ada.id].sort(),
  )
  assert.match(suspended[0].subject, /est suspendu$/)
  assert.match(suspended[0].body, /« .*CSSI.* ».*Motif : Absence longue/s)
  assert.ok(!suspended[0].body.includes(second.name), 'nobody is named in a mail')
  await rows('delete from mails')
  assert.equal(await depart(second), 'done')
  assert.match((await told())[0].subject, /est supprimé$/, 'what was to come back does not')
  await rows('delete from mails')
  const third = await officer('cssi')
  assert.equal(await depart(third), 'done')
  const left = await told()
  assert.deepEqual(
    left.map(m => m.who),
    [cssi.id, ada.id].sort(),
  )
  assert.match(left[0].subject, /est supprimé$/)
  const [entry] = await rows(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'account.deleted' and e.subject_id = $1`,
    [third.id],
  )
  assert.equal(entry.detail.officersTold.mails, 2)
  await deliverMails(house, mailbox)
})
