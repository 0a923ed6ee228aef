import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { targets } from '../targets/index.ts'
import { copyResults } from './campaigns.queries.ts'
import { campaigns } from './index.ts'
import { aCampaign, insertCampaign } from './testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from './testing-world.ts'

const today = '2027-01-15'
const { coeur, gironde, landes, across } = places

let house: House
let ines: Person // pilot in Gironde
let colleague: Person // reads, same organisation
let karim: Person // advisor of a member
let elsewhere: Person // of the same member, in Landes
let stranger: Person // national pilot of another organisation

before(async () => {
  house = await openHouse([...campaigns, ...targets], { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const [cc, mission, other] = [
    await house.organisation({ name: 'CC des Essais', kind: 'epci' }),
    await house.organisation({ name: 'Mission locale des Essais', kind: 'mission-locale' }),
    await house.organisation(),
  ]
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }])
  colleague = await house.person(cc.id, [{ profile: 'consultation', territoryId: gironde }])
  karim = await house.person(mission.id, [{ profile: 'conseiller', territoryId: coeur }])
  elsewhere = await house.person(mission.id, [{ profile: 'pilote', territoryId: landes }])
  stranger = await house.person(other.id, [{ profile: 'pilote', territoryId: 0 }])
})
after(() => house.close())

const body = (over: object = {}) => ({
  name: 'Apprentissage 2027',
  purpose: 'prospection',
  territoryId: coeur,
  startsOn: today,
  endsOn: '2027-03-15',
  memberIds: [karim.organisationId],
  ...over,
})
const create = (who: Person, over: object = {}, headers: Record<string, string> = once()) =>
  house.call(who, 'POST', '/campaigns', body(over), headers)
const created = async (over: object = {}) => {
  const answer = await create(ines, over)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const edit = (who: Person, id: string, version: number | null, over: object = {}) =>
  house.call(who, 'PUT', `/campaigns/${id}`, body(over), version === null ? {} : { 'if-match': `"${version}"` })
const get = (who: Person, id: string) => house.call(who, 'GET', `/campaigns/${id}`)
const trailOf = async (id: string) =>
  (
    await house.owner.query(
      'select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1 order by e.at, e.id',
      [id],
    )
  ).rows
const here = { regionId: places.aquitaine, departementId: gironde, epciId: places.graves, clpeId: coeur }
/** Laid as another day's work would have: opened, with its members. */
const opened = (over: Parameters<typeof aCampaign>[0] = {}, sirets: readonly number[] = []) =>
  insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      memberIds: [karim.organisationId],
      territoryId: coeur,
      place: here,
      status: 'open',
      ...over,
    }),
    ines.id,
    sirets,
  )

test('CAM-1: a pilot prepares a draft; its own organisation pilots it and is a member; the trail says so', async () => {
  const draft = await created({
    description: 'Avant les vœux',
    goals: [
      { kind: 'besoins', value: 4 },
      { kind: 'etablissements-contactes', value: 40 },
    ],
  })
  assert.deepEqual(
    [draft.status, draft.version, draft.pilot.id, draft.territory, draft.contactDelayDays, draft.goals, draft.step],
    [
      'draft',
      1,
      ines.organisationId,
      { id: coeur, kind: 'clpe', code: '10001', name: 'clpe 10001' },
      30,
      [
        { kind: 'besoins', value: 4 },
        { kind: 'etablissements-contactes', value: 40 },
      ],
      'objet',
    ],
  )
  assert.deepEqual(
    draft.members.map((m: { name: string }) => m.name),
    ['CC des Essais', 'Mission locale des Essais'],
  )
  assert.deepEqual(draft.counts, { targets: 0, contacted: 0, undecided: 0 })
  assert.deepEqual(draft.allowed, ['edit', 'add-targets', 'decide-conflicts', 'open', 'duplicate'])
  assert.equal('regionId' in draft, false, 'only what the contract names leaves the server')
  const [entry] = await trailOf(draft.id)
  assert.deepEqual(
    [entry.action, entry.actor_id, entry.detail.before, entry.detail.after.name],
    ['campaign.created', ines.id, null, 'Apprentissage 2027'],
  )
  const read = await get(ines, draft.id)
  assert.deepEqual([read.body, read.headers.etag], [draft, '"1"'])
})

