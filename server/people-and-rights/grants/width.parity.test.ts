import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Profile, profiles, type Tool, tools } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { eachClauseCounts, isSeenByOne } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import * as model from './width.model.ts'

const random = seededRandom(1251)
const some = <T>(of: readonly T[], most: number): T[] =>
  Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(random, of))
let house: House
/** Regions of four, two and one departments, some that name no overlap with themselves; EPCI that straddle; the country. */
const all: model.Territory[] = []
const people = new Map<string, model.Held[]>()
interface Asked {
  readonly account: string
  readonly tool: Tool
  readonly profile: Profile
  readonly had: number[]
  readonly added: number[]
}
const asked: Asked[] = []

const layTerritories = async () => {
  const regions = [1001, 1001, 1001, 1001, 1002, 1002, 1003]
  const departments = regions.map((region, at) => ({ id: 2001 + at, kind: 'departement' as const, region }))
  const epcis = [1, 2, 3, 4, 5, 6].map(at => ({ id: 200_000_000 + at, at }))
  const ids = departments.map(d => d.id)
  all.push({ id: 0, kind: 'national', region: null, overlaps: ids })
  for (const region of new Set(regions))
    all.push({
      id: region,
      kind: 'region',
      region: null,
      overlaps: departments.filter(d => d.region === region).map(d => d.id),
    })
  all.push(...departments.map(d => ({ ...d, overlaps: d.id % 2 ? [d.id] : [] })))
  all.push(
    ...epcis.map(({ id, at }) => ({
      id,
      kind: 'epci' as const,
      region: null,
      overlaps: ids.slice(at - 1, at + (at % 2)),
    })),
  )
  for (const { id, kind, region, overlaps } of all) {
    if (id !== 0)
      await house.owner.query('insert into territories (id, kind, code, name, parent_id) values ($1, $2, $3, $3, $4)', [
        id,
        kind,
        `${id}`,
        region,
      ])
    for (const other of overlaps.filter(o => o !== id || kind !== 'departement'))
      await house.owner.query(
        `with known as (select id from territories where id = $2)
          insert into territory_overlaps select $1, id from known on conflict do nothing`,
        [id, other],
      )
  }
  for (const { id, overlaps } of all) // those that came before their departments
    for (const other of overlaps)
      await house.owner.query('insert into territory_overlaps values ($1, $2) on conflict do nothing', [id, other])
}

before(async () => {
  house = await openHouse([])
  await layTerritories()
  const organisationId = (await house.organisation()).id
  const other = await house.person(organisationId)
  for (let p = 0; p < 25; p++) {
    const person = await house.person(organisationId)
    const held: model.Held[] = []
    for (let g = 0; g < Math.floor(random() * 5); g++) {
      const [tool, id] = [pick(random, tools), uuidv7()]
      const profile = tool === 'fiche-recrutement' ? 'consultation' : pick(random, profiles)
      const agencyId = random() < 0.3 ? uuidv7() : null
      const territories = (agencyId ? [...new Set(some(all, 3))] : [pick(random, all)]).map(t => t.id)
      if (agencyId) {
        await house.owner.query('insert into agencies (id, organisation_id, name) values ($1, $2, $3)', [
          agencyId,
          organisationId,
          agencyId,
        ])
        for (const t of territories)
          await house.owner.query('insert into agency_territories values ($1, $2)', [agencyId, t])
      }
      const [over, revoked, waits] = [random() < 0.1, random() < 0.1, random()]
      await house.owner.query(
        `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, agency_id, reason, starts_on,
          granted_at, ends_on, revoked_at) values ($1, $2, $3, $4, $5, $6, $7, 'essai', '2026-01-01', now(), $8, $9)`,
        [
          id,
          person.id,
          organisationId,
          tool,
          profile,
          agencyId ? null : territories[0],
          agencyId,
          over ? '2026-01-02' : null,
          revoked ? new Date() : null,
        ],
      )
      if (waits < 0.4)
        await house.owner.query(
          `insert into confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at, settled_at,
            settled_by, outcome, reason) values ($1, $2, $3, $4, 'wide-perimeter', $2, now(), $5, $6, $7, $8)`,
          [
            uuidv7(),
            person.id,
            organisationId,
            id,
            ...(waits < 0.2
              ? [null, null, null, null]
              : [new Date(Date.now() + 60_000), other.id, 'confirmed', 'essai']),
          ],
        )
      if (!over && !revoked && waits >= 0.2) held.push({ tool, profile, territories })
    }
    people.set(person.id, held)
    for (let n = 0; n < 40; n++)
      asked.push({
        account: person.id,
        tool: pick(random, tools),
        profile: pick(random, profiles),
        had: some(all, 2).map(t => t.id),
        added: some(all, 3).map(t => t.id),
      })
  }
})
after(() => house.close())

const answers = async (some: readonly Asked[] = asked): Promise<boolean[]> =>
  (
    await house.owner.query(
      `select ctx.widens_beyond((a ->> 'account')::uuid, a ->> 'tool', a ->> 'profile',
          array(select jsonb_array_elements_text(a -> 'had')::int), array(select jsonb_array_elements_text(a -> 'added')::int), null) as wide
        from jsonb_array_elements($1::jsonb) with ordinality x (a, n) order by n`,
      [JSON.stringify(some)],
    )
  ).rows.map(r => r.wide)
