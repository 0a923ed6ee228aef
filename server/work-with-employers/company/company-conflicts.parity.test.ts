import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { importChanged, withFunctionChanged } from '../../testing/parity.ts'
import { seededRandom } from '../../testing/people.ts'
import { aCampaign, insertCampaigns } from '../campaigns/testing.ts'
import * as model from './company-conflicts.model.ts'

const random = seededRandom(412)
const dayOf = (n: number) => new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10)
const among = (n: number) => Math.floor(random() * n)
/** Few companies of few shops: holds and contacts meet often. The last two companies are neighbours by number. */
const sirets = Array.from({ length: 48 }, (_, i) => (920_000_000 + Math.floor(i / 4)) * 100_000 + (i % 4) + 1)
let house: House
let holds: model.Hold[]
let contacts: model.Contact[]
let weighings: (model.Weighing & { readonly siret: number })[]

before(async () => {
  house = await openHouse([])
  const organisations = await Promise.all([1, 2, 3].map(() => house.organisation()))
  const author = await house.person(organisations[0]!.id, [])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  const campaigns = Array.from({ length: 8 }, () =>
    aCampaign({ pilotId: organisations[among(3)]!.id, territoryId: 2033, status: 'open' }),
  )
  await insertCampaigns(house.owner, campaigns, author.id)
  // Some closings are announced, one of them for a former last day.
  const closings = [null, dayOf(21), null, dayOf(36), null, null]
  for (const [i, closesOn] of [...closings.entries(), [4, dayOf(90)] as const])
    if (closesOn)
      await house.owner.query(
        `update campaigns set starts_on = '2026-12-01', ends_on = '2026-12-31', closes_on = $2,
          closes_for = date '2026-12-31' - $3::int where id = $1`,
        [campaigns[i]!.id, closesOn, i === 4 ? 1 : 0],
      )
  holds = sirets.flatMap(siret =>
    random() < 0.25
      ? campaigns.slice(0, 6).flatMap(({ id, pilot }, i) =>
          random() < 0.35
            ? [
                {
                  siret,
                  campaignId: id,
                  pilotId: pilot.id,
                  from: dayOf(i * 10),
                  until: dayOf(i * 10 + 3 + among(6)),
                  closesOn: closings[i] ?? null,
                },
              ]
            : [],
        )
      : [],
  )
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period)
      select "campaignId", siret, daterange("from", "until", '[]') from jsonb_to_recordset($1)
        as h ("campaignId" uuid, siret bigint, "from" date, "until" date)`,
    [JSON.stringify(holds)],
  )
  // No two of a company on one day: which of two is the latest is not what is compared.
  contacts = sirets.flatMap((siret, i) =>
    Array.from({ length: 1 + among(4) }, (_, n) => ({
      siret,
      campaignId: random() < 0.5 ? campaigns[among(8)]!.id : null,
      organisationId: organisations[among(3)]!.id,
      occurredOn: dayOf((i % 4) * 3 + n * 13),
      recorded: random() < 0.6,
    })),
  )
  await house.owner.query(
    `insert into exchanges (id, siret, campaign_id, organisation_id, author_id, occurred_on, recorded_at, status, reached, visibility,
        version)
      select gen_random_uuid(), siret, "campaignId", "organisationId", $2, "occurredOn", now(),
        case when recorded then 'recorded' else 'cancelled' end, true, 'reseau', 1
      from jsonb_to_recordset($1) as x (siret bigint, "campaignId" uuid, "organisationId" uuid, "occurredOn" date, recorded boolean)`,
    [JSON.stringify(contacts), author.id],
  )
  weighings = sirets.flatMap(siret =>
    [0, 1, 2, 3, 4, 5, 6, 7].map(i => {
      const start = among(60)
      return {
        siret,
        campaignId: i < 7 ? campaigns[i]!.id : uuidv7(),
        startsOn: dayOf(start),
        endsOn: dayOf(start + among(12)),
        contactedAfter: dayOf(among(30)),
        today: dayOf(among(60)),
      }
    }),
  )
})
after(() => house.close())

const words = (rows: readonly model.Beside[]) =>
  rows
    .map(({ againstId, on }) => `${againstId} ${on}`)
    .sort()
    .join(', ')
const inSql = async () =>
  (
    await house.owner.query<{ said: string }>(
      `select coalesce(string_agg(b.against_id || ' ' || b.on_date, ', ' order by (b.against_id || ' ' || b.on_date) collate "C"), '') as said
        from rows from (jsonb_to_recordset($1) as (siret bigint, "campaignId" uuid, "startsOn" date, "endsOn" date,
          "contactedAfter" date, today date)) with ordinality w (siret, "campaignId", "startsOn", "endsOn",
          "contactedAfter", today, n)
        left join lateral ctx.beside(w.siret, w."campaignId", daterange(w."startsOn", w."endsOn", '[]'), w."contactedAfter",
          w.today) b on true
        group by n order by n`,
      [JSON.stringify(weighings)],
    )
  ).rows.map(({ said }) => said)
const inTypeScript = ({ conflictsBeside }: typeof model = model) =>
  weighings.map(one => words(conflictsBeside(one.siret, one, holds, contacts)))

test('EST-12, CAM-3: what stands next door: the rule and the database agree on every target, and not when a clause goes', async () => {
  const sql = await inSql()
  const expected = inTypeScript()
  assert.equal(sql.length, expected.length)
  const parted = sql.flatMap((said, i) =>
    said === expected[i] ? [] : [{ ...weighings[i], said, expected: expected[i] }],
  )
  assert.deepEqual(parted.slice(0, 2), [])
  const found = sql.filter(Boolean).length
  assert.ok(found > sql.length * 0.15 && found < sql.length * 0.97, `${found} of ${sql.length}`)
  for (const [from, to] of [
    ['row.siret !== siret &&', ''],
    ['sirenOf(row.siret) === sirenOf(siret)', 'true'],
    ['hold.campaignId !== campaignId &&', ''],
    ['hold.from <= addDays(endsOn, 15)', 'hold.from < addDays(endsOn, 15)'],
    ['addDays(endsOn, 15)', 'endsOn'],
    [
      'heldUntil(hold, later(today, addDays(hold.until, 1))) >= startsOn',
      'heldUntil(hold, later(today, addDays(hold.until, 1))) > startsOn',
    ],
    ['later(today, addDays(hold.until, 1))', 'today'],
    ['later(today, weighing.startsOn)', 'today'],
    ['until >= today', 'until > today'],
    ['until >= today', 'true'],
    ['closesOn ??', ''],
    ['addDays(until, 15)', 'addDays(until, 14)'],
    ['closes > today ? closes : today', 'closes'],
    ['row.recorded &&', ''],
    ['row.campaignId !== campaignId &&', ''],
    ['row.occurredOn > contactedAfter', 'row.occurredOn >= contactedAfter'],
    ['if (held.length)', 'if (held.length > 1)'],
  ] as const) {
    const changed = await importChanged<typeof model>(
      new URL('./company-conflicts.model.ts', import.meta.url),
      from,
      to,
    )
    const other = inTypeScript(changed)
    assert.ok(
      sql.some((said, i) => said !== other[i]),
      from,
    )
  }
  for (const [from, to] of [
    ['and h.siret <> of_siret', ''],
    ['and h.campaign_id <> campaign', ''],
    [' and ctx.held_over(h.period, h.campaign_id, of_days, on_day)', ''],
    ['greatest(on_day, lower(of_days))', 'on_day'],
    ['not exists (select from held) and', ''],
    ['and x.campaign_id is distinct from campaign', ''],
    [`and x.status = 'recorded'`, ''],
    ['of_siret / 100000 * 100000 + 99999 and h.siret', '99999999999999 and h.siret'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.beside(bigint, uuid, daterange, date, date)', from, to, async () =>
      assert.ok(
        (await inSql()).some((said, i) => said !== expected[i]),
        from,
      ),
    )
  for (const [signature, from, to] of [
    ['ctx.held_until(daterange, uuid, date)', 'upper(period) > on_day', 'upper(period) >= on_day'],
    ['ctx.held_until(daterange, uuid, date)', ' and c.closes_for = c.ends_on', ''],
    ['ctx.held_until(daterange, uuid, date)', 'greatest(on_day, ', '('],
    ['ctx.held_over(daterange, uuid, daterange, date)', 'greatest(on_day, upper(period))', 'on_day'],
    ['ctx.held_over(daterange, uuid, daterange, date)', 'greatest(on_day, upper(period))', 'upper(period)'],
    ['ctx.held_over(daterange, uuid, daterange, date)', 'upper(days) + 15', 'upper(days)'],
    ['ctx.held_over(daterange, uuid, daterange, date)', 'upper(days) + 15', 'upper(days) + 14'],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.ok(
        (await inSql()).some((said, i) => said !== expected[i]),
        `${signature}: ${from}`,
      ),
    )
})

for (const [what, today, closesOn, startsOn, stands] of [
  ['before its last day, for the days to its closing', '2027-01-05', null, '2027-02-01', true],
  ['before its last day, for days after its closing', '2027-01-05', null, '2027-02-02', false],
  ['the day after', '2027-01-18', null, '2027-01-18', true],
  ['for days to its closing', '2027-01-18', '2027-01-26', '2027-01-26', true],
  ['for days after its closing', '2027-01-18', '2027-01-26', '2027-01-27', false],
  ['late, not closed yet', '2027-03-01', '2027-01-26', '2027-03-01', true],
] as const)
  test(`CAM-3: ${what}, what a campaign holds to 17 January ${stands ? 'stands' : 'is in nobody’s way'}`, () => {
    const hold = { from: '2027-01-01', until: '2027-01-17', closesOn }
    assert.equal(model.heldOver(hold, { startsOn, endsOn: '2027-04-01', today }), stands)
  })

for (const [what, endsOn, stands] of [
  ['whose fifteen days end the day before', '2026-12-16', false],
  ['whose fifteen days reach its first day', '2026-12-17', true],
] as const)
  test(`CAM-3: what a campaign holds from 1 January ${stands ? 'stands in the way of' : 'leaves alone'} one ${what}`, () => {
    const hold = { from: '2027-01-01', until: '2027-01-17', closesOn: null }
    assert.equal(model.heldOver(hold, { startsOn: '2026-12-01', endsOn, today: '2026-11-25' }), stands)
  })
