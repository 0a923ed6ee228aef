import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../../testing/database.ts'
import { bringCorrespondence } from './bring-activities.ts'

/* The codes are real, what corresponds to what is invented. */

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await owner.query(
    `insert into naf (nomenclature, code, label) select 'NAFRev2', unnest($1::text[]), 'x' union all
    select 'NAF25', unnest($2::text[]), 'x'`,
    [
      ['45.20A', '56.10A', '56.10B'],
      ['46.71G', '95.31G', '56.11G'],
    ],
  )
})
after(async () => {
  await owner.end()
  await database.drop()
})
const header = 'Section;NAFold-code;Intitulé;NAFnew-code'
const told: string[] = []
const bring = (lines: readonly string[], edition: string | undefined = '2025-08') =>
  bringCorrespondence(owner, [header, ...lines].join('\n'), edition, line => told.push(line))
const held = async () =>
  (
    await owner.query<{ line: string }>(
      `select concat_ws(' ', naf, naf25, source, edition, case when rare then 'rare' end) as line
        from naf_correspondences order by naf, naf25`,
    )
  ).rows.map(({ line }) => line)

test('EST-2: INSEE’s table is read by the names of its columns, and a new edition takes the place of the former', async () => {
  await owner.query(`insert into naf_correspondences (naf, naf25, source, establishments, edition) values
    ('45.20A', '46.71G', 'register', 40, '2026-12-01'), ('56.10B', '56.11G', 'register', 9, '2026-12-01')`)
  await bring(
    ['G;45.20A;Entretien;95.31G', 'I;5610A;Restaurants;5611G', ';;;', 'I;56.10A;Restaurants;56.11G'],
    '2025-08',
  )
  const register = '56.10B 56.11G register 2026-12-01'
  assert.deepEqual(await held(), [
    '45.20A 46.71G register 2026-12-01 rare',
    '45.20A 95.31G insee 2025-08',
    '56.10A 56.11G insee 2025-08',
    register,
  ])
  await bring(['G;45.20A;Entretien;95.31G', 'G;45.20A;Entretien;46.71G'], '2026-01')
  assert.deepEqual(await held(), ['45.20A 46.71G insee 2026-01', '45.20A 95.31G insee 2026-01', register])
  assert.match(told.at(-1)!, /édition 2026-01 : 2 lignes, 1 codes de la NAF rév\. 2, dont 1 répartis/)
})

test('EST-2: a table that is not whole is refused with its reason, and the one in place stays', async () => {
  const before = await held()
  const line = 'G;45.20A;Entretien;95.31G'
  for (const [lines, why] of [
    [[line, 'G;45.20A;Entretien;'], /ligne 3 : un blanc n’est pas une sous-classe/],
    [[line, 'G;45.2;Entretien;95.31G'], /ligne 3 : « 45\.2 » n’est pas une sous-classe/],
    [[line, 'G;45.20Z;Entretien;95.31G'], /ligne 3 : 45\.20Z est inconnu de la NAF rév\. 2/],
    [[line, 'G;56.10A;Restaurants;56.10A'], /ligne 3 : 56\.10A est inconnu de la NAF 2025/],
    [[], /ce fichier n’a aucune ligne/],
    [[';;;'], /ce fichier n’a aucune correspondance/],
  ] as const)
    await assert.rejects(bring(lines), why)
  await assert.rejects(bring([line], ''), /attend --edition AAAA-MM/)
  await assert.rejects(bring([line], '2025-13'), /attend --edition AAAA-MM/)
  await assert.rejects(
    bringCorrespondence(owner, 'Code;NAFnew-code\n45.20A;95.31G', '2025-08', () => {}),
    /colonnes manquantes : NAFold-code$/,
  )
  assert.deepEqual(await held(), before)
})
