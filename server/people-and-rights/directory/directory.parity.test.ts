import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  mayWrite,
  rowsWritten,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { type Holding, isListed, type Sought } from './directory.model.ts'
import { mayKeepEntry, mayReadDirectory } from './directory.policy.ts'
import { insertAgency, insertEntry, layPlaces, places } from './testing.ts'

const { region, gironde, landes, garonne, graves } = places
const asked: readonly Sought[] = [
  {},
  { tool: 'campagnes' },
  { tool: 'fiche-recrutement' },
  { touched: [0, region, gironde, graves] },
  { touched: [0, garonne] },
  { tool: 'fiche-etablissement', touched: [0, region, landes] },
  { tool: 'fiche-etablissement', touched: [0, garonne] },
]
/** The territory whose overlaps a question names. */
const territoryOf = ({ touched }: Sought) =>
  touched === undefined ? null : touched.includes(gironde) ? gironde : touched.includes(garonne) ? garonne : landes

let house: House
let people: Person[]
let rows: { id: string; holdings: readonly Holding[] }[]
const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)

/**
 * In effect on each tool and perimeter, and by an agency; a role alone, nothing, revoked; of an agency that serves
 * nothing; suspended, blocked, of a convention that is over; locked, of one factor, and by a way not accepted.
 */
before(async () => {
  house = await openHouse([])
  await layPlaces(house.owner)
  const [own, other, ended] = [
    (await house.organisation()).id,
    (await house.organisation()).id,
    (await house.organisation()).id,
  ]
  await house.owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
    ended,
  ])
  const [serving, idle] = [await insertAgency(house.owner, own, [landes]), await insertAgency(house.owner, own, [])]
  const held = (
    tool: 'campagnes' | 'fiche-etablissement' | 'fiche-recrutement',
    territoryId: number | null,
    agencyId: string | null = null,
  ) => ({ tool, profile: 'consultation', territoryId, agencyId }) as const
  const late = { lastSeenAt: new Date(Date.now() - 31 * 60_000) }
  people = [
    await house.person(own, [held('campagnes', gironde)]),
    await house.person(own, [held('fiche-etablissement', region), held('campagnes', garonne)]),
    await house.person(other, [held('fiche-recrutement', graves)]),
    await house.person(other, [held('fiche-recrutement', 0)]),
    await house.person(own, [held('fiche-etablissement', null, serving)]),
    await house.person(own, [held('fiche-recrutement', null, serving)]),
    await house.person(own, [held('fiche-recrutement', null, idle)]),
    await house.person(other),
    await house.person(other),
    await house.person(own, [{ ...held('fiche-recrutement', gironde), revokedAt: new Date(Date.now() - 1000) }]),
    await house.person(ended, [held('campagnes', gironde)]),
    await house.person(other, [held('campagnes', gironde)]),
    await house.person(other, [held('campagnes', gironde)]),
    await house.person(own, [held('campagnes', landes)], late),
    await house.person(own, [held('campagnes', landes)], { secondFactor: null }),
    await house.person(other, [held('fiche-recrutement', graves)], { secondFactor: 'totp' }),
  ]
  await house.owner.query(
    `insert into authentication_directives (id, audience, effective_on, local, password, reason, set_at)
      values ($1, 'consultation', '2020-01-01', false, false, 'Essai', '2020-01-01')`,
    [uuidv7()],
  )
  await giveRole(house.owner, people[8]!, 'signataire')
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [people[11]!.id])
  await house.owner.query(
    `insert into account_blocks (id, account_id, organisation_id, cuts, cause, reason, blocked_at)
      values ($1, $2, $3, 'account', 'suspect-use', 'Essai', now())`,
    [uuidv7(), people[12]!.id, people[12]!.organisationId],
  )
  rows = (
    await house.owner.query(`select a.id, coalesce((select jsonb_agg(jsonb_build_object('tool', h.tool, 'missing', h.missing,
        'territoryIds', case when h.territory_id is not null then array[h.territory_id]
          else array(select t.territory_id from agency_territories t where t.agency_id = h.agency_id) end))
      from ctx.held_grants(a.id, ctx.clock()) h), '[]') as holdings from accounts a`)
  ).rows
})
after(() => house.close())

const listed = (sought: Sought) =>
  sightsOf(
    house.database,
    people.map(hashOf),
    sql<{ id: string }>`select account_id as id from ctx.directory('{}', null, ${sought.tool ?? null}::text,
      ${territoryOf(sought)}::int, null, null, 1000)`,
  )
const carded = () =>
  sightsOf(
    house.database,
    people.map(hashOf),
    sql<{ id: string }>`select c.account_id as id from unnest(${rows.map(row => row.id)}::uuid[]) p (id)
      cross join lateral ctx.directory_card(p.id) c`,
  )
const reads = (
  viewer: Viewer,
  row: (typeof rows)[number],
  sought: Sought = {},
  may = mayReadDirectory,
  is = isListed,
) => viewer.state === 'active' && may(viewer) === true && is(row.holdings, sought)
/** Whether the two part somewhere: the first question on which they do ends the search. */
const part = async (may = mayReadDirectory, is = isListed): Promise<boolean> => {
  if (disagreements(await carded(), rows, (viewer, row) => reads(viewer, row, {}, may, is)).length > 0) return true
  for (const sought of asked)
    if (disagreements(await listed(sought), rows, (viewer, row) => reads(viewer, row, sought, may, is)).length > 0)
      return true
  return false
}