for (const [why, over, status, code] of [
  ['outside the pilot’s perimeter', { territoryId: landes }, 403, 'access/outside-perimeter'],
  ['on a territory that only overlaps it', { territoryId: across }, 403, 'access/outside-perimeter'],
  ['on no known territory', { territoryId: 999 }, 422, 'territory/unknown'],
  ['with an unknown member', { memberIds: [uuidv7()] }, 422, 'organisation/unknown'],
  ['with a period the wrong way round', { startsOn: '2027-03-16' }, 422, 'campaign/period-reversed'],
  ['with a period that never ends', { startsOn: '2027-02-01', endsOn: '2999-12-31' }, 422, 'campaign/period-too-long'],
  ['with a period already over', { startsOn: '2027-01-01', endsOn: '2027-01-14' }, 422, 'campaign/period-over'],
  ['without a name', { name: ' ' }, 400, 'request/malformed'],
  ['named on two lines', { name: 'Bonjour\nCliquez https://evil.example' }, 400, 'request/malformed'],
  ['named with a character that nobody sees', { name: 'Bonjour\u202ecliquez' }, 400, 'request/malformed'],
  ['with a day that does not exist', { endsOn: '2027-02-30' }, 400, 'request/malformed'],
  ['with a member it does not expect', { pilotId: uuidv7() }, 400, 'request/malformed'],
] as const)
  test(`CAM-1: a campaign ${why} is refused`, async () => {
    const answer = await create(ines, over)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  })
test('API-4: who may not create is told which grant is missing', async () => {
  const answer = await create(karim)
  assert.deepEqual(
    [answer.status, answer.body.code, answer.body.facts],
    [403, 'access/no-grant', { tool: 'campagnes', profile: 'pilote', missing: [] }],
  )
})

test('API-4: the same key twice makes one campaign and gives the same reply; another body is refused', async () => {
  const key = once()
  const [first, second] = [await create(ines, { name: 'Une fois' }, key), await create(ines, { name: 'Une fois' }, key)]
  assert.deepEqual([first.status, second.status], [200, 200])
  assert.deepEqual(second.body, first.body)
  const other = await create(ines, { name: 'Autre chose' }, key)
  assert.deepEqual([other.status, other.body.code], [422, 'request/idempotency-key-reused'])
  assert.equal((await house.owner.query(`select from campaigns where name in ('Une fois', 'Autre chose')`)).rowCount, 1)
})
test('API-4: the same key twice at once makes one campaign', async () => {
  const key = once()
  const answers = await Promise.all(Array.from({ length: 6 }, () => create(ines, { name: 'En même temps' }, key)))
  assert.deepEqual(new Set(answers.map(a => `${a.status} ${a.body.id}`)).size, 1)
  assert.equal((await house.owner.query(`select from campaigns where name = 'En même temps'`)).rowCount, 1)
})

test('SEC-6: a draft is its pilot organisation’s alone; open, it is its members’, within their perimeter', async () => {
  const draft = await created()
  const open = await opened()
  const seen = async (id: string) =>
    Promise.all([ines, colleague, karim, elsewhere, stranger].map(async who => (await get(who, id)).status))
  assert.deepEqual(await seen(draft.id), [200, 200, 404, 404, 404])
  assert.deepEqual(await seen(open.id), [200, 200, 200, 404, 404])
})
test('SEC-6: what one may not see answers as what does not exist, also to writes', async () => {
  const open = await opened()
  for (const id of [open.id, uuidv7()]) {
    for (const answer of [
      await get(stranger, id),
      await edit(stranger, id, 1),
      await house.call(stranger, 'POST', `/campaigns/${id}/open`),
      await house.call(stranger, 'GET', `/campaigns/${id}/targets`),
      await house.call(stranger, 'GET', `/campaigns/${id}/progress`),
      await house.call(stranger, 'GET', `/campaigns/${id}/conflicts`),
      await house.call(stranger, 'POST', `/campaigns/${id}/targets`, { criteria: {} }),
    ])
      assert.deepEqual([answer.status, answer.body.code], [404, 'not-found'])
  }
})
test('SEC-6: a member who does not pilot is refused with the reason', async () => {
  const memberPilot = await house.person(karim.organisationId, [{ profile: 'pilote', territoryId: gironde }])
  const open = await opened()
  for (const answer of [
    await edit(memberPilot, open.id, 1),
    await house.call(memberPilot, 'POST', `/campaigns/${open.id}/close`),
    await house.call(memberPilot, 'GET', `/campaigns/${open.id}/conflicts`),
  ])
    assert.deepEqual([answer.status, answer.body.code], [403, 'campaign/pilot-only'])
})
test('API-4: a malformed id is 400, no session is 401', async () => {
  assert.equal((await get(ines, 'x')).status, 400)
  assert.equal((await house.call(null, 'GET', '/campaigns')).status, 401)
})

