import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tokenHash } from '../../platform/session-cookie.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { places } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { needs } from '../needs/index.ts'
import { passNeeds } from '../needs/passing.queries.ts'
import { aNeed, insertNeeds, type NeedSeed } from '../needs/testing.ts'
import { takingOver } from './index.ts'
import { endConvention, here, layTerritories, rights, suspend, waiting } from './testing.ts'

const today = '2026-11-25'
let house: House
let [lead, second, colleague, faraway, partner] = [] as unknown as [Person, Person, Person, Person, Person]
before(async () => {
  house = await openHouse([...takingOver, ...needs], { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const own = (await house.organisation({ name: 'Mission des Essais' })).id
  lead = await house.person(own, [...rights('responsable')])
  second = await house.person(own, [...rights('responsable')])
  colleague = await house.person(own, [...rights()])
  faraway = await house.person(own, [...rights('conseiller', places.landes)])
  partner = await house.person((await house.organisation({ name: 'CC des Essais' })).id, [...rights('responsable')])
})
after(() => house.close())

const takeOver = (who: Person, from: Person, to: Person, parts: object[] | null = null, key = once()) =>
  house.call(
    who,
    'POST',
    '/work-to-take-over/take',
    { organisationId: from.organisationId, accountId: from.id, toAccountId: to.id, parts },
    key,
  )
let siret = 37_000_000_000_000
/** Someone who follows a need kept to their structure, took one of a partner’s, and closed a third. */
const loaded = async () => {
  const gone = await house.person(lead.organisationId, [...rights()])
  const of = (over: Partial<NeedSeed>) =>
    aNeed({ ...here, siret: ++siret, organisationId: gone.organisationId, ownerId: gone.id, ...over })
  const seeds = [
    of({ visibility: 'organisation' }),
    of({
      organisationId: partner.organisationId,
      ownerId: partner.id,
      takenBy: gone.id,
      takenByOrganisationId: gone.organisationId,
      state: 'pris-en-charge',
    }),
    of({ state: 'abandonne' }),
  ]
  await insertNeeds(house.owner, seeds)
  const [followed, taken, closed] = seeds.map(({ id }) => id) as [string, string, string]
  return { gone, followed, taken, closed }
}
const partsOf = async (who: Person, from: Person) =>
  (await waiting(house, who))
    .find(item => item.person?.id === from.id)
    ?.parts.map((part: any) => [part.kind, part.count])
const handsOf = async (id: string) => {
  const { rows } = await house.owner.query('select owner_id, taken_by, version from needs where id = $1', [id])
  return [rows[0].owner_id, rows[0].taken_by, rows[0].version]
}

test('CAM-16, CAM-7: needs that who is suspended follows or took wait for their lead, and pass in one step with their history', async () => {
  const { gone, followed, taken, closed } = await loaded()
  assert.equal(await partsOf(lead, gone), undefined, 'who is there keeps theirs')
  await suspend(house.owner, gone)
  assert.deepEqual(await partsOf(lead, gone), [['needs', 2]])
  assert.deepEqual((await takeOver(lead, gone, colleague)).body, {
    targets: 0,
    nextActions: 0,
    needs: 2,
    campaigns: 0,
    taskForces: 0,
    left: 0,
  })
  assert.deepEqual(await handsOf(followed), [colleague.id, null, 2])
  assert.deepEqual(await handsOf(taken), [partner.id, colleague.id, 2])
  assert.deepEqual(await handsOf(closed), [gone.id, null, 1], 'what is closed stays theirs')
  const { history, allowed } = (await house.call(colleague, 'GET', `/needs/${followed}`)).body
  assert.deepEqual(
    [history[0].change, history[0].author.id, history[0].state, history.length],
    ['handed-over', lead.id, 'ouvert', 2],
  )
  assert.ok(allowed.includes('correct'), 'it is theirs to follow')
  const { rows } = await house.owner.query(
    `select e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'need.handed-over' and e.actor_id = $1 order by e.subject_id = $2`,
    [lead.id, taken],
  )
  assert.deepEqual(
    rows.map(({ subject_id, detail }) => [subject_id, detail.before, detail.after, detail.sha256.length]),
    [
      [followed, { ownerId: gone.id }, { ownerId: colleague.id }, 64],
      [taken, { takenById: gone.id }, { takenById: colleague.id }, 64],
    ],
  )
  const mails = await house.owner.query(`select body, path from mails where to_account_id = $1`, [colleague.id])
  assert.equal(mails.rows.length, 1)
  assert.match(mails.rows[0].body, /vous confie 2 besoins d’employeurs, jusqu’ici/)
})

test('CAM-16: chosen apart, needs alone pass, and with other parts they stay', async () => {
  const { gone, followed } = await loaded()
  await suspend(house.owner, gone)
  const others = await takeOver(lead, gone, lead, [{ kind: 'next-actions', campaignId: null }])
  assert.equal(others.body.code, 'taking-over/nothing-left')
  assert.deepEqual(await handsOf(followed), [gone.id, null, 1])
  const chosen = await takeOver(lead, gone, lead, [{ kind: 'needs', campaignId: null }])
  assert.deepEqual([chosen.body.needs, chosen.body.left], [2, 0])
})

test('CAM-16: a colleague entitled elsewhere gets none; an advisor, another structure, and who would take from who is there neither', async () => {
  const { gone, followed } = await loaded()
  assert.equal((await takeOver(lead, gone, lead)).body.code, 'taking-over/nothing-left')
  await suspend(house.owner, gone)
  assert.equal((await takeOver(lead, gone, faraway)).body.code, 'taking-over/recipient-elsewhere')
  assert.equal((await takeOver(colleague, gone, colleague)).status, 403)
  assert.equal((await takeOver(partner, gone, partner)).body.code, 'taking-over/nothing-left')
  assert.deepEqual(await handsOf(followed), [gone.id, null, 1])
})

test('SEC-6, CAM-16: straight to the database, needs pass to nobody but for who leads there, and never from who is there', async () => {
  const straight = async (who: Person, from: Person, to: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await passNeeds(tx, from.id, to.id, today, new Date())).length
    } finally {
      await tx.rollback()
    }
  }
  const { gone } = await loaded()
  assert.equal(await straight(lead, gone, lead), 0, 'they are there')
  await suspend(house.owner, gone)
  assert.equal(await straight(lead, gone, colleague), 2)
  for (const [who, to] of [
    [colleague, colleague],
    [partner, partner],
    [lead, faraway],
    [lead, partner],
    [lead, gone],
  ] as const)
    assert.equal(await straight(who, gone, to), 0)
})

