import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { purgeRightsRequestsNightly } from './purge-rights-requests.job.ts'
import { aRequest, openRegister, type Register } from './testing.ts'

let register: Register
before(async () => {
  register = await openRegister()
})
after(() => register.close())

const identity = { checkedOn: '2026-06-10', manner: 'call-back' }
const extension = { toldOn: '2026-07-03', reason: 'Quatre applications à interroger.' }
const answer = { answeredOn: '2026-07-20', outcome: 'given', channel: 'mail' }
const told = { toldOn: '2026-07-21', extent: 'all', words: 'La mission locale et le PLIE, par messagerie.' }
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await register.house.owner.query(text, values)).rows
const trailOf = (id: string) =>
  rows(
    `select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_kind = 'rights-request' and e.subject_id = $1 order by e.at, e.id`,
    [id],
  )

test('PRI-2, SEC-1: a request is entered, its identity checked, its month extended, answered, its recipients told; the trail has each act and names nobody', async () => {
  const { at, dpd, ok, one } = register
  at('2026-06-08T09:00:00Z')
  const entered = await register.entered()
  const { id } = entered
  assert.deepEqual(
    [entered.dueOn, entered.extendableUntil, entered.late, entered.state, entered.allowed],
    ['2026-07-06', '2026-07-06', false, 'open', ['check-identity', 'extend', 'answer', 'hand-over', 'correct']],
  )
  assert.deepEqual([entered.person, entered.receivedBy.id], ['Alix Essai', register.structures.partner])
  at('2026-06-10T09:00:00Z')
  const checked = await ok(dpd, `/${id}/identity`, identity)
  assert.deepEqual(
    [checked.identity, checked.allowed],
    [{ on: '2026-06-10', manner: 'call-back' }, ['extend', 'answer', 'hand-over', 'correct']],
  )
  at('2026-07-03T09:00:00Z')
  const extended = await ok(dpd, `/${id}/extension`, { ...extension, reason: `  ${extension.reason} ` })
  assert.deepEqual(
    [extended.extension, extended.dueOn],
    [{ on: '2026-07-03', reason: extension.reason, counts: true }, '2026-09-07'],
  )
  at('2026-07-20T09:00:00Z')
  const answered = await ok(dpd, `/${id}/answer`, answer)
  assert.deepEqual(
    [answered.answer, answered.toTell, answered.state, answered.allowed],
    [
      { on: '2026-07-20', outcome: 'given', channel: 'mail', article: null, reason: null },
      true,
      'open',
      ['tell-recipients'],
    ],
  )
  at('2026-07-21T09:00:00Z')
  const closed = await ok(dpd, `/${id}/recipients`, told)
  assert.deepEqual(
    [closed.recipients, closed.toTell, closed.state, closed.allowed],
    [{ on: '2026-07-21', extent: 'all', words: told.words }, false, 'closed', []],
  )
  assert.deepEqual(await one(dpd, id), closed)
  const trail = await trailOf(id)
  assert.deepEqual(
    trail.map(entry => entry.action.replace('rights-request.', '')),
    ['entered', 'identity-checked', 'extended', 'answered', 'recipients-told'],
  )
  assert.ok(trail.every(entry => entry.actor_id === dpd.id))
  assert.doesNotMatch(JSON.stringify(trail), /Alix|Essai|applications|mission locale/)
})

test('PRI-2: a request is late the day after its last one; what is refused says its article and why, and needs no identity', async () => {
  const { at, dpd, entered, ok, one, post } = register
  at('2026-06-08T09:00:00Z')
  const { id } = await entered(dpd, { kind: 'access' })
  at('2026-07-06T21:59:00Z')
  assert.equal((await one(dpd, id)).late, false)
  // Midnight of Paris, in summer.
  at('2026-07-06T22:00:00Z')
  assert.equal((await one(dpd, id)).late, true)
  const refused = { answeredOn: '2026-07-07', outcome: 'refused', channel: 'letter' }
  for (const lacking of [
    {},
    { article: '12-5' },
    { reason: 'Dixième demande du mois.' },
    { article: '12-5', reason: ' ' },
  ])
    assert.ok([400, 422].includes((await post(dpd, `/${id}/answer`, { ...refused, ...lacking })).status))
  const given = { ...refused, outcome: 'given', article: '12-5', reason: 'x' }
  assert.equal((await post(dpd, `/${id}/answer`, given)).body.code, 'rights-request/ground-required')
  const reply = await ok(dpd, `/${id}/answer`, { ...refused, article: '11-2', reason: 'Personne n’est reconnu.' })
  assert.deepEqual(
    [reply.answer, reply.late, reply.state],
    [
      { on: '2026-07-07', outcome: 'refused', channel: 'letter', article: '11-2', reason: 'Personne n’est reconnu.' },
      false,
      'closed',
    ],
  )
  assert.equal((await trailOf(id)).at(-1).detail.late, true)
})

