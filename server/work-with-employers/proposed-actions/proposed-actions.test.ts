import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { workingDaysAfter } from '../../platform/working-days.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { insertEstablishments, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { endConvention, layTerritories, plan, rights, suspend } from '../taking-over/testing.ts'
import { proposedActions } from './index.ts'
import { lapseProposals, purgeProposals } from './lapse-proposals.job.ts'

const today = parisDay(new Date())
const siret = siretOf(1)
let house: House
let worker: pg.Client
let people: { claire: Person; peer: Person; lead: Person; karim: Person; nadia: Person; chief: Person; faraway: Person }
let [cc, other, faraway] = ['', '', '']
before(async () => {
  house = await openHouse([...exchanges, ...proposedActions])
  await layTerritories(house.owner)
  ;[cc, other, faraway] = [
    (await house.organisation({ name: 'CC des Essais' })).id,
    (await house.organisation({ name: 'Mission d’essai' })).id,
    (await house.organisation({ name: 'Structure d’ailleurs' })).id,
  ]
  await insertEstablishments(house.owner, [{ siret }])
  people = {
    claire: await house.person(cc, [...rights()]),
    peer: await house.person(cc, [...rights()]),
    lead: await house.person(cc, [...rights('responsable')]),
    karim: await house.person(other, [...rights()]),
    nadia: await house.person(other, [...rights()]),
    chief: await house.person(other, [...rights('responsable')]),
    faraway: await house.person(faraway, [...rights('conseiller', places.garonne)]),
  }
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
})
after(async () => {
  await worker.end()
  await house.close()
})
beforeEach(() => house.owner.query('delete from action_proposals'))

const planned = async (who: Person, over: Parameters<typeof plan>[3] = {}) => {
  const { id: exchangeId } = await plan(house.owner, who, siret, { dueOn: addDays(today, 3), ...over })
  const { rows } = await house.owner.query('select id from next_actions where exchange_id = $1', [exchangeId])
  return { id: rows[0].id as string, exchangeId }
}
const propose = (who: Person, id: string, body: object = {}, headers = once()) =>
  house.call(who, 'POST', `/next-actions/${id}/proposals`, { toOrganisationId: other, ...body }, headers)
const say = (who: Person, id: string, act: 'accept' | 'decline' | 'withdraw', body?: object) =>
  house.call(
    who,
    'POST',
    `/action-proposals/${id}/${act}`,
    body ?? (act === 'decline' ? { reason: 'Déjà suivi' } : undefined),
    once(),
  )
const lists = async (who: Person) => (await house.call(who, 'GET', '/action-proposals')).body
const standing = async (id: string) =>
  (await house.owner.query('select owner_id, organisation_id, version, done_at from next_actions where id = $1', [id]))
    .rows[0]
const stateOf = async (id: string) =>
  (await house.owner.query('select state, answered_by from action_proposals where id = $1', [id])).rows[0]
const acts = async (actionId: string) =>
  (
    await house.owner.query(
      `select action, actor_id from audit_entries where subject_kind = 'next-action' and subject_id = $1 order by at, id`,
      [actionId],
    )
  ).rows.map(({ action, actor_id }) => [action, actor_id])
const mails = async (to: Person, kind: string) =>
  (
    await house.owner.query(
      'select subject, text as body from notifications where account_id = $1 and kind = $2 order by at',
      [to.id, kind],
    )
  ).rows

