import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { targets as targetLists } from '../targets/index.ts'
import { campaigns } from './index.ts'
import { lockTarget, noteContact, recountContacts } from './targets.queries.ts'
import { aCampaign, insertCampaign } from './testing.ts'
import { insertContact, insertEstablishments, layTerritories, places, siretOf } from './testing-world.ts'

const today = '2027-01-15'
const { aquitaine, coeur, gironde, graves } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }

let house: House
let ines: Person // pilot
let claire: Person // advisor of the pilot organisation
let karim: Person // advisor of a member
let nadia: Person // advisor of the same member, without the card
let lead: Person // leads there
let reader: Person // of the member, reads only

before(async () => {
  house = await openHouse([...campaigns, ...targetLists], { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }])
  claire = await house.person(cc.id, [{ profile: 'conseiller', territoryId: coeur }, card])
  karim = await house.person(mission.id, [{ profile: 'conseiller', territoryId: coeur }, card])
  nadia = await house.person(mission.id, [{ profile: 'conseiller', territoryId: coeur }])
  lead = await house.person(mission.id, [{ profile: 'responsable', territoryId: gironde }])
  reader = await house.person(mission.id, [{ profile: 'consultation', territoryId: gironde }])
  await insertEstablishments(house.owner, [
    ...Array.from({ length: 12 }, (_, i) => ({
      siret: siretOf(i + 1),
      naf: i < 4 ? '10.71C' : '43.32A',
      employer: i % 2 === 0,
    })),
    { siret: siretOf(50), commune: '33003' },
    { siret: siretOf(51), active: false },
    { siret: siretOf(52), name: 'CHARPENTES DU LARGE' },
  ])
})
after(() => house.close())

const campaign = (over: Parameters<typeof aCampaign>[0] = {}, sirets: readonly number[] = []) =>
  insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      memberIds: [karim.organisationId],
      territoryId: coeur,
      place: here,
      ...over,
    }),
    ines.id,
    sirets,
  )
const add = (id: string, selection: object, who = ines) =>
  house.call(who, 'POST', `/campaigns/${id}/targets`, selection)
const preview = (id: string, selection: object, who = ines) =>
  house.call(who, 'POST', `/campaigns/${id}/targets/preview`, selection)
const targets = async (id: string, who = karim, query = '') =>
  (await house.call(who, 'GET', `/campaigns/${id}/targets?${query}`)).body
const act = (who: Person, id: string, siret: number, verb: string, body?: object) =>
  house.call(who, 'POST', `/campaigns/${id}/targets/${siretText(siret)}/${verb}`, body)

