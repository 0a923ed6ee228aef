import assert from 'node:assert/strict'
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import type { OpenRegister } from '../register/testing-register.ts'
import { bringHirings } from './bring-hirings.ts'
import type { HiringCounts } from './hirings.queries.ts'
import { importHirings } from './import-hirings.ts'
import { countedApart, countedHere } from './testing-counts.ts'
import { aDeclaration, columns24, columns27, declarationsOf, planted } from './testing-declarations.ts'
import { openRecruitments, sirets, someLines, unknownSirets } from './testing-recruitments.ts'

let room: OpenRegister
let owner: pg.Client
before(async () => {
  room = await openRecruitments()
  owner = room.owner
})
after(() => room.close())
beforeEach(() => room.empty())

const today = '2026-12-01'
const write = (name: string, text: string | Buffer) => {
  const path = join(room.folder, name)
  writeFileSync(path, text)
  return path
}
const rows = async <T = any>(text: string): Promise<T[]> => (await owner.query(text)).rows
const rejected: [number, string, string][] = []
const bring = (...paths: string[]): Promise<HiringCounts[]> => {
  rejected.length = 0
  return importHirings(owner, paths, {
    today,
    batchRows: 100,
    onReject: (_, r) => rejected.push([r.line, r.reason, r.text]),
  })
}
const first = sirets[0]!

test('REC-1: both layouts are recognised by their header, separated by a bar or a yen, packed or not, and say the same', async () => {
  const lines = someLines(400, 3)
  const wanted = await countedApart([write('plain.csv', declarationsOf(lines))])
  const latin = Buffer.from(declarationsOf(lines, columns24, '¥'), 'latin1')
  for (const [name, content] of [
    ['plain.csv', declarationsOf(lines)],
    ['crlf.csv', declarationsOf(lines).replaceAll('\n', '\r\n')],
    ['24.csv', declarationsOf(lines, columns24)],
    ['yen.csv', declarationsOf(lines, columns24, '¥')],
    ['latin.csv', latin],
    ['packed.csv.gz', gzipSync(latin)],
    ['bom.csv', `\uFEFF${declarationsOf(lines)}`],
  ] as const) {
    await room.empty()
    const [counts] = await bring(write(name, content))
    assert.equal(counts!.columns, /24|yen|latin|packed/.test(name) ? 24 : 27, name)
    assert.deepEqual(await countedHere(owner), wanted, name)
  }
})

test('REC-1: of a line SIRET, days, contract and duration are kept: the end gives the duration that the file leaves out', async () => {
  const [counts] = await bring(
    write(
      'kept.csv',
      declarationsOf([
        aDeclaration(first),
        aDeclaration(first, { nbrjourtravaille: '', dd_datefincdd: '2026-10-31 00:00:00' }),
        aDeclaration(first, { nbrjourtravaille: 'NULL', dd_datefincdd: '' }),
        aDeclaration(first, { dc_typecontrat_id: '2', nbrjourtravaille: '3', kd_datecreation: '' }),
        aDeclaration(first, { dc_typecontrat_id: '11', nbrjourtravaille: '730' }),
        aDeclaration(unknownSirets[0]!, { dc_typecontrat_id: '3', nbrjourtravaille: '1' }),
      ]),
    ),
  )
  assert.deepEqual(
    await rows(`select siret::text, hired_on::text, declared_on::text, duration_days, hires, contract
      from hiring_declarations order by contract, duration_days`),
    (
      [
        [first, '2026-10-01', 0, 1],
        [first, '2026-10-01', 20, 1],
        [first, '2026-10-01', 27, 1],
        [first, '-infinity', 0, 2],
        [unknownSirets[0], '2026-10-01', 1, 3],
        [first, '2026-10-01', 730, 11],
      ] as const
    ).map(([siret, declared_on, duration_days, contract]) => ({
      siret,
      hired_on: '2026-10-05',
      declared_on,
      duration_days,
      hires: 1,
      contract,
    })),
  )
  assert.deepEqual(counts, {
    file: 'kept.csv',
    columns: 27,
    read: 6,
    rejected: {},
    added: 6,
    known: 0,
    unknown: { establishments: 1, hires: 1 },
    days: ['2026-10-05', '2026-10-05'],
  })
})

