import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
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
/** The same numbers in the same order at each run; what they choose does not matter, that it is spread does. */
const chanceOf = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}
/** What INSEE writes [ND] for in what is of partial diffusion; here it is blank, and the file to import says [ND]. */
const maskableHere = [
  'numeroVoieEtablissement',
  'typeVoieEtablissement',
  'libelleVoieEtablissement',
  'codePostalEtablissement',
  'enseigne1Etablissement',
  'coordonneeLambertAbscisseEtablissement',
  'coordonneeLambertOrdonneeEtablissement',
]
const maskableUnit = ['nomUniteLegale', 'prenom1UniteLegale']
const masked = { statutDiffusionEtablissement: 'P', ...Object.fromEntries(maskableHere.map(column => [column, ''])) }

/**
 * A stock of a month: companies, persons, some of partial diffusion, quotes, separators and line ends within the
 * values.
 */
const aStock = (month: 1 | 2) => {
  const chance = chanceOf(5)
  const units: Row[] = [],
    establishments: Row[] = [],
    successions: Row[] = []
  for (let i = 1; i <= 1_500; i++) {
    const [kind, changes] = [chance(), chance() < 0.3]
    const siren = inventedSiren(i)
    const word = changes ? `${i} BIS` : String(i)
    const partial = kind > 0.9
    const treated = changes && month === 2 ? '2026-10-31T10:20:30' : '2026-06-01T10:20:30'
    const name = month === 1 && changes ? `ANCIEN NOM ${i}` : `SOCIÉTÉ "${word}", FILS & CIE`
    units.push(
      kind < 0.4
        ? aUnit(siren, {
            denominationUniteLegale: name,
            sigleUniteLegale: `S${i}`,
            dateDernierTraitementUniteLegale: treated,
          })
        : aPerson(
            siren,
            partial
              ? {
                  statutDiffusionUniteLegale: 'P',
                  nomUniteLegale: '',
                  prenom1UniteLegale: '',
                  dateDernierTraitementUniteLegale: treated,
                }
              : { nomUniteLegale: name, prenom1UniteLegale: 'PAUL', dateDernierTraitementUniteLegale: treated },
          ),
    )
    for (let serial = 1; serial <= 1 + (i % 4); serial++) {
      if (month === 1 && changes && serial === 3) continue // opened since
      const closed = month === 2 && changes && serial === 2
      establishments.push(
        anEstablishment(inventedSiret(siren, serial), {
          etablissementSiege: serial === 1 ? 'true' : 'false',
          dateDernierTraitementEtablissement: treated,
          complementAdresseEtablissement: chance() < 0.1 ? `BÂTIMENT ${i},\nESCALIER "C"` : '',
          trancheEffectifsEtablissement: month === 1 && changes ? '11' : '12',
          ...(chance() < 0.2 ? { enseigne1Etablissement: `L’ENSEIGNE ${word}`, enseigne2Etablissement: 'ET CIE' } : {}),
          ...(chance() < 0.1 ? { denominationUsuelleEtablissement: `CHEZ ${word}` } : {}),
          ...(closed ? { etatAdministratifEtablissement: 'F', dateDebut: '2026-10-15' } : {}),
          ...(chance() < 0.1
            ? {
                codeCommuneEtablissement: '40088',
                libelleCommuneEtablissement: 'DAX',
                codePostalEtablissement: '40100',
              }
            : {}),
          ...(partial ? masked : {}),
        }),
      )
    }
    if (i % 10 === 0)
      successions.push(
        aSuccession(
          inventedSiret(siren, 1),
          inventedSiret(siren, 2),
          month === 2 && changes
            ? { transfertSiege: 'false', dateDernierTraitementLienSuccession: '2026-10-31T08:00:00' }
            : {},
        ),
      )
  }
  return { units, establishments, successions }
}

