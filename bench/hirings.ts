/**
 * node bin/run.mjs bench/hirings.ts [--rows 200000] [--times 3] [--clients 1,16] [--seconds 4] [--before 6]
 *   [--folder DIR] [--no-bare]
 *
 * A file of hiring declarations brought by the import, and by bare COPY, in turns and on the same database. Two floors:
 * COPY of the whole lines alone, and COPY then the same tables, keys and counts built by bare statements. It judges
 * nothing and cannot be resumed. Then the six years before as counts, the forecasts and their back-test (none with
 * --before 0); the card, the company's and the criteria beside the floor of `bench.ts`. A year of the country is
 * --rows 60000000 --before 0: some 60 GB of --folder. --no-bare brings the file by the import alone, for what is read.
 */
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { startEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { migrate } from '../server/platform/migrations.ts'
import { importHirings } from '../server/territory-and-register/recruitments/import-hirings.ts'
import { columns27 } from '../server/territory-and-register/recruitments/testing-declarations.ts'
import { inventedSiren, inventedSiret } from '../server/territory-and-register/register/testing-official-layout.ts'
import { importTerritories, readCog } from '../server/territory-and-register/territories/import-territories.ts'
import { acceptTexts, publishTexts } from '../server/testing/texts.ts'
import { besideFloor, heading } from './beside-floor.ts'
import { writeDeclarations } from './hiring-file.ts'
import { layYearsBefore, tellBackTest } from './hiring-history.ts'
import { hiringCriteria, hiringScenarios } from './hiring-scenarios.ts'
import { cpuOf, cpuOfServer } from './load.ts'
import { serverSettings } from './setting.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    times: { type: 'string', default: '3' },
    clients: { type: 'string', default: '1,16' },
    seconds: { type: 'string', default: '4' },
    before: { type: 'string', default: '6' },
    folder: { type: 'string', default: tmpdir() },
    'no-bare': { type: 'boolean', default: false },
  },
})
const [lines, times, perLine] = [Number(options.rows), Number(options.times), Number(options.seconds)]
const clients = options.clients.split(',').map(Number)
const yearsBefore = Number(options.before)
if (![lines, times, perLine, ...clients].every(n => n > 0) || ![0, 6].includes(yearsBefore)) {
  console.error('--rows, --times, --clients and --seconds are numbers above 0; --before is 6, or 0')
  process.exit(1)
}
const folder = mkdtempSync(join(options.folder, 'bench-hirings-'))
const file = join(folder, 'declarations.csv')
const establishments = Math.max(1_000, Math.round(lines / 15))
/** Of activity: as many as the country has where all hire, fewer in a small run, so that some are compared. */
const groups = 2 * Math.min(135, Math.max(2, Math.round(establishments / 1_000)))
const today = '2026-11-25'
const say = (line: string) => console.log(line)
interface Took {
  readonly seconds: number
  /** Of the processor, Node and PostgreSQL together: what a busy machine does not blur. */
  readonly cpu: number
}

/** All that the room of recruitments owns. */
const tables = `hiring_files, hiring_rejects, hiring_declarations, hiring_months, hirings_by_month, hirings_compared,
  hirings_recent, hiring_seasons, hiring_forecasts, hiring_forecast_runs`
/** The same as the import makes, in bare statements over one text table. */
const build = `set work_mem = '256MB'; set jit = off;
  create table bare.declarations as select kc_siret::bigint as siret, kd_dateembauche::date as hired_on,
    kd_datecreation::date as declared_on, case dc_typecontrat_id when '2' then 0 else nbrjourtravaille::int end as
    duration_days, count(*)::int as hires, dc_typecontrat_id::smallint as contract from bare.lines group by 1, 2, 3, 4, 6;
  alter table bare.declarations add primary key (siret, hired_on, contract, duration_days, declared_on);
  create index on bare.declarations using brin (hired_on);
  create table bare.by_month as select siret, date_trunc('month', hired_on)::date as month, sum(hires)::int as hires,
    hiring_kind(contract, duration_days) as kind from bare.declarations group by 1, 2, 4;
  alter table bare.by_month add primary key (siret, month, kind);
  create index on bare.by_month (month);
  create table bare.recent as select siret, sum(hires)::int as total from bare.by_month group by 1;
  alter table bare.recent add primary key (siret);
  reset work_mem; reset jit`
// The column that the layout has twice is named apart.
const names = columns27.map((name, i) => (columns27.indexOf(name) === i ? name : `${name}_${i}`))

const database = await startEmbedded({ dataDir: join(folder, 'database'), settings: serverSettings })
const postmaster = Number(readFileSync(join(folder, 'database/postgres/postmaster.pid'), 'utf8').split('\n')[0])
const timed = async (work: () => Promise<unknown>): Promise<Took> => {
  const cpu = () => (cpuOf(process.pid) + cpuOfServer(postmaster)) / 1000
  const [start, began] = [performance.now(), cpu()]
  await work()
  return { seconds: (performance.now() - start) / 1000, cpu: cpu() - began }
}

