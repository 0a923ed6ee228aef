/**
 * node bin/run.mjs bench/hirings.ts [lines, 1000000] [times, 3]: a file of hiring declarations brought by the import, and
 * by bare COPY, in turns and on the same database. Two floors: COPY of the whole lines alone, and COPY then the same
 * tables, keys and counts built by bare statements. It judges nothing and cannot be resumed.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { startEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { migrate } from '../server/platform/migrations.ts'
import { importHirings } from '../server/territory-and-register/recruitments/import-hirings.ts'
import { aDeclaration, columns27 } from '../server/territory-and-register/recruitments/testing-declarations.ts'
import { inventedSiren, inventedSiret } from '../server/territory-and-register/register/testing-official-layout.ts'
import { importTerritories, readCog } from '../server/territory-and-register/territories/import-territories.ts'

const [lines, times] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 3)]
const folder = mkdtempSync(join(tmpdir(), 'bench-hirings-'))
const file = join(folder, 'declarations.csv')
const establishments = Math.max(1_000, Math.round(lines / 15))
const today = '2026-11-25'
const seconds = async (work: () => Promise<unknown>) => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Mulberry32: the same numbers at each run, and no short cycle over millions of lines. */
const chanceOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
/** A few establishments make most hires; two lines in three are very short contracts, as in the country. */
async function* generated(sirets: readonly string[]) {
  const chance = chanceOf(5)
  yield `${columns27.join('|')}\n`
  let block = ''
  for (let i = 0; i < lines; i++) {
    const day = new Date(Date.UTC(2025, 10, 1) + Math.floor(chance() * 365) * 86_400_000).toISOString().slice(0, 10)
    const contract = chance()
    const line = aDeclaration(sirets[Math.floor(chance() ** 3 * sirets.length)]!, {
      dc_adresse: `${i % 300} RUE DES TONNELIERS`,
      kd_dateembauche: `${day} 00:00:00.0`,
      dc_typecontrat_id: contract < 0.45 ? '3' : contract < 0.9 ? '1' : '2',
      nbrjourtravaille:
        contract < 0.75 ? String(1 + Math.floor(chance() * 28)) : String(30 + Math.floor(chance() * 300)),
      kd_datecreation: `${day} 08:00:00.0`,
    })
    block += `${columns27.map(name => line[name] ?? '').join('|')}\n`
    if (block.length < 1 << 20) continue
    yield block
    block = ''
  }
  yield block
}

const tables = `hiring_files, hiring_rejects, hiring_declarations, hiring_months, hirings_by_month,
  hiring_forecast_runs`
/** The same as the import makes, in bare statements over one text table. */
const build = (like: string) => `set work_mem = '256MB'; set jit = off;
  create table bare.declarations as select kc_siret::bigint as siret, kd_dateembauche::date as hired_on,
    kd_datecreation::date as declared_on, case dc_typecontrat_id when '2' then 0 else nbrjourtravaille::int end as
    duration_days, count(*)::int as hires, dc_typecontrat_id::smallint as contract from bare.${like} group by 1, 2, 3, 4, 6;
  alter table bare.declarations add primary key (siret, hired_on, contract, duration_days, declared_on);
  create index on bare.declarations using brin (hired_on);
  create table bare.by_month as select siret, date_trunc('month', hired_on)::date as month, sum(hires)::int as hires,
    hiring_kind(contract, duration_days) as kind from bare.declarations group by 1, 2, 4;
  alter table bare.by_month add primary key (siret, month, kind);
  create index on bare.by_month (month);
  reset work_mem; reset jit`

const database = await startEmbedded({
  dataDir: join(folder, 'database'),
  settings: ['shared_buffers=512MB', 'max_wal_size=8GB'],
})
try {
  await migrate(database.ownerUrl)
  const owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await importTerritories(owner, readCog(), today)
  const sirets = Array.from({ length: establishments }, (_, i) => inventedSiret(inventedSiren(i + 1)))
  // The planner knows nothing of the ranks: it would compare each with each.
  await owner.query('set enable_nestloop = off')
  await owner.query(
    `insert into establishments (siret, siren, nic, legal_name, naf, naf_nomenclature, active, head_office, diffusion,
      row_hash, commune_code, region_id, departement_id, epci_id)
    select s, s / 100000, s % 100000, 'BENCH', lpad((10 + n % 80)::text, 2, '0') || '.' || n % 9 || '0Z', 'NAFRev2', true,
      true, 'O', 0, c.code, c.region_id, c.departement_id, c.epci_id
    from unnest($1::bigint[]) with ordinality x (s, n) join (select *, row_number() over (order by code) as rank,
      count(*) over () as total from communes where valid_to is null) c on c.rank = 1 + n % c.total`,
    [sirets],
  )
  await pipeline(Readable.from(generated(sirets)), createWriteStream(file))
  await owner.query('reset enable_nestloop')
  await owner.query('vacuum analyze')
  console.log(`${lines} lines, ${Math.round(statSync(file).size / 2 ** 20)} MiB, ${establishments} establishments`)
  // The column that the layout has twice is named apart.
  const names = columns27.map((name, i) => (columns27.indexOf(name) === i ? name : `${name}_${i}`))
  for (let turn = 0; turn < times; turn++) {
    await owner.query(`drop schema if exists bare cascade; create schema bare;
      create unlogged table bare.lines (${names.map(name => `${name} text`).join(', ')})`)
    const copied = await seconds(() =>
      pipeline(
        createReadStream(file, { highWaterMark: 1 << 20 }),
        owner.query(copyFrom(`copy bare.lines from stdin with (format text, delimiter '|', header)`)),
      ),
    )
    const built = await seconds(() => owner.query(build('lines')))
    await owner.query(`drop schema bare cascade; truncate ${tables}`)
    let read = 0
    const start = performance.now()
    await importHirings(owner, [file], {
      today,
      onStep: () => {
        read = (performance.now() - start) / 1000
      },
    })
    const took = (performance.now() - start) / 1000
    const rate = (s: number) => Math.round(lines / s).toLocaleString('en')
    console.log(
      `import ${took.toFixed(1)} s (read and staged ${read.toFixed(1)} s, brought and counted ${(took - read).toFixed(1)} s), ${rate(took)} lines/s; bare COPY ${copied.toFixed(1)} s, ${rate(copied)} lines/s, COPY-and-build ${(copied + built).toFixed(1)} s; ratio to COPY ${(copied / took).toFixed(2)}, of the reading alone ${(copied / read).toFixed(2)}, to COPY-and-build ${((copied + built) / took).toFixed(2)}`,
    )
  }
  const { rows } = await owner.query(`select (select count(*) from hiring_declarations) as declarations,
    (select count(*) from hirings_by_month) as by_month`)
  console.log(JSON.stringify(rows[0]))
  await owner.end()
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