test('PRI-2: to do, the first received first; closed, the last received first; by pages, counted', async () => {
  const { at, otherDpd, entered, ok } = register
  at('2026-06-08T09:00:00Z')
  const days = ['2026-06-03', '2026-06-01', '2026-06-02', '2026-06-01']
  for (const receivedOn of days) {
    const { id } = await entered(otherDpd, { kind: 'objection', receivedOn })
    if (receivedOn === '2026-06-02') continue
    const done = await entered(otherDpd, { kind: 'access', receivedOn })
    await ok(otherDpd, `/${done.id}/identity`, { checkedOn: '2026-06-08', manner: 'known' })
    await ok(otherDpd, `/${done.id}/answer`, { ...answer, answeredOn: '2026-06-08' })
    // An objection that is granted waits for its recipients: it is to do still.
    await ok(otherDpd, `/${id}/identity`, { checkedOn: '2026-06-08', manner: 'document' })
    await ok(otherDpd, `/${id}/answer`, { ...answer, answeredOn: '2026-06-08' })
  }
  // Refused, nothing was changed that anybody would be told of.
  const refused = await entered(otherDpd, { kind: 'objection', receivedOn: '2026-06-04' })
  await ok(otherDpd, `/${refused.id}/answer`, {
    answeredOn: '2026-06-08',
    outcome: 'refused',
    channel: 'mail',
    article: '21-1',
    reason: 'Motifs légitimes.',
  })
  const pages = async (state: string) => {
    const found: any[] = []
    let next: string | null = ''
    while (next !== null) {
      const query: string = `state=${state}&limit=2&total=true${next && `&after=${encodeURIComponent(next)}`}`
      const { body } = await register.house.call(otherDpd, 'GET', `/rights-requests?${query}`)
      assert.equal(body.total, 4)
      found.push(...body.items)
      next = body.next
    }
    return found
  }
  const open = await pages('open')
  assert.deepEqual(
    open.map(one => [one.receivedOn, one.state, one.toTell]),
    [...days].sort().map(day => [day, 'open', day !== '2026-06-02']),
  )
  assert.deepEqual(
    (await pages('closed')).map(one => [one.receivedOn, one.state]),
    [
      ['2026-06-04', 'closed'],
      ['2026-06-03', 'closed'],
      ['2026-06-01', 'closed'],
      ['2026-06-01', 'closed'],
    ],
  )
})

test('PRI-2, SEC-6: nobody but the data protection officers of the structure reads or writes its register', async () => {
  const { at, agent, dpd, entered, otherDpd, operatorDpd, post, house } = register
  at('2026-06-10T09:00:00Z')
  const { id } = await entered()
  assert.equal((await post(agent, '', aRequest())).body.code, 'rights-request/dpd-only')
  assert.equal((await house.call(agent, 'GET', '/rights-requests?state=open')).body.code, 'rights-request/dpd-only')
  for (const who of [agent, otherDpd, operatorDpd]) {
    assert.equal((await house.call(who, 'GET', `/rights-requests/${id}`)).status, 404)
    for (const [path, body] of [
      ['identity', identity],
      ['extension', { ...extension, toldOn: '2026-06-10' }],
      ['answer', answer],
      ['recipients', told],
      ['handover', { toOrganisationId: register.structures.operator }],
    ] as const)
      assert.equal((await post(who, `/${id}/${path}`, body)).status, 404, path)
  }
  assert.equal((await house.call(null, 'GET', `/rights-requests/${id}`)).status, 401)
  assert.equal((await house.call(dpd, 'GET', `/rights-requests/${uuidv7()}`)).status, 404)
  assert.deepEqual((await trailOf(id)).length, 1)
})

