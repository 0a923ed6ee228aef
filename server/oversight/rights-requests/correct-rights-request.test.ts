import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { once, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { aRequest, openRegister, type Register } from './testing.ts'

let register: Register
let colleague: Person // another officer of the partner
before(async () => {
  register = await openRegister()
  colleague = await register.house.person(register.structures.partner)
  await giveRole(register.house.owner, colleague, 'dpd')
})
after(() => register.close())

const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await register.house.owner.query(text, values)).rows
const correction = (over: object = {}) => ({ ...aRequest({ kind: 'access' }), reason: 'Faute de frappe', ...over })
const correct = (who: Person | null, id: string, body: object, version = 1, key = once()) =>
  register.house.call(who, 'PUT', `/rights-requests/${id}`, body, { ...key, 'if-match': `"${version}"` })
const history = async (who: Person, id: string) =>
  (await register.house.call(who, 'GET', `/rights-requests/${id}/corrections`)).body
const entered = async (over: object = {}) => register.entered(register.dpd, { kind: 'access', ...over })
const kept = async (id: string) =>
  (await rows('select from rights_request_corrections where request_id = $1', [id])).length
const answer = { answeredOn: '2026-06-08', outcome: 'refused', channel: 'mail', article: 'other', reason: 'x' }

test('PRI-2, SEC-1: a mistyped entry is corrected with a reason: the delay runs from the corrected day, what was entered is kept, no other request changes, the trail names nobody', async () => {
  const { at, dpd, one } = register
  at('2026-06-08T09:00:00Z')
  const { id, version, dueOn } = await entered({ person: 'Alix Esai', receivedOn: '2026-06-08' })
  const beside = await one(dpd, (await entered()).id)
  assert.deepEqual([version, dueOn], [1, '2026-07-08'])
  const body = correction({
    person: '  Alix Essai ',
    kind: 'erasure',
    receivedOn: '2026-05-29',
    reason: ' Courrier relu ',
  })
  const corrected = await correct(colleague, id, body)
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  assert.deepEqual(
    [corrected.body.person, corrected.body.kind, corrected.body.receivedOn, corrected.body.version],
    ['Alix Essai', 'erasure', '2026-05-29', 2],
  )
  assert.deepEqual([corrected.body.dueOn, corrected.body.extendableUntil], ['2026-06-29', '2026-06-29'])
  assert.deepEqual(await one(dpd, id), corrected.body)
  assert.deepEqual(await one(dpd, beside.id), beside, 'what was not corrected stays')
  at('2026-06-09T09:00:00Z')
  assert.equal((await correct(dpd, id, correction({ receivedOn: '2026-05-29', channel: 'letter' }), 2)).status, 200)
  const { items } = await history(dpd, id)
  assert.deepEqual(
    items.map((item: any) => [item.version, item.recordedBy.id, item.reason]),
    [
      [2, dpd.id, 'Faute de frappe'],
      [1, colleague.id, 'Courrier relu'],
    ],
  )
  // The database's own instant, whatever the service says.
  assert.ok(items[0].recordedAt > items[1].recordedAt)
  assert.deepEqual(
    items.map((item: any) => [item.before, item.after].map(e => [e.person, e.kind, e.channel, e.receivedOn])),
    [
      [
        ['Alix Essai', 'erasure', 'mail', '2026-05-29'],
        ['Alix Essai', 'access', 'letter', '2026-05-29'],
      ],
      [
        ['Alix Esai', 'access', 'mail', '2026-06-08'],
        ['Alix Essai', 'erasure', 'mail', '2026-05-29'],
      ],
    ],
  )
  const trail = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rights-request.corrected' and e.subject_id = $1 order by e.at, e.id`,
    [id],
  )
  assert.deepEqual(
    trail.map(({ actor_id, detail }) => [actor_id, detail.version, detail.changed, detail.dueOn]),
    [
      [colleague.id, 2, ['kind', 'person', 'receivedOn'], '2026-06-29'],
      [dpd.id, 3, ['kind', 'channel'], '2026-06-29'],
    ],
  )
  assert.deepEqual([trail[0].detail.before.receivedOn, trail[0].detail.after.receivedOn], ['2026-06-08', '2026-05-29'])
  assert.doesNotMatch(JSON.stringify(trail), /Alix|Es+ai|relu|frappe/)
})