test('API-4: two people edit at once: the second is shown what the first wrote', async () => {
  const draft = await created()
  const [one, two] = await Promise.all([
    edit(ines, draft.id, 1, { name: 'De l’une' }),
    edit(ines, draft.id, 1, { name: 'De l’autre' }),
  ])
  assert.deepEqual([one.status, two.status].sort(), [200, 412])
  const [won, lost] = one.status === 200 ? [one, two] : [two, one]
  assert.equal(lost.body.code, 'request/changed-meanwhile')
  assert.deepEqual(lost.body.current, won.body)
  assert.deepEqual([won.body.version, won.headers.etag], [2, '"2"'])
  const entries = await trailOf(draft.id)
  assert.deepEqual(
    entries.map(e => e.action),
    ['campaign.created', 'campaign.edited'],
  )
  assert.deepEqual([entries[1].detail.before.name, entries[1].detail.after.name], ['Apprentissage 2027', won.body.name])
  assert.equal((await edit(ines, draft.id, null)).status, 428)
})
test('CAM-1: editing changes the members, never the pilot, and only a draft', async () => {
  const draft = await created()
  const edited = await edit(ines, draft.id, 1, { memberIds: [stranger.organisationId] })
  assert.deepEqual(
    edited.body.members.map((m: { id: string }) => m.id).sort(),
    [ines.organisationId, stranger.organisationId].sort(),
  )
  const open = await opened()
  const answer = await edit(ines, open.id, 1)
  assert.deepEqual([answer.status, answer.body.code], [409, 'campaign/not-draft'])
  assert.deepEqual(
    [
      (await edit(ines, draft.id, 2, { territoryId: landes })).body.code,
      (await edit(ines, draft.id, 2, { territoryId: across })).body.code,
    ],
    ['access/outside-perimeter', 'access/outside-perimeter'],
  )
})
test('CAM-2: a draft whose territory changes keeps only the targets inside it', async () => {
  const [inside, outside] = [siretOf(1), siretOf(2)]
  await insertEstablishments(house.owner, [{ siret: inside }, { siret: outside, commune: '33003' }])
  const draft = await opened(
    {
      status: 'draft',
      openedAt: null,
      territory: { id: gironde, kind: 'departement', code: '33', name: 'Gironde' },
      place: { ...here, epciId: null, clpeId: null },
    },
    [inside, outside],
  )
  const edited = await edit(ines, draft.id, 1, { territoryId: coeur })
  assert.equal(edited.body.counts.targets, 1)
  assert.equal((await trailOf(draft.id))[0].detail.targetsRemoved, 1)
})

