import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { layBrought } from '../../territory-and-register/recruitments/testing-groups.ts'
import type { Person } from '../../testing/house.ts'
import { withPolicyChanged } from '../../testing/parity.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { aNeed, insertNeeds } from '../needs/testing.ts'
import { aService, insertServices } from '../services/testing.ts'
import { enterWatch, tellHiresAsked } from './readings.queries.ts'
import { here, openWorld, type WatchWorld } from './testing.ts'
import { linesOf } from './view-lines.queries.ts'

const day = { now: new Date('2027-01-05T04:10:00Z'), today: '2027-01-05' }
let world: WatchWorld
/** Reads the recruitment cards of the EPCI around the first establishments, not of the last one. */
let hirer: Person
const watches = new Map<string, string>()

const watching = async (who: Person, way = 'proconnect') => {
  const { id: viewId } = await world.view(who)
  const { rows } = await world.house.owner.query(
    `insert into view_watches (id, account_id, view_id, name, way, watched_at, view_version, seen, read_at, tried_at)
      values ($1, $2, $3, 'Vue', $4, now(), 1, '{}', now(), now()) returning id`,
    [uuidv7(), who.id, viewId, way],
  )
  watches.set(who.id, rows[0].id)
}
before(async () => {
  world = await openWorld()
  const { house, people } = world
  hirer = await house.person(people.karim.organisationId, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
    { tool: 'fiche-recrutement', profile: 'consultation', territoryId: places.graves },
  ])
  for (const who of [hirer, people.ines, people.karim, people.cards]) await watching(who)
  const lay = (n: number, epci: number | null, cdi: number) =>
    house.owner.query('insert into hirings_recent values ($1, $2, $3, $4, null, 12, $5, 0, 0, 0, 0)', [
      siretOf(n),
      here.regionId,
      here.departementId,
      epci,
      cdi,
    ])
  await lay(1, here.epciId, 9)
  await lay(2, here.epciId, 0)
  await lay(3, null, 9)
  await house.owner.query(
    `insert into hiring_forecasts (siret, month, expected, region_id, departement_id, epci_id, clpe_id)
      select siret, '2026-11-01', total, region_id, departement_id, epci_id, clpe_id from hirings_recent`,
  )
  await layBrought(house.owner, '2021-01-01', '2026-11-01', '2026-11-30', '2026-12-01T03:00:00Z')
  const by = { organisationId: people.ines.organisationId, ownerId: people.ines.id }
  await insertNeeds(house.owner, [
    aNeed({ ...by, siret: siretOf(4) }),
    aNeed({ ...by, siret: siretOf(5), visibility: 'organisation' }),
    aNeed({ ...by, siret: siretOf(6), state: 'abandonne' }),
  ])
  const { regionId, departementId, epciId } = here
  await insertServices(
    house.owner,
    [
      { siret: siretOf(4), usedOn: '2026-12-01', kind: 'pmsmp' as const, epciId },
      { siret: siretOf(5), usedOn: '2025-12-01', epciId },
      { siret: siretOf(6), usedOn: '2026-12-01', epciId: null },
    ].map(seed => aService({ ...seed, regionId, departementId })),
  )
})
after(() => world.end())

const numbers = (sirets: readonly number[]) =>
  sirets.map(siret => Array.from({ length: 12 }, (_, n) => siretOf(n + 1)).indexOf(siret) + 1).toSorted((a, b) => a - b)
const view = (narrowed: Readonly<Record<string, string>>) =>
  ({ list: 'search', campaignId: null, address: { territoire: String(places.gironde), ...narrowed } }) as const
const asWorker = <T>(who: Person | undefined, read: (db: Db) => Promise<T>) =>
  within(world.worker)(async ({ db }) => {
    if (who) assert.ok((await enterWatch(db, watches.get(who.id)!))?.includes('search'))
    return read(db)
  })
const found = (who: Person, narrowed: Readonly<Record<string, string>>) =>
  asWorker(who, async db => numbers(await linesOf(db, view(narrowed), day, 1000)))
const onTheWeb = async (who: Person, narrowed: Readonly<Record<string, string>>) => {
  const tx = await world.house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.split('=')[1]!))
    return numbers(await linesOf(tx, view(narrowed), day, 1000))
  } finally {
    await tx.rollback()
  }
}

