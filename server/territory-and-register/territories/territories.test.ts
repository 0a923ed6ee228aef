import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, isSeen, sightsOf, withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, places, seededRandom } from '../../testing/people.ts'
import { importClpe } from './import-clpe.ts'
import { importTerritories } from './import-territories.ts'
import { territories } from './index.ts'
import { mayAdopt, mayEdit, mayRead, type TaskForceRights } from './task-forces.policy.ts'
import { aClpeFile, aCog, insertTaskForce } from './testing.ts'

let house: House
let clpe: number
let pilot: string, member: string, stranger: string
let ines: Person, claire: Person, neighbour: Person, far: Person

before(async () => {
  house = await openHouse(territories)
  const owner = await house.owner.connect()
  await importTerritories(owner, aCog(), '2026-11-25')
  await importClpe(
    owner,
    aClpeFile({ CLPE33001: ['Hors métropole', '33122', '33090', '33422'], CLPE33003: ['Landes', '40088'] }),
    { edition: '2026-04', inForceFrom: '2026-04-01' },
    '2026-11-25',
  )
  await importClpe(
    owner,
    aClpeFile({
      CLPE33002: ['Bordeaux hors métropole', '33122', '33090', '33422', '33238'],
      CLPE33001: ['Dax', '40088'],
    }),
    { edition: '2026-05', inForceFrom: '2026-05-01' },
    '2026-11-25',
  )
  clpe = (
    await owner.query(
      `update territories set alias = 'Cœur de Gironde' where code = 'CLPE33002' and kind = 'clpe' and current
        returning id`,
    )
  ).rows[0].id
  owner.release()
  ;[pilot, member, stranger] = [
    (await house.organisation({ name: 'CC Jalle-Eau-Bourde' })).id,
    (await house.organisation({ name: 'Mission locale des Graves' })).id,
    (await house.organisation()).id,
  ]
  ines = await house.person(pilot, [{ profile: 'pilote', territoryId: clpe }])
  claire = await house.person(member, [{ tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2040 }])
  neighbour = await house.person(stranger, [{ profile: 'consultation', territoryId: 243301264 }])
  far = await house.person(stranger, [{ profile: 'pilote', territoryId: 2040 }])
  await insertTaskForce(house.owner, { clpeId: clpe, pilotId: pilot, memberIds: [member], sensitiveSectors: ['88'] })
})
after(() => house.close())

const get = async (path: string, who = claire) => (await house.call(who, 'GET', path)).body
const names = async (path: string) => (await get(path)).items.map((t: { name: string }) => t.name)

