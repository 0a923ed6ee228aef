import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Person } from '../../testing/house.ts'
import { disagreements, rowsWritten, sightsOf, withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import { insertContact, places, siretOf } from '../campaigns/testing-world.ts'
import { enterWatch, openedView } from './readings.queries.ts'
import { openWorld, type WatchWorld } from './testing.ts'
import { linesOf } from './view-lines.queries.ts'
import { mayReadWatch } from './watched-views.model.ts'
import { mayOpen } from './watched-views.policy.ts'

interface Row {
  readonly id: string
  readonly accountId: string
  readonly viewId: string
}
const lists = ['targets', 'portfolio', 'search'] as const
const today = { now: new Date('2027-01-05T04:10:00Z'), today: '2027-01-05' }
let world: WatchWorld
let everyone: readonly Person[]
const rows: Row[] = []
before(async () => {
  world = await openWorld()
  const { house, people, view } = world
  everyone = Object.values(people)
  const shared = await view(people.ines, { sharedWith: 'organisation', address: {} })
  const own = await view(people.ines, { address: {} })
  for (const who of everyone)
    for (const { id: viewId } of [shared, own]) {
      const { rows: kept } = await house.owner.query(
        `insert into view_watches (id, account_id, view_id, name, way, watched_at, view_version, seen, read_at, tried_at)
          values (gen_random_uuid(), $1, $2, 'Vue', 'proconnect', now(), 1, '{}', now(), now()) returning id`,
        [who.id, viewId],
      )
      rows.push({ id: kept[0].id, accountId: who.id, viewId })
    }
})
after(() => world.end())

const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)
const watches = () =>
  sightsOf(world.house.database, everyone.map(hashOf), sql<{ id: string }>`select id from view_watches`)
/** What the worker may open, entered for each person. */
const opened = async () => {
  const all = new Map<string, readonly string[]>()
  for (const { id } of everyone) {
    const mine = rows.find(({ accountId }) => accountId === id)!
    all.set(id, (await within(world.worker)(({ db }) => enterWatch(db, mine.id))) ?? [])
  }
  return all
}
const parts = async (viewers: readonly Viewer[]) => {
  const inSql = await opened()
  return viewers.flatMap(viewer =>
    lists.filter(list => (mayOpen(viewer, list) === true) !== inSql.get(viewer.accountId)!.includes(list)),
  )
}

test('SEC-6, CAM-10: who reads and stops a watch: the model and the database agree on every pair', async () => {
  const sights = await watches()
  assert.equal(sights.length, everyone.length)
  assert.deepEqual(disagreements(sights, rows, mayReadWatch), [])
  for (const who of everyone) {
    const written = await rowsWritten(world.house.database, hashOf(who), sql`delete from view_watches`)
    assert.equal(written, 2, who.name)
  }
})
test('SEC-6: a policy of reading watches without « its account » is caught', async () => {
  await withPolicyChanged(world.house.owner, 'view_watches', 'own', 'ctx.ok()', async () =>
    assert.ok(disagreements(await watches(), rows, mayReadWatch).length > 0),
  )
})

test('SEC-6, CAM-10: which lists the worker opens for someone: the policy and the database agree on every pair', async () => {
  const viewers = (await watches()).map(({ viewer }) => viewer)
  assert.deepEqual(await parts(viewers), [])
  const kinds = new Set(viewers.map(viewer => lists.filter(list => mayOpen(viewer, list) === true).join()))
  assert.ok(kinds.size >= 4, [...kinds].join(' | '))
})
for (const [clause, from, to] of [
  ['a right on campaigns', `when r.campagnes <> '{}' then`, 'when true then'],
  ['advising', `when r.conseiller <> '{}' then`, `when r.campagnes <> '{}' then`],
  ['a right on cards', `when r.fiche <> '{}' then`, `when r.campagnes <> '{}' then`],
] as const)
  test(`SEC-6: entering for a watch without « ${clause} » is caught`, async () => {
    const viewers = (await watches()).map(({ viewer }) => viewer)
    await withFunctionChanged(world.house.owner, 'ctx.enter_watch(uuid)', from, to, async () =>
      assert.ok((await parts(viewers)).length > 0),
    )
  })

