import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { transactionRetries } from '../../platform/telemetry.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from './index.ts'
import { aCampaign, insertCampaign, insertCampaigns } from './testing.ts'
import { insertContact, insertEstablishments, layTerritories, places, siretOf } from './testing-world.ts'

const today = '2027-01-15'
const { aquitaine, coeur, gironde, graves } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }

/** At the clock of these tests. */
const proven = { provenAt: new Date(`${today}T11:00:00Z`) }
let house: House
let ines: Person // pilots for the community of communes
let paul: Person // pilots for the PLIE
let nadia: Person // pilots for a third organisation
const pool = Array.from({ length: 400 }, (_, i) => siretOf(i + 1))
/** SIRETs that no other test touches. */
const fresh = (n: number) => pool.splice(0, n)

before(async () => {
  house = await openHouse(campaigns, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const pilot = async (name: string) =>
    house.person((await house.organisation({ name })).id, [{ profile: 'pilote', territoryId: gironde }], proven)
  ;[ines, paul, nadia] = [
    await pilot('CC des Essais'),
    await pilot('PLIE des Essais'),
    await pilot('Direction des Essais'),
  ]
  await insertEstablishments(
    house.owner,
    pool.map(siret => ({ siret })),
  )
})
after(() => house.close())

const draft = (who: Person, sirets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) =>
  insertCampaign(
    house.owner,
    aCampaign({ pilotId: who.organisationId, territoryId: coeur, place: here, ...over }),
    who.id,
    sirets,
  )
const post = (who: Person, id: string, verb: string, body?: object) =>
  house.call(who, 'POST', `/campaigns/${id}/${verb}`, body)
const opened = async (who: Person, sirets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) => {
  const campaign = await draft(who, sirets, over)
  const answer = await post(who, campaign.id, 'open')
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return campaign
}
const conflicts = async (who: Person, id: string, query = '') =>
  (await house.call(who, 'GET', `/campaigns/${id}/conflicts?${query}`)).body
const decide = (who: Person, id: string, body: object) => post(who, id, 'conflicts/decide', body)
const texts = (sirets: readonly number[]) => sirets.map(siretText)
const target = async (id: string, siret: number) =>
  (
    await house.owner.query(
      'select status, shared, set_aside_reason from campaign_targets where campaign_id = $1 and siret = $2',
      [id, siret],
    )
  ).rows[0]
const holders = async (sirets: readonly number[]) =>
  new Map(
    (
      await house.owner.query(
        'select siret, array_agg(campaign_id::text) as by from campaign_holds where siret = any ($1) group by siret',
        [sirets],
      )
    ).rows.map(r => [r.siret, r.by]),
  )

test('CAM-3: conflicts show who holds and until when, who met and when; a campaign one may not read has no name', async () => {
  const [held, secret, secretToo, met] = fresh(4) as [number, number, number, number]
  const known = await opened(paul, [held], {
    name: 'Hôtellerie',
    memberIds: [ines.organisationId],
    endsOn: '2027-02-28',
  })
  for (const siret of [secret, secretToo]) await opened(nadia, [siret], { name: 'Discrète' })
  await insertContact(house.owner, uuidv7(), met, nadia, '2027-01-04')
  const mine = await draft(ines, [held, secret, secretToo, met, ...fresh(1)])
  const { items, groups, total } = await conflicts(ines, mine.id, 'total=true')
  assert.deepEqual(
    items.map((c: any) => [c.establishment.siret, c.kind, c.organisation.name, c.on, c.campaign, c.decision]),
    [
      [siretText(held), 'held', 'PLIE des Essais', '2027-02-28', { id: known.id, name: 'Hôtellerie' }, null],
      ...[secret, secretToo].map(siret => [siretText(siret), 'held', 'Direction des Essais', '2027-03-15', null, null]),
      [siretText(met), 'contacted', 'Direction des Essais', '2027-01-04', null, null],
    ],
  )
  assert.equal(total, 4)
  assert.deepEqual(groups.map((g: any) => [g.kind, g.organisation.name, g.campaignName, g.count, g.undecided]).sort(), [
    ['contacted', 'Direction des Essais', null, 1, 1],
    ['held', 'Direction des Essais', null, 2, 2],
    ['held', 'PLIE des Essais', 'Hôtellerie', 1, 1],
  ])
  assert.equal((await house.call(ines, 'GET', `/campaigns/${mine.id}`)).body.counts.undecided, 4)
  assert.deepEqual((await conflicts(ines, mine.id, 'kind=contacted')).items.length, 1)
  const first = await conflicts(ines, mine.id, 'limit=3')
  assert.deepEqual(
    [first.items.length, (await conflicts(ines, mine.id, `limit=3&after=${first.next}`)).items.length],
    [3, 1],
  )
})

test('CAM-3: an undecided conflict refuses the opening, and nothing remains of it', async () => {
  const [held, free] = fresh(2) as [number, number]
  await opened(paul, [held])
  const mine = await draft(ines, [held, free])
  const answer = await post(ines, mine.id, 'open')
  assert.deepEqual(
    [answer.status, answer.body.code, answer.body.facts],
    [409, 'campaign/undecided-conflicts', { count: 1 }],
  )
  assert.deepEqual(
    [(await house.call(ines, 'GET', `/campaigns/${mine.id}`)).body.status, (await holders([free])).size],
    ['draft', 0],
  )
  assert.equal((await house.owner.query('select from audit_entries where subject_id = $1', [mine.id])).rowCount, 0)
})

test('CAM-3: leave sets aside, share keeps without holding, take moves the hold and sets the other’s target aside', async () => {
  const [left, shared, taken, met] = fresh(4) as [number, number, number, number]
  const theirs = await opened(paul, [left, shared, taken])
  await insertContact(house.owner, uuidv7(), met, paul, '2027-01-04')
  const mine = await draft(ines, [left, shared, taken, met])
  assert.deepEqual((await decide(ines, mine.id, { sirets: texts([left]), decision: 'leave' })).body, {
    decided: 1,
    awaiting: 0,
    undecided: 3,
  })
  assert.deepEqual((await decide(ines, mine.id, { sirets: texts([shared]), decision: 'share' })).body, {
    decided: 1,
    awaiting: 0,
    undecided: 2,
  })
  assert.deepEqual(
    (await decide(ines, mine.id, { rule: { kind: 'contacted' }, decision: 'take', reason: 'Rendez-vous déjà pris' }))
      .body,
    { decided: 1, awaiting: 0, undecided: 1 },
  )
  assert.deepEqual(
    (await conflicts(ines, mine.id, 'undecided=true')).items.map((c: any) => c.establishment.siret),
    texts([taken]),
  )
  assert.deepEqual(
    (await decide(ines, mine.id, { rule: { kind: 'held', organisationId: nadia.organisationId }, decision: 'leave' }))
      .body,
    { decided: 0, awaiting: 0, undecided: 1 },
    'a rule reaches only the organisation it names',
  )
  assert.deepEqual(
    (await decide(ines, mine.id, { sirets: texts([taken]), decision: 'take', reason: 'Accord du PLIE' })).body,
    { decided: 1, awaiting: 0, undecided: 0 },
  )

  const answer = await post(ines, mine.id, 'open')
  assert.deepEqual([answer.status, answer.body.status, answer.body.counts.targets], [200, 'open', 3])
  assert.deepEqual(
    await holders([left, shared, taken, met]),
    new Map([
      [left, [theirs.id]],
      [shared, [theirs.id]],
      [taken, [mine.id]],
      [met, [mine.id]],
    ]),
  )
  assert.deepEqual(await target(mine.id, left), {
    status: 'ecarte',
    shared: false,
    set_aside_reason: 'Déjà suivi par PLIE des Essais',
  })
  assert.deepEqual(await target(mine.id, shared), { status: 'a-contacter', shared: true, set_aside_reason: null })
  const lost = await target(theirs.id, taken)
  assert.deepEqual(lost, {
    status: 'ecarte',
    shared: false,
    set_aside_reason: 'Repris par la CC des Essais\u00a0: Accord du PLIE',
  })
  const trail = await house.owner.query(
    'select e.action, e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.request_id = (select request_id from audit_entries where subject_id = $1 and action = $2) order by e.action',
    [mine.id, 'campaign.opened'],
  )
  assert.deepEqual(
    trail.rows.map(r => [r.action, r.subject_id]),
    [
      ['campaign.opened', mine.id],
      ['campaign.targets-taken-over', theirs.id],
    ],
  )
  assert.deepEqual(trail.rows[0].detail.after, { status: 'open', held: 2, shared: 1, setAside: 1, takenOver: 1 })
  assert.deepEqual(trail.rows[1].detail, { by: mine.id, sirets: [taken] })
})

test('CAM-3: taking asks a reason; a past contact cannot be shared; an open campaign decides no more', async () => {
  const [held, met] = fresh(2) as [number, number]
  await opened(paul, [held])
  await insertContact(house.owner, uuidv7(), met, paul, today)
  const mine = await draft(ines, [held, met])
  const code = async (body: object) => (await decide(ines, mine.id, body)).body.code
  assert.equal(await code({ sirets: texts([held]), decision: 'take' }), 'campaign/reason-required')
  assert.equal(await code({ rule: { kind: 'contacted' }, decision: 'share' }), 'campaign/decision-impossible')
  assert.equal(await code({ sirets: texts([held, met]), decision: 'share' }), 'campaign/decision-impossible')
  assert.equal(
    await code({ rule: { kind: 'contacted' }, sirets: texts([met]), decision: 'leave' }),
    'request/malformed',
  )
  assert.equal((await conflicts(ines, mine.id, 'undecided=true')).items.length, 2, 'what was refused decided nothing')
  await decide(ines, mine.id, { sirets: texts([held, met]), decision: 'leave', reason: 'Suivi ailleurs' })
  const free = await draft(ines, fresh(1))
  await post(ines, free.id, 'open')
  assert.equal(
    (await decide(ines, free.id, { rule: { kind: 'held' }, decision: 'leave' })).body.code,
    'campaign/not-draft',
  )
  assert.equal((await post(ines, mine.id, 'open')).status, 200)
  assert.equal((await target(mine.id, met)).set_aside_reason, 'Suivi ailleurs')
})

const heldByTwo = async (first: string | null, second: string | null) => {
  const [siret] = fresh(1) as [number]
  const [one, two] = [
    await opened(paul, [siret], { endsOn: '2027-01-31' }),
    await opened(nadia, [siret], { startsOn: '2027-02-16' }), // once the first is closed
  ]
  const mine = await draft(ines, [siret, ...fresh(1)])
  for (const [who, decision] of [
    [paul, first],
    [nadia, second],
  ] as const)
    if (decision)
      assert.equal(
        (
          await decide(ines, mine.id, {
            rule: { kind: 'held', organisationId: who.organisationId },
            decision,
            reason: 'Accord',
          })
        ).body.decided,
        1,
      )
  return { siret, one, two, mine }
}
test('CAM-3: an establishment that two campaigns hold in turn is one to decide on, against each', async () => {
  const { siret, one, two, mine } = await heldByTwo(null, null)
  const shown = (page: any) => page.items.map((c: any) => [c.organisation.name, c.on, c.decision])
  const page = await conflicts(ines, mine.id, 'total=true')
  assert.deepEqual(
    [shown(page), page.total],
    [
      [
        ['PLIE des Essais', '2027-01-31', null],
        ['Direction des Essais', '2027-03-15', null],
      ],
      1,
    ],
  )
  assert.deepEqual(
    [page.groups.map((g: any) => [g.count, g.undecided]), page.byKind],
    [
      [
        [1, 1],
        [1, 1],
      ],
      [{ kind: 'held', count: 1, undecided: 1 }],
    ],
  )
  const first = await conflicts(ines, mine.id, 'limit=1')
  const second = await conflicts(ines, mine.id, `limit=1&after=${first.next}`)
  assert.deepEqual(
    [shown(first), shown(second), second.next],
    [[['PLIE des Essais', '2027-01-31', null]], [['Direction des Essais', '2027-03-15', null]], null],
  )
  const undecided = async () => [
    (await house.call(ines, 'GET', `/campaigns/${mine.id}`)).body.counts.undecided,
    (await post(ines, mine.id, 'open')).body.facts,
  ]
  assert.deepEqual(await undecided(), [1, { count: 1 }])
  assert.deepEqual(
    (
      await decide(ines, mine.id, {
        rule: { kind: 'held', organisationId: paul.organisationId },
        decision: 'take',
        reason: 'Accord',
      })
    ).body,
    { decided: 1, awaiting: 0, undecided: 1 },
  )
  assert.deepEqual(await undecided(), [1, { count: 1 }])
  assert.deepEqual(
    (await decide(ines, mine.id, { sirets: texts([siret]), decision: 'take', reason: 'Accord des deux' })).body,
    { decided: 1, awaiting: 0, undecided: 0 },
  )
  assert.equal((await post(ines, mine.id, 'open')).status, 200)
  assert.deepEqual((await holders([siret])).get(siret), [mine.id])
  for (const { id } of [one, two])
    assert.equal((await target(id, siret)).set_aside_reason, 'Repris par la CC des Essais\u00a0: Accord des deux')
})
for (const [first, second, status, shared] of [
  ['take', 'share', 'a-contacter', true],
  ['share', 'take', 'a-contacter', true],
  ['take', 'leave', 'ecarte', false],
  ['leave', 'share', 'ecarte', false],
] as const)
  test(`CAM-3: of two holders, « ${first} » and « ${second} »: what yields the most counts, and no hold goes to nobody`, async () => {
    const { siret, one, two, mine } = await heldByTwo(first, second)
    assert.equal((await post(ines, mine.id, 'open')).status, 200)
    const { set_aside_reason, ...outcome } = await target(mine.id, siret)
    assert.deepEqual([outcome, set_aside_reason], [{ status, shared }, shared ? null : 'Accord'])
    assert.deepEqual((await holders([siret])).get(siret)?.sort(), [one.id, two.id].sort())
    for (const { id } of [one, two]) assert.equal((await target(id, siret)).status, 'a-contacter')
  })

test('CAM-3: what the loser reads is cut to its column; a taking without a reason is not written', async () => {
  const [siret] = fresh(1) as [number]
  const long = await house.person(
    (await house.organisation({ name: 'Communauté '.repeat(18) })).id,
    [{ profile: 'pilote', territoryId: gironde }],
    proven,
  )
  const theirs = await opened(paul, [siret])
  const mine = await draft(long, [siret])
  await decide(long, mine.id, { rule: { kind: 'held' }, decision: 'take', reason: 'Accord '.repeat(42) })
  await assert.rejects(
    house.owner.query('update campaign_decisions set reason = null where campaign_id = $1', [mine.id]),
    { code: '23514' },
  )
  await assert.rejects(
    house.owner.query(`update campaign_decisions set reason = '' where campaign_id = $1`, [mine.id]),
    { code: '23514' },
  )
  assert.equal((await post(long, mine.id, 'open')).status, 200)
  assert.equal((await target(theirs.id, siret)).set_aside_reason.length, 400)
})

test('CAM-3: a decision on a contact stands while that organisation has no newer one, even when the contact is cancelled', async () => {
  const [met] = fresh(1) as [number]
  const last = uuidv7()
  await insertContact(house.owner, uuidv7(), met, paul, '2027-01-04')
  await insertContact(house.owner, last, met, paul, '2027-01-05')
  const mine = await draft(ines, [met])
  const decision = async () => (await conflicts(ines, mine.id)).items.map((c: any) => [c.on, c.decision])
  await decide(ines, mine.id, { rule: { kind: 'contacted' }, decision: 'take', reason: 'Vu avec eux' })
  assert.deepEqual(await decision(), [['2027-01-05', 'take']])
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [last])
  assert.deepEqual(await decision(), [['2027-01-04', 'take']])
  await insertContact(house.owner, uuidv7(), met, paul, '2027-01-06')
  assert.deepEqual(await decision(), [['2027-01-06', null]])
})

