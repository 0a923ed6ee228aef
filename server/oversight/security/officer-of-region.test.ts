import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { conventions } from '../../agreement/conventions/index.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { anomalies } from '../../people-and-rights/anomalies/index.ts'
import { insertConvention } from '../../people-and-rights/organisations/testing.ts'
import { reviews } from '../../people-and-rights/reviews/index.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { isOfficerOf } from '../../platform/viewer.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  isSeen,
  mayWrite,
  type Sight,
  sightsOf,
  withCheckChanged,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { security } from './index.ts'
import * as policy from './security.policy.ts'

const thresholds = {
  personsPerHour: 20,
  personsPerDay: 50,
  personsAtNight: 1000,
  exportsPerDay: 3,
  exportsPerDayOfOverseers: 6,
  refusalsPerHour: 5,
}
let house: House
let operator: string
let here: Person // security officer of Nouvelle-Aquitaine
let away: Person // of Bretagne
let whole: Person // of every region
let admin: Person
let both: Person // administrator, and of Bretagne
let signing: Person // for the operator: reads its blocks
/** Two partners of Nouvelle-Aquitaine, one of Bretagne, one without convention; an account manager and an agent in each. */
const partners: {
  id: string
  region: number | null
  manager: Person
  agent: Person
  blockId: string
  review: string
}[] = []
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const get = (who: Person, path: string) => house.call(who, 'GET', path)
const ofRegion = (region: number) => partners.filter(p => p.region === region)
const sorted = (ids: readonly string[]) => [...ids].sort()

before(async () => {
  house = await openHouse([...security, ...anomalies, ...reviews, ...conventions], {
    settings: { watch: { thresholds, byPerson: 40, openings: 30 } },
  })
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
  ;[here, away, whole, admin, both, signing] = (await Promise.all(
    [0, 1, 2, 3, 4, 5].map(() => house.person(operator)),
  )) as [Person, Person, Person, Person, Person, Person]
  await giveRole(house.owner, here, 'cssi', { regionId: 1075 })
  await giveRole(house.owner, away, 'cssi', { regionId: 1053 })
  await giveRole(house.owner, whole, 'cssi')
  await giveRole(house.owner, admin, 'administrateur')
  await giveRole(house.owner, both, 'administrateur')
  await giveRole(house.owner, signing, 'signataire')
  await giveRole(house.owner, both, 'cssi', { regionId: 1053 })
  for (const region of [1075, 1075, 1053, null]) {
    const { id } = await house.organisation()
    const [manager, agent] = [await house.person(id), await house.person(id)]
    await giveRole(house.owner, manager, 'rgc')
    if (region) await rows('update conventions set region_id = $2 where organisation_id = $1', [id, region])
    const [blocked, review] = [await house.person(id), uuidv7()]
    const blockId = uuidv7()
    await rows(
      `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
        values ($1, $2, $3, 'suspect-use', 'essai', now())`,
      [blockId, blocked.id, id],
    )
    await rows(
      `insert into access_reviews (id, organisation_id, due_on, started_at, started_by)
        values ($1, $2, '2026-01-01', '2026-01-01', $3)`,
      [review, id, manager.id],
    )
    // Never came, three months after it was opened: an anomaly.
    await rows(`update accounts set created_at = now() - interval '3 months' where id = $1`, [agent.id])
    if (region === null) await rows('delete from conventions where organisation_id = $1', [id]).catch(() => null)
    partners.push({ id, region, manager, agent, blockId, review })
  }
})
after(() => house.close())

const block = (who: Person, to: { id: string }) =>
  house.call(
    who,
    'POST',
    '/security/blocks',
    { accountId: to.id, reason: 'Poste volé, à vérifier', incident: 'INC-1' },
    once(),
  )
const lift = (who: Person, id: string) =>
  house.call(who, 'POST', `/security/blocks/${id}/lift`, { verdict: 'Vérifié avec la personne' }, once())