test('TER-1: territories are found by words, alias, code, kind and what they lie within', async () => {
  assert.deepEqual(await names('/territories?q=coeur+giro'), ['Bordeaux hors métropole'])
  assert.deepEqual(await names('/territories?q=CLPE33'), ['Bordeaux hors métropole', 'Dax'])
  assert.deepEqual(await names('/territories?q=jalle'), ['CC Jalle-Eau-Bourde'])
  assert.deepEqual(await names('/territories?kind=departement'), ['Corse-du-Sud', 'Gironde', 'Landes', 'Paris'])
  assert.deepEqual(await names(`/territories?within=${clpe}&kind=epci`), ['CC de Montesquieu', 'CC Jalle-Eau-Bourde'])
  const [one] = (await get('/territories?q=coeur+de+gironde')).items
  assert.deepEqual(one, {
    id: clpe,
    kind: 'clpe',
    code: 'CLPE33002',
    name: 'Bordeaux hors métropole',
    alias: 'Cœur de Gironde',
    edition: '2026-05',
    communeCount: 4,
  })
})
test('API-1: the list of territories pages without gap nor repeat', async () => {
  const whole = await get('/territories?total=true')
  const seen: number[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page: { items: { id: number }[]; next: string | null } = await get(
      `/territories?limit=3${after ? `&after=${after}` : ''}`,
    )
    seen.push(...page.items.map(t => t.id))
    after = page.next
  }
  assert.deepEqual(
    seen,
    whole.items.map((t: { id: number }) => t.id),
  )
  assert.equal(whole.total, seen.length)
})
test('TER-1: a territory says its links, its communes, and what it was called in each edition', async () => {
  const body = await get(`/territories/${clpe}`)
  assert.deepEqual(
    body.parents.map((t: { name: string }) => t.name),
    ['France entière', 'Nouvelle-Aquitaine', 'Gironde'],
  )
  assert.deepEqual(
    body.epcis.map((t: { name: string }) => t.name),
    ['CC Jalle-Eau-Bourde', 'CC de Montesquieu'],
  )
  assert.deepEqual(
    body.communes.map((c: { code: string }) => c.code),
    ['33090', '33122', '33238', '33422'],
  )
  assert.deepEqual(body.editions, [
    { edition: '2026-05', code: 'CLPE33002', name: 'Bordeaux hors métropole', communeCount: 4 },
    { edition: '2026-04', code: 'CLPE33001', name: 'Hors métropole', communeCount: 3 },
  ])
  assert.deepEqual(
    [(await get('/territories/0')).communeCount, (await house.call(claire, 'GET', '/territories/424242')).status],
    [10, 404],
  )
})
test('TER-1: a commune answers to its code, its retired ones and its districts', async () => {
  const cestas = await get('/communes/33122')
  assert.deepEqual(
    [cestas.name, cestas.resolved, cestas.territories.map((t: { id: number }) => t.id)],
    ['Cestas', null, [1075, 2033, clpe, 243301165]],
  )
  const old = await get('/communes/33999?on=2026-01-01')
  assert.deepEqual([old.asked, old.code, old.resolved], ['33999', '33238', { how: 'ancien code', on: null }])
  assert.deepEqual((await get('/communes/75101')).resolved, { how: 'arrondissement municipal', on: null })
  assert.equal((await house.call(claire, 'GET', '/communes/99999')).status, 404)
})

