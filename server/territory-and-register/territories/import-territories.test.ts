import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../../testing/database.ts'
import { applyEditions } from './clpe-editions.queries.ts'
import { importClpe } from './import-clpe.ts'
import { importNaf } from './import-naf.ts'
import { saveAlias } from './import-territories.queries.ts'
import { importTerritories, readCog } from './import-territories.ts'
import { aClpeFile, aCog } from './testing.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
})
after(async () => {
  await owner.end()
  await database.drop()
})
beforeEach(async () => {
  await owner.query(
    `truncate communes, commune_successions, territory_editions, clpe_in_edition, clpe_communes, naf cascade`,
  )
  await owner.query(`delete from territory_overlaps where (territory_id, other_id) <> (0, 0)`)
  await owner.query(`delete from territories where kind not in ('national', 'region')`)
  await owner.query(`delete from territories where id <> 0`)
})

const today = '2026-11-25'
const all = async <T>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await owner.query({ text, values, rowMode: 'array' })).rows.map((r: unknown[]) => (r.length === 1 ? r[0] : r) as T)
const clpe = (edition: string, clpes: Parameters<typeof aClpeFile>[0], inForceFrom = `${edition}-01`) =>
  importClpe(owner, aClpeFile(clpes), { edition, inForceFrom }, today)
const homes = () =>
  all<[string, string | null]>(
    `select c.code, t.code || ' ' || t.name from communes c left join territories t on t.id = c.clpe_id
      where c.departement_id = 2033 order by 1`,
  )
const identities = (edition: string) =>
  all<[string, number]>('select code, clpe_id from clpe_in_edition where edition = $1 order by 1', edition).then(
    Object.fromEntries<number>,
  )

test('TER-1: communes carry their EPCI, department and region by ids disjoint by kind; a second import changes nothing', async () => {
  await importTerritories(owner, aCog(), today)
  const communes = () =>
    all(
      `select code, region_id, departement_id, epci_id from communes where code in ('33122', '2A004', '40088')
        order by 1`,
    )
  assert.deepEqual(await communes(), [
    ['2A004', 1094, 2201, null],
    ['33122', 1075, 2033, 243301165],
    ['40088', 1075, 2040, null],
  ])
  const state = () =>
    all(
      'select to_jsonb(x) from (select to_jsonb(c) as row from communes c union all select to_jsonb(t) from territories t union all select to_jsonb(s) from commune_successions s) x order by 1',
    )
  const first = await state()
  await importTerritories(owner, aCog(), today)
  assert.deepEqual(await state(), first)
})

test('TER-1: retired codes, delegated communes and municipal districts resolve to their commune', async () => {
  await importTerritories(owner, aCog(), today)
  assert.deepEqual(
    await all(
      `select x, commune_on(x, '2026-11-25')
        from unnest(array['33122', '33999', '33998', '20004', '75101', '99999']) x`,
    ),
    [
      ['33122', '33122'],
      ['33999', '33238'],
      ['33998', '33238'],
      ['20004', '2A004'],
      ['75101', '75056'],
      ['99999', null],
    ],
  )
  assert.deepEqual(await all(`select kind from commune_successions where old_code in ('33998', '75101') order by 1`), [
    'delegated',
    'municipal-district',
  ])
})

test('TER-1: a code retired by an edition means itself before its day and its successor from that day', async () => {
  await importTerritories(owner, aCog(), '2026-11-25')
  const merged = aCog({ edition: '2027', inForceFrom: '2027-01-01' })
  merged.communes = merged.communes
    .filter(c => c.code !== '33213')
    .map(c => (c.code === '33238' ? { ...c, nom: 'Léognan-La Brède', anciensCodes: ['33213'] } : c))
  merged.epcis = merged.epcis.map(e => ({ ...e, membres: e.membres.filter(m => m.code !== '33213') }))
  await importTerritories(owner, merged, '2027-01-15')
  assert.deepEqual(
    await all(
      `select d::text, commune_on('33213', d) from unnest(array['2026-12-31', '2027-01-01', '2027-06-01']::date[]) d`,
    ),
    [
      ['2026-12-31', '33213'],
      ['2027-01-01', '33238'],
      ['2027-06-01', '33238'],
    ],
  )
  assert.deepEqual(await all('select code from communes where valid_to is not null'), ['33213'])
})

