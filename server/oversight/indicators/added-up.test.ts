import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertPlaces, pick, seededRandom } from '../../testing/people.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import { indicators } from './index.ts'
import { countFigure, type Filter } from './indicators.queries.ts'
import { recountReached } from './testing.ts'

const random = seededRandom(721)
const some = (most: number) => Math.floor(random() * most)
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
let house: House
let people: Person[]
const rights = (territoryId: number) =>
  [
    { tool: 'campagnes', profile: 'conseiller', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const
before(async () => {
  house = await openHouse(indicators)
  await insertPlaces(house)
  const [one, two, operator] = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation({ kind: 'operateur' }),
  ]
  people = [
    await house.person(one.id, [...rights(2033)]),
    await house.person(one.id, [...rights(2040)]),
    await house.person(two.id, [...rights(1075)]),
    await house.person(operator.id, [...rights(0)]),
    await house.person(two.id, [{ profile: 'consultation', territoryId: 2033 }]),
  ]
  const campaigns = Array.from({ length: 12 }, (_, n) =>
    aCampaign({
      status: 'open',
      territoryId: pick(random, [2033, 2040, 1075, 0]),
      pilotId: pick(random, [one.id, two.id]),
      memberIds: [one.id, two.id, operator.id].filter(() => random() < 0.6),
      purpose: n % 3 ? 'prospection' : 'fidelisation',
      openedAt: `${dayOf(some(100))}T08:00:00Z`,
    }),
  )
  await insertCampaigns(house.owner, campaigns, people[0]!.id)
  const talks = Array.from({ length: 900 }, () => ({
    siret: 31000000000000 + some(150),
    departement: pick(random, [2033, 2040]),
    campaign: random() < 0.9 ? pick(random, campaigns).id : null,
    author: some(4),
    day: dayOf(some(200)),
    reached: random() < 0.7,
    status: random() < 0.9 ? 'recorded' : 'cancelled',
  })).map(talk => ({ ...talk, author: people[talk.author]!.id, organisation: people[talk.author]!.organisationId }))
  await house.owner.query(
    `insert into exchanges (id, siret, region_id, departement_id, campaign_id, organisation_id, author_id, occurred_on,
      reached, visibility, status, recorded_at)
    select gen_random_uuid(), siret, 1075, departement, campaign, organisation, author, day, reached, 'reseau', status,
      now()
    from jsonb_to_recordset($1) as t (siret bigint, departement int, campaign uuid, organisation uuid, author uuid,
      day date, reached boolean, status text)`,
    [JSON.stringify(talks)],
  )
})
after(() => house.close())

const use = () => ({
  account: some(people.length),
  tool: pick(random, ['campagnes', 'fiche-etablissement']),
  kind: pick(random, ['sessions', 'recherches']),
  day: dayOf(some(200)),
  count: 1 + some(5),
  perimeter: pick(random, [0, 2033, 2040]),
})
const write = (uses: readonly ReturnType<typeof use>[]) =>
  house.owner.query(
    `insert into usage_days as d (account_id, organisation_id, tool, kind, day, count, perimeter)
  select account, min(organisation::text)::uuid, tool, kind, day, sum(count), array[min(perimeter)]
    from jsonb_to_recordset($1) as u (account uuid, organisation uuid, tool text, kind text, day date, count int,
    perimeter int) group by account, tool, kind, day order by 1, 3, 4, 5
  on conflict (account_id, tool, kind, day) do update set count = d.count + excluded.count`,
    [
      JSON.stringify(
        uses.map(one => ({
          ...one,
          account: people[one.account]!.id,
          organisation: people[one.account]!.organisationId,
        })),
      ),
    ],
  )
const differing = async () =>
  (
    await house.owner.query(`
  select * from (select organisation_id, date_trunc('month', day)::date as month, account_id, tool, kind,
    sum(count) as count from usage_days group by 1, 2, 3, 4, 5) d
  full join (select * from usage_months) m using (organisation_id, month, account_id, tool, kind)
    where d.count is distinct from m.count`)
  ).rows

test('IND-2: the months are those of the days, whoever writes, adds, corrects or takes away, and at once', async () => {
  for (let round = 0; round < 6; round++) {
    await Promise.all([write(Array.from({ length: 60 }, use)), write(Array.from({ length: 60 }, use)), write([use()])])
    await house.owner.query(`update usage_days set count = count + 2 where day = $1`, [dayOf(some(200))])
    await house.owner.query(`update usage_days set organisation_id = $2 where day = $1`, [
      dayOf(some(200)),
      people[some(3)]!.organisationId,
    ])
    await house.owner.query('delete from usage_days where day between $1 and $2', [
      dayOf(10 * round),
      dayOf(10 * round + 1),
    ])
    assert.deepEqual(await differing(), [], `round ${round}`)
  }
  assert.ok((await house.owner.query('select count(*)::int as n from usage_months')).rows[0].n > 50)
  // One that dies half-way leaves neither.
  await assert.rejects(
    house.owner.query(
      `begin; insert into usage_days select account_id, organisation_id, tool, kind, day + 1000, 1, '{}' from usage_days
        limit 5; select 1 / 0; commit`,
    ),
  )
  await house.owner.query('rollback')
  assert.deepEqual(await differing(), [])
})

/** Counted one by one, as the definitions say it, under the same rights. */
const direct = (
  code: 'conseillers-utilisateurs' | 'usage',
  { from, to, organisation, territory, campaign }: Filter,
): RawBuilder<{ part: string | null; value: number }> => {
  const touched = sql`(0 = any (d.perimeter)
    or exists (select from territory_overlaps v where v.territory_id = ${territory ?? 0}
    and v.other_id = any (d.perimeter)))`
  const uses = sql`(select d.* from usage_days d join organisations o on o.id = d.organisation_id
    where o.kind <> 'operateur' and d.day between ${from}::date
    and ${to}::date ${organisation ? sql`and d.organisation_id = ${organisation}::uuid` : sql``}
    ${territory ? sql`and ${touched}` : sql``} ${
      campaign
        ? sql`and exists (select from campaign_memberships m where m.campaign_id = ${campaign}::uuid
      and m.organisation_id = d.organisation_id and d.day <@ m.days)`
        : sql``
    }) d`
  if (code === 'conseillers-utilisateurs')
    return sql`select tool as part, count(distinct account_id) as value from ${uses}
      group by grouping sets ((tool), ())`
  return sql`select tool || '.' || kind as part, sum(count)::bigint as value from ${uses} group by tool, kind
      union all select null, coalesce(sum(count) filter (where kind <> 'sessions'), 0)::bigint from ${uses}`
}
test('IND-2: writings at once, some of new days and some of known ones, never wait for each other in a ring', async () => {
  // Two months: one writes a new day of the first and a known one of the second, the other the reverse.
  const known = { tool: 'campagnes', kind: 'recherches', count: 1, perimeter: 0, account: 0 }
  for (let round = 1; round <= 60; round++) {
    await house.owner.query(`delete from usage_days where day >= '2027-01-01'`)
    await write([
      { ...known, day: '2027-01-02' },
      { ...known, day: '2027-02-02' },
    ])
    await Promise.all([
      write([
        { ...known, day: '2027-01-03' },
        { ...known, day: '2027-02-02' },
      ]),
      write([
        { ...known, day: '2027-01-02' },
        { ...known, day: '2027-02-03' },
      ]),
      write([
        { ...known, day: '2027-01-04' },
        { ...known, day: '2027-02-02' },
      ]),
      write([
        { ...known, day: '2027-01-02' },
        { ...known, day: '2027-02-04' },
      ]),
    ])
  }
  assert.deepEqual(await differing(), [])
})
test('IND-1: who did nothing in a month, all taken away, is not counted in it', async () => {
  const [one] = people
  await house.owner.query('delete from usage_days')
  await write([
    { ...use(), account: 0, day: '2026-02-10' },
    { ...use(), account: 0, day: '2026-03-10' },
  ])
  await house.owner.query(`delete from usage_days where day = '2026-02-10'`)
  const { body } = await house.call(one!, 'GET', '/indicators?from=2026-02-01&to=2026-02-28')
  assert.deepEqual(
    body.items.slice(0, 2).map((i: any) => i.value),
    [0, 0],
  )
  await write(Array.from({ length: 400 }, use))
})
test('IND-1, IND-2, IND-4: for each person, period and filter the figures are those that one would count one by one', async () => {
  const { rows: campaigns } = await house.owner.query('select id from campaigns')
  let [compared, counted] = [0, 0]
  for (const person of people)
    for (let n = 0; n < 40; n++) {
      const start = some(200)
      const filter: Filter = {
        from: dayOf(start),
        to: dayOf(start + some(200)),
        ...(random() < 0.5 ? { today: dayOf(200) } : {}),
        ...(random() < 0.25 ? { organisation: pick(random, people).organisationId } : {}),
        ...(random() < 0.25 ? { territory: pick(random, [0, 2033, 2040]) } : {}),
        ...(random() < 0.25 ? { campaign: pick(random, campaigns).id } : {}),
      }
      await house.database.transaction(async tx => {
        await tx.enter(tokenHash(person.cookie.slice('session='.length)))
        for (const code of ['conseillers-utilisateurs', 'usage', 'etablissements'] as const) {
          const told = (figure: Iterable<readonly [string | null, number]>) =>
            [...figure]
              .map(([part, value]) => [part ?? '', Number(value)] as const)
              .filter(([, value]) => value)
              .sort()
          const figure = await countFigure(tx, code, 2, filter)
          const expected =
            code === 'etablissements'
              ? [...(await recountReached(house.owner, person.id, filter))].map(([part, value]) => ({ part, value }))
              : await tx.all(direct(code, filter))
          assert.deepEqual(
            told(figure),
            told(expected.map(({ part, value }) => [part, value] as const)),
            `${code} ${JSON.stringify(filter)}`,
          )
          compared++
          counted += figure.get(null) ? 1 : 0
        }
      })
    }
  assert.ok(counted > compared / 3, `${counted} of ${compared} figures are not nought`)
})