test('TER-2: members and whose perimeter overlaps read the task force; others do not know of it', async () => {
  const path = `/territories/${clpe}/task-force`
  const body = await get(path, ines)
  assert.deepEqual(
    [
      body.clpe.code,
      body.pilot.name,
      body.members.map((m: { name: string }) => m.name),
      body.sensitiveSectors,
      body.allowed,
    ],
    [
      'CLPE33002',
      'CC Jalle-Eau-Bourde',
      ['CC Jalle-Eau-Bourde', 'Mission locale des Graves'],
      [{ division: '88', label: 'Action sociale sans hébergement' }],
      ['edit'],
    ],
  )
  assert.deepEqual(
    [
      (await get(path, claire)).allowed,
      (await get(path, neighbour)).allowed,
      (await house.call(far, 'GET', path)).status,
    ],
    [[], [], 404],
  )
})
test('TER-2, IDN-5: the pilot changes members and sensitive sectors, hands over with a fresh proof, with a trail; others are told why not', async () => {
  const path = `/territories/${clpe}/task-force`
  const edit = async (who: Person, body: object, version: number) => {
    const answer = await house.call(
      who,
      'PUT',
      path,
      { pilotId: pilot, memberIds: [], sensitiveSectors: [], ...body },
      { 'if-match': `"${version}"` },
    )
    return [answer.status, answer.body.code ?? answer.body.version]
  }
  const advisor = await house.person(pilot, [{ profile: 'conseiller', territoryId: 0 }])
  const elsewhere = await house.person(pilot, [{ profile: 'pilote', territoryId: 243301165 }])
  const otherPilot = await house.person(member, [{ profile: 'pilote', territoryId: 0 }])
  assert.deepEqual(await edit(advisor, {}, 1), [403, 'access/no-grant'])
  assert.deepEqual(
    [await edit(elsewhere, {}, 1), await edit(otherPilot, {}, 1)],
    [
      [403, 'task-force/pilot-only'],
      [403, 'task-force/pilot-only'],
    ],
  )
  assert.deepEqual(await edit(far, {}, 1), [404, 'not-found'])
  assert.deepEqual(
    [
      await edit(ines, { memberIds: ['019ab3c4-0000-7000-8000-000000000009'] }, 1),
      await edit(ines, { sensitiveSectors: ['04'] }, 1),
    ],
    [
      [422, 'organisation/unknown'],
      [422, 'task-force/sector-unknown'],
    ],
  )
  assert.deepEqual(await edit(ines, { memberIds: [stranger], sensitiveSectors: ['88', '47'] }, 1), [200, 2])
  assert.deepEqual(await edit(ines, { memberIds: [member] }, 1), [412, 'request/changed-meanwhile'])
  const body = await get(path, far)
  assert.deepEqual(
    [body.members.length, body.sensitiveSectors.map((s: { division: string }) => s.division)],
    [2, ['47', '88']],
    'a new member reads it',
  )
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'task-force.edited'
      and e.subject_id = $1`,
    [String(clpe)],
  )
  assert.deepEqual(
    [rows.length, rows[0].detail.before.sensitiveSectors, rows[0].detail.after.sensitiveSectors],
    [1, ['88'], ['47', '88']],
  )
  const { provenAt } = (
    await house.owner.query(`select proven_at as "provenAt" from sessions where id = $1`, [ines.sessionId])
  ).rows[0]
  const proven = (at: unknown) =>
    house.owner.query('update sessions set proven_at = $2 where id = $1', [ines.sessionId, at])
  await proven(null)
  const unproven = await edit(ines, { pilotId: member, memberIds: [pilot] }, 2)
  assert.equal(unproven[1], 'session/step-up-required', 'handing over asks the second factor again')
  assert.deepEqual(await edit(ines, { memberIds: [member] }, 2), [200, 3], 'its members do not')
  await proven(provenAt)
  assert.deepEqual(
    await edit(ines, { pilotId: member, memberIds: [pilot] }, 3),
    [200, 4],
    'handing over is the last act of a pilot',
  )
  assert.deepEqual(
    [await edit(ines, {}, 4), (await edit(otherPilot, { pilotId: member }, 4))[0]],
    [[403, 'task-force/pilot-only'], 200],
  )
})

test('SEC-6: task forces: policy and row-level security agree on generated viewers and rows, and mutants of each clause are seen', async () => {
  const parity = await openHouse(territories)
  try {
    await insertPlaces(parity)
    const random = seededRandom(7)
    const organisations = await Promise.all(
      Array.from({ length: 12 }, (_, i) => parity.organisation(i === 3 ? { kind: 'operateur' } : {})),
    ).then(all => all.map(o => o.id))
    // The fourth is the operator, which has no convention with itself.
    const ended = organisations.slice(0, 3)
    await parity.owner.query(
      `update conventions set ends_at = now() - interval '1 day' where organisation_id = any ($1)`,
      [organisations.slice(0, 4)],
    )
    const clpes = Array.from({ length: 200 }, (_, i) => 10001 + i)
    const rights: TaskForceRights[] = []
    for (const clpeId of clpes) {
      await parity.owner.query(
        `insert into territories (id, kind, code, name) values ($1, 'clpe', $2, $2) on conflict do nothing`,
        [clpeId, String(clpeId)],
      )
      const place = {
        regionId: pick(random, places.regions),
        departementId: pick(random, places.departements),
        epciId: pick(random, [...places.epcis, null]),
      }
      await parity.owner.query(
        'insert into communes (code, name, region_id, departement_id, epci_id, clpe_id) values ($1, $1, $2, $3, $4, $5)',
        [String(10000 + clpeId).padStart(5, '0'), place.regionId, place.departementId, place.epciId, clpeId],
      )
      const force = {
        clpeId,
        pilotId: pick(random, organisations),
        memberIds: [pick(random, organisations)],
        sensitiveSectors: [],
      }
      await insertTaskForce(parity.owner, force)
      rights.push({
        ...place,
        clpeId,
        pilotId: force.pilotId,
        memberIds: [force.pilotId, ...force.memberIds],
        left: ended.includes(force.pilotId),
      })
    }
    await parity.owner.query(
      `insert into territory_overlaps select a.id, b.id from territories a, territories b where a.id = b.id
        or exists (select from communes c where a.id in (c.region_id, c.departement_id, c.epci_id, c.clpe_id)
        and b.id in (c.region_id, c.departement_id, c.epci_id, c.clpe_id)) on conflict do nothing`,
    )
    const hashes = await peopleOfAllKinds(parity, organisations, 500, random)
    const rows = rights.map(r => ({ id: String(r.clpeId), ...r }))
    const reads = (of: readonly Buffer[] = hashes) =>
      sightsOf(parity.database, of, sql<{ id: string }>`select clpe_id::text as id from task_forces`)
    const edits = (of: readonly Buffer[] = hashes) =>
      sightsOf(parity.database, of, sql<{ id: string }>`select clpe_id::text as id from task_forces for update`)
    const active = (may: (v: Viewer, r: TaskForceRights) => unknown) => (viewer: Viewer, row: TaskForceRights) =>
      viewer.state === 'active' && may(viewer, row) === true
    const seen = await reads()
    assert.ok(seen.length * rows.length > 90_000, `${seen.length * rows.length} pairs`)
    assert.deepEqual(disagreements(seen, rows, active(mayRead)).slice(0, 3), [])
    const both = (viewer: Viewer, row: TaskForceRights) => active(mayRead)(viewer, row) && active(mayEdit)(viewer, row)
    assert.deepEqual(disagreements(await edits(), rows, both).slice(0, 3), [])
    assert.ok(seen.some(s => s.ids.size > 0 && s.ids.size < rows.length))
    const adopts = (of: readonly Buffer[] = hashes) =>
      sightsOf(parity.database, of, sql<{ id: string }>`select a::text as id from ctx.adoptable_task_forces() a`)
    const adoptable = await adopts()
    const mayTake = (viewer: Viewer, row: TaskForceRights) => viewer.state === 'active' && mayAdopt(viewer, row)
    assert.deepEqual(disagreements(adoptable, rows, mayTake).slice(0, 3), [])
    assert.ok(adoptable.some(s => s.ids.size > 0) && adoptable.every(s => s.ids.size < rows.length))

    for (const [signature, from, to, look, may] of [
      ['ctx.visible_task_forces()', 'm.organisation_id = (select ctx.organisation())', 'true', reads, active(mayRead)],
      [
        'ctx.visible_task_forces()',
        'f.clpe_id = any ((select ctx.campagnes())::int[])',
        'false',
        reads,
        active(mayRead),
      ],
      ['ctx.visible_task_forces()', '(select ctx.national(ctx.campagnes()))', 'false', reads, active(mayRead)],
      ['ctx.piloted_task_forces()', 'f.pilot_id = (select ctx.organisation())', 'true', edits, both],
      ['ctx.piloted_task_forces()', '(select ctx.pilote())', '(select ctx.campagnes())', edits, both],
      ['ctx.adoptable_task_forces()', 'm.organisation_id = (select ctx.organisation())', 'true', adopts, mayTake],
      ['ctx.adoptable_task_forces()', '(select ctx.pilote())', '(select ctx.campagnes())', adopts, mayTake],
      ['ctx.adoptable_task_forces()', 'and ctx.task_force_left(f.clpe_id)', '', adopts, mayTake],
      ['ctx.task_force_left(integer)', `o.kind <> 'operateur' and`, '', adopts, mayTake],
      ['ctx.task_force_left(integer)', 'and not ctx.in_force(f.pilot_id, ctx.clock())', '', adopts, mayTake],
    ] as const) {
      await withFunctionChanged(parity.owner, signature, from, to, async () =>
        assert.ok(
          await isSeen(hashes, async one => disagreements(await look(one), rows, may).length > 0),
          `${signature}: ${from}`,
        ),
      )
    }
    for (const mutant of [
      (v: Viewer, r: TaskForceRights) => mayRead(v, { ...r, memberIds: [] }),
      (v: Viewer, r: TaskForceRights) => mayRead({ ...v, grants: [] }, r),
      () => true,
    ])
      assert.ok(disagreements(seen, rows, active(mutant)).length > 0)
    for (const mutant of [
      (row: TaskForceRights) => ({ ...row, left: true }),
      (row: TaskForceRights) => ({ ...row, memberIds: organisations }),
    ])
      assert.ok(disagreements(adoptable, rows, (viewer, row) => mayTake(viewer, mutant(row))).length > 0)
  } finally {
    await parity.close()
  }
})
