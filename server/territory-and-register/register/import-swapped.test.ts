import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { anAccount, insertAccount } from '../../people-and-rights/accounts/testing.ts'
import { insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import type { ImportOptions } from './import-options.ts'
import { importRegister } from './import-register.ts'
import { boundToTables } from './swap.queries.ts'
import {
  anEstablishment,
  aPerson,
  aUnit,
  csvOf,
  establishmentColumns,
  inventedSiren,
  inventedSiret,
  unitColumns,
} from './testing-official-layout.ts'
import { type OpenRegister, openRegister } from './testing-register.ts'

let database: OpenRegister['database']
let owner: OpenRegister['owner']
let folder: string
let register: OpenRegister
before(async () => {
  register = await openRegister()
  ;({ database, owner, folder } = register)
})
after(() => register.close())
beforeEach(() => register.empty())

type Row = Record<string, string>
let files = 0
const write = (columns: readonly string[], rows: Row[]) => {
  const path = join(folder, `${files++}.csv`)
  writeFileSync(path, csvOf(columns, rows))
  return path
}
const connect = async () => {
  const client = new pg.Client(database.ownerUrl)
  await client.connect()
  return client
}
const load = async (paths: string[], options: Partial<ImportOptions> = {}) => {
  const client = await connect()
  try {
    return await importRegister(client, paths, {
      area: null,
      activeOnly: false,
      scopeName: 'essai',
      today: '2026-11-25',
      connect,
      ...options,
    })
  } finally {
    await client.end()
  }
}
const all = async (text: string, ...values: unknown[]): Promise<any[]> => (await owner.query(text, values)).rows
const oids = async () =>
  (await all(`select 'public.establishments'::regclass::oid as e, 'public.legal_units'::regclass::oid as u`))[0]

/** All that PostgreSQL holds about a table and its indexes, but what numbers them and how full they are. */
const likeness = async (table: string) => ({
  table: await all(
    `select relacl::text, reloptions, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident,
      relhastriggers, relispartition, relowner::regrole::text, obj_description(oid) as comment from pg_class
      where oid = $1::regclass`,
    table,
  ),
  columns: await all(
    `select a.attnum, attname, format_type(atttypid, atttypmod) as type, attnotnull, attgenerated, attidentity,
      attstorage, attcompression, attstattarget, attoptions, attcollation::regcollation::text, attacl::text,
      pg_get_expr(d.adbin, d.adrelid) as expression, col_description(attrelid, a.attnum) as comment
    from pg_attribute a left join pg_attrdef d on d.adrelid = attrelid and d.adnum = a.attnum
      where attrelid = $1::regclass and a.attnum > 0 and not attisdropped order by a.attnum`,
    table,
  ),
  constraints: await all(
    'select conname, contype, convalidated, condeferrable, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass order by 1',
    table,
  ),
  foreign: await all(
    'select conrelid::regclass::text, conname from pg_constraint where confrelid = $1::regclass order by 1, 2',
    table,
  ),
  indexes: await all(
    `select c.relname, c.reloptions, indisprimary, indisunique, indisvalid, indisready,
      pg_get_indexdef(indexrelid) as definition from pg_index join pg_class c on c.oid = indexrelid
      where indrelid = $1::regclass order by 1`,
    table,
  ),
  triggers: await all(
    'select tgname, tgenabled, pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = $1::regclass and not tgisinternal order by 1',
    table,
  ),
  policies: await all(
    'select polname, pg_get_expr(polqual, polrelid) as using from pg_policy where polrelid = $1::regclass order by 1',
    table,
  ),
  statistics: await all(
    'select stxname, stxkeys::text, stxkind::text from pg_statistic_ext where stxrelid = $1::regclass order by 1',
    table,
  ),
})

/** The words of the search are those that counting them in the register gives. */
const wordsAreThose = async () => {
  const words = () => all('select word, sound, establishments from search_lexicon order by word')
  const held = await words()
  assert.ok(held.length > 0)
  await all('select refresh_search_lexicon()')
  assert.deepEqual(held, await words())
}

test('EST-1: nothing is bound to the tables of the register themselves, so that new ones may take their place', async () => {
  assert.deepEqual(await boundToTables(owner), [])
})

test('EST-1: a full import takes the place of the register, and the database cannot tell the new tables from the old: rights, constraints, indexes, triggers, defaults', async () => {
  const before = [await likeness('public.establishments'), await likeness('public.legal_units')]
  const old = await oids()
  const siren = inventedSiren(1)
  await load([
    write(
      establishmentColumns,
      [1, 2, 3].map(i => anEstablishment(inventedSiret(siren, i))),
    ),
    write(unitColumns, [aUnit(siren)]),
  ])
  const now = await oids()
  assert.ok(now.e !== old.e && now.u !== old.u, 'other tables')
  await wordsAreThose()
  assert.deepEqual([await likeness('public.establishments'), await likeness('public.legal_units')], before)
  assert.deepEqual(
    await all(
      `select relname, reltuples from pg_class where relname in ('establishments', 'legal_units') and relkind = 'r'
        order by 1`,
    ),
    [
      { relname: 'establishments', reltuples: 3 },
      { relname: 'legal_units', reltuples: 1 },
    ],
  )
  assert.ok(
    (await all(`select from pg_stats where tablename = 'establishments' and attname = 'siret'`)).length,
    'the planner knows it',
  )
  const worker = new pg.Client(database.workerUrl)
  await worker.connect()
  await worker.query('update establishments set updated_at = now()')
  await worker.end()
})

test('EST-1: few changes leave the tables in place, and one transaction brings them all', async () => {
  const sirens = Array.from({ length: 40 }, (_, i) => inventedSiren(i + 1))
  const rows = (over: (i: number) => Row) =>
    write(
      establishmentColumns,
      sirens.map((s, i) => anEstablishment(inventedSiret(s), over(i))),
    )
  await load([
    rows(() => ({})),
    write(
      unitColumns,
      sirens.map(s => aUnit(s)),
    ),
  ])
  const [old, first] = [
    await oids(),
    await all('select siret, xmin::text, first_imported_at from establishments order by siret'),
  ]
  const [, counts] = await load(
    [
      rows((i): Row => (i < 2 ? { enseigne1Etablissement: 'NOUVELLE' } : {})),
      write(
        unitColumns,
        sirens.map((s, i) => aUnit(s, i === 5 ? { denominationUniteLegale: 'AUTREMENT' } : {})),
      ),
    ],
    { batchRows: 10 },
  )
  assert.deepEqual(counts!.became, { changed: 3, unchanged: 37 })
  const [now, second] = [
    await oids(),
    await all('select siret, xmin::text, first_imported_at from establishments order by siret'),
  ]
  assert.deepEqual(now, old)
  const changed = second.filter((r, i) => r.xmin !== first[i].xmin)
  assert.deepEqual(
    [changed.length, new Set(changed.map(r => r.xmin)).size, second.map(r => r.first_imported_at)],
    [3, 1, first.map(r => r.first_imported_at)],
  )
})

test('EST-1: the day an establishment first came is kept when another table takes the place of the register', async () => {
  const sirens = [1, 2, 3].map(inventedSiren)
  const rows = (name: string, more: string[] = []) => [
    write(
      establishmentColumns,
      [...sirens, ...more].map(s => anEstablishment(inventedSiret(s), { enseigne1Etablissement: name })),
    ),
    write(
      unitColumns,
      [...sirens, ...more].map(s => aUnit(s)),
    ),
  ]
  await load(rows('AVANT'))
  await all(
    `update establishments set first_imported_at = ('2026-03-0' || n || 'T08:00:00Z')::timestamptz
      from (select siret as s, row_number() over (order by siret) as n from establishments) x where siret = s`,
  )
  const first = () => all('select siret, sign, first_imported_at from establishments order by siret')
  const [old, before] = [await oids(), await first()]
  await load(rows('APRÈS', [inventedSiren(4)]))
  assert.notEqual((await oids()).e, old.e, 'the tables were exchanged')
  const now = await first()
  assert.deepEqual(
    now.slice(0, 3).map(r => [r.siret, r.sign, r.first_imported_at]),
    before.map(r => [r.siret, 'APRÈS', r.first_imported_at]),
  )
  assert.ok(now[3].first_imported_at > new Date('2026-03-04T00:00:00Z'), 'who is new came now')
})

test('EST-1: who reads throughout a full import sees the register before, then the register after: never an error, never a part', async () => {
  const sirens = Array.from({ length: 600 }, (_, i) => inventedSiren(i + 1))
  const stock = (name: string) => [
    write(
      establishmentColumns,
      sirens.map(s => anEstablishment(inventedSiret(s), { enseigne1Etablissement: name })),
    ),
    write(
      unitColumns,
      sirens.map(s => aUnit(s, { denominationUniteLegale: name })),
    ),
  ]
  await load(stock('AVANT'))
  const web = new pg.Client(database.webUrl)
  await web.connect()
  let [over, readings] = [false, 0]
  const seen = new Set<string>()
  const prepared = {
    name: 'prepared',
    text: 'select count(*)::int as n, min(e.sign) as least, max(e.sign) as most, min(u.name) as unit, count(u.siren)::int as units from establishments e left join legal_units u using (siren)',
  }
  const reading = (async () => {
    while (!over) {
      const {
        rows: [r],
      } = await web.query(prepared)
      readings++
      assert.deepEqual([r.n, r.units, r.least, r.unit], [600, 600, r.most, r.most])
      seen.add(r.most)
    }
  })()
  // One reads for long, when the tables are about to change places: it is waited for, and nobody behind it is held up.
  const long = new pg.Client(database.webUrl)
  await long.connect()
  await long.query('begin')
  let released: Promise<unknown> | undefined
  await load(stock('APRÈS'), {
    batchRows: 100,
    onStep: step => {
      if (step !== 'applying') return
      released = long
        .query('select count(*) from establishments')
        .then(
          () =>
            new Promise(done => {
              setTimeout(done, 700)
            }),
        )
        .then(() => long.query('commit'))
    },
  })
  over = true
  await Promise.all([reading, released])
  await web.end()
  await long.end()
  assert.ok(readings > 20, `${readings} readings`)
  assert.deepEqual([...seen].sort(), ['APRÈS', 'AVANT'])
})

test('EST-1: what others write while an import is prepared holds; a unit masked meanwhile stays masked', async () => {
  const [a, b, c] = [1, 2, 3].map(inventedSiren) as [string, string, string]
  const input = (name: string) => [
    write(
      establishmentColumns,
      [a, b, c].flatMap(s => [
        anEstablishment(inventedSiret(s, 1), { enseigne1Etablissement: name }),
        anEstablishment(inventedSiret(s, 2), { enseigne1Etablissement: name }),
      ]),
    ),
    write(unitColumns, [aUnit(a), aUnit(b), aPerson(c, { nomUniteLegale: 'LESTAGE', prenom1UniteLegale: 'PAUL' })]),
  ]
  for (const others of [0, 200]) {
    // with many others that stay, the register is written in place
    await owner.query('truncate establishments, legal_units')
    const rest = Array.from({ length: others }, (_, i) => inventedSiren(100 + i))
    if (others)
      await load([
        write(
          establishmentColumns,
          rest.map(s => anEstablishment(inventedSiret(s))),
        ),
        write(
          unitColumns,
          rest.map(s => aUnit(s)),
        ),
      ])
    await load(input('AVANT'))
    const old = await oids()
    await load(input('FICHIER'), {
      onRejectsTold: async () => {
        await owner.query(
          `update establishments set sign = 'MIS À JOUR', register_updated_at = '2026-11-24' where siret = $1`,
          [inventedSiret(a, 1)],
        )
        await owner.query(
          `insert into establishments (siret, siren, nic, sign, active, head_office, diffusion, row_hash)
            values ($1, $2, $3, 'CHERCHÉ', true, false, 'O', 1)`,
          [inventedSiret(a, 9), a, inventedSiret(a, 9).slice(9)],
        )
        await owner.query(
          `update legal_units set diffusion = 'P', name = null, acronym = null, row_hash = 7 where siren = $1`,
          [c],
        )
        await owner.query(
          `update establishments e set legal_unit_diffusion = 'P', legal_name = null, unit_hash = 7 where siren = $1`,
          [c],
        )
      },
    })
    assert.equal((await oids()).e === old.e, others > 0)
    await wordsAreThose()
    assert.equal((await all(`select from search_lexicon where word = 'jour'`)).length, 1)
    assert.deepEqual(
      (
        await all('select siret::text, sign from establishments where siren in ($1, $2, $3) order by siret', a, b, c)
      ).map(r => [r.siret, r.sign]),
      [
        [inventedSiret(a, 1), 'MIS À JOUR'],
        [inventedSiret(a, 2), 'FICHIER'],
        [inventedSiret(a, 9), 'CHERCHÉ'],
        [inventedSiret(b, 1), 'FICHIER'],
        [inventedSiret(b, 2), 'FICHIER'],
        [inventedSiret(c, 1), null],
        [inventedSiret(c, 2), null],
      ].sort(([x], [y]) => (x! < y! ? -1 : 1)),
    )
    assert.doesNotMatch(
      JSON.stringify([
        await all('select * from establishments where siren = $1', c),
        await all('select * from legal_units where siren = $1', c),
      ]),
      /LESTAGE|TONNELIERS/,
    )
  }
})

test('EST-1: an exchange that is being recorded with a provisional card, and reads the register while it changes places, neither fails nor makes the import fail', async () => {
  const siret = inventedSiret(inventedSiren(1))
  const organisation = await insertOrganisation(owner)
  const author = await insertAccount(owner, anAccount(organisation.id))
  await owner.query(
    `insert into provisional_establishments (siret, name, commune_code, region_id, organisation_id, author_id,
      created_at) values ($1, 'Fournil', '33122', 1075, $2, $3, now())`,
    [siret, organisation.id, author.id],
  )
  const recorder = await connect()
  await recorder.query('begin')
  await recorder.query('select from provisional_establishments where siret = $1 for share', [siret])
  const importing = load([
    write(establishmentColumns, [anEstablishment(siret)]),
    write(unitColumns, [aUnit(siret.slice(0, 9))]),
  ])
  const waiting = async () =>
    (
      await all(
        `select from pg_stat_activity where datname = current_database() and query like '%settle_provisional%'
          and wait_event_type = 'Lock'`,
      )
    ).length > 0
  while (!(await waiting()))
    await new Promise(done => {
      setTimeout(done, 20)
    })
  assert.equal((await recorder.query('select from establishments where siret = $1', [siret])).rowCount, 1)
  await recorder.query('commit')
  await recorder.end()
  await importing
  assert.equal(
    (await all('select from provisional_establishments where siret = $1 and confirmed_at is not null', siret)).length,
    1,
  )
})