test('SEC-6, EST-2, CAM-10: by hires, needs and services used, the worker finds for a person what the web finds for them', async () => {
  const { ines, karim, cards } = world.people
  for (const [narrowed, byHirer, byInes, byKarim] of [
    [{ embauches: 'toutes-1' }, [1, 2], [], []],
    [{ embauches: 'cdi-5' }, [1], [], []],
    [{ embauches: 'toutes-13' }, [], [], []],
    [{ attendues: '12' }, [1, 2], [], []],
    [{ attendues: '12', embauches: 'cdi-5' }, [1], [], []],
    [{ attendues: '13' }, [], [], []],
    [{ besoin: 'en-cours' }, [4], [4, 5], [4]],
    [{ besoin: 'recrutement' }, [4], [4, 5], [4]],
    [{ services: 'oui' }, [4, 5, 6], [4, 5, 6], [4, 5, 6]],
    [{ services: 'oui-12' }, [4, 6], [4, 6], [4, 6]],
    [{ services: 'oui-pmsmp', besoin: 'en-cours' }, [4], [4], [4]],
    [{ services: 'non-12', besoin: 'en-cours' }, [], [5], []],
  ] as const)
    for (const [who, wanted] of [
      [hirer, byHirer],
      [ines, byInes],
      [karim, byKarim],
      [cards, byInes],
    ] as const) {
      assert.deepEqual(await found(who, narrowed), wanted, `${who.name} ${JSON.stringify(narrowed)}`)
      assert.deepEqual(await onTheWeb(who, narrowed), wanted, `${who.name} ${JSON.stringify(narrowed)}`)
    }
})

test('SEC-6, CAM-10: the worker reads no hires, needs nor services before a person is entered, and no word of them ever', async () => {
  for (const table of ['hirings_recent', 'hiring_forecasts', 'needs', 'operator_services'])
    assert.equal(
      (await asWorker(undefined, db => db.all(sql<{ siret: number }>`select siret from ${sql.table(table)}`))).length,
      0,
      table,
    )
  assert.equal(
    (await asWorker(hirer, db => db.all(sql<{ siret: number }>`select siret from hirings_recent`))).length,
    2,
  )
  for (const statement of [
    'select job_label from needs',
    'select owner_id from needs',
    'select * from need_versions',
    'select * from need_proposals',
    `update needs set kind = 'conseil'`,
    'delete from hirings_recent',
    'select silence from hiring_forecasts',
    'delete from hiring_forecasts',
    'select words from operator_services',
    'select author_id from operator_services',
    'select * from operator_service_versions',
    `update operator_services set kind = 'mrs'`,
    'select * from hirings_by_month',
    `select * from hirings_at(${siretOf(1)}, '2026-01-01')`,
  ])
    await assert.rejects(
      asWorker(world.people.ines, db => db.run(sql.raw(statement))),
      /permission denied/,
      statement,
    )
})

test('SEC-1, SEC-6: asked straight, the worker tells nothing of a watch that is not entered, nor of another person', async () => {
  const count = async () => (await world.house.owner.query('select from audit_entries')).rowCount
  const before = await count()
  const tell = (who: Person | undefined, watch: string) =>
    asWorker(who, db => tellHiresAsked(db, watch, { hires: 'any', hiresAtLeast: 1 }, day.now))
  await tell(undefined, watches.get(hirer.id)!)
  await tell(hirer, watches.get(world.people.karim.id)!)
  await tell(world.people.karim, watches.get(world.people.karim.id)!)
  assert.equal(await count(), before)
  await tell(hirer, watches.get(hirer.id)!)
  assert.equal(await count(), before! + 1)
})

test('SEC-6: that comparison fails when the policy of recent hires loses its perimeter', async () => {
  await withPolicyChanged(world.house.owner, 'hirings_recent', 'read', '(select ctx.ok())', async () => {
    assert.deepEqual(await found(hirer, { embauches: 'toutes-1' }), [1, 2, 3])
    assert.deepEqual(await found(world.people.cards, { embauches: 'toutes-1' }), [1, 2, 3])
  })
})

