import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces } from '../../testing/people.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { forecastHirings } from './forecast-hirings.ts'
import { recruitments } from './index.ts'
import { layBrought, layEstablishments, layHires } from './testing-groups.ts'
import { regimes, seriesOf } from './testing-series.ts'

const [epci, departement, region] = [200000001, 2033, 1075]
const place = { regionId: region, departementId: departement, epciId: epci, clpeId: 10001 }
let house: House
let client: pg.PoolClient
let lea: Person
let stranger: Person

const months = 71
const monthOf = (at: number) => `${2021 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
const regime = (name: string) => regimes.find(one => one.name === name)!
const series = (name: string, seed: number) => seriesOf(regime(name), months, seed)
/** Two at least each month, but for February of 2022: a year of it tells no season. */
const busy = (name: string, seed: number) => series(name, seed).map((hires, at) => (at === 13 ? hires : hires + 2))
/**
 * Thirty-six hotels; as many schools, one of which is a third of them; twenty-nine shops; thirty-six bakeries of
 * twenty-nine companies; a closed hotel; a farm.
 */
const hotels = Array.from({ length: 36 }, (_, n) => ({ naf: '55.10Z', hires: busy('seasonal hotel', n) }))
const schools = Array.from({ length: 36 }, (_, n) => ({
  naf: '85.59A',
  hires: busy('school, at the start of term', 100 + n).map(hires => (n ? hires : 20 * (hires + 5))),
}))
const shops = Array.from({ length: 29 }, (_, n) => ({
  naf: '47.11F',
  hires: series('steady shop', 200 + n).map(n => n + 1),
}))
const bakeries = Array.from({ length: 36 }, (_, n) => ({
  naf: '10.71C',
  hires: busy('steady shop', 240 + n),
  ...(n < 8 ? { siret: 95000000000000 + n } : {}),
}))
const others = [
  { naf: '55.10Z', hires: busy('seasonal hotel', 300) },
  { naf: '01.21Z', hires: busy('seasonal hotel', 301) },
  { naf: '55.10Z', hires: busy('seasonal hotel', 302) },
]
const all = [...hotels, ...schools, ...shops, ...bakeries, ...others].map((one, n) => ({
  siret: 91000000000001 + 100_000 * n,
  ...one,
}))
const companyOf = (siret: number) => Math.floor(siret / 100_000)
const [closed, farm, masked] = all.slice(-3).map(one => one.siret)
const hotel = all[0]!.siret
const unknown = 97000000000001

before(async () => {
  house = await openHouse(recruitments)
  const { owner } = house
  client = await owner.connect()
  await insertPlaces(house)
  await layEstablishments(
    owner,
    all.map(({ siret, naf }) => ({ ...place, siret, naf })),
  )
  await owner.query('update establishments set active = false where siret = $1', [closed])
  await owner.query(`update establishments set diffusion = 'N' where siret = $1`, [masked])
  const laid = [...all, { siret: unknown, hires: hotels[0]!.hires }].flatMap(({ siret, hires }) =>
    hires.flatMap((n, at) => [
      ...(n > 1 ? [{ siret, month: monthOf(at), kind: 'cdd-short', hires: n - 1 } as const] : []),
      ...(n > 0 ? [{ siret, month: monthOf(at), kind: 'cdi', hires: 1 } as const] : []),
    ]),
  )
  await layHires(owner, laid)
  await layBrought(owner, '2021-01-01', '2026-11-01', '2026-11-30', '2026-12-01T03:00:00Z')
  const { id } = await house.organisation()
  const held = (territoryId: number) => ({ tool: 'fiche-recrutement', profile: 'consultation', territoryId }) as const
  lea = await house.person(id, [held(epci)])
  stranger = await house.person(id, [held(2040)])
})
after(async () => {
  client.release()
  await house.close()
})

const stored = async () =>
  (await house.owner.query('select siret, month::text, expected, silence from hiring_forecasts order by siret')).rows
const card = async (siret: number, more = '', who = lea) =>
  (await house.call(who, 'GET', `/establishments/${siretText(siret)}/recruitment${more}`)).body
const again = () => house.owner.query('truncate hiring_forecasts, hiring_forecast_runs, hiring_seasons')

test('REC-4: after an import each establishment is forecast, and what is stored is what its card tells', async () => {
  const { read, told, already } = await forecastHirings(client, { batch: 10 })
  assert.deepEqual([already, read], [false, all.length - 2], 'neither the farm, the masked, nor the unknown')
  const rows = await stored()
  assert.equal(rows.length, read)
  assert.equal(rows.filter(row => row.silence === null).length, told)
  assert.notEqual((await house.owner.query('select from hiring_seasons')).rowCount, 0)
  assert.ok(told > 25 && told < read, `${told} told`)
  for (const { siret, month, expected, silence } of rows) {
    const { forecast } = await card(siret)
    assert.deepEqual(
      [month, expected, silence],
      ['2026-11-01', forecast.three?.expected ?? null, forecast.silence],
      String(siret),
    )
    assert.equal((await card(siret, '/summary')).next?.expected ?? null, expected)
  }
  const { rowCount } = await house.owner.query(
    `select from hiring_forecasts f join establishments e using (siret) where row(f.region_id, f.departement_id, f.epci_id,
      f.clpe_id) is distinct from row(e.region_id, e.departement_id, e.epci_id, e.clpe_id)`,
  )
  assert.equal(rowCount, 0, 'each where its establishment is, by which its readers search it')
  assert.equal(rows.find(row => row.siret === closed).silence, 'closed')
  assert.deepEqual(
    [farm, masked, unknown].filter(siret => rows.some(row => row.siret === siret)),
    [],
  )
})

test('REC-4: the card tells six months, each with its interval and what the same month counted, and how often it was right', async () => {
  const told = (await stored()).find(row => row.silence === null).siret
  const { forecast } = await card(told)
  const own = all.find(one => one.siret === told)!.hires
  assert.deepEqual(
    forecast.months.map((one: { month: string }) => one.month),
    ['2026-12', '2027-01', '2027-02', '2027-03', '2027-04', '2027-05'],
  )
  assert.deepEqual(forecast.months[5].past, [
    { month: '2024-05', hires: own[40] },
    { month: '2025-05', hires: own[52] },
    { month: '2026-05', hires: own[64] },
  ])
  for (const { expected, low, high } of [...forecast.months, forecast.three])
    assert.ok(low <= expected && expected <= high)
  const mean = own.slice(-12).reduce((a, b) => a + b, 0) / 12
  assert.deepEqual(
    forecast.months.map((one: { isHigh: boolean }) => one.isHigh),
    forecast.months.map((one: { expected: number }) => one.expected >= 1.5 * mean),
  )
  const { proof, three } = forecast
  assert.deepEqual([proof.months, proof.first, proof.last], [24, '2024-12', '2026-11'])
  assert.ok(proof.error < proof.errorOfSameMonth && proof.error < proof.errorOfMean)
  assert.deepEqual([three.first, three.last], ['2026-12', '2027-02'])
  const { next } = await card(told, '/summary')
  assert.deepEqual(next, three)
})

test('REC-4: of a closed establishment, or a farm, nothing is told', async () => {
  const { forecast } = await card(closed!)
  assert.deepEqual([forecast.silence, forecast.months, forecast.three], ['closed', [], null])
  assert.equal((await card(farm!)).forecast, null)
  assert.equal((await card(farm!, '/summary')).next, null)
})

test('REC-4: stopped between two batches, it goes on and ends as if it had not been; for the same file it does nothing', async () => {
  const whole = await stored()
  await again()
  let batches = 0
  const stopping = new Proxy(client, {
    get: (target, name) =>
      name === 'query'
        ? (text: string, values?: unknown[]) => {
            if (text.includes('insert into hiring_forecasts') && ++batches === 4) throw new Error('stopped here')
            return target.query(text, values)
          }
        : Reflect.get(target, name, target),
  })
  await assert.rejects(forecastHirings(stopping, { batch: 10 }), /stopped here/)
  assert.equal((await stored()).length, 30)
  const { read } = await forecastHirings(client, { batch: 10 })
  assert.equal(read, all.length - 2 - 30)
  assert.deepEqual(await stored(), whole)
  assert.deepEqual(await forecastHirings(client), { already: true, read: 0, told: 0 })
})

test('REC-4: done again for the same month, nothing stays of who declares elsewhere since, or is in the register no more', async () => {
  const { owner } = house
  const [moved, gone] = [all[1]!.siret, all[2]!.siret]
  const left = async () => (await stored()).filter(row => [moved, gone].includes(row.siret)).map(row => row.siret)
  assert.deepEqual(await left(), [moved, gone])
  try {
    await owner.query(`update establishments set naf = '01.21Z' where siret = $1`, [moved])
    await owner.query('delete from establishments where siret = $1', [gone])
    await owner.query('delete from hiring_forecast_runs')
    assert.equal((await forecastHirings(client)).read, all.length - 4)
    assert.deepEqual(await left(), [])
  } finally {
    await owner.query(`update establishments set naf = '55.10Z' where siret = $1`, [moved])
    await layEstablishments(owner, [{ ...place, siret: gone, naf: '55.10Z' }])
    await again()
    await forecastHirings(client)
  }
})

test('REC-4: while files are brought it is refused, and changes nothing; then it goes on', async () => {
  const { owner } = house
  const runs = async () => (await owner.query('select * from hiring_forecast_runs')).rows
  const before = [await stored(), await runs()]
  await owner.query('delete from hiring_forecast_runs')
  const bringing = await owner.connect()
  try {
    await bringing.query(`select pg_advisory_lock(hashtext('hirings-import'))`)
    await assert.rejects(forecastHirings(client), { message: 'un autre import de DPAE est en cours' })
    assert.deepEqual([await stored(), await runs()], [before[0], []])
  } finally {
    await bringing.query(`select pg_advisory_unlock(hashtext('hirings-import'))`)
    bringing.release()
  }
  assert.equal((await forecastHirings(client)).already, false)
  assert.deepEqual(await stored(), before[0])
})

test('REC-4: a later file is forecast anew from its month on, and who hires no more is forgotten', async () => {
  const { owner } = house
  await layBrought(owner, '2026-12-01', '2026-12-01', '2026-12-31', '2027-01-03T03:00:00Z')
  await owner.query(`insert into hiring_forecasts (siret, month, silence) values ($1, '2026-11-01', 'few-hires')`, [
    siretOf(501),
  ])
  try {
    assert.equal((await forecastHirings(client)).already, false)
    assert.deepEqual([...new Set((await stored()).map(row => row.month))], ['2026-12-01'])
  } finally {
    await owner.query(`delete from hiring_months where month = '2026-12-01'`)
    await owner.query(`delete from hiring_files where counts -> 'days' ->> 1 = '2026-12-31'`)
    await again()
    await forecastHirings(client)
  }
})

const seasons = async () => {
  await house.owner.query('select season_hirings($1)', [[2021, 2022, 2023, 2024, 2025, 2026]])
  const { rows } = await house.owner.query<{ year: number; group: string; quarters: number[] }>(
    'select year, naf_group as "group", quarters from hiring_seasons order by 2, 1',
  )
  return rows
}
/** Counted apart: thirty companies that hired in each month, none above a tenth of it. The register hides the activity of the masked. */
const specified = () =>
  [
    ...Map.groupBy(
      all.filter(one => one.siret !== masked),
      one => one.naf.slice(0, 4),
    ),
  ]
    .filter(([group]) => group !== '01.2')
    .flatMap(([group, members]) =>
      [2021, 2022, 2023, 2024, 2025].flatMap(year => {
        const companies = [...Map.groupBy(members, m => companyOf(m.siret)).values()]
        const each = Array.from({ length: 12 }, (_, month) =>
          companies.map(own => own.reduce((sum, m) => sum + m.hires[(year - 2021) * 12 + month]!, 0)),
        )
        const sums = each.map(hires => hires.reduce((a, b) => a + b, 0))
        const whole = sums.reduce((a, b) => a + b, 0)
        const told = each.every(
          (hires, month) => hires.filter(n => n > 0).length >= 30 && 10 * Math.max(...hires) <= sums[month]!,
        )
        return told ? [{ year, group, quarters: sums.map(n => Math.round((48 * n) / whole)) }] : []
      }),
    )
    .toSorted((a, b) => a.group.localeCompare(b.group) || a.year - b.year)

test('REC-4, SEC-6: a group has a season where thirty companies hired in each month and none made over a tenth of it, in whole years', async () => {
  const { owner } = house
  const wanted = specified()
  assert.deepEqual(await seasons(), wanted)
  assert.deepEqual(
    [...new Set(wanted.map(one => one.group))],
    ['55.1'],
    'one school is too large, shops and bakers too few',
  )
  assert.ok(wanted.length >= 3 && wanted.some(one => one.quarters[6]! > 6), JSON.stringify(wanted))
  for (const [from, to] of [
    ['count(*) >= 30', 'count(*) >= 29'],
    ['10 * max(hires) <= sum(hires)', 'true'],
    ['h.month, e.siren, sum(h.hires) as hires', 'h.month, h.siret, sum(h.hires) as hires'],
    ['48 * hires', '24 * hires'],
  ] as const)
    await withFunctionChanged(owner, 'season_hirings(integer[])', from, to, async () =>
      assert.notDeepEqual(await seasons(), wanted, from),
    )
  await owner.query(`update hiring_months set brought_at = '2025-12-28T08:00:00Z'`)
  assert.deepEqual(
    (await seasons()).filter(one => one.year === 2025),
    [],
    'December may still grow',
  )
  await owner.query(`update hiring_months set brought_at = '2026-12-01T08:00:00Z'`)
})

test('REC-4, SEC-6: all others known, a season says of one company no month nearer than two and a half of its own', async () => {
  const told = await seasons()
  assert.notEqual(told.length, 0)
  for (const { year, group, quarters } of told) {
    const members = all.filter(one => one.naf.startsWith(group) && one.siret !== masked)
    const of = (hires: readonly number[]) => hires.slice((year - 2021) * 12, (year - 2020) * 12)
    const sum = (hires: readonly number[]) => hires.reduce((a, b) => a + b, 0)
    const whole = sum(members.map(one => sum(of(one.hires))))
    assert.equal(quarters.length, 12)
    // What a quarter stands for, in hires of a month, beside the mean month of the largest.
    for (const own of Map.groupBy(members, one => companyOf(one.siret)).values())
      assert.ok(whole / 48 >= (2.5 * sum(own.map(one => sum(of(one.hires))))) / 12 - 1e-9)
  }
})

test('REC-4, SEC-6: the forecast is refused with the card; asked straight, the season is told to who reads the card alone', async () => {
  for (const more of ['', '/summary']) {
    const outside = await card(hotel, more, stranger)
    assert.deepEqual([outside.code, outside.forecast, outside.next], ['access/outside-perimeter', undefined, undefined])
  }
  const straight = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.first(sql<{ n: number }>`select count(*)::int as n from hiring_seasons_at(${hotel})`))!.n
    } finally {
      await tx.rollback()
    }
  }
  assert.ok((await straight(lea)) > 0)
  for (const who of [stranger, null]) assert.equal(await straight(who), 0)
})