test('CAM-2: criteria are previewed, then added; the campaign’s territory is the default and the limit', async () => {
  const draft = await campaign()
  const bakers = await preview(draft.id, { criteria: { activities: ['10.71C'] } })
  assert.deepEqual(
    [bakers.status, bakers.body.count, bakers.body.sample.length, bakers.body.conflicts],
    [200, 4, 4, { held: 0, contacted: 0, beside: 0 }],
  )
  assert.ok(
    bakers.body.sample.every(
      ({ activity, active }: { activity: { code: string } | null; active: boolean }) =>
        activity?.code === '10.71C' && active,
    ),
    'as the register tells them',
  )
  assert.equal(
    (await preview(draft.id, { criteria: { territoryId: 0 } })).body.count,
    13,
    'a larger territory is cut to the campaign’s',
  )
  assert.equal((await preview(draft.id, { criteria: { territoryId: places.landes } })).body.count, 0)
  const added = await add(draft.id, { criteria: { activities: ['10.71C'], employer: true } })
  assert.deepEqual([added.body.outcomes.counts.added, added.body.campaign.counts.targets], [2, 2])
  const again = await add(draft.id, { criteria: { activities: ['10'] } })
  assert.deepEqual(
    [again.body.outcomes.counts.added, again.body.outcomes.counts['already-there'], again.body.campaign.counts.targets],
    [2, 2, 4],
  )
  assert.deepEqual((await preview(draft.id, { criteria: { activities: ['10'] } })).body.outcomes.counts, {
    added: 0,
    'already-there': 4,
    'outside-territory': 0,
    unknown: 0,
    closed: 0,
    objects: 0,
    'do-not-contact': 0,
    'not-a-siret': 0,
  })
})
test('CAM-2: pasted SIRETs are added, and each other line has its reason', async () => {
  const draft = await campaign({}, [siretOf(1)])
  const sirets = [siretOf(1), siretOf(2), siretOf(50), siretOf(51), siretOf(99), siretOf(2)].map(String)
  sirets.push('  ', `${String(siretOf(3)).slice(0, 3)} ${String(siretOf(3)).slice(3)}`, 'SARL Dupont')
  const expected = {
    'do-not-contact': 0,
    added: 2,
    'already-there': 2,
    'outside-territory': 1,
    unknown: 1,
    closed: 1,
    objects: 0,
    'not-a-siret': 1,
  }
  const seen = await preview(draft.id, { sirets })
  assert.deepEqual([seen.body.count, seen.body.outcomes.counts], [2, expected])
  const { body } = await add(draft.id, { sirets })
  assert.deepEqual(body.outcomes.counts, expected)
  assert.deepEqual(
    body.outcomes.lines.map((l: { line: number; outcome: string }) => `${l.line} ${l.outcome}`),
    ['1 already-there', '3 outside-territory', '4 closed', '5 unknown', '6 already-there', '9 not-a-siret'],
  )
  assert.equal(body.campaign.counts.targets, 3)
})
test('CAM-2: a preview says where and what they are: by zone, sector and size, with points for a map', async () => {
  const draft = await campaign()
  await house.owner.query(
    'update establishments set latitude = 44.7, longitude = -0.6, headcount_band = $2 where siret = $1',
    [siretOf(1), '12'],
  )
  const { body } = await preview(draft.id, { criteria: {} })
  assert.deepEqual(body.breakdown.zones, [{ territoryId: places.graves, name: `epci ${places.graves}`, count: 13 }])
  assert.deepEqual(
    body.breakdown.sectors.map((s: { code: string; count: number }) => [s.code, s.count]),
    [
      ['43', 9],
      ['10', 4],
    ],
  )
  assert.ok(body.breakdown.sectors.every((s: { label: string }) => s.label.length > 3))
  assert.deepEqual(body.breakdown.sizes, [
    { size: '0-9', count: 12 },
    { size: '10-49', count: 1 },
    { size: '50-99', count: 0 },
    { size: '100-199', count: 0 },
    { size: '200+', count: 0 },
  ])
  assert.deepEqual(body.points, [{ siret: siretText(siretOf(1)), name: `ATELIER ${siretOf(1)}`, lat: 44.7, lon: -0.6 }])
  const inEpci = await campaign({
    territoryId: places.graves,
    territory: { id: places.graves, kind: 'epci', code: '200000001', name: 'CC' },
    place: { ...here, clpeId: null },
  })
  assert.deepEqual(
    (await preview(inEpci.id, { criteria: {} })).body.breakdown.zones,
    [{ territoryId: null, name: '33001', count: 13 }],
    'within an EPCI, by commune',
  )
})
test('CAM-2: criteria on contacts count those the network had, even where who prepares reads no exchange; cancelled ones are none', async () => {
  const [never, old, recent, cancelled] = [60, 61, 62, 63].map(siretOf) as [number, number, number, number]
  await insertEstablishments(
    house.owner,
    [never, old, recent, cancelled].map(siret => ({ siret, naf: '96.02A' })),
  )
  await insertContact(house.owner, uuidv7(), old, karim, '2026-06-01')
  await insertContact(house.owner, uuidv7(), recent, karim, '2027-01-02')
  const gone = uuidv7()
  await insertContact(house.owner, gone, cancelled, karim, '2027-01-03')
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [gone])
  const draft = await campaign()
  const found = async (criteria: object) =>
    (await preview(draft.id, { criteria: { activities: ['96'], ...criteria } })).body.sample.map(
      (line: { siret: string }) => Number(line.siret),
    )
  assert.deepEqual(await found({ neverContacted: true }), [never, cancelled])
  assert.deepEqual(await found({ notContactedSince: '2027-01-01' }), [never, old, cancelled])
  assert.deepEqual(await found({ notContactedSince: '2026-06-01' }), [never, cancelled], 'since a day counts that day')
  assert.deepEqual(await found({ contactedSince: '2027-01-01' }), [recent])
  assert.equal(
    (await add(draft.id, { criteria: { activities: ['96'], contactedSince: '2026-01-01' } })).body.outcomes.counts
      .added,
    2,
  )
  const tx = await house.database.begin()
  await tx.enter(tokenHash(karim.cookie.slice('session='.length)))
  assert.deepEqual(
    await tx.all(sql`select contacted_since(${recent}::bigint, '2026-01-01') as yes`),
    [{ yes: false }],
    'who pilots nowhere is told nothing',
  )
  await tx.rollback()
})
test('CAM-2: criteria of the register: head offices, and those created since a day', async () => {
  const [fresh, branch] = [siretOf(64), siretOf(65)]
  await insertEstablishments(
    house.owner,
    [fresh, branch].map(siret => ({ siret, naf: '95.11Z' })),
  )
  await house.owner.query(`update establishments set created_on = '2026-12-01' where siret = $1`, [fresh])
  await house.owner.query('update establishments set head_office = false where siret = $1', [branch])
  const draft = await campaign()
  const found = async (criteria: object) =>
    (await preview(draft.id, { criteria: { activities: ['95'], ...criteria } })).body.sample.map(
      (line: { siret: string }) => Number(line.siret),
    )
  assert.deepEqual(
    [
      await found({ headOffice: true }),
      await found({ createdSince: '2026-12-01' }),
      await found({ createdSince: '2026-12-02' }),
      await found({}),
    ],
    [[fresh], [fresh], [], [fresh, branch]],
  )
})
test('CAM-1, CAM-2: a draft by activities finds what the register recoded, and what it has not recoded yet', async () => {
  const [old, recoded, elsewhere] = [siretOf(69), siretOf(70), siretOf(71)]
  await insertEstablishments(
    house.owner,
    [old, recoded, elsewhere].map(siret => ({ siret, naf: '45.20A' })),
  )
  await house.owner.query(
    `update establishments set naf_former = naf, naf = case siret when $1 then '95.31G' else '46.71G' end,
      naf_nomenclature = 'NAF25' where siret in ($1, $2)`,
    [recoded, elsewhere],
  )
  await house.owner.query(`insert into naf_correspondences (naf, naf25, source, edition) values
    ('45.20A', '95.31G', 'insee', '2025-08'), ('45.20A', '46.71G', 'insee', '2025-08')`)
  const draft = await campaign()
  const found = async (activities: readonly string[]) => {
    const { count, sample, breakdown } = (await preview(draft.id, { criteria: { activities } })).body
    const sirets = sample.map((line: { siret: string }) => Number(line.siret))
    assert.equal(count, sirets.length)
    assert.deepEqual(breakdown.sectors, [{ code: '45', label: 'Commerce et réparation d’automobiles', count }])
    return sirets
  }
  assert.deepEqual(await found(['45.20A']), [old, recoded, elsewhere], 'in former codes, as before')
  assert.deepEqual(await found(['NAF25:95.31G']), [old, recoded])
  assert.deepEqual(await found(['NAF25:46.71']), [old, elsewhere])
  const { added } = (await add(draft.id, { criteria: { activities: ['NAF25:95.31G'] } })).body.outcomes.counts
  assert.equal(added, 2)
  await house.owner.query('delete from naf_correspondences')
})
test('CAM-2, EST-14: criteria of nature and size: previewed, then added; a target tells both', async () => {
  const [clinic, club, shop] = [siretOf(66), siretOf(67), siretOf(68)]
  await insertEstablishments(
    house.owner,
    [clinic, club, shop].map(siret => ({ siret, naf: '86.10Z' })),
  )
  const kind = (siret: number, category: string, size: string | null) =>
    house.owner.query('update establishments set legal_category = $2, company_size = $3 where siret = $1', [
      siret,
      category,
      size,
    ])
  await kind(clinic, '7364', 'eti')
  await kind(club, '9220', 'tpe')
  await kind(shop, '5710', null)
  const draft = await campaign()
  const count = async (criteria: object) =>
    (await preview(draft.id, { criteria: { activities: ['86'], ...criteria } })).body.count
  assert.deepEqual(
    [
      await count({ legalNatures: ['public'] }),
      await count({ legalNatures: ['public', 'association'] }),
      await count({ legalNatures: ['association'], companySizes: ['eti'] }),
      await count({ companySizes: ['unknown', 'tpe'] }),
      await count({}),
    ],
    [1, 2, 0, 2, 3],
  )
  assert.equal((await preview(draft.id, { criteria: { legalNatures: ['private'] } })).status, 400)
  await house.call(ines, 'POST', `/campaigns/${draft.id}/targets`, {
    criteria: { activities: ['86'], legalNatures: ['public'] },
  })
  const { body } = await house.call(ines, 'GET', `/campaigns/${draft.id}/targets`)
  assert.deepEqual(
    body.items.map(({ establishment: e }: { establishment: Record<string, string> }) => [
      Number(e['siret']),
      e['legalNature'],
      e['companySize'],
    ]),
    [[clinic, 'public', 'eti']],
  )
})
test('CAM-3: a preview counts what others hold or met, without saying who', async () => {
  const other = await campaign({ status: 'draft' }, [siretOf(5)])
  assert.equal((await house.call(ines, 'POST', `/campaigns/${other.id}/open`)).status, 200)
  await insertContact(house.owner, uuidv7(), siretOf(6), karim, '2027-01-10')
  await insertContact(house.owner, uuidv7(), siretOf(7), karim, '2026-12-01')
  const draft = await campaign()
  assert.deepEqual((await preview(draft.id, { sirets: [5, 6, 7, 8].map(n => String(siretOf(n))) })).body.conflicts, {
    held: 1,
    contacted: 1,
    beside: 0,
  })
  await house.call(ines, 'POST', `/campaigns/${other.id}/close`)
})
for (const [why, over, selection, status, code] of [
  ['to a closed campaign', { status: 'closed' }, { criteria: {} }, 409, 'campaign/not-draft'],
  ['in an unknown territory', {}, { criteria: { territoryId: 999 } }, 422, 'territory/unknown'],
  ['by a criterion that has no such form', {}, { criteria: { activities: ['pain'] } }, 400, 'request/malformed'],
  ['by both ways at once', {}, { criteria: {}, sirets: ['1'] }, 400, 'request/malformed'],
] as const)
  test(`CAM-2: adding ${why} is refused`, async () => {
    const { id } = await campaign(over)
    for (const answer of [await add(id, selection), await preview(id, selection)])
      assert.deepEqual([answer.status, answer.body.code], [status, code])
  })

