import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  importChanged,
  insertSights,
  disagreements as partings,
  type Sight,
  sightsOf,
  withCheckChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { actsFor, mayRead } from '../conventions/conventions.policy.ts'
import type { Party } from '../conventions/deadlines.ts'
import * as policy from './disagreements.policy.ts'

/** A step that one tries to note, of a disagreement that stands; and a disagreement that one tries to open. */
interface Row {
  readonly id: string
  readonly of: string
  readonly convention: { readonly id: string; readonly organisationId: string; readonly regionId: number }
  readonly party: Party
  readonly raisedBy: Party
  readonly kind: 'attempt' | 'withdraw'
}
const regions = [1075, 1076]
const parties = ['partenaire', 'operateur'] as const
let house: House
let hashes: Buffer[]
let rows: Row[]
const agents = new Map<string, boolean>()

before(async () => {
  house = await openHouse([])
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie') on conflict do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  // Without convention: the role of an account manager holds to one.
  const [under, apart] = [
    (await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), { convention: false })).id,
    (await insertOrganisation(house.owner, anOrganisation({ kind: 'plie' }), { convention: false })).id,
  ]
  hashes = []
  const personOf = async (organisationId: string, role: (typeof roles)[number] | null, regionId: number | null) => {
    const person = await house.person(organisationId, [], role === 'dpd' ? { secondFactor: null } : {})
    if (role) await giveRole(house.owner, person, role, { regionId })
    agents.set(person.id, true)
    hashes.push(tokenHash(person.cookie.slice('session='.length)))
    return person
  }
  for (const organisationId of [operator, under, apart]) {
    await personOf(organisationId, null, null)
    for (const role of roles)
      if (role !== 'rgc')
        for (const regionId of role === 'direction-regionale' ? regions : [null])
          await personOf(organisationId, role, regionId)
  }
  const someone = (await house.person(operator)).id
  rows = []
  for (const organisationId of [under, apart])
    for (const regionId of regions) {
      const convention = { id: uuidv7(), organisationId, regionId }
      await house.owner.query(
        `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from, ends_at)
          values ($1::uuid, $2, $3, $1::text, now(), $4, $5)`,
        [
          convention.id,
          organisationId,
          regionId,
          regionId === 1075 ? '2026-01-01' : '2025-01-01',
          regionId === 1075 ? null : '2025-06-01',
        ],
      )
      for (const raisedBy of parties) {
        const of = uuidv7()
        await house.owner.query(
          `insert into disagreements (id, convention_id, number, party, subject, statement, arose_on, opened_at,
            opened_by) values ($1, $2, $3, $4, 'x', 'x', '2026-01-01', now(), $5)`,
          [of, convention.id, raisedBy === 'partenaire' ? 1 : 2, raisedBy, someone],
        )
        await house.owner.query(
          `insert into disagreement_steps (id, disagreement_id, convention_id, kind, manner, party, happened_on,
            summary, recorded_at, recorded_by)
            values ($1, $1, $2, 'attempt', 'meeting', 'operateur', '2026-01-01', 'x', now(), $3)`,
          [of, convention.id, someone],
        )
        for (const party of parties)
          for (const kind of ['attempt', 'withdraw'] as const)
            rows.push({ id: uuidv7(), of, convention, party, raisedBy, kind })
      }
    }
})
after(() => house.close())

const tried = () => rows.map(r => ({ id: r.id, of: r.of, convention: r.convention.id, party: r.party, kind: r.kind }))
const inserts = (statement: string) => () => insertSights(house.owner, house.database, hashes, tried(), statement)
const opened = inserts(`insert into disagreements (id, convention_id, number, party, subject, statement, arose_on,
  opened_at, opened_by) values ((r ->> 'id')::uuid, (r ->> 'convention')::uuid, 9, r ->> 'party', 'x', 'x',
  '2026-01-01', now(), ctx.account())`)
const noted = inserts(`insert into disagreement_steps (id, disagreement_id, convention_id, kind, manner, party,
  happened_on, summary, recorded_at, recorded_by) values ((r ->> 'id')::uuid, (r ->> 'of')::uuid,
  (r ->> 'convention')::uuid, r ->> 'kind', case when r ->> 'kind' = 'attempt' then 'meeting' end, r ->> 'party',
  '2026-01-01', 'x', now(), ctx.account())`)

type May = (viewer: Sight['viewer'], row: Row, of: typeof policy) => boolean
const apart = (sights: readonly Sight[], may: May, of: typeof policy = policy) =>
  partings(sights, rows, (viewer, row) => viewer.state === 'active' && may(viewer, row, of)).slice(0, 2)
const own = (viewer: Sight['viewer'], { convention, party }: Row) =>
  mayRead(viewer, convention) === true && actsFor(viewer, convention) === party
