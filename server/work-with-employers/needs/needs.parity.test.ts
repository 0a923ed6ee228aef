import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { needActs, needKinds, needStates } from '../../../contract/work-with-employers/needs.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  isSeen,
  mayWrite,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import { mayCountSurvey } from '../satisfaction/satisfaction.model.ts'
import { mayReadSurvey } from '../satisfaction/satisfaction.policy.ts'
import { stateAfter } from './need-lifecycle.ts'
import { mayReadNeed, mayReadNeedProposal, mayReadNeedVersion, type ReadNeed } from './needs.model.ts'
import * as policy from './needs.policy.ts'
import { aNeed, insertNeeds, type NeedSeed } from './testing.ts'

type Row = NeedSeed & ReadNeed & policy.ActedNeed
interface Proposal extends policy.ProposedNeed {
  readonly id: string
  readonly needId: string
  readonly byId: string
  readonly state: string
}
const random = seededRandom(71)
const file = new URL('./needs.policy.ts', import.meta.url)
const place = 'region_id, departement_id, epci_id, clpe_id)'
const covered = (grant: string) => `ctx.covers((select ctx.${grant}()), ${place}`
let house: House
let hashes: Buffer[]
let rows: Row[]
let proposals: Proposal[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation({ kind: 'operateur' })).id]
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  const third = (await house.organisation()).id
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts order by id')
  proposals = []
  rows = Array.from({ length: 400 }, (_, i) => {
    const { id: ownerId, organisation_id: organisationId } = pick(random, accounts)
    const visibility = pick(random, ['reseau', 'organisation', 'organisation'] as const)
    const other = pick(
      random,
      [...organisations, third].filter(id => id !== organisationId),
    )
    const asked = pick(random, ['nobody', 'waiting', 'taken', 'done', 'declined', 'overtaken'] as const)
    const taker =
      asked === 'taken' || (asked === 'done' && i % 3 > 0)
        ? { id: ownerId, organisation_id: other }
        : asked === 'nobody' && i % 3 === 0
          ? { id: ownerId, organisation_id: organisationId }
          : null
    const seed = aNeed({
      siret: 41000000000000 + i,
      organisationId,
      ownerId,
      visibility,
      said: visibility === 'reseau' ? pick(random, ['reseau', 'organisation'] as const) : visibility,
      takenBy: taker?.id ?? null,
      takenByOrganisationId: taker?.organisation_id ?? null,
      // Of those done, one in three was reopened since.
      state: !taker ? 'ouvert' : asked === 'done' ? 'abandonne' : 'pris-en-charge',
      ...somePlace(random),
    })
    if (asked !== 'nobody') {
      const { regionId, departementId, epciId, clpeId, id: needId } = seed
      proposals.push({
        ...{ id: uuidv7(), needId, byId: ownerId, state: asked, regionId, departementId, epciId, clpeId, ownerId },
        ...{ fromOrganisationId: organisationId, toOrganisationId: other },
      })
    }
    return {
      ...seed,
      shownTo: asked === 'waiting' || (taker && asked !== 'nobody') ? [other] : [],
      waitingFor: asked === 'waiting' ? [other] : [],
    }
  })
  await insertNeeds(house.owner, rows)
  await house.owner.query(
    `insert into need_proposals (id, need_id, siret, region_id, departement_id, epci_id, clpe_id, from_organisation,
        by_id, to_organisation, said_version, proposed_at, state, answered_at, reason, overtaken_by)
      select r.id, r."needId", 1, r."regionId", r."departementId", r."epciId", r."clpeId", r."fromOrganisationId",
        r."byId", r."toOrganisationId", 1, now(), r.state, case when r.state <> 'waiting' then now() end,
        case when r.state = 'declined' then 'Essai' end,
        case when r.state = 'overtaken' then r."fromOrganisationId" end
      from jsonb_to_recordset($1) as r (id uuid, "needId" uuid, "byId" uuid, state text, "regionId" int,
        "departementId" int, "epciId" int, "clpeId" int, "fromOrganisationId" uuid, "toOrganisationId" uuid)`,
    [JSON.stringify(proposals)],
  )
  await house.owner.query(
    `insert into need_hires (id, need_id, number, contract, hired_on, beyond, organisation_id, author_id, noted_at)
      select gen_random_uuid(), id, 1, 'cdi', '2026-10-02', false, organisation_id, owner_id, now() from needs`,
  )
  await house.owner.query(
    `insert into need_surveys (need_id, settled_at, expires_at, answered_at, rating)
      select id, now(), now() + interval '30 days', now(), 'plutot' from needs`,
  )
})
after(() => house.close())