test('REC-1: what is no declaration is set aside with its line, its reason and its SIRET, and the others are kept', async () => {
  await owner.query(`insert into hiring_months values ('2024-03-01', now(), now())`)
  const short = declarationsOf([aDeclaration(first)])
    .split('\n')[1]!
    .split('|')
  const path = write(
    'bad.csv',
    declarationsOf([
      aDeclaration(''),
      aDeclaration('00000000000000'),
      aDeclaration('5114637960001'),
      aDeclaration('90000000000017'),
      aDeclaration(first, { kd_dateembauche: '2026-02-30' }),
      aDeclaration(first, { kd_dateembauche: '' }),
      aDeclaration(first, { kd_dateembauche: '1999-12-31' }),
      aDeclaration(first, { kd_dateembauche: '2027-02-01' }),
      aDeclaration(first, { kd_dateembauche: '2024-03-31' }),
      aDeclaration(first, { dc_typecontrat_id: '4' }),
      aDeclaration(first, { dc_typecontrat_id: '' }),
      aDeclaration(first, { nbrjourtravaille: '-3' }),
      aDeclaration(first, { nbrjourtravaille: '10000' }),
      aDeclaration(first, { nbrjourtravaille: '', dd_datefincdd: '2026-10-04' }),
      aDeclaration(first, { nbrjourtravaille: '', dd_datefincdd: 'bientôt' }),
      aDeclaration(first, { kd_datecreation: 'hier' }),
      aDeclaration(first, { kd_dateembauche: '2027-01-31' }),
    ]) + `${short.slice(0, 20).join('|')}\n${[...short.slice(1), first].join('|')}|\n`,
  )
  const [counts] = await bring(path)
  assert.deepEqual(rejected, [
    [2, 'no-siret', ''],
    [3, 'no-siret', '00000000000000'],
    [4, 'not-14-digits', ''],
    [5, 'wrong-siret-key', '90000000000017'],
    [6, 'unreadable-day', first],
    [7, 'unreadable-day', first],
    [8, 'hire-day-too-old', first],
    [9, 'hire-day-too-far', first],
    [10, 'dropped-month', first],
    [11, 'unknown-contract', first],
    [12, 'unknown-contract', first],
    [13, 'unreadable-duration', first],
    [14, 'unreadable-duration', first],
    [15, 'unreadable-duration', first],
    [16, 'unreadable-day', first],
    [17, 'unreadable-day', first],
    [19, 'wrong-column-count', first],
    [20, 'wrong-column-count', ''],
  ])
  assert.deepEqual([counts!.read, counts!.added], [19, 1])
  assert.deepEqual(await rows(`select hired_on::text from hiring_declarations`), [{ hired_on: '2027-01-31' }])
})

test('REC-1: a file without a column that is needed is refused whole, and names it; so is a file that is not there', async () => {
  const lacking = columns27.filter(name => name !== 'kd_dateembauche')
  await assert.rejects(
    bring(write('lacking.csv', declarationsOf([aDeclaration(first)], lacking))),
    /lacking\.csv : ce n’est pas un fichier de DPAE, il manque kd_dateembauche$/,
  )
  await assert.rejects(bring(write('empty.csv', '')), /il manque kc_siret/)
  await assert.rejects(bring(join(room.folder, 'absent.csv')), /ENOENT/)
  assert.deepEqual(await rows('select from hiring_files'), [])
})

test('REC-1: the same file again, and files that overlap, add nothing that was brought already; identical lines of a file are several hires', async () => {
  const october = [first, first, sirets[1]!].map(siret => aDeclaration(siret))
  const a = write('a.csv', declarationsOf(october))
  assert.deepEqual(
    (await bring(a)).map(c => [c.added, c.known, c.already]),
    [[3, 0, undefined]],
  )
  const once = await countedHere(owner)
  assert.deepEqual(
    (await bring(a)).map(c => [c.read, c.added, c.already]),
    [[3, 3, true]],
    'the same file says so',
  )
  // Under another name and layout it is another file, of the same declarations.
  const again = write('again.csv', declarationsOf(october, columns24))
  assert.deepEqual(
    (await bring(again)).map(c => [c.added, c.known, c.already]),
    [[0, 3, undefined]],
  )
  assert.deepEqual(await countedHere(owner), once)
  const overlap = write(
    'overlap.csv',
    declarationsOf([
      aDeclaration(first),
      aDeclaration(first),
      aDeclaration(first),
      aDeclaration(first, { kd_datecreation: '2026-10-02' }),
    ]),
  )
  assert.deepEqual(
    (await bring(overlap)).map(c => [c.added, c.known]),
    [[2, 2]],
  )
  assert.deepEqual(await countedHere(owner), {
    [`${first} 2026-10 cdd-short`]: '4',
    [`${sirets[1]} 2026-10 cdd-short`]: '1',
  })
  // Several files of one command are read one after the other, and may hold each other's declarations.
  const lines = someLines(600, 9)
  const paths = [lines.slice(0, 400), lines.slice(200)].map((part, i) => write(`part-${i}.csv`, declarationsOf(part)))
  await room.empty()
  await bring(...paths)
  assert.deepEqual(await countedHere(owner), await countedApart(paths))
})

