import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { wholeDepth } from '../../testing/depth.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  mayWrite,
  type Sight,
  sightsOf,
  someoneDisagrees,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom, somePlace } from '../../testing/people.ts'
import * as policy from './correspondents.policy.ts'
import * as model from './links.model.ts'

type Module = typeof policy
interface Row extends TerritoryLine {
  readonly id: string
  readonly links: readonly TerritoryLine[]
  /** Of the link, when it stands. */
  readonly place: TerritoryLine
}
const random = seededRandom(131)
/** People who answer for one establishment more; of a third of them the link is retired, and counts no more. */
const some = (count: number): Row[] =>
  Array.from({ length: count }, () => {
    const place = somePlace(random)
    return { id: uuidv7(), ...somePlace(random), place, links: random() < 0.67 ? [place] : [] }
  })
const [kept, fresh] = [some(wholeDepth ? 600 : 250), some(120)]
let house: House
let hashes: Buffer[]
let national: { organisation: string; one: string; other: string; hash: Buffer }

const columns = 'region_id, departement_id, epci_id, clpe_id'
const typed = '"regionId" int, "departementId" int, "epciId" int, "clpeId" int'
const insertPeople = (rows: readonly Row[], withLinks: boolean) =>
  house.owner.query(
    `with r as materialized (select * from jsonb_to_recordset($1) as r (id uuid, ${typed}, place jsonb, links jsonb)),
    c as (insert into correspondents (id, siret, ${columns}, created_at)
      select r.id, 31000000000002, r."regionId", r."departementId", r."epciId", r."clpeId", now() from r),
    v as (insert into correspondent_values (id, correspondent_id, ${columns}, field, value, source, recorded_at)
      select r.id, r.id, r."regionId", r."departementId", r."epciId", r."clpeId", 'role', 'Gérance', 'registre', now() from r)
    insert into correspondent_links (id, correspondent_id, siret, ${columns}, organisation_id, author_id, linked_at,
        retired_at, retired_by, retired_organisation, retired_reason)
      select r.id, r.id, 31000000000003, p.*, $2, $3, now(), g.at, case when g.at is not null then $3::uuid end,
        case when g.at is not null then $2::uuid end, case when g.at is not null then 'parti' end
      from r cross join lateral jsonb_to_record(r.place) as p (${typed})
        cross join lateral (select case when jsonb_array_length(r.links) = 0 then now() end as at) g
      where ${withLinks}`,
    [JSON.stringify(rows), national.organisation, national.one],
  )

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 120, random)
  const everywhere = [{ tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 }] as const
  const [one, other] = [
    await house.person(organisations[0]!, [...everywhere]),
    await house.person(organisations[0]!, [...everywhere]),
  ]
  national = {
    organisation: organisations[0]!,
    one: one.id,
    other: other.id,
    hash: tokenHash(one.cookie.slice('session='.length)),
  }
  await insertPeople(kept, true)
  await insertPeople(fresh, false)
})
after(() => house.close())

type Agrees = (module: Module) => (viewer: Viewer, row: Row) => boolean
const when =
  (agrees: (module: Module, viewer: Viewer, row: Row) => boolean): Agrees =>
  module =>
  (viewer, row) =>
    viewer.state === 'active' && agrees(module, viewer, row)
const reads = when(({ mayRead }, viewer, row) => mayRead(viewer, row))
const keeps = when(({ mayKeep }, viewer, row) => mayKeep(viewer, row) === true)
const readsLink = ({ mayReadLink }: typeof model) => when((_, viewer, { place }) => mayReadLink(viewer, place))
const unlinks = when(({ mayUnlink }, viewer, { place, links }) => links.length > 0 && mayUnlink(viewer, place) === true)
const links = when(({ mayLink }, viewer, { place, links: _, ...person }) => mayLink(viewer, { person, place }) === true)

const check = async (sights: readonly Sight[], rows: readonly Row[], agrees: Agrees, mutants: readonly Mutant[]) => {
  const share = sights.reduce((n, s) => n + s.ids.size, 0) / (sights.length * rows.length)
  assert.ok(share > 0.02 && share < 0.7, `${share}: neither nearly all nor nearly none`)
  assert.deepEqual(disagreements(sights, rows, agrees(policy)).slice(0, 3), [])
  const file = new URL('./correspondents.policy.ts', import.meta.url)
  for (const [from, to] of mutants)
    assert.notEqual(disagreements(sights, rows, agrees(await importChanged<Module>(file, from, to))).length, 0, to)
}
type Mutant = readonly [string, string]
const forgetLinks: Mutant = ['[person, ...(person.links ?? [])]', '[person]']
const forgetFirst: Mutant = ['[person, ...(person.links ?? [])]', '[...(person.links ?? [])]']
const asked = (query: string, some: readonly Buffer[] = hashes) =>
  sightsOf(house.database, some, sql<{ id: string }>`${sql.raw(query)}`)