test('the list of targets goes page by page, by status, mine, name or number', async () => {
  const open = await campaign({ status: 'open' }, [...[9, 10, 11].map(siretOf), siretOf(52)])
  const first = await targets(open.id, karim, 'limit=3&total=true')
  const rest = await targets(open.id, karim, `limit=3&after=${first.next}`)
  assert.deepEqual([first.total, first.items.length, rest.items.length, rest.next], [4, 3, 1, null])
  assert.deepEqual(
    [...first.items, ...rest.items].map(t => t.establishment.siret),
    [9, 10, 11, 52].map(n => siretText(siretOf(n))),
  )
  await act(karim, open.id, siretOf(10), 'take')
  const numbers = async (query: string, who = karim) =>
    (await targets(open.id, who, query)).items.map((t: { establishment: { siret: string } }) => t.establishment.siret)
  assert.deepEqual(await numbers('mine=true'), [siretText(siretOf(10))])
  assert.deepEqual(await numbers('mine=true', claire), [])
  assert.deepEqual(await numbers('status=prise-en-charge'), [siretText(siretOf(10))])
  assert.deepEqual(await numbers('q=charpentes'), [siretText(siretOf(52))])
  assert.deepEqual(await numbers(`q=${siretText(siretOf(11))}`), [siretText(siretOf(11))])
})
test('CAM-8: the others see who takes care of a target; it is given back by the same person or by a lead', async () => {
  const open = await campaign({ status: 'open' }, [siretOf(9)])
  const siret = siretOf(9)
  assert.deepEqual((await targets(open.id)).items[0].allowed, ['take', 'record'])
  const taken = await act(karim, open.id, siret, 'take')
  assert.deepEqual(
    [taken.status, taken.body.status, taken.body.takenBy, taken.body.allowed],
    [
      200,
      'prise-en-charge',
      { id: karim.id, name: karim.name, organisationId: karim.organisationId },
      ['release', 'record'],
    ],
  )
  assert.equal((await act(karim, open.id, siret, 'take')).status, 200, 'a second click changes nothing')
  const late = await act(claire, open.id, siret, 'take')
  assert.deepEqual(
    [late.status, late.body.code, late.body.current.takenBy.id],
    [409, 'target/taken-by-other', karim.id],
  )
  assert.equal((await act(nadia, open.id, siret, 'release')).body.code, 'target/taken-by-other')
  const back = await act(lead, open.id, siret, 'release')
  assert.deepEqual([back.status, back.body.status, back.body.takenBy], [200, 'a-contacter', null])
  const trail = await house.owner.query(
    `select e.action, e.actor_id from audit_entries e where e.subject_id = $1 order by e.at, e.id`,
    [`${open.id}/${siretText(siret)}`],
  )
  assert.deepEqual(
    trail.rows.map(r => `${r.action} ${r.actor_id}`),
    [`target.taken ${karim.id}`, `target.taken ${karim.id}`, `target.released ${lead.id}`],
  )
})
test('CAM-4, SEC-1: who took a target, and reads its card, has the phone of its people; nobody else has', async () => {
  const siret = siretOf(12)
  await insertCorrespondent(
    house.owner,
    aCorrespondent({
      ...here,
      siret,
      values: [
        aValue('phone', '+33556000001'),
        aValue('phone', '+33556000002', { recordedAt: '2026-10-01T08:00:00Z' }),
        aValue('phone', '+33556000003', { recordedAt: '2026-11-01T08:00:00Z', replacedAt: '2026-11-02T08:00:00Z' }),
      ],
    }),
  )
  await insertCorrespondent(
    house.owner,
    aCorrespondent({
      ...here,
      siret,
      retiredAt: '2026-12-01T08:00:00Z',
      values: [aValue('phone', '+33556000004', { recordedAt: '2026-11-03T08:00:00Z' })],
    }),
  )
  const open = await campaign({ status: 'open' }, [siret])
  const phoneFor = async (who: Person) => (await targets(open.id, who)).items[0].phone
  assert.deepEqual(await Promise.all([karim, claire, lead].map(phoneFor)), [null, null, null])
  assert.equal((await act(karim, open.id, siret, 'take')).body.phone, '+33556000002')
  assert.deepEqual(await Promise.all([karim, claire, lead, reader].map(phoneFor)), ['+33556000002', null, null, null])
  assert.equal((await act(karim, open.id, siret, 'release')).body.phone, null)
  // Without the card, one takes the target and reads no phone.
  const taken = await act(nadia, open.id, siret, 'take')
  assert.deepEqual([taken.status, taken.body.phone, await phoneFor(nadia)], [200, null, null])
})
test('two advisors take the same target at once: one has it, fifty times', async () => {
  for (let round = 0; round < 50; round++) {
    const open = await campaign({ status: 'open' }, [siretOf(1)])
    const answers = await Promise.all([
      act(karim, open.id, siretOf(1), 'take'),
      act(claire, open.id, siretOf(1), 'take'),
    ])
    assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
    const winner = answers[0].status === 200 ? karim : claire
    assert.equal((await targets(open.id)).items[0].takenBy.id, winner.id)
    // Given back, it keeps no solicitation of the employer (CAM-12).
    await act(winner, open.id, siretOf(1), 'release')
  }
})
test('CAM-4: a target is held by a person and organisations that exist, looked up once for all those written at once', async () => {
  const { id } = await campaign({ status: 'open' }, [siretOf(1), siretOf(2)])
  const nobody = '01890000-0000-7000-8000-000000000000'
  const give = (account: string, organisation: string, entrusted: string | null) =>
    house.owner.query(
      'update campaign_targets set taken_by = $2, taken_by_organisation = $3, assigned_organisation = $4, taken_at = now() where campaign_id = $1',
      [id, account, organisation, entrusted],
    )
  await assert.rejects(give(nobody, karim.organisationId, null), { code: '23503' })
  await assert.rejects(give(karim.id, nobody, null), { code: '23503' })
  await assert.rejects(
    house.owner.query('update campaign_targets set assigned_organisation = $2 where campaign_id = $1', [id, nobody]),
    { code: '23503' },
  )
  await assert.rejects(
    house.owner.query('insert into campaign_targets (campaign_id, siret, assigned_organisation) values ($1, $2, $3)', [
      id,
      siretOf(3),
      nobody,
    ]),
    { code: '23503' },
  )
  await give(karim.id, karim.organisationId, karim.organisationId)
})
test('working a target is refused with the reason', async () => {
  const [open, closed] = [
    await campaign({ status: 'open' }, [siretOf(9)]),
    await campaign({ status: 'closed' }, [siretOf(9)]),
  ]
  assert.equal((await act(karim, closed.id, siretOf(9), 'take')).body.code, 'campaign/not-open')
  assert.equal((await act(reader, open.id, siretOf(9), 'take')).body.code, 'access/no-grant')
  const far = await house.person(karim.organisationId, [
    { profile: 'conseiller', territoryId: places.landes },
    { profile: 'consultation', territoryId: coeur },
  ])
  assert.equal((await act(far, open.id, siretOf(9), 'take')).body.code, 'access/outside-perimeter')
  assert.equal((await act(karim, open.id, siretOf(8), 'take')).status, 404)
})
test('CAM-3: setting a target aside asks a reason and frees its hold', async () => {
  const draft = await campaign({}, [siretOf(9), siretOf(10)])
  await house.call(ines, 'POST', `/campaigns/${draft.id}/open`)
  await act(karim, draft.id, siretOf(9), 'take')
  assert.equal((await act(ines, draft.id, siretOf(9), 'set-aside', { reason: ' ' })).status, 400)
  const pilotOfMember = await house.person(karim.organisationId, [{ profile: 'pilote', territoryId: gironde }])
  assert.equal(
    (await act(pilotOfMember, draft.id, siretOf(9), 'set-aside', { reason: 'Non' })).body.code,
    'campaign/pilot-only',
  )
  const aside = await act(ines, draft.id, siretOf(9), 'set-aside', { reason: 'En liquidation' })
  assert.deepEqual(
    [aside.status, aside.body.status, aside.body.setAsideReason, aside.body.takenBy, aside.body.allowed],
    [200, 'ecarte', 'En liquidation', null, ['put-back']],
  )
  assert.equal((await act(ines, draft.id, siretOf(9), 'set-aside', { reason: 'Encore' })).body.code, 'target/set-aside')
  assert.equal((await act(karim, draft.id, siretOf(9), 'take')).body.code, 'target/set-aside')
  assert.deepEqual(
    (await house.owner.query('select siret from campaign_holds where campaign_id = $1', [draft.id])).rows,
    [{ siret: siretOf(10) }],
  )
  await house.call(ines, 'POST', `/campaigns/${draft.id}/close`)
})

