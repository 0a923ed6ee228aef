import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { precedence, sources } from '../../../contract/work-with-employers/correspondents.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { covers, type Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, mayWrite, sightsOf, someoneDisagrees, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom, somePlace } from '../../testing/people.ts'
import { mayRead } from './correspondents.policy.ts'
import { phoneOf } from './correspondents.queries.ts'
import { correspondents } from './index.ts'
import { aCorrespondent, aValue, type CorrespondentSeed, insertCorrespondent } from './testing.ts'

let house: House
before(async () => {
  house = await openHouse(correspondents)
  await insertPlaces(house)
})
after(() => house.close())

test('EST-6: every value is shown with its source, organisation and date; two partners who differ, side by side', async () => {
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  const claire = await house.person(cc.id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
  const stranger = await house.person(cc.id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2040 },
  ])
  const gone = await insertCorrespondent(
    house.owner,
    aCorrespondent({ siret: 31000000000001, createdAt: '2025-01-01T00:00:00Z', retiredAt: '2026-01-01T00:00:00Z' }),
  )
  const here = await insertCorrespondent(
    house.owner,
    aCorrespondent({
      siret: 31000000000001,
      values: [
        aValue('phone', '+33500000001', { source: 'fichier-partenaire', organisationId: mission.id }),
        aValue('phone', '+33500000002', { source: 'conseiller', organisationId: cc.id }),
        aValue('phone', '+33500000003', { organisationId: cc.id, replacedAt: '2026-09-01T08:00:00Z' }),
        aValue('familyName', 'Essai', { source: 'registre' }),
      ],
    }),
  )
  const { body } = await house.call(claire, 'GET', '/establishments/31000000000001/correspondents')
  assert.deepEqual(
    body.items.map((c: any) => [c.id, c.retired]),
    [
      [here.id, false],
      [gone.id, true],
    ],
  )
  const withoutIds = body.items[0].values.map(({ id, ...value }: any) => {
    assert.match(id, /^[0-9a-f-]{36}$/)
    return value
  })
  assert.deepEqual(withoutIds, [
    {
      field: 'familyName',
      value: 'Essai',
      source: 'registre',
      organisationName: null,
      recordedAt: '2026-09-01T08:00:00.000Z',
      confirmed: null,
      proposed: false,
      author: null,
      observedOn: null,
    },
    {
      field: 'phone',
      value: '+33500000002',
      source: 'conseiller',
      organisationName: 'CC des Essais',
      recordedAt: '2026-09-01T08:00:00.000Z',
      confirmed: null,
      proposed: false,
      author: null,
      observedOn: null,
    },
    {
      field: 'phone',
      value: '+33500000001',
      source: 'fichier-partenaire',
      organisationName: 'Mission locale des Essais',
      recordedAt: '2026-09-01T08:00:00.000Z',
      confirmed: null,
      proposed: true,
      author: null,
      observedOn: null,
    },
  ])
  assert.deepEqual((await house.call(stranger, 'GET', '/establishments/31000000000001/correspondents')).body, {
    items: [],
    next: null,
    mayAdd: false,
    alike: [],
  })
})

test('EST-6: precedence is one table: the database takes its sources, each has its reason, SQL and rule put the same one first', async () => {
  const {
    rows: [{ said }],
  } = await house.owner.query(
    `select pg_get_constraintdef(oid) as said from pg_constraint where conname = 'correspondent_values_source_check'`,
  )
  const taken = [...said.matchAll(/'([a-z-]+)'/g)].map(([, source]) => source)
  assert.deepEqual(taken.toSorted(), sources.toSorted())
  assert.equal(new Set(Object.values(precedence).map(({ why }) => why)).size, sources.length)
  const siret = 31000000000003
  const who = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
  const random = seededRandom(8)
  for (let i = 0; i < 40; i++)
    await insertCorrespondent(
      house.owner,
      aCorrespondent({
        siret,
        values: sources
          .filter(() => random() < 0.6)
          .concat('operateur')
          .map((source, at) =>
            aValue('role', `Fonction ${at}`, {
              source,
              recordedAt: `2026-0${1 + Math.floor(random() * 8)}-01T08:00:00Z`,
            }),
          )
          .toSorted(() => random() - 0.5),
      }),
    )
  const { body } = await house.call(who, 'GET', `/establishments/${siret}/correspondents`)
  assert.equal(body.items.length, 40)
  let proposed = 0
  for (const { values } of body.items) {
    assert.equal(values[0].proposed, false, 'what SQL puts first stands')
    assert.deepEqual(
      values.map(({ source }: any) => sources.indexOf(source)),
      values.map(({ source }: any) => sources.indexOf(source)).toSorted((a: number, b: number) => a - b),
    )
    proposed += values.filter((one: any) => one.proposed).length
  }
  assert.ok(proposed > 40, `${proposed}`)
})

test('EST-6: the phone that targets, rounds and the day show of a person is the strongest, not what a file brought last', async () => {
  const siret = 31000000000004
  await insertCorrespondent(
    house.owner,
    aCorrespondent({
      siret,
      values: [
        aValue('familyName', 'Essai'),
        aValue('phone', '+33500000001', { recordedAt: '2026-01-01T08:00:00Z' }),
        aValue('phone', '+33500000002', { source: 'fichier-partenaire', recordedAt: '2026-09-01T08:00:00Z' }),
      ],
    }),
  )
  const { cookie } = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
  const [sight] = await sightsOf(
    house.database,
    [tokenHash(cookie.slice('session='.length))],
    sql<{ id: string }>`select ${phoneOf('t')} as id from (select ${siret}::bigint as siret) t`,
  )
  assert.deepEqual([...sight!.ids], ['+33500000001'])
})