test('PRI-2: a receipt corrected to an earlier day may leave an extension told too late: it stays noted, and lengthens nothing', async () => {
  const { at, dpd, ok, one, house, structures } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await entered({ receivedOn: '2026-05-11' })
  const extended = await ok(dpd, `/${id}/extension`, { toldOn: '2026-06-08', reason: 'Trois structures.' })
  assert.deepEqual([extended.dueOn, extended.extension.counts], ['2026-08-11', true])
  await correct(dpd, id, correction({ receivedOn: '2026-05-12' }))
  assert.deepEqual([(await one(dpd, id)).dueOn, (await one(dpd, id)).extension.counts], ['2026-08-12', true])
  const counted = async () => (await house.call(dpd, 'GET', '/rights-requests/held')).body.dueOn
  const { body } = await correct(dpd, id, correction({ receivedOn: '2026-05-04' }), 2)
  assert.deepEqual([body.dueOn, body.extension.counts, body.late], ['2026-06-04', false, true])
  assert.equal(await counted(), '2026-06-04')
  await ok(dpd, `/${id}/handover`, { toOrganisationId: structures.operator })
  const [mail] = await rows(`select body from mails where about_id = $1 and kind = 'rights-request-handed'`, [id])
  assert.match(mail.body, /au plus tard le .*4 juin 2026/)
})

test('PRI-2, SEC-6: whoever does not hold the request corrects nothing, nor reads its corrections', async () => {
  const { at, agent, otherDpd, operatorDpd } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await entered()
  for (const [who, status] of [
    [agent, 404],
    [otherDpd, 404],
    [operatorDpd, 404],
    [null, 401],
  ] as const) {
    assert.equal((await correct(who, id, correction({ person: 'Autre' }))).status, status)
    assert.equal((await register.house.call(who, 'GET', `/rights-requests/${id}/corrections`)).status, status)
  }
  assert.equal((await correct(register.dpd, uuidv7(), correction())).status, 404)
  assert.equal(await kept(id), 0)
})

test('PRI-2: once answered, or handed over, neither side corrects; both read what was corrected before', async () => {
  const { at, dpd, operatorDpd, structures, ok, one } = register
  at('2026-06-08T09:00:00Z')
  const done = await entered()
  await ok(dpd, `/${done.id}/answer`, answer)
  assert.equal((await correct(dpd, done.id, correction({ person: 'Autre' }))).body.code, 'rights-request/answered')
  const away = await entered()
  assert.ok((await one(dpd, away.id)).allowed.includes('correct'))
  assert.equal((await correct(dpd, away.id, correction({ person: 'Sacha Essai' }))).status, 200)
  await ok(dpd, `/${away.id}/handover`, { toOrganisationId: structures.operator })
  for (const [who, code] of [
    [dpd, 'rights-request/handed'],
    [operatorDpd, 'rights-request/entry-handed'],
  ] as const) {
    assert.equal((await correct(who, away.id, correction({ person: 'Autre' }), 2)).body.code, code)
    assert.equal((await one(who, away.id)).allowed.includes('correct'), false)
    const { items } = await history(who, away.id)
    assert.deepEqual([items.length, items[0].recordedBy.name], [1, dpd.name])
  }
  assert.deepEqual([await kept(done.id), await kept(away.id)], [0, 1])
})

test('PRI-2: what is malformed, unchanged, to come, after a step that is noted or without a version is refused, so is another person once their identity is checked, and nothing is written', async () => {
  const { at, dpd, ok } = register
  at('2026-06-10T09:00:00Z')
  const { id } = await entered()
  await ok(dpd, `/${id}/identity`, { checkedOn: '2026-06-08', manner: 'known' })
  for (const [over, expected] of [
    [{ reason: undefined }, 'request/malformed'],
    [{ reason: ' ' }, 'request/malformed'],
    [{ person: '' }, 'request/malformed'],
    [{ person: 'Alix\nEssai' }, 'request/malformed'],
    [{ kind: 'forgetting' }, 'request/malformed'],
    [{ receivedOn: '2026-02-30' }, 'request/malformed'],
    [{ more: 1 }, 'request/malformed'],
    [{}, 'rights-request/unchanged'],
    [{ person: ' Alix Essai ' }, 'rights-request/unchanged'],
    [{ person: 'Autre' }, 'rights-request/identity-checked'],
    [{ receivedOn: '2026-06-11' }, 'rights-request/day-in-future'],
    [{ receivedOn: '2026-06-09' }, 'rights-request/step-before'],
  ] as const)
    assert.equal((await correct(dpd, id, correction(over))).body.code, expected, JSON.stringify(over))
  const unread = await register.house.call(
    dpd,
    'PUT',
    `/rights-requests/${id}`,
    correction({ person: 'Autre' }),
    once(),
  )
  assert.equal(unread.body.code, 'request/if-match-required')
  assert.equal(await kept(id), 0)
})