test('AGR-16, SEC-2, POR-5: the CSSI of a region reads the blocks of its partners, and finds their people, alone', async () => {
  const seen = async (who: Person) =>
    sorted((await get(who, '/security/blocks')).body.items.map((b: any) => b.organisation.id))
  assert.deepEqual(await seen(here), sorted(ofRegion(1075).map(p => p.id)))
  assert.deepEqual(await seen(away), sorted(ofRegion(1053).map(p => p.id)))
  assert.deepEqual(await seen(whole), sorted(partners.map(p => p.id)))
  const found = async (who: Person) => [
    ...new Set<string>(
      (await get(who, '/security/people?q=Essai')).body.items.map((p: any) => p.organisation.id as string),
    ),
  ]
  assert.deepEqual(sorted(await found(here)), sorted(ofRegion(1075).map(p => p.id)))
  assert.ok((await found(whole)).includes(operator))
  for (const who of [admin, partners[0]!.manager])
    assert.equal((await get(who, '/security/blocks')).body.code, 'access/role-required')
})

test('AGR-16, ACC-10, ACC-11: it blocks and lifts in its region, the structure told; elsewhere refused, with nothing written', async () => {
  const [own, , other] = partners as [(typeof partners)[number], (typeof partners)[number], (typeof partners)[number]]
  const done = await block(here, own.agent)
  assert.deepEqual([done.status, done.body.allowed, done.body.told.mails > 0], [200, ['lift'], true])
  assert.equal((await lift(away, done.body.id)).status, 404)
  assert.equal((await lift(here, done.body.id)).status, 200)
  assert.equal((await block(away, own.agent)).body.code, 'access/role-required')
  assert.equal((await block(here, other.agent)).body.code, 'access/role-required')
  assert.equal((await block(here, whole)).body.code, 'access/role-required') // of the operator
  assert.equal((await lift(here, other.blockId)).status, 404)
  assert.deepEqual(
    await rows('select 1 from account_blocks where account_id = any ($1)', [[other.agent.id, whole.id]]),
    [],
  )
  const trail = await rows(
    `select e.action, e.actor_id as by from audit_entries e where e.subject_id = $1 and e.action like 'account.%blocked' order by e.at`,
    [own.agent.id],
  )
  assert.deepEqual(trail, [
    { action: 'account.blocked', by: here.id },
    { action: 'account.unblocked', by: here.id },
  ])
})

test('AGR-16, ACC-14, POR-5: anomalies counted and read for its partners; each count is that of the list behind; supplied there alone', async () => {
  const counted = async (who: Person) => (await get(who, '/anomalies/organisations')).body.items
  const own = await counted(here)
  assert.deepEqual(sorted(own.map((o: any) => o.organisation.id)), sorted(ofRegion(1075).map(p => p.id)))
  assert.ok((await counted(whole)).length > own.length)
  for (const { organisation, open } of own) {
    const list = await get(here, `/anomalies?organisationId=${organisation.id}&total=true`)
    assert.deepEqual([list.status, list.body.total, list.body.items.length], [200, open, open])
  }
  assert.ok(own.some((o: any) => o.open > 0))
  const [first, , other] = partners as [(typeof partners)[number], (typeof partners)[number], (typeof partners)[number]]
  const supply = (who: Person, organisationId: string) =>
    house.call(
      who,
      'POST',
      '/anomalies/supplied',
      { organisationId, kind: 'Compte partagé', whose: 'Accueil', evidence: 'Vu sur place', foundOn: '2026-01-05' },
      once(),
    )
  assert.equal((await supply(here, first.id)).status, 200)
  for (const [who, to] of [
    [here, other],
    [away, first],
  ] as const)
    assert.equal((await supply(who, to.id)).body.code, 'access/role-required')
  assert.equal((await get(here, `/anomalies/supplied?organisationId=${first.id}`)).body.items.length, 1)
  for (const path of ['/anomalies', '/anomalies/supplied'])
    for (const [who, of] of [
      [here, other],
      [away, first],
      [here, { id: operator }],
    ] as const)
      assert.equal((await get(who, `${path}?organisationId=${of.id}`)).body.code, 'access/role-required')
  assert.equal((await counted(here)).find((o: any) => o.organisation.id === first.id).supplied, 1)
  const exported = (who: Person, organisationId: string) =>
    house.call(who, 'POST', '/anomalies/export', { organisationId, purpose: 'Suivi' }, once())
  assert.equal((await exported(here, first.id)).body.lines, own.find((o: any) => o.organisation.id === first.id).open)
  assert.equal((await exported(here, other.id)).body.code, 'access/role-required')
  const file = (who: Person, organisationId: string) =>
    house.call(
      who,
      'POST',
      '/anomalies/supplied/file',
      {
        organisationId,
        text: 'anomalie;acces;date;preuve\nCompte partagé;Accueil;05/01/2026;Vu sur place\n',
        confirm: false,
      },
      once(),
    )
  assert.notEqual((await file(here, first.id)).body.code, 'access/role-required')
  assert.equal((await file(away, first.id)).body.code, 'access/role-required')
})

