import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { categories, categoriesOf, type DataCategory, type Route, tools } from '../../contract/route.ts'
import { dataCategoryWords } from '../../contract/words.ts'
import { actions } from '../actions.ts'
import { freshDatabase, type TestDatabase } from '../testing/database.ts'
import { serverCode, text } from '../testing/sources.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
})
after(async () => {
  await owner?.end()
  await database?.drop()
})

/** The tables of each category. */
const tablesOf: Readonly<Record<DataCategory, RegExp>> = {
  interlocuteurs: /^(correspondents?(_\w+)?|objection_digests)$/,
  notes: /^(notes|note_versions)$/,
  engagements: /^(commitments|commitment_versions)$/,
  renseignements: /^establishment_facts$/,
  besoins: /^(needs|need_\w+)$/,
}
/** The owner is a member of the worker’s role: its own work is not meant. */
const closing = (category: DataCategory, roles: readonly string[]) => {
  const opens = `( SELECT ctx.opens('${category}'::text) AS opens)`
  return roles.includes('cc_worker') ? `(${opens} OR (CURRENT_USER = 'cc_owner'::name))` : opens
}
const categoryOf = (table: string) => categories.find(category => tablesOf[category].test(table))

test('AGR-12: the codes of the contract are those of the database, tool by tool, and each has its words', async () => {
  const { rows } = await owner.query<{ all: DataCategory[] }>('select ctx.open_categories(now()) as all')
  assert.deepEqual(rows[0]!.all, categories.toSorted())
  assert.deepEqual(Object.keys(dataCategoryWords).sort(), categories.toSorted())
  await owner.query('begin')
  for (const tool of tools)
    for (const category of categories) {
      const own: readonly DataCategory[] = categoriesOf[tool]
      await owner.query('savepoint s')
      const taken = await owner
        .query(
          `insert into annex_4_entries (version_id, tool, purpose, data_categories, categories, commitments)
            values (gen_random_uuid(), $1, 'x', '{x}', $2, 'x')`,
          [tool, [category]],
        )
        // Of a version that is not there: what is asked of the row comes first.
        .catch((error: { code?: string }) => error.code === '23503')
      await owner.query('rollback to s')
      assert.equal(taken, own.includes(category), `${tool}, ${category}`)
    }
  await owner.query('rollback')
})

test('AGR-12, SEC-6: each table of a category that a role reads or writes is closed with it by a restrictive policy, and no other table is', async () => {
  const { rows } = await owner.query<{ name: string; roles: string[] }>(
    `select c.relname as name, array(select r from unnest('{cc_web, cc_worker}'::text[]) r
        where has_any_column_privilege(r, c.oid, 'select, insert, update') or has_table_privilege(r, c.oid, 'delete')) as roles
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname`,
  )
  const { rows: policies } = await owner.query<{ name: string; roles: string[]; said: string }>(
    `select tablename as name, array(select r::text from unnest(roles) r order by 1) as roles,
      concat_ws(' ', permissive, cmd, qual, with_check) as said
      from pg_policies where schemaname = 'public' and policyname = 'category'
      order by tablename`,
  )
  const expected = rows
    .filter(({ name, roles }) => roles.length > 0 && categoryOf(name))
    .map(({ name, roles }) => ({
      name,
      roles,
      said: `RESTRICTIVE ALL ${closing(categoryOf(name)!, roles)}`,
    }))
  assert.ok(expected.length >= 19)
  assert.deepEqual(policies, expected)
})

