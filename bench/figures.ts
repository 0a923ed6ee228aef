/**
 * `node bin/run.mjs bench/figures.ts [exchanges, 1000000] [folder]`: how long the four figures of a year take, for an
 * advisor of one department and for one who sees the whole country, over as many exchanges as asked, 10,000 campaigns
 * of 951 structures and a year of uses of 5,706 people. Rights on; ten readings, one at a time: median and longest.
 * The world is laid once and kept in the folder; what the worker keeps is made before the readings.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { indicators } from '../server/oversight/indicators/index.ts'
import { keepReachedSets } from '../server/oversight/indicators/keep-reached-sets.job.ts'
import { aGrant, anAccount, insertAccount } from '../server/people-and-rights/accounts/testing.ts'
import { insertConvention, layCeiling } from '../server/people-and-rights/organisations/testing.ts'
import { openDatabase } from '../server/platform/database.ts'
import { within } from '../server/platform/job.ts'
import { migrate } from '../server/platform/migrations.ts'
import { buildServer } from '../server/platform/server.ts'
import { insertSession } from '../server/signing-in/identity/testing.ts'

const exchanges = Number(process.argv[2] ?? 1_000_000)
const folder = process.argv[3] ?? fileURLToPath(new URL(`../data/bench/figures-${exchanges}`, import.meta.url))
mkdirSync(folder, { recursive: true })
const embedded = await startEmbedded({
  dataDir: join(folder, 'database'),
  settings: [
    'shared_buffers=1GB',
    'effective_cache_size=4GB',
    'max_wal_size=8GB',
    'work_mem=16MB',
    'checkpoint_timeout=30min',
    'synchronous_commit=off',
  ],
})
await migrate(embedded.ownerUrl)
const owner = new pg.Pool({ connectionString: embedded.ownerUrl, max: 2 })
const step = async (what: string, text: string, values: unknown[] = []) => {
  const { rowCount } = await owner.query(text, values)
  console.log(`  ${what}: ${(rowCount ?? 0).toLocaleString('en')}`)
}

// Structure 0 is the operator, of all campaigns; ten partners a department, four of them in each of its campaigns.
const partner = (department: string, of: string) => `md5('o' || (1 + ${department} + 95 * ((${of}) % 10)))::uuid`
if ((await owner.query('select from organisations limit 1')).rowCount === 0) {
  await step(
    'departments',
    `insert into territories (id, kind, code, name) select 2000 + n, 'departement', n::text, 'D' || n
      from generate_series(1, 95) n on conflict do nothing`,
  )
  await step(
    'overlaps',
    'insert into territory_overlaps select 0, 2000 + n from generate_series(1, 95) n union all select 2000 + n, 0 from generate_series(1, 95) n union all select 2000 + n, 2000 + n from generate_series(1, 95) n on conflict do nothing',
  )
  await step(
    'structures',
    `insert into organisations (id, siret, name, kind, created_at)
      select md5('o' || n)::uuid, 98000000000000 + n, 'Partenaire ' || n, case when n = 0 then 'operateur'
      else 'autre' end, now() from generate_series(0, 950) n`,
  )
  await step(
    'people',
    `insert into accounts (id, organisation_id, given_name, family_name, function, created_at)
      select md5('a' || n)::uuid, md5('o' || n % 951)::uuid, 'Camille', 'Banc' || n, 'Conseil', now()
      from generate_series(0, 5705) n`,
  )
  await step(
    'campaigns',
    `insert into campaigns (id, name, purpose, status, territory_id, departement_id, pilot_id, starts_on, ends_on,
      contact_delay_days, opened_at, closed_at, created_at, created_by)
    select md5('c' || n)::uuid, 'C' || n, case n % 3 when 0 then 'fidelisation'
      else 'prospection' end, 'closed', 2001 + n % 95, 2001 + n % 95, ${partner('n % 95', 'n / 95')}, d, d + 120, 30, d,
      d + 121, d, md5('a0')::uuid
    from generate_series(0, 9999) n, lateral (select date '2024-01-01' + (n * 7919) % 960 as d) z`,
  )
  await step(
    'members',
    `insert into campaign_members (campaign_id, organisation_id) select md5('c' || n)::uuid, md5('o0')::uuid
      from generate_series(0, 9999) n union all select md5('c' || n)::uuid, ${partner('n % 95', 'n / 95 + k')}
      from generate_series(0, 9999) n, generate_series(0, 3) k`,
  )
  await step(
    'memberships',
    'update campaign_memberships m set joined_at = c.created_at from campaigns c where c.id = m.campaign_id',
  )
  await step(
    'exchanges',
    `insert into exchanges (id, siret, departement_id, campaign_id, organisation_id, author_id, occurred_on, reached,
      visibility, status, recorded_at)
    select gen_random_uuid(), 10000000000000 + d * 100000 + case when c is null then (random() * 30000)::int
      else (c / 95 * 300 + (random() * 600)::int) % 30000 end, 2001 + d, case when c is not null
      then md5('c' || c)::uuid end,
      ${partner('d', 'coalesce(c, n) / 95 + n % 4')}, md5('a0')::uuid, case when c is null
        then date '2024-01-01' + (random() * 1059)::int
        else least(date '2024-01-01' + (c * 7919) % 960 + (random() * 119)::int, date '2026-11-25') end,
      random() < 0.6, 'reseau', case when random() < 0.02 then 'cancelled' else 'recorded' end, now()
    from generate_series(1, $1::int) n, lateral (select case when n % 10 < 7 then n % 10000 end as c) z,
      lateral (select coalesce(c, n) % 95 as d) y`,
    [exchanges],
  )
  await step(
    'uses',
    `insert into usage_days (account_id, organisation_id, day, tool, kind, count, perimeter)
      select md5('a' || n)::uuid, md5('o' || n % 951)::uuid, date '2026-01-01' + w, case k when 'fiches-consultees'
      then 'fiche-etablissement' else 'campagnes' end, k, 3, array[2001 + n % 95]
    from generate_series(0, 5705) n, generate_series(0, 328) w,
      unnest(array['sessions', 'echanges-enregistres', 'fiches-consultees']) k where (w + n) % 7 < 5`,
  )
  await owner.query('vacuum analyze')
}

const worker = new pg.Client(embedded.workerUrl)
await worker.connect()
const began = performance.now()
const made = await keepReachedSets({ within: within(worker) })
if (made)
  console.log(`  months gathered by the worker: ${made} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
await worker.end()

const database = openDatabase(embedded.webUrl)
const server = await buildServer({
  database,
  actions: indicators,
  publicUrl: 'http://localhost',
  originKey: Buffer.alloc(32),
  requestsPerMinute: 1_000_000,
  shedLoad: false,
  settings: { clock: () => new Date('2026-11-25T11:00:00Z') },
})
console.log('\n| who reads | median, ms | longest, ms | establishments |\n| --- | --- | --- | --- |')
for (const [who, structure, territoryId] of [
  ['an advisor of a department', 'o1', 2001],
  ['who sees the whole country', 'o0', 0],
] as const) {
  const {
    rows: [{ id }],
  } = await owner.query('select md5($1)::uuid as id', [structure])
  if (structure !== 'o0') await layCeiling(owner, id)
  if (structure !== 'o0' && !(await owner.query('select from conventions where organisation_id = $1', [id])).rowCount)
    await insertConvention(owner, id)
  const account = await insertAccount(owner, anAccount(id, { email: `${crypto.randomUUID()}@bench.example` }), [
    aGrant({ tool: 'campagnes', profile: 'conseiller', territoryId }),
    aGrant({ tool: 'fiche-etablissement', profile: 'consultation', territoryId }),
  ])
  const { cookie } = await insertSession(owner, account.id)
  const times: number[] = []
  let told: string | number = ''
  for (let n = 0; n < 10; n++) {
    const start = performance.now()
    const answer = await server.inject({
      method: 'GET',
      url: '/api/indicators?from=2026-01-01&to=2026-11-25',
      headers: { cookie },
    })
    times.push(performance.now() - start)
    told = answer.statusCode === 200 ? answer.json().items[3].value : answer.json().code
  }
  times.sort((a, b) => a - b)
  console.log(`| ${who} | ${Math.round(times[5]!)} | ${Math.round(times.at(-1)!)} | ${told.toLocaleString('en')} |`)
}
await server.close()
await database.close()
await owner.end()
await embedded.stop()