test('AGR-16, ACC-8, POR-5: reviews due and their lines for its partners; those late on the first page are those of the list', async () => {
  const due = async (who: Person, query = '') =>
    sorted((await get(who, `/reviews/due${query}`)).body.items.map((r: any) => r.organisation.id))
  assert.deepEqual(await due(here), sorted(ofRegion(1075).map(p => p.id)))
  assert.deepEqual(await due(away), sorted(ofRegion(1053).map(p => p.id)))
  assert.ok((await due(whole)).includes(operator))
  assert.deepEqual(
    await due(here, '?late=true'),
    sorted((await get(here, '/reviews/due')).body.items.filter((r: any) => r.late).map((r: any) => r.organisation.id)),
  )
  const [first, , other] = partners as [(typeof partners)[number], (typeof partners)[number], (typeof partners)[number]]
  assert.equal((await get(here, `/reviews?organisationId=${first.id}`)).body.items.length, 1)
  for (const path of [`/reviews/${first.review}`, `/reviews/${first.review}/lines`])
    assert.deepEqual([(await get(here, path)).status, (await get(away, path)).status], [200, 404])
  assert.deepEqual((await get(here, `/reviews/${first.review}`)).body.allowed, [])
  assert.equal((await get(here, `/reviews?organisationId=${other.id}`)).body.code, 'access/role-required')
  assert.equal((await get(here, `/reviews/${other.review}`)).status, 404)
})

test('AGR-16, AGR-10, POR-5: the conventions of its region, read and not acted on; counted and exported as they are listed', async () => {
  const list = async (who: Person) => (await get(who, '/conventions')).body
  const seen = await list(here)
  assert.deepEqual(sorted(seen.items.map((c: any) => c.organisation.id)), sorted(ofRegion(1075).map(p => p.id)))
  assert.deepEqual([seen.counts.all, seen.draftIn, seen.regions.map((r: any) => r.id)], [2, [], [1075]])
  for (const lacks of ['rgc', 'contacts', 'duties']) {
    const kept = (await get(here, `/conventions?lacks=${lacks}`)).body
    assert.equal(kept.items.length, seen.counts[lacks], lacks)
  }
  const [own] = seen.items
  const one = await get(here, `/conventions/${own.id}`)
  assert.deepEqual([one.status, one.body.actsFor, one.body.allowed], [200, null, ['read-assessments']])
  assert.equal((await get(away, `/conventions/${own.id}`)).status, 404)
  const csv = (await house.call(here, 'POST', '/conventions/export', {}, once())).body.csv as string
  assert.equal(csv.trim().split('\r\n').length - 1, seen.counts.all)
})

const hashes = () =>
  [here, away, whole, admin, both, signing, ...partners.flatMap(p => [p.manager, p.agent])].map(hashOf)