const active = (viewer: Viewer) => viewer.state === 'active'
const queries = {
  needs: sql<{ id: string }>`select id from needs`,
  need_hires: sql<{ id: string }>`select need_id as id from need_hires`,
  need_versions: sql<{ id: string }>`select need_id as id from need_versions`,
  need_proposals: sql<{ id: string }>`select id from need_proposals`,
  need_surveys: sql<{ id: string }>`select need_id as id from need_surveys`,
}
type Table = keyof typeof queries
const seen = (table: Table, of: readonly Buffer[] = hashes) => sightsOf(house.database, of, queries[table])
const reading = (viewer: Viewer, row: Row) => active(viewer) && mayReadNeed(viewer, row)
const readingVersion = (viewer: Viewer, row: Row) => active(viewer) && mayReadNeedVersion(viewer, row)
const readingProposal = (viewer: Viewer, row: Proposal) => active(viewer) && mayReadNeedProposal(viewer, row)
const readingSurvey = (viewer: Viewer, row: Row) => reading(viewer, row) && mayReadSurvey(viewer, row)
const checks: Record<Table, (of?: readonly Buffer[]) => Promise<number>> = {
  needs: async of => disagreements(await seen('needs', of), rows, reading).length,
  need_hires: async of => disagreements(await seen('need_hires', of), rows, reading).length,
  need_versions: async of => disagreements(await seen('need_versions', of), rows, readingVersion).length,
  need_proposals: async of => disagreements(await seen('need_proposals', of), proposals, readingProposal).length,
  need_surveys: async of => disagreements(await seen('need_surveys', of), rows, readingSurvey).length,
}
for (const table of ['needs', 'need_hires', 'need_versions', 'need_proposals'] as const)
  test(`SEC-6, EST-11, CAM-7: who reads ${table}, kept ones included: the model and the database agree on every pair`, async () => {
    const sights = await seen(table)
    const shown = sights.reduce((n, { ids }) => n + ids.size, 0) / (sights.length * rows.length)
    assert.ok(shown > 0.01 && shown < 0.6, `${shown}: neither nearly all nor nearly none`)
    assert.equal(await checks[table](), 0)
  })