const layRegister = async (owner: pg.Client, sirets: readonly string[]) => {
  await importTerritories(owner, readCog(), today)
  // How many communes there are is told apart: a rank that rests on both sides would be compared with each.
  await owner.query(
    `insert into establishments (siret, siren, nic, legal_name, naf, naf_nomenclature, active, head_office, diffusion,
      row_hash, commune_code, region_id, departement_id, epci_id)
    select s, s / 100000, s % 100000, 'BENCH', (10 + n % $2::int / 9) || '.' || 1 + n % $2::int % 9 || '0Z', 'NAFRev2',
      true, true, 'O', 0, c.code, c.region_id, c.departement_id, c.epci_id
    from unnest($1::bigint[]) with ordinality x (s, n) join (select *, row_number() over (order by md5(code)) as rank
      from communes where valid_to is null) c on c.rank = 1 + n % (select count(*) from communes where valid_to is null)`,
    [sirets, groups],
  )
}

const bareTurn = async (owner: pg.Client) => {
  await owner.query(`drop schema if exists bare cascade; create schema bare;
    create unlogged table bare.lines (${names.map(name => `${name} text`).join(', ')})`)
  const copied = await timed(() =>
    pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      owner.query(copyFrom(`copy bare.lines from stdin with (format text, delimiter '|', header)`)),
    ),
  )
  const built = await timed(() => owner.query(build))
  await owner.query('drop schema bare cascade')
  return { copied, built }
}

const bringOnce = async (owner: pg.Client) => {
  const bare = options['no-bare'] ? undefined : await bareTurn(owner)
  await owner.query(`drop schema if exists hiring_build cascade; truncate ${tables}`)
  let read = 0
  const start = performance.now()
  const took = await timed(() =>
    importHirings(owner, [file], {
      today,
      onStep: () => {
        read = (performance.now() - start) / 1000
      },
    }),
  )
  const rate = ({ seconds }: Took) => Math.round(lines / seconds).toLocaleString('en')
  if (!bare) return say(`the import alone: ${took.seconds.toFixed(1)} s, ${rate(took)} lines/s`)
  const { copied, built } = bare
  const whole = { seconds: copied.seconds + built.seconds, cpu: copied.cpu + built.cpu }
  const [s, cpu] = [(t: Took) => t.seconds.toFixed(1), (t: Took) => t.cpu.toFixed(1)]
  const ratios = (of: Took) => `${(of.seconds / took.seconds).toFixed(2)} | ${(of.cpu / took.cpu).toFixed(2)}`
  say(
    `| ${s(took)} | ${read.toFixed(1)} | ${rate(took)} | ${s(copied)} | ${rate(copied)} | ${s(whole)} | ${cpu(took)}, ${cpu(copied)}, ${cpu(whole)} | ${(copied.seconds / read).toFixed(2)} | ${ratios(copied)} | ${ratios(whole)} |`,
  )
}
const loads = () => `load ${loadavg()[0]!.toFixed(1)}`

try {
  await migrate(database.ownerUrl)
  const owner = new pg.Client(database.ownerUrl)
  // Stopped with its server, it would hide what failed.
  owner.on('error', () => {})
  await owner.connect()
  const sirets = Array.from({ length: establishments }, (_, i) => inventedSiret(inventedSiren(i + 1)))
  await layRegister(owner, sirets)
  await writeDeclarations(file, sirets, lines)
  await owner.query('vacuum analyze')
  say(
    `${lines.toLocaleString('en')} lines, ${Math.round(statSync(file).size / 2 ** 20)} MiB, ${establishments.toLocaleString('en')} establishments; ${loads()}`,
  )
  if (!options['no-bare'])
    say(
      '\n| import s | of which read and staged | lines/s | bare COPY s | lines/s | COPY-and-build s | CPU s: import, COPY, COPY-and-build | reading: ratio to COPY | import: ratio to COPY | of CPU | to COPY-and-build | of CPU |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    )
  for (let turn = 0; turn < times; turn++) await bringOnce(owner)
  const before = yearsBefore ? await timed(() => layYearsBefore(owner, sirets, lines)) : undefined
  const { rows } = await owner.query<{ declarations: number; counts: number; compared: number; recent: number }>(
    `select (select count(*)::float8 from hiring_declarations) as declarations, (select count(*)::float8
      from hirings_by_month) as counts, (select count(*)::float8 from hirings_compared) as compared,
      (select count(*)::float8 from hirings_recent) as recent`,
  )
  say(`\n${JSON.stringify(rows[0])}`)
  if (before) say(`the six years before laid and compared in ${before.seconds.toFixed(1)} s`)
  await owner.query('vacuum analyze')
  if (before) await tellBackTest(owner, say)
  await publishTexts(owner)
  const scenarios = [...(await hiringScenarios(owner)), ...(await hiringCriteria(owner))]
  await acceptTexts(owner)
  await owner.query('vacuum analyze')
  say(`\nBeside the floor, ${perLine} s a line; ${loads()}\n${heading}`)
  for (const scenario of scenarios)
    await besideFloor(scenario, { database, postmaster, folder, clients, seconds: perLine, say })
  await owner.end()
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