test('CAM-1: a campaign is opened, closed, reopened, closed and archived; each step is one version and one entry', async () => {
  const siret = siretOf(3)
  await insertEstablishments(house.owner, [{ siret }])
  const draft = await created()
  const step = async (verb: string) =>
    house.call(ines, 'POST', `/campaigns/${draft.id}/${verb}`, verb === 'reopen' ? {} : undefined)
  assert.equal((await step('open')).body.code, 'campaign/no-target')
  assert.equal(
    (await house.call(ines, 'POST', `/campaigns/${draft.id}/targets`, { sirets: [String(siret)] })).status,
    200,
  )
  const holds = async () =>
    (await house.owner.query('select from campaign_holds where campaign_id = $1', [draft.id])).rowCount
  for (const [verb, status, version, held] of [
    ['open', 'open', 2, 1],
    ['close', 'closed', 3, 0],
    ['reopen', 'open', 4, 1],
    ['close', 'closed', 5, 0],
    ['archive', 'archived', 6, 0],
  ] as const) {
    const answer = await step(verb)
    assert.deepEqual(
      [answer.status, answer.body.status, answer.body.version, await holds()],
      [200, status, version, held],
      verb,
    )
    assert.equal((await step(verb)).body.code, 'campaign/wrong-status', `${verb} twice`)
  }
  assert.deepEqual(
    (await trailOf(draft.id)).map(e => e.action),
    [
      'campaign.created',
      'campaign.targets-added',
      'campaign.opened',
      'campaign.closed',
      'campaign.reopened',
      'campaign.closed',
      'campaign.archived',
    ],
  )
})
test('CAM-1: two openings at once: one opens', async () => {
  const siret = siretOf(4)
  await insertEstablishments(house.owner, [{ siret }])
  const draft = await opened({ status: 'draft', openedAt: null }, [siret])
  const answers = await Promise.all([1, 2].map(() => house.call(ines, 'POST', `/campaigns/${draft.id}/open`)))
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
})

test('CAM-1: the list goes page by page, latest first, and counts when asked', async () => {
  const lister = await house.organisation()
  const who = await house.person(lister.id, [{ profile: 'consultation', territoryId: gironde }])
  const siret = siretOf(5)
  const all = []
  for (const [startsOn, status] of [
    ['2027-01-15', 'open'],
    ['2027-02-01', 'closed'],
    ['2027-02-01', 'open'],
    ['2027-01-20', 'open'],
    ['2027-03-01', 'draft'],
  ] as const)
    all.push(
      await opened(
        {
          startsOn,
          status,
          openedAt: status === 'draft' ? null : `${today}T08:00:00Z`,
          closedAt: status === 'closed' ? `${today}T09:00:00Z` : null,
          memberIds: [lister.id],
        },
        startsOn === '2027-01-20' ? [siret] : [],
      ),
    )
  const visible = all
    .filter(c => c.status !== 'draft')
    .sort((a, b) => b.startsOn.localeCompare(a.startsOn) || b.id.localeCompare(a.id))
    .map(c => c.id)
  const pages = []
  for (let next: string | null = '', url = ''; next !== null; ) {
    url = `/campaigns?limit=3&total=true${next ? `&after=${next}` : ''}`
    const { status, body: page } = await house.call(who, 'GET', url)
    assert.equal(status, 200, JSON.stringify(page))
    assert.deepEqual([page.total, page.allowed], [4, []])
    pages.push(page.items.map((c: { id: string }) => c.id))
    next = page.next
  }
  assert.deepEqual(pages, [visible.slice(0, 3), visible.slice(3)])
  const ids = async (query: string) =>
    (await house.call(who, 'GET', `/campaigns?${query}`)).body.items.map((c: { id: string }) => c.id)
  assert.deepEqual(await ids('status=closed'), [all[1]!.id])
  assert.deepEqual(await ids(`siret=${siret}`), [all[3]!.id])
  assert.deepEqual((await house.call(ines, 'GET', '/campaigns?limit=1')).body.allowed, ['create'])
  assert.equal((await house.call(who, 'GET', '/campaigns?limit=1')).body.total, undefined)
  assert.equal((await house.call(who, 'GET', '/campaigns?after=xyz')).body.code, 'request/cursor-invalid')
})