test('PRI-2: what is malformed, to come or out of turn is refused, and nothing is written', async () => {
  const { at, dpd, entered, post } = register
  at('2026-06-10T09:00:00Z')
  const { id } = await entered(dpd, { kind: 'access' })
  for (const wrong of [
    { kind: 'forgetting' },
    { person: '' },
    { person: '  ' },
    { person: 'x'.repeat(161) },
    { person: 'Alix\nEssai' },
    { receivedOn: '2026-02-30' },
    { receivedOn: 'hier' },
    { more: 1 },
  ])
    assert.equal((await post(dpd, '', aRequest(wrong))).status, 400, JSON.stringify(wrong))
  const codeOf = async (path: string, body: object) => (await post(dpd, path, body)).body.code
  assert.equal(await codeOf('', aRequest({ receivedOn: '2026-06-11' })), 'rights-request/day-in-future')
  assert.equal(await codeOf(`/${id}/answer`, { ...answer, answeredOn: '2026-06-10' }), 'rights-request/identity-first')
  assert.equal(await codeOf(`/${id}/recipients`, { ...told, toldOn: '2026-06-10' }), 'rights-request/nothing-to-tell')
  assert.equal(await codeOf(`/${id}/identity`, { ...identity, checkedOn: '2026-06-04' }), 'rights-request/day-before')
  at('2026-07-08T09:00:00Z')
  assert.equal(
    await codeOf(`/${id}/extension`, { ...extension, toldOn: '2026-07-07' }),
    'rights-request/first-month-over',
  )
  assert.equal((await post(dpd, `/${id}/extension`, { toldOn: '2026-07-01', reason: ' ' })).status, 400)
  assert.deepEqual(await rows('select kind from rights_request_steps where request_id = $1', [id]), [])
  assert.equal((await trailOf(id)).length, 1)
})

test('PRI-2: of two officers who note one step at once, one does; the other is told that it is noted', async () => {
  const { at, dpd, entered, ok, post } = register
  at('2026-06-10T09:00:00Z')
  const { id } = await entered(dpd, { kind: 'access' })
  const both = await Promise.all([post(dpd, `/${id}/identity`, identity), post(dpd, `/${id}/identity`, identity)])
  assert.deepEqual(both.map(one => one.status).sort(), [200, 409])
  assert.equal(both.find(one => one.status === 409)!.body.code, 'rights-request/already-noted')
  await ok(dpd, `/${id}/answer`, { ...answer, answeredOn: '2026-06-10' })
  assert.equal((await post(dpd, `/${id}/answer`, { ...answer, answeredOn: '2026-06-10' })).status, 409)
  assert.equal((await rows('select 1 from rights_request_steps where request_id = $1', [id])).length, 2)
})

test('PRI-4, PRI-2: five years after its answer a request is deleted, with what was noted of it; one that waits stays', async () => {
  const { at, dpd, entered, ok, house } = register
  at('2026-06-10T09:00:00Z')
  const [done, waiting] = [await entered(dpd, { kind: 'access' }), await entered(dpd, { kind: 'access' })]
  await ok(dpd, `/${done.id}/identity`, identity)
  await ok(dpd, `/${done.id}/answer`, { ...answer, answeredOn: '2026-06-10' })
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const purge = async (answeredAgo: string) => {
    await rows(
      `update rights_request_steps set happened_on = (now() - interval '5 years' - $2::interval)::date
        where request_id = $1`,
      [done.id, answeredAgo],
    )
    await purgeRightsRequestsNightly.run(null, {
      withPgClient: (work: any) => work(worker),
      logger: { info: () => {}, warn: () => {} } as never,
      abortSignal: undefined as never,
    } as never)
    return (await rows('select id from rights_requests where id = any ($1)', [[done.id, waiting.id]])).map(r => r.id)
  }
  try {
    assert.equal((await purge('-2 days')).length, 2)
    assert.deepEqual(await purge('2 days'), [waiting.id])
    assert.deepEqual(await rows('select 1 from rights_request_steps where request_id = $1', [done.id]), [])
  } finally {
    await worker.end()
  }
})