test('SEC-6, IND-7: who reads what an employer answered, kept needs included: the policy and the database agree on every pair', async () => {
  const sights = await seen('need_surveys')
  const shown = sights.reduce((n, { ids }) => n + ids.size, 0)
  const read = (await seen('needs')).reduce((n, { ids }) => n + ids.size, 0)
  assert.ok(shown > 50 && shown < read * 0.9, `${shown} of ${read} needs: fewer than those whose need is read`)
  assert.equal(await checks.need_surveys(), 0)
})
const counting = (viewer: Viewer, row: Row) => reading(viewer, row) && mayCountSurvey(viewer, row)
const counted = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from ctx.counted_surveys() c (id)`)
test('SEC-6, IND-7: whose answers one counts: mayCountSurvey and ctx.counted_surveys agree on every pair, and not when a clause goes', async () => {
  const sights = await counted()
  const read = (await seen('need_surveys')).reduce((n, { ids }) => n + ids.size, 0)
  assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > read, 'who pilots counts more than they read')
  assert.deepEqual(disagreements(sights, rows, counting).slice(0, 3), [])
  for (const [clause, to] of [
    ['ctx.covers((select ctx.fiche()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)', 'true'],
    ['n.organisation_id = (select ctx.organisation())', 'false'],
    ['n.taken_by_organisation = (select ctx.organisation())', 'false'],
    ['ctx.covers((select ctx.pilote()), n.region_id, n.departement_id, n.epci_id, n.clpe_id)', 'true'],
    [`or n.visibility = 'reseau' and ctx.covers((select ctx.pilote())`, 'or ctx.covers((select ctx.pilote())'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.counted_surveys()', clause, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => disagreements(await counted(one), rows, counting).length > 0),
        clause,
      ),
    )
})
const own = 'organisation_id = (select ctx.organisation())'
const shownTo = `id = any ((select ctx.needs_shown())::uuid[])`
for (const [table, without, using] of [
  ['needs', 'the card', `ctx.ok() and (visibility = 'reseau' or ${own} or ${shownTo} and ${covered('conseiller')})`],
  ['needs', 'what is kept', `ctx.ok() and ${covered('fiche')}`],
  [
    'needs',
    'one’s own',
    `ctx.ok() and ${covered('fiche')} and (visibility = 'reseau' or ${shownTo} and ${covered('conseiller')})`,
  ],
  ['needs', 'who it is proposed to', `ctx.ok() and ${covered('fiche')} and (visibility = 'reseau' or ${own})`],
  [
    'needs',
    'recording, for who receives',
    `ctx.ok() and ${covered('fiche')} and (visibility = 'reseau' or ${own} or ${shownTo})`,
  ],
  ['need_hires', 'the need', 'ctx.ok()'],
  ['need_versions', 'the need', `ctx.ok() and exists (select from needs n where n.id = need_id)`],
  ['need_proposals', 'the structures', `ctx.ok() and ${covered('fiche')}`],
  [
    'need_proposals',
    'the card',
    `ctx.ok() and (from_organisation = (select ctx.organisation()) or to_organisation = (select ctx.organisation()) and ${covered('conseiller')})`,
  ],
  [
    'need_proposals',
    'recording, for who receives',
    `ctx.ok() and ${covered('fiche')} and (from_organisation = (select ctx.organisation()) or to_organisation = (select ctx.organisation()))`,
  ],
  ['need_surveys', 'the structures', 'ctx.ok() and exists (select from needs n where n.id = need_id)'],
  [
    'need_surveys',
    'the one that took it',
    'ctx.ok() and exists (select from needs n where n.id = need_id and n.organisation_id = (select ctx.organisation()))',
  ],
  [
    'need_surveys',
    'the one that follows it',
    'ctx.ok() and exists (select from needs n where n.id = need_id and n.taken_by_organisation = (select ctx.organisation()))',
  ],
] as const)
  test(`SEC-6, CAM-7: a policy of reading ${table} without ${without} is caught`, () =>
    withPolicyChanged(house.owner, table, 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => (await checks[table](one)) > 0)),
    ))
test('SEC-6, EST-11: hires, versions and answers ask the rights themselves: they do not lean on what one sees of the needs', () =>
  withPolicyChanged(house.owner, 'needs', 'read', '(select ctx.ok())', async () => {
    assert.equal(await checks.need_hires(), 0)
    assert.equal(await checks.need_versions(), 0)
    assert.equal(await checks.need_surveys(), 0)
  }))
for (const [clause, to] of [
  ['p.to_organisation = ctx.organisation()', 'true'],
  [`p.state in ('waiting', 'taken')`, 'true'],
  [`, 'taken'`, ''],
  ['n.taken_by_organisation = p.to_organisation', 'true'],
  ['n.taken_by_organisation = p.to_organisation', 'false'],
] as const)
  test(`SEC-6: ctx.needs_shown with « ${clause} » ${to} is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.needs_shown()', clause, to, async () =>
      assert.ok(await isSeen(hashes, async one => (await checks.needs(one)) > 0)),
    ))

const acts = [...needActs, 'propose'] as const
const acting =
  (act: (typeof acts)[number], { mayActOnNeed }: typeof policy = policy) =>
  (viewer: Viewer, row: Row) =>
    active(viewer) && mayActOnNeed(viewer, row, act) === true
const actionable = (act: string, of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select id from ctx.actionable_needs(${rows.map(({ id }) => id)}::uuid[], ${act}) n (id)`,
  )
test('SEC-6, CAM-7: who does each act of a need: mayActOnNeed and ctx.actionable_needs agree on every pair, and not when a clause goes', async () => {
  for (const act of acts) {
    const sights = await actionable(act)
    assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > 10, act)
    assert.deepEqual(disagreements(sights, rows, acting(act)).slice(0, 3), [], act)
    if (act !== 'take') continue
    const mutant = await importChanged<typeof policy>(file, 'need.waitingFor.includes(viewer.organisationId)', 'false')
    assert.notEqual(disagreements(sights, rows, acting(act, mutant)).length, 0)
  }
})
const at = 'n.region_id, n.departement_id, n.epci_id, n.clpe_id)'
for (const [clause, to] of [
  [`and ctx.covers((select ctx.conseiller()), ${at}`, ''],
  [`and ctx.covers((select ctx.fiche()), ${at}`, ''],
  [`ctx.covers((select ctx.responsable()), ${at}`, 'true'],
  [`ctx.covers((select ctx.responsable()), ${at}`, 'false'],
  ['n.owner_id = (select ctx.account())', 'false'],
  ['n.organisation_id = (select ctx.organisation())', 'true'],
  ['n.taken_by_organisation = (select ctx.organisation())', 'true'],
  ['p.to_organisation = (select ctx.organisation())', 'true'],
  [`p.state = 'waiting'`, 'true'],
] as const)
  test(`SEC-6: ctx.actionable_needs with « ${clause} » ${to || 'gone'} is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.actionable_needs(uuid[], text)', clause, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => {
          for (const act of ['take', 'hire', 'abandon', 'propose'] as const)
            if (disagreements(await actionable(act, one), rows, acting(act)).length > 0) return true
          return false
        }),
      ),
    ))