test('CAM-5: an action is proposed to a structure that works there, seen by its people, and accepted: it becomes theirs', async () => {
  const { claire, karim, chief, nadia } = people
  const { id } = await planned(claire)
  const offered = await house.call(claire, 'GET', `/next-actions/${id}/proposal-recipients`)
  assert.deepEqual(
    [offered.status, offered.body.items.map((o: { id: string }) => o.id), offered.body.lapsesOn],
    [200, [other], workingDaysAfter(today, 5)],
  )
  const made = await propose(claire, id, { words: ' Il cherche un apprenti. ' })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  assert.deepEqual(
    [made.body.state, made.body.to.id, made.body.words, made.body.allowed],
    ['waiting', other, 'Il cherche un apprenti.', ['withdraw']],
  )
  assert.equal((await standing(id)).owner_id, claire.id, 'it stays hers until someone accepts')
  assert.equal((await mails(chief, 'action-proposed')).length, 1, 'who leads there is told first')
  assert.doesNotMatch((await mails(chief, 'action-proposed'))[0].body, /ATELIER|apprenti/)
  const [seen] = (await lists(karim)).received
  assert.deepEqual(
    [seen.id, seen.kind, seen.dueOn, seen.establishment.siret, seen.by.id, seen.allowed],
    [made.body.id, 'rappel', addDays(today, 3), siretText(siret), claire.id, ['accept', 'decline']],
  )
  const accepted = await say(karim, made.body.id, 'accept')
  assert.deepEqual([accepted.status, accepted.body.state, accepted.body.answeredBy.id], [200, 'accepted', karim.id])
  const after = await standing(id)
  assert.deepEqual([after.owner_id, after.organisation_id, after.version], [karim.id, other, 2])
  assert.deepEqual(await acts(id), [
    ['next-action.proposed', claire.id],
    ['next-action.accepted', karim.id],
  ])
  assert.match((await mails(claire, 'action-answered'))[0].subject, /acceptée/)
  const own = await house.call(karim, 'GET', '/next-actions')
  assert.ok(own.body.items.some((n: { id: string }) => n.id === id))
  assert.ok(!(await house.call(claire, 'GET', '/next-actions')).body.items.some((n: { id: string }) => n.id === id))
  assert.equal((await house.call(karim, 'POST', `/next-actions/${id}/finish`, undefined, once())).status, 200)
  assert.deepEqual((await lists(nadia)).received, [])
  assert.equal((await lists(claire)).sent[0].state, 'accepted')
})

test('CAM-5: declined with a reason, it stays the sender’s, who is told and reads why; without one it is malformed', async () => {
  const { claire, karim } = people
  const { id } = await planned(claire)
  const { body } = await propose(claire, id)
  assert.equal((await say(karim, body.id, 'decline', { reason: ' ' })).status, 400)
  const before = (await mails(claire, 'action-answered')).length
  assert.equal((await say(karim, body.id, 'decline', { reason: 'Nous ne le suivons plus' })).body.state, 'declined')
  assert.equal((await standing(id)).owner_id, claire.id)
  const [sent] = (await lists(claire)).sent
  assert.deepEqual([sent.state, sent.reason, sent.answeredBy.id], ['declined', 'Nous ne le suivons plus', karim.id])
  assert.equal((await mails(claire, 'action-answered')).length, before + 1)
  assert.equal((await propose(claire, id)).status, 200, 'it may be proposed again')
})

test('CAM-5: withdrawn by its author or a lead of theirs while it waits, by no colleague', async () => {
  const { claire, peer, lead, karim } = people
  const { id } = await planned(claire)
  const first = await propose(claire, id)
  assert.equal((await propose(claire, id)).body.code, 'action-proposal/waiting', 'proposed twice')
  assert.equal((await say(peer, first.body.id, 'withdraw')).body.code, 'action-proposal/sender-only')
  assert.equal((await say(claire, first.body.id, 'withdraw')).body.state, 'withdrawn')
  assert.equal((await say(karim, first.body.id, 'accept')).body.code, 'action-proposal/answered')
  const second = await propose(claire, id)
  assert.ok((await lists(lead)).sent.some((p: { id: string }) => p.id === second.body.id))
  assert.equal((await say(lead, second.body.id, 'withdraw')).status, 200)
  assert.deepEqual((await lists(karim)).received, [])
})