test('EST-13, SEC-6: who reads whom in the directory: the policy, the model and the database agree on every pair and question', async () => {
  const all = await listed({})
  assert.ok(all.some(({ ids }) => ids.size === 9) && all.some(({ ids }) => ids.size === 0), 'some read, some do not')
  assert.equal(await part(), false)
})
for (const [changed, from, to] of [
  ['ctx.holds_a_grant()', "h.missing = '{}' and", ''],
  ['ctx.holds_a_grant()', 'and not h.profile = any (refused)', ''],
  ['ctx.holds_a_grant()', 'h.territory_id is not null or exists', 'exists'],
  ['ctx.holds_a_grant()', 'or exists (select from public.agency_territories t where t.agency_id = h.agency_id)', ''],
  ['ctx.holds_a_grant()', 'exists (select from public.agency_territories t where t.agency_id = h.agency_id)', 'true'],
  ['ctx.held_in_directory(uuid,text,int[])', "where h.missing = '{}' and", 'where'],
  ['ctx.held_in_directory(uuid,text,int[])', 'and (h.territory_id is not null or exists', 'and (exists'],
  ['ctx.held_in_directory(uuid,text,int[])', 'of_tool is null or h.tool = of_tool', 'true'],
  ['ctx.held_in_directory(uuid,text,int[])', 'or h.territory_id = any (touched)', ''],
  ['ctx.held_in_directory(uuid,text,int[])', 'and y.territory_id = any (touched)', ''],
  ['ctx.directory(text[],uuid,text,int,text,uuid,int)', 'if not ctx.holds_a_grant()', 'if false'],
  ['ctx.directory(text[],uuid,text,int,text,uuid,int)', 'continue when held.fits is not true', 'continue when false'],
  ['ctx.directory_card(uuid)', 'if not ctx.holds_a_grant()', 'if false'],
  ['ctx.directory_card(uuid)', 'if held is null then return; end if;', ''],
] as const)
  test(`SEC-6: the directory without « ${from} » in ${changed} is caught`, async () => {
    await withFunctionChanged(house.owner, changed, from, to, async () => assert.ok(await part()))
  })
test('SEC-6: a clause lost by the policy or the model of the directory is caught', async () => {
  const policy = new URL('directory.policy.ts', import.meta.url)
  const model = new URL('directory.model.ts', import.meta.url)
  const lax = await importChanged<typeof import('./directory.policy.ts')>(policy, 'viewer.grants.length > 0', 'true')
  assert.ok(await part(lax.mayReadDirectory))
  for (const clause of [
    'held.missing.length === 0',
    'held.territoryIds.length > 0',
    '(tool === undefined || held.tool === tool)',
    '(touched === undefined || held.territoryIds.some(id => touched.includes(id)))',
  ]) {
    const other = await importChanged<typeof import('./directory.model.ts')>(model, clause, 'true')
    assert.ok(await part(mayReadDirectory, other.isListed), clause)
  }
})

test('EST-13, SEC-6: each keeps their own entry and reads no other: the policy and the database agree on every pair', async () => {
  for (const person of people) await insertEntry(house.owner, person, { phone: '+33556001122', phoneHidden: true })
  const entries = people.map(({ id, organisationId }) => ({ id, accountId: id, organisationId }))
  const own = () =>
    sightsOf(house.database, people.map(hashOf), sql<{ id: string }>`select account_id as id from directory_entries`)
  const sights = await own()
  const keeps = (viewer: Viewer, entry: { accountId: string }) =>
    viewer.state === 'active' && mayKeepEntry(viewer, entry) === true
  assert.deepEqual(disagreements(sights, entries, keeps), [])
  await withPolicyChanged(house.owner, 'directory_entries', 'read', 'ctx.ok()', async () =>
    assert.notEqual(disagreements(await own(), entries, keeps).length, 0),
  )
  for (const { viewer } of sights) {
    const who = people.find(({ id }) => id === viewer.accountId)!
    assert.equal(
      await rowsWritten(house.database, hashOf(who), sql`update directory_entries set phone_hidden = false`),
      viewer.state === 'active' ? 1 : 0,
      'without reading first',
    )
  }
})

test('SEC-6: straight to the database, nobody says an entry of another, of another structure, nor an agency of another', async () => {
  const [claire, colleague, omar] = people as unknown as readonly [Person, Person, Person]
  await house.owner.query('delete from directory_entries')
  const theirs = await insertAgency(house.owner, omar.organisationId, [gironde])
  const ours = await insertAgency(house.owner, claire.organisationId, [gironde])
  const say = (whose: Person, organisationId: string, agencyId: string | null) =>
    mayWrite(
      house.database,
      hashOf(claire),
      sql`insert into directory_entries (account_id, organisation_id, phone_hidden, agency_id, version, changed_at)
        values (${whose.id}::uuid, ${organisationId}::uuid, false, ${agencyId}::uuid, 1, now())`,
    )
  assert.equal(await say(claire, claire.organisationId, ours), true)
  assert.equal(await say(claire, claire.organisationId, null), true)
  assert.equal(await say(claire, claire.organisationId, theirs), false, 'an agency of another structure')
  assert.equal(await say(claire, omar.organisationId, null), false, 'another structure')
  assert.equal(await say(omar, omar.organisationId, null), false, 'another person')
  assert.equal(await say(colleague, claire.organisationId, null), false, 'a colleague')
  await insertEntry(house.owner, claire)
  const move = (agencyId: string) =>
    mayWrite(house.database, hashOf(claire), sql`update directory_entries set agency_id = ${agencyId}::uuid`)
  assert.deepEqual([await move(ours), await move(theirs)], [true, false])
})