test('CAM-10, CAM-1: the list in the order asked, either way, page after page, each campaign once', async () => {
  const own = (await house.organisation({ name: 'Zébrure des Essais' })).id
  const who = await house.person(own, [{ profile: 'consultation', territoryId: gironde }])
  const targeted = [siretOf(61), siretOf(62), siretOf(63)]
  await insertEstablishments(
    house.owner,
    targeted.map(siret => ({ siret })),
  )
  const made: string[] = []
  for (const [i, name] of ['Éclair', 'abeille', 'Zinc', 'Bois', 'dune', 'Ébène'].entries()) {
    const status = (['open', 'closed', 'open', 'draft', 'archived', 'open'] as const)[i]!
    const over = {
      name,
      status,
      purpose: i % 2 ? ('prospection' as const) : ('fidelisation' as const),
      startsOn: ['2027-01-15', '2027-02-01'][i % 2]!,
      endsOn: ['2027-06-30', '2027-03-15', '2027-05-01'][i % 3]!,
      openedAt: status === 'draft' ? null : `${today}T08:00:00Z`,
      closedAt: status === 'closed' || status === 'archived' ? `${today}T09:00:00Z` : null,
      territory: { id: i % 2 ? coeur : gironde, kind: 'clpe', code: '', name: '' } as const,
      ...(i % 3 ? { memberIds: [own] } : { pilotId: own }),
    }
    made.push((await opened(over, i === 2 ? targeted : i === 5 ? targeted.slice(0, 1) : [])).id)
  }
  await house.owner.query(
    `insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, last_on)
      select $1, $2, $3, 1, '2027-01-15'`,
    [made[2], targeted[0], own],
  )
  const read = async (sort: string | undefined, limit: number) => {
    const found: any[] = []
    for (let next: string | null = ''; next !== null; ) {
      const url = `/campaigns?limit=${limit}${sort ? `&sort=${sort}` : ''}${next ? `&after=${next}` : ''}`
      const { status, body: page } = await house.call(who, 'GET', url)
      assert.equal(status, 200, JSON.stringify(page))
      found.push(...page.items)
      next = page.next
    }
    return found
  }
  const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
  const usual = await read(undefined, 50)
  assert.ok(usual.length > 3)
  assert.deepEqual(ids(await read('start', 50)), ids(usual))
  const french = new Intl.Collator('fr').compare
  const statuses = ['draft', 'open', 'closed', 'archived']
  const share = ({ counts }: any) => (counts.targets ? Math.floor((1000 * counts.contacted) / counts.targets) : 0)
  const values: Record<string, (one: any) => string> = {
    name: one => one.name,
    purpose: one => one.purpose.replace('prospection', '1'),
    territory: one => one.territory.name,
    end: one => one.endsOn,
    pilot: one => one.pilot.name,
    status: one => String(statuses.indexOf(one.status)),
    progress: one => String(share(one)).padStart(4, '0'),
    '-start': one => one.startsOn,
  }
  for (const [sort, partOf] of Object.entries(values))
    for (const way of sort === '-start' ? [sort] : [sort, `-${sort}`]) {
      const found = await read(way, 50)
      const compared = found.map(partOf)
      const inOrder = compared.toSorted(french)
      assert.deepEqual(compared, way === sort ? inOrder : inOrder.toReversed(), way)
      assert.ok(new Set(compared).size > 1, `${way} tells campaigns apart`)
      for (const limit of [1, 2, 4]) assert.deepEqual(ids(await read(way, limit)), ids(found), `${way}, by ${limit}`)
      // Among equals the latest to start stays first.
      for (const value of new Set(compared)) {
        const these = (all: any[]) => ids(all.filter(one => partOf(one) === value))
        assert.deepEqual(these(found), these(usual), `${way} ${value}`)
      }
    }
  for (const sort of ['phone', '-', '--name'])
    assert.equal((await house.call(who, 'GET', `/campaigns?sort=${sort}`)).status, 400, sort)
})

const lead = (organisationId: string, profile: 'conseiller' | 'responsable' | 'pilote', territoryId: number) =>
  house.person(organisationId, [{ profile, territoryId }])
