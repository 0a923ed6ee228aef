import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { forgetHandings } from './forget-handings.job.ts'
import { exchanges } from './index.ts'

const bakery = '31000000000001'
let house: House
let claire: Person
let colleague: Person
let lead: Person
let karim: Person
let elsewhere: Person

const advisor = (profile: 'conseiller' | 'responsable' = 'conseiller', territoryId = 2033) =>
  [
    { tool: 'campagnes', profile, territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const
before(async () => {
  house = await openHouse(exchanges, { clock: () => new Date('2026-11-25T11:00:00Z') })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    'insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033), (0, 2040), (2040, 0), (2040, 2040)',
  )
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'ESSAI', true, true, 'O',
      1075, 2033, 0)`,
    [bakery],
  )
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  claire = await house.person(cc.id, [...advisor()])
  colleague = await house.person(cc.id, [...advisor()])
  elsewhere = await house.person(cc.id, [...advisor('conseiller', 2040)])
  lead = await house.person(cc.id, [...advisor('responsable')])
  karim = await house.person(mission.id, [...advisor()])
})
after(() => house.close())

interface Action {
  readonly id: string
  readonly version: number
}
const planned = async (): Promise<Action> =>
  (
    await house.call(
      claire,
      'POST',
      '/exchanges',
      {
        siret: bakery,
        occurredOn: '2026-11-18',
        channel: 'telephone',
        result: 'absent',
        nextAction: { kind: 'rappel', dueOn: '2026-11-24', dueAt: '10:00' },
      },
      once(),
    )
  ).body.nextAction
const plan = (who: Person, { id, version }: Action, over: object = {}) =>
  house.call(
    who,
    'PUT',
    `/next-actions/${id}`,
    { dueOn: '2026-11-26', dueAt: '10:00', ownerId: claire.id, ...over },
    { 'if-match': `"${version}"` },
  )
const finish = (who: Person, id: string) => house.call(who, 'POST', `/next-actions/${id}/finish`, undefined, once())
const actsOn = async (id: string) =>
  (
    await house.owner.query(
      'select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1 order by e.id',
      [id],
    )
  ).rows
const counts = async (who: Person) => (await house.call(who, 'GET', '/next-actions')).body.counts

test('CAM-5: a late action moved to tomorrow is late no more, with its trail; undone, it is where it was', async () => {
  const before = await counts(claire)
  const action = await planned()
  const moved = await plan(claire, action)
  assert.deepEqual(
    [moved.status, moved.body.dueOn, moved.body.dueAt, moved.body.late, moved.body.version],
    [200, '2026-11-26', '10:00', false, 2],
  )
  assert.equal((await counts(claire)).late, before.late)
  const back = await plan(claire, moved.body, { dueOn: '2026-11-24' })
  assert.deepEqual([back.status, back.body.late], [200, true])
  const acts = await actsOn(action.id)
  assert.deepEqual(
    acts.map(({ action: act, detail }) => [act, detail.before.dueOn, detail.after.dueOn]),
    [
      ['next-action.moved', '2026-11-24', '2026-11-26'],
      ['next-action.moved', '2026-11-26', '2026-11-24'],
    ],
  )
})

test('CAM-5, CAM-13: handed to a colleague who works there, it leaves one’s list for theirs', async () => {
  const action = await planned()
  const { status, body } = await plan(claire, action, { ownerId: colleague.id })
  assert.deepEqual([status, body.owner.id, body.notedBy.id, body.allowed], [200, colleague.id, claire.id, []])
  const ids = async (who: Person) => (await house.call(who, 'GET', '/next-actions')).body.items.map((n: Action) => n.id)
  assert.ok(!(await ids(claire)).includes(action.id) && (await ids(colleague)).includes(action.id))
  assert.deepEqual(
    (await actsOn(action.id)).map(({ action: act }) => act),
    ['next-action.moved', 'next-action.handed-over'],
  )
  assert.equal((await plan(claire, body)).body.code, 'next-action/owner-only', 'it is the colleague’s now')
  assert.equal((await plan(lead, body)).status, 200, 'or a lead’s')
})

test('SEC-6: who may not finish an action does not plan it again, and it goes to none who would not see it', async () => {
  const action = await planned()
  for (const [who, over, code] of [
    [colleague, {}, 'next-action/owner-only'],
    [karim, {}, 'next-action/owner-only'],
    [claire, { ownerId: karim.id }, 'account/unknown'],
    [claire, { ownerId: elsewhere.id }, 'next-action/owner-elsewhere'],
    [claire, { dueOn: '2026-11-17' }, 'exchange/next-action-in-past'],
    [claire, { dueOn: 'demain' }, 'request/malformed'],
    [claire, { dueAt: '25:00' }, 'request/malformed'],
  ] as const)
    assert.equal((await plan(who, action, over)).body.code, code)
  assert.equal((await plan(claire, { id: '01890000-0000-7000-8000-000000000000', version: 1 })).status, 404)
  assert.deepEqual(await actsOn(action.id), [])
  await finish(claire, action.id)
  assert.equal((await plan(claire, action)).body.code, 'next-action/already-done')
})

// Planned again and again, the employer has no solicitation left (CAM-12).
const beyond = { beyondBudget: 'Essai' }
test('API-4: planned again by two at once, or twice, the second is shown what the first wrote', async () => {
  for (let round = 0; round < 6; round++) {
    const action = await planned()
    const answers = await Promise.all([
      plan(claire, action, { dueOn: '2026-11-26', ...beyond }),
      plan(lead, action, { dueOn: '2026-12-02', ...beyond }),
    ])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412])
    const [won, lost] = answers[0]!.status === 200 ? answers : answers.toReversed()
    assert.deepEqual([lost!.body.code, lost!.body.current.dueOn], ['request/changed-meanwhile', won!.body.dueOn])
  }
})

test('CAM-5: finished and moved at once: finished, whoever came first', async () => {
  for (let round = 0; round < 6; round++) {
    const action = await planned()
    const acts = [() => finish(claire, action.id), () => plan(lead, action)]
    const answers = await Promise.all((round % 2 ? acts : acts.toReversed()).map(act => act()))
    const [finished, moved] = round % 2 ? answers : answers.toReversed()
    assert.equal(finished!.status, 200)
    assert.ok(moved!.status === 200 || moved!.body.code === 'next-action/already-done')
  }
})

test('API-4: a correction that leaves the next action out does not move it back', async () => {
  const action = await planned()
  const moved = (await plan(claire, action)).body
  const { body } = await house.call(
    claire,
    'PUT',
    `/exchanges/${moved.exchangeId}`,
    { occurredOn: '2026-11-18', channel: 'telephone', result: 'injoignable' },
    { 'if-match': '"1"' },
  )
  assert.equal(body.nextAction.dueOn, '2026-11-26')
})

test('CAM-5, UX-2: page by page, ties of a day and what colleagues handed over come once each, in the order of a plain reading', async () => {
  const days = ['2026-11-20', '2026-11-27', '2026-11-27', '2026-11-27', '2026-11-27', '2026-12-03', '2026-12-03']
  const me = await house.person(claire.organisationId, [...advisor()])
  for (const [n, dueOn] of days.entries()) {
    const author = n % 2 ? claire : me
    const nextAction = { kind: 'rappel', dueOn, ownerId: me.id }
    const body = { siret: bakery, occurredOn: '2026-11-18', channel: 'telephone', result: 'absent', nextAction }
    assert.equal((await house.call(author, 'POST', '/exchanges', body, once())).status, 200)
  }
  const { rows: plain } = await house.owner.query(
    `select n.id, a.given_name || ' ' || a.family_name as author, x.author_id <> n.owner_id as handed
      from next_actions n join exchanges x on x.id = n.exchange_id join accounts a on a.id = x.author_id
      where n.owner_id = $1 order by n.due_on, n.id`,
    [me.id],
  )
  const pages = async (query: string) => {
    const items = []
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await house.call(me, 'GET', `/next-actions?limit=2${query}${next && `&after=${next}`}`)
      items.push(...body.items)
      next = body.next
    }
    return items.map((n: any) => [n.id, n.notedBy?.name ?? null])
  }
  const said = plain.map(({ id, author, handed }) => [id, handed ? author : null])
  assert.deepEqual(await pages(''), said)
  assert.deepEqual(
    await pages('&handed=true'),
    said.filter(([, author]) => author !== null),
  )
  assert.deepEqual(await pages('&until=2026-11-27'), said.slice(0, 5))
})

/** The plan that such an action has at first. */
const back = { dueOn: '2026-11-24', dueAt: '10:00', ...beyond }
const plansOf = async (id: string) => (await actsOn(id)).filter(({ action }) => action.startsWith('next-action.'))
test('CAM-5, SEC-1: handed over by error, it is taken back as it was, with its trail; a second time, no more', async () => {
  const action = await planned()
  const handed = (await plan(claire, action, { ownerId: colleague.id, ...beyond })).body
  assert.equal(handed.owner.id, colleague.id)
  const { status, body } = await plan(claire, handed, { ...back, ownerId: claire.id })
  assert.deepEqual(
    [status, body.owner.id, body.dueOn, body.dueAt, body.version, body.allowed],
    [200, claire.id, '2026-11-24', '10:00', 3, ['finish', 'plan-again']],
  )
  const acts = (await plansOf(action.id)).slice(2)
  assert.deepEqual(
    acts.map(({ action: act, detail }) => [act, detail.before, detail.after]),
    [
      ['next-action.moved', { dueOn: '2026-11-26', dueAt: '10:00' }, { dueOn: '2026-11-24', dueAt: '10:00' }],
      ['next-action.taken-back', { ownerId: colleague.id }, { ownerId: claire.id }],
    ],
  )
  assert.equal((await plan(claire, handed, { ...back, ownerId: claire.id })).body.code, 'request/changed-meanwhile')
})

test('CAM-5: a lead who handed a colleague’s action over gives it back to them', async () => {
  const action = await planned()
  const handed = (await plan(lead, action, { ...back, ownerId: colleague.id })).body
  const { status, body } = await plan(lead, handed, { ...back, ownerId: claire.id })
  assert.deepEqual([status, body.owner.id], [200, claire.id])
  assert.deepEqual(
    (await plansOf(action.id)).map(({ action: act }) => act),
    ['next-action.handed-over', 'next-action.taken-back'],
  )
})

test('CAM-5, SEC-6: nobody takes back what the colleague worked since, what another handed over, nor by another plan', async () => {
  const handOver = async () => (await plan(claire, await planned(), { ...back, ownerId: colleague.id })).body
  const takeBack = (who: Person, action: Action, over: object = {}) =>
    plan(who, action, { ...back, ownerId: claire.id, ...over })
  const [moved, done, waiting] = [await handOver(), await handOver(), await handOver()]
  assert.equal((await plan(colleague, moved, { ownerId: colleague.id, dueOn: '2026-12-02', ...beyond })).status, 200)
  assert.equal((await takeBack(claire, moved)).body.code, 'request/changed-meanwhile')
  assert.equal((await takeBack(claire, { ...moved, version: 3 })).body.code, 'next-action/owner-only')
  assert.equal((await finish(colleague, done.id)).status, 200)
  assert.equal((await takeBack(claire, done)).body.code, 'next-action/already-done')
  const other = await house.person(claire.organisationId, [...advisor()])
  for (const [who, over, code] of [
    [other, {}, 'next-action/owner-only'],
    [karim, {}, 'next-action/owner-only'],
    [claire, { dueOn: '2026-11-27' }, 'next-action/owner-only'],
    [claire, { dueAt: null }, 'next-action/owner-only'],
    [claire, { ownerId: other.id }, 'next-action/owner-only'],
  ] as const)
    assert.equal((await takeBack(who, waiting, over)).body.code, code)
  const { rows } = await house.owner.query('select distinct owner_id from next_actions where id = any ($1)', [
    [moved.id, done.id, waiting.id],
  ])
  assert.deepEqual(rows, [{ owner_id: colleague.id }])
})

test('CAM-5, SEC-6: whoever no longer records there takes nothing back', async () => {
  const leaver = await house.person(claire.organisationId, [
    ...advisor('responsable'),
    ...advisor('conseiller', 2040).slice(0, 1),
  ])
  const action = await planned()
  const handed = (await plan(leaver, action, { ...back, ownerId: colleague.id })).body
  await house.owner.query(
    `update grants set revoked_at = now() where account_id = $1 and tool = 'campagnes' and profile = 'responsable'`,
    [leaver.id],
  )
  assert.equal((await plan(leaver, handed, { ...back, ownerId: claire.id })).body.code, 'access/outside-perimeter')
})

test('CAM-5: taken back and moved by the colleague at once: one wins, the other is told', async () => {
  for (let round = 0; round < 6; round++) {
    const handed = (await plan(claire, await planned(), { ...back, ownerId: colleague.id })).body
    const acts = [
      () => plan(claire, handed, { ...back, ownerId: claire.id }),
      () => plan(colleague, handed, { ownerId: colleague.id, dueOn: '2026-12-02', ...beyond }),
    ]
    const answers = await Promise.all((round % 2 ? acts : acts.toReversed()).map(act => act()))
    const [claires, colleagues] = round % 2 ? answers : answers.toReversed()
    assert.ok([claires, colleagues].filter(answer => answer!.status === 200).length === 1)
    const lost = claires!.status === 200 ? colleagues! : claires!
    assert.ok(['request/changed-meanwhile', 'next-action/owner-only'].includes(lost.body.code), lost.body.code)
  }
})

test('CAM-5, PRI-4: how an action stood before it was handed over is forgotten the next night; then nobody takes it back', async () => {
  await house.owner.query('delete from handed_actions')
  const [kept, old] = [await planned(), await planned()]
  for (const action of [kept, old]) await plan(claire, action, { ...back, ownerId: colleague.id })
  await house.owner.query('update handed_actions set at = now()')
  await house.owner.query(`update handed_actions set at = now() - interval '25 hours' where next_action_id = $1`, [
    old.id,
  ])
  const said: string[] = []
  const client = new pg.Client(house.urls.workerUrl)
  await client.connect()
  await forgetHandings.run(
    {},
    {
      withPgClient: async work => work(client as never),
      logger: { info: (line: string) => said.push(line) } as never,
      abortSignal: undefined as never,
    },
  )
  await client.end()
  assert.deepEqual(said, ['handings forgotten: 1'])
  const { rows } = await house.owner.query('select next_action_id as id from handed_actions')
  assert.deepEqual(rows, [{ id: kept.id }])
  const late = await plan(claire, { ...old, version: 2 }, { ...back, ownerId: claire.id })
  assert.equal(late.body.code, 'next-action/owner-only')
  assert.equal((await plan(claire, { ...kept, version: 2 }, { ...back, ownerId: claire.id })).status, 200)
})
