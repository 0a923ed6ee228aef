import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actions } from '../../actions.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'

const today = '2027-02-15' // a Monday
const rights = (profile: 'consultation' | 'conseiller' | 'responsable' | 'pilote', card = true) =>
  [
    { tool: 'campagnes', profile, territoryId: places.coeur },
    ...(card ? [{ tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.coeur } as const] : []),
  ] as const
const sirets = Array.from({ length: 8 }, (_, n) => siretOf(n + 1))

let house: House
let now = new Date(`${today}T11:00:00Z`)
let ines: Person // pilot
let claire: Person // advisor of the pilot
let lead: Person // leads in the pilot
let karim: Person // advisor of a member
let narrow: Person // of the member, reads no card
let quiet: { id: string }
let campaignId: string

const on = async <T>(day: string, work: () => Promise<T>) => {
  now = new Date(`${day}T11:00:00Z`)
  await house.owner.query('update sessions set last_seen_at = now(), created_at = now()')
  try {
    return await work()
  } finally {
    now = new Date(`${today}T11:00:00Z`)
  }
}
const ok = async (call: ReturnType<House['call']>) => {
  const answer = await call
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const record = (who: Person, n: number, day: string, over: object = {}) =>
  on(day, () =>
    ok(
      house.call(
        who,
        'POST',
        '/exchanges',
        { siret: String(sirets[n]), campaignId, occurredOn: day, channel: 'telephone', result: 'absent', ...over },
        once(),
      ),
    ),
  )
const take = (who: Person, n: number, day: string) =>
  on(day, () => ok(house.call(who, 'POST', `/campaigns/${campaignId}/targets/${sirets[n]}/take`, undefined, once())))
const progress = (who: Person, query = '') => ok(house.call(who, 'GET', `/campaigns/${campaignId}/progress${query}`))

before(async () => {
  house = await openHouse(actions, { clock: () => now })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    sirets.map((siret, n) => ({ siret, commune: n < 5 ? '33001' : '33002', naf: n < 4 ? '43.32A' : '10.71C' })),
  )
  await house.owner.query(`update establishments set headcount_band = '12' where siret = any ($1)`, [
    sirets.slice(0, 2),
  ])
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais', kind: 'epci' }),
    await house.organisation({ name: 'Mission locale des Essais', kind: 'mission-locale' }),
  ]
  quiet = await house.organisation({ name: 'PLIE des Essais', kind: 'plie' })
  ines = await house.person(cc.id, [...rights('pilote')])
  claire = await house.person(cc.id, [...rights('conseiller')])
  lead = await house.person(cc.id, [...rights('responsable')])
  karim = await house.person(mission.id, [...rights('conseiller')])
  narrow = await house.person(mission.id, [...rights('consultation', false)])
  campaignId = (
    await insertCampaign(
      house.owner,
      aCampaign({
        status: 'open',
        pilotId: cc.id,
        memberIds: [mission.id, quiet.id],
        territoryId: places.coeur,
        territory: { id: places.coeur, kind: 'clpe', code: '10001', name: 'Cœur' },
        place: {
          regionId: places.aquitaine,
          departementId: places.gironde,
          epciId: places.graves,
          clpeId: places.coeur,
        },
        startsOn: '2027-01-15',
        endsOn: '2027-03-15',
        goals: [{ kind: 'etablissements-contactes', value: 60 }],
      }),
      ines.id,
      sirets,
    )
  ).id
  await take(claire, 0, '2027-01-20')
  await record(claire, 0, '2027-01-21', {
    result: 'rendez-vous-pris',
    nextAction: { kind: 'rendez-vous', dueOn: '2027-02-01' },
  })
  await record(claire, 0, '2027-02-02', { result: 'besoin-detecte', need: 'Un apprenti' })
  await record(karim, 0, '2027-02-03')
  await record(karim, 1, '2027-01-29', { visibility: 'organisation', result: 'besoin-detecte', need: 'Gardé' })
  await take(karim, 4, '2027-01-25') // and nothing since
  await take(claire, 5, '2027-02-10')
  await ok(
    house.call(ines, 'POST', `/campaigns/${campaignId}/targets/${sirets[7]}/set-aside`, { reason: 'Fermé' }, once()),
  )
})
after(() => house.close())