/** They read the tables of a category past its policies, and are not closed with it. */
const open: Readonly<Record<string, string>> = {
  answer_satisfaction: 'the employer answers by a link, without a session',
  refuse_satisfaction: 'the employer refuses by a link, without a session',
  satisfaction_link: 'tells who asks, for the link alone',
  'ctx.keys_in_use': 'counts what a key keeps, of nobody in particular',
  'ctx.campaign_progress': 'figures: sums of a campaign',
  objected_among: 'an objection protects the person, whoever writes the name',
  erase_objected: 'takes away what was said of who objects, and tells nothing',
  provisional_used: 'whether a number is used: an identity that closes nothing',
}
/** The same of the worker, which has no viewer. */
const openToWorker: Readonly<Record<string, string>> = {
  'ctx.apply_register_move': 'moves rows with their employer, and tells nobody',
  'ctx.register_candidates': 'which employers to move, for the move alone',
  'ctx.ask_satisfaction': 'of a need that ctx.needs_to_ask_about gave in the same step',
  'ctx.purge_recalls': 'erases',
  'ctx.purge_satisfaction': 'erases',
  settle_provisional: 'moves rows to the employer that the register holds since',
}
test('AGR-12, SEC-6: each function that reads a category past its policies, for a viewer or for the worker, asks whether annex 4 opens it, or is named here', async () => {
  const { rows } = await owner.query<{ name: string; body: string; web: boolean; worker: boolean }>(
    `select case n.nspname when 'ctx' then 'ctx.' else '' end || p.proname as name, p.prosrc as body,
      p.prosecdef and has_function_privilege('cc_web', p.oid, 'execute') as web,
      p.prosecdef and has_function_privilege('cc_worker', p.oid, 'execute') as worker
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'ctx')`,
  )
  const functions = rows.map(row => ({ ...row, body: row.body.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '') }))
  const reads = ({ body }: { body: string }, category: DataCategory) =>
    [...body.matchAll(/\bpublic\.(\w+)/g)].some(([, table]) => tablesOf[category].test(table!))
  /** Those given to a role that read a category, and neither ask nor answer through one that asks. */
  const unasked = (list: typeof functions, role: 'web' | 'worker') =>
    [
      ...new Set(
        categories.flatMap(category => {
          const asking =
            role === 'web' ? `ctx\\.opens\\('${category}'\\)` : `'${category}'[^;]*ctx\\.open_categories\\(`
          const asks = new Set(list.filter(f => new RegExp(asking).test(f.body)).map(f => f.name))
          for (let grew = true; grew; ) {
            const more = list.filter(
              ({ name, body }) => !asks.has(name) && [...asks].some(one => new RegExp(`\\b${one}\\(`).test(body)),
            )
            grew = more.length > 0
            for (const { name } of more) asks.add(name)
          }
          return list
            .filter(f => (role === 'web' ? f.web : f.worker && !f.web) && reads(f, category) && !asks.has(f.name))
            .map(f => f.name)
        }),
      ),
    ].sort()
  for (const [role, named] of [
    ['web', open],
    ['worker', openToWorker],
  ] as const) {
    assert.deepEqual(unasked(functions, role), Object.keys(named).sort(), role)
    const careless = {
      name: 'careless',
      body: 'select n.id from public.notes n',
      web: false,
      worker: false,
      [role]: true,
    }
    assert.ok(unasked([...functions, careless], role).includes('careless'), `${role}: one that forgets is seen`)
  }
})

test('AGR-12: each statement that reads who was met asks whether annex 4 opens it, save the one that writes it again', () => {
  const statements = (code: string) =>
    [...code.matchAll(/.*\bperson_met\b.*/g)]
      .map(([line]) => line)
      .filter(line => !line.includes(`ctx.opens('interlocuteurs')`))
  const careless = serverCode()
    .filter(file => file.endsWith('.queries.ts'))
    .flatMap(file => statements(text(file)).map(line => `${file}: ${line.trim()}`))
  assert.equal(careless.length, 1, careless.join('\n'))
  assert.match(careless[0]!, /exchange-writes\.queries\.ts: .*select person_met, correspondent_id$/)
  assert.equal(statements('select t.person_met from exchange_contents t').length, 1, 'one that forgets is seen')
})

/** Writes of other rooms whose path is in one of these, and which write no table of a category. */
const elsewhere = ['/establishments/:siret/correspondents-beside', '/commitment-kinds']
test('AGR-12: each write in a category says so, and no reading does', () => {
  const paths =
    /^\/(establishments\/:siret\/(correspondents|notes|commitments|facts|needs)|(correspondents|notes|commitments|needs|need-\w+)\b)/
  const routes: readonly Route[] = actions.map(action => action.route)
  const silent = routes.filter(
    ({ method, path, writesIn }) =>
      method !== 'GET' && paths.test(path) && !writesIn && !elsewhere.some(one => path.startsWith(one)),
  )
  assert.deepEqual(
    silent.map(r => `${r.method} ${r.path}`),
    [],
  )
  assert.deepEqual(
    routes.filter(({ method, writesIn }) => method === 'GET' && writesIn).map(r => r.path),
    [],
  )
  assert.deepEqual(
    categories.filter(category => !routes.some(r => r.writesIn === category)),
    [],
  )
})
