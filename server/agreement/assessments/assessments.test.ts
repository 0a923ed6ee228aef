import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { importChanged, sightsOf, withCheckChanged, withPolicyChanged } from '../../testing/parity.ts'
import { conventions } from '../conventions/index.ts'
import { withRoles } from '../conventions/testing.ts'
import { assessmentDueOn, datesHold, isAssessmentLate } from './assessment-rules.ts'
import { mayReadAssessments, mayRecordAssessment } from './assessments.policy.ts'
import { assessments } from './index.ts'

let now = new Date('2026-06-15T09:00:00Z')
let house: House
let partner: string
let people: Record<
  | 'cssi'
  | 'administrateur'
  | 'regional'
  | 'elsewhere'
  | 'officerHere'
  | 'officerElsewhere'
  | 'signerHere'
  | 'signerElsewhere'
  | 'signer'
  | 'rssi'
  | 'rgc'
  | 'agent'
  | 'stranger'
  | 'support',
  Person
>
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const list = (who: Person, organisationId = partner) =>
  house.call(who, 'GET', `/security/assessments?organisationId=${organisationId}`)
const record = (who: Person, over: object = {}) =>
  house.call(
    who,
    'POST',
    '/security/assessments',
    {
      organisationId: partner,
      assessedOn: '2026-06-10',
      outcome: '14 sur 20 : les sauvegardes restent à éprouver.',
      reference: 'SEC-2026-031',
      nextDueOn: '2027-06-10',
      ...over,
    },
    once(),
  )