test('CAM-3: a decision stands only against the fact it was taken on: a newer contact or holder asks again', async () => {
  const [met, held] = fresh(2) as [number, number]
  await insertContact(house.owner, uuidv7(), met, paul, '2027-01-04')
  const first = await opened(paul, [held])
  const mine = await draft(ines, [met, held])
  await decide(ines, mine.id, { rule: { kind: 'contacted' }, decision: 'take', reason: 'Vu avec eux' })
  assert.equal((await decide(ines, mine.id, { rule: { kind: 'held' }, decision: 'share' })).body.undecided, 0)
  await insertContact(house.owner, uuidv7(), met, nadia, '2027-01-14')
  await post(paul, first.id, 'close')
  await opened(nadia, [held])
  assert.deepEqual(
    (await conflicts(ines, mine.id)).items.map((c: any) => [c.organisation.name, c.decision]),
    [
      ['Direction des Essais', null],
      ['Direction des Essais', null],
    ],
  )
  assert.deepEqual((await post(ines, mine.id, 'open')).body.facts, { count: 2 })
})

test('CAM-3: a closed campaign decides before it reopens; what is no longer shared is held again', async () => {
  const [shared, later] = fresh(2) as [number, number]
  const theirs = await opened(paul, [shared])
  const mine = await draft(ines, [shared, later])
  await decide(ines, mine.id, { rule: { kind: 'held' }, decision: 'share' })
  await post(ines, mine.id, 'open')
  await post(ines, mine.id, 'close')
  await post(paul, theirs.id, 'close')
  await opened(nadia, [later])
  assert.deepEqual((await post(ines, mine.id, 'reopen', {})).body.facts, { count: 1 })
  assert.deepEqual((await decide(ines, mine.id, { rule: { kind: 'held' }, decision: 'leave' })).body, {
    decided: 1,
    awaiting: 0,
    undecided: 0,
  })
  assert.equal((await post(ines, mine.id, 'reopen', {})).status, 200)
  assert.deepEqual((await holders([shared])).get(shared), [mine.id])
  assert.equal((await target(mine.id, shared)).shared, false)
})

