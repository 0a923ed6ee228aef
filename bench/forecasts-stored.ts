/**
 * node bin/run.mjs bench/forecasts-stored.ts [establishments, 20000]: the forecasts of all, written for searches, beside
 * the same counts read and the same rows written by bare statements. Seven years of invented counts, two kinds a month
 * at most; half of the establishments have a season. It judges nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { migrate } from '../server/platform/migrations.ts'
import { forecastHirings } from '../server/territory-and-register/recruitments/forecast-hirings.ts'

const establishments = Number(process.argv[2] ?? 20_000)
const seconds = async (work: () => Promise<unknown>) => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
const folder = mkdtempSync(join(tmpdir(), 'bench-forecasts-'))
const database = await startEmbedded({
  dataDir: join(folder, 'database'),
  settings: ['shared_buffers=512MB', 'max_wal_size=8GB', 'checkpoint_timeout=60min'],
})
try {
  await migrate(database.ownerUrl)
  const owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await owner.query(
    `insert into establishments (siret, siren, nic, legal_name, naf, naf_nomenclature, active, head_office, diffusion,
      row_hash)
    select 10000000000000 + n, (10000000000000 + n) / 100000, n % 100000, 'BENCH',
      lpad((10 + n % 80)::text, 2, '0') || '.' || n % 9 || '0Z', 'NAFRev2', true, true, 'O', 0
    from generate_series(1, $1::int) n`,
    [establishments],
  )
  await owner.query('select setseed(0.4)')
  await owner.query(
    `insert into hirings_by_month (siret, month, kind, hires)
    select siret, m::date, kind, hires from establishments, generate_series('2019-12-01'::date, '2026-11-01', '1 month') m,
      lateral (values ('cdi', 0.4), ('cdd-short', 1.0)) k (kind, often),
      lateral (select floor(-ln(1 - random()) * often * (1 + siret % 3)
        * case when siret % 2 = 0 and extract(month from m) between 6 and 9 then 4 else 1 end)::int as hires) h
    where hires > 0`,
  )
  await owner.query(`insert into hiring_months select m::date, '2026-12-01' from
    generate_series('2019-12-01'::date, '2026-11-01', '1 month') m`)
  await owner.query(`insert into hiring_files (name, digest, finished_at, counts)
    values ('bench', 'bench', '2026-12-01', '{"days": ["2019-12-01", "2026-11-30"]}')`)
  await owner.query('vacuum analyze')
  const { rows } = await owner.query<{ counts: number }>('select count(*)::int as counts from hirings_by_month')
  const seasons = await seconds(() =>
    owner.query('select season_hirings(array[2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])'),
  )
  let told = 0
  const took = await seconds(async () => {
    told = (await forecastHirings(owner)).told
  })
  const bare = await seconds(async () => {
    await owner.query(`select siret, array_agg(month), array_agg(hires) from hirings_by_month group by siret`)
    await owner.query(`create temp table bare (like hiring_forecasts including all);
      insert into bare select * from hiring_forecasts`)
  })
  const search = await seconds(() =>
    owner.query('select siret from hiring_forecasts where expected >= 10 order by expected desc, siret limit 50'),
  )
  console.log(
    `${establishments} establishments, ${rows[0]!.counts} counts: ${took.toFixed(1)} s (seasons ${seasons.toFixed(1)} s of it), ${Math.round(establishments / took)} establishments/s; read and written bare ${bare.toFixed(1)} s, ratio ${(bare / took).toFixed(2)}; told of ${told}; the first fifty by hires expected ${(1000 * search).toFixed(1)} ms`,
  )
  await owner.end()
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