/** Runs as a request of this person would, and commits. */
const within = async (who: Person, work: (tx: Awaited<ReturnType<House['database']['begin']>>) => Promise<void>) => {
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    await work(tx)
    await tx.commit()
  } finally {
    await tx.rollback()
  }
}
test('CAM-8: contacts move the target; a correction gives back what the others left', async () => {
  const open = await campaign({ status: 'open', goals: [{ kind: 'etablissements-contactes', value: 5 }] }, [
    siretOf(9),
    siretOf(10),
    siretOf(11),
  ])
  const at = { campaignId: open.id, siret: siretOf(9) }
  const note = (who: Person, over: object) =>
    within(who, async tx => {
      const target = await lockTarget(tx, at.campaignId, at.siret)
      await noteContact(
        tx,
        { ...at, organisationId: who.organisationId, occurredOn: today, need: false, result: 'absent', ...over },
        target!,
      )
    })
  const state = async () => {
    const [target] = (await targets(open.id)).items
    return [target.status, target.contactCount, target.lastContact?.organisation.id, target.lastContact?.occurredOn]
  }
  await act(karim, open.id, siretOf(9), 'take')
  await act(claire, open.id, siretOf(10), 'take')
  await note(karim, { occurredOn: '2027-01-12', result: 'besoin-detecte', need: true })
  assert.deepEqual(await state(), ['besoin', 1, karim.organisationId, '2027-01-12'])
  await note(karim, { occurredOn: '2027-01-13' })
  await note(claire, { occurredOn: '2027-01-14', result: 'rendez-vous-pris' })
  await note(karim, { occurredOn: '2027-01-02', result: 'refus' })
  assert.deepEqual(
    await state(),
    ['rendez-vous', 4, claire.organisationId, '2027-01-14'],
    'an older contact written late changes the status no more',
  )
  const left = [
    { organisationId: karim.organisationId, occurredOn: '2027-01-02', need: false, result: 'refus' as const },
    { organisationId: karim.organisationId, occurredOn: '2027-01-12', need: true, result: 'besoin-detecte' as const },
  ]
  await within(claire, async tx =>
    recountContacts(
      tx,
      { ...at, organisationId: claire.organisationId },
      left,
      (await lockTarget(tx, at.campaignId, at.siret))!,
    ),
  )
  assert.deepEqual(await state(), ['besoin', 3, karim.organisationId, '2027-01-13'])
  await within(karim, async tx =>
    recountContacts(
      tx,
      { ...at, organisationId: karim.organisationId },
      [],
      (await lockTarget(tx, at.campaignId, at.siret))!,
    ),
  )
  assert.deepEqual(await state(), ['prise-en-charge', 0, undefined, undefined])
})
test('EST-11: one organisation cannot write the contacts of another', async () => {
  const open = await campaign({ status: 'open' }, [siretOf(9)])
  const contact = {
    campaignId: open.id,
    siret: siretOf(9),
    organisationId: claire.organisationId,
    occurredOn: today,
    need: false,
    result: null,
  }
  await assert.rejects(
    within(karim, async tx => noteContact(tx, contact, (await lockTarget(tx, open.id, siretOf(9)))!)),
    /row-level security/,
  )
  await within(reader, async tx =>
    assert.equal(await lockTarget(tx, open.id, siretOf(9)), undefined, 'a reader works no target'),
  )
})