test('CAM-3: campaigns hold the same establishment, the second starting once the first is closed', async () => {
  const sirets = fresh(2)
  await opened(paul, sirets, { startsOn: '2027-01-15', endsOn: '2027-01-31' })
  await opened(ines, sirets, { startsOn: '2027-02-16', endsOn: '2027-03-01' })
})

test('CAM-3: a contact exactly as old as the delay is no conflict; one day younger is', async () => {
  const [atDelay, younger] = fresh(2) as [number, number]
  await insertContact(house.owner, uuidv7(), atDelay, paul, '2027-01-05')
  await insertContact(house.owner, uuidv7(), younger, paul, '2027-01-06')
  const mine = await draft(ines, [atDelay, younger], { contactDelayDays: 10 })
  assert.deepEqual(
    (await conflicts(ines, mine.id)).items.map((c: any) => [c.establishment.siret, c.on]),
    [[siretText(younger), '2027-01-06']],
  )
})

test('CAM-3: periods that share one day conflict, at either end, or one starts before the other closes, and are listed to be decided', async () => {
  const [siret] = fresh(1) as [number]
  await opened(paul, [siret], { startsOn: '2027-01-15', endsOn: '2027-01-31' })
  const from = (startsOn: string, endsOn: string) => draft(ines, [siret], { startsOn, endsOn })
  const listed = async (id: string) => (await conflicts(ines, id)).items.map((c: any) => [c.kind, c.on])
  assert.deepEqual(await listed((await from('2027-01-31', '2027-02-28')).id), [['held', '2027-01-31']])
  assert.deepEqual(await listed((await from('2027-01-01', '2027-01-15')).id), [['held', '2027-01-31']])
  assert.deepEqual(await listed((await from('2027-02-01', '2027-02-28')).id), [['held', '2027-02-15']])
  assert.deepEqual(await listed((await from('2027-02-15', '2027-02-28')).id), [['held', '2027-02-15']])
  assert.deepEqual(await listed((await from('2027-02-16', '2027-03-01')).id), [])
  assert.deepEqual(await listed((await from('2026-12-01', '2026-12-31')).id), [['held', '2027-01-31']])
  assert.deepEqual(await listed((await from('2026-12-01', '2026-12-30')).id), [])
})