const apart = (sql: readonly boolean[], { widensBeyond }: typeof model = model, of: readonly Asked[] = asked) =>
  of.filter((one, at) => widensBeyond(people.get(one.account)!, one, all) !== sql[at])

test('SEC-6, ACC-4: what makes wide all that a person holds: the model and the database agree on every case', async () => {
  const sql = await answers()
  assert.ok(sql.length === 1000 && sql.filter(Boolean).length > 150 && sql.filter(wide => !wide).length > 150)
  assert.deepEqual(apart(sql).slice(0, 2), [])
})
test('SEC-6, ACC-4: the departments touched, what is wide and what is held: each part agrees too', async () => {
  const { rows } = await house.owner.query(
    `select ctx.is_wide(t.ids) as wide, ctx.departments_of(t.ids) as touched, ctx.width_of((a ->> 'account')::uuid,
        case when n % 2 = 0 then a ->> 'tool' end, a ->> 'profile', null) as held
      from jsonb_array_elements($1::jsonb) with ordinality x (a, n)
      cross join lateral (select array(select jsonb_array_elements_text(a -> 'added')::int) as ids) t order by n`,
    [JSON.stringify(asked)],
  )
  const sorted = (ids: readonly number[]) => ids.toSorted((a, b) => a - b)
  assert.deepEqual(
    rows.map(r => [r.wide, sorted(r.touched), sorted(r.held)]),
    asked.map(({ account, tool, profile, added }, at) => [
      model.isWide(added, all),
      sorted(model.departmentsOf(added, all)),
      sorted(model.widthOf(people.get(account)!, at % 2 === 1 ? tool : null, profile)),
    ]),
  )
})
test('SEC-6, ACC-4: the comparison fails when a clause goes, on either side', async () => {
  const parts = Array.from({ length: asked.length / 20 }, (_, n) => asked.slice(n * 20, n * 20 + 20))
  const sql = await answers()
  const file = new URL('./width.model.ts', import.meta.url)
  await eachClauseCounts<typeof model>(
    {
      file,
      parts: changed => apart(sql, changed).length > 0,
      clauses: [
        ["t.kind === 'national' || t.kind === 'region'", "t.kind === 'national'"],
        ['touched.length > 2', 'touched.length > 3'],
        [' || whole', ''],
        ['its.length > 1 && ', ''],
        ['rank(h.profile) >= rank(from)', 'true'],
        ['tool === null || ', ''],
        ['rank(profile) <= rank(asked.profile)', 'true'],
        ['...asked.had, ', ''],
        [' && departmentsOf(asked.added, all).some(d => !known.includes(d))', ''],
        ['.flatMap(t => t.overlaps)', '.map(t => t.id)'],
      ],
    },
    {
      owner: house.owner,
      parts: () => isSeenByOne(parts, async part => apart(await answers(part), model, part).length > 0),
      clauses: [
        ['ctx.is_wide(int[])', "('national', 'region')", "('national')"],
        ['ctx.is_wide(int[])', '> 2', '> 3'],
        ['ctx.is_wide(int[])', 'having count(*) > 1 and', 'having count(*) > 2 and'],
        ['ctx.is_wide(int[])', 'having count(*) > 1 and', 'having'],
        ['ctx.departments_of(int[])', 'd.id = any (territories) or', ''],
        ['ctx.departments_of(int[])', 'o.territory_id = any (territories)', 'false'],
        ['ctx.width_of(uuid,text,text,uuid)', 'and g.revoked_at is null', ''],
        ['ctx.width_of(uuid,text,text,uuid)', 'and (g.ends_on is null or', 'and (true or'],
        ['ctx.width_of(uuid,text,text,uuid)', '(of_tool is null or g.tool = of_tool) and', ''],
        ['ctx.width_of(uuid,text,text,uuid)', 'and ctx.rank(g.profile) >= ctx.rank(from_profile)', ''],
        ['ctx.width_of(uuid,text,text,uuid)', "c.outcome is distinct from 'confirmed'", 'false'],
        ['ctx.width_of(uuid,text,text,uuid)', 'coalesce(g.territory_id, y.territory_id)', 'g.territory_id'],
        ['ctx.widens_beyond(uuid,text,text,integer[],integer[],uuid)', ', (null)', ''],
        ['ctx.widens_beyond(uuid,text,text,integer[],integer[],uuid)', 'had || ', ''],
        [
          'ctx.widens_beyond(uuid,text,text,integer[],integer[],uuid)',
          'ctx.rank(l.profile) <= ctx.rank(of_profile) and',
          '',
        ],
        [
          'ctx.widens_beyond(uuid,text,text,integer[],integer[],uuid)',
          'and not ctx.departments_of(added) <@ ctx.departments_of(w.held)',
          '',
        ],
      ],
    },
  )
  assert.deepEqual(apart(await answers()), [])
})
