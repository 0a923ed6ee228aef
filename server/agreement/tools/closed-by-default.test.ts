import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { migrate } from '../../platform/migrations.ts'
import { emptyDatabase, schemaFolder } from '../../testing/database.ts'

const folder = 'database/migrations'
const migration = '20261128_0700_closed_by_default.sql'
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')
const administrator = '01938000-0000-7000-9000-0000000000a1'
const operator = '01938000-0000-7000-9000-0000000000b1'

/** An installation of the day before: three tools in annex 4 since 2020, as a migration had put them. */
let older: Awaited<ReturnType<typeof emptyDatabase>>
before(async () => {
  older = await emptyDatabase()
  const earlier = readdirSync(folder).filter(name => name.endsWith('.sql') && name < migration)
  // Without its functions, but the one that the last step of a migration calls.
  const functions = {
    'rights.sql': `create or replace function ctx.everyones() returns uuid language sql immutable
      as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$;`,
  }
  const migrations = Object.fromEntries(earlier.map(name => [name, textOf(name)]))
  await migrate(older.url, schemaFolder({ migrations, functions }))
  await older.query(`
    insert into organisations (id, name, kind, siret, created_at) values ('${operator}', 'Opérateur', 'operateur', 1, now());
    insert into accounts (id, organisation_id, given_name, family_name, function, created_at)
      values ('${administrator}', '${operator}', 'Camille', 'Essai', 'Administration', now());
    insert into account_states (account_id, organisation_id, from_at, status)
      values ('${administrator}', '${operator}', now() - interval '1 day', 'active');
    insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
      values (gen_random_uuid(), '${administrator}', '${operator}', 'campagnes', 'conseiller', 0, 'Essai', '2026-01-01', now())`)
})
after(() => older.close())

const version = (number: number, from: string, cancelled = false) => `
  insert into annex_4_versions (id, number, note, in_force_from, published_by, published_at, cancelled_at, cancelled_by, cancel_reason)
    values (gen_random_uuid(), ${number}, 'Essai', now() + interval '${from}', '${administrator}', now(),
      ${cancelled ? `now(), '${administrator}', 'Essai'` : 'null, null, null'});`
const withdrawn = (tool: string, from: string) =>
  `update annex_4_tools set in_force_until = now() + interval '${from}' where tool = '${tool}';`
/** Each tool, from when to when: hours from now, `always` since 2020. */
const periods = `select concat_ws(' ', tool, case when in_force_from = '2020-01-01T00:00:00Z' then 'always'
    else round(extract(epoch from in_force_from - now()) / 3600)::text end,
    round(extract(epoch from in_force_until - now()) / 3600)) as said from annex_4_tools order by tool`
const every = (since: string) =>
  ['campagnes', 'fiche-etablissement', 'fiche-recrutement'].map(tool => `${tool} ${since}`)

for (const [why, laid, expected] of [
  ['no version was ever published: no tool is open', '', []],
  ['each version was cancelled: no tool is open', version(1, '-2 hours', true) + version(2, '3 hours', true), []],
  ['a version is in force: nothing changes', version(1, '-48 hours'), every('always')],
  [
    'a version is in force, another to come withdraws a tool: nothing changes',
    version(1, '-48 hours') + version(2, '72 hours') + withdrawn('campagnes', '72 hours'),
    ['campagnes always 72', ...every('always').slice(1)],
  ],
  [
    'the first that stands is to come: each tool opens with it',
    version(1, '-48 hours', true) +
      version(2, '24 hours') +
      version(3, '72 hours') +
      withdrawn('campagnes', '72 hours'),
    ['campagnes 24 72', ...every('24').slice(1)],
  ],
  [
    'a tool that the first version withdraws never opens',
    version(1, '24 hours') + withdrawn('fiche-recrutement', '24 hours'),
    [...every('24').slice(0, 2), 'fiche-recrutement 24 24'],
  ],
] as const)
  test(`AGR-12, REL-6: an older installation becomes closed by default: ${why}`, async () => {
    await older.query('begin')
    try {
      if (laid) await older.query(laid)
      await older.query(textOf(migration))
      assert.deepEqual(
        (await older.query(periods)).map(({ said }) => said),
        expected,
      )
    } finally {
      await older.query('rollback')
    }
  })

test('ACC-7, REL-6: an older installation that published nothing is upgraded: the grants given stay, and wait for each publication', async () => {
  await migrate(older.url)
  assert.deepEqual(await older.query('select tool from annex_4_tools'), [])
  const [held] = await older.query(`select revoked_at, array(select unnest(h.missing) order by 1) as missing
    from grants g join ctx.held_grants('${administrator}', now()) h on h.grant_id = g.id`)
  assert.equal(held.revoked_at, null)
  const awaited = ['annex-4', 'cgu', 'confidentialite', 'cpu', 'securite'].map(what => `${what}-unpublished`)
  assert.deepEqual(
    held.missing.filter((term: string) => term.endsWith('-unpublished')),
    awaited,
  )
})