test('PRI-2: two correct one version at once: one is kept, the other reads what stands; sent twice with one key, once', async () => {
  const { at, dpd } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await entered()
  const both = await Promise.all([
    correct(dpd, id, correction({ person: 'Alix Premier' })),
    correct(colleague, id, correction({ person: 'Alix Second' })),
  ])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 412])
  const [won, lost] = both[0].status === 200 ? both : both.toReversed()
  assert.deepEqual(
    [lost!.body.code, lost!.body.current.person, lost!.body.current.version],
    ['request/changed-meanwhile', won!.body.person, 2],
  )
  const key = once()
  const body = correction({ person: 'Alix Essai' })
  const [first, again] = [await correct(dpd, id, body, 2, key), await correct(dpd, id, body, 2, key)]
  assert.deepEqual([first.status, again.body], [200, first.body])
  assert.equal(await kept(id), 2)
})

test('PRI-2: answered while it is corrected, the correction waits, then is refused', async () => {
  const { at, dpd } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await entered()
  const [late] = await whileHeld(
    register.house.owner,
    `with locked as (select pg_advisory_xact_lock(hashtextextended('rights request ' || $1, 0)))
      insert into rights_request_steps (request_id, kind, happened_on, outcome, channel, article, reason, recorded_by,
        recorded_at) select $1::uuid, 'answer', '2026-06-08', 'refused', 'mail', 'other', 'x', $2, now() from locked`,
    [id, dpd.id],
    [() => correct(dpd, id, correction({ person: 'Autre' }))],
  )
  assert.equal(late!.body.code, 'rights-request/answered')
  assert.equal(await kept(id), 0)
})

test('SEC-6, PRI-2: straight to the database, a correction of another version, of nothing, to come, after a step, of the person once checked or once answered is refused', async () => {
  const { at, dpd, ok, house } = register
  at('2026-06-08T09:00:00Z')
  const [open, done, longer] = [await entered(), await entered(), await entered()]
  await ok(dpd, `/${longer.id}/extension`, { toldOn: '2026-06-08', reason: 'Trois structures.' })
  await ok(dpd, `/${open.id}/identity`, { checkedOn: '2026-06-08', manner: 'known' })
  await ok(dpd, `/${done.id}/answer`, answer)
  const straight = async (
    id: string,
    { version = 1, person = 'Alix Essai', receivedOn = '2026-06-05', channel = 'letter' } = {},
  ) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(dpd.cookie.slice('session='.length)))
      return (await tx.first(
        sql<{ outcome: string }>`select correct_rights_request(${id}::uuid, ${version}::int, 'access', 'correspondent',
          ${person}, ${channel}, ${receivedOn}::date, 'x') as outcome`,
      ))!.outcome
    } finally {
      await tx.rollback()
    }
  }
  const cases = [
    [open.id, {}, ''],
    [open.id, { version: 2 }, 'request/changed-meanwhile'],
    [open.id, { channel: 'mail' }, 'rights-request/unchanged'],
    [open.id, { receivedOn: '2099-01-01' }, 'rights-request/day-in-future'],
    [open.id, { receivedOn: '2026-06-09' }, 'rights-request/step-before'],
    [done.id, {}, 'rights-request/answered'],
    [open.id, { person: 'Autre' }, 'rights-request/identity-checked'],
    [longer.id, { person: 'Autre' }, ''], // lengthened, not checked
  ] as const
  for (const [id, over, outcome] of cases) assert.equal(await straight(id, over), outcome, JSON.stringify(over))
  for (const [clause, n] of [
    ['r.version <> seen', 1],
    ['(r.kind, r.whose, r.person, r.channel, r.received_on) = (of_kind, of_whose, of_person, of_channel, of_day)', 2],
    ['of_day > ctx.paris_day(at)', 3],
    [
      'exists (select from public.rights_request_steps s where s.request_id = of_request and s.happened_on < of_day)',
      4,
    ],
    ["exists (select from public.rights_request_steps s where s.request_id = of_request and s.kind = 'answer')", 5],
    ['r.person <> of_person', 6],
  ] as const)
    await withFunctionChanged(
      house.owner,
      'correct_rights_request(uuid, int, text, text, text, text, date, text)',
      clause,
      'false',
      async () => assert.notEqual(await straight(cases[n]![0], cases[n]![1]), cases[n]![2], clause),
    )
})
