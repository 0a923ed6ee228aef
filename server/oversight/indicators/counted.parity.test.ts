import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, type Sight, sightsOf, someoneDisagrees, withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, places, seededRandom, somePlace } from '../../testing/people.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { indicators } from './index.ts'
import { type CampaignDay, mayCountCampaign, mayCountContact } from './indicators.model.ts'

const random = seededRandom(1220)
const [early, late] = ['2026-03-10', '2026-05-10'] // a structure leaves between, or comes
type Row = TerritoryLine & { readonly id: string; readonly campaign: CampaignDay }
let house: House
const rows: Row[] = []
let hashes: Buffer[]

before(async () => {
  house = await openHouse(indicators)
  await insertPlaces(house)
  await house.owner.query(
    'insert into territory_overlaps values (1075, 2033), (2033, 1075), (2033, 2033), (1075, 1075)',
  )
  const made = []
  for (const kind of ['epci', 'plie', 'mission-locale', 'operateur', 'operateur'])
    made.push({ id: (await house.organisation({ kind })).id, kind })
  const [one, two, , operator, sister] = made.map(({ id }) => id) as [string, string, string, string, string]
  const author = await house.person(one, [])
  hashes = [
    ...(await peopleOfAllKinds(
      house,
      made.map(({ id }) => id),
      70,
      random,
    )),
    ...(
      await Promise.all(
        [operator, sister, one, two].map(id =>
          house.person(id, [
            { tool: 'campagnes', profile: 'consultation', territoryId: id === operator ? 0 : 1075 },
            { tool: 'fiche-etablissement', profile: 'consultation', territoryId: id === one ? 0 : 2033 },
          ]),
        ),
      )
    ).map(({ cookie }) => tokenHash(cookie.slice('session='.length))),
  ]
  const everyone = [
    [one, two],
    [one, operator],
    [operator, sister],
    [one, two, operator],
    [two],
    [one, two],
    [two, one],
    [operator, two, one],
    [one, operator, two],
  ]
  for (const [n, memberIds] of everyone.entries()) {
    const draft = n === 5
    const campaign = aCampaign({
      status: draft ? 'draft' : 'open',
      pilotId: memberIds[0]!,
      memberIds,
      territoryId: n === 0 ? 0 : n === 3 || n > 6 ? 1075 : pick(random, [...places.regions, ...places.departements]),
      createdAt: '2026-01-05T08:00:00Z',
      openedAt: draft ? null : '2026-01-10T08:00:00Z',
    })
    await insertCampaigns(house.owner, [campaign], author.id)
    const leaver = n % 2 ? null : memberIds.at(-1)!
    if (leaver && leaver !== memberIds[0]) {
      await house.owner.query('delete from campaign_members where campaign_id = $1 and organisation_id = $2', [
        campaign.id,
        leaver,
      ])
      await house.owner.query(
        `update campaign_memberships set left_at = '2026-04-10T08:00:00Z'
        where campaign_id = $1 and organisation_id = $2`,
        [campaign.id, leaver],
      )
    }
    const latecomer = n === 3 || n === 7 ? memberIds[1] : null
    await house.owner.query(
      `update campaign_memberships set joined_at = '2026-04-10T08:00:00Z'
        where campaign_id = $1 and organisation_id = $2`,
      [campaign.id, latecomer],
    )
    const stays = memberIds.filter(id => id !== leaver || id === memberIds[0])
    for (const day of [early, late]) {
      const place = n === 3 || n > 6 ? { ...somePlace(random), departementId: 2033 } : somePlace(random)
      const there = day === early ? memberIds.filter(id => id !== latecomer) : stays
      rows.push({
        id: `${campaign.id} ${day}`,
        ...place,
        campaign: {
          territoryId: campaign.territory.id,
          draft,
          members: there.map(id => ({ organisationId: id, partner: id !== operator && id !== sister })),
          memberIds: stays,
        },
      })
      await insertExchange(
        house.owner,
        anExchange({
          siret: 31000000000001,
          organisationId: one,
          authorId: author.id,
          campaignId: campaign.id,
          occurredOn: day,
          ...place,
        }),
      )
    }
  }
})
after(() => house.close())

const look = (counted: (day: RawBuilder<unknown>, campaign: RawBuilder<unknown>) => RawBuilder<unknown>) => {
  const [day, campaign] = [sql`split_part(r.id, ' ', 2)::date`, sql`split_part(r.id, ' ', 1)::uuid`]
  return (some: readonly Buffer[]): Promise<Sight[]> =>
    sightsOf(
      house.database,
      some,
      sql<{ id: string }>`select r.id from unnest(${rows.map(({ id }) => id)}::text[]) r (id)
        where (select value from ${counted(day, campaign)} where part is null) > 0`,
    )
}
const figures = [
  {
    name: 'campaigns',
    see: look((day, campaign) => sql`count_shared_campaigns(${day}, ${day}, null, null, ${campaign})`),
    may: (viewer: Viewer, row: Row) => mayCountCampaign(viewer, row.campaign),
  },
  {
    name: 'establishments',
    see: look((day, campaign) => sql`count_reached(${day}, ${day}, null, null, null, null, ${campaign}, false)`),
    may: mayCountContact,
  },
] as const