test('SEC-6, CAM-10: the worker reads of a view what its person reads, and nothing before it is entered', async () => {
  const { house, worker, people } = world
  const seen = { some: 0, none: 0 }
  for (const row of rows) {
    const who = everyone.find(({ id }) => id === row.accountId)!
    const byWorker = await within(worker)(async ({ db }) => {
      assert.equal(await openedView(db, row.viewId), undefined, 'nobody is entered')
      await enterWatch(db, row.id)
      const view = await openedView(db, row.viewId)
      return view ? (await linesOf(db, view, today, 1000)).toSorted() : []
    })
    const views = (await house.call(who, 'GET', '/views')).body.items.map(({ id }: any) => id)
    const page = views.includes(row.viewId)
      ? (await house.call(who, 'GET', `/campaigns/${world.campaign.id}/targets`)).body.items
      : []
    assert.deepEqual(
      byWorker,
      page.map((target: any) => Number(target.establishment.siret)).toSorted(),
      `${who.name} ${row.viewId}`,
    )
    seen[page.length ? 'some' : 'none']++
  }
  assert.ok(seen.some >= 3 && seen.none >= 3, JSON.stringify(seen))
  for (const table of [
    'campaigns',
    'campaign_targets',
    'campaign_contacts',
    'exchanges',
    'next_actions',
    'saved_views',
  ])
    assert.deepEqual(
      await within(worker)(({ db }) => db.all(sql<{ one: number }>`select 1 as one from ${sql.table(table)}`)),
      [],
      table,
    )
  for (const statement of [
    `update campaign_targets set status = 'besoin'`,
    `select notes from exchange_contents`,
    `select * from view_watches`,
    `select person_met from exchange_contents`,
  ])
    await assert.rejects(
      within(worker)(async ({ db }) => {
        await enterWatch(db, rows.find(({ accountId }) => accountId === people.ines.id)!.id)
        await db.run(sql.raw(statement))
      }),
      /permission denied/,
      statement,
    )
})

test('SEC-6, EST-2, CAM-10: by last contact and by campaign, the worker finds for a person what the web finds for them', async () => {
  const { house, worker, people, campaign } = world
  for (const [n, day] of [
    [1, '2026-12-30'],
    [2, '2026-03-01'],
    [7, '2026-12-30'],
  ] as const)
    await insertContact(house.owner, crypto.randomUUID(), siretOf(n), people.karim, day)
  await house.owner.query(
    `update campaign_targets set taken_by = $3, taken_by_organisation = $4, assigned_organisation = $4, taken_at = now(),
      status = 'prise-en-charge' where campaign_id = $1 and siret = $2`,
    [campaign.id, siretOf(3), people.paul.id, people.paul.organisationId],
  )
  const numbers = new Map(Array.from({ length: 12 }, (_, n) => [siretOf(n + 1), n + 1]))
  const others = (...found: number[]) => [...numbers.values()].filter(n => !found.includes(n))
  for (const [narrowed, byPaul, byCards] of [
    [{ contact: 'jamais' }, others(1, 2, 7), others(1, 2, 7)],
    [{ contact: 'depuis-90' }, [1, 7], [1, 7]],
    [{ contact: 'avant-2026-06-01' }, [2], [2]],
    [{ campagne: 'oui' }, [1, 2, 3, 4, 5], []],
    [{ campagne: 'aucune' }, others(1, 2, 3, 4, 5), others()],
    [{ campagne: 'moi' }, [3], []],
    [{ campagne: campaign.id, contact: 'depuis-90' }, [1], []],
  ] as const) {
    const address = { territoire: String(places.gironde), ...narrowed }
    const view = { list: 'search', campaignId: null, address } as const
    for (const who of [people.ines, people.paul, people.karim, people.cards]) {
      const { id } = rows.find(({ accountId }) => accountId === who.id)!
      const byWorker = await within(worker)(async ({ db }) => {
        assert.ok((await enterWatch(db, id))?.includes('search'))
        return linesOf(db, view, today, 1000)
      })
      const tx = await house.database.begin()
      try {
        await tx.enter(hashOf(who))
        const byWeb = (await linesOf(tx, view, today, 1000)).toSorted()
        assert.deepEqual(byWorker.toSorted(), byWeb, `${who.name} ${JSON.stringify(narrowed)}`)
      } finally {
        await tx.rollback()
      }
      const wanted = who === people.paul ? byPaul : who === people.cards ? byCards : undefined
      if (wanted)
        assert.deepEqual(
          byWorker.map(siret => numbers.get(siret)).toSorted((a, b) => a! - b!),
          wanted,
          `${who.name} ${JSON.stringify(narrowed)}`,
        )
    }
  }
})