test('TER-1: two editions give one code to two territories; identity follows the communes, the alias stays on it', async () => {
  await importTerritories(owner, aCog(), today)
  const first = await clpe('2026-04', {
    CLPE33001: ['CLPE HORS MÉTROPOLE', '33122', '33090', '33422', '33238'],
    CLPE33002: ['ENTRE DEUX MERS', '33140', '40001'],
  })
  assert.deepEqual([first.clpes, first.continued, first.created, first.inForce], [2, 0, 2, '2026-04'])
  const before = await identities('2026-04')
  await saveAlias(owner, 'clpe', 'CLPE33001', 'Cœur de Gironde')
  const second = await clpe('2026-05', {
    CLPE33001: ['Médoc', '33140', '40088'],
    CLPE33002: ['Hors métropole', '33122', '33090', '33422', '33238', '33213'],
  })
  assert.deepEqual([second.continued, second.created, second.inForce], [1, 1, '2026-05'])
  const now = await identities('2026-05')
  assert.equal(now['CLPE33002'], before['CLPE33001'], 'the same communes, another code')
  assert.ok(!Object.values(before).includes(now['CLPE33001']!), 'the same code, other communes')
  assert.deepEqual(await all(`select code, name, alias, current from territories where kind = 'clpe' order by id`), [
    ['CLPE33002', 'Hors métropole', 'Cœur de Gironde', true],
    ['CLPE33002', 'ENTRE DEUX MERS', null, false],
    ['CLPE33001', 'Médoc', null, true],
  ])
  assert.deepEqual(await homes(), [
    ['33090', 'CLPE33002 Hors métropole'],
    ['33122', 'CLPE33002 Hors métropole'],
    ['33140', 'CLPE33001 Médoc'],
    ['33213', 'CLPE33002 Hors métropole'],
    ['33238', 'CLPE33002 Hors métropole'],
    ['33422', 'CLPE33002 Hors métropole'],
  ])
})

test('TER-1: the order of import does not matter, a correction keeps identities, an edition to come waits for its day', async () => {
  await importTerritories(owner, aCog(), today)
  await clpe('2026-05', { CLPE33002: ['B', '33122', '33090', '33422'] })
  const later = await identities('2026-05')
  const earlier = await clpe('2026-04', { CLPE33001: ['A', '33122', '33090', '33422'] })
  assert.deepEqual(
    [earlier.continued, earlier.inForce, (await identities('2026-04'))['CLPE33001']],
    [1, '2026-05', later['CLPE33002']],
  )
  await clpe('2026-05', { CLPE33002: ['B', '33122', '33090', '33422', '33238'] })
  assert.deepEqual(await identities('2026-05'), later)
  const next = await clpe('2027-01', { CLPE33009: ['C', '33122', '33090', '33422'] }, '2027-01-01')
  assert.equal(next.inForce, '2026-05')
  assert.equal(await applyEditions(owner, '2027-01-01'), '2027-01')
  assert.deepEqual(await all(`select code from territories where kind = 'clpe' and current`), ['CLPE33009'])
})

test('TER-1: a CLPE file is read by column name; unknown and repeated communes are reported, retired ones resolved', async () => {
  await importTerritories(owner, aCog(), today)
  const text =
    '\uFEFFcode_insee;commune;clpe_id;clpe_libelle\r\n33122;Cestas;CLPE33002;"Bordeaux ; hors métropole"\r\n33999;Vieux;CLPE33002;x\r\n75101;Paris 1er;CLPE75001;Paris\r\n99138;Monaco;CLPE75001;Paris\r\n33122;Cestas;CLPE33003;y\r\n33090;Canéjan;;\r\n'
  const result = await importClpe(owner, text, { edition: '2026-05', inForceFrom: '2026-05-01' }, today)
  assert.deepEqual(
    result.rejects.map(r => [r.line, r.reason]),
    [
      [5, 'unknown-commune'],
      [6, 'repeated-commune'],
      [7, 'no-code'],
    ],
  )
  assert.deepEqual(
    await all(`select c.code, t.name from communes c join territories t on t.id = c.clpe_id order by 1`),
    [
      ['33122', 'Bordeaux ; hors métropole'],
      ['33238', 'Bordeaux ; hors métropole'],
      ['75056', 'Paris'],
    ],
  )
})