before(async () => {
  house = await openHouse([...assessments, ...conventions], { clock: () => now })
  await rows(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie'),
      (0, 'national', 'FR', 'France') on conflict do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id
  partner = (await house.organisation()).id
  const other = (await house.organisation()).id
  await rows(
    `update conventions set region_id = 1075, effective_from = '2025-06-14T09:00:00Z' where organisation_id = $1`,
    [partner],
  )
  await rows('update conventions set region_id = 1076 where organisation_id = $1', [other])
  people = {
    cssi: await withRoles(house, operator, 'cssi'),
    administrateur: await withRoles(house, operator, 'administrateur'),
    regional: await withRoles(house, operator, { region: 1075 }),
    elsewhere: await withRoles(house, operator, { region: 1076 }),
    officerHere: await withRoles(house, operator),
    officerElsewhere: await withRoles(house, operator),
    signerHere: await withRoles(house, operator),
    signerElsewhere: await withRoles(house, operator),
    signer: await withRoles(house, operator, 'signataire'),
    support: await withRoles(house, operator, 'support'),
    rssi: await withRoles(house, partner, 'rssi'),
    rgc: await withRoles(house, partner, 'rgc'),
    agent: await withRoles(house, partner),
    stranger: await withRoles(house, other, 'rssi'),
  }
  for (const [who, role, regionId] of [
    [people.officerHere, 'cssi', 1075],
    [people.officerElsewhere, 'cssi', 1076],
    [people.signerHere, 'signataire', 1075],
    [people.signerElsewhere, 'signataire', 1076],
  ] as const)
    await giveRole(house.owner, who, role, { regionId })
})
after(() => house.close())

test('AGR-10, SEC-3: due a year after the convention took effect, then on the day the last one set; recorded by the CSSI with its evidence, told to the partner, late in the console, its filter and the file', async () => {
  const line = async (filter = '') =>
    (await house.call(people.regional, 'GET', `/conventions${filter}`)).body.items.find(
      (l: any) => l.organisation.id === partner,
    )
  const first = (await list(people.rssi)).body
  assert.deepEqual([first.items, first.dueOn, first.late, first.allowed], [[], '2026-06-14', true, []])
  assert.equal((await line('?lacks=duties')).assessmentLateSince, '2026-06-14')
  assert.match(
    (await house.call(people.regional, 'POST', '/conventions/export', { lacks: 'duties' }, once())).body.csv,
    /"14\/06\/2026"\r\n/,
  )
  const done = (await record(people.cssi)).body
  assert.deepEqual(
    [
      done.items.map((i: any) => [i.outcome, i.reference, i.by.id]),
      done.dueOn,
      done.late,
      done.told.mails,
      done.told.emptyRoles,
    ],
    [[['14 sur 20 : les sauvegardes restent à éprouver.', 'SEC-2026-031', people.cssi.id]], '2027-06-10', false, 2, []],
  )
  assert.equal((await line()).assessmentLateSince, null)
  assert.deepEqual(
    (await rows(`select to_account_id as who from mails where kind = 'security-assessment' order by 1`)).map(
      m => m.who,
    ),
    [people.rssi.id, people.rgc.id].sort(),
  )
  assert.equal(
    (
      await rows(
        `select count(*)::int as n from audit_entries where action = 'security-assessment.recorded'
          and subject_id = $1`,
        [partner],
      )
    )[0].n,
    1,
  )
  assert.deepEqual((await list(people.rgc)).body.items.length, 1)
  now = new Date('2027-06-11T09:00:00Z')
  assert.equal((await list(people.cssi)).body.late, true)
  now = new Date('2026-06-15T09:00:00Z')
})
test('AGR-10, SEC-3: refused to whom it is not for, of no partner under convention, or with days that do not hold', async () => {
  for (const who of [people.rssi, people.rgc, people.administrateur, people.regional, people.officerElsewhere])
    assert.equal((await record(who)).body.code, 'access/role-required')
  assert.deepEqual(
    [(await list(people.officerElsewhere)).body.code, (await list(people.officerHere)).body.allowed],
    ['assessment/not-yours', ['record']],
  )
  for (const over of [{ assessedOn: '2026-06-16' }, { nextDueOn: '2026-06-10' }, { nextDueOn: '2027-06-11' }])
    assert.equal((await record(people.cssi, over)).body.code, 'assessment/dates')
  assert.equal((await record(people.cssi, { outcome: '  ' })).body.code, 'request/malformed')
  assert.equal(
    (await record(people.cssi, { organisationId: people.cssi.organisationId })).body.code,
    'assessment/partner-only',
  )
  const without = (await insertOrganisation(house.owner, anOrganisation(), { convention: false })).id
  assert.equal((await record(people.cssi, { organisationId: without })).body.code, 'assessment/partner-only')
  assert.equal((await record(people.cssi, { organisationId: uuidv7() })).status, 404)
  assert.equal((await list(people.agent)).body.code, 'assessment/not-yours')
  assert.deepEqual(
    [
      datesHold('2026-02-28', '2027-02-28', '2026-02-28'),
      datesHold('2024-02-29', '2025-02-28', '2026-01-01'),
      isAssessmentLate('2026-06-15', '2026-06-15'),
      isAssessmentLate(null, '2026-06-15'),
      assessmentDueOn(null, null),
      assessmentDueOn(null, new Date('2026-06-14T23:00:00Z')),
    ],
    [true, true, false, false, null, '2027-06-15'],
  )
})
test('IDN-5, SEC-3: recording asks the second factor again; with a proof an hour old nothing is written, nor told', async () => {
  const late = await house.person(people.cssi.organisationId, [], { provenAt: new Date(now.getTime() - 60 * 60_000) })
  await giveRole(house.owner, late, 'cssi')
  const state = () =>
    rows(
      `select (select count(*)::int from security_assessments) as assessments, (select count(*)::int from mails) as mails,
        (select count(*)::int from audit_entries where action = 'security-assessment.recorded') as entries`,
    )
  const before = await state()
  assert.equal((await record(late)).body.code, 'session/step-up-required')
  assert.deepEqual([await state(), (await list(late)).status], [before, 200])
})
test('SEC-3, SEC-6, AGR-10: who reads assessments, alike in the policy and the database, each clause seen; only the CSSI writes them, of every region or of the partner’s (AGR-16)', async () => {
  const all = Object.values(people)
  const hashes = all.map(p => tokenHash(p.cookie.slice('session='.length)))
  const row = { organisationId: partner, regionIds: [1075] }
  const query = sql<{ id: string }>`select id from security_assessments`
  const [{ id }] = await rows('select id from security_assessments where organisation_id = $1 limit 1', [partner])
  const apart = async (may = mayReadAssessments) =>
    (await sightsOf(house.database, hashes, query)).filter(({ viewer, ids }) => may(viewer, row) !== ids.has(id)).length
  assert.equal((await sightsOf(house.database, hashes, query)).filter(s => s.ids.has(id)).length, 8)
  assert.equal(await apart(), 0)
  for (const [from, to] of [
    ["holdsRole(viewer, 'administrateur') ||", ''],
    ['isOfficerOf(viewer, organisationId) || (viewer', "holdsRole(viewer, 'cssi') || (viewer"],
    ["'direction-regionale', 'signataire'", "'direction-regionale'"],
    ["viewer.organisationKind === 'operateur' && ", 'false && '],
    ['regionIds.includes(r.regionId)', 'true'],
    ['viewer.organisationId === organisationId && ', ''],
    ["'rssi', 'rgc',", "'rgc',"],
    ["'rssi', 'rgc', 'signataire'", "'rssi', 'signataire'"],
  ] as const) {
    const changed = await importChanged<{ mayReadAssessments: typeof mayReadAssessments }>(
      new URL('./assessments.policy.ts', import.meta.url),
      from,
      to,
    )
    assert.notEqual(await apart(changed.mayReadAssessments), 0, `${from} → ${to}`)
  }
  const [{ qual }] = await rows(
    `select qual from pg_policies where tablename = 'security_assessments' and policyname = 'read'`,
  )
  for (const [from, to] of [
    ['ctx.acts_for_operator()', 'false'],
    ['ctx.acts_in()', 'ctx.regions()'],
    ['ctx.acts_in()', "'{1076}'::int[]"],
    ['ctx.officer_of()', 'ctx.own_agencies()'],
    ["ctx.holds_role('rssi'::text)", 'false'],
    ["ctx.holds_role('rgc'::text)", 'false'],
    ['ctx.oversees()', 'false'],
  ] as const) {
    assert.ok(qual.includes(from), from)
    await withPolicyChanged(house.owner, 'security_assessments', 'read', qual.replace(from, to), async () =>
      assert.notEqual(await apart(), 0, `${from} → ${to}`),
    )
  }
  const writes = async (who: Person, by = who.id) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      await tx.run(
        sql`insert into security_assessments (id, organisation_id, assessed_on, outcome, reference, next_due_on,
          recorded_by, recorded_at) values (${uuidv7()}::uuid, ${partner}::uuid, '2026-01-01', 'x', 'x', '2026-12-31',
          ${by}::uuid, now())`,
      )
      return true
    } catch {
      return false
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [
      await writes(people.cssi),
      await writes(people.administrateur),
      await writes(people.rssi),
      await writes(people.cssi, people.rgc.id),
    ],
    [true, false, false, false],
  )
  // The policy and the database, of everyone; without either clause they part.
  const viewers = new Map((await sightsOf(house.database, hashes, query)).map(s => [s.viewer.accountId, s.viewer]))
  const parted = async (may = mayRecordAssessment) => {
    let n = 0
    for (const who of all) if (may(viewers.get(who.id)!, partner) !== (await writes(who))) n++
    return n
  }
  assert.deepEqual([await writes(people.officerHere), await writes(people.officerElsewhere)], [true, false])
  assert.equal(await parted(), 0)
  for (const [from, to] of [
    ["ctx.holds_role('cssi'::text)", 'false'],
    ['ctx.officer_of()', 'ctx.own_agencies()'],
  ] as const)
    await withCheckChanged(house.owner, 'security_assessments', 'record', from, to, async () =>
      assert.notEqual(await parted(), 0, from),
    )
})
