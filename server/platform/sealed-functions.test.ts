import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../testing/database.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
})
after(async () => {
  await owner?.end()
  await database?.drop()
})

/** They ask for the sealed context by another function, whose answer is nothing without it. */
const throughAnother =
  `adopt_needs adopt_next_actions campaign_conflicts campaign_successors count_spent ctx.access_facts
  ctx.anomaly_facts
  ctx.anomaly_rows count_reached count_shared_campaigns moved_since ctx.campaign_progress ctx.contacted_targets
  ctx.count_releases_waiting ctx.decide_link ctx.directory ctx.directory_card
  ctx.do_bulk_part ctx.end_sessions_of ctx.led_campaigns ctx.lift_inactivity ctx.make_enrolment_code
  ctx.make_password_link ctx.managers_in_effect ctx.record_departure ctx.reset_second_factors ctx.settle_confirmation
  ctx.shares_within ctx.undo_departure ctx.waiting_links act_on_need hand_campaign_over need_recipients pass_needs
    proposal_recipients
    propose_action propose_need settle_action_proposal settle_need_proposal sharing_recipients
  sharing_referents take_holds withhold_satisfaction target_origins satisfaction_counts taken_campaign_contacts taken_meetings takeover_recipients`.split(
    /\s+/,
  )
/** They make the context, write what no session is needed for, or say nothing of anybody. */
const withoutContext =
  `ctx.act ctx.ceiling ctx.clock ctx.enter ctx.enter_calendar ctx.first_enrolment_open ctx.has_second_factor
  ctx.keys_in_use ctx.known ctx.knows_address ctx.ok ctx.open_own_enrolment ctx.own_first_enrolment ctx.perimeter_within
  ctx.settle_withdrawn_tools ctx.structure_is_managed ctx.touch ctx.trail_lag ctx.trail_position ctx.prove_session ctx.write_acts
  provisional_used record_by_session
  record_places record_usage unsubscribe satisfaction_link answer_satisfaction refuse_satisfaction`.split(/\s+/)

test('SEC-6: each function that the application may call and that bypasses the policies asks for the sealed context itself, or is named here', async () => {
  const { rows } = await owner.query<{ name: string; body: string; given: boolean }>(
    `select case n.nspname when 'ctx' then 'ctx.' else '' end || p.proname as name, p.prosrc as body,
      p.prosecdef and has_function_privilege('cc_web', p.oid, 'execute') as given
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'ctx')`,
  )
  const bodies = rows.map(row => ({ ...row, body: row.body.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '') }))
  const asks = new Set(bodies.filter(({ body }) => body.includes('ctx.ok()')).map(({ name }) => name))
  const silent = bodies.filter(({ name, given }) => given && !asks.has(name)).map(({ name }) => name)
  assert.deepEqual([...new Set(silent)].sort(), [...throughAnother, ...withoutContext].sort())

  for (let grew = true; grew; ) {
    const more = bodies.filter(
      ({ name, body }) => !asks.has(name) && [...asks].some(one => new RegExp(`\\b${one}\\(`).test(body)),
    )
    grew = more.length > 0
    for (const { name } of more) asks.add(name)
  }
  assert.deepEqual(
    throughAnother.filter(name => !asks.has(name)),
    [],
  )
})
