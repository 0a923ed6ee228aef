import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { rightsOutcomes } from '../../../contract/oversight/rights-requests.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { importChanged, insertSights, withFunctionChanged } from '../../testing/parity.ts'
import * as rules from './rights-request-rules.ts'
import { openRegister, type Register } from './testing.ts'
import { everyRequest, type Laid, layRequests, stepColumns } from './testing-steps.ts'

type Step = rules.Noted['steps'][number]
interface Tried {
  readonly id: string
  readonly request: Laid
  readonly step: Step
}
const today = '2026-06-08'
let register: Register
let hash: Buffer
const requests = everyRequest()
/** Each step that each request does not have; an answer on the day of its identity, and on the one before. */
const tried: Tried[] = []
before(async () => {
  register = await openRegister()
  hash = tokenHash(register.dpd.cookie.slice('session='.length))
  await layRequests(register, requests)
  for (const request of requests)
    for (const [kind, outcome, happenedOn] of [
      ['identity', null, today],
      ['extension', null, today],
      ...rightsOutcomes.flatMap(one => [['answer', one, today] as const, ['answer', one, '2026-06-07'] as const]),
      ['recipients', null, today],
    ] as const)
      if (!request.steps.some(step => step.kind === kind))
        tried.push({ id: String(tried.length), request, step: { kind, outcome, happenedOn } })
})
after(() => register.close())

/** Which of them the web's role may insert straight; each is undone before the next. */
const inserted = async (): Promise<ReadonlySet<string>> => {
  const rows = tried.map(({ id, request, step }) => ({ id, of: request.id, step }))
  const [sight] = await insertSights(
    register.house.owner,
    register.house.database,
    [hash],
    rows,
    `insert into rights_request_steps (request_id, kind, happened_on, manner, outcome, channel, article, extent,
        reason, recorded_by, recorded_at)
      select (r ->> 'of')::uuid, s ->> 'kind', (s ->> 'happenedOn')::date, ${stepColumns}, ctx.account(), now()
      from (select r -> 'step' as s) one;
    raise exception 'undone' using errcode = 'unique_violation'`,
  )
  return sight!.ids
}
const apart = (told: ReadonlySet<string>, of: typeof rules = rules) =>
  tried.filter(({ id, request, step }) => (of.refusedStep(request, step, today) === null) !== told.has(id))

test('SEC-6, PRI-2: the database takes the steps that the rules take, on each request, with each set of steps', async () => {
  const told = await inserted()
  assert.ok(told.size > 150 && told.size < tried.length / 2, `${told.size} of ${tried.length}`)
  assert.deepEqual(apart(told).slice(0, 2), [])
})

test('SEC-6, PRI-2: the comparison of steps in turn fails when a clause goes, on either side', async () => {
  const told = await inserted()
  for (const [from, to] of [
    ['!isToTell(request) : answer !== undefined', '!isToTell(request) : false'],
    ["kind === 'recipients' ? !isToTell(request)", "kind === 'recipients' ? false"],
    ["[stepOf(request, 'identity'), stepOf(request, 'answer')]", "[{ happenedOn: '' }, stepOf(request, 'answer')]"],
    ["kind === 'answer' && outcome !== 'refused' && !identity", "kind === 'answer' && !identity"],
    ['happenedOn < identity!.happenedOn', 'false'],
    ["answer.outcome !== 'refused' &&", ''],
  ] as const) {
    const changed = await importChanged<typeof rules>(new URL('./rights-request-rules.ts', import.meta.url), from, to)
    assert.notEqual(apart(told, changed).length, 0, from)
  }
  for (const [from, to] of [
    ["if current_user <> 'cc_web' then", 'if true then'],
    ["s.outcome <> 'refused'\n        and", ''],
    ["'rectification', ", ''],
    ["'restriction', 'objection'", "'restriction'"],
    ["new.kind = 'recipients' and not granted or", ''],
    ["or new.kind <> 'recipients' and answered", ''],
    ["new.kind = 'answer' and new.outcome <> 'refused'", "new.kind = 'answer'"],
    ["new.kind = 'answer' and new.outcome <> 'refused'", 'false'],
    ["and s.kind = 'identity'", ''],
    ['and s.happened_on <= new.happened_on', ''],
    ["where s.request_id = new.request_id and s.kind = 'answer'", "where s.kind = 'answer'"],
  ] as const)
    await withFunctionChanged(register.house.owner, 'ctx.rights_step_in_turn()', from, to, async () =>
      assert.notEqual(apart(await inserted()).length, 0, `${from}: ${to}`),
    )
})