test('CAM-11: who has a target in hand is told when another gives it back or sets it aside, never of their own act', async () => {
  const open = await campaign({ status: 'open' }, [9, 10, 11].map(siretOf))
  await house.owner.query('delete from notifications')
  const told = async () =>
    (await house.owner.query('delete from notifications returning account_id, kind, subject')).rows.map(
      ({ account_id, kind, subject }) => [account_id, kind, subject],
    )
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'prise-en-charge'
      where campaign_id = $1`,
    [open.id, karim.id, karim.organisationId],
  )
  await act(karim, open.id, siretOf(9), 'release')
  await act(nadia, open.id, siretOf(10), 'release')
  assert.deepEqual(await told(), [], 'one’s own act, and a refused one')
  assert.equal((await act(lead, open.id, siretOf(10), 'release')).status, 200)
  const line = [karim.id, 'targets-taken-back', 'Une cible vous est retirée']
  assert.deepEqual(await told(), [line])
  assert.equal((await act(ines, open.id, siretOf(11), 'set-aside', { reason: 'Fermé' })).status, 200)
  assert.deepEqual(await told(), [line])
  assert.equal((await act(ines, open.id, siretOf(10), 'set-aside', { reason: 'Fermé' })).status, 200)
  assert.deepEqual(await told(), [], 'nobody had it')
})
