import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../../testing/database.ts'
import { soughtAsTyped, wordsOf } from '../establishments/search-terms.ts'
import { importClpe } from '../territories/import-clpe.ts'
import { importTerritories, readCog } from '../territories/import-territories.ts'
import { readCsv } from '../territories/small-csv.ts'
import { aClpeFile, aCog } from '../territories/testing.ts'
import type { FileKind } from './file-layout.ts'
import { keptOf, lostOf } from './import-counts.ts'
import type { ImportOptions } from './import-options.ts'
import { importRegister } from './import-register.ts'
import type { Reject } from './line-scanner.ts'
import { refreshTerritories } from './refresh-territories.queries.ts'
import { packings } from './testing-files.ts'
import {
  anEstablishment,
  aPerson,
  aSuccession,
  aUnit,
  csvOf,
  establishmentColumns,
  inventedSiren,
  inventedSiret,
  successionColumns,
  toOfficialLayout,
  unitColumns,
} from './testing-official-layout.ts'

let database: TestDatabase
let owner: pg.Client
let folder: string
const today = '2026-11-25'
before(async () => {
  database = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'register-'))
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await importTerritories(owner, aCog(), today)
  await importClpe(
    owner,
    aClpeFile({ CLPE33002: ['Bordeaux hors métropole', '33122', '33090', '33422', '33238'] }),
    { edition: '2026-05', inForceFrom: '2026-05-01' },
    today,
  )
  await owner.end()
})
after(async () => {
  await owner.end()
  await database.drop()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => {
  await owner?.end().catch(() => {})
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await owner.query('truncate establishments, legal_units, establishment_successions, register_imports')
})

type Row = Record<string, string>
let files = 0
const write = (content: string | Buffer, ending = '.csv') => {
  const path = join(folder, `${files++}${ending}`)
  writeFileSync(path, content)
  return path
}
const stock = (rows: Row[], columns = establishmentColumns) => write(csvOf(columns, rows))
const units = (rows: Row[], columns = unitColumns) => write(csvOf(columns, rows))
/** Imports on a connection of its own, as the command does; the counts of each file by its kind. */
const load = async (paths: string[], options: Partial<ImportOptions> = {}) => {
  const client = new pg.Client(database.ownerUrl)
  client.on('error', () => {}) // a test cuts it
  await client.connect()
  const rejects: Reject[] = []
  try {
    const counts = await importRegister(client, paths, {
      area: null,
      activeOnly: false,
      scopeName: 'essai',
      today,
      onReject: (_file, r) => rejects.push(r),
      ...options,
    })
    for (const c of counts) assert.equal(lostOf(c), 0, 'every line read is accounted for')
    return {
      counts,
      rejects,
      of: (kind: FileKind) => {
        const c = counts.find(x => x.kind === kind)!
        return {
          read: c.read,
          kept: keptOf(c),
          ...c.became,
          ...(Object.keys(c.rejected).length ? { rejected: c.rejected } : {}),
        }
      },
    }
  } finally {
    await client.end()
  }
}
const all = async (text: string, ...values: unknown[]): Promise<any[]> => (await owner.query(text, values)).rows
const register = () =>
  all('select to_jsonb(e) - $1::text[] as row from (select * from establishments order by siret) e', [
    'first_imported_at',
    'updated_at',
  ])
const found = async (words: string) =>
  (
    await all(
      'select siret from establishments where search @@ scoped_query($1, departement_id) order by 1',
      soughtAsTyped(wordsOf(words))?.wide,
    )
  ).map(r => String(r.siret))

const siren = inventedSiren(1)
const [siret, second, third] = [inventedSiret(siren, 1), inventedSiret(siren, 2), inventedSiret(siren, 3)]

test('EST-1: the official layout, legal units first whatever the order, columns by name', async () => {
  const result = await load([
    stock([anEstablishment(siret, { enseigne1Etablissement: 'LE DOUELLAN' })]),
    units([aUnit(siren, { sigleUniteLegale: 'TDG' })]),
  ])
  assert.deepEqual(
    [result.of('units'), result.of('establishments')],
    [
      { read: 1, kept: 1, new: 1 },
      { read: 1, kept: 1, new: 1 },
    ],
  )
  const [row] = await all('select * from establishments')
  assert.deepEqual(
    [
      row.name,
      row.legal_name,
      row.sign,
      row.acronym,
      row.naf,
      row.headcount_band,
      row.headcount_year,
      row.employer,
      row.active,
      row.head_office,
      row.street,
      row.postal_code,
      row.commune_code,
    ],
    [
      'LE DOUELLAN',
      'TONNELLERIE DES GRAVES',
      'LE DOUELLAN',
      'TDG',
      '16.24Z',
      '12',
      2023,
      true,
      true,
      true,
      '12 RUE DES TONNELIERS',
      '33610',
      '33122',
    ],
  )
  assert.deepEqual([row.region_id, row.departement_id, row.epci_id], [1075, 2033, 243301165])
  assert.ok(row.clpe_id > 10000 && Math.abs(row.latitude - 44.73) < 0.1 && Math.abs(row.longitude + 0.69) < 0.1)
  const reversed = [...establishmentColumns].reverse().filter(c => c !== 'activitePrincipaleNAF25Etablissement')
  assert.deepEqual(
    (
      await load([
        stock([anEstablishment(siret, { enseigne1Etablissement: 'LE DOUELLAN' })], ['colonneNouvelle', ...reversed]),
      ])
    ).of('establishments'),
    { read: 1, kept: 1, unchanged: 1 },
  )
})

test('EST-1: what is no line of the register is rejected with its line and reason, the rest is kept', async () => {
  const lines = csvOf(establishmentColumns, [
    anEstablishment(siret),
    anEstablishment('', { siren: '' }),
    anEstablishment(siret.slice(0, 13)),
    anEstablishment('90000000000017'),
    anEstablishment(second),
    anEstablishment(siret, { enseigne1Etablissement: 'REPETE' }),
    anEstablishment('35600000014754', { enseigne1Etablissement: 'LA POSTE' }),
    anEstablishment(third, { etatAdministratifEtablissement: 'X' }),
    anEstablishment(third, { statutDiffusionEtablissement: '' }),
  ])
  const { rejects, of } = await load([
    write(Buffer.concat([Buffer.from(lines), Buffer.from('a,b\n"'), Buffer.from([0xff]), Buffer.from('\n')])),
  ])
  assert.deepEqual(
    rejects.map(r => [r.line, r.reason]),
    [
      [3, 'no-siret'],
      [4, 'not-14-digits'],
      [5, 'wrong-siret-key'],
      [7, 'repeated-siret'],
      [9, 'unknown-state'],
      [10, 'unknown-diffusion'],
      [11, 'wrong-column-count'],
      [12, 'unterminated-quote'],
    ],
  )
  assert.deepEqual({ ...of('establishments'), rejected: null }, { read: 11, kept: 3, new: 3, rejected: null })
  assert.deepEqual(
    (await all('select siret::text, sign from establishments order by siret')).map(r => Object.values(r)),
    [
      ['35600000014754', 'LA POSTE'],
      [siret, null],
      [second, null],
    ],
  )
})

test('EST-1: a repeat is found across batches too, and the first is kept', async () => {
  const many = Array.from({ length: 30 }, (_, i) =>
    anEstablishment(inventedSiret(siren, 30 - i), { enseigne1Etablissement: `N${i}` }),
  )
  const { rejects, of } = await load(
    [stock([...many, anEstablishment(inventedSiret(siren, 30), { enseigne1Etablissement: 'REPETE' })])],
    { batchRows: 1 },
  )
  assert.deepEqual([of('establishments').new, rejects.map(r => [r.line, r.reason])], [30, [[32, 'repeated-siret']]])
  assert.deepEqual(await all(`select from establishments where sign = 'REPETE'`), [])
})

test('EST-1: csv, gz and zip give the same; the same file twice changes nothing, not even a row version', async () => {
  const rows = [
    anEstablishment(siret),
    anEstablishment(second, { libelleVoieEtablissement: 'DU "GRAND" LARGE, BAT. A' }),
  ]
  await load([write(gzipSync(csvOf(establishmentColumns, rows)), '.csv.gz'), units([aUnit(siren)])])
  const versions = () =>
    all(
      'select siret, xmin::text, updated_at from establishments union all select siren, xmin::text, null from legal_units order by 1',
    )
  const first = await versions()
  const again = await load([stock(rows), units([aUnit(siren)])])
  assert.deepEqual(
    [again.of('establishments'), again.of('units')],
    [
      { read: 2, kept: 2, unchanged: 2 },
      { read: 1, kept: 1, unchanged: 1 },
    ],
  )
  assert.deepEqual(await versions(), first)
  const {
    rows: [known],
  } = await owner.query('select street from establishments where siret = $1', [second])
  assert.equal(known.street, '12 RUE DU "GRAND" LARGE, BAT. A')
})

test('EST-1: what the files no longer hold is kept as it is, counted and named: but not what is no longer diffused', async () => {
  const [third, hidden] = [inventedSiret(siren, 3), inventedSiret(siren, 4)]
  const all4 = [siret, second, third, hidden].map(s => anEstablishment(s))
  const absent = (loaded: Awaited<ReturnType<typeof load>>) => loaded.counts.map(c => c.absent)
  assert.deepEqual(absent(await load([stock(all4), units([aUnit(siren)])])), [undefined, { count: 0, sample: [] }])
  await load([stock([anEstablishment(hidden, { statutDiffusionEtablissement: 'N' })])])
  const versions = () => all('select siret, xmin::text, updated_at from establishments order by 1')
  const before = await versions()
  const { of, counts } = await load(
    [stock(all4.slice(0, 1)), stock(all4.slice(1, 2).map(r => ({ ...r, denominationUsuelleEtablissement: '' })))],
    { batchRows: 1 },
  )
  assert.deepEqual(
    [of('establishments'), counts.map(c => c.absent)],
    [{ read: 1, kept: 1, unchanged: 1 }, [undefined, { count: 1, sample: [third] }]],
    'what either file gives is not absent',
  )
  assert.deepEqual(await versions(), before)
  assert.deepEqual(absent(await load([units([aUnit(siren)])])), [undefined], 'files of units say nothing of it')
})

test('EST-1: changed, closed and reopened are counted apart; a unit that changes its name changes it on its establishments', async () => {
  await load([
    stock([
      anEstablishment(siret),
      anEstablishment(second),
      anEstablishment(third, { etatAdministratifEtablissement: 'F', dateDebut: '2020-05-31' }),
    ]),
    units([aUnit(siren)]),
  ])
  const { of } = await load([
    stock([
      anEstablishment(siret, { trancheEffectifsEtablissement: '21' }),
      anEstablishment(second, { etatAdministratifEtablissement: 'F', dateDebut: '2026-10-31' }),
      anEstablishment(third),
    ]),
  ])
  assert.deepEqual(of('establishments'), { read: 3, kept: 3, changed: 1, closed: 1, reopened: 1 })
  assert.deepEqual(
    (await all('select active, closed_on::text from establishments order by siret')).map(r => Object.values(r)),
    [
      [true, null],
      [false, '2026-10-31'],
      [true, null],
    ],
  )
  assert.deepEqual((await load([units([aUnit(siren, { denominationUniteLegale: 'MERRAINS DU SUD' })])])).of('units'), {
    read: 1,
    kept: 1,
    changed: 1,
  })
  assert.deepEqual(await all('select distinct legal_name from establishments'), [{ legal_name: 'MERRAINS DU SUD' }])
  assert.equal((await found('merrains')).length, 3)
  assert.equal(
    (await load([stock([anEstablishment(siret, { trancheEffectifsEtablissement: '21' })])])).of('establishments')
      .unchanged,
    1,
  )
})

test('EST-1: an area keeps its establishments and their units alone; what is held already is followed wherever it goes', async () => {
  const elsewhere = inventedSiren(2)
  const away = anEstablishment(inventedSiret(elsewhere), {
    codeCommuneEtablissement: '40088',
    libelleCommuneEtablissement: 'DAX',
    codePostalEtablissement: '40100',
  })
  const input = [
    stock([anEstablishment(siret), away, anEstablishment(second, { etatAdministratifEtablissement: 'F' })]),
    units([aUnit(siren), aUnit(elsewhere)]),
  ]
  for (const area of [
    [2033],
    [243301165],
    (await all(`select id from territories where kind = 'clpe'`)).map(r => r.id),
  ]) {
    await owner.query('truncate establishments, legal_units')
    const { of } = await load(input, { area, activeOnly: true })
    assert.deepEqual(
      [of('units'), of('establishments')],
      [
        { read: 2, kept: 1, new: 1, outside: 1 },
        { read: 3, kept: 1, new: 1, outside: 1, inactive: 1 },
      ],
    )
  }
  const { of } = await load(
    [
      stock([
        anEstablishment(siret, { ...away, siren, siret, nic: siret.slice(9), etatAdministratifEtablissement: 'F' }),
      ]),
    ],
    { area: [2033], activeOnly: true },
  )
  assert.deepEqual(
    of('establishments'),
    { read: 1, kept: 1, closed: 1 },
    'held already: its closing and its move are not missed',
  )
})

test('EST-1: foreign establishments and unknown communes are kept without territory, the latter listed; TER-1: retired codes and districts find theirs', async () => {
  const [a, b, c, d] = [1, 2, 3, 4].map(i => inventedSiret(siren, i)) as [string, string, string, string]
  const { counts } = await load([
    stock([
      anEstablishment(a, {
        codeCommuneEtablissement: '',
        libelleCommuneEtablissement: '',
        codePostalEtablissement: '',
        libelleCommuneEtrangerEtablissement: 'BILBAO',
        codePaysEtrangerEtablissement: '99134',
        libellePaysEtrangerEtablissement: 'ESPAGNE',
      }),
      anEstablishment(b, { codeCommuneEtablissement: '33777' }),
      anEstablishment(c, { codeCommuneEtablissement: '33999' }),
      anEstablishment(d, { codeCommuneEtablissement: '75101' }),
    ]),
  ])
  assert.deepEqual(counts[0]!.unknownCommunes, { 33777: 1 })
  assert.deepEqual(
    (
      await all(
        'select commune_code, published_commune_code, departement_id, country, commune_name from establishments order by siret',
      )
    ).map(r => Object.values(r)),
    [
      [null, null, null, 'ESPAGNE', 'BILBAO'],
      ['33777', '33777', null, null, 'CESTAS'],
      ['33238', '33999', 2033, null, 'CESTAS'],
      ['75056', '75101', 2075, null, 'CESTAS'],
    ],
  )
})

test('EST-1: unknown codes of activity, headcount and legal category are kept as published and listed, those of older nomenclatures are history', async () => {
  const sirets = [1, 2, 3, 4, 5].map(i => inventedSiret(siren, i)) as [string, string, string, string, string]
  const rows = [
    anEstablishment(sirets[0], {
      activitePrincipaleEtablissement: '00.76Z',
      activitePrincipaleNAF25Etablissement: '16.24Y',
    }),
    anEstablishment(sirets[1], { activitePrincipaleEtablissement: '1624', trancheEffectifsEtablissement: '77' }),
    anEstablishment(sirets[2], {
      activitePrincipaleEtablissement: '74.8K',
      nomenclatureActivitePrincipaleEtablissement: 'NAFRev1',
    }),
    anEstablishment(sirets[3], {
      activitePrincipaleEtablissement: '',
      nomenclatureActivitePrincipaleEtablissement: '',
      trancheEffectifsEtablissement: 'NN',
    }),
    anEstablishment(sirets[4], {
      activitePrincipaleEtablissement: '16.24Z',
      nomenclatureActivitePrincipaleEtablissement: 'NAF2040',
      activitePrincipaleNAF25Etablissement: '04.00Z',
    }),
  ]
  const files = [
    stock(rows),
    units([aUnit(siren, { categorieJuridiqueUniteLegale: '5999', trancheEffectifsUniteLegale: '88' })]),
  ]
  const said = async () => Object.fromEntries((await load(files)).counts.map(c => [c.kind, c.unknownCodes]))
  const listed = {
    units: { headcounts: { 88: 1 }, legalCategories: { 5999: 1 } },
    establishments: {
      activities: { 'NAFRev2 00.76Z': 1, 'NAFRev2 1624': 1, 'NAF2040 16.24Z': 1, 'NAF25 04.00Z': 1 },
      headcounts: { 77: 1 },
    },
  }
  assert.deepEqual(await said(), listed)
  assert.deepEqual(
    (
      await all(
        'select naf, naf25, headcount_band as band, legal_category as category from establishments order by siret',
      )
    ).map(r => Object.values(r)),
    [
      ['00.76Z', '16.24Y', '12', '5999'],
      ['1624', null, '77', '5999'],
      ['74.8K', null, '12', '5999'],
      [null, null, 'NN', '5999'],
      ['16.24Z', '04.00Z', '12', '5999'],
    ],
  )
  assert.deepEqual(await said(), listed, 'told again when nothing changed')
  await owner.query(`insert into naf (nomenclature, code, label) values ('NAFRev2', '00.76Z', 'Une activité nouvelle')`)
  const known = await said()
  assert.deepEqual(
    known['establishments']?.activities,
    { 'NAFRev2 1624': 1, 'NAF2040 16.24Z': 1, 'NAF25 04.00Z': 1 },
    'once its labels are imported, a nomenclature is known by its codes',
  )
  await owner.query('delete from naf')
})

test('TER-1: a new edition of the CLPE moves the establishments of the communes that changed', async () => {
  await load([stock([anEstablishment(siret), anEstablishment(second, { codeCommuneEtablissement: '33213' })])])
  await importClpe(
    owner,
    aClpeFile({ CLPE33002: ['Bordeaux hors métropole', '33122', '33090', '33422', '33238', '33213'] }),
    { edition: '2026-06', inForceFrom: '2026-06-01' },
    today,
  )
  assert.equal(await refreshTerritories(owner, today), 1)
  assert.deepEqual(
    await all('select count(distinct clpe_id)::int as n, count(clpe_id)::int as m from establishments'),
    [{ n: 1, m: 2 }],
  )
  assert.equal(
    (await all(`select from establishments where search @@ scoped_query('''§=z' || clpe_id || '''', departement_id)`))
      .length,
    2,
  )
})

test('EST-1: succession links: kept whoever they name, bad lines rejected, the newest of a repeat; the same file twice changes nothing', async () => {
  const absent = inventedSiret(inventedSiren(7))
  const links = (rows: Row[]) => write(csvOf(successionColumns, rows))
  const rows = [
    aSuccession(siret, second),
    aSuccession(second, third, { transfertSiege: 'false' }),
    aSuccession(absent, siret, { continuiteEconomique: 'false', dateDernierTraitementLienSuccession: '' }),
    aSuccession(siret.slice(1), second),
    aSuccession(siret, '90000000000017'),
    aSuccession('', siret),
    aSuccession(siret, third, { dateLienSuccession: '2024-02-31' }),
    aSuccession(siret, third, { transfertSiege: 'oui' }),
    aSuccession(siret, second, {
      continuiteEconomique: 'false',
      dateDernierTraitementLienSuccession: '2024-01-01T00:00:00',
    }),
  ]
  const held = () =>
    all(
      'select predecessor::text, successor::text, linked_on::text, head_office_transfer as t, economic_continuity as c, xmin::text from establishment_successions order by predecessor, successor',
    )
  const { of, rejects } = await load([links(rows)], { batchRows: 1 })
  assert.deepEqual(
    rejects.map(r => [r.line, r.reason]),
    [
      [5, 'not-14-digits'],
      [6, 'wrong-siret-key'],
      [7, 'no-siret'],
      [8, 'unreadable-day'],
      [9, 'unreadable-flag'],
    ],
  )
  assert.deepEqual({ ...of('successions'), rejected: null }, { read: 9, kept: 3, new: 3, repeated: 1, rejected: null })
  const first = await held()
  assert.deepEqual(
    first.map(({ xmin, ...link }) => link),
    [
      { predecessor: siret, successor: second, linked_on: '2024-02-01', t: true, c: true },
      { predecessor: second, successor: third, linked_on: '2024-02-01', t: false, c: true },
      { predecessor: absent, successor: siret, linked_on: '2024-02-01', t: true, c: false },
    ],
  )
  assert.deepEqual((await load([links(rows.slice(0, 3))])).of('successions'), { read: 3, kept: 3, unchanged: 3 })
  assert.deepEqual(await held(), first)
  assert.deepEqual(
    (
      await load([
        links([
          aSuccession(siret, second, {
            transfertSiege: 'false',
            dateDernierTraitementLienSuccession: '2026-09-01T00:00:00',
          }),
          aSuccession(second, third, { dateDernierTraitementLienSuccession: '2020-01-01T00:00:00' }),
        ]),
      ])
    ).of('successions'),
    { read: 2, kept: 2, changed: 1, unchanged: 1 },
    'an older word changes nothing',
  )
  assert.deepEqual(
    (await held()).map(l => l.t),
    [false, false, true],
  )
  // For an area: the links of the establishments that are held.
  await owner.query('truncate establishment_successions')
  const { counts } = await load([links(rows.slice(0, 3)), stock([anEstablishment(siret)])], { area: [2033] })
  assert.deepEqual(
    counts.map(c => [c.kind, c.became]),
    [
      ['establishments', { new: 1 }],
      ['successions', { new: 2, outside: 1 }],
    ],
  )
})

const hidden = {
  statutDiffusionEtablissement: 'P',
  numeroVoieEtablissement: '[ND]',
  typeVoieEtablissement: '[ND]',
  libelleVoieEtablissement: '[ND]',
  codePostalEtablissement: '[ND]',
  coordonneeLambertAbscisseEtablissement: '[ND]',
  coordonneeLambertOrdonneeEtablissement: '[ND]',
}
const everything = async () =>
  JSON.stringify([await all('select * from establishments'), await all('select * from legal_units')])

test('EST-4: of a natural person of partial diffusion, commune and activity stay; no word finds it', async () => {
  // Masked at the unit only: what the establishment's line still says in clear is not stored either.
  await load([
    stock([
      anEstablishment(siret, { enseigne1Etablissement: 'CHEZ PAUL' }),
      anEstablishment(second, { ...hidden, enseigne1Etablissement: '[ND]' }),
    ]),
    units([
      aPerson(siren, {
        statutDiffusionUniteLegale: 'P',
        nomUniteLegale: 'LESTAGE',
        prenom1UniteLegale: 'PAUL',
        denominationUsuelle1UniteLegale: 'TONNEAUX PAUL',
      }),
    ]),
  ])
  assert.doesNotMatch(await everything(), /PAUL|LESTAGE|paul|lestage|TONNELIERS|tonneliers|33610|\[ND\]/)
  for (const row of await all('select * from establishments')) {
    assert.deepEqual(
      [row.name, row.sign, row.street, row.postal_code, row.latitude, row.headcount_band, row.employer, row.created_on],
      [null, null, null, null, null, null, null, null],
    )
    assert.deepEqual(
      [row.commune_code, row.commune_name, row.naf, row.partial_diffusion, row.active],
      ['33122', 'CESTAS', '16.24Z', true, true],
    )
  }
  for (const words of ['paul', 'lestage', 'tonneaux', 'cestas', 'nd']) assert.deepEqual(await found(words), [], words)
})

test('EST-4: of a company of partial diffusion the name stays; acronym, address and place go', async () => {
  await load([
    stock([anEstablishment(siret, { ...hidden, enseigne1Etablissement: 'LE DOUELLAN' })]),
    units([aUnit(siren, { statutDiffusionUniteLegale: 'P', sigleUniteLegale: 'TDG' })]),
  ])
  const [row] = await all('select * from establishments')
  assert.deepEqual(
    [
      row.legal_name,
      row.sign,
      row.acronym,
      row.street,
      row.postal_code,
      row.longitude,
      row.commune_name,
      row.headcount_band,
    ],
    ['TONNELLERIE DES GRAVES', 'LE DOUELLAN', null, null, null, null, 'CESTAS', '12'],
  )
  assert.deepEqual([await found('tonnellerie graves cestas'), await found('tdg')], [[siret], []])
  assert.doesNotMatch(await everything(), /TDG|\[ND\]/)
})

test('EST-4: a public unit hides only the establishments that are partial themselves', async () => {
  await load([
    stock([anEstablishment(siret), anEstablishment(second, hidden)]),
    units([aUnit(siren, { sigleUniteLegale: 'TDG' })]),
  ])
  assert.deepEqual(
    (await all('select legal_name, acronym, street, partial_diffusion from establishments order by siret')).map(r =>
      Object.values(r),
    ),
    [
      ['TONNELLERIE DES GRAVES', 'TDG', '12 RUE DES TONNELIERS', false],
      ['TONNELLERIE DES GRAVES', null, null, true],
    ],
  )
})

test('EST-4: without its unit, a partial establishment is taken for a natural person', async () => {
  await load([stock([anEstablishment(siret, { ...hidden, enseigne1Etablissement: 'CHEZ PAUL' })])])
  assert.doesNotMatch(await everything(), /PAUL|paul/)
  await load([
    stock([anEstablishment(siret, { ...hidden, enseigne1Etablissement: 'LE DOUELLAN' })]),
    units([aUnit(siren, { statutDiffusionUniteLegale: 'P' })]),
  ])
  assert.deepEqual(
    (await all('select sign, street from establishments'))[0],
    { sign: 'LE DOUELLAN', street: null },
    'a company after all: its sign comes back with the file',
  )
})

test('EST-4: a person who opposes diffusion disappears at the next file of units, and comes back only with the next file of establishments', async () => {
  const person = aPerson(siren, { nomUniteLegale: 'LESTAGE', prenom1UniteLegale: 'PAUL' })
  await load([stock([anEstablishment(siret)]), units([person])])
  assert.deepEqual(
    [await found('lestage'), (await all('select street from establishments'))[0].street],
    [[siret], '12 RUE DES TONNELIERS'],
  )
  await load([units([{ ...person, statutDiffusionUniteLegale: 'P' }])])
  assert.doesNotMatch(await everything(), /PAUL|LESTAGE|lestage|TONNELIERS/)
  await load([units([person])])
  assert.doesNotMatch(await everything(), /TONNELIERS/)
  await load([stock([anEstablishment(siret)])])
  assert.deepEqual(await all('select legal_name, street from establishments'), [
    { legal_name: 'PAUL LESTAGE', street: '12 RUE DES TONNELIERS' },
  ])
})

test('EST-4: what is not diffused is not stored; what was held leaves its number alone', async () => {
  const other = inventedSiren(3)
  await load([
    stock([
      anEstablishment(siret, { statutDiffusionEtablissement: 'N' }),
      anEstablishment(second),
      anEstablishment(inventedSiret(other)),
    ]),
    units([aUnit(siren), aUnit(other, { statutDiffusionUniteLegale: 'N' })]),
  ])
  assert.deepEqual(
    [
      (await all('select siret::text from establishments')).map(r => r.siret),
      (await all('select siren::text from legal_units')).map(r => r.siren),
    ],
    [[second], [siren]],
  )
  const { of } = await load([stock([anEstablishment(second, { statutDiffusionEtablissement: 'N' })])])
  assert.deepEqual(of('establishments'), { read: 1, kept: 1, withdrawn: 1 })
  const [row] = await all('select * from establishments')
  assert.deepEqual(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== false && value !== '')
      .map(([name]) => name)
      .filter(n => !/imported_at|updated_at|hash/.test(n))
      .sort(),
    ['diffusion', 'legal_unit_diffusion', 'nic', 'partial_diffusion', 'siren', 'siret'],
  )
  assert.equal(
    (await load([stock([anEstablishment(second, { statutDiffusionEtablissement: 'N' })])])).of('establishments')
      .unchanged,
    1,
  )
})