test('CAM-3: a campaign that would still hold when another one starts decides first; taken, the other sets it aside', async () => {
  const [siret] = fresh(1) as [number]
  const spring = await opened(paul, [siret], { startsOn: '2027-03-01', endsOn: '2027-03-31' })
  const { id } = await draft(ines, [siret], { startsOn: '2027-01-20', endsOn: '2027-02-14' })
  assert.deepEqual((await post(ines, id, 'open')).body.facts, { count: 1 })
  const taking = { sirets: [siretText(siret)], decision: 'take', reason: 'Accord du PLIE' }
  assert.equal((await decide(ines, id, taking)).status, 200)
  assert.equal((await post(ines, id, 'open')).status, 200)
  assert.deepEqual((await holders([siret])).get(siret), [id])
  assert.equal((await target(spring.id, siret)).status, 'ecarte')
  const [other] = fresh(1) as [number]
  await opened(paul, [other], { startsOn: '2027-03-01', endsOn: '2027-03-31' })
  await opened(ines, [other], { startsOn: '2027-01-20', endsOn: '2027-02-13' })
})

test('CAM-3: a target set aside is no conflict any more, and the campaign opens', async () => {
  const [held, met] = fresh(2) as [number, number]
  await opened(paul, [held])
  await insertContact(house.owner, uuidv7(), met, paul, '2027-01-04')
  const mine = await draft(ines, [held, met, ...fresh(1)])
  for (const [siret, left] of [
    [held, 1],
    [met, 0],
  ] as const) {
    assert.equal(
      (await post(ines, mine.id, `targets/${siretText(siret)}/set-aside`, { reason: 'Suivi ailleurs' })).status,
      200,
    )
    assert.equal((await conflicts(ines, mine.id)).items.length, left)
  }
  assert.equal((await post(ines, mine.id, 'open')).status, 200)
})

