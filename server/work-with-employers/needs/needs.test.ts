import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { needKinds, needStates } from '../../../contract/work-with-employers/needs.ts'
import type { Refused } from '../../platform/errors.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { endConvention, here, rights } from '../taking-over/testing.ts'
import { needs } from './index.ts'
import { saveJobTitles } from './job-titles.queries.ts'
import { moved } from './moving.ts'
import { needById, searched } from './needs.queries.ts'

const today = parisDay(new Date())
let house: House
let people: Record<'claire' | 'peer' | 'lead' | 'karim' | 'nadia' | 'chief' | 'zoe' | 'reader' | 'faraway', Person>
let [cc, mission, cap, faraway] = ['', '', '', '']
before(async () => {
  house = await openHouse(needs)
  await layTerritories(house.owner)
  ;[cc, mission, cap, faraway] = [
    (await house.organisation({ name: 'CC des Essais' })).id,
    (await house.organisation({ name: 'Mission d’essai' })).id,
    (await house.organisation({ name: 'Cap d’essai' })).id,
    (await house.organisation({ name: 'Structure d’ailleurs' })).id,
  ]
  await insertEstablishments(
    house.owner,
    Array.from({ length: 40 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  people = {
    claire: await house.person(cc, [...rights()]),
    peer: await house.person(cc, [...rights()]),
    lead: await house.person(cc, [...rights('responsable')]),
    karim: await house.person(mission, [...rights()]),
    nadia: await house.person(mission, [...rights()]),
    chief: await house.person(mission, [...rights('responsable')]),
    zoe: await house.person(cap, [...rights()]),
    reader: await house.person(cap, [
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
    ]),
    faraway: await house.person(faraway, [...rights('conseiller', places.garonne)]),
  }
  await saveJobTitles(
    house.owner as never,
    (
      [
        ['11573', 'Boulanger / Boulangère', 'D1102'],
        ['11574', 'Boulanger-pâtissier / Boulangère-pâtissière', 'D1104'],
        ['18704', 'Soudeur / Soudeuse', 'H2913'],
      ] as const
    ).map(([code, label, rome]) => ({ code, label, rome, words: searched(label) })),
  )
})
after(() => house.close())

let next = 0
const shop = () => siretText(siretOf(++next))
const baker = { kind: 'recrutement', jobCode: '11573', posts: 2, contract: 'cdi' }
const note = (body: object = baker, who = people.claire, siret = shop()) =>
  house.call(who, 'POST', `/establishments/${siret}/needs`, body, once())
const noted = async (...args: Parameters<typeof note>) => {
  const { status, body } = await note(...args)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const read = (id: string, who = people.claire) => house.call(who, 'GET', `/needs/${id}`)
const act = (id: string, path: string, body?: object, who = people.claire) =>
  house.call(who, 'POST', `/needs/${id}/${path}`, body, once())
const take = (id: string, who: Person) => act(id, 'taking', undefined, who)
const hire = (id: string, number: number, who: Person, over: object = {}) =>
  act(id, 'hires', { number, contract: 'cdi', hiredOn: today, ...over }, who)
const propose = (id: string, to: string[] = [mission, cap], who = people.claire, words: string | null = null) =>
  act(id, 'proposals', { toOrganisationIds: to, words }, who)
const settle = (id: string, how: 'decline' | 'withdraw', who: Person, reason = 'Pas ce métier') =>
  house.call(who, 'POST', `/need-proposals/${id}/${how}`, how === 'decline' ? { reason } : undefined, once())
const received = async (who: Person) => (await house.call(who, 'GET', '/need-proposals')).body
const mails = async (to: Person, kind: string) =>
  (
    await house.owner.query('select text as body from notifications where account_id = $1 and kind = $2 order by at', [
      to.id,
      kind,
    ])
  ).rows.map(({ body }) => body as string)
const trail = async (id: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'need' and e.subject_id = $1 order by e.at, e.id`,
      [id],
    )
  ).rows

test('CAM-7: a recruitment is noted with its job of the ROME found by label, posts, contract, start, hours, wage, skills and place', async () => {
  const found = await house.call(people.claire, 'GET', '/job-titles?q=boul')
  assert.deepEqual(
    found.body.items.map(({ label }: { label: string }) => label),
    ['Boulanger / Boulangère', 'Boulanger-pâtissier / Boulangère-pâtissière'],
  )
  assert.deepEqual((await house.call(people.claire, 'GET', '/job-titles?q=P%C3%82TISSIERE')).body.items.length, 1)
  const siret = shop()
  const exchange = anExchange({ ...here, siret: Number(siret), organisationId: cc, authorId: people.claire.id })
  await insertExchange(house.owner, exchange)
  const need = await noted(
    {
      ...baker,
      startsOn: addDays(today, 30),
      weeklyHours: 35.5,
      wage: '12 € de l’heure',
      skills: 'CAP',
      place: 'Bus 12, dès 5 h',
      notes: ' Préfère le matin ',
      exchangeId: exchange.id,
    },
    people.claire,
    siret,
  )
  assert.deepEqual(need.job, { label: 'Boulanger / Boulangère', code: '11573', rome: 'D1102' })
  assert.deepEqual(
    [need.posts, need.contract, need.startsOn, need.weeklyHours, need.wage, need.skills, need.place, need.notes],
    [2, 'cdi', addDays(today, 30), 35.5, '12 € de l’heure', 'CAP', 'Bus 12, dès 5 h', 'Préfère le matin'],
  )
  assert.deepEqual(
    [need.state, need.owner.id, need.organisation.id, need.exchangeId, need.version, need.history.length],
    ['ouvert', people.claire.id, cc, exchange.id, 1, 1],
  )
  assert.deepEqual(need.allowed, ['take', 'fill-otherwise', 'abandon', 'correct', 'propose'])
  const seen = (await read(need.id, people.reader)).body
  assert.deepEqual([seen.notes, seen.allowed], ['Préfère le matin', []])
  const [entry] = await trail(need.id)
  assert.deepEqual([entry.action, entry.by, entry.detail.version], ['need.noted', people.claire.id, 1])
  assert.doesNotMatch(JSON.stringify(entry.detail), /matin|CAP|Boulanger/)
  // In one's own words, where the list has none; each other kind has its own.
  const free = await noted({ kind: 'recrutement', jobLabel: 'Bouteilleur' })
  assert.deepEqual([free.job, free.posts], [{ label: 'Bouteilleur', code: null, rome: null }, 1])
  const others = [
    { kind: 'formation' },
    { kind: 'immersion' },
    { kind: 'conseil', advice: 'handicap' },
    { kind: 'contrat-aide' },
    { kind: 'autre', notes: 'Une question sur l’apprentissage' },
  ]
  for (const other of others) assert.equal((await noted(other)).kind, other.kind)
})

test('CAM-7: what is malformed or impossible is refused in words, and writes nothing; who may not note there notes nothing', async () => {
  const siret = shop()
  const other = anExchange({ ...here, siret: siretOf(99), organisationId: cc, authorId: people.claire.id })
  await insertExchange(house.owner, other)
  for (const [body, code] of [
    [{ kind: 'recrutement' }, 'need/job-missing'],
    [{ kind: 'recrutement', jobLabel: '  ' }, 'request/malformed'],
    [{ kind: 'recrutement', jobCode: '999' }, 'need/job-unknown'],
    [{ kind: 'conseil' }, 'need/advice-missing'],
    [{ ...baker, posts: 0 }, 'request/malformed'],
    [{ ...baker, weeklyHours: 61 }, 'request/malformed'],
    [{ ...baker, correspondentId: people.claire.id }, 'need/correspondent-elsewhere'],
    [{ ...baker, exchangeId: other.id }, 'need/exchange-elsewhere'],
  ] as const)
    assert.equal((await note(body, people.claire, siret)).body.code, code)
  for (const [who, code] of [
    [people.reader, 'access/no-grant'],
    [people.faraway, 'access/outside-perimeter'],
  ] as const)
    assert.equal((await note(baker, who, siret)).body.code, code)
  assert.equal((await note(baker, people.claire, siretText(siretOf(98)))).body.code, 'establishment/unknown')
  const listed = await house.call(people.claire, 'GET', `/establishments/${siret}/needs`)
  assert.deepEqual(listed.body, { items: [], mayNote: true })
  assert.equal((await house.call(people.faraway, 'GET', `/establishments/${siret}/needs`)).status, 403)
  const key = once()
  const again = () => house.call(people.claire, 'POST', `/establishments/${siret}/needs`, baker, key)
  assert.deepEqual((await again()).body, (await again()).body)
  assert.equal((await house.call(people.claire, 'GET', `/establishments/${siret}/needs`)).body.items.length, 1)
})

test('CAM-7: it is corrected by who follows it or leads there, over the version read; a colleague and another structure are refused', async () => {
  const { id } = await noted()
  const correct = (who: Person, over: object = {}, version = 1) =>
    house.call(who, 'PUT', `/needs/${id}`, { ...baker, ...over }, { 'if-match': `"${version}"` })
  assert.equal((await correct(people.peer)).body.code, 'need/follower-only')
  assert.equal((await correct(people.karim)).body.code, 'need/follower-only')
  assert.equal((await correct(people.faraway)).status, 404)
  const { status, body } = await correct(people.lead, { posts: 3 })
  assert.deepEqual([status, body.posts, body.version, body.history[0].change], [200, 3, 2, 'corrected'])
  const late = await correct(people.claire, { posts: 4 })
  assert.deepEqual([late.status, late.body.current.posts], [412, 3])
  await act(id, 'closing', { outcome: 'abandon', reason: 'Ne recrute plus' })
  assert.equal((await correct(people.claire, {}, 3)).body.code, 'need/closed')
})

test('CAM-7: through three partners to two hires: one declines, one hires one and gives back, the last fills it; each is told', async () => {
  const { claire, karim, chief, zoe } = people
  const third = (await house.organisation({ name: 'Troisième d’essai' })).id
  const tom = await house.person(third, [...rights()])
  const { id } = await noted()
  const recipients = (await house.call(claire, 'GET', `/needs/${id}/recipients`)).body.items
  const ids = recipients.map((one: { organisation: { id: string } }) => one.organisation.id)
  assert.ok(ids.includes(mission) && ids.includes(cap) && ids.includes(third) && !ids.includes(faraway), ids)
  const made = await propose(id, [mission, cap, third], claire, 'Il ouvre en mars.')
  assert.equal(made.status, 200, JSON.stringify(made.body))
  assert.equal(made.body.items.length, 3)
  assert.equal((await mails(chief, 'need-proposed')).length, 1, 'who leads there is told first')
  assert.doesNotMatch((await mails(chief, 'need-proposed'))[0]!, /mars|ATELIER|Boulanger/)
  const [offered] = (await received(karim)).waiting
  assert.deepEqual(
    [offered.need.id, offered.proposal.words, offered.mayTake, offered.proposal.allowed],
    [id, 'Il ouvre en mars.', true, ['decline']],
  )
  assert.equal((await settle(offered.proposal.id, 'decline', karim)).body.state, 'declined')
  assert.equal((await mails(claire, 'need-answered')).length, 1)
  const taken = await take(id, zoe)
  assert.deepEqual([taken.status, taken.body.state, taken.body.takenBy.id], [200, 'pris-en-charge', cap])
  assert.equal((await mails(tom, 'need-overtaken')).length, 1)
  assert.deepEqual((await received(tom)).settled[0].proposal.overtakenBy.id, cap)
  const one = await hire(id, 1, zoe)
  assert.deepEqual([one.body.state, one.body.hired], ['partiellement-pourvu', 1])
  const back = await act(id, 'return', { reason: 'Plus personne à proposer' }, zoe)
  assert.deepEqual([back.status, back.body.need.state, back.body.need.takenBy], [200, 'ouvert', null])
  assert.equal((await propose(id, [cap])).body.code, 'need/declined-already')
  assert.equal((await propose(id, [third])).status, 200)
  assert.equal((await take(id, tom)).status, 200)
  const two = await hire(id, 1, tom)
  assert.deepEqual([two.body.state, two.body.hired, two.body.closedAt !== null], ['pourvu', 2, true])
  const whole = (await read(id)).body
  assert.deepEqual(
    whole.hires.map((h: { organisation: { name: string }; number: number }) => [h.organisation.name, h.number]),
    [
      ['Cap d’essai', 1],
      ['Troisième d’essai', 1],
    ],
  )
  assert.deepEqual(
    whole.history.map(({ change }: { change: string }) => change),
    ['hired', 'taken', 'given-back', 'hired', 'taken', 'noted'],
  )
  const states = whole.proposals.map(({ to, state }: { to: { id: string }; state: string }) => `${to.id} ${state}`)
  assert.deepEqual(
    new Set(states),
    new Set([`${mission} declined`, `${cap} declined`, `${third} overtaken`, `${third} done`]),
  )
  assert.deepEqual(
    (await trail(id)).map(({ action }) => action),
    [
      'need.noted',
      'need.proposed',
      'need.declined',
      'need.taken',
      'need.hired',
      'need.given-back',
      'need.proposed',
      'need.taken',
      'need.hired',
    ],
  )
})

test('CAM-7: of two who take it in the same second one has it, and the other is told by whom, the need kept or not', async () => {
  const { karim, zoe } = people
  for (const visibility of ['reseau', 'organisation', 'reseau', 'organisation']) {
    const { id } = await noted({ ...baker, visibility })
    assert.equal((await propose(id)).status, 200)
    const answers = await Promise.all([take(id, karim), take(id, zoe)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409], JSON.stringify(answers[0]!.body))
    const winner = answers[0]!.status === 200 ? mission : cap
    const { body } = answers.find(({ status }) => status === 409)!
    assert.deepEqual([body.code, body.facts.takenBy.id], ['need/taken', winner])
    const again = await take(id, winner === mission ? zoe : karim)
    assert.deepEqual([again.body.code, again.body.facts.takenBy.id], ['need/taken', winner])
    const { rows } = await house.owner.query(
      `select count(*)::int as n from need_proposals where need_id = $1 and state = 'taken'`,
      [id],
    )
    assert.equal(rows[0].n, 1)
  }
})

test('CAM-7: taken by another between its reading and its taking, a need kept to its structure says by whom', async () => {
  const { karim, zoe } = people
  const { id } = await noted({ ...baker, visibility: 'organisation' })
  await propose(id)
  await house.database.transaction(async db => {
    await db.enter(tokenHash(zoe.cookie.slice('session='.length)))
    const read = (await needById(db, id))!
    assert.equal(read.state, 'ouvert')
    assert.equal((await take(id, karim)).status, 200)
    await assert.rejects(
      moved(read, 'take', {}, { db, now: new Date() } as never),
      (refused: Refused) => refused.code === 'need/taken' && (refused.facts as any).facts.takenBy.id === mission,
    )
  })
})

test('CAM-7: taken while withdrawn, declined or taken by its own structure, one of the two stands', async () => {
  const { claire, karim, nadia } = people
  const kept = async (id: string) =>
    (await house.owner.query('select state, taken_by_organisation as by from needs where id = $1', [id])).rows[0]
  for (const other of ['withdraw', 'decline', 'own'] as const) {
    const { id } = await noted()
    const [{ id: proposal }] = (await propose(id, [mission])).body.items
    const second = other === 'own' ? take(id, claire) : settle(proposal, other, other === 'withdraw' ? claire : nadia)
    const [taken, answered] = await Promise.all([take(id, karim), second])
    assert.equal([taken, answered].filter(({ status }) => status === 200).length, 1, `${other} ${taken.status}`)
    const { state, by } = await kept(id)
    if (taken.status === 200) assert.deepEqual([state, by], ['pris-en-charge', mission])
    else assert.equal(state, other === 'own' ? 'pris-en-charge' : 'ouvert')
  }
})

test('CAM-7: who declined is not asked again until the need says something else; the reason is told to who proposes', async () => {
  const { claire, karim } = people
  const { id } = await noted()
  const [{ id: proposal }] = (await propose(id, [mission])).body.items
  assert.equal((await propose(id, [mission])).body.code, 'need/already-proposed')
  assert.equal((await settle(proposal, 'decline', karim)).status, 200)
  assert.equal((await settle(proposal, 'decline', karim)).body.code, 'need/proposal-answered')
  const whole = await propose(id, [mission, cap])
  assert.deepEqual([whole.status, whole.body.code], [409, 'need/declined-already'])
  assert.deepEqual(
    (await received(people.zoe)).waiting.filter((one: any) => one.need.id === id),
    [],
    'to none of them',
  )
  const items = (await house.call(claire, 'GET', `/needs/${id}/recipients`)).body.items
  const told = items.find((one: any) => one.organisation.id === mission)
  assert.deepEqual([told.why, told.reason], ['declined', 'Pas ce métier'])
  await house.call(claire, 'PUT', `/needs/${id}`, { ...baker, posts: 1 }, { 'if-match': '"1"' })
  assert.equal((await propose(id, [mission])).status, 200)
})

test('CAM-7: what is declined or given back is the need as it then stands, corrected since it was proposed or not', async () => {
  const { claire, karim } = people
  for (const how of ['decline', 'give back'] as const) {
    const { id } = await noted()
    const [{ id: proposal }] = (await propose(id, [mission])).body.items
    const corrected = await house.call(claire, 'PUT', `/needs/${id}`, { ...baker, posts: 1 }, { 'if-match': '"1"' })
    assert.equal(corrected.status, 200)
    if (how === 'decline') assert.equal((await settle(proposal, 'decline', karim)).status, 200)
    else {
      assert.equal((await take(id, karim)).status, 200)
      assert.equal((await act(id, 'return', { reason: 'Trop loin' }, karim)).status, 200)
    }
    assert.equal((await propose(id, [mission])).body.code, 'need/declined-already', how)
  }
})

test('CAM-7: proposed twice at once to one structure, and taken by two of it at once: once each', async () => {
  const { karim, nadia } = people
  const { id } = await noted()
  const asked = await Promise.all([propose(id, [mission]), propose(id, [mission])])
  assert.deepEqual(asked.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(asked.find(({ status }) => status === 409)!.body.code, 'need/already-proposed')
  const takes = await Promise.all([take(id, karim), take(id, nadia)])
  assert.deepEqual(takes.map(({ status }) => status).toSorted(), [200, 409])
  const { body } = takes.find(({ status }) => status === 409)!
  assert.deepEqual([body.code, body.facts.takenBy.id], ['need/taken', mission])
  const after = await take(id, nadia)
  assert.deepEqual([after.status, after.body.code, after.body.facts?.takenBy.id], [409, 'need/taken', mission])
})

test('CAM-7: never more hires than posts without saying so, nor on a day to come; at once, none is lost', async () => {
  const { claire } = people
  const { id } = await noted({ ...baker, posts: 3 })
  assert.equal((await hire(id, 1, claire)).body.code, 'need/taker-only')
  assert.equal((await take(id, claire)).status, 200)
  assert.equal((await hire(id, 4, claire)).body.code, 'need/more-hires-than-posts')
  assert.equal((await hire(id, 1, claire, { hiredOn: addDays(today, 1) })).body.code, 'need/hire-in-future')
  const both = await Promise.all([hire(id, 2, claire), hire(id, 2, claire)])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 422])
  assert.equal((await hire(id, 2, claire, { beyond: true })).body.state, 'pourvu')
  const { hired, hires } = (await read(id)).body
  assert.deepEqual(
    [hired, hires.map((h: any) => [h.number, h.beyond])],
    [
      4,
      [
        [2, false],
        [2, true],
      ],
    ],
  )
  assert.equal((await hire(id, 1, claire, { beyond: true })).body.code, 'need/not-from-there')
  const reopened = await act(id, 'reopening', { reason: 'Un départ' })
  assert.deepEqual([reopened.body.state, reopened.body.hired, reopened.body.closedAt], ['ouvert', 4, null])
  const below = await house.call(
    claire,
    'PUT',
    `/needs/${id}`,
    { ...baker, posts: 3 },
    { 'if-match': `"${reopened.body.version}"` },
  )
  assert.equal(below.body.code, 'need/posts-below-hires')
  const other = { kind: 'formation' }
  const unhired = await house.call(claire, 'PUT', `/needs/${id}`, other, { 'if-match': `"${reopened.body.version}"` })
  assert.equal(unhired.body.code, 'need/posts-below-hires', 'nor what hires nobody')
})

test('CAM-7: it is filled otherwise or abandoned for a reason, answered where no hire is asked, reopened with its history', async () => {
  const { claire, karim, lead, peer } = people
  const { id } = await noted()
  assert.equal((await act(id, 'closing', { outcome: 'abandon' })).body.code, 'need/reason-missing')
  assert.equal((await act(id, 'closing', { outcome: 'answer' })).body.code, 'need/taker-only')
  assert.equal((await act(id, 'closing', { outcome: 'abandon', reason: 'x' }, peer)).body.code, 'need/follower-only')
  const [{ id: proposal }] = (await propose(id, [mission])).body.items
  const otherwise = await act(id, 'closing', { outcome: 'fill-otherwise', reason: 'Par une annonce' })
  assert.deepEqual([otherwise.body.state, otherwise.body.proposals[0].state], ['pourvu-autrement', 'withdrawn'])
  assert.equal((await settle(proposal, 'decline', karim)).body.code, 'need/proposal-answered')
  assert.equal((await act(id, 'reopening', { reason: 'x' }, karim)).body.code, 'need/follower-only')
  assert.equal((await propose(id)).body.code, 'need/not-open')
  assert.equal((await act(id, 'reopening', { reason: 'L’annonce n’a rien donné' }, lead)).body.state, 'ouvert')
  const advice = await noted({ kind: 'conseil', advice: 'handicap' })
  await propose(advice.id, [mission])
  assert.equal((await take(advice.id, karim)).status, 200)
  assert.equal((await hire(advice.id, 1, karim)).body.code, 'need/not-from-there')
  const answered = await act(advice.id, 'closing', { outcome: 'answer' }, karim)
  assert.deepEqual([answered.body.state, answered.body.proposals[0].state], ['pourvu', 'done'])
  const gone = await noted()
  await propose(gone.id, [mission])
  await take(gone.id, karim)
  const unreachable = await act(gone.id, 'return', { unreachable: true, reason: 'Trois appels' }, karim)
  assert.deepEqual([unreachable.body.need.state, unreachable.body.need.proposals[0].state], ['ouvert', 'unreachable'])
  assert.match((await mails(claire, 'need-answered')).at(-1)!, /n’a pas pu joindre/)
})

test('EST-11, SEC-6, CAM-7: a kept need is unknown to others; proposed, its facts alone are read, its words never; declined, nothing any more', async () => {
  const { claire, karim, zoe, reader, peer } = people
  const siret = shop()
  const { id } = await noted(
    { ...baker, visibility: 'organisation', notes: 'Difficultés de trésorerie' },
    claire,
    siret,
  )
  for (const who of [karim, zoe, reader, people.faraway]) assert.equal((await read(id, who)).status, 404)
  assert.equal((await read(id, peer)).body.notes, 'Difficultés de trésorerie')
  const listedTo = async (who: Person) =>
    (await house.call(who, 'GET', `/establishments/${siret}/needs`)).body.items.length
  assert.deepEqual([await listedTo(claire), await listedTo(karim)], [1, 0])
  assert.equal((await take(id, karim)).status, 404)
  const [{ id: proposal }] = (await propose(id, [mission])).body.items
  const seen = (await read(id, karim)).body
  assert.deepEqual([seen.job.rome, seen.notes, seen.history, seen.allowed], ['D1102', null, [], ['take']])
  assert.doesNotMatch(JSON.stringify(seen), /trésorerie/)
  assert.equal((await read(id, zoe)).status, 404)
  assert.equal((await settle(proposal, 'decline', zoe)).status, 404)
  assert.equal((await settle(proposal, 'withdraw', peer)).body.code, 'need/sender-only')
  assert.equal((await settle(proposal, 'decline', karim)).status, 200)
  assert.equal((await read(id, karim)).status, 404)
  const [settled] = (await received(karim)).settled.filter((one: any) => one.proposal.id === proposal)
  assert.deepEqual([settled.need, settled.establishment.siret], [null, siret])
  assert.equal(
    (await trail(id)).every(({ detail }) => !/trésorerie|Boulanger/.test(JSON.stringify(detail))),
    true,
  )
})

test('EST-11, CAM-7: a kept need that a structure answered is unknown to it once reopened, until it is proposed again', async () => {
  const { claire, karim } = people
  const { id } = await noted({ kind: 'conseil', advice: 'inclusion', visibility: 'organisation' })
  await propose(id, [mission])
  await take(id, karim)
  assert.equal((await act(id, 'closing', { outcome: 'answer' }, karim)).body.state, 'pourvu')
  assert.equal((await read(id, karim)).status, 200, 'what it did stays read')
  assert.equal((await act(id, 'reopening', { reason: 'À reprendre' }, claire)).status, 200)
  assert.equal((await read(id, karim)).status, 404)
  assert.equal((await take(id, claire)).status, 200)
  assert.equal((await read(id, karim)).status, 404)
})

test('CAM-7, CAM-16: a structure whose convention ended is not proposed to, and what it had taken its lender reads and moves on', async () => {
  const gone = (await house.organisation()).id
  const only = await house.person(gone, [...rights()])
  const { id } = await noted()
  await propose(id, [gone])
  await take(id, only)
  await endConvention(house.owner, gone)
  assert.equal((await hire(id, 1, only)).status, 403)
  const closed = await act(id, 'closing', { outcome: 'fill-otherwise', reason: 'Reprise par nous' })
  assert.equal(closed.body.state, 'pourvu-autrement')
  assert.equal((await act(id, 'reopening', { reason: 'À reprendre' })).body.state, 'ouvert')
  assert.equal((await propose(id, [gone])).body.code, 'need/structure-elsewhere')
})

test('CAM-10, CAM-7: needs are listed in the order asked, either way, page after page, each once', async () => {
  const lister = await house.person((await house.organisation()).id, [...rights()])
  for (const [i, said] of [
    { kind: 'recrutement', jobCode: '18704' },
    { kind: 'formation' },
    { kind: 'recrutement', jobCode: '11573' },
    { kind: 'recrutement', jobCode: '18704' },
  ].entries()) {
    const { id } = await noted(said, lister, siretText(siretOf(4 - i)))
    await house.owner.query(`update needs set noted_on = noted_on - $2::int where id = $1`, [id, i % 3])
  }
  const read = async (sort: string | undefined, limit: number) => {
    const found: any[] = []
    for (let after: string | null = ''; after !== null; ) {
      const asked = `/needs?limit=${limit}${sort ? `&sort=${sort}` : ''}${after && `&after=${after}`}`
      const { status, body }: any = await house.call(lister, 'GET', asked)
      assert.equal(status, 200, JSON.stringify(body))
      found.push(...body.items)
      after = body.next
    }
    return found
  }
  const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
  const usual = await read(undefined, 200)
  assert.deepEqual(ids(await read('noted', 200)), ids(usual))
  const french = new Intl.Collator('fr').compare
  const values: Record<string, (need: any) => string> = {
    what: ({ kind, job, advice }) =>
      [needKinds.indexOf(kind) + 1, job?.label, advice].filter(part => part !== null && part !== undefined).join(' '),
    employer: ({ establishment }) => establishment.name ?? '',
    state: ({ state }) => String(needStates.indexOf(state)),
    holder: ({ takenBy, owner, organisation }) =>
      takenBy?.name ?? [owner?.name, organisation.name].filter(Boolean).join(', '),
    '-noted': ({ notedOn }) => notedOn,
  }
  for (const [sort, partOf] of Object.entries(values))
    for (const way of sort === '-noted' ? [sort] : [sort, `-${sort}`]) {
      const found = await read(way, 200)
      const compared = found.map(partOf)
      const inOrder = compared.toSorted(french)
      assert.deepEqual(compared, way === sort ? inOrder : inOrder.toReversed(), way)
      assert.ok(new Set(compared).size > 1, `${way} tells needs apart`)
      assert.deepEqual(ids(found).toSorted(), ids(usual).toSorted())
      for (const limit of [2, 5]) assert.deepEqual(ids(await read(way, limit)), ids(found), `${way}, by ${limit}`)
      // Among equals the newest stays first.
      for (const value of new Set(compared)) {
        const these = (all: any[]) => ids(all.filter(need => partOf(need) === value))
        assert.deepEqual(these(found), these(usual), `${way} ${value}`)
      }
    }
  for (const sort of ['phone', '-', '--what'])
    assert.equal((await house.call(lister, 'GET', `/needs?sort=${sort}`)).status, 400, sort)
})

test('CAM-7: needs are listed by territory, kind, job, state, follower and age; the count is the list’s, page by page', async () => {
  const lister = await house.person((await house.organisation()).id, [...rights()])
  const { id } = await noted({ kind: 'recrutement', jobCode: '18704' }, lister)
  await noted({ kind: 'formation' }, lister)
  const list = async (query: string) => (await house.call(lister, 'GET', `/needs?total=true&limit=200&${query}`)).body
  for (const [query, count] of [
    ['owner=structure', 2],
    ['owner=me&kind=formation', 1],
    ['owner=me&job=soud', 1],
    ['owner=me&job=H2913', 1],
    ['owner=me&job=boul', 0],
    ['owner=taken', 0],
    ['owner=me&state=standing', 2],
    ['owner=me&state=abandonne', 0],
    ['owner=me&age=7', 2],
    ['owner=me&age=more', 0],
    [`owner=me&territory=${places.gironde}`, 2],
    [`owner=me&territory=${places.landes}`, 0],
  ] as const) {
    const { items, total } = await list(query)
    assert.deepEqual([items.length, total], [count, count], query)
  }
  await house.owner.query(`update needs set noted_on = $2 where id = $1`, [id, addDays(today, -120)])
  assert.deepEqual([(await list('owner=me&age=more')).total, (await list('owner=me&age=90')).total], [1, 1])
  const first = (await house.call(lister, 'GET', '/needs?limit=5&total=true')).body
  const ids = new Set<string>()
  for (let after: string | null = ''; after !== null; ) {
    const page: any = (await house.call(lister, 'GET', `/needs?limit=5${after && `&after=${after}`}`)).body
    for (const need of page.items) ids.add(need.id)
    after = page.next
  }
  assert.equal(ids.size, first.total)
  assert.equal(
    (await house.call(people.karim, 'GET', '/needs?limit=1')).body.received,
    (await received(people.karim)).waiting.length,
  )
  assert.equal((await house.call(people.reader, 'GET', '/needs')).status, 403)
})