test('EST-4: the database itself refuses a masked value, whoever writes', async () => {
  await assert.rejects(
    owner.query(
      `insert into establishments (siret, siren, nic, sign, active, head_office, diffusion, row_hash)
        values (${siret}, ${siren}, ${Number(siret.slice(9))}, '[ND]', true, true, 'O', 0)`,
    ),
    /check constraint/,
  )
  await owner.query(
    `insert into establishments (siret, siren, nic, usual_name, street, active, head_office, diffusion, row_hash)
      values (${siret}, ${siren}, ${Number(siret.slice(9))}, 'PAUL', 'RUE', true, true, 'P', 0)`,
  )
  assert.deepEqual(await all('select name, street, search::text from establishments'), [
    // Active, of no nature nor size that one may know.
    { name: null, street: null, search: "'Ā=a' 'Ā=ju' 'Ā=tu'" },
  ])
})

/** Rows that an import under way has prepared beside. */
const prepared = async () =>
  (await all(`select to_regclass('register_build.state') is null as none`))[0].none
    ? 0
    : ((await all('select count(*)::int as n from register_build.establishments'))[0].n as number)

test('REL-6: the connection cut in the middle leaves the register as it was; the same command again goes on from the last batch', async () => {
  const many = [
    stock(
      Array.from({ length: 500 }, (_, i) =>
        anEstablishment(inventedSiret(siren, i + 1), { complementAdresseEtablissement: 'X'.repeat(4000) }),
      ),
    ),
    units([aUnit(siren)]),
  ]
  await assert.rejects(
    load(many, {
      batchRows: 100,
      onBatch: async c => {
        if (c.kind === 'establishments' && (c.became.new ?? 0) >= 200)
          await owner.query(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
              and pid <> pg_backend_pid()`,
          )
      },
    }),
  )
  assert.deepEqual(await all('select from establishments'), [])
  const n = await prepared()
  assert.ok(n >= 200 && n < 500, `${n} rows`)
  const readings: number[] = []
  const { of } = await load(many, { onProgress: p => readings.push(p.read) })
  assert.deepEqual(
    [of('units'), of('establishments')],
    [
      { read: 1, kept: 1, new: 1 },
      { read: 500, kept: 500, new: 500 },
    ],
  )
  assert.ok(readings[0]! > n, 'what was committed is not read again')
  const cut = await register()
  await owner.query('truncate establishments, legal_units')
  await load(many)
  assert.deepEqual(cut, await register(), 'as if it had never been cut')
})

for (const [packing, pack] of Object.entries(packings)) {
  test(`REL-6, EST-1: the command killed in the middle, then run again, goes on: ${packing}`, async () => {
    const many = await pack(
      join(folder, `killed-${files++}`),
      csvOf(
        establishmentColumns,
        Array.from({ length: 800 }, (_, i) =>
          anEstablishment(inventedSiret(siren, i + 1), { complementAdresseEtablissement: 'X'.repeat(4000) }),
        ),
      ),
    )
    const command = (kill: boolean) =>
      new Promise<{ code: number | null; said: string }>(done => {
        const child = spawn(
          process.execPath,
          [
            fileURLToPath(new URL('../../import.ts', import.meta.url)),
            'sirene',
            many,
            '--batch-rows',
            '50',
            '--operator',
            'Essai',
          ],
          { env: { ...process.env, DATABASE_OWNER_URL: database.ownerUrl } },
        )
        let said = ''
        child.stdout.on('data', d => {
          said += d
        })
        child.stderr.on('data', d => {
          said += d
        })
        const watch =
          kill &&
          setInterval(async () => {
            if ((await prepared().catch(() => 0)) > 0) child.kill('SIGKILL')
          }, 5)
        child.once('close', code => {
          if (watch) clearInterval(watch)
          done({ code, said })
        })
      })
    const { said: before } = await command(true)
    assert.ok((await prepared()) > 0, `something was committed: ${before}`)
    const { code, said } = await command(false)
    assert.equal(code, 0, said)
    assert.match(
      said,
      /Reprise [\s\S]*lues 800 · gardées 800 · rejetées 0[\s\S]*nouvelles 800 · modifiées 0 · inchangées 0 /,
    )
  })
}

for (const step of ['indexing', 'applying', 'words'] as const)
  test(`EST-1, REL-6: stopped once all is read, then run again, rejects are told again (${step})`, async () => {
    const rows = Array.from({ length: 300 }, (_, i) => anEstablishment(inventedSiret(siren, i + 1)))
    const many = [stock([...rows, rows[0]!]), units([aUnit(siren)])]
    const stopped = load(many, {
      onStep: reached => {
        if (reached === step) throw new Error('stopped')
      },
    })
    await assert.rejects(stopped, /stopped/)
    const { rejects, of } = await load(many)
    assert.deepEqual(
      rejects.map(r => [r.line, r.reason]),
      [[302, 'repeated-siret']],
    )
    assert.equal(of('establishments').new, 300)
  })

test('EST-1: other files, or another territory, do not go on with what was begun: it is dropped', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => anEstablishment(inventedSiret(siren, i + 1)))
  const stop = {
    batchRows: 50,
    onBatch: async () => {
      throw new Error('stopped')
    },
  }
  const many = stock(rows)
  await assert.rejects(load([many], stop), /stopped/)
  const steps: string[] = []
  assert.deepEqual((await load([many], { area: [2033], onStep: step => steps.push(step) })).of('establishments'), {
    read: 300,
    kept: 300,
    new: 300,
  })
  await assert.rejects(load([stock(rows.slice(0, 200))], stop), /stopped/)
  assert.deepEqual((await load([stock(rows.slice(0, 2))], { onStep: step => steps.push(step) })).of('establishments'), {
    read: 2,
    kept: 2,
    unchanged: 2,
  })
  assert.deepEqual(
    steps.filter(s => s === 'abandoned' || s === 'resumed'),
    ['abandoned', 'abandoned'],
  )
  assert.deepEqual(
    await all(`select to_regnamespace('register_build') as build, to_regnamespace('register_before') as before`),
    [{ build: null, before: null }],
  )
})

test('EST-1: Parquet gives the same register as CSV, row by row, with dates and booleans of their own types', async () => {
  const csv = [
    stock([
      anEstablishment(siret, {
        libelleVoieEtablissement: 'DU "GRAND" LARGE, BAT. A',
        complementAdresseEtablissement: 'ÉTAGE 2,\nPORTE B',
      }),
      anEstablishment(second, {
        etatAdministratifEtablissement: 'F',
        dateDebut: '2020-05-31',
        etablissementSiege: 'false',
      }),
    ]),
    units([aUnit(siren)]),
    write(csvOf(successionColumns, [aSuccession(siret, second)])),
  ]
  const duckdb = await (await DuckDBInstance.create()).connect()
  const typed = [
    'dateCreationEtablissement::date as dateCreationEtablissement, dateDernierTraitementEtablissement::timestamp as dateDernierTraitementEtablissement, etablissementSiege::boolean as etablissementSiege, dateDebut::date as dateDebut',
    'dateCreationUniteLegale::date as dateCreationUniteLegale, dateDernierTraitementUniteLegale::timestamp as dateDernierTraitementUniteLegale',
    'transfertSiege::boolean as transfertSiege, dateLienSuccession::date as dateLienSuccession',
  ]
  const parquet: string[] = []
  for (const [i, path] of csv.entries()) {
    const to = path.replace(/csv$/, 'parquet')
    await duckdb.run(
      `copy (select * replace (${typed[i]})
        from read_csv('${path}', all_varchar = true, header = true, quote = '"', escape = '"')) to '${to}' (format
        parquet)`,
    )
    parquet.push(to)
  }
  duckdb.closeSync()
  await load(csv)
  const held = async () => [
    await register(),
    await all('select * from legal_units'),
    await all('select * from establishment_successions'),
  ]
  const wanted = await held()
  await owner.query('truncate establishments, legal_units, establishment_successions')
  await load(parquet)
  assert.deepEqual(await held(), wanted)
  assert.equal((await load(csv)).of('establishments').unchanged, 2, 'the same rows to the letter')
})

test('EST-1: refused with a sentence: two imports at once, a file that is none of the register', async () => {
  const waiting = load([stock([anEstablishment(siret)])], {
    onBatch: async () => assert.rejects(load([stock([anEstablishment(second)])]), /un autre import/),
  })
  await waiting
  await assert.rejects(load([write('a,b,c\n1,2,3\n')]), /ni StockEtablissement, ni StockUniteLegale/)
})

const shared = new URL('../../../../shared/data/sirene/', import.meta.url)
test('EST-1: the published samples and the two lists of Gironde, with the right counts', {
  skip: existsSync(shared) ? false : 'the published files are not in ../shared/data',
}, async () => {
  await importTerritories(owner, readCog(), today)
  const path = (name: string) => fileURLToPath(new URL(name, shared))
  const samples = [path('StockEtablissement_utf8_sample.zip'), path('StockUniteLegale_utf8_sample.zip')]
  const first = await load(samples)
  assert.deepEqual(
    [first.of('units'), first.of('establishments')],
    [
      { read: 3999, kept: 3999, new: 3999 },
      { read: 299, kept: 299, new: 299 },
    ],
  )
  const again = await load(samples)
  assert.deepEqual(
    [again.of('units'), again.of('establishments')],
    [
      { read: 3999, kept: 3999, unchanged: 3999 },
      { read: 299, kept: 299, unchanged: 299 },
    ],
  )
  const list = (name: string) => {
    const layout = toOfficialLayout(readCsv(readFileSync(path(name), 'utf8')))
    return [write(layout.establishments), write(layout.units)]
  }
  await owner.query('truncate establishments, legal_units')
  const coeur = await load(list('coeur-de-gironde_etablissements_reels.csv'))
  assert.deepEqual(coeur.of('establishments'), {
    read: 439,
    kept: 377,
    new: 377,
    rejected: { 'no-siret': 44, 'not-14-digits': 1, 'repeated-siret': 17 },
  })
  await owner.query('truncate establishments, legal_units')
  const gironde = await load(list('gironde_etablissements_reels.csv'))
  assert.deepEqual(gironde.of('establishments'), {
    read: 3485,
    kept: 2899,
    new: 2899,
    rejected: { 'no-siret': 296, 'not-14-digits': 1, 'wrong-siret-key': 2, 'repeated-siret': 287 },
  })
  assert.deepEqual(
    (await all(`select count(*)::int as n from establishments where siren = 356000000 and siret <> 35600000000048`))[0],
    { n: 1 },
    'La Poste',
  )
  assert.deepEqual(gironde.counts[1]!.unknownCommunes, { '(aucun)': 2 }, 'two lines without a commune, kept and listed')
  assert.deepEqual(
    await all('select count(*)::int as n from establishments where departement_id is distinct from 2033'),
    [{ n: 2 }],
  )
})
