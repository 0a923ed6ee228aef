import pg from 'pg'
import { readFileSync } from 'node:fs'
const urls = JSON.parse(readFileSync('/tmp/nat/db/urls.json','utf8'))
const c = new pg.Client(urls.ownerUrl); await c.connect()
const t0=performance.now(); const say=w=>console.log(w, ((performance.now()-t0)/1000).toFixed(1))
console.log((await c.query('select pg_backend_pid() as p')).rows[0].p)
const file = readFileSync('/work/bench/database/migrations/20261125_0560_search_at_national_size.sql','utf8')
await c.query(`set maintenance_work_mem='2GB'; set max_parallel_maintenance_workers=2`)
await c.query('drop index establishments_search, establishments_clpe_name, establishments_departement_name, establishments_siren, establishments_commune; alter table establishments drop constraint establishments_pkey')
const alter = file.indexOf('alter table establishments'), end = file.indexOf('drop function search_places')
await c.query(file.slice(0, alter)); 
await c.query('alter table establishments disable trigger user')
await c.query(file.slice(alter, end)); say('rewritten')
await c.query('alter table establishments enable trigger user')
for (const i of ['alter table establishments add primary key (siret)','create index establishments_siren on establishments (siren)','create index establishments_commune on establishments (commune_code)',
 'create index establishments_clpe_name on establishments (clpe_id, name_key, siret) where active','create index establishments_epci_name on establishments (epci_id, name_key, siret) where active','create index establishments_name on establishments (name_key, siret) where active','create index establishments_search on establishments using gin (search) with (fastupdate=off)']) { await c.query(i); say(i.slice(0,60)) }
await c.query('drop function search_places')
await c.query('vacuum analyze establishments'); say('analyze')
await c.query(file.slice(file.indexOf('create or replace function refresh_search_lexicon'))); say('lexicon')
await c.end()