test('TER-1: territories overlap when they share a commune, the national one with all, a CLPE gone through its last communes', async () => {
  await importTerritories(owner, aCog(), today)
  await clpe('2026-04', { CLPE33001: ['A', '33122', '33090', '33422'], CLPE33002: ['B', '33140', '40001'] })
  await clpe('2026-05', { CLPE33001: ['A', '33122', '33090', '33422'] })
  const { CLPE33001: a, CLPE33002: gone } = await identities('2026-04')
  const overlaps = async (id: number) =>
    await all<number>('select other_id from territory_overlaps where territory_id = $1 order by 1', id)
  assert.deepEqual(await overlaps(a!), [0, 1075, 2033, a, 243301165])
  assert.deepEqual(
    await overlaps(243301215),
    [0, 1075, 2033, 2040, gone, 243301215].sort((x, y) => x! - y!),
  )
  assert.deepEqual(
    await all(
      'select count(*)::int = (select count(*)::int from territories) from territory_overlaps where territory_id = 0',
    ),
    [true],
  )
  assert.deepEqual(
    await all(
      'select count(*)::int from territory_overlaps o where not exists (select from territory_overlaps r where r.territory_id = o.other_id and r.other_id = o.territory_id)',
    ),
    [0],
  )
})

test('TER-1: NAF labels of both nomenclatures, by column name', async () => {
  const rev2 =
    '"ligne";"Code";" Intitulés de la  NAF rév. 2, version finale ";"court"\n1;;;\n2;"SECTION A";"AGRICULTURE";"A"\n4;"01";"Culture";"x"\n8;"01.11Z";"Culture de céréales";"x"\n9;"SECTION C";"INDUSTRIE";"C"\n10;"16.24Z";"Fabrication d\'emballages en bois";"x"\n'
  assert.deepEqual(await importNaf(owner, rev2), { nomenclature: 'NAFRev2', labels: 5, finest: 2 })
  await importNaf(
    owner,
    'niv5,niv4,niv1,niv1_libelle,niv5_libelle\n01.11Y,01.11,A,"AGRICULTURE","Culture de céréales, hors riz"\n',
  )
  assert.deepEqual(
    await all(
      `select nomenclature, code, label, section from naf where code ~ '[A-Z]$' and code ~ '^\\d' order by 1, 2`,
    ),
    [
      ['NAF25', '01.11Y', 'Culture de céréales, hors riz', 'A'],
      ['NAFRev2', '01.11Z', 'Culture de céréales', 'A'],
      ['NAFRev2', '16.24Z', "Fabrication d'emballages en bois", 'C'],
    ],
  )
})

const shared = new URL('../../../../shared/data/territoires/', import.meta.url)
test('TER-1: the official code and both published editions of the CLPE', {
  skip: existsSync(shared) ? false : 'the published CLPE files are not in ../shared/data',
}, async () => {
  const { edition, communes, epcis } = await importTerritories(owner, readCog(), today)
  assert.deepEqual([edition, communes, epcis], ['2026', 34969, 1255])
  for (const [month, clpes] of [
    ['2026-04', 356],
    ['2026-05', 363],
  ] as const) {
    const result = await importClpe(
      owner,
      readFileSync(new URL(`clpe_${month}.csv`, shared), 'utf8'),
      { edition: month, inForceFrom: `${month}-01` },
      today,
    )
    assert.equal(result.clpes, clpes)
  }
  const [april, may] = [await identities('2026-04'), await identities('2026-05')]
  assert.equal(april['CLPE33002'], may['CLPE33002'])
  assert.notEqual(april['CLPE33003'], may['CLPE33003'], 'Grand Libournais in April, Bordeaux Métropole in May')
  assert.equal(april['CLPE33003'], may['CLPE33004'])
  assert.deepEqual(
    await all('select count(*)::int, count(distinct epci_id)::int from communes where clpe_id = $1', may['CLPE33002']),
    [[56, 6]],
  )
  assert.deepEqual(
    await all(`select x, commune_on(x, '2026-11-25') from unnest(array['01340', '13201', '69381', '75120']) x`),
    [
      ['01340', '01015'],
      ['13201', '13055'],
      ['69381', '69123'],
      ['75120', '75056'],
    ],
  )
})
