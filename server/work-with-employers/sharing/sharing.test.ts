import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { bulkWorks } from '../bulk-works/index.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { targets } from '../targets/index.ts'
import { sharing } from './index.ts'

const { aquitaine, coeur, gironde } = places
const line = { regionId: aquitaine, departementId: gironde, epciId: null, clpeId: null }
const today = '2027-01-15'
let now = new Date(`${today}T11:00:00Z`)

let house: House
let ines: Person // pilots
let claire: Person // advises in her organisation
let omar: Person // too, over Cœur only
let mission: { id: string; name: string }
let lead: Person // leads in the mission locale
let karim: Person // advises there
let nadia: Person // too
let reader: Person
let plie: { id: string }
let stranger: Person

before(async () => {
  house = await openHouse([...campaigns, ...targets, ...sharing, ...bulkWorks, ...exchanges], { clock: () => now })
  await layTerritories(house.owner)
  const cc = await house.organisation({ name: 'CC des Essais' })
  mission = await house.organisation({ name: 'Mission locale des Essais' })
  plie = await house.organisation({ name: 'PLIE des Essais' })
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  const person = (
    organisationId: string,
    profile: 'consultation' | 'conseiller' | 'responsable' | 'pilote',
    territoryId: number,
  ) => house.person(organisationId, [{ profile, territoryId }, card])
  ines = await person(cc.id, 'pilote', gironde)
  claire = await person(cc.id, 'conseiller', gironde)
  omar = await person(cc.id, 'conseiller', coeur)
  lead = await person(mission.id, 'responsable', gironde)
  karim = await person(mission.id, 'conseiller', gironde)
  nadia = await person(mission.id, 'conseiller', gironde)
  reader = await person(mission.id, 'consultation', gironde)
  await person(plie.id, 'conseiller', gironde)
  stranger = await person((await house.organisation()).id, 'pilote', gironde)
  await insertEstablishments(
    house.owner,
    Array.from({ length: 40 }, (_, i) => ({
      siret: siretOf(i + 1),
      naf: i % 4 === 0 ? '10.71C' : '43.32A',
      commune: i < 20 ? '33001' : i < 30 ? '33002' : '33003',
    })),
  )
})
after(() => house.close())