/** Of the establishments that the register has, the twelve months before the one of `asOf`, from another engine's counts. */
const recentApart = (counts: Readonly<Record<string, string>>, first: string, last: string) => {
  const known = new Map<string, number[]>()
  const columns = ['cdi', 'cdd-long', 'cdd', 'ctt', 'work-study']
  const classOf: Record<string, string> = {
    'cdd-medium': 'cdd',
    'cdd-short': 'cdd',
    apprentissage: 'work-study',
    professionnalisation: 'work-study',
  }
  for (const [key, hires] of Object.entries(counts)) {
    const [siret, month, kind] = key.split(' ') as [string, string, string]
    if (month < first || month > last || unknownSirets.includes(siret)) continue
    const row = known.get(siret) ?? [0, 0, 0, 0, 0, 0]
    row[0]! += Number(hires)
    const column = columns.indexOf(classOf[kind] ?? kind)
    if (column >= 0) row[column + 1]! += Number(hires)
    known.set(siret, row)
  }
  return [...known].map(([siret, row]) => [siret, ...row].join(' ')).toSorted()
}
const recentHere = async () =>
  (
    await rows<{
      line: string
    }>(`select concat_ws(' ', lpad(siret::text, 14, '0'), total, cdi, cdd_long, cdd, ctt, work_study)
      as line from hirings_recent`)
  )
    .map(({ line }) => line)
    .toSorted()

test('CAM-2, EST-2: hires of the last twelve months told whole follow each import, as another engine counts them', async () => {
  const path = write('recent.csv', declarationsOf(someLines(3_000, 33)))
  await bring(path)
  const [told] = await rows<{ day: string }>(`select max(counts -> 'days' ->> 1) as day from hiring_files`)
  assert.match(told!.day, /^2026-10-(2|30)/, 'October is not whole')
  const counts = await countedApart([path])
  const wanted = recentApart(counts, '2025-10', '2026-09')
  assert.ok(wanted.length > 50)
  assert.deepEqual(await recentHere(), wanted)
  // A day of November in another file: October is told whole, and the oldest month leaves.
  const later = write('later.csv', declarationsOf([aDeclaration(first, { kd_dateembauche: '2026-11-02' })]))
  await bring(later)
  assert.deepEqual(await recentHere(), recentApart(counts, '2025-11', '2026-10'))
  await owner.query('delete from hirings_recent')
  await owner.query('select count_hirings(null)')
  assert.deepEqual(await recentHere(), recentApart(counts, '2025-11', '2026-10'))
  const { rows: before } = await owner.query('select xmin::text, siret from hirings_recent order by siret')
  await owner.query('select count_recent_hirings()')
  assert.deepEqual(
    (await owner.query('select xmin::text, siret from hirings_recent order by siret')).rows,
    before,
    'what stays the same is not written',
  )
})

test('CAM-2, REC-2: of those that declare elsewhere (MSA), or are not diffused, there is nothing to search by', async () => {
  const { rows: kept } = await owner.query('select siret, naf, diffusion from establishments order by siret limit 2')
  await owner.query(`update establishments set naf = '01.21Z' where siret = $1`, [kept[0].siret])
  await owner.query(`update establishments set diffusion = 'N' where siret = $1`, [kept[1].siret])
  try {
    await bring(write('elsewhere.csv', declarationsOf(someLines(2_000, 34))))
    const told = await rows(`select siret from hirings_recent where siret in (${kept[0].siret}, ${kept[1].siret})`)
    assert.deepEqual(told, [])
    assert.equal((await rows('select from hirings_recent')).length, 58)
  } finally {
    for (const { siret, naf, diffusion } of kept)
      await owner.query('update establishments set naf = $2, diffusion = $3 where siret = $1', [siret, naf, diffusion])
  }
})