const covers = (ids: string, of = '') =>
  `ctx.covers((select ctx.${ids}()), ${of}region_id, ${of}departement_id, ${of}epci_id, ${of}clpe_id)`
const ok = '(select ctx.ok())'

for (const [table, one] of [
  ['correspondents', 'id'],
  ['correspondent_values', 'correspondent_id'],
] as const) {
  test(`SEC-6, EST-5: ${table}: who reads a person of several establishments: the policy and the database agree, and not when a clause goes`, async () => {
    const sights = (some?: readonly Buffer[]) =>
      asked(`select ${one} as id from ${table} where ${one} = any ('{${kept.map(r => r.id)}}')`, some)
    await check(await sights(), kept, reads, [
      forgetLinks,
      forgetFirst,
      ['.some(place => readsAt', '.every(place => readsAt'],
    ])
    const linked = (and: string) =>
      `exists (select from correspondent_links l where l.correspondent_id = ${table}.${one} ${and})`
    for (const using of [`${ok} and ${covers('fiche')}`, `${ok} and (${covers('fiche')} or ${linked('')})`])
      await withPolicyChanged(house.owner, table, 'read', using, async () =>
        assert.ok(await someoneDisagrees(hashes, sights, kept, reads(policy)), using),
      )
  })

  test(`SEC-6, EST-5: ${table}: who changes a person of several establishments: the policy and the database agree, and not when a clause goes`, async () => {
    const change = table === 'correspondents' ? 'version = version + 1' : 'replaced_at = now()'
    const sights = (some?: readonly Buffer[]) =>
      asked(
        `update ${table} set ${change} where ${one} = any ('{${kept.map(r => r.id)}}') returning ${one} as id`,
        some,
      )
    await check(await sights(), kept, keeps, [
      forgetLinks,
      forgetFirst,
      [
        'placesOf(person).some(place => keepsAt(viewer, place))',
        'placesOf(person).some(place => readsAt(viewer, place))',
      ],
    ])
    // Both tables ask the same function: one proof of its clauses.
    // That the link is read, and in force, is asked by the policies of reading too.
    for (const gone of table === 'correspondent_values'
      ? []
      : [
          'and l.retired_at is null',
          `and ${covers('fiche', 'l.')}`,
          `${covers('fiche_conseiller', 'l.')}\n      or `,
          `or ${covers('conseiller', 'l.')}`,
        ])
      await withPolicyChanged(house.owner, table, 'read', 'true', () =>
        withPolicyChanged(house.owner, 'correspondent_links', 'read', 'true', () =>
          withFunctionChanged(house.owner, 'ctx.keeps_linked(uuid)', gone, '', async () =>
            assert.ok(await someoneDisagrees(hashes, sights, kept, keeps(policy)), gone),
          ),
        ),
      )
  })
}

test('SEC-6, EST-5: who adds a value to a person of several establishments: the policy and the database agree', async () => {
  // Where the link stands, and the card does not: the value takes the card's place, as the application writes it.
  const insert = `insert into correspondent_values (id, correspondent_id, ${columns}, field, value, source, organisation_id,
    author_id, recorded_at) values (gen_random_uuid(), (r ->> 'id')::uuid, (r ->> 'regionId')::int,
    (r ->> 'departementId')::int, (r ->> 'epciId')::int, (r ->> 'clpeId')::int, 'role', 'Chef', 'conseiller',
    ctx.organisation(), ctx.account(), now())`
  const rows = kept.slice(0, 120)
  await check(await insertSights(house.owner, house.database, hashes, rows, insert), rows, keeps, [forgetLinks])
})