const settleable = (outcome: string, of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select id
      from ctx.settleable_need_proposals(${proposals.map(({ id }) => id)}::uuid[], ${outcome}) p (id)`,
  )
const settling = (outcome: 'declined' | 'withdrawn') => (viewer: Viewer, row: Proposal) =>
  active(viewer) && policy.maySettleNeedProposal(viewer, row, outcome) === true
test('SEC-6, CAM-7: who declines and who withdraws a proposal: the policy and the database agree on every pair', async () => {
  for (const outcome of ['declined', 'withdrawn'] as const) {
    const sights = await settleable(outcome)
    assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > 50)
    assert.deepEqual(disagreements(sights, proposals, settling(outcome)).slice(0, 3), [])
  }
})
const placed = 'p.region_id, p.departement_id, p.epci_id, p.clpe_id)'
for (const [clause, to] of [
  [`ctx.covers((select ctx.conseiller()), ${placed}`, 'true'],
  [`ctx.covers((select ctx.fiche()), ${placed}`, 'true'],
  [`ctx.covers((select ctx.responsable()), ${placed}`, 'true'],
  ['n.owner_id = (select ctx.account())', 'false'],
  ['p.to_organisation = (select ctx.organisation())', 'true'],
  ['p.from_organisation = (select ctx.organisation())', 'true'],
] as const)
  test(`SEC-6: ctx.settleable_need_proposals with « ${clause} » ${to} is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.settleable_need_proposals(uuid[], text)', clause, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => {
          for (const outcome of ['declined', 'withdrawn'] as const)
            if (disagreements(await settleable(outcome, one), proposals, settling(outcome)).length > 0) return true
          return false
        }),
      ),
    ))

const following = (viewer: Viewer, row: Row) => active(viewer) && policy.mayFollowNeed(viewer, row) === true
const corrected = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`update needs set wage = 'Essai' returning id`)
test('SEC-6, CAM-7: who corrects a need: mayFollowNeed and the policy agree on every pair, and not when a clause goes', async () => {
  assert.deepEqual(disagreements(await corrected(), rows, following).slice(0, 3), [])
  const theirs = `(owner_id = (select ctx.account()) or ${covered('responsable')})`
  for (const using of [
    `(select ctx.ok()) and ${own} and ${covered('conseiller')} and ${covered('fiche')}`,
    `(select ctx.ok()) and ${own} and owner_id = (select ctx.account())`,
    `(select ctx.ok()) and ${own} and ${theirs} and ${covered('fiche')}`,
  ])
    await withPolicyChanged(house.owner, 'needs', 'correct', using, async () =>
      assert.ok(
        await isSeen(hashes, async one => disagreements(await corrected(one), rows, following).length > 0),
        using,
      ),
    )
})