test('REC-1, REC-2: counts by establishment equal those that another engine makes of the file, and are made anew by one function', async () => {
  const path = write('many.csv', declarationsOf(someLines(3_000, 21)))
  const [counts] = await bring(path)
  const wanted = await countedApart([path])
  assert.ok(Object.keys(wanted).length > 1_000)
  assert.deepEqual(await countedHere(owner), wanted)
  assert.equal(
    counts!.added,
    Object.values(wanted).reduce((sum, hires) => sum + Number(hires), 0),
  )
  await owner.query('update hirings_by_month set hires = hires + 1')
  await owner.query('select count_hirings((select array_agg(month) from hiring_months))')
  assert.deepEqual(await countedHere(owner), wanted)
})

test('REC-1: two imports at once, the second is refused and changes nothing', async () => {
  const other = new pg.Client(room.database.ownerUrl)
  await other.connect()
  await other.query(`select pg_advisory_lock(hashtext('hirings-import'))`)
  try {
    await assert.rejects(bring(write('at-once.csv', declarationsOf([aDeclaration(first)]))), {
      message: 'un autre import de DPAE est en cours',
    })
    assert.deepEqual(await rows('select from hiring_files'), [])
  } finally {
    await other.end()
  }
})

test('REC-1, SEC-6: the application reads none of these tables, nor calls what counts, compares or drops', async () => {
  await bring(write('closed.csv', declarationsOf(someLines(50, 4))))
  const web = new pg.Client(room.database.webUrl)
  await web.connect()
  try {
    const tables = [
      'hiring_files',
      'hiring_rejects',
      'hiring_declarations',
      'hiring_months',
      'hirings_by_month',
      'hirings_compared',
      'hiring_seasons',
      'hiring_forecast_runs',
    ]
    for (const table of tables) await assert.rejects(web.query(`select from ${table}`), { code: '42501' }, table)
    for (const call of [
      'count_hirings(null)',
      'count_recent_hirings()',
      'compare_hirings(null)',
      'hirings_tell_nobody(null)',
      'season_hirings(null)',
      'whole_hiring_years(null)',
      'ctx.drop_hiring_month(1)',
      'ctx.forget_hiring_rejects()',
    ])
      await assert.rejects(web.query(`select ${call}`), { code: '42501' }, call)
  } finally {
    await web.end()
  }
})

test('REC-1: nothing of the person hired is in the database, its files, the list of rejects, nor what is said', async () => {
  const lines = someLines(500, 6).map(line => ({ ...planted, ...line }))
  const shifted = declarationsOf([aDeclaration(first)]).split('\n')[1]!
  const path = write('planted.csv', `${declarationsOf(lines)}${Object.values(planted).join('|')}\n|${shifted}|x\n`)
  const rejectFile = join(room.folder, 'planted-rejects.csv')
  const said: string[] = []
  assert.equal(await bringHirings(owner, [path], { today, batchRows: 50, rejectFile }, line => said.push(line)), 0)
  const names = Object.values(planted).map(value => value.replaceAll('"', ''))
  const none = (text: string, where: string) => {
    for (const value of [...names, 'Plant', 'PLANT', 'plant']) assert.ok(!text.includes(value), `${where}: ${value}`)
  }
  none(readFileSync(rejectFile, 'utf8').replaceAll('planted.csv', ''), 'rejects')
  none(said.join('\n').replaceAll(/planted(?:-rejects)?\.csv/g, ''), 'said')
  assert.match(readFileSync(rejectFile, 'utf8'), /nombre de colonnes faux/)
  for (const { name } of await rows<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where relkind in ('r', 'p') and relnamespace::regnamespace::text
      not in ('pg_catalog', 'information_schema')`,
  ))
    none(JSON.stringify(await rows(`select t::text from ${name} t`)).replaceAll('planted.csv', ''), name)
  // What the server wrote on its disk: tables, temporary files, journal.
  const superuser = new pg.Client(room.database.superUrl)
  await superuser.connect()
  const {
    rows: [at],
  } = await superuser.query(`select current_setting('data_directory') as folder`)
  await superuser.end()
  // A journal file that PostgreSQL takes away meanwhile was not read: all is searched again.
  const search = (pattern: string): SpawnSyncReturns<string> => {
    const found = spawnSync('grep', ['-rlaE', pattern, at.folder], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    })
    return found.status === 2 && /No such file/.test(found.stderr) ? search(pattern) : found
  }
  assert.equal(search('planted\\.csv').status, 0, 'what is kept would be found')
  const { status, stdout, stderr } = search(
    'NaissancePlantee|PrioritePlantee|IdentitePlantee|PremierePlantee|NirPlante|RUE .PLANTEE',
  )
  assert.deepEqual([status, stdout], [1, ''], stderr)
})