test('SEC-6, EST-5: who reads that a person is linked, and who retires it: the policy and the database agree, and not when a clause goes', async () => {
  const ids = `'{${kept.map(r => r.id)}}'`
  const read = (some?: readonly Buffer[]) => asked(`select id from correspondent_links where id = any (${ids})`, some)
  const sights = await read()
  await check(sights, kept, readsLink(model), [])
  const all = await importChanged<typeof model>(
    new URL('./links.model.ts', import.meta.url),
    'mayRead(viewer, place)',
    'true',
  )
  assert.notEqual(disagreements(sights, kept, readsLink(all)(policy)).length, 0)
  await withPolicyChanged(house.owner, 'correspondent_links', 'read', ok, async () =>
    assert.ok(await someoneDisagrees(hashes, read, kept, readsLink(model)(policy))),
  )
  const retire = (some?: readonly Buffer[]) =>
    asked(
      `update correspondent_links set retired_at = now(), retired_by = ctx.account(),
      retired_organisation = ctx.organisation(), retired_reason = 'parti' where id = any (${ids}) returning id`,
      some,
    )
  await check(await retire(), kept, unlinks, [
    ['return advises && readsAt(viewer, place)', 'return readsAt(viewer, place)'],
  ])
  for (const using of [
    `${ok} and ${covers('fiche')} and (${covers('fiche_conseiller')} or ${covers('conseiller')})`,
    `${ok} and retired_at is null and ${covers('fiche')}`,
    `${ok} and retired_at is null and ${covers('fiche')} and ${covers('conseiller')}`,
    `${ok} and retired_at is null and ${covers('fiche')} and ${covers('fiche_conseiller')}`,
  ])
    await withPolicyChanged(house.owner, 'correspondent_links', 'unlink', using, async () =>
      assert.ok(await someoneDisagrees(hashes, retire, kept, unlinks(policy)), using),
    )
})

test('SEC-6, EST-5: who links: the policy and the database agree, and not when a clause goes', async () => {
  const insert = `insert into correspondent_links (id, correspondent_id, siret, ${columns}, organisation_id, author_id, linked_at)
    values (gen_random_uuid(), (r ->> 'id')::uuid, 31000000000004, (r -> 'place' ->> 'regionId')::int,
    (r -> 'place' ->> 'departementId')::int, (r -> 'place' ->> 'epciId')::int, (r -> 'place' ->> 'clpeId')::int,
    ctx.organisation(), ctx.account(), now())`
  const sights = (some: readonly Buffer[] = hashes) => insertSights(house.owner, house.database, some, fresh, insert)
  await check(await sights(), fresh, links, [
    ['verdict === true ? mayKeep(viewer, person) : verdict', 'verdict'],
    ['const verdict = mayKeep(viewer, place)', 'const verdict: Verdict = true'],
  ])
  await withFunctionChanged(
    house.owner,
    'ctx.keeps_correspondent(uuid)',
    `${covers('fiche_conseiller', 'c.')}`,
    'true',
    async () => assert.ok(await someoneDisagrees(hashes, sights, fresh, links(policy))),
  )
})

test('SEC-6, EST-5: nobody links or retires in another’s name, brings a link by a merge, nor takes one up again', async () => {
  const { organisation, one, other, hash } = national
  const may = (query: ReturnType<typeof sql>) => mayWrite(house.database, hash, query)
  const link = (author: string, more = sql`null`) => sql`insert into correspondent_links (id, correspondent_id, siret,
    organisation_id, author_id, linked_at, merge_id) values (${uuidv7()}, ${fresh[0]!.id}, 31000000000005, ${organisation},
    ${author}, now(), ${more})`
  assert.deepEqual([await may(link(one)), await may(link(other))], [true, false])
  const merge = uuidv7()
  await house.owner.query(
    `insert into correspondent_merges (id, kept_id, absorbed_id, organisation_id, author_id, merged_at, informed_taken)
      values ($1, $2, $3, $4, $5, now(), false)`,
    [merge, fresh[0]!.id, fresh[1]!.id, organisation, one],
  )
  assert.equal(await may(link(one, sql`${merge}::uuid`)), false)
  const [standing, gone] = [kept.find(r => r.links.length)!.id, kept.find(r => !r.links.length)!.id]
  const retire = (by: string) => sql`update correspondent_links set retired_at = now(), retired_by = ${by}::uuid,
    retired_organisation = ${organisation}::uuid, retired_reason = 'parti' where id = ${standing}::uuid`
  assert.deepEqual([await may(retire(one)), await may(retire(other))], [true, false])
  const back = (id: string) => sql`update correspondent_links set retired_at = null, retired_by = null,
    retired_organisation = null, retired_reason = null where id = ${id}::uuid`
  assert.deepEqual([await may(back(gone)), await may(back(standing))], [false, false])
})