test('CAM-8: coverage by week counts each target once, at its first contact', async () => {
  const { weeks, contacted, targets, setAside } = await progress(ines)
  assert.deepEqual([targets, contacted, setAside], [7, 2, 1])
  assert.deepEqual(
    weeks.map((w: any) => [w.from, w.until, w.contacted, w.expected]),
    [
      ['2027-01-15', '2027-01-17', 0, 3],
      ['2027-01-18', '2027-01-24', 1, 10],
      ['2027-01-25', '2027-01-31', 2, 17],
      ['2027-02-01', '2027-02-07', 2, 24],
      ['2027-02-08', '2027-02-14', 2, 31],
      ['2027-02-15', '2027-02-15', 2, 32],
    ],
  )
})
test('CAM-8, EST-11: the funnel is the same for every member, and says nothing of what is kept to one structure', async () => {
  for (const who of [ines, claire, karim, narrow]) {
    const { funnel, byOrganisation } = await progress(who)
    assert.deepEqual(
      funnel.map((s: any) => s.count),
      [7, 2, 1, 1, 1, 0],
    )
    assert.deepEqual(
      byOrganisation.map((o: any) => [
        o.organisation.name,
        o.taken,
        o.contacted,
        o.contacts,
        o.needs,
        o.lastContactOn,
        o.silent,
      ]),
      [
        ['CC des Essais', 2, 1, 2, 1, '2027-02-02', false],
        ['Mission locale des Essais', 1, 2, 2, 0, '2027-02-03', false],
        ['PLIE des Essais', 0, 0, 0, 0, null, true],
      ],
    )
  }
})
test('CAM-8: the same targets by sector, zone and size add up', async () => {
  const { bySector, byZone, bySize } = await progress(narrow)
  assert.deepEqual(
    bySector.map((s: any) => [
      s.code,
      s.targets,
      s.taken,
      s.contacted,
      s.reached,
      s.needs,
      s.divisions.map((d: any) => d.code),
    ]),
    [
      ['F', 4, 1, 2, 1, 1, ['43']],
      ['C', 3, 2, 0, 0, 0, ['10']],
    ],
  )
  assert.deepEqual(
    [byZone.kind, byZone.lines.map((z: any) => [z.code, z.label, z.targets])],
    ['epci', [[String(places.graves), `epci ${places.graves}`, 7]]],
  )
  assert.deepEqual(
    bySize.map((s: any) => [s.code, s.targets, s.contacted]),
    [
      ['0-9', 5, 0],
      ['10-49', 2, 2],
    ],
  )
})
test('CAM-8, SEC-6: results by code are those one may read; the others are only how many', async () => {
  const read = async (who: Person) => {
    const { lines, hidden } = (await progress(who)).byResult
    return [Object.fromEntries(lines.map((l: any) => [l.code, l.count])), hidden]
  }
  assert.deepEqual(await read(karim), [{ absent: 1, 'rendez-vous-pris': 1, 'besoin-detecte': 2 }, 0])
  assert.deepEqual(await read(claire), [{ absent: 1, 'rendez-vous-pris': 1, 'besoin-detecte': 1 }, 1])
  assert.deepEqual(await read(narrow), [{}, 4], 'who reads no card reads no result')
})
test('CAM-8: figures by advisor: one’s own; for who leads, those of the structure; never another structure’s', async () => {
  const read = async (who: Person) => {
    const { lead: leads, lines } = (await progress(who)).byAdvisor
    return [leads, lines.map((l: any) => [l.person.id, l.taken, l.untouched, l.contacts, l.contacted, l.late])]
  }
  const ofClaire = [claire.id, 2, 0, 2, 1, 1]
  assert.deepEqual(await read(claire), [false, [ofClaire]])
  assert.deepEqual(await read(lead), [true, [ofClaire]])
  assert.deepEqual(await read(ines), [true, [ofClaire]], 'a pilot leads too')
  assert.deepEqual(await read(karim), [false, [[karim.id, 1, 1, 2, 2, 0]]])
  assert.deepEqual(await read(narrow), [false, []], 'a colleague who does not lead reads nobody’s')
})
test('CAM-8: what is stuck is counted and opens to its list', async () => {
  const counted = async (who: Person, query = '') =>
    Object.fromEntries((await progress(who, query)).stuck.counts.map((c: any) => [c.kind, c.count]))
  assert.deepEqual(await counted(ines), { untouched: 1, late: 1, silent: 1, undecided: 0, waiting: 3 })
  assert.deepEqual((await counted(ines, '?days=5')).untouched, 2)
  assert.deepEqual((await counted(ines, '?days=32')).silent, 0)
  assert.deepEqual((await counted(narrow)).late, 0, 'an action is read with the card')
  const untouched = await ok(
    house.call(ines, 'GET', `/campaigns/${campaignId}/stuck?kind=untouched&days=5&limit=1&total=true`),
  )
  assert.deepEqual(
    [untouched.total, untouched.items.map((i: any) => [i.establishment.siret, i.person, i.organisation.name, i.since])],
    [2, [[String(sirets[4]), null, 'Mission locale des Essais', { on: '2027-01-25', what: 'taken' }]]],
  )
  const more = await ok(
    house.call(ines, 'GET', `/campaigns/${campaignId}/stuck?kind=untouched&days=5&limit=1&after=${untouched.next}`),
  )
  assert.deepEqual([more.items.map((i: any) => i.since.on), more.next], [['2027-02-10'], null])
  const late = await ok(house.call(karim, 'GET', `/campaigns/${campaignId}/stuck?kind=late`))
  assert.deepEqual(
    late.items.map((i: any) => [i.person, i.since]),
    [[null, { on: '2027-02-01', what: 'rendez-vous' }]],
  )
})
test('CAM-8, SEC-6: beside what is late, a name is read by the person and by who leads them; the others read the structure', async () => {
  const read = async (who: Person, kind: 'late' | 'untouched') =>
    (await ok(house.call(who, 'GET', `/campaigns/${campaignId}/stuck?kind=${kind}&days=5`))).items.map((item: any) => [
      item.person?.id ?? null,
      item.organisation.name,
    ])
  const [cc, mission] = ['CC des Essais', 'Mission locale des Essais']
  for (const who of [claire, lead, ines]) assert.deepEqual(await read(who, 'late'), [[claire.id, cc]], who.name)
  assert.deepEqual(await read(karim, 'late'), [[null, cc]])
  const holders = [...(await read(karim, 'untouched')), ...(await read(ines, 'untouched'))]
  assert.deepEqual(
    holders.filter(([, structure]) => structure === mission),
    [
      [karim.id, mission],
      [null, mission],
    ],
    'a pilot of another structure reads no name of it',
  )
  assert.deepEqual(
    await read(narrow, 'untouched'),
    await read(ines, 'untouched').then(all => all.map(([, name]: any) => [null, name])),
  )
})
test('POR-5: a pilot reads what is blocked in each campaign, as its progress counts it; nobody else has any', async () => {
  const place = {
    regionId: places.aquitaine,
    departementId: places.gironde,
    epciId: places.graves,
    clpeId: places.coeur,
  }
  const other = (over: object) =>
    insertCampaign(
      house.owner,
      aCampaign({ pilotId: ines.organisationId, territoryId: places.coeur, place, ...over }),
      ines.id,
      [],
    )
  const ended = await other({ status: 'open', name: 'Finie', startsOn: '2027-01-02', endsOn: '2027-02-10' })
  const begun = await other({ status: 'draft', name: 'Brouillon', startsOn: '2027-03-01', endsOn: '2027-06-30' })
  await other({ status: 'closed', name: 'Close' })
  const { items, days } = await ok(house.call(ines, 'GET', '/piloted-campaigns'))
  assert.equal(days, 14)
  assert.deepEqual(
    items.map(({ campaign }: any) => [campaign.id, campaign.status, campaign.allowed.includes('close')]),
    [
      [ended.id, 'open', true],
      [campaignId, 'open', true],
      [begun.id, 'draft', false],
    ],
    'the first to end first; what is closed waits for nobody',
  )
  for (const { campaign, stuck } of items.slice(0, 2)) {
    const page = await ok(house.call(ines, 'GET', `/campaigns/${campaign.id}/progress`))
    assert.deepEqual(
      stuck,
      page.stuck.counts.filter(({ count }: any) => count > 0),
      campaign.name,
    )
  }
  assert.equal(items[1].stuck.length, 4, 'each kind is compared')
  assert.deepEqual(
    [
      (await house.call(lead, 'GET', '/piloted-campaigns')).status,
      (await house.call(karim, 'GET', '/piloted-campaigns')).status,
    ],
    [403, 403],
  )
  const elsewhere = await house.person((await house.organisation()).id, [...rights('pilote')])
  assert.deepEqual((await ok(house.call(elsewhere, 'GET', '/piloted-campaigns'))).items, [])
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [ended.id])
  await house.owner.query('delete from campaign_members where campaign_id = $1', [begun.id])
  await house.owner.query('delete from campaigns where id = $1', [begun.id])
})
test('CAM-8, CAM-7: needs that came from exchanges of the campaign and the hires they led to are the same for every member; one kept to its structure is in none', async () => {
  const { rows } = await house.owner.query(
    'select id from exchanges where campaign_id = $1 and author_id = $2 order by occurred_on limit 1',
    [campaignId, claire.id],
  )
  const note = (over: object) =>
    ok(
      house.call(
        claire,
        'POST',
        `/establishments/${sirets[0]}/needs`,
        { kind: 'contrat-aide', posts: 3, ...over },
        once(),
      ),
    )
  const act = (who: Person, id: string, path: string, body?: object) =>
    ok(house.call(who, 'POST', `/needs/${id}/${path}`, body, once()))
  const { id } = await note({ exchangeId: rows[0].id })
  const kept = await note({ exchangeId: rows[0].id, visibility: 'organisation' })
  const alone = await note({})
  await act(claire, id, 'proposals', { toOrganisationIds: [karim.organisationId], words: null })
  await act(karim, id, 'taking')
  await act(karim, id, 'hires', { number: 2, contract: 'cdi', hiredOn: today })
  for (const other of [kept, alone]) {
    await act(claire, other.id, 'taking')
    await act(claire, other.id, 'hires', { number: 1, contract: 'cdi', hiredOn: today })
  }
  for (const who of [ines, claire, karim, narrow]) {
    const { needs, funnel, byOrganisation, byZone, bySize, bySector } = await progress(who)
    assert.deepEqual(needs, { noted: 1, open: 1, hires: 2 })
    assert.deepEqual(funnel.at(-1), { step: 'hire', count: 1 })
    assert.deepEqual(
      byOrganisation.map((o: any) => [o.organisation.name, o.noted, o.hires]),
      [
        ['CC des Essais', 1, 0],
        ['Mission locale des Essais', 0, 2],
        ['PLIE des Essais', 0, 0],
      ],
    )
    for (const lines of [byZone.lines, bySize, bySector])
      assert.deepEqual(
        lines.filter((line: any) => line.hires > 0).map((line: any) => line.hires),
        [2],
      )
  }
  await act(karim, id, 'hires', { number: 1, contract: 'cdd', hiredOn: today })
  assert.deepEqual((await progress(ines)).needs, { noted: 1, open: 0, hires: 3 })
})
test('CAM-8: a cancelled exchange leaves the progress; a closed campaign has nothing that waits', async () => {
  const exchange = await record(karim, 6, '2027-02-11')
  assert.equal((await progress(ines)).weeks.at(-1).contacted, 3)
  await ok(house.call(karim, 'POST', `/exchanges/${exchange.id}/cancel`, { reason: 'Erreur' }, once()))
  assert.equal((await progress(ines)).weeks.at(-1).contacted, 2)
  await ok(house.call(ines, 'POST', `/campaigns/${campaignId}/close`, undefined, once()))
  assert.deepEqual(Object.fromEntries((await progress(ines)).stuck.counts.map((c: any) => [c.kind, c.count])), {
    untouched: 0,
    late: 1,
    silent: 0,
    undecided: 0,
    waiting: 0,
  })
})
test('SEC-6, API-4: progress and its lists are the members’; what is malformed is said', async () => {
  const stranger = await house.person((await house.organisation()).id, [...rights('pilote')])
  for (const path of ['progress', 'stuck?kind=late'])
    assert.deepEqual([(await house.call(stranger, 'GET', `/campaigns/${campaignId}/${path}`)).status], [404])
  for (const path of ['progress?days=0', 'stuck', 'stuck?kind=silent', 'stuck?kind=late&after=x'])
    assert.equal((await house.call(ines, 'GET', `/campaigns/${campaignId}/${path}`)).status, 400, path)
})
