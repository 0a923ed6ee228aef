import type pg from 'pg'
import { silences } from '../contract/territory-and-register/recruitments.ts'
import { forecastHirings } from '../server/territory-and-register/recruitments/forecast-hirings.ts'
import {
  forecastOf,
  monthsRead,
  type Proof,
  pastOf,
} from '../server/territory-and-register/recruitments/forecast-proof-rules.ts'
import {
  groupKey,
  nextHirers,
  readBroughtMonths,
  readForecastRun,
  readSeasons,
} from '../server/territory-and-register/recruitments/forecasts.queries.ts'
import { groupOf, monthAt, numberOf } from '../server/territory-and-register/recruitments/recruitment-rules.ts'

/**
 * The six years before the file, as counts alone: what is left of files whose lines are dropped. Each establishment hires
 * as in the file, with chance around it.
 */
export const layYearsBefore = async (owner: pg.Client, sirets: readonly string[], lines: number): Promise<void> => {
  await owner.query('select setseed(0.5)')
  await owner.query(
    `insert into hirings_by_month (siret, month, kind, hires)
    select siret, month, kind, hires from (
      select siret, m::date as month, kind, greatest(0, round(random_normal(mean, sqrt(mean))))::int as hires
      from unnest($1::bigint[]) with ordinality x (siret, n),
        generate_series(date '2019-11-01', date '2025-10-01', interval '1 month') m,
        (values ('cdi', 0.3), ('cdd-short', 0.7)) k (kind, part),
        lateral (select part / 12 * $2::float8 / (3 * $3::float8) * ((n - 0.5) / $3::float8) ^ (-2 / 3::float8)
          * case when n % 2 = 1 then 1 when extract(month from m) between 6 and 9 then 2 else 0.5 end as mean) y) z
    where hires > 0 order by 1, 2, 3`,
    [sirets, lines, sirets.length],
  )
  await owner.query(
    `insert into hiring_months (month, brought_at) select m, '2025-11-02T03:00:00Z'
      from generate_series(date '2019-11-01', date '2025-10-01', interval '1 month') m on conflict do nothing`,
  )
  await owner.query('analyze')
  await owner.query('select compare_hirings(array[2020, 2021, 2022, 2023, 2024, 2025])')
}

const most = 20_000
/** Writes the forecasts of all; then tells the back-test of as many establishments as a minute or so allows. */
export const tellBackTest = async (owner: pg.Client, say: (line: string) => void): Promise<void> => {
  const start = performance.now()
  const counts = await forecastHirings(owner)
  const took = (performance.now() - start) / 1000
  say(
    `\nforecasts of ${counts.read.toLocaleString('en')} establishments in ${took.toFixed(1)} s, told of ${counts.told.toLocaleString('en')}`,
  )
  const last = numberOf((await readForecastRun(owner))!.month!)
  const [brought, seasons] = [new Set((await readBroughtMonths(owner)).map(numberOf)), await readSeasons(owner)]
  const day = (month: number) => `${monthAt(month)}-01`
  const hirers = await nextHirers(owner, { after: 0, first: day(last - monthsRead + 1), last: day(last), limit: most })
  const silent = new Map<string, number>()
  const [compared, told] = [[], []] as [Proof[], Proof[]]
  for (const { active, naf, nomenclature, months, hires } of hirers.filter(one => one.active !== null)) {
    const past = pastOf(
      months.map((month, at) => ({ month, hires: hires[at]! })),
      brought,
      last,
    )
    const { silence, proof } = forecastOf(
      { active: active!, past },
      last,
      seasons.get(groupKey(nomenclature, groupOf(naf) ?? '')) ?? [],
    )
    if (silence) silent.set(silence, (silent.get(silence) ?? 0) + 1)
    if (!proof) continue
    compared.push(proof)
    if (!silence) told.push(proof)
  }
  say(
    `back-test of ${hirers.length.toLocaleString('en')}, ${seasons.size} groups with a season; silent: ${silences.map(one => `${one} ${silent.get(one) ?? 0}`).join(', ')}\n\n| back-test | establishments | months | distance: forecast | same month | mean of twelve | ratio to the better | in the interval | high months announced, verified | unannounced |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |`,
  )
  say(lineOf('all that could be compared', compared))
  say(lineOf('those of which it is told', told))
}
const lineOf = (name: string, proofs: readonly Proof[]): string => {
  const sum = (of: (proof: Proof) => number) => proofs.reduce((total, proof) => total + of(proof), 0)
  const months = sum(proof => proof.months)
  const mean = (of: (proof: Proof) => number) => sum(proof => of(proof) * proof.months) / Math.max(1, months)
  const [forecast, sameMonth, ofTwelve] = [mean(p => p.error), mean(p => p.errorOfSameMonth), mean(p => p.errorOfMean)]
  const ratio = forecast / Math.min(sameMonth, ofTwelve)
  return `| ${name} | ${proofs.length} | ${months} | ${forecast.toFixed(2)} | ${sameMonth.toFixed(2)} | ${ofTwelve.toFixed(2)} | ${ratio.toFixed(2)} | ${((100 * sum(p => p.within)) / Math.max(1, months)).toFixed(0)} % | ${sum(p => p.announced)}, ${sum(p => p.verified)} | ${sum(p => p.unannounced)} |`
}