/** An officer writes straight to the tables, in a transaction that stays open. */
const straight = async () => {
  const tx = await register.house.database.begin()
  await tx.enter(hash)
  return tx
}
const answers = (id: string) => sql`insert into rights_request_steps (request_id, kind, happened_on, outcome, channel,
  article, reason, recorded_by, recorded_at) values (${id}::uuid, 'answer', '2026-06-08', 'refused', 'mail', 'other',
  'x', ctx.account(), now())`
const checks = (id: string) => sql`insert into rights_request_steps (request_id, kind, happened_on, manner,
  recorded_by, recorded_at) values (${id}::uuid, 'identity', '2026-06-08', 'known', ctx.account(), now())`
const hands = (id: string) => sql`insert into rights_request_handovers (request_id, from_organisation_id,
  to_organisation_id, recorded_by, recorded_at) values (${id}::uuid, ctx.organisation(),
  ${register.structures.operator}::uuid, ctx.account(), now())`

test('SEC-6, PRI-2: straight to the database, nobody notes a step nor hands over in another’s name', async () => {
  const { id } = await register.entered()
  const { structures, operatorDpd } = register
  for (const forged of [
    sql`insert into rights_request_steps (request_id, kind, happened_on, manner, recorded_by, recorded_at)
      values (${id}::uuid, 'identity', '2026-06-08', 'known', ${operatorDpd.id}::uuid, now())`,
    sql`insert into rights_request_handovers (request_id, from_organisation_id, to_organisation_id, recorded_by,
      recorded_at) values (${id}::uuid, ctx.organisation(), ${structures.operator}::uuid, ${operatorDpd.id}::uuid, now())`,
  ]) {
    const tx = await straight()
    try {
      await assert.rejects(tx.run(forged), /row-level security/)
    } finally {
      await tx.rollback()
    }
  }
})

test('SEC-6, PRI-2: straight to the database, nobody hands over a request once answered', async () => {
  const tx = await straight()
  const open = await register.entered()
  const done = await register.entered()
  try {
    await tx.run(answers(done.id))
    assert.equal(await tx.run(hands(open.id)), 1)
    await assert.rejects(tx.run(hands(done.id)), /handed to nobody/)
  } finally {
    await tx.rollback()
  }
  await withFunctionChanged(
    register.house.owner,
    'ctx.rights_handover_in_turn()',
    "and s.kind = 'answer'",
    'and false',
    async () => {
      const again = await straight()
      await again.run(answers(done.id))
      assert.equal(await again.run(hands(done.id)), 1)
      await again.rollback()
    },
  )
})

test('SEC-6, PRI-2: straight to the database, what comes at once with the answer waits for it, and is refused', async () => {
  const waits = async () =>
    (
      await register.house.owner.query(
        `select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`,
      )
    ).rows.length > 0
  for (const [late, why] of [
    [checks, /nothing follows the answer/],
    [hands, /handed to nobody/],
  ] as const) {
    const { id } = await register.entered()
    const [first, second] = [await straight(), await straight()]
    try {
      await first.run(answers(id))
      const refused = assert.rejects(second.run(late(id)), why)
      while (!(await waits())) await setImmediate()
      await first.commit()
      await refused
    } finally {
      await Promise.allSettled([first.rollback(), second.rollback()])
    }
  }
})
