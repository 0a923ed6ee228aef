import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { runImport } from '../register/testing-command.ts'
import type { OpenRegister } from '../register/testing-register.ts'
import { countedApart, countedHere } from './testing-counts.ts'
import { aDeclaration, declarationsOf } from './testing-declarations.ts'
import { chanceOf, openRecruitments, sirets, someLines } from './testing-recruitments.ts'

let room: OpenRegister
let owner: pg.Client
before(async () => {
  room = await openRecruitments()
  owner = room.owner
})
after(() => room.close())
beforeEach(() => room.empty())

const rejectFile = () => join(room.folder, 'rejects.csv')
const command = (paths: readonly string[], until?: (ended: () => boolean) => Promise<void>) =>
  runImport(room.database.ownerUrl, ['dpae', ...paths, '--batch-rows', '50', '--reject-file', rejectFile()], until)
/** Until so many lines are read, or the counts are being made. */
const reading = (lines: number) => async (ended: () => boolean) => {
  while (!ended()) {
    const { rows } = await owner.query(
      `select coalesce((counts->>'read')::int, 0) as read from hiring_files order by id desc`,
    )
    if (rows[0]?.read >= lines) return
  }
}
const merging = async (ended: () => boolean) => {
  while (!ended())
    if (
      (
        await owner.query(
          `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            and state = 'active' and query ~ '^set local jit'`,
        )
      ).rowCount
    )
      return
}
const write = (name: string, text: string) => {
  const path = join(room.folder, name)
  writeFileSync(path, text)
  return path
}

test('REC-1: killed at instants of its reading and in its counts, then run again, the counts equal the files, no reject is lost and none is told twice', async () => {
  const paths = [
    write('first.csv', declarationsOf(someLines(4_000, 41))),
    write('second.csv', declarationsOf(someLines(4_000, 42))),
  ]
  const chance = chanceOf(8)
  let resumed = 0
  const holder = new pg.Client(room.database.ownerUrl)
  await holder.connect()
  for (const until of [
    reading(1),
    reading(Math.floor(chance() * 2_000)),
    reading(2_000 + Math.floor(chance() * 1_900)),
    merging,
    reading(3_900),
  ]) {
    // The counts wait for this lock: however slow the watch, the import is still at work when it is killed.
    await holder.query('begin; lock table hirings_by_month in exclusive mode')
    const { killed, said } = await command(paths, until)
    await holder.query('rollback')
    assert.ok(killed, `it was still at work when it was to be killed: ${said}`)
    if (said.includes('Reprise là où')) resumed++
  }
  await holder.end()
  assert.ok(resumed > 0)
  const { code, said } = await command(paths)
  assert.equal(code, 0, said)
  assert.deepEqual(await countedHere(owner), await countedApart(paths))
  const lines = readFileSync(rejectFile(), 'utf8').trimEnd().split('\n').slice(1)
  const bad = someLines(4_000, 41)
    .concat(someLines(4_000, 42))
    .filter(line => line['dc_typecontrat_id'] === '7')
  assert.ok(bad.length > 100)
  assert.deepEqual([lines.length, new Set(lines).size], [bad.length, bad.length])
  assert.deepEqual((await owner.query(`select to_regclass('hiring_build.staged') as staged`)).rows, [{ staged: null }])
  const before = await countedHere(owner)
  const again = await command(paths)
  assert.equal(again.said.match(/déjà importé, rien ne change/g)?.length, 2, again.said)
  assert.deepEqual(await countedHere(owner), before)
})

test('REC-1, SEC-1: the account of an import says what was read, kept, set aside and unknown; the trail says who, what, and when it began and ended', async () => {
  const path = write(
    'account.csv',
    declarationsOf([
      aDeclaration(sirets[0]!),
      aDeclaration(sirets[0]!),
      aDeclaration(sirets[64]!, { kd_dateembauche: '2026-11-02' }),
      aDeclaration(sirets[1]!, { dc_typecontrat_id: '9' }),
    ]),
  )
  const { code, said } = await command([path])
  assert.equal(code, 0, said)
  assert.match(
    said,
    /account\.csv \(DPAE, 27 colonnes\)\n {2}lues 4 · gardées 3 · rejetées 1\n {2}embauches nouvelles 3 · déjà connues 0\n {2}jours d’embauche : du 05\/10\/2026 au 02\/11\/2026\n {2}gardées, établissement inconnu du répertoire : 1 embauche de 1 établissement\n {2}rejetées, type de contrat inconnu : 1/,
  )
  const { rows } = await owner.query(
    `select action, subject_id, origin, d.detail->'files' as files from audit_entries e join audit_details d
      on d.entry_id = e.id where subject_id = 'dpae' order by e.at desc, e.id desc limit 2`,
  )
  const entry = { subject_id: 'dpae', origin: 'ligne de commande, Camille Essai', files: ['account.csv'] }
  assert.deepEqual(rows, [
    { action: 'reference-data.import-ended', ...entry },
    { action: 'reference-data.import-begun', ...entry },
  ])
})

test('REC-1: an import of another file drops what was half read, and so does one whose staged lines the server lost', async () => {
  const [first, second] = [11, 12].map(seed => write(`half-${seed}.csv`, declarationsOf(someLines(4_000, seed))))
  assert.ok((await command([first!], reading(200))).killed)
  const other = await command([second!])
  assert.match(other.said, /La lecture interrompue d’un autre fichier est abandonnée/)
  assert.deepEqual(await countedHere(owner), await countedApart([second!]))
  await room.empty()
  assert.ok((await command([first!], reading(200))).killed)
  // As after a crash of the server: the position stays, unlogged rows do not.
  await owner.query('truncate hiring_build.staged')
  const { code, said } = await command([first!])
  assert.equal(code, 0, said)
  assert.doesNotMatch(said, /Reprise là où/)
  assert.deepEqual(await countedHere(owner), await countedApart([first!]))
})