type Tried = Row & { readonly ours: boolean; readonly mine: boolean; readonly of: string }
test('SEC-6, CAM-7: who notes a need, and writes what it says, in whose name: the policies and the database agree', async () => {
  const tried: Tried[] = Array.from({ length: 120 }, (_, i) => ({
    ...rows[i]!,
    of: rows[i]!.id,
    id: uuidv7(),
    siret: 43000000000000 + i,
    ours: i % 6 !== 0,
    mine: i % 7 !== 0,
  }))
  const [elsewhere, another] = [rows[0]!.organisationId, rows[1]!.ownerId]
  const name = `case when (r ->> 'ours')::boolean then ctx.organisation() else '${elsewhere}' end,
    case when (r ->> 'mine')::boolean then ctx.account() else '${another}' end`
  const named = (viewer: Viewer, row: Tried) =>
    (row.ours || viewer.organisationId === elsewhere) && (row.mine || viewer.accountId === another)
  const noting = await insertSights(
    house.owner,
    house.database,
    hashes,
    tried,
    `insert into needs (id, siret, region_id, departement_id, epci_id, clpe_id, visibility, kind, noted_on, noted_at,
        organisation_id, owner_id)
      values ((r ->> 'id')::uuid, (r ->> 'siret')::bigint, (r ->> 'regionId')::int, (r ->> 'departementId')::int,
        (r ->> 'epciId')::int, (r ->> 'clpeId')::int, 'reseau', 'formation', '2026-10-01', now(), ${name})`,
  )
  const mayNote = (viewer: Viewer, row: Tried) =>
    active(viewer) && policy.mayNoteNeed(viewer, row) === true && named(viewer, row)
  assert.ok(noting.reduce((n, s) => n + s.ids.size, 0) > 30)
  assert.deepEqual(disagreements(noting, tried, mayNote).slice(0, 3), [])
  const writing = await insertSights(
    house.owner,
    house.database,
    hashes,
    tried,
    `insert into need_versions (need_id, version, change, visibility, state, said, organisation_id, author_id, at)
      select (r ->> 'of')::uuid, 2, 'corrected', 'reseau', 'ouvert', '{}', o, a, now()
      from (select ${name}) x (o, a)`,
  )
  const mayWriteVersion = (viewer: Viewer, row: Tried) => following(viewer, row) && named(viewer, row)
  assert.deepEqual(disagreements(writing, tried, mayWriteVersion).slice(0, 3), [])
})

test('SEC-6, CAM-7: straight to the database, nobody moves a need on, hires, proposes, rewrites its history, nor writes an employer’s answer or reads its address', async () => {
  for (const hash of hashes.slice(0, 12))
    for (const write of [
      sql`update needs set state = 'abandonne', closed_at = now()`,
      sql`update needs set hired = 2`,
      sql`update needs set owner_id = ${rows[0]!.ownerId}::uuid`,
      sql`update need_versions set notes = 'Jamais dit'`,
      sql`insert into need_hires select gen_random_uuid(), need_id, 1, 'cdi', hired_on, false, organisation_id,
        author_id, now() from need_hires limit 1`,
      sql`update need_proposals set state = 'withdrawn', answered_at = now()`,
      sql`update need_surveys set rating = 'pas-du-tout'`,
      sql`insert into need_surveys (need_id, not_asked, settled_at, settled_by)
        select id, 'delicat', now(), owner_id from needs limit 1`,
      sql`delete from need_surveys`,
      sql`select token_digest from need_surveys`,
      sql`select address_digest from need_surveys`,
      sql`select digest from survey_refusals`,
      sql`delete from needs`,
    ])
      assert.equal(await mayWrite(house.database, hash, write), false)
})

test('CAM-7: the table of transitions: stateAfter and need_state_after agree on every state, act, kind and number', async () => {
  const cases = needStates.flatMap(state =>
    needActs.flatMap(act =>
      needKinds.flatMap(kind =>
        (
          [
            [2, 0],
            [2, 1],
            [2, 2],
            [2, 3],
            [1, 1],
          ] as const
        ).map(([posts, hired]) => ({ state, act, kind, posts, hired })),
      ),
    ),
  )
  const { rows: told } = await house.owner.query(
    `select need_state_after(c.state, c.act, c.kind, c.posts, c.hired) as after
      from jsonb_to_recordset($1) as c (n int, state text, act text, kind text, posts int, hired int) order by n`,
    [JSON.stringify(cases.map((one, n) => ({ n, ...one })))],
  )
  assert.deepEqual(
    told.map(({ after }) => after),
    cases.map(({ act, ...need }) => stateAfter(need, act)),
  )
  const agreeing = async () =>
    (await house.owner.query(`select need_state_after('ouvert', 'take', 'autre', null, 0) as a`)).rows[0].a
  await withFunctionChanged(
    house.owner,
    'need_state_after(text, text, text, int, int)',
    `state = 'ouvert'`,
    `state = 'pourvu'`,
    async () => assert.notEqual(await agreeing(), 'pris-en-charge'),
  )
})