interface Files {
  readonly clean: { units: string; establishments: string; successions: string }
  readonly given: string[]
  readonly rejected: number
}
/**
 * Said plainly, for who computes what is expected; and as INSEE publishes them (masks, spaces) with bad lines among
 * them, for the import.
 */
const write = (name: string, { units, establishments, successions }: ReturnType<typeof aStock>): Files => {
  const path = (kind: string, text: string) => {
    const file = join(folder, `${name}-${kind}.csv`)
    writeFileSync(file, text)
    return file
  }
  const clean = {
    units: path('units', csvOf(unitColumns, units)),
    establishments: path('establishments', csvOf(establishmentColumns, establishments)),
    successions: path('successions', csvOf(successionColumns, successions)),
  }
  const asPublished = (rows: Row[], maskable: readonly string[], hides: (row: Row) => boolean) =>
    rows.map((row, i) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          maskable.includes(column)
            ? hides(row)
              ? '[ND]'
              : i % 7 === 0 && value !== ''
                ? ` ${value}  `
                : value
            : value,
        ]),
      ),
    )
  const [published, publishedUnits] = [
    asPublished(establishments, maskableHere, row => row.statutDiffusionEtablissement === 'P'),
    asPublished(units, maskableUnit, row => row.statutDiffusionUniteLegale === 'P'),
  ]
  assert.ok(
    published.some(row => row.enseigne1Etablissement === '[ND]') &&
      published.some(row => /^ .* {2}$/.test(row.enseigne1Etablissement ?? '')),
  )
  let rejected = 0
  const spoilt = (rows: Row[], columns: readonly string[], key: string) =>
    rows
      .map((row, i) => {
        if (i % 50 !== 49) return csvOf(columns, [row]).slice(csvOf(columns, []).length)
        rejected++
        return `${csvOf(columns, [row, i % 100 === 99 ? { ...row, [key]: '90000000000017' } : rows[i - 30]!]).slice(csvOf(columns, []).length)}`
      })
      .join('')
  const given = [
    path('given-successions', csvOf(successionColumns, successions)),
    path('given-establishments', csvOf(establishmentColumns, []) + spoilt(published, establishmentColumns, 'siret')),
    path('given-units', csvOf(unitColumns, []) + spoilt(publishedUnits, unitColumns, 'siren')),
  ]
  return { clean, given, rejected }
}