test('CAM-16: two who take needs at once, eight times: all goes to one, written once; sent twice with one key, once', async () => {
  for (let round = 0; round < 8; round++) {
    const { gone, followed, taken } = await loaded()
    await suspend(house.owner, gone)
    const answers = await Promise.all([takeOver(lead, gone, lead), takeOver(second, gone, second)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'taking-over/nothing-left')
    const winner = answers[0]!.status === 200 ? lead : second
    assert.deepEqual(await handsOf(followed), [winner.id, null, 2])
    assert.deepEqual(await handsOf(taken), [partner.id, winner.id, 2])
  }
  const { gone, followed } = await loaded()
  await suspend(house.owner, gone)
  const key = once()
  const [first, again] = [await takeOver(lead, gone, lead, null, key), await takeOver(lead, gone, lead, null, key)]
  assert.deepEqual(first.body, again.body)
  assert.deepEqual(await handsOf(followed), [lead.id, null, 2])
})

test('CAM-16, CAM-7: needs that a structure whose convention is over follows pass to who pilots the task force, in one step; never one that it kept', async () => {
  const piloting = (await house.organisation({ name: 'Pilote des Essais' })).id
  const leaving = (await house.organisation({ name: 'PLIE des Essais' })).id
  const [pilot, rival] = [
    await house.person(piloting, [...rights('pilote')]),
    await house.person(piloting, [...rights('pilote')]),
  ]
  const gone = await house.person(leaving, [...rights()])
  await insertTaskForce(house.owner, { ...here, pilotId: piloting, memberIds: [leaving], sensitiveSectors: [] })
  const of = (over: Partial<NeedSeed> = {}) =>
    aNeed({ ...here, siret: ++siret, organisationId: leaving, ownerId: gone.id, ...over })
  const itself = { takenBy: gone.id, takenByOrganisationId: leaving, state: 'pris-en-charge' } as const
  const elsewhere = {
    takenBy: partner.id,
    takenByOrganisationId: partner.organisationId,
    state: 'pris-en-charge',
  } as const
  const [open, taken, away, kept, once_] = [
    of(),
    of(itself),
    of(elsewhere),
    of({ visibility: 'organisation' }),
    of({ said: 'organisation' }),
  ]
  await insertNeeds(house.owner, [open, taken, away, kept, once_])
  for (const to of [partner.organisationId, piloting])
    await house.owner.query(
      `insert into need_proposals (id, need_id, siret, region_id, departement_id, epci_id, clpe_id, from_organisation,
          by_id, to_organisation, said_version, proposed_at)
        values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, 1, now())`,
      [open.id, open.siret, here.regionId, here.departementId, here.epciId, here.clpeId, leaving, gone.id, to],
    )
  const all = (who: Person) =>
    house.call(
      who,
      'POST',
      '/work-to-take-over/take',
      { organisationId: leaving, accountId: null, toAccountId: who.id, parts: null },
      once(),
    )
  assert.equal((await all(pilot)).body.code, 'taking-over/nothing-left', 'its convention is in force')
  await endConvention(house.owner, leaving)
  assert.equal((await all(lead)).body.code, 'taking-over/nothing-left', 'who pilots nothing there')
  const found = (await waiting(house, pilot)).find(item => item.organisation.id === leaving)
  assert.deepEqual(
    [found.person, found.why, found.parts.map((part: any) => [part.kind, part.count])],
    [null, 'convention-over', [['needs', 3]]],
  )
  const answers = await Promise.all([all(pilot), all(rival)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  const winner = answers[0]!.status === 200 ? pilot : rival
  assert.deepEqual(answers.find(({ status }) => status === 200)!.body.needs, 3)
  const { rows } = await house.owner.query(
    `select id, organisation_id as own, owner_id as owner, state, taken_by_organisation as taker from needs where siret = any ($1)`,
    [[open, taken, away, kept, once_].map(one => one.siret)],
  )
  const now = new Map(rows.map(({ id, ...rest }) => [id, rest]))
  const theirs = { own: piloting, owner: winner.id }
  assert.deepEqual(now.get(open.id), { ...theirs, state: 'ouvert', taker: null })
  assert.deepEqual(now.get(taken.id), { ...theirs, state: 'ouvert', taker: null }, 'open again')
  assert.deepEqual(now.get(away.id), { ...theirs, state: 'pris-en-charge', taker: partner.organisationId })
  for (const { id } of [kept, once_]) assert.equal(now.get(id)!.own, leaving)
  const { allowed, proposals } = (await house.call(winner, 'GET', `/needs/${open.id}`)).body
  assert.ok(allowed.includes('propose'))
  assert.deepEqual(
    proposals.map(({ to, state, allowed }: any) => [to.id, state, allowed]).toSorted(),
    [
      [partner.organisationId, 'waiting', ['withdraw']],
      [piloting, 'withdrawn', []],
    ].toSorted(),
  )
  const trail = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'need.handed-over' and e.subject_id = $1`,
    [open.id],
  )
  assert.deepEqual(
    [trail.rows[0].detail.before, trail.rows[0].detail.after],
    [
      { organisationId: leaving, ownerId: gone.id },
      { organisationId: piloting, ownerId: winner.id },
    ],
  )
})

/** A CLPE of Gironde with no task force, and a structure that follows needs there. */
const left = async (clpeId: number) => {
  const leaving = (await house.organisation({ name: 'CCAS des Essais' })).id
  const gone = await house.person(leaving, [...rights()])
  const of = (over: Partial<NeedSeed> = {}) =>
    aNeed({ ...here, epciId: null, clpeId, siret: ++siret, organisationId: leaving, ownerId: gone.id, ...over })
  return { leaving, gone, of }
}
const takeAll = (who: Person, organisationId: string, to = who, key = once()) =>
  house.call(
    who,
    'POST',
    '/work-to-take-over/take',
    { organisationId, accountId: null, toAccountId: to.id, parts: null },
    key,
  )

test('CAM-16, CAM-7: where no task force is, needs of a structure whose convention is over and its actions in no campaign are shown to who leads there in any other, and pass in one step with their history', async () => {
  const { leaving, gone, of } = await left(20_951)
  const itself = { takenBy: gone.id, takenByOrganisationId: leaving, state: 'pris-en-charge' } as const
  const [open, taken, kept, once_, closed, afar] = [
    of(),
    of(itself),
    of({ visibility: 'organisation' }),
    of({ said: 'organisation' }),
    of({ state: 'abandonne' }),
    of({ departementId: places.landes }),
  ]
  await insertNeeds(house.owner, [open, taken, kept, once_, closed, afar])
  for (const visibility of ['reseau', 'organisation'] as const)
    await insertExchange(
      house.owner,
      anExchange({
        ...here,
        epciId: null,
        clpeId: open.clpeId,
        siret: open.siret,
        organisationId: leaving,
        authorId: gone.id,
        visibility,
        nextAction: { kind: 'rappel', dueOn: today, dueAt: null, ownerId: gone.id },
      }),
    )
  const agency = await house.person((await house.organisation({ kind: 'operateur' })).id, [...rights('responsable')])
  const far = await house.person(partner.organisationId, [...rights('responsable', places.landes)])
  const found = async (who: Person) =>
    (await waiting(house, who)).find(item => item.organisation.id === leaving)?.parts.map((p: any) => [p.kind, p.count])
  for (const who of [lead, agency]) assert.equal(await found(who), undefined, 'its convention is in force')
  await endConvention(house.owner, leaving)
  for (const who of [lead, agency, partner])
    assert.deepEqual(await found(who), [
      ['next-actions', 1],
      ['needs', 2],
    ])
  assert.deepEqual(await found(far), [['needs', 1]])
  assert.equal((await house.call(colleague, 'GET', '/work-to-take-over')).status, 403, 'an advisor')
  assert.equal((await takeAll(colleague, leaving)).status, 403)
  assert.equal((await takeAll(lead, leaving, faraway)).body.code, 'taking-over/recipient-elsewhere')
  assert.equal((await takeAll(lead, leaving, gone)).body.code, 'taking-over/recipient-away')

  const key = once()
  const [first, again] = [await takeAll(agency, leaving, agency, key), await takeAll(agency, leaving, agency, key)]
  assert.deepEqual([first.body.needs, first.body.nextActions, first.body.left, again.body], [2, 1, 0, first.body])
  const actions = await house.owner.query(
    'select visibility, owner_id, organisation_id from next_actions where siret = $1 order by visibility',
    [open.siret],
  )
  assert.deepEqual(actions.rows, [
    { visibility: 'organisation', owner_id: gone.id, organisation_id: leaving },
    { visibility: 'reseau', owner_id: agency.id, organisation_id: agency.organisationId },
  ])
  assert.equal((await takeAll(lead, leaving)).body.code, 'taking-over/nothing-left', 'the second')
  const { rows } = await house.owner.query(
    'select id, organisation_id as own, owner_id as owner, state, version from needs where organisation_id = any ($1)',
    [[leaving, agency.organisationId]],
  )
  const now = new Map(rows.map(({ id, ...rest }) => [id, rest]))
  const theirs = { own: agency.organisationId, owner: agency.id, state: 'ouvert', version: 2 }
  for (const { id } of [open, taken]) assert.deepEqual(now.get(id), theirs)
  for (const { id } of [kept, once_, closed, afar])
    assert.deepEqual([now.get(id)!.own, now.get(id)!.version], [leaving, 1])
  const { history } = (await house.call(agency, 'GET', `/needs/${open.id}`)).body
  assert.deepEqual(
    history.map((one: any) => [one.change, one.author.id]),
    [
      ['handed-over', agency.id],
      ['noted', gone.id],
    ],
  )
  const trail = await house.owner.query(
    `select e.actor_id, d.detail -> 'before' as before from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'need.handed-over' and e.subject_id = $1`,
    [open.id],
  )
  assert.deepEqual(trail.rows, [{ actor_id: agency.id, before: { organisationId: leaving, ownerId: gone.id } }])
})

test('CAM-16: actions in a campaign that a structure piloted, now closed, or that it left pass to who leads there in any other', async () => {
  const { leaving, gone, of } = await left(20_953)
  const gironde = { territoryId: places.gironde, place: { ...here, epciId: null, clpeId: null } }
  for (const [pilotId, status, memberIds] of [
    [leaving, 'closed', []],
    [leaving, 'open', []],
    [partner.organisationId, 'open', []],
    [partner.organisationId, 'open', [leaving]],
  ] as const) {
    const campaign = aCampaign({ pilotId, status, memberIds, ...gironde })
    await insertCampaign(house.owner, campaign, gone.id)
    const { clpeId, siret } = of()
    const nextAction = { kind: 'rappel', dueOn: today, dueAt: null, ownerId: gone.id } as const
    const by = { organisationId: leaving, authorId: gone.id, campaignId: campaign.id, nextAction }
    await insertExchange(house.owner, anExchange({ ...here, epciId: null, clpeId, siret, ...by }))
  }
  const found = async () =>
    (await waiting(house, lead))
      .find(item => item.organisation.id === leaving)
      ?.parts.map((p: any) => [p.kind, p.campaign, p.count])
  assert.equal(await found(), undefined, 'its convention is in force')
  await endConvention(house.owner, leaving)
  assert.deepEqual(await found(), [['next-actions', null, 2]])
  const { body } = await takeAll(lead, leaving)
  assert.deepEqual([body.nextActions, body.left], [2, 0])
  const { rows } = await house.owner.query(
    `select owner_id as owner, count(*)::int as n from next_actions where owner_id in ($1, $2) group by 1`,
    [lead.id, gone.id],
  )
  assert.deepEqual(new Map(rows.map(({ owner, n }) => [owner, n])), new Map([lead, gone].map(({ id }) => [id, 2])))
  assert.equal(await found(), undefined)
})

test('CAM-16: where no task force is, two structures take the needs that one leaves at once: all go to one, written once', async () => {
  for (let round = 0; round < 4; round++) {
    const { leaving, of } = await left(20_952)
    const needs = [of(), of(), of()]
    await insertNeeds(house.owner, needs)
    await endConvention(house.owner, leaving)
    const answers = await Promise.all([takeAll(lead, leaving), takeAll(partner, leaving)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'taking-over/nothing-left')
    const winner = answers[0]!.status === 200 ? lead : partner
    for (const { id } of needs) assert.deepEqual(await handsOf(id), [winner.id, null, 2])
  }
})

test('AGR-12, CAM-16: while annex 4 closes needs, those of who is suspended, or of a structure that is over, wait for nobody and stay', async () => {
  const { gone, followed, taken } = await loaded()
  await suspend(house.owner, gone)
  const [piloting, leaving] = [await house.organisation(), await house.organisation()]
  const pilot = await house.person(piloting.id, [...rights('pilote')])
  const left = await house.person(leaving.id, [...rights()])
  // Theirs to take: the task force of the place is the pilot’s.
  await house.owner.query('update task_forces set pilot_id = $2 where clpe_id = $1', [here.clpeId, piloting.id])
  const theirs = aNeed({ ...here, siret: ++siret, organisationId: leaving.id, ownerId: left.id })
  await insertNeeds(house.owner, [theirs])
  await endConvention(house.owner, leaving.id)
  const overParts = async () =>
    (await waiting(house, pilot))
      .find(item => item.organisation.id === leaving.id)
      ?.parts.filter((part: any) => part.kind === 'needs')
      .map((part: any) => part.count)
  assert.deepEqual([await partsOf(lead, gone), await overParts()], [[['needs', 2]], [1]])
  await openCategories(house.owner, allBut('besoins'))
  try {
    assert.equal(await partsOf(lead, gone), undefined)
    assert.deepEqual((await overParts()) ?? [], [])
    assert.equal((await takeOver(lead, gone, colleague)).body.code, 'taking-over/nothing-left')
    assert.deepEqual(await handsOf(followed), [gone.id, null, 1])
    assert.deepEqual(await handsOf(taken), [partner.id, gone.id, 1])
  } finally {
    await forgetVersions(house.owner)
  }
  assert.deepEqual([await partsOf(lead, gone), await overParts()], [[['needs', 2]], [1]], 'nothing was lost')
})