test('SEC-6, IDN-5, CAM-10: a way of signing in that is accepted no more finds nothing by hires', async () => {
  const { owner } = world.house
  const directive = uuidv7()
  await owner.query(`update view_watches set way = 'password' where id = $1`, [watches.get(hirer.id)])
  try {
    assert.deepEqual(await found(hirer, { embauches: 'toutes-1' }), [1, 2])
    await owner.query(
      `insert into authentication_directives
        values ($1, 'consultation', '2026-01-01', null, true, false, 'essai', null, now())`,
      [directive],
    )
    const read = await within(world.worker)(async ({ db }) => {
      const lists = await enterWatch(db, watches.get(hirer.id)!)
      return [lists, (await db.all(sql<{ siret: number }>`select siret from hirings_recent`)).length]
    })
    assert.deepEqual(read, [null, 0])
  } finally {
    await owner.query('delete from authentication_directives where id = $1', [directive])
    await owner.query(`update view_watches set way = 'proconnect' where id = $1`, [watches.get(hirer.id)])
  }
})

test('SEC-1, REC-2, CAM-10: a followed search by hires, declared or expected, is in the trail as one of its person, who holds the tool; no other is', async () => {
  const { owner } = world.house
  const told = async (who: Person) =>
    (
      await owner.query(
        `select e.action, e.organisation_id, e.subject_kind as kind, e.subject_id as subject, d.detail
          from audit_entries e join audit_details d on d.entry_id = e.id
          where e.action in ('recruitment.searched', 'recruitment.read') and e.actor_id = $1
          and d.detail ->> 'watch' is distinct from $2 order by e.at, e.id`,
        [who.id, watches.get(who.id)],
      )
    ).rows
  const asking = { territoire: String(places.gironde), embauches: 'cdi-5' }
  const follow = async (who: Person, address: Readonly<Record<string, string>>) => {
    const { id } = await world.view(who, { list: 'search', campaignId: null, address })
    assert.equal((await world.watch(who, id)).status, 200)
    return id
  }
  const plain = { territoire: String(places.gironde), besoin: 'en-cours' }
  const number = String(siretOf(1)).padStart(14, '0')
  const said = { hires: 'cdi', hiresAtLeast: 5, territory: places.gironde }
  const [view, one] = [await follow(hirer, asking), await follow(hirer, { q: number, embauches: 'toutes-1' })]
  const expecting = { territoire: String(places.gironde), attendues: '12' }
  const expected = await follow(hirer, expecting)
  const [both, oneExpected] = [
    await follow(hirer, { ...asking, attendues: '3' }),
    await follow(hirer, { q: number, attendues: '2' }),
  ]
  await follow(hirer, plain)
  await follow(world.people.ines, asking)
  await follow(world.people.ines, expecting)
  const searched = { action: 'recruitment.searched', organisation_id: hirer.organisationId }
  const list = { ...searched, kind: 'list', subject: hirer.id }
  const card = { ...searched, kind: 'establishment', subject: number }
  assert.deepEqual(await told(hirer), [
    { ...list, detail: { view, ...said } },
    // Followed by the person themselves, a search of one employer is its card read.
    { ...card, action: 'recruitment.read', detail: { view: one, hires: 'any', hiresAtLeast: 1 } },
    { ...list, detail: { view: expected, expectedHires: 12, territory: places.gironde } },
    { ...list, detail: { view: both, ...said, expectedHires: 3 } },
    { ...card, action: 'recruitment.read', detail: { view: oneExpected, expectedHires: 2 } },
  ])
  for (const who of [hirer, world.people.ines]) await world.morning(1, who)
  const watchOf = async (of: string) =>
    (await owner.query('select id from view_watches where view_id = $1', [of])).rows[0].id
  const inTheMorning = (await told(hirer)).slice(5)
  const ranks = await Promise.all([view, one, expected, both, oneExpected].map(watchOf))
  assert.deepEqual(
    inTheMorning.toSorted((a, b) => ranks.indexOf(a.detail.watch) - ranks.indexOf(b.detail.watch)),
    [
      { ...list, detail: { watch: ranks[0], ...said } },
      { ...card, detail: { watch: ranks[1], hires: 'any', hiresAtLeast: 1 } },
      { ...list, detail: { watch: ranks[2], expectedHires: 12, territory: places.gironde } },
      { ...list, detail: { watch: ranks[3], ...said, expectedHires: 3 } },
      { ...card, detail: { watch: ranks[4], expectedHires: 2 } },
    ],
  )
  assert.deepEqual(await told(world.people.ines), [], 'without the tool it finds nothing by hires')
})