for (const { name, see, may } of figures)
  test(`IND-3, IND-4, IND-6, SEC-6: ${name} counted: the policy and the database agree on every pair, and not when a clause goes`, async () => {
    const seen = await see(hashes)
    const readers = hashes.toReversed() // those made to tell come first
    assert.deepEqual(disagreements(seen, rows, may), [])
    for (const operator of [true, false])
      assert.ok(seen.some(({ viewer, ids }) => ids.size && (viewer.organisationKind === 'operateur') === operator))
    const loose = (over: (row: Row) => Partial<CampaignDay>) => (viewer: Viewer, row: Row) =>
      may(viewer, { ...row, campaign: { ...row.campaign, ...over(row) } })
    for (const [clause, mutant] of Object.entries({
      'a draft': loose(() => ({ draft: false })),
      'the territory': loose(() => ({ territoryId: 0 })),
      'members of the day': loose(({ campaign }) => ({
        members: campaign.memberIds.map(id => ({ organisationId: id, partner: true })),
      })),
      'members now': loose(() => ({ memberIds: [] })),
      'the operator': (viewer: Viewer, row: Row) => may({ ...viewer, organisationKind: 'autre' }, row),
      'a partner': (viewer: Viewer, row: Row) => may({ ...viewer, organisationKind: 'operateur' }, row),
      'the card': (viewer: Viewer, row: Row) => may(viewer, { ...row, departementId: 2033 }),
    })) {
      if (clause === 'the card' && name === 'campaigns') continue
      assert.notEqual(disagreements(seen, rows, mutant).length, 0, clause)
    }
    const changes = [
      ['ctx.counted_campaigns()', `o.kind = 'operateur'`, 'false'],
      ['ctx.counted_campaigns()', 'c.territory_id = any (touched)', 'true'],
      ['ctx.counted_campaigns()', 'else p.days end', `else '{(,)}'::datemultirange end`],
      ...(name === 'establishments'
        ? [
            ['ctx.counted_campaigns()', `c.status <> 'draft'`, 'true'],
            ['ctx.summed_perimeter()', `o.kind = 'operateur'`, 'true'],
            ['ctx.summed_perimeter()', ` where g.tool = 'campagnes'`, ''],
            ['count_reached(date, date, date, date, uuid, int, uuid, boolean)', 'x.region_id = any (summed)', 'true'],
            [
              'count_reached(date, date, date, date, uuid, int, uuid, boolean)',
              'x.departement_id = any (fiche)',
              'true',
            ],
            [
              'count_reached(date, date, date, date, uuid, int, uuid, boolean)',
              'operator(pg_catalog.<@) c.own',
              `is not null`,
            ],
            [
              'count_reached(date, date, date, date, uuid, int, uuid, boolean)',
              'operator(pg_catalog.<@) c.days',
              `is not null`,
            ],
          ]
        : [
            ['ctx.counted_campaigns()', `o.kind = 'operateur'`, 'true'],
            [
              'count_shared_campaigns(date, date, uuid, int, uuid)',
              `case when c.everywhere then '{(,)}' else c.own end`,
              `'{(,)}'::datemultirange`,
            ],
          ]),
    ] as [string, string, string][]
    for (const [changed, from, to] of changes)
      await withFunctionChanged(house.owner, changed, from, to, async () =>
        assert.ok(await someoneDisagrees(readers, see, rows, may), `${changed}: ${from} → ${to}`),
      )
  })

test('IND-6, SEC-6: a context that nobody entered counts nothing', async () => {
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const { rows: operators } = await house.owner.query(`select id from organisations where kind = 'operateur'`)
  const counted = async () => {
    await web.query('begin')
    for (const [name, value] of [
      ['ctx.level', '2'],
      ['ctx.organisation', operators[0].id],
      ['ctx.campagnes', '{0}'],
      ['ctx.fiche', '{0}'],
    ])
      await web.query('select set_config($1, $2, true)', [name, value])
    const { rows: sums } = await web.query(`select
      (select sum(value)::int from count_shared_campaigns('2026-01-01', '2026-12-31', null, null, null)) as campaigns,
      (select sum(value)::int from count_reached('2026-01-01', '2026-12-31', null, null, null, null, null, false)) as reached`)
    await web.query('rollback')
    return sums[0]
  }
  try {
    assert.deepEqual(await counted(), { campaigns: 0, reached: 0 })
    await withFunctionChanged(house.owner, 'ctx.counted_campaigns()', 'if not ctx.ok() or', 'if', async () =>
      assert.ok((await counted()).campaigns > 0, 'the clause'),
    )
  } finally {
    await web.end()
  }
})