const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const subjects = () => [
  ...partners.map(p => ({ id: p.agent.id, organisationId: p.id })),
  ...[here, away, whole].map(p => ({ id: p.id, organisationId: operator })),
]
const blocks = () =>
  rows(
    `select b.id, b.account_id as account, b.organisation_id as "organisationId", b.cause,
        exists (select from role_assignments r where r.account_id = b.account_id and r.role = 'cssi'
          and r.organisation_id = $1 and r.starts_at <= now() and (r.ends_at is null or r.ends_at > now())) as "ofOfficer"
      from account_blocks b where lifted_at is null`,
    [operator],
  )

test('SEC-6, AGR-16: who blocks whom and who lifts which block: the policy and the database agree, each clause seen', async () => {
  const all = hashes()
  const people = subjects()
  const cut = async (account: Person, cause: 'suspect-use' | 'exceptional', cuts: string) => {
    const id = uuidv7()
    await rows(
      `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, incident, blocked_by,
        blocked_at) values ($1, $2, $3, $4, $5, 'essai', $6, $7, now())`,
      [
        id,
        account.id,
        account.organisationId,
        cause,
        cuts,
        ...(cause === 'exceptional' ? ['x', whole.id] : [null, null]),
      ],
    )
    return id
  }
  // One's own waits for another. Beside them: a CSSI no longer, one not yet, one of a region, who is none.
  const [former, coming, regional, supporting, pretending] = [
    await house.person(operator),
    await house.person(operator),
    await house.person(operator),
    await house.person(operator),
    await house.person(partners[3]!.id),
  ]
  await giveRole(house.owner, former, 'cssi', { regionId: 1075, endsAt: new Date() })
  await giveRole(house.owner, coming, 'cssi', { regionId: 1075, startsAt: '2199-01-01T00:00:00Z' })
  await giveRole(house.owner, regional, 'cssi', { regionId: 1075 })
  await giveRole(house.owner, supporting, 'support')
  await giveRole(house.owner, pretending, 'cssi')
  const laid = [
    ...(await Promise.all([here, away, whole, both].map(who => cut(who, 'suspect-use', 'none')))),
    await cut(former, 'suspect-use', 'account'),
    await cut(coming, 'suspect-use', 'account'),
    await cut(supporting, 'suspect-use', 'account'),
    await cut(pretending, 'suspect-use', 'account'),
    await cut(regional, 'exceptional', 'account'),
    await cut(regional, 'suspect-use', 'account'),
  ]
  const standing = (await blocks()) as {
    id: string
    account: string
    organisationId: string
    cause: 'suspect-use' | 'exceptional'
    ofOfficer: boolean
  }[]
  const written = (of: readonly Buffer[] = all) =>
    insertSights(
      house.owner,
      house.database,
      of,
      people,
      `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, incident, blocked_by, blocked_at)
        values (gen_random_uuid(), (r ->> 'id')::uuid, (r ->> 'organisationId')::uuid, 'exceptional', 'rgc', 'essai', 'x',
          ctx.account(), now())`,
    )
  const lifted = (of: readonly Buffer[] = all) =>
    sightsOf(house.database, of, sql<{ id: string }>`select id from account_blocks for update`)
  const blocksApart = (sights: readonly Sight[], { mayBlock }: typeof policy = policy) =>
    disagreements(sights, people, (viewer, row) => viewer.state === 'active' && mayBlock(viewer, row) === true)
  const liftsApart = (sights: readonly Sight[], { mayLift }: typeof policy = policy) =>
    disagreements(
      sights,
      standing,
      (viewer, b) => viewer.state === 'active' && mayLift(viewer, { ...b, id: b.account }) === true,
    )
  const [seen, held] = [await written(), await lifted()]
  assert.ok(seen.some(s => s.ids.size === people.length - 1) && seen.some(s => s.ids.size === 2))
  assert.deepEqual([blocksApart(seen).slice(0, 2), liftsApart(held).slice(0, 2)], [[], []])

  const file = new URL('./security.policy.ts', import.meta.url)
  const changed = (name: 'mayBlock' | 'mayLift', to: string) => {
    const head = `${name} = (viewer: Viewer, account: ${name === 'mayLift' ? 'Lifted' : 'Cut'}): Verdict => {`
    return importChanged<typeof policy>(file, head, `${head}\n${to};\n`)
  }
  for (const to of [
    "return account.id !== viewer.accountId || 'security/never-oneself'",
    "if (!viewer.roles.some(r => r.role === 'cssi' && r.regionId === null)) return 'access/role-required'",
    'if (isOfficerOf(viewer, account.organisationId)) return true',
  ]) {
    assert.notEqual(blocksApart(seen, await changed('mayBlock', to)).length, 0, to)
    assert.notEqual(liftsApart(held, await changed('mayLift', to)).length, 0, to)
  }
  for (const [from, to] of [
    ["holdsRole(viewer, 'administrateur')", 'true'],
    ["holdsRole(viewer, 'administrateur')", 'false'],
    ["cause === 'suspect-use'", 'true'],
    ['&& ofOfficer', ''],
  ] as const)
    assert.notEqual(liftsApart(held, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  for (const [from, to] of [
    ["ctx.holds_role('cssi'::text)", 'false'],
    ['ctx.officer_of()', 'ctx.own_agencies()'],
    ['(account_id <> ( SELECT ctx.account() AS account))', 'true'],
  ] as const)
    await withCheckChanged(house.owner, 'account_blocks', 'block', from, to, async () =>
      assert.ok(await isSeen(all, async one => blocksApart(await written(one)).length > 0), from),
    )
  const [ok, everywhere, region, administrator, detected, ofOfficer, open, another] = [
    '(select ctx.ok())',
    "(select ctx.holds_role('cssi'))",
    'organisation_id in (select ctx.officer_of())',
    "(select ctx.holds_role('administrateur'))",
    "cause = 'suspect-use'",
    'account_id in (select ctx.security_officers())',
    'lifted_at is null',
    'account_id <> (select ctx.account())',
  ]
  const byAdministrator = `${administrator} and ${detected} and ${ofOfficer}`
  for (const using of [
    `${ok} and ${open} and ${another}`,
    `${ok} and (${region} or ${byAdministrator}) and ${open} and ${another}`,
    `${ok} and (${everywhere} or ${byAdministrator}) and ${open} and ${another}`,
    `${ok} and (${everywhere} or ${region}) and ${open} and ${another}`,
    `${ok} and (${everywhere} or ${region} or ${detected} and ${ofOfficer}) and ${open} and ${another}`,
    `${ok} and (${everywhere} or ${region} or ${administrator} and ${ofOfficer}) and ${open} and ${another}`,
    `${ok} and (${everywhere} or ${region} or ${administrator} and ${detected}) and ${open} and ${another}`,
    `${ok} and (${everywhere} or ${region} or ${byAdministrator}) and ${open}`,
  ])
    await withPolicyChanged(house.owner, 'account_blocks', 'lift', using, async () =>
      assert.ok(await isSeen(all, async one => liftsApart(await lifted(one)).length > 0), using),
    )
  for (const [from, to] of [
    ["o.kind = 'operateur'", 'true'],
    ["r.role = 'cssi'", 'true'],
    ['(r.ends_at is null or r.ends_at > at)', 'true'],
    ['r.starts_at <= at and', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.security_officers_at(timestamptz)', from, to, async () =>
      assert.ok(await isSeen(all, async one => liftsApart(await lifted(one)).length > 0), `${from} → ${to}`),
    )
  assert.deepEqual([blocksApart(await written()), liftsApart(await lifted())], [[], []])
  await rows('delete from account_blocks where id = any ($1)', [laid])
})

test('SEC-6, ACC-11: whatever the application forgets, an open block of one’s region is lifted by its officer, in their own name and with a verdict', async () => {
  const [own, , other] = partners as [(typeof partners)[number], (typeof partners)[number], (typeof partners)[number]]
  const block = async (account: string, organisation: string, done = false) => {
    const id = uuidv7()
    await rows(
      `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, blocked_at, lifted_at, lifted_by,
        verdict) values ($1, $2, $3, 'suspect-use', 'none', 'essai', now() - interval '1 hour', $4, $5, $6)`,
      [id, account, organisation, done ? new Date() : null, done ? whole.id : null, done ? 'essai' : null],
    )
    return id
  }
  const [open, mine, far, over] = [
    await block(own.agent.id, own.id),
    await block(here.id, operator),
    await block(other.agent.id, other.id),
    await block(own.agent.id, own.id, true),
  ]
  const lifts = (who: Person, id: string, by = who.id, verdict: string | null = 'Vérifié') =>
    mayWrite(
      house.database,
      hashOf(who),
      sql`update account_blocks set lifted_at = now(), lifted_by = ${by}::uuid, verdict = ${verdict} where id = ${id}`,
    )
  assert.deepEqual([await lifts(here, open), await lifts(whole, open), await lifts(whole, mine)], [true, true, true])
  for (const who of [away, admin, own.manager, own.agent, other.manager])
    assert.equal(await lifts(who, open), false, 'another')
  for (const id of [mine, far, over]) assert.equal(await lifts(here, id), false, 'one’s own, elsewhere, lifted already')
  assert.equal(await lifts(here, open, whole.id), false, 'in the name of another')
  assert.equal(await lifts(here, open, here.id, null), false, 'without a verdict')
  for (const set of [sql`reason = 'autre'`, sql`cuts = 'rgc'`, sql`account_id = ${other.agent.id}::uuid`])
    assert.equal(
      await mayWrite(house.database, hashOf(here), sql`update account_blocks set ${set} where id = ${open}`),
      false,
      'what was cut',
    )
  await rows('delete from account_blocks where id = any ($1)', [[open, mine, far, over]])
})

test('SEC-6, AGR-16: of which structures one is officer: the rule and the database agree, asked for one or listed; each clause seen', async () => {
  // A convention of the operator itself, of that region, makes nobody its officer.
  await insertConvention(house.owner, operator)
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [operator])
  const all = sql<{ id: string }>`select o.id from organisations o where ctx.officer_for(o.id)`
  const listed = sql<{ id: string }>`select o.id from organisations o
    where ctx.holds_role('cssi') or o.id in (select ctx.officer_of())`
  const ids = async (statement: typeof all, of: readonly Buffer[] = hashes()) =>
    (await sightsOf(house.database, of, statement)).map(s => [...s.ids].sort())
  const expected = await ids(listed)
  assert.deepEqual(new Set(expected.map(found => found.length)), new Set([0, 1, 2, partners.length + 1]))
  assert.deepEqual(await ids(all), expected)
  const structures = (await rows('select id from organisations')).map(({ id }) => id)
  for (const { viewer, ids: seen } of await sightsOf(house.database, hashes(), all))
    assert.deepEqual([...seen].sort(), structures.filter(id => isOfficerOf(viewer, id)).sort())
  for (const [from, to] of [
    ["ctx.holds_role('cssi') or ", ''],
    ["o.kind <> 'operateur'", 'true'],
    ["ctx.region_of(o.id, ctx.clock()) = any (ctx.role_regions('cssi'))", 'true'],
    ['o.id = of_organisation', 'true'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.officer_for(uuid)', from, to, async () =>
      assert.notDeepEqual(await ids(all), expected, from),
    )
  await rows('delete from conventions where organisation_id = $1', [operator])
})

test('SEC-6, AGR-16: whatever the application forgets, an account of another region is not blocked under the name of a structure of one’s own', async () => {
  const [own, , other] = partners as [(typeof partners)[number], (typeof partners)[number], (typeof partners)[number]]
  const sights = await insertSights(
    house.owner,
    house.database,
    [hashOf(here), hashOf(whole)],
    [{ id: other.agent.id }],
    `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, incident, blocked_by, blocked_at)
      values (gen_random_uuid(), (r ->> 'id')::uuid, '${own.id}', 'exceptional', 'account', 'essai', 'x', ctx.account(), now())`,
  )
  assert.deepEqual(
    sights.map(s => s.ids.size),
    [0, 0],
  )
})