/** Each row of the files as the register should hold it, worked out by another engine from the files alone. */
const expected = async ({ clean }: Files): Promise<Record<string, string>> => {
  const duckdb = await (await DuckDBInstance.create()).connect()
  const csv = (path: string) => `read_csv('${path}', all_varchar = true, header = true, quote = '"', escape = '"')`
  const v = (column: string) => `nullif(${column}, '')` // the clean files say plainly what there is
  const sirets = `select siret as key,
    (concat_ws('|', siret, diffusion, active, siege, ape, commune, ville, treated, coalesce(unit, '~'),
    ${['sign', 'usual', 'band', 'year', 'employer', 'created', 'closed'].map(c => `coalesce(case when not hidden then ${c} end, '~')`).join(', ')},
      ${['complement', 'street', 'postal'].map(c => `coalesce(case when open then ${c} end, '~')`).join(', ')})) as line
    from (select e.*, u.*, diffusion = 'O' and unit_diffusion = 'O' as open, not open and person as hidden, case
      when not hidden then unit_name end as unit from (
        select siret, siren as own, statutDiffusionEtablissement as diffusion,
          (etatAdministratifEtablissement = 'A')::text as active, etablissementSiege as siege,
          coalesce(${v('activitePrincipaleEtablissement')}, '~') as ape, codeCommuneEtablissement as commune,
          libelleCommuneEtablissement as ville,
          replace(dateDernierTraitementEtablissement, 'T', ' ') as treated,
            nullif(concat_ws(' ', ${v('enseigne1Etablissement')}, ${v('enseigne2Etablissement')},
            ${v('enseigne3Etablissement')}), '') as sign, ${v('denominationUsuelleEtablissement')} as usual,
            ${v('trancheEffectifsEtablissement')} as band,
          ${v('anneeEffectifsEtablissement')} as year, case caractereEmployeurEtablissement when 'O' then 'true'
            when 'N' then 'false' end as employer, ${v('dateCreationEtablissement')} as created, case
            when etatAdministratifEtablissement = 'F' then dateDebut end as closed,
          ${v('complementAdresseEtablissement')} as complement,
            nullif(concat_ws(' ', ${v('numeroVoieEtablissement')}, ${v('indiceRepetitionEtablissement')},
            ${v('typeVoieEtablissement')}, ${v('libelleVoieEtablissement')}), '') as street,
            ${v('codePostalEtablissement')} as postal
        from ${csv(clean.establishments)}) e
      join (select siren, statutDiffusionUniteLegale as unit_diffusion, ${v('nomUniteLegale')} is not null
        or categorieJuridiqueUniteLegale like '1%' as person,
        coalesce(${v('denominationUniteLegale')},
        concat_ws(' ', ${v('prenom1UniteLegale')}, ${v('nomUniteLegale')})) as unit_name
        from ${csv(clean.units)}) u on u.siren = own)`
  const sirens = `select siren as key,
    (concat_ws('|', statutDiffusionUniteLegale, coalesce(case when statutDiffusionUniteLegale = 'O'
    then sigleUniteLegale end, '~'),
      coalesce(case when statutDiffusionUniteLegale = 'O' or categorieJuridiqueUniteLegale <> '1000'
        then coalesce(${v('denominationUniteLegale')},
        concat_ws(' ', ${v('prenom1UniteLegale')}, ${v('nomUniteLegale')})) end, '~'),
        replace(dateDernierTraitementUniteLegale, 'T', ' '))) as line from ${csv(clean.units)}`
  const links = `select siretEtablissementPredecesseur || '>' || siretEtablissementSuccesseur as key,
    (concat_ws('|', dateLienSuccession, transfertSiege, continuiteEconomique,
    replace(dateDernierTraitementLienSuccession, 'T', ' '))) as line from ${csv(clean.successions)}`
  const reader = await duckdb.runAndReadAll(`${sirets} union all ${sirens} union all ${links} order by 1`)
  duckdb.closeSync()
  return Object.fromEntries(reader.getRows() as [string, string][])
}
const held = async (): Promise<Record<string, string>> => {
  const { rows } = await owner.query<{ key: string; line: string }>(`
    select siret::text as key, (concat_ws('|', siret, diffusion, active::text, head_office::text, coalesce(naf, '~'),
      published_commune_code, commune_name, register_updated_at,
      ${['legal_name', 'sign', 'usual_name', 'headcount_band', 'headcount_year', 'employer', 'created_on', 'closed_on', 'address_complement', 'street', 'postal_code'].map(c => `coalesce(${c}::text, '~')`).join(', ')})) as line
    from establishments
    union all select siren::text, (concat_ws('|', diffusion, coalesce(acronym, '~'), coalesce(name, '~'),
      register_updated_at)) from legal_units
    union all select predecessor || '>' || successor,
      (concat_ws('|', linked_on, head_office_transfer::text, economic_continuity::text, register_updated_at))
      from establishment_successions`)
  return Object.fromEntries(rows.map(r => [r.key, r.line]).sort(([a], [b]) => (a! < b! ? -1 : 1)))
}

const checksum = (rows: Record<string, string>) =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')
/** One checksum of all; where it differs, the first rows that do. */
const equal = (actual: Record<string, string>, wanted: Record<string, string>) => {
  if (checksum(actual) === checksum(wanted)) return
  const keys = [...new Set([...Object.keys(actual), ...Object.keys(wanted)])].filter(k => actual[k] !== wanted[k])
  assert.deepEqual(
    keys.slice(0, 3).map(k => [k, actual[k]]),
    keys.slice(0, 3).map(k => [k, wanted[k]]),
    `${keys.length} rows differ`,
  )
}