const open = async (count = 12, over: Parameters<typeof aCampaign>[0] = {}) => {
  // Loads count every open campaign: each test begins with none.
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where status = 'open'`)
  return insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      memberIds: [mission.id, plie.id],
      territoryId: gironde,
      place: line,
      status: 'open',
      ...over,
    }),
    ines.id,
    Array.from({ length: count }, (_, i) => siretOf(i + 1)),
  )
}
type Campaign = { id: string }
const simulate = (who: Person, { id }: Campaign, how: object, which: object = { filter: {} }) =>
  house.call(who, 'POST', `/campaigns/${id}/sharings`, { which, how }, once())
/** What was asked, with the report of its work and what the campaign’s history says of it. */
const told = async (who: Person, { id }: Campaign, sharing: string, answer: Awaited<ReturnType<House['call']>>) => {
  if (answer.status !== 200) return answer
  const { body: work } = await house.call(who, 'GET', `/bulk-works/${answer.body.id}`)
  const { body: history } = await house.call(who, 'GET', `/campaigns/${id}/sharings`)
  const body = { work, sharing: history.items.find((one: any) => one.id === sharing) }
  return { ...answer, body: { ...answer.body, ...body } }
}
const confirm = async (who: Person, campaign: Campaign, sharing: string, body: object = {}) =>
  told(
    who,
    campaign,
    sharing,
    await house.call(who, 'POST', `/campaigns/${campaign.id}/sharings/${sharing}/confirm`, body, once()),
  )
const undo = async (who: Person, campaign: Campaign, sharing: string) =>
  told(
    who,
    campaign,
    sharing,
    await house.call(who, 'POST', `/campaigns/${campaign.id}/sharings/${sharing}/undo`, undefined, once()),
  )
/** The numbers of the establishments that a work left, with the reason. */
const leftBy = ({ work }: any) =>
  work.leftItems.map((one: any) => [Number(one.establishment.siret), one.because] as const)
const share = async (who: Person, campaign: Campaign, how: object, which?: object, body?: object) => {
  const plan = await simulate(who, campaign, how, which)
  assert.equal(plan.status, 200, JSON.stringify(plan.body))
  const done = await confirm(who, campaign, plan.body.id, body)
  assert.equal(done.status, 200, JSON.stringify(done.body))
  return { plan: plan.body, ...done.body }
}
const me = (person: Person) => ({ organisationId: person.organisationId, accountId: person.id })
const act = (who: Person, { id }: Campaign, n: number, verb: string, body?: object) =>
  house.call(who, 'POST', `/campaigns/${id}/targets/${siretText(siretOf(n))}/${verb}`, body)
const record = (who: Person, { id }: Campaign, n: number, result = 'absent') =>
  house.call(
    who,
    'POST',
    '/exchanges',
    { siret: siretText(siretOf(n)), campaignId: id, occurredOn: today, channel: 'telephone', result },
    once(),
  )
/** Who holds each target: a person's name, an organisation's, or –. */
const holders = async ({ id }: Campaign) => {
  const { rows } = await house.owner.query(
    `select t.siret, coalesce(a.given_name || ' ' || a.family_name, o.name, '–') as who, t.status
      from campaign_targets t left join accounts a on a.id = t.taken_by left
      join organisations o on o.id = t.assigned_organisation where campaign_id = $1 order by siret`,
    [id],
  )
  return rows as { siret: number; who: string; status: string }[]
}
const tally = async (campaign: Campaign) => {
  const counts: Record<string, number> = {}
  for (const { who } of await holders(campaign)) counts[who] = (counts[who] ?? 0) + 1
  return counts
}

test('CAM-4: the pilot entrusts all but these to an organisation; its advisors take them, the others may not', async () => {
  const campaign = await open()
  const {
    plan,
    sharing: done,
    counts,
  } = await share(
    ines,
    campaign,
    { kind: 'main', to: { organisationId: mission.id } },
    { filter: {}, except: [siretText(siretOf(1)), siretText(siretOf(2))] },
    { reason: 'Convention locale' },
  )
  assert.deepEqual([plan.chosen, plan.planned, plan.unchanged, plan.unplaced, counts.left], [10, 10, 0, 0, 0])
  assert.deepEqual(
    plan.lines.map((l: any) => [l.to.organisation.name, l.to.person, l.before, l.received, l.given, l.after]),
    [['Mission locale des Essais', null, 0, 10, 0, 10]],
  )
  assert.deepEqual(
    [done.moved, done.how, done.reason, done.by.id, done.allowed],
    [10, 'main', 'Convention locale', ines.id, ['undo']],
  )
  assert.deepEqual(await tally(campaign), { '–': 2, 'Mission locale des Essais': 10 })
  assert.deepEqual(
    [
      (await act(claire, campaign, 3, 'take')).body.code,
      (await act(claire, campaign, 1, 'take')).status,
      (await act(karim, campaign, 3, 'take')).status,
    ],
    ['target/assigned-to-other', 200, 200],
  )
  const { body: list } = await house.call(claire, 'GET', `/campaigns/${campaign.id}/targets?organisation=${mission.id}`)
  assert.deepEqual(
    [list.items.length, list.items[1].assignedTo.id, list.items[1].allowed.includes('take')],
    [10, mission.id, false],
  )
  const { body: free } = await house.call(claire, 'GET', `/campaigns/${campaign.id}/targets?free=true`)
  assert.deepEqual(
    free.items.map((t: any) => t.establishment.siret),
    [siretText(siretOf(2))],
  )
})
test('CAM-4: evenly by load: what each has already in every open campaign counts, and the simulation is what is done', async () => {
  const campaign = await open(12)
  const other = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: mission.id,
      memberIds: [ines.organisationId],
      territoryId: gironde,
      place: line,
      status: 'open',
    }),
    ines.id,
    [30, 31, 32, 33].map(siretOf),
  )
  for (const n of [30, 31, 32, 33]) assert.equal((await act(claire, other, n, 'take')).status, 200)
  const { plan } = await share(ines, campaign, { kind: 'charge', to: [me(claire), me(omar)] })
  assert.deepEqual(
    plan.lines.map((l: any) => [l.to.person.id, l.before, l.received, l.after]).sort((a: any, b: any) => b[1] - a[1]),
    [
      [claire.id, 4, 4, 8],
      [omar.id, 0, 8, 8],
    ],
  )
  assert.deepEqual(await tally(campaign), { [claire.name]: 4, [omar.name]: 8 })
  assert.ok((await holders(campaign)).every(({ status }) => status === 'prise-en-charge'))
  const again = await simulate(ines, campaign, { kind: 'charge', to: [me(claire), me(omar)] })
  assert.deepEqual([again.body.planned, again.body.unchanged], [0, 12], 'nothing changes hands a second time')
})
test('CAM-4: nobody is given what lies outside their perimeter', async () => {
  const campaign = await open(40)
  const { plan } = await share(ines, campaign, { kind: 'main', to: me(omar) })
  assert.deepEqual([plan.chosen, plan.planned, plan.unplaced], [40, 30, 10])
  const even = await share(ines, campaign, { kind: 'charge', to: [me(claire), me(omar)] })
  assert.deepEqual([even.plan.planned, await tally(campaign)], [20, { [claire.name]: 20, [omar.name]: 20 }])
})
test('CAM-4: by zone and by activity, several to a zone evenly; what is in none stays', async () => {
  const campaign = await open(40)
  const zones = await share(ines, campaign, {
    kind: 'zone',
    zones: [
      { zone: '33001', to: [{ organisationId: mission.id }, { organisationId: plie.id }] },
      { zone: places.across, to: [{ organisationId: ines.organisationId }] },
    ],
  })
  assert.deepEqual([zones.plan.planned, zones.plan.unplaced], [30, 10])
  assert.deepEqual(await tally(campaign), {
    'Mission locale des Essais': 10,
    'PLIE des Essais': 10,
    'CC des Essais': 10,
    '–': 10,
  })
  await share(ines, campaign, {
    kind: 'activite',
    activities: [
      { code: 'F', to: [{ organisationId: plie.id }] },
      { code: '10.71C', to: [{ organisationId: mission.id }] },
    ],
  })
  assert.deepEqual(await tally(campaign), { 'PLIE des Essais': 30, 'Mission locale des Essais': 10 })
})
test('CAM-4: by referent: to who last contacted the employer, else who told of a correspondent; a person only in one’s own organisation', async () => {
  const campaign = await open(4)
  const met = (n: number, who: Person, occurredOn: string) =>
    insertExchange(
      house.owner,
      anExchange({ siret: siretOf(n), organisationId: who.organisationId, authorId: who.id, occurredOn }),
    )
  await met(1, karim, '2026-10-01')
  await met(1, claire, '2026-11-01')
  await met(2, claire, '2026-10-01')
  await met(2, karim, '2026-11-01')
  const correspondent = uuidv7()
  await house.owner.query('insert into correspondents (id, siret, created_at) values ($1, $2, now())', [
    correspondent,
    siretOf(3),
  ])
  await house.owner.query(
    `insert into correspondent_values (id, correspondent_id, field, value, source, organisation_id, author_id,
      recorded_at) values ($1, $2, 'phone', '+33556000000', 'conseiller', $3, $4, now())`,
    [uuidv7(), correspondent, omar.organisationId, omar.id],
  )
  const { plan } = await share(ines, campaign, { kind: 'referent' })
  assert.deepEqual([plan.planned, plan.unplaced], [3, 1])
  assert.deepEqual(
    (await holders(campaign)).map(h => h.who),
    [claire.name, 'Mission locale des Essais', omar.name, '–'],
  )
  const within = await share(lead, campaign, { kind: 'referent' })
  assert.deepEqual([within.plan.chosen, within.plan.planned], [2, 1], 'a lead shares out what is theirs or nobody’s')
  assert.deepEqual(
    (await holders(campaign)).map(h => h.who),
    [claire.name, karim.name, omar.name, '–'],
  )
})
test('CAM-4: a lead shares out within their own organisation only, and sees no other’s loads', async () => {
  const campaign = await open(10)
  await share(
    ines,
    campaign,
    { kind: 'main', to: { organisationId: mission.id } },
    { sirets: [1, 2, 3, 4].map(n => siretText(siretOf(n))) },
  )
  await share(ines, campaign, { kind: 'main', to: me(claire) }, { sirets: [5, 6].map(n => siretText(siretOf(n))) })
  const { body: own } = await house.call(lead, 'GET', `/campaigns/${campaign.id}/recipients`)
  assert.deepEqual(
    [own.scope, new Set(own.items.map((i: any) => i.organisation.id)), own.items.every((i: any) => i.person)],
    ['organisation', new Set([mission.id]), true],
  )
  assert.equal(
    (await simulate(lead, campaign, { kind: 'main', to: me(claire) })).body.code,
    'sharing/recipient-unknown',
  )
  assert.equal(
    (await simulate(lead, campaign, { kind: 'main', to: { organisationId: plie.id } })).body.code,
    'sharing/recipient-unknown',
  )
  const { plan, sharing: done } = await share(lead, campaign, { kind: 'charge', to: [me(karim), me(nadia)] })
  assert.deepEqual([plan.chosen, plan.planned, done.withinOrganisation.id], [8, 8, mission.id])
  assert.deepEqual(await tally(campaign), { [claire.name]: 2, [karim.name]: 4, [nadia.name]: 4 })
  const { body: all } = await house.call(ines, 'GET', `/campaigns/${campaign.id}/recipients`)
  assert.equal(all.scope, 'campaign')
  assert.deepEqual(
    all.items.filter((i: any) => i.person && i.organisation.id !== ines.organisationId),
    [],
    'CAM-8: not by advisor of another organisation',
  )
  assert.deepEqual(
    all.items.filter((i: any) => !i.person).map((i: any) => [i.organisation.name, i.load]),
    [
      ['CC des Essais', 2],
      ['Mission locale des Essais', 8],
      ['PLIE des Essais', 0],
    ],
  )
})
for (const [who, person, status, code] of [
  ['an advisor', () => karim, 403, 'access/no-grant'],
  ['a reader', () => reader, 403, 'access/no-grant'],
  ['a stranger to the campaign', () => stranger, 404, 'not-found'],
  ['nobody', () => null, 401, 'session/required'],
] as const)
  test(`CAM-4: ${who} shares nothing out`, async () => {
    const campaign = await open(2)
    const asked = { which: { filter: {} }, how: { kind: 'main', to: { organisationId: mission.id } } }
    const { body: plan } = await simulate(ines, campaign, asked.how)
    for (const [path, body] of [
      ['', asked],
      [`/${plan.id}/confirm`, {}],
      [`/${plan.id}/undo`, undefined],
    ] as const) {
      const answer = await house.call(person(), 'POST', `/campaigns/${campaign.id}/sharings${path}`, body)
      assert.deepEqual([answer.status, answer.body.code], [status, code], path)
    }
  })
test('CAM-4: what is malformed, closed, twice, too old or another’s is refused, and nothing moves', async () => {
  const campaign = await open(2)
  const main = { kind: 'main', to: { organisationId: mission.id } }
  for (const [which, how] of [
    [{ sirets: [] }, main],
    [{ filter: {}, sirets: [siretText(siretOf(1))] }, main],
    [{ filter: {} }, { kind: 'hasard' }],
    [{ filter: {} }, { kind: 'charge', to: [] }],
  ] as const)
    assert.equal((await simulate(ines, campaign, how, which)).status, 400)
  assert.equal(
    (await simulate(ines, campaign, { kind: 'main', to: { organisationId: stranger.organisationId } })).body.code,
    'sharing/recipient-unknown',
  )
  const { body: plan } = await simulate(ines, campaign, main)
  assert.equal(
    (await confirm(lead, campaign, plan.id)).body.code,
    'sharing/leads-only',
    'a lead does not confirm the pilot’s',
  )
  assert.equal((await undo(ines, campaign, plan.id)).body.code, 'sharing/already-undone')
  now = new Date(now.getTime() + 61 * 60_000)
  assert.equal((await confirm(ines, campaign, plan.id)).body.code, 'sharing/stale')
  const { sharing: done } = await share(ines, campaign, main)
  assert.equal((await confirm(ines, campaign, done.id)).body.code, 'sharing/already-done')
  assert.equal((await undo(lead, campaign, done.id)).body.code, 'sharing/leads-only')
  assert.equal((await confirm(ines, campaign, plan.id)).status, 404, 'the next simulation took its place')
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [campaign.id])
  assert.deepEqual(
    [(await simulate(ines, campaign, main)).body.code, (await undo(ines, campaign, done.id)).body.code],
    ['campaign/not-open', 'campaign/not-open'],
  )
})
test('CAM-4: what moved since the simulation is left to whom it went, and told', async () => {
  const campaign = await open(6)
  const { body: plan } = await simulate(ines, campaign, { kind: 'main', to: { organisationId: mission.id } })
  await act(claire, campaign, 1, 'take')
  assert.equal((await record(claire, campaign, 2)).status, 200)
  await act(ines, campaign, 3, 'set-aside', { reason: 'En liquidation' })
  const { body: done } = await confirm(ines, campaign, plan.id)
  assert.deepEqual(
    [done.sharing.moved, done.counts.left, leftBy(done)],
    [3, 3, [1, 2, 3].map(n => [siretOf(n), 'changed'])],
  )
  assert.deepEqual(
    (await holders(campaign)).map(h => h.who),
    [claire.name, '–', '–', ...Array(3).fill('Mission locale des Essais')],
  )
})
test('CAM-4: a target contacted again since the simulation is left, though its state and holder are the same', async () => {
  const campaign = await open(3)
  assert.equal((await record(claire, campaign, 1)).status, 200)
  const { body: plan } = await simulate(ines, campaign, { kind: 'main', to: { organisationId: mission.id } })
  const before = await holders(campaign)
  assert.equal((await record(claire, campaign, 1)).status, 200)
  assert.deepEqual(await holders(campaign), before, 'nothing else tells that it moved')
  const { body: done } = await confirm(ines, campaign, plan.id)
  assert.deepEqual([done.sharing.moved, done.counts.left, leftBy(done)], [2, 1, [[siretOf(1), 'changed']]])
})
test('CAM-4: undone as one act: what was worked since stays and is listed; the rest goes back to who had it', async () => {
  const campaign = await open(8)
  await act(claire, campaign, 1, 'take')
  await act(claire, campaign, 2, 'take')
  await record(claire, campaign, 2)
  const before = await holders(campaign)
  const { sharing: done } = await share(ines, campaign, { kind: 'main', to: me(omar) }, undefined, {
    reason: 'Claire est absente',
  })
  assert.deepEqual(await tally(campaign), { [omar.name]: 8 })
  await record(omar, campaign, 3, 'rendez-vous-pris')
  await act(omar, campaign, 4, 'release')
  await act(ines, campaign, 5, 'set-aside', { reason: 'Fermé' })
  await record(omar, campaign, 2)
  const { status, body } = await undo(ines, campaign, done.id)
  assert.deepEqual([status, body.sharing.restored, body.counts.kept, body.sharing.allowed], [200, 4, 4, []])
  assert.deepEqual(leftBy(body), [
    [siretOf(2), 'worked'],
    [siretOf(3), 'worked'],
    [siretOf(4), 'passed-on'],
    [siretOf(5), 'set-aside'],
  ])
  const now = await holders(campaign)
  assert.deepEqual([now[0], now[5]], [before[0], before[5]])
  assert.equal((await undo(ines, campaign, done.id)).body.code, 'sharing/already-undone')
  const { body: history } = await house.call(
    karim,
    'GET',
    `/campaigns/${campaign.id}/targets/${siretText(siretOf(1))}/assignments`,
  )
  assert.deepEqual(
    history.items.map((i: any) => [
      i.how,
      i.reason,
      i.undone,
      i.by.id,
      i.from?.person?.name ?? null,
      i.to?.person?.name ?? null,
    ]),
    [
      ['main', 'Claire est absente', true, ines.id, claire.name, omar.name],
      [null, null, false, claire.id, null, claire.name],
    ],
  )
  const { body: acts } = await house.call(karim, 'GET', `/campaigns/${campaign.id}/sharings?total=true`)
  assert.deepEqual([acts.total, acts.items[0].restored, acts.items[0].undoneBy.id, acts.allowed], [1, 4, ines.id, []])
  const trail = await house.owner.query(
    `select action from audit_entries where subject_id = $1 and action like 'targets.%' order by action collate "C"`,
    [campaign.id],
  )
  assert.deepEqual(
    trail.rows.map(r => r.action),
    [
      'targets.shared-out',
      'targets.sharing-asked',
      'targets.sharing-simulated',
      'targets.sharing-undo-asked',
      'targets.sharing-undone',
    ],
  )
})
test('CAM-4: shared out while its targets are worked: none is lost, none is taken from who just took or called', async () => {
  for (let round = 0; round < 6; round++) {
    const campaign = await open(20)
    const { body: plan } = await simulate(ines, campaign, { kind: 'main', to: { organisationId: mission.id } })
    const [done, ...worked] = await Promise.all([
      confirm(ines, campaign, plan.id),
      ...[1, 5, 9, 13].map(n => act(claire, campaign, n, 'take')),
      ...[3, 7].map(n => record(claire, campaign, n)),
    ])
    assert.equal(done!.status, 200, JSON.stringify(done!.body))
    const taken = worked.slice(0, 4).filter(a => a.status === 200).length
    assert.ok(
      worked.every(a => a.status === 200 || a.body.code === 'target/assigned-to-other'),
      JSON.stringify(worked.map(a => a.body.code ?? a.body.detail ?? a.status)),
    )
    const counts = await tally(campaign)
    assert.equal(counts[claire.name] ?? 0, taken, 'who took it has it')
    assert.equal(done!.body.sharing.moved + done!.body.counts.left, 20)
    assert.equal(counts['Mission locale des Essais'], done!.body.sharing.moved)
  }
})
test('CAM-4: two pilots share out the same targets at once: each target goes once, and each is told what the other took', async () => {
  const paul = await house.person(ines.organisationId, [{ profile: 'pilote', territoryId: gironde }])
  for (let round = 0; round < 6; round++) {
    const campaign = await open(30)
    const plans = [
      await simulate(ines, campaign, { kind: 'main', to: { organisationId: mission.id } }),
      await simulate(paul, campaign, { kind: 'main', to: { organisationId: plie.id } }),
    ]
    const [one, two] = await Promise.all([
      confirm(ines, campaign, plans[0]!.body.id),
      confirm(paul, campaign, plans[1]!.body.id),
    ])
    assert.deepEqual([one!.status, two!.status], [200, 200])
    assert.deepEqual(
      [one!.body.sharing.moved, two!.body.sharing.moved].sort((a, b) => a - b),
      [0, 30],
    )
    assert.equal(one!.body.counts.left + two!.body.counts.left, 30)
  }
  const campaign = await open(5)
  const { body: plan } = await simulate(ines, campaign, { kind: 'main', to: { organisationId: mission.id } })
  const twice = await Promise.all([confirm(ines, campaign, plan.id), confirm(ines, campaign, plan.id)])
  assert.deepEqual(twice.map(a => a.body.code ?? a.status).sort(), [200, 'sharing/already-done'].sort())
})

test('CAM-11: shared out and undone at once, each who gains or loses targets is told once, with how many; who shares out is told nothing', async () => {
  const campaign = await open(8)
  await act(claire, campaign, 1, 'take')
  await act(ines, campaign, 2, 'take')
  await house.owner.query('delete from notifications')
  const told = async () => {
    const { rows } = await house.owner.query(
      `delete from notifications returning account_id, kind, substring(text from '\\m\\d+ cibles?')  as n`,
    )
    return new Set(rows.map(({ account_id, kind, n }) => `${account_id} ${kind} ${n}`))
  }
  const { sharing: done } = await share(ines, campaign, { kind: 'main', to: me(omar) })
  assert.deepEqual(
    await told(),
    new Set([`${omar.id} targets-given 8 cibles`, `${claire.id} targets-taken-back 1 cible`]),
  )
  await undo(ines, campaign, done.id)
  assert.deepEqual(
    await told(),
    new Set([`${omar.id} targets-taken-back 8 cibles`, `${claire.id} targets-given 1 cible`]),
  )
  await share(ines, campaign, { kind: 'main', to: me(ines) })
  assert.deepEqual(await told(), new Set([`${claire.id} targets-taken-back 1 cible`]))
})