test('SEC-6, CAM-10: whatever is sent straight to the database, one watches for oneself alone, within one’s own session', async () => {
  const { house, people, view } = world
  const { id: viewId } = await view(people.karim)
  const put = async (who: Person | null, session: Person) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(hashOf(who))
      const { kept } = (await tx.first(
        sql<{
          kept: boolean
        }>`select watch_view(gen_random_uuid(), ${viewId}::uuid, 'Vue', 1, '{}', ${hashOf(session)}::bytea, now()) as kept`,
      ))!
      return kept
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [await put(people.karim, people.karim), await put(people.karim, people.ines), await put(null, people.karim)],
    [true, false, false],
  )
  const over = await house.person(people.karim.organisationId)
  await house.owner.query('update sessions set ended_at = now() where account_id = $1', [over.id])
  assert.equal(await put(people.karim, over), false)
})
test('SEC-6, IDN-5, CAM-10: a weak sign-in that is accepted no more opens nothing to the worker, a strong one does', async () => {
  const { house, worker, people } = world
  const { id } = rows.find(({ accountId }) => accountId === people.paul.id)!
  const entered = () => within(worker)(({ db }) => enterWatch(db, id))
  await house.owner.query(`update view_watches set way = 'proconnect-weak' where id = $1`, [id])
  assert.ok(await entered())
  const directive = uuidv7()
  await house.owner.query(
    `insert into authentication_directives
      values ($1, 'conseiller', '2026-01-01', null, true, true, 'essai', null, now())`,
    [directive],
  )
  try {
    assert.equal(await entered(), null)
    await house.owner.query(`update view_watches set way = 'proconnect' where id = $1`, [id])
    assert.ok(await entered())
    // What was kept for the strong way serves no weak one.
    await house.owner.query(`delete from secret.stored_rights where account_id = $1 and way = 'proconnect-weak'`, [
      people.paul.id,
    ])
    await house.owner.query(`update view_watches set way = 'proconnect-weak' where id = $1`, [id])
    assert.equal(await entered(), null)
  } finally {
    await house.owner.query('delete from authentication_directives where id = $1', [directive])
  }
})
test('SEC-6, IDN-5, CAM-10: a password refused for the card alone opens the other lists to the worker', async () => {
  const { house, worker, people } = world
  const { id } = rows.find(({ accountId }) => accountId === people.paul.id)!
  await house.owner.query(`update view_watches set way = 'password' where id = $1`, [id])
  const directive = uuidv7()
  await house.owner.query(
    `insert into authentication_directives
      values ($1, 'consultation', '2026-01-01', null, true, false, 'essai', null, now())`,
    [directive],
  )
  try {
    assert.deepEqual(await within(worker)(({ db }) => enterWatch(db, id)), ['targets', 'portfolio'])
  } finally {
    await house.owner.query('delete from authentication_directives where id = $1', [directive])
    await house.owner.query(`update view_watches set way = 'proconnect' where id = $1`, [id])
  }
})
test('SEC-6, CAM-10: a watch that stopped, or whose account is suspended, opens nothing to the worker', async () => {
  const { house, worker, people } = world
  const { id } = rows.find(({ accountId }) => accountId === people.karim.id)!
  const entered = () => within(worker)(({ db }) => enterWatch(db, id))
  assert.ok(await entered())
  await house.owner.query(`update view_watches set stopped_at = now(), stopped_for = 'removed' where id = $1`, [id])
  assert.equal(await entered(), null)
  await house.owner.query(`update view_watches set stopped_at = null, stopped_for = null where id = $1`, [id])
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [people.karim.id])
  assert.equal(await entered(), null)
})