interface Run {
  readonly killed: boolean
  readonly code: number | null
  readonly said: string
}
/** The command, killed when `until` is fulfilled unless it ended before. */
const command = (files: Files, until?: (ended: () => boolean) => Promise<void>) =>
  new Promise<Run>(done => {
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../../import.ts', import.meta.url)),
        'sirene',
        ...files.given,
        '--batch-rows',
        '50',
        '--operator',
        'Essai',
        '--reject-file',
        join(folder, 'rejects.csv'),
      ],
      { env: { ...process.env, DATABASE_OWNER_URL: database.ownerUrl } },
    )
    let [said, ended, waiting] = ['', false, false]
    child.stdout.on('data', d => {
      said += d
      if (until && !waiting) {
        waiting = true
        until(() => ended).then(() => child.kill('SIGKILL'))
      }
    })
    child.stderr.on('data', d => {
      said += d
    })
    child.once('close', (code, signal) => {
      ended = true
      done({ killed: signal === 'SIGKILL', code, said })
    })
  })
/** How many lines the import has committed, file after file; 0 before it holds anything. */
const linesRead = async (): Promise<number> => {
  const { rows } = await owner
    .query<{ read: number }>(
      `select coalesce(sum((c ->> 'read')::int), 0)::int as read from register_build.state s, jsonb_array_elements(s.counts) c`,
    )
    .catch(() => ({ rows: [{ read: 0 }] }))
  return rows[0]!.read
}
/** Far less than a batch takes: asked without a pause, PostgreSQL would count for us more than it imports. */
const pollMs = 2
/** Once so many lines more are committed, then anywhere within the next turns of the loop. */
const reaching = (lines: number, turns: number) => async (ended: () => boolean) => {
  const aim = (await linesRead()) + lines
  while (!ended() && (await linesRead()) < aim) await setTimeout(pollMs)
  for (let turn = 0; turn < turns && !ended(); turn++) await new Promise(setImmediate)
}
const merging = async (ended: () => boolean) => {
  while (!ended())
    if (
      (
        await owner.query(
          `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            and state = 'active' and query ~ '^\\s*insert into register_build.(establishments|legal_units)'`,
        )
      ).rowCount
    )
      return
}

for (const [name, first] of [
  ['an existing register', 1],
  ['an empty one', undefined],
] as const) {
  test(`EST-1: killed at ten random instants and once within a merge, then run again, the register equals the files row by row: ${name}`, async () => {
    const whole = await command(write('first', aStock(first ?? 2)))
    assert.equal(whole.code, 0, whole.said)
    if (!first) await register.empty()
    const files = write('second', aStock(2))
    const chance = chanceOf(first ?? 7)
    // Ten instants, by the work done: on a machine of any pace, half of it is left after the last.
    const lines = files.given.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length, 0)
    const wait = (_: unknown, i: number) =>
      i === 4 ? merging : reaching(Math.floor((chance() * lines) / 10), Math.floor(chance() * 200))
    for (const until of Array.from({ length: 11 }, wait)) {
      const { killed, said } = await command(files, until)
      assert.ok(killed, `it was still at work when it was to be killed: ${said}`)
    }
    const { code, said } = await command(files)
    assert.equal(code, 0, said)
    assert.match(said, /Reprise là où/)
    assert.equal(
      readFileSync(join(folder, 'rejects.csv'), 'utf8').match(/^"[^"]*-given-/gm)?.length,
      files.rejected,
      'no reject lost, none twice',
    )
    equal(await held(), await expected(files))
    const again = await command(files)
    assert.match(
      again.said,
      /\(établissements\)[\s\S]*nouvelles 0 · modifiées 0 · inchangées 3\s750 · fermées 0 · rouvertes 0 · retirées de la diffusion 0/,
    )
  })
}