test('SEC-6, CAM-5: proposed by who may plan it, to a structure with someone who records there, and to no other', async () => {
  const { claire, peer, lead, karim } = people
  const { id } = await planned(claire)
  assert.equal((await propose(peer, id)).body.code, 'next-action/owner-only')
  assert.equal((await propose(karim, id)).body.code, 'next-action/owner-only')
  assert.equal((await propose(people.faraway, id)).status, 404)
  for (const toOrganisationId of [faraway, cc, uuidv7()])
    assert.equal((await propose(claire, id, { toOrganisationId })).body.code, 'action-proposal/structure-elsewhere')
  assert.equal((await house.call(peer, 'GET', `/next-actions/${id}/proposal-recipients`)).status, 403)
  assert.equal((await propose(lead, id)).status, 200, 'a lead does for a colleague')
  const reader = await house.person(other, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  assert.equal((await house.call(reader, 'GET', '/action-proposals')).status, 403)
  const done = await planned(claire)
  await house.call(claire, 'POST', `/next-actions/${done.id}/finish`, undefined, once())
  assert.equal((await propose(claire, done.id)).body.code, 'next-action/already-done')
})
test('SEC-6, CAM-5: who works elsewhere, or in another structure, neither sees a proposal nor answers it', async () => {
  const { claire, peer } = people
  const { body } = await propose(claire, (await planned(claire)).id)
  const elsewhere = await house.person(other, [...rights('conseiller', places.garonne)])
  for (const who of [elsewhere, people.faraway]) {
    assert.deepEqual((await lists(who)).received, [])
    for (const act of ['accept', 'decline', 'withdraw'] as const)
      assert.equal((await say(who, body.id, act)).status, 404)
  }
  assert.equal((await say(peer, body.id, 'accept')).body.code, 'action-proposal/receiver-only')
  assert.equal((await say(people.karim, body.id, 'withdraw')).body.code, 'action-proposal/sender-only')
})

test('EST-11, CAM-5: what the exchange says stays private to its structure; a correction leaves the action that passed on', async () => {
  const { claire, karim } = people
  const { id, exchangeId } = await planned(claire, { visibility: 'organisation' })
  const { body } = await propose(claire, id)
  assert.equal((await say(karim, body.id, 'accept')).status, 200)
  assert.equal((await standing(id)).owner_id, karim.id)
  const read = await house.call(karim, 'GET', `/exchanges/${exchangeId}`)
  assert.deepEqual([read.status, read.body.content, read.body.author], [200, null, null])
  const exchange = (await house.call(claire, 'GET', `/exchanges/${exchangeId}`)).body
  const { channel, result } = exchange.content
  const input = { occurredOn: exchange.occurredOn, channel, result, notes: 'Relu', visibility: 'organisation' }
  const correct = (over: object) =>
    house.call(claire, 'PUT', `/exchanges/${exchangeId}`, { ...input, ...over }, { 'if-match': '"1"' })
  const again = await correct({ nextAction: { kind: 'visite', dueOn: addDays(today, 9) } })
  assert.deepEqual([again.status, again.body.code], [409, 'exchange/next-action-passed-on'])
  assert.equal((await correct({})).status, 200)
  const { status } = await house.call(
    claire,
    'POST',
    `/exchanges/${exchangeId}/cancel`,
    { reason: 'Essai' },
    { ...once(), 'if-match': '"2"' },
  )
  assert.equal(status, 200)
  const kept = await standing(id)
  assert.deepEqual([kept.owner_id, kept.done_at], [karim.id, null], 'what was accepted stays to do')
})

test('CAM-5: a proposal follows its action: moved, it says the new day; done by its owner, it waits for nobody', async () => {
  const { claire, karim } = people
  const { id } = await planned(claire)
  const { body } = await propose(claire, id)
  const move = { dueOn: addDays(today, 8), dueAt: '14:30', ownerId: claire.id }
  assert.equal((await house.call(claire, 'PUT', `/next-actions/${id}`, move, { 'if-match': '"1"' })).status, 200)
  const [seen] = (await lists(karim)).received
  assert.deepEqual([seen.dueOn, seen.dueAt], [move.dueOn, '14:30'])
  await house.call(claire, 'POST', `/next-actions/${id}/finish`, undefined, once())
  assert.deepEqual(await stateOf(body.id), { state: 'withdrawn', answered_by: null })
  assert.equal((await say(karim, body.id, 'accept')).body.code, 'action-proposal/answered')
  assert.equal((await standing(id)).owner_id, claire.id)
})

test('CAM-5: of two who accept at once, one does; accepted while withdrawn, or finished, one of the two stands', async () => {
  const { claire, karim, nadia } = people
  for (let i = 0; i < 4; i++) {
    const { id } = await planned(claire)
    const { body } = await propose(claire, id)
    const answers = await Promise.all([say(karim, body.id, 'accept'), say(nadia, body.id, 'accept')])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    const winner = [karim, nadia][answers.findIndex(({ status }) => status === 200)]!
    assert.deepEqual([(await standing(id)).owner_id, (await standing(id)).version], [winner.id, 2])
  }
  for (let i = 0; i < 4; i++) {
    const { id } = await planned(claire)
    const { body } = await propose(claire, id)
    const [accepted, withdrawn] = await Promise.all([say(karim, body.id, 'accept'), say(claire, body.id, 'withdraw')])
    assert.deepEqual([accepted.status, withdrawn.status].toSorted(), [200, 409])
    assert.equal((await standing(id)).owner_id, accepted.status === 200 ? karim.id : claire.id)
  }
  for (let i = 0; i < 4; i++) {
    const { id } = await planned(claire)
    const { body } = await propose(claire, id)
    const finish = house.call(claire, 'POST', `/next-actions/${id}/finish`, undefined, once())
    const [accepted, finished] = await Promise.all([say(karim, body.id, 'accept'), finish])
    const { owner_id, done_at } = await standing(id)
    if (accepted.status === 200) assert.deepEqual([owner_id, done_at], [karim.id, null])
    else assert.deepEqual([accepted.body.code, owner_id], ['action-proposal/answered', claire.id])
    assert.ok(accepted.status === 200 || finished.status === 200)
  }
})
test('CAM-5: the same request sent again answers the same, and proposes once', async () => {
  const { claire } = people
  const { id } = await planned(claire)
  const key = once()
  const [first, again] = [await propose(claire, id, {}, key), await propose(claire, id, {}, key)]
  assert.deepEqual([first.status, again.body], [200, first.body])
})

const night = () => within(worker)(lapseProposals)
test('CAM-5: unanswered after five working days, it lapses: told once, in the trail, no longer to accept', async () => {
  const { claire, karim } = people
  const { id } = await planned(claire)
  const { body } = await propose(claire, id)
  assert.equal(await night(), 0, 'its last day is to come')
  await house.owner.query('update action_proposals set lapses_on = $2 where id = $1', [body.id, today])
  assert.equal(await night(), 0, 'nor on the last day')
  await house.owner.query('update action_proposals set lapses_on = $2 where id = $1', [body.id, addDays(today, -1)])
  assert.deepEqual((await lists(karim)).received, [], 'before the night too')
  for (const act of ['accept', 'decline'] as const)
    assert.equal((await say(karim, body.id, act)).body.code, 'action-proposal/lapsed')
  const before = (await mails(claire, 'action-answered')).length
  assert.deepEqual([await night(), await night()], [1, 0])
  assert.equal((await stateOf(body.id)).state, 'lapsed')
  assert.equal((await mails(claire, 'action-answered')).length, before + 1)
  assert.deepEqual((await acts(id)).at(-1), ['next-action.proposal-lapsed', null])
  assert.equal((await standing(id)).owner_id, claire.id)
})
test('CAM-5, PRI-4: ninety days after its end a proposal is gone, with its words', async () => {
  const { claire } = people
  const kept = await propose(claire, (await planned(claire)).id, { words: 'Récent' })
  const old = await propose(claire, (await planned(claire)).id, { words: 'Ancien' })
  for (const { body } of [kept, old]) await say(claire, body.id, 'withdraw')
  await house.owner.query(`update action_proposals set answered_at = now() - interval '91 days' where id = $1`, [
    old.body.id,
  ])
  assert.equal(await within(worker)(purgeProposals), 1)
  assert.equal(await stateOf(old.body.id), undefined)
  assert.equal((await stateOf(kept.body.id)).state, 'withdrawn')
})

test('CAM-5, CAM-16: the receiver’s convention ended meanwhile: nobody there accepts, no more is proposed, the sender withdraws', async () => {
  const { claire } = people
  const gone = (await house.organisation()).id
  const [one, two] = [await house.person(gone, [...rights()]), await planned(claire)]
  const { body } = await propose(claire, two.id, { toOrganisationId: gone })
  await endConvention(house.owner, gone)
  assert.equal((await say(one, body.id, 'accept')).status, 403)
  assert.equal((await standing(two.id)).owner_id, claire.id)
  const next = await planned(claire)
  assert.equal(
    (await propose(claire, next.id, { toOrganisationId: gone })).body.code,
    'action-proposal/structure-elsewhere',
  )
  assert.equal((await say(claire, body.id, 'withdraw')).status, 200)
})
test('CAM-5, ACC-12: someone suspended since accepts nothing, and a structure left without anyone there is not proposed to', async () => {
  const { claire } = people
  const small = (await house.organisation()).id
  const only = await house.person(small, [...rights()])
  const { body } = await propose(claire, (await planned(claire)).id, { toOrganisationId: small })
  await suspend(house.owner, only)
  assert.ok((await say(only, body.id, 'accept')).status >= 401)
  const { id } = await planned(claire)
  assert.equal(
    (await propose(claire, id, { toOrganisationId: small })).body.code,
    'action-proposal/structure-elsewhere',
  )
})

test('SEC-6: straight to the database, the functions ask the same: who proposes, to whom, who settles', async () => {
  const { claire, peer, karim, nadia } = people
  const call = async (who: Person, query: ReturnType<typeof sql<{ it: string }>>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.first(query))!.it
    } finally {
      await tx.rollback()
    }
  }
  const { id } = await planned(claire)
  const lay = (to: string) =>
    sql<{
      it: string
    }>`select propose_action(${uuidv7()}::uuid, ${id}::uuid, ${to}::uuid, null, ${addDays(today, 5)}::date, now()) as it`
  assert.equal(await call(claire, lay(other)), '')
  assert.equal(await call(peer, lay(other)), 'next-action/owner-only')
  assert.equal(await call(claire, lay(faraway)), 'action-proposal/structure-elsewhere')
  const { body } = await propose(claire, id)
  const end = (outcome: string) =>
    sql<{ it: string }>`select settle_action_proposal(${body.id}::uuid, ${outcome}, 'Essai', now()) as it`
  assert.equal(await call(karim, end('accepted')), '')
  for (const [who, outcome] of [
    [claire, 'accepted'],
    [karim, 'withdrawn'],
    [peer, 'withdrawn'],
    [nadia, 'waiting'],
  ] as const)
    assert.equal(await call(who, end(outcome)), 'not-found', outcome)
  for (const [signature, clause, to, query] of [
    [
      'propose_action(uuid, uuid, uuid, text, date, timestamptz)',
      `receiver not in (select public.proposal_recipients(next_action, ctx.paris_day(at)))`,
      'false',
      lay(faraway),
    ],
    [
      'settle_action_proposal(uuid, text, text, timestamptz)',
      'not exists (select from ctx.settleable_proposals(array[proposal], outcome))',
      'false',
      end('withdrawn'),
    ],
  ] as const) {
    const asked = await call(peer, query)
    await withFunctionChanged(house.owner, signature, clause, to, async () => {
      await house.owner.query(`update action_proposals set state = 'withdrawn', answered_at = now() where id <> $1`, [
        body.id,
      ])
      assert.notEqual(await call(signature.startsWith('propose') ? claire : peer, query).catch(String), asked, clause)
    })
  }
})
