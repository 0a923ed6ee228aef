import pg from 'pg'
import { asked, type Compiles, k } from '../server/platform/database/sending.ts'
import { tokenHash } from '../server/platform/session-cookie.ts'
import type { House } from '../server/testing/house.ts'
import { layTerritories, places } from '../server/work-with-employers/campaigns/testing-world.ts'
import { campaignScenarios } from './campaign-scenarios.ts'
import { fillCampaigns } from './campaign-world.ts'
import { criteriaScenarios } from './criteria-scenarios.ts'
import { hiringScenarios } from './hiring-scenarios.ts'
import { homeScenarios } from './home-scenarios.ts'
import { type Scenario, searchScenarios } from './search-scenarios.ts'
import { common, surname, trades } from './words.ts'

const { aquitaine, coeur, gironde, graves } = places
const establishments = 12_000

/**
 * A small world, the same at each run: ids are drawn in turn, nothing runs in parallel, autovacuum leaves it alone, and
 * every row is in the statistics.
 */
export const layWorld = async ({ owner: pool, urls }: Pick<House, 'owner' | 'urls'>): Promise<Scenario[]> => {
  await layTerritories(pool)
  const owner = new pg.Client(urls.ownerUrl)
  await owner.connect()
  try {
    await owner.query(`create schema drawn; create sequence drawn.turn;
      create function drawn.gen_random_uuid() returns uuid language sql volatile
        return md5(nextval('drawn.turn')::text)::uuid;
      set search_path = drawn, public, extensions, pg_catalog; set max_parallel_workers_per_gather = 0;
      do $$ declare of_it regclass; begin
        for of_it in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
          execute format('alter table %s set (autovacuum_enabled = off)', of_it);
        end loop;
      end $$`)
    await owner.query(
      `insert into communes (code, name, region_id, departement_id, epci_id, clpe_id)
        values ('33122', 'CESTAS', $1, $2, $3, $4)`,
      [aquitaine, gironde, graves, coeur],
    )
    await layEstablishments(owner)
    await fillCampaigns(owner, establishments, () => {})
    const scenarios = [
      ...(await searchScenarios(owner)),
      ...(await campaignScenarios(owner)),
      ...(await hiringScenarios(owner)),
      ...(await criteriaScenarios(owner)),
      ...(await homeScenarios(owner)),
    ]
    await owner.query('vacuum (analyze, freeze)')
    // A statement that writes splits pages as ids come: it touches more or fewer of them from one run to the next.
    return scenarios.filter(({ calls }) => calls.every(({ method = 'GET' }) => method === 'GET'))
  } finally {
    await owner.end()
  }
}

const layEstablishments = async (owner: pg.Client) => {
  const names = Array.from(
    { length: 600 },
    (_, n) => `${trades[n % trades.length]} ${surname(n % 90)} ${n % 3 ? '' : common[n % common.length]}`,
  )
  await owner.query(
    `insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, headcount_band, employer, active,
      head_office, diffusion, commune_code, commune_name, region_id, departement_id, epci_id, clpe_id, row_hash)
    select s.siret, s.siret / 100000, s.siret % 100000, ($1::text[])[n * 7 % 600 + 1],
      (array['43.32A', '10.71C', '47.11B', '56.10A'])[n % 4 + 1], 'NAFRev2', (array['11', '12', '01'])[n % 3 + 1],
      n % 3 < 2, n % 20 > 0, true, 'O', c.code, c.name, c.region_id, c.departement_id, c.epci_id, c.clpe_id, 0
    from generate_series(1, $2::int) n cross join lateral (select 90000000000000 + n * 100007::bigint as siret) s
      join communes c on c.code = (array['33122', '33001', '33001', '33002', '33003', '40002', '31001', '33122'])[n % 8 + 1]
    order by n`,
    [names, establishments],
  )
  await owner.query('select refresh_search_lexicon()')
  await owner.query('analyze')
}

interface Node {
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
}
export interface Measured {
  readonly buffers: number
  /** Of the dearest statement, as PostgreSQL writes it. */
  readonly plan: string
}

/** What the statements of a scenario's first calls touch, within the rights of who asks. */
export const measure = async (house: House, { name, who, calls }: Scenario): Promise<Measured> => {
  const sent: { sql: string; parameters: readonly unknown[] }[] = []
  const keep = (query: unknown) => sent.push((query as Compiles<unknown>).compile(k))
  for (const { path } of calls.slice(0, 3)) {
    asked.subscribe(keep)
    const answer = await house.server.inject({ url: path, headers: { cookie: who.cookie } })
    asked.unsubscribe(keep)
    if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.statusCode} ${answer.body}`)
  }
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  try {
    await web.query('set max_parallel_workers_per_gather = 0')
    await web.query('begin read only') // what writes under the look of a reading is refused
    await web.query('select ctx.enter($1)', [tokenHash(who.cookie.replace('session=', ''))])
    let [buffers, dearest, plan] = [0, -1, '']
    for (const { sql, parameters } of sent.filter(({ sql: text }) => reads(text))) {
      const explain = async (options: string) =>
        (await web.query(`explain (${options}) ${sql}`, [...parameters])).rows.map(row => row['QUERY PLAN'])
      // The first fills the session's catalogue; what others do may have its pages read again during one of the next.
      const written = (await explain('analyze, buffers, costs off, timing off, summary off')).join('\n')
      const times: number[] = []
      for (let time = 0; time < 3; time++) {
        const [[{ Plan: node }]] = (await explain('analyze, buffers, format json')) as [[{ Plan: Node }]]
        times.push(node['Shared Hit Blocks'] + node['Shared Read Blocks'])
      }
      const touched = Math.min(...times)
      buffers += touched
      if (touched > dearest) [dearest, plan] = [touched, `${touched} buffers of\n${sql}\n${written}`]
    }
    return { buffers, plan }
  } finally {
    await web.end()
  }
}
/** Notes on the session are sent beside the call, at their own moment: any other call may be under way by then. */
const notes = /^\s*select ctx\.(enter|touch|act)\(/
const reads = (text: string) =>
  /^\s*(select|with)\b/i.test(text) && !/\b(insert into|update|delete from)\b/i.test(text) && !notes.test(text)