const mayOpen: May = (viewer, row, of) => own(viewer, row) && of.mayWriteDisagreement(viewer, row.convention) === true
const mayNote: May = (viewer, row, of) =>
  own(viewer, row) && of.mayRecordStep(viewer, row.convention, row.raisedBy, row.kind) === true

test('SEC-6, AGR-14: who opens a disagreement and who notes what happens of it: the rules and the database agree on every pair, each clause seen', async () => {
  const [openings, steps] = [await opened(), await noted()]
  for (const [name, sights, may] of [
    ['opened', openings, mayOpen],
    ['noted', steps, mayNote],
  ] as const) {
    const shown = sights.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(shown > 30 && shown < sights.length * rows.length * 0.6, `${name}: ${shown}`)
    assert.deepEqual(apart(sights, may), [], name)
  }
  const file = new URL('./disagreements.policy.ts', import.meta.url)
  const withoutOpener = await importChanged<typeof policy>(
    file,
    'actsFor(viewer, convention) === raisedBy',
    "raisedBy !== 'x'",
  )
  assert.notEqual(apart(steps, mayNote, withoutOpener).length, 0)
  const closed = await importChanged<typeof policy>(file, 'actsFor(viewer, convention) !== null ||', '')
  assert.notEqual(apart(openings, mayOpen, closed).length, 0)
  for (const [table, name, from, read, may] of [
    ['disagreements', 'open', "(party = 'partenaire'::text)", opened, mayOpen],
    ['disagreements', 'open', "(party = 'operateur'::text)", opened, mayOpen],
    ['disagreement_steps', 'record', "(kind <> 'withdraw'::text)", noted, mayNote],
    ['disagreement_steps', 'record', "(party = 'partenaire'::text)", noted, mayNote],
    ['disagreement_steps', 'record', "(party = 'operateur'::text)", noted, mayNote],
  ] as const)
    await withCheckChanged(house.owner, table, name, from, 'true', async () =>
      assert.notEqual(apart(await read(), may).length, 0, `${table}: ${from}`),
    )
})

test('SEC-6, AGR-14: nobody writes in another’s name, nor of a convention that has not taken effect', async () => {
  const forged = inserts(`insert into disagreements (id, convention_id, number, party, subject, statement, arose_on,
    opened_at, opened_by) values ((r ->> 'id')::uuid, (r ->> 'convention')::uuid, 9, r ->> 'party', 'x', 'x',
    '2026-01-01', now(), (select id from accounts where id <> ctx.account() limit 1))`)
  assert.ok((await forged()).every(s => s.ids.size === 0))
  const dates = (from: string | null, to: string | null) =>
    house.owner.query(`update conventions set effective_from = $2, ends_at = $3 where id = $1`, [
      rows[0]!.convention.id,
      from,
      to,
    ])
  const seen = (sights: readonly Sight[]) => {
    const ids = new Set(rows.filter(r => r.convention.id === rows[0]!.convention.id).map(r => r.id))
    return sights.some(s => [...s.ids].some(id => ids.has(id)))
  }
  assert.ok(seen(await opened()))
  await dates(null, null)
  assert.equal(seen(await opened()), false)
  await dates('2026-01-01', null)
})

test('SEC-6, AGR-14: who reads disagreements and their steps: the rule and the database agree on every pair, each clause seen', async () => {
  const conventions = [...new Map(rows.map(r => [r.of, r.convention]))].map(([of, c]) => ({ ...c, id: of }))
  const read = (table: 'disagreements' | 'disagreement_steps') =>
    sightsOf(house.database, hashes, sql<{ id: string }>`select id from ${sql.table(table)}`)
  const differ = (sights: readonly Sight[], of: typeof policy = policy) =>
    partings(
      sights,
      conventions,
      (viewer, c) =>
        viewer.state === 'active' && of.mayReadDisagreements(viewer, c, agents.get(viewer.accountId)!) === true,
    ).slice(0, 2)
  const file = new URL('./disagreements.policy.ts', import.meta.url)
  const wider = await importChanged<typeof policy>(
    file,
    "reachOf(viewer, convention, staff) === 'file' || 'disagreement/file-only'",
    'true',
  )
  for (const table of ['disagreements', 'disagreement_steps'] as const) {
    const sights = await read(table)
    assert.deepEqual(differ(sights), [], table)
    assert.notEqual(differ(sights, wider).length, 0)
    for (const using of [
      '(select ctx.ok()) and convention_id in (select c.id from conventions c)',
      `convention_id in (select c.id from conventions c where c.organisation_id <> (select ctx.organisation())
        or (select ctx.reads_own_file()))`,
      '(select ctx.ok())',
    ])
      await withPolicyChanged(house.owner, table, 'read', using, async () =>
        // A session that has proven one factor alone reads no convention: the first clause is a second lock.
        using.startsWith('convention_id')
          ? assert.deepEqual(differ(await read(table)), [], using)
          : assert.notEqual(differ(await read(table)).length, 0, using),
      )
  }
})
