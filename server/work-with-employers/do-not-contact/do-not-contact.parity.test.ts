import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, insertSights, isSeen, mayWrite, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import { mayMark, mayReadMark, maySettle } from './do-not-contact.policy.ts'
import { lastDayFrom, stands } from './mark-rules.ts'
import { aMark, insertMarks, type MarkSeed } from './testing.ts'

const national = [
  { profile: 'conseiller', territoryId: 0 },
  { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
] as const
const random = seededRandom(10)
let house: House
let hashes: Buffer[]
let rows: MarkSeed[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation({ kind: 'operateur' }),
  ].map(({ id }) => id)
  hashes = await peopleOfAllKinds(house, organisations, 130, random)
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts')
  rows = Array.from({ length: 800 }, (_, i) => {
    const author = pick(random, accounts)
    return aMark({
      siret: 31000000000000 + i,
      organisationId: author.organisation_id,
      authorId: author.id,
      ...somePlace(random),
    })
  })
  await insertMarks(house.owner, rows)
})
after(() => house.close())

const read = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from do_not_contact_marks`)
const settled = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`update do_not_contact_marks set ended_at = now(), ended_how = 'lifted', end_reason = 'Essai',
      ended_by = ctx.account(), ended_organisation = ctx.organisation() returning id`,
  )
const settles = (viewer: Viewer, row: MarkSeed) => maySettle(viewer, row) === true
const seenBy = (sights: readonly { ids: ReadonlySet<string> }[]) => sights.reduce((n, { ids }) => n + ids.size, 0)

test('SEC-6, EST-10: who reads a mark: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const sights = await read()
  const pairs = sights.length * rows.length
  assert.ok(pairs > 80_000 && seenBy(sights) > pairs / 20 && seenBy(sights) < pairs / 2)
  assert.deepEqual(disagreements(sights, rows, mayReadMark).slice(0, 3), [])
  for (const mutant of [
    () => true,
    (v: Viewer, r: MarkSeed) => covers(v, 'campagnes', 'consultation', r),
    (v: Viewer, r: MarkSeed) => covers(v, 'fiche-etablissement', 'conseiller', r),
  ])
    assert.notEqual(disagreements(sights, rows, mutant).length, 0)
  for (const using of [
    '(select ctx.ok())',
    '(select ctx.ok()) and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)',
    '(select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, null)',
  ])
    await withPolicyChanged(house.owner, 'do_not_contact_marks', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await read(one), rows, mayReadMark).length > 0), using),
    )
})

test('SEC-6, EST-10: who lifts and renews a mark: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const sights = await settled()
  assert.ok(seenBy(sights) > 1000)
  assert.deepEqual(disagreements(sights, rows, settles).slice(0, 3), [])
  const own = (v: Viewer, r: MarkSeed) => r.organisationId === v.organisationId
  for (const mutant of [
    (v: Viewer, r: MarkSeed) => mayReadMark(v, r) && own(v, r) && covers(v, 'campagnes', 'conseiller', r),
    (v: Viewer, r: MarkSeed) => mayReadMark(v, r) && covers(v, 'campagnes', 'responsable', r),
    (v: Viewer, r: MarkSeed) => mayReadMark(v, r) && covers(v, 'campagnes', 'conseiller', r),
    (v: Viewer, r: MarkSeed) => mayReadMark(v, r) && (own(v, r) || covers(v, 'campagnes', 'responsable', r)),
  ])
    assert.notEqual(disagreements(sights, rows, mutant).length, 0)
  const at = 'region_id, departement_id, epci_id, clpe_id)'
  const led = `ctx.covers((select ctx.responsable()), ${at}`
  const works = `ctx.covers((select ctx.conseiller()), ${at}`
  for (const using of [
    led,
    `organisation_id = (select ctx.organisation()) and ${works}`,
    `${led} or organisation_id = (select ctx.organisation())`,
    `${led} or ${works}`,
    'true',
  ])
    await withPolicyChanged(
      house.owner,
      'do_not_contact_marks',
      'settle',
      `(select ctx.ok()) and (${using})`,
      async () =>
        assert.ok(
          await isSeen(hashes, async one => disagreements(await settled(one), rows, settles).length > 0),
          using,
        ),
    )
})

test('SEC-6, EST-10: nobody ends a mark in another’s name, nor changes what it says', async () => {
  const [author, other] = [await house.person(rows[0]!.organisationId, [...national]), rows[1]!]
  const mark = aMark({ siret: 34000000000000, organisationId: author.organisationId, authorId: author.id })
  await insertMarks(house.owner, [mark])
  const ended = (by: { id: string; organisationId: string }, also = sql`end_reason = 'Essai'`) =>
    sql`update do_not_contact_marks set ended_at = now(), ended_how = 'lifted', ended_by = ${by.id}::uuid,
      ended_organisation = ${by.organisationId}::uuid, ${also} where id = ${mark.id}::uuid`
  for (const [what, may, write] of [
    ['in one’s own name', true, ended(author)],
    ['in another’s', false, ended({ id: other.authorId, organisationId: other.organisationId })],
    ['its day changed with it', false, ended(author, sql`end_reason = 'Essai', until = until - 1`)],
    ['its words changed with it', false, ended(author, sql`end_reason = 'Essai', reason = 'Autre'`)],
  ] as const)
    assert.equal(await mayWrite(house.database, tokenHash(author.cookie.slice('session='.length)), write), may, what)
})

test('SEC-6, EST-10: whoever opened no session is told of no mark', async () => {
  const mark = aMark({ ...rows[0]!, id: crypto.randomUUID(), siret: 35000000000000 })
  await insertMarks(house.owner, [mark])
  const someone = await house.person(mark.organisationId, [...national])
  const told = async (enters: boolean) => {
    const tx = await house.database.begin()
    try {
      if (enters) await tx.enter(tokenHash(someone.cookie.slice('session='.length)))
      return await tx.first(sql<{ until: string | null; listed: boolean }>`select
        not_to_contact_until(${mark.siret}::bigint, ${mark.startsOn}::date) as until,
        ${mark.siret}::bigint in (select establishments_not_to_contact(${mark.startsOn}::date)) as listed`)
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(await told(true), { until: mark.until, listed: true })
  assert.deepEqual(await told(false), { until: null, listed: false })
})

type Tried = TerritoryLine & {
  readonly id: string
  readonly siret: number
  readonly ours: boolean
  readonly mine: boolean
}
test('SEC-6, EST-10: who marks, and in whose name: the policy and the database agree on every pair', async () => {
  const tried: Tried[] = Array.from({ length: 120 }, (_, i) => ({
    id: rows[i]!.id.replace(/^./, 'f'),
    siret: 32000000000000 + i,
    ours: i % 6 !== 0,
    mine: i % 7 !== 0,
    ...somePlace(random),
  }))
  const [elsewhere, another] = [rows[0]!.organisationId, rows[1]!.authorId]
  const sights = await insertSights(
    house.owner,
    house.database,
    hashes,
    tried,
    `insert into do_not_contact_marks (id, siret, region_id, departement_id, epci_id, clpe_id, origin, reason, starts_on,
      until, organisation_id, author_id, marked_at)
    values ((r ->> 'id')::uuid, (r ->> 'siret')::bigint, (r ->> 'regionId')::int, (r ->> 'departementId')::int,
      (r ->> 'epciId')::int, (r ->> 'clpeId')::int, 'employer', 'Essai', '2027-01-01', '2027-02-01',
      case when (r ->> 'ours')::boolean then ctx.organisation() else '${elsewhere}' end,
      case when (r ->> 'mine')::boolean then ctx.account() else '${another}' end, now())`,
  )
  const expected = (viewer: Viewer, row: Tried) =>
    viewer.state === 'active' &&
    (row.ours || viewer.organisationId === elsewhere) &&
    (row.mine || viewer.accountId === another) &&
    mayMark(viewer, row) === true
  assert.ok(seenBy(sights) > 100)
  assert.deepEqual(disagreements(sights, tried, expected).slice(0, 3), [])
  for (const mutant of [
    (v: Viewer, r: Tried) => r.ours && r.mine && covers(v, 'campagnes', 'conseiller', r),
    (v: Viewer, r: Tried) => r.ours && mayMark(v, r) === true,
    (v: Viewer, r: Tried) => r.mine && mayMark(v, r) === true,
  ])
    assert.notEqual(disagreements(sights, tried, mutant).length, 0)
})

test('EST-10: on which days a mark stands: the rule and not_to_contact_until agree, and the longest is two years for both', async () => {
  const someone = rows[0]!
  const days = ['2027-05-31', '2027-06-01', '2027-06-15', '2027-06-30', '2027-07-01']
  const marks = [null, '2027-06-10T08:00:00Z'].map((endedAt, i) =>
    aMark({
      ...someone,
      id: crypto.randomUUID(),
      siret: 33000000000000 + i,
      startsOn: '2027-06-01',
      until: '2027-06-30',
      endedAt,
    }),
  )
  await insertMarks(house.owner, marks)
  const told: [string, boolean][] = []
  const tx = await house.database.begin()
  try {
    for (const hash of hashes) if ((await tx.enter(hash))?.state === 'active') break
    for (const mark of marks)
      for (const day of days) {
        const row = await tx.first(
          sql<{ until: string | null }>`select not_to_contact_until(${mark.siret}::bigint, ${day}::date) as until`,
        )
        told.push([day, row!.until === mark.until])
        assert.equal(
          row!.until === mark.until,
          stands({ ...mark, endedAt: mark.endedAt ? new Date(mark.endedAt) : null }, day),
          day,
        )
      }
  } finally {
    await tx.rollback()
  }
  assert.deepEqual(
    told.filter(([, stood]) => stood).map(([day]) => day),
    ['2027-06-01', '2027-06-15', '2027-06-30'],
  )
  const { rows: spans } = await house.owner.query(
    `select d::date::text as day, (d + interval '2 years')::date::text as last
      from generate_series('2027-12-01'::date, '2028-03-05'::date, '1 day') d`,
  )
  for (const { day, last } of spans) assert.equal(lastDayFrom(day), last)
})
