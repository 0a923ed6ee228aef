/**
 * What keeping the anomalies of access costs at national size: `node bin/run.mjs bench/anomalies.ts`. 600 structures,
 * 30,000 accounts (one structure of 3,000), 45,000 grants, a year of uses: the nightly job the first time, then when
 * nothing changed; what an account manager opens, in the largest structure and in one of 45; the security officer's
 * list.
 */
import pg from 'pg'
import { giveRole } from '../server/people-and-rights/accounts/testing.ts'
import { anomalies } from '../server/people-and-rights/anomalies/index.ts'
import { keepAnomalies } from '../server/people-and-rights/anomalies/keep-anomalies.job.ts'
import { grants } from '../server/people-and-rights/grants/index.ts'
import { insertConvention } from '../server/people-and-rights/organisations/testing.ts'
import { people } from '../server/people-and-rights/people/index.ts'
import { within } from '../server/platform/job.ts'
import { openHouse } from '../server/testing/house.ts'
import { acceptTexts } from '../server/testing/texts.ts'

const house = await openHouse([...people, ...grants, ...anomalies])
const run = (text: string) => house.owner.query(text)
await run(`
  insert into organisations (id, name, kind, siret, created_at)
    select gen_random_uuid(), 'Structure ' || n, 'epci', 90000000000000 + n, now() from generate_series(1, 600) n`)
await run(`
  insert into accounts (id, organisation_id, given_name, family_name, function, created_at)
  select gen_random_uuid(), o.id, 'Camille', 'Essai' || n, case when n % 10 = 0 then 'Responsable du pôle'
    else 'Conseillère entreprises' end, now() - interval '300 days'
  from (select id, row_number() over (order by id) as rank from organisations where name like 'Structure %') o cross
    join lateral generate_series(1, case when o.rank = 1 then 3000 else 45 end) n`)
await acceptTexts(house.owner)
await run(
  `insert into account_activity (account_id, organisation_id, last_act_at, first_at)
    select a.id, a.organisation_id, now() - interval '1 day' * (abs(hashtext(a.id::text)) % 45),
    now() - interval '290 days' from accounts a where abs(hashtext(a.id::text || 'x')) % 20 > 0`,
)
await run(`insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`)
await run(
  `insert into organisation_territories (id, organisation_id, territory_id, from_at, reason)
    select gen_random_uuid(), id, 2033, now() - interval '300 days', 'Banc' from organisations
    where name like 'Structure %'`,
)
await run(`
  insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
  select gen_random_uuid(), a.id, a.organisation_id, t.tool, case when abs(hashtext(a.id::text || t.tool)) % 12 = 0
    then 'pilote' else 'conseiller' end, 2033, 'essai', '2026-02-01', now() - interval '290 days'
  from accounts a cross join (values ('campagnes'), ('fiche-etablissement')) t (tool) where t.tool = 'campagnes'
    or abs(hashtext(a.id::text)) % 2 = 0`)
await run('alter table usage_days disable trigger user')
await run(`
  insert into usage_days (account_id, organisation_id, tool, kind, day, count, perimeter)
  select g.account_id, g.organisation_id, g.tool, k.kind, current_date - d, 1, '{2033}' from grants g cross
    join (values ('sessions'), ('fiches-consultees')) k (kind) cross join generate_series(1, 260, 13) d
  where abs(hashtext(g.id::text)) % 15 > 0 and d > abs(hashtext(g.id::text)) % 90`)
await run('analyze')
const size = async (table: string) => Number((await run(`select count(*) from ${table}`)).rows[0].count)
console.log({ accounts: await size('accounts'), grants: await size('grants'), usageDays: await size('usage_days') })

const seconds = async (title: string, work: () => Promise<unknown>) => {
  const start = performance.now()
  const result = await work()
  console.log(`${title} : ${((performance.now() - start) / 1000).toFixed(3)} s`, result)
}
const worker = new pg.Client(house.urls.workerUrl)
await worker.connect()
await seconds('job, the first time', () => keepAnomalies(within(worker)))
await run('analyze access_anomalies')
await seconds('job, nothing changed', () => keepAnomalies(within(worker)))
const ofSize = async (largest: boolean) => {
  const id = (
    await run(
      `select organisation_id as id from accounts group by 1 order by count(*) ${largest ? 'desc' : ''} limit 1`,
    )
  ).rows[0].id as string
  await insertConvention(house.owner, id, '2026-01-05T09:00:00Z')
  const rgc = await house.person(id)
  await giveRole(house.owner, rgc, 'rgc')
  const someone = (
    await run(`select id from accounts where organisation_id = '${id}' and family_name like 'Essai1%' limit 1`)
  ).rows[0].id as string
  return { rgc, someone }
}
const [large, small] = [await ofSize(true), await ofSize(false)]
const odile = await house.person((await house.organisation({ kind: 'operateur' })).id)
await giveRole(house.owner, odile, 'cssi')
const pages = (someone: string) =>
  [
    ['what the first page asks', '/habilitations'],
    ['a page of its anomalies', '/anomalies?total=true'],
    ['its corrected ones', '/anomalies?state=corrected&total=true'],
    ['its people', '/habilitations/people?total=true'],
    ['its people by an anomaly', '/habilitations/people?total=true&anomaly=unused'],
    ['one person', `/habilitations/people/${someone}`],
  ] as const
for (const [title, who, path] of [
  ...pages(large.someone).map(([title, path]) => [`structure of 3,000: ${title}`, large.rgc, path] as const),
  ...pages(small.someone).map(([title, path]) => [`structure of 45: ${title}`, small.rgc, path] as const),
  ['50 structures for the security officer', odile, '/anomalies/organisations'] as const,
])
  for (let i = 0; i < 3; i++)
    await seconds(title, async () => {
      const { status, body } = await house.call(who, 'GET', path)
      return { status, total: body.total ?? body.open ?? body.items?.length }
    })
await worker.end()
await house.close()
process.exit(0)