test('SEC-6: correspondents and their values: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const random = seededRandom(5)
  const hashes = await peopleOfAllKinds(
    house,
    [(await house.organisation()).id, (await house.organisation()).id],
    130,
    random,
  )
  const rows: CorrespondentSeed[] = []
  for (let i = 0; i < 1000; i++)
    rows.push(aCorrespondent({ siret: 31000000000002, values: [aValue('role', 'Gérance')], ...somePlace(random) }))
  await house.owner.query(
    `with r as materialized (select *
      from jsonb_to_recordset($1) as r (id uuid, siret bigint, "regionId" int, "departementId" int, "epciId" int,
      "clpeId" int)),
    c as (insert into correspondents (id, siret, region_id, departement_id, epci_id, clpe_id, created_at)
      select id, siret, "regionId", "departementId", "epciId", "clpeId", now() from r)
    insert into correspondent_values (id, correspondent_id, region_id, departement_id, epci_id, clpe_id, field, value,
      source, recorded_at) select gen_random_uuid(), id, "regionId", "departementId", "epciId", "clpeId", 'role',
      'Gérance', 'registre', now() from r`,
    [JSON.stringify(rows)],
  )
  for (const [table, id] of [
    ['correspondents', 'id'],
    ['correspondent_values', 'correspondent_id'],
  ] as const) {
    const sights = (some: readonly Buffer[]) =>
      sightsOf(house.database, some, sql<{ id: string }>`select ${sql.ref(id)} as id from ${sql.table(table)}`)
    const seen = await sights(hashes)
    assert.ok(seen.length * rows.length >= 100_000 && seen.some(s => s.ids.size > 0))
    assert.deepEqual(disagreements(seen, rows, mayRead).slice(0, 3), [])
    for (const mutant of [
      (v: Viewer, r: CorrespondentSeed) => covers(v, 'fiche-etablissement', 'conseiller', r),
      (v: Viewer, r: CorrespondentSeed) => covers(v, 'campagnes', 'consultation', r),
      () => true,
    ])
      assert.notEqual(disagreements(seen, rows, mutant).length, 0)
    for (const using of [
      '(select ctx.ok())',
      '(select ctx.ok()) and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)',
      '(select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, null)',
    ]) {
      await withPolicyChanged(house.owner, table, 'read', using, async () =>
        assert.ok(await someoneDisagrees(hashes, sights, rows, mayRead), using),
      )
    }
  }
})

test('SEC-6, EST-5: a correspondent and a value are written by an advisor of the card there, in their own name and organisation', async () => {
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  const person = (
    organisationId: string,
    profile: 'consultation' | 'conseiller' | 'pilote',
    territoryId = 2033,
    tool: 'fiche-etablissement' | 'campagnes' = 'fiche-etablissement',
  ) => house.person(organisationId, [{ tool, profile, territoryId }])
  const [advisor, reader, stranger, campaigner, other] = [
    await person(cc.id, 'conseiller'),
    await person(cc.id, 'consultation'),
    await person(cc.id, 'conseiller', 2040),
    await person(cc.id, 'pilote', 2033, 'campagnes'),
    await person(mission.id, 'conseiller'),
  ]
  const may = (who: Person, query: ReturnType<typeof sql>) =>
    mayWrite(house.database, tokenHash(who.cookie.slice('session='.length)), query)
  const correspondent = (who: Person, departement = 2033) =>
    may(
      who,
      sql`insert into correspondents (id, siret, region_id, departement_id, created_at)
        values (${uuidv7()}, 31000000000003, 1075, ${departement}, now())`,
    )
  assert.deepEqual(
    [await correspondent(advisor), await correspondent(other), await correspondent(stranger, 2040)],
    [true, true, true],
  )
  assert.deepEqual(
    [
      await correspondent(reader),
      await correspondent(campaigner),
      await correspondent(stranger),
      await correspondent(advisor, 2040),
    ],
    [false, false, false, false],
  )
  const { id } = await insertCorrespondent(house.owner, aCorrespondent({ siret: 31000000000003 }))
  const value = (who: Person, over: { author?: string; organisation?: string; departement?: number } = {}) =>
    may(
      who,
      sql`
    insert into correspondent_values (id, correspondent_id, region_id, departement_id, field, value, source,
      organisation_id, author_id, recorded_at)
    values (${uuidv7()}, ${id}, 1075, ${over.departement ?? 2033}, 'role', 'Gérance', 'conseiller',
      ${over.organisation ?? who.organisationId}, ${over.author ?? who.id}, now())`,
    )
  assert.deepEqual([await value(advisor), await value(other)], [true, true])
  assert.deepEqual(
    [await value(reader), await value(campaigner), await value(stranger), await value(advisor, { departement: 2040 })],
    [false, false, false, false],
  )
  assert.equal(await value(advisor, { author: reader.id }), false, 'in another’s name')
  assert.equal(await value(advisor, { organisation: mission.id }), false, 'for another organisation')
})