test('CAM-1: leads are people of member organisations with the profile responsable or more on this territory; who else is named is refused, and said', async () => {
  const [responsable, pilote, advisor, away, foreigner] = [
    await lead(karim.organisationId, 'responsable', coeur),
    await lead(ines.organisationId, 'pilote', gironde),
    await lead(karim.organisationId, 'conseiller', coeur),
    await lead(karim.organisationId, 'responsable', places.dunes),
    await lead(stranger.organisationId, 'responsable', coeur),
  ]
  const draft = await created({ leadIds: [responsable.id, pilote.id] })
  assert.deepEqual(draft.leads.map((l: { id: string }) => l.id).sort(), [responsable.id, pilote.id].sort())
  for (const other of [advisor, away, foreigner]) {
    const answer = await edit(ines, draft.id, 1, { leadIds: [responsable.id, other.id] })
    assert.deepEqual(
      [answer.status, answer.body.code, answer.body.facts],
      [422, 'campaign/lead-not-entitled', { accountIds: [other.id] }],
    )
  }
  const {
    body: { items },
  } = await house.call(ines, 'GET', `/campaigns/${draft.id}/lead-candidates`)
  const proposed = items.map((one: { id: string }) => one.id)
  assert.ok(
    [responsable, pilote].every(({ id }) => proposed.includes(id)) &&
      ![advisor, away, foreigner].some(({ id }) => proposed.includes(id)),
  )
  assert.deepEqual(
    (await edit(ines, draft.id, 1, { leadIds: [responsable.id] })).body.leads.map((l: { id: string }) => l.id),
    [responsable.id],
  )
  // A member that leaves takes its leads along: named still, they are refused.
  assert.equal(
    (await edit(ines, draft.id, 2, { memberIds: [], leadIds: [responsable.id] })).body.code,
    'campaign/lead-not-entitled',
  )
})
test('CAM-1: being named lead opens no right', async () => {
  const reader = await lead(karim.organisationId, 'responsable', coeur)
  const open = await opened()
  await house.owner.query('insert into campaign_leads values ($1, $2)', [open.id, reader.id])
  assert.deepEqual((await get(reader, open.id)).body.allowed, ['work-targets'])
  assert.deepEqual((await house.call(reader, 'POST', `/campaigns/${open.id}/close`)).body.code, 'access/no-grant')
})
test('CAM-1: only who pilots the draft is told who may lead it', async () => {
  const draft = await created()
  assert.equal((await house.call(stranger, 'GET', `/campaigns/${draft.id}/lead-candidates`)).status, 404)
  assert.equal(
    (await house.call(colleague, 'GET', `/campaigns/${draft.id}/lead-candidates`)).body.code,
    'access/no-grant',
  )
})
test('CAM-1: a campaign says when it was created and by whom, also to a member; its duplicate, who duplicated it', async () => {
  const creator = ({ id, name, organisationId }: Person) => ({ id, name, organisationId })
  const draft = await created()
  assert.deepEqual([draft.createdAt, draft.createdBy], [`${today}T11:00:00.000Z`, creator(ines)])
  assert.deepEqual((await edit(ines, draft.id, 1)).body.createdBy, creator(ines))
  const open = await opened({ createdAt: '2027-01-08T23:30:00.000Z' })
  const { body: read } = await get(karim, open.id)
  assert.deepEqual([read.createdAt, read.createdBy], ['2027-01-08T23:30:00.000Z', creator(ines)])
  const memberPilot = await lead(karim.organisationId, 'pilote', gironde)
  const { body: copy } = await duplicate(memberPilot, open.id)
  assert.deepEqual([copy.createdAt, copy.createdBy], [`${today}T11:00:00.000Z`, creator(memberPilot)])
})
test('CAM-1: goals are kept, changed and taken away; one kind twice, none, or too many is refused', async () => {
  const draft = await created({
    goals: [
      { kind: 'rendez-vous', value: 10 },
      { kind: 'besoins', value: 4 },
    ],
  })
  assert.deepEqual((await edit(ines, draft.id, 1, { goals: [{ kind: 'rendez-vous', value: 12 }] })).body.goals, [
    { kind: 'rendez-vous', value: 12 },
  ])
  assert.deepEqual((await edit(ines, draft.id, 2)).body.goals, [])
  for (const [goals, status, code] of [
    [
      [
        { kind: 'besoins', value: 1 },
        { kind: 'besoins', value: 2 },
      ],
      422,
      'campaign/goal-twice',
    ],
    [[{ kind: 'besoins', value: 0 }], 400, 'request/malformed'],
    [[{ kind: 'ventes', value: 3 }], 400, 'request/malformed'],
  ] as const) {
    const answer = await edit(ines, draft.id, 3, { goals })
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
})
test('CAM-1: a draft keeps the step it was left at', async () => {
  const draft = await created({ step: 'equipe' })
  assert.equal(draft.step, 'equipe')
  assert.equal((await edit(ines, draft.id, 1, { name: 'Sans étape' })).body.step, 'equipe')
  assert.equal((await edit(ines, draft.id, 2, { step: 'objectifs' })).body.step, 'objectifs')
})

const dates = { startsOn: '2027-04-01', endsOn: '2027-06-30' }
const duplicate = (who: Person, id: string, over: object = {}, headers: Record<string, string> = once()) =>
  house.call(who, 'POST', `/campaigns/${id}/duplicate`, { name: 'Printemps', ...dates, ...over }, headers)
test('CAM-1: a duplicate takes purpose, description, territory, members, leads and goals, at its own dates; the source is left as it was', async () => {
  const [kept, aside, closedShop] = [siretOf(40), siretOf(41), siretOf(42)]
  await insertEstablishments(house.owner, [{ siret: kept }, { siret: aside }, { siret: closedShop, active: false }])
  const [entitled, former] = [
    await lead(karim.organisationId, 'responsable', coeur),
    await lead(karim.organisationId, 'conseiller', coeur),
  ]
  const source = await opened(
    {
      status: 'archived',
      closedAt: `${today}T09:00:00Z`,
      description: 'Comme l’an passé',
      goals: [{ kind: 'besoins', value: 7 }],
      contactDelayDays: 45,
    },
    [kept, aside, closedShop],
  )
  await house.owner.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Refus' where campaign_id = $1 and siret = $2`,
    [source.id, aside],
  )
  await house.owner.query('insert into campaign_leads select $1, unnest($2::uuid[])', [
    source.id,
    [entitled.id, former.id],
  ])
  const before = (await get(ines, source.id)).body
  const { status, body: copy } = await duplicate(ines, source.id)
  assert.equal(status, 200)
  assert.deepEqual(
    [
      copy.name,
      copy.status,
      copy.version,
      copy.startsOn,
      copy.endsOn,
      copy.description,
      copy.goals,
      copy.contactDelayDays,
      copy.counts.targets,
    ],
    ['Printemps', 'draft', 1, dates.startsOn, dates.endsOn, 'Comme l’an passé', [{ kind: 'besoins', value: 7 }], 45, 0],
  )
  assert.deepEqual([copy.territory, copy.members], [before.territory, before.members])
  assert.deepEqual(
    copy.leads.map((l: { id: string }) => l.id),
    [entitled.id],
    'who lost the profile since is not named again',
  )
  assert.equal(
    (await duplicate(ines, source.id, { withTargets: true })).body.counts.targets,
    1,
    'neither what was set aside nor what has closed',
  )
  assert.deepEqual((await get(ines, source.id)).body, before)
  assert.deepEqual(
    (await trailOf(copy.id)).map(e => [e.action, e.detail.from]),
    [['campaign.duplicated', source.id]],
  )
})
test('CAM-1: a duplicate takes the campaign’s own results that are still proposed, under ids of its own', async () => {
  const source = await opened()
  await house.owner.query(
    `insert into campaign_results (id, campaign_id, label, base, created_by, created_at, retired_at)
      select md5(label)::uuid, $1, label, base, $2, '2027-01-01', retired
      from (values ('Visite promise', 'rendez-vous-pris', null), ('Rien cette année', 'pas-de-besoin', null),
      ('Ancien mot', 'absent', timestamptz '2027-01-05')) r (label, base, retired)`,
    [source.id, ines.id],
  )
  const { body: copy } = await duplicate(ines, source.id)
  const { rows } = await house.owner.query(
    'select label, base, retired_at, created_by, id = md5(label)::uuid as same from campaign_results where campaign_id = $1 order by label',
    [copy.id],
  )
  assert.deepEqual(
    rows.map(r => [r.label, r.base, r.retired_at, r.created_by, r.same]),
    [
      ['Rien cette année', 'pas-de-besoin', null, ines.id, false],
      ['Visite promise', 'rendez-vous-pris', null, ines.id, false],
    ],
  )
  assert.equal((await trailOf(copy.id))[0]!.detail.results, 2)
})
test('CAM-1, SEC-6: results are copied with the rights of who duplicates: into no campaign of another', async () => {
  const [source, theirs] = [await opened(), await opened()]
  await house.owner.query(
    `insert into campaign_results (id, campaign_id, label, base, created_by, created_at)
      values (gen_random_uuid(), $1, 'Visite promise', 'rendez-vous-pris', $2, now())`,
    [source.id, ines.id],
  )
  for (const [who, copied] of [
    [ines, 1],
    [karim, null],
  ] as const) {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    const copying = copyResults(tx, source.id, theirs.id, new Date('2027-01-06T10:00:00Z'))
    await (copied ? copying.then(n => assert.equal(n, copied)) : assert.rejects(copying, { code: '42501' }))
    await tx.rollback()
  }
})
test('CAM-1: duplicated twice under one key, also at once, there is one copy', async () => {
  const source = await opened()
  const key = once()
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => duplicate(ines, source.id, { name: 'Une seule copie' }, key)),
  )
  assert.deepEqual([...new Set(answers.map(a => `${a.status} ${a.body.id}`))].length, 1)
  assert.equal((await house.owner.query(`select from campaigns where name = 'Une seule copie'`)).rowCount, 1)
})
test('CAM-1: a member organisation’s pilot duplicates for their own organisation; who only reads, or pilots elsewhere, does not', async () => {
  const memberPilot = await house.person(karim.organisationId, [{ profile: 'pilote', territoryId: gironde }])
  const source = await opened()
  assert.ok((await get(memberPilot, source.id)).body.allowed.includes('duplicate'))
  const copy = (await duplicate(memberPilot, source.id)).body
  assert.deepEqual(
    [copy.pilot.id, copy.members.map((m: { id: string }) => m.id).sort()],
    [karim.organisationId, [ines.organisationId, karim.organisationId].sort()],
  )
  assert.equal((await duplicate(colleague, source.id)).body.code, 'access/no-grant')
  assert.equal((await duplicate(stranger, source.id)).status, 404)
  const straddler = await house.person(karim.organisationId, [
    { profile: 'pilote', territoryId: landes },
    { profile: 'consultation', territoryId: coeur },
  ])
  assert.deepEqual(
    [(await duplicate(straddler, source.id)).body.code, (await get(straddler, source.id)).body.allowed],
    ['access/outside-perimeter', []],
  )
})
for (const [why, over, status, code] of [
  ['that never ends', { startsOn: '2027-02-01', endsOn: '2999-12-31' }, 422, 'campaign/period-too-long'],
  ['already over', { startsOn: '2026-01-01', endsOn: '2026-02-01' }, 422, 'campaign/period-over'],
  ['the wrong way round', { startsOn: '2027-07-01' }, 422, 'campaign/period-reversed'],
  ['without a name', { name: '' }, 400, 'request/malformed'],
  ['named on two lines', { name: 'Bonjour\nCliquez https://evil.example' }, 400, 'request/malformed'],
] as const)
  test(`CAM-1: a duplicate ${why} is refused`, async () => {
    const answer = await duplicate(ines, (await opened()).id, over)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  })
test('CAM-3: the list works out no draft’s conflicts; its own page does', async () => {
  const siret = siretOf(45)
  await insertEstablishments(house.owner, [{ siret }])
  const holder = await opened({}, [siret])
  await house.owner.query(`insert into campaign_holds values ($1, $2, '[2027-01-15,2027-03-15]')`, [holder.id, siret])
  const draft = await opened({ status: 'draft', openedAt: null }, [siret])
  assert.equal((await get(ines, draft.id)).body.counts.undecided, 1)
  const listed = (await house.call(ines, 'GET', '/campaigns?status=draft&limit=200')).body.items.find(
    (c: { id: string }) => c.id === draft.id,
  )
  assert.deepEqual(listed.counts, { targets: 1, contacted: 0, undecided: null })
})
