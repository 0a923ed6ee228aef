import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import type { Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { places } from '../campaigns/testing-world.ts'
import { aMark, insertMarks } from '../do-not-contact/testing.ts'
import { plan } from '../taking-over/testing.ts'
import { tellDueActions } from './tell-due-actions.job.ts'
import { openDesk } from './testing.ts'

const today = '2027-01-13'
type Desk = Awaited<ReturnType<typeof openDesk>>
let house: Desk['house']
let claire: Person
let omar: Person
let worker: pg.Client
before(async () => {
  ;({ house, claire, omar } = await openDesk(today, 1))
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
})
after(async () => {
  await worker.end()
  await house.close()
})

let siret = 41_000_000_000_000
const planned = async (who: Person, ...days: readonly string[]) => {
  for (const dueOn of days) await plan(house.owner, who, ++siret, { dueOn })
}
const cleared = () => house.owner.query('update next_actions set done_at = now() where done_at is null')
/** The job of a morning. */
const morning = (day = today) =>
  tellDueActions({
    within: work => within(worker)(own => work({ ...own, now: new Date(`${day}T03:30:00Z`) })),
    signal: undefined,
  })
const lines = async (who: Person) =>
  (
    await house.owner.query('select subject, delivery, path, read_at from notifications where account_id = $1', [
      who.id,
    ])
  ).rows.map(({ subject, delivery, path }) => [subject, delivery, path])
const forget = () => house.owner.query('delete from notifications')

test('CAM-11: each morning, one line says how many actions are due today and how many are late; what is to come, done or another’s is in none', async () => {
  await planned(claire, today, today, '2027-01-12', '2026-12-01', '2027-01-14')
  await planned(omar, '2027-01-14')
  await house.owner.query(
    `update next_actions set done_at = now() where id = (select id from next_actions where owner_id = $1 and due_on = '2026-12-01')`,
    [claire.id],
  )
  assert.equal(await morning(), 1)
  assert.deepEqual(await lines(claire), [
    ['Prochaines actions : 2 aujourd’hui, 1 en retard', 'morning', '/portefeuille'],
  ])
  assert.deepEqual(await lines(omar), [])
  assert.equal(await morning(), 0, 'run again the same day')
  assert.equal((await lines(claire)).length, 1)
  // The next morning's takes its place, read or not.
  assert.equal(await morning('2027-01-14'), 2)
  assert.deepEqual(await lines(claire), [
    ['Prochaines actions : 1 aujourd’hui, 3 en retard', 'morning', '/portefeuille'],
  ])
  assert.deepEqual(await lines(omar), [['Prochaines actions : 1 aujourd’hui', 'morning', '/portefeuille']])
  // Nothing is due any more: what yesterday said goes all the same, on a day off too.
  await cleared()
  assert.equal(await morning('2027-01-15'), 0)
  assert.deepEqual([await lines(claire), await lines(omar)], [[], []])
  await planned(claire, '2027-01-15')
  assert.equal(await morning('2027-01-15'), 1)
  assert.equal(await morning('2027-01-16'), 0, 'a Saturday')
  assert.deepEqual(await lines(claire), [])
  await cleared()
  await forget()
})

test('CAM-11: who is away, suspended, or no longer works there is not told of actions; back, they are', async () => {
  const mayNot = async (so: string, back: string) => {
    await house.owner.query(so, [claire.id])
    const told = await morning()
    await house.owner.query(back, [claire.id])
    return told
  }
  await planned(claire, today)
  for (const [so, back] of [
    [
      `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        select gen_random_uuid(), id, organisation_id, '2027-01-10', '2027-01-13', id, now() from accounts where id = $1`,
      'delete from absences where account_id = $1',
    ],
    [
      `update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`,
      `update accounts set status = 'active', status_reason = null where id = $1`,
    ],
    [
      `update grants set territory_id = ${places.garonne} where account_id = $1`,
      `update grants set territory_id = ${places.gironde} where account_id = $1`,
    ],
    [
      `update grants set profile = 'consultation' where tool = 'campagnes' and account_id = $1`,
      `update grants set profile = 'conseiller' where tool = 'campagnes' and account_id = $1`,
    ],
  ] as const)
    assert.equal(await mayNot(so, back), 0, so)
  assert.equal(await morning(), 1)
  await cleared()
  await forget()
})

test('EST-10, CAM-11: the mail of the morning counts no action at an employer that is not to be contacted that day', async () => {
  await planned(claire, today, '2027-01-12')
  const by = { organisationId: omar.organisationId, authorId: omar.id }
  await insertMarks(house.owner, [aMark({ siret, until: '2027-01-13', ...by })])
  assert.equal(await morning(), 1)
  assert.deepEqual(await lines(claire), [['Prochaines actions : 1 aujourd’hui', 'morning', '/portefeuille']])
  await morning('2027-01-14')
  assert.deepEqual(await lines(claire), [['Prochaines actions : 2 en retard', 'morning', '/portefeuille']], 'it ended')
  await house.owner.query('update do_not_contact_marks set until = $1', ['2027-12-31'])
  await insertMarks(house.owner, [aMark({ siret: siret - 1, ...by })])
  await forget()
  assert.equal(await morning('2027-01-14'), 0, 'nothing else is due')
  await house.owner.query('delete from do_not_contact_marks')
  await cleared()
})

test('EST-10, UX-2: the home page and the portfolio count what the mail of the morning counts, marked employers left out', async () => {
  await planned(claire, today, today, '2027-01-12')
  const by = { organisationId: omar.organisationId, authorId: omar.id }
  const counts = async () => {
    const [portfolio, actions] = await Promise.all(
      ['/portfolio', '/next-actions'].map(async path => (await house.call(claire, 'GET', path)).body.counts),
    )
    const { late, today: now, week } = portfolio
    assert.deepEqual(actions, { late, today: now, week })
    return [late, now, week]
  }
  assert.deepEqual(await counts(), [1, 2, 2])
  await insertMarks(house.owner, [aMark({ siret, until: '2027-01-13', ...by }), aMark({ siret: siret - 1, ...by })])
  assert.deepEqual(await counts(), [0, 1, 1])
  const listed = async (part: string) =>
    (await house.call(claire, 'GET', `/portfolio?part=${part}`)).body.items.map((line: any) => line.nextAction?.dueOn)
  assert.deepEqual([await listed('late'), await listed('today')], [[], [today]])
  assert.equal((await listed('planned')).length, 3, 'none is lost: the whole list has them, with their mark')
  assert.equal(await morning(), 1)
  assert.deepEqual(await lines(claire), [['Prochaines actions : 1 aujourd’hui', 'morning', '/portefeuille']])
  await house.owner.query('delete from do_not_contact_marks')
  await cleared()
  await forget()
})

test('CAM-11: each clause of what is told in the morning is seen', async () => {
  await planned(claire, '2027-01-12', '2027-01-14')
  await planned(omar, today)
  await house.owner.query(
    `update grants set territory_id = $2 where account_id = $1 and tool = 'fiche-etablissement'`,
    [omar.id, places.garonne],
  )
  const told = async () => {
    await forget()
    await morning()
    return [await lines(claire), await lines(omar)]
  }
  const before = await told()
  assert.deepEqual(before, [[['Prochaines actions : 1 en retard', 'morning', '/portefeuille']], []])
  for (const [from, to] of [
    [' and ctx.covers(r.fiche, n.region_id, n.departement_id, n.epci_id, n.clpe_id)', ''],
    ['count(*) filter (where n.due_on < ctx.paris_day(at))::int', '0'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.due_actions(timestamptz, uuid, int)', from, to, async () =>
      assert.notDeepEqual(await told(), before, from),
    )
})