test('CAM-3: what would conflict is counted for who pilots the campaign alone, whoever asks the database', async () => {
  const [held, met, before, later, old, cancelled] = fresh(6) as [number, number, number, number, number, number]
  await opened(paul, [held])
  await insertContact(house.owner, uuidv7(), met, paul, '2027-01-04')
  // Past its last day, `before` stands until it closes; the others are later, too old, or cancelled.
  const next = await opened(paul, [later], { startsOn: '2027-03-31', endsOn: '2027-04-15' })
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period) values ($1, $2, '[2027-01-01,2027-01-15)')`,
    [next.id, before],
  )
  await insertContact(house.owner, uuidv7(), old, paul, '2027-01-01')
  const gone = uuidv7()
  await insertContact(house.owner, gone, cancelled, paul, '2027-01-04')
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [gone])
  const mine = await draft(ines, [], { memberIds: [paul.organisationId] })
  const advisor = await house.person(ines.organisationId, [{ profile: 'conseiller', territoryId: gironde }])
  for (const [who, counted, contacted] of [
    [ines, 2, 1],
    [paul, 0, 0],
    [nadia, 0, 0],
    [advisor, 0, 0],
  ] as const) {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    assert.deepEqual(
      await tx.all(
        sql`select * from count_conflicts(${[held, met, before, later, old, cancelled]}::bigint[], '2027-01-15',
          '2027-03-15', '2027-01-01', ${mine.id}::uuid, false, ${today}::date)`,
      ),
      [{ held: counted, contacted, beside: 0 }],
    )
    await tx.rollback()
  }
})

test('CAM-3: only who pilots the campaign is told its conflicts, whoever asks the database', async () => {
  const [held] = fresh(1) as [number]
  await opened(paul, [held])
  const mine = await draft(ines, [held])
  for (const [who, count] of [
    [ines, 1],
    [paul, 0],
    [nadia, 0],
  ] as const) {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    assert.equal((await tx.all(sql`select * from campaign_conflicts(${mine.id}::uuid, ${today}::date)`)).length, count)
    await tx.rollback()
  }
})

const retries = async () => (await transactionRetries.get()).values.reduce((sum, { value }) => sum + value, 0)
/** Many drafts at once, whose targets are entered in the order given. */
const drafts = async (who: Person, count: number, sirets: readonly number[]) => {
  const all = Array.from({ length: count }, () =>
    aCampaign({ pilotId: who.organisationId, territoryId: coeur, place: here }),
  )
  await insertCampaigns(house.owner, all, who.id)
  await house.owner.query(
    'insert into campaign_targets (campaign_id, siret) select c, s from unnest($1::uuid[]) c cross join unnest($2::bigint[]) s',
    [all.map(c => c.id), sirets],
  )
  return all.map(c => c.id)
}
/** Frees everything, as closing would; answers how many were held, by whom. */
const freed = async (sirets: readonly number[]) => {
  const { rows } = await house.owner.query(
    'delete from campaign_holds where siret = any ($1) returning campaign_id as by',
    [sirets],
  )
  return [rows.length, [...new Set(rows.map(r => r.by))]]
}
test('CAM-3: two campaigns opened in the same moment, a hundred times: one holds each establishment, none is lost in a deadlock', async () => {
  const sirets = fresh(40)
  const before = await retries()
  // Entered in opposite orders, and overlapping by half.
  const [ofInes, ofPaul] = await Promise.all([
    drafts(ines, 100, sirets.slice(0, 30)),
    drafts(paul, 100, sirets.slice(10).reverse()),
  ])
  for (let round = 0; round < 100; round++) {
    const [a, b] = [ofInes[round]!, ofPaul[round]!]
    const answers = await Promise.all([post(ines, a, 'open'), post(paul, b, 'open')])
    assert.deepEqual(answers.map(x => x.status).sort(), [200, 409], JSON.stringify(answers.map(x => x.body.code)))
    const [won, lost] = answers[0].status === 200 ? [a, answers[1]] : [b, answers[0]]
    assert.deepEqual([lost.body.code, lost.body.facts], ['campaign/undecided-conflicts', { count: 20 }])
    assert.deepEqual(await freed(sirets), [30, [won]])
  }
  assert.equal(await retries(), before, 'no deadlock was met, even one that a second try would have hidden')
})

test('CAM-3: two campaigns take the same targets from two others at once, twenty times: one has them', async () => {
  const sirets = fresh(10)
  const before = await retries()
  const [ofInes, ofPaul, theirs] = await Promise.all([
    drafts(ines, 20, sirets),
    drafts(paul, 20, sirets.toReversed()),
    drafts(nadia, 2, sirets),
  ])
  for (let round = 0; round < 20; round++) {
    // Each holds them in turn, within the period of those who take.
    await house.owner.query(
      `insert into campaign_holds select c, s, case n when 1 then daterange('2027-01-01', '2027-02-01')
        else daterange('2027-02-01', '2027-04-01') end
      from unnest($1::uuid[]) with ordinality u (c, n) cross join unnest($2::bigint[]) s`,
      [theirs, sirets],
    )
    const [a, b] = [ofInes[round]!, ofPaul[round]!]
    await Promise.all([
      decide(ines, a, { rule: { kind: 'held' }, decision: 'take', reason: 'Accord' }),
      decide(paul, b, { rule: { kind: 'held' }, decision: 'take', reason: 'Accord' }),
    ])
    const answers = await Promise.all([post(ines, a, 'open'), post(paul, b, 'open')])
    assert.deepEqual(answers.map(x => x.status).sort(), [200, 409], JSON.stringify(answers.map(x => x.body.code)))
    assert.deepEqual(await freed(sirets), [10, [answers[0].status === 200 ? a : b]])
  }
  assert.equal(await retries(), before)
})

test('CAM-3, CAM-11, IDN-5: taking from others as a campaign opens asks the second factor again, and tells who answers for theirs: one mail a structure, with how many and from which, and who had them in hand; sharing asks and tells nothing', async () => {
  const sirets = fresh(4)
  const [theirs, also] = [await opened(paul, sirets.slice(0, 2)), await opened(paul, sirets.slice(2, 3))]
  const mine = await draft(ines, sirets)
  // In hand there: two of them; one of the other campaign is dealt with already.
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(),
        status = case when campaign_id = $4 then 'traite' else 'prise-en-charge' end where siret = any ($1)
      and campaign_id in ($4, $5)`,
    [sirets, paul.id, paul.organisationId, also.id, theirs.id],
  )
  await decide(ines, mine.id, { rule: { kind: 'held' }, decision: 'take', reason: 'Accord des deux' })
  await house.owner.query(`update sessions set proven_at = $2 where id = $1`, [
    ines.sessionId,
    new Date(`${today}T10:49:00Z`),
  ])
  const told = async () =>
    (
      await house.owner.query(
        `select to_account_id, body from mails where kind = 'targets-taken-over' and about_id = $1`,
        [mine.id],
      )
    ).rows
  assert.equal((await post(ines, mine.id, 'open')).body.code, 'session/step-up-required')
  assert.deepEqual([(await holders(sirets)).get(sirets[0]!), await told()], [[theirs.id], []], 'nothing is done')
  await house.owner.query('update sessions set proven_at = $2 where id = $1', [ines.sessionId, proven.provenAt])
  assert.equal((await post(ines, mine.id, 'open')).status, 200)
  const mails = await told()
  assert.deepEqual(
    mails.map(m => m.to_account_id),
    [paul.id],
  )
  const names = (
    await house.owner.query('select id, name from campaigns where id = any ($1)', [[theirs.id, also.id, mine.id]])
  ).rows
  const nameOf = (id: string) => names.find(n => n.id === id).name
  assert.ok(
    mails[0].body.includes(`2 de « ${nameOf(theirs.id)} »`) && mails[0].body.includes(`1 de « ${nameOf(also.id)} »`),
    mails[0].body,
  )
  const inHand = await house.owner.query(
    `select account_id, about_id, substring(text from '\\d+ cibles?') as n from notifications where kind = 'targets-taken-back'`,
  )
  assert.deepEqual(inHand.rows, [{ account_id: paul.id, about_id: theirs.id, n: '2 cibles' }])
  const [one] = fresh(1) as [number]
  await opened(paul, [one])
  const shared = await draft(ines, [one, ...fresh(1)])
  await decide(ines, shared.id, { rule: { kind: 'held' }, decision: 'share', reason: null })
  await house.owner.query(`update sessions set proven_at = $2 where id = $1`, [
    ines.sessionId,
    new Date(`${today}T10:49:00Z`),
  ])
  assert.equal((await post(ines, shared.id, 'open')).status, 200)
  await house.owner.query('update sessions set proven_at = $2 where id = $1', [ines.sessionId, proven.provenAt])
})
test('CAM-3, SEC-6: who answers for a campaign is told only to who pilots the one that takes from it', async () => {
  const [siret] = fresh(1) as [number]
  const theirs = await opened(paul, [siret])
  const mine = await draft(ines, [siret, ...fresh(1)])
  const asked = async (who: typeof ines, taken: string[]) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.all(sql`select account_id from taken_campaign_contacts(${mine.id}::uuid, ${taken}::uuid[])`))
        .length
    } finally {
      await tx.rollback()
    }
  }
  assert.equal(await asked(ines, [theirs.id]), 0, 'nothing is taken yet')
  await decide(ines, mine.id, { rule: { kind: 'held' }, decision: 'take', reason: 'Accord' })
  assert.deepEqual(
    [await asked(ines, [theirs.id]), await asked(paul, [theirs.id]), await asked(nadia, [theirs.id])],
    [1, 0, 0],
  )
})
