import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { anAccount, insertAccount } from '../../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import { chanceOf, openRecruitments, sirets } from '../../territory-and-register/recruitments/testing-recruitments.ts'
import { runImport } from '../../territory-and-register/register/testing-command.ts'
import type { OpenRegister } from '../../territory-and-register/register/testing-register.ts'
import { importServices } from './import-services.ts'
import { aLine, type Line, serviceFilesOf, textOf, today } from './testing-files.ts'

let room: OpenRegister
let owner: pg.Client
let files: ReturnType<typeof serviceFilesOf>
before(async () => {
  room = await openRecruitments()
  owner = room.owner
  files = serviceFilesOf(room)
})
after(() => room.close())
beforeEach(() => files.empty())
const bring = (lines: readonly Line[]) => files.bring(lines)
const rows = () => files.rows()
const write = (name: string, text: string | Buffer) => files.write(name, text)

test('REC-3: a file is recognised by its header whatever the order, separator, quotes and packing; one that lacks a column is refused by name', async () => {
  const lines = [aLine(), aLine({ reference: 'S-2', service: 'Présélection' })]
  const shuffled = ['candidat', 'date_debut', 'service', 'siret', 'reference', 'resultat']
  for (const [name, content] of [
    ['plain.csv', textOf(lines)],
    ['bar.csv', textOf(lines, '|')],
    ['latin.csv', Buffer.from(textOf(lines), 'latin1')],
    ['quoted.csv', textOf(lines).replaceAll(/S-[12]/g, '"$&"')],
    ['shuffled.csv.gz', gzipSync(textOf(lines, ';', shuffled))],
  ] as const) {
    await files.empty()
    const [counts] = await importServices(owner, [write(name, content)], { today })
    assert.deepEqual([counts!.read, counts!.added, counts!.rejected], [2, 2, {}], name)
    assert.deepEqual(
      (await rows()).map(row => [row.reference, row.kind, row.result]),
      [
        ['S-1', 'preselection', 'en-cours'],
        ['S-2', 'preselection', 'en-cours'],
      ],
    )
  }
  const short = write('short.csv', textOf(lines, ';', ['siret', 'service', 'date_debut']))
  await assert.rejects(
    importServices(owner, [short], { today }),
    /short\.csv : ce n’est pas un fichier de services, il manque reference/,
  )
})

test('REC-3: a reference brought again is one service: unchanged it stays, told anew it has a version more, told of an earlier day it does not go back', async () => {
  assert.deepEqual(await bring([aLine({ date_maj: '2026-04-01' })]), {
    file: 'file-1.csv',
    read: 1,
    rejected: {},
    added: 1,
    changed: 0,
    recognised: 0,
    byHand: 0,
    withdrawn: 0,
    known: 0,
    unknown: 0,
  })
  const numbers = ({ added, changed, known }: Awaited<ReturnType<typeof bring>>) => [added, changed, known]
  assert.deepEqual(numbers(await bring([aLine({ date_maj: '2026-04-02' })])), [0, 0, 1])
  const told = aLine({ date_maj: '2026-05-01', resultat: 'abouti', date_fin: '2026-04-30' })
  assert.deepEqual(numbers(await bring([told])), [0, 1, 0])
  assert.deepEqual(numbers(await bring([aLine({ date_maj: '2026-04-15' })])), [0, 0, 1])
  // In one file too, the latest told holds, whatever the order of the lines.
  assert.deepEqual(
    numbers(await bring([told, aLine({ date_maj: '2026-04-20' }), aLine({ date_maj: '2026-04-21' })])),
    [0, 0, 3],
  )
  assert.deepEqual(await rows(), [
    {
      reference: 'S-1',
      siret: sirets[0],
      kind: 'preselection',
      used_on: '2026-03-02',
      ended_on: '2026-04-30',
      result: 'abouti',
      version: 2,
      by_hand: false,
    },
  ])
  const { rows: history } = await owner.query(
    'select version, change, result from operator_service_versions order by version',
  )
  assert.deepEqual(history, [
    { version: 1, change: 'imported', result: 'en-cours' },
    { version: 2, change: 'imported', result: 'abouti' },
  ])
})

test('REC-3, EST-6: what an advisor entered is recognised, what they corrected or withdrew stays as they left it', async () => {
  const { id: organisationId } = await insertOrganisation(owner, anOrganisation({ kind: 'operateur' }))
  const { id } = await insertAccount(owner, anAccount(organisationId))
  const statement = `'preselection', '2026-03-02', 'abouti'`
  await owner.query(
    `with s as (insert into operator_services (id, siret, kind, used_on, result, source, by_hand, organisation_id,
        author_id, recorded_at)
      values (gen_random_uuid(), $3, ${statement}, 'entered', true, $1, $2, now()) returning id)
    insert into operator_service_versions (service_id, version, siret, change, kind, used_on, result, organisation_id,
        author_id, at) select id, 1, $3, 'entered', ${statement}, $1, $2, now() from s`,
    [organisationId, id, sirets[0]],
  )
  const recognised = await bring([aLine({ resultat: 'annule' })])
  assert.deepEqual([recognised.added, recognised.recognised, recognised.byHand], [0, 1, 0])
  const again = await bring([aLine({ resultat: 'sans-suite' })])
  assert.deepEqual([again.added, again.recognised, again.byHand], [0, 0, 1])
  await owner.query(`update operator_services set withdrawn_at = now()`)
  assert.equal((await bring([aLine({ resultat: 'en-cours' })])).withdrawn, 1)
  assert.deepEqual(
    (await rows()).map(row => [row.reference, row.result, row.version]),
    [['S-1', 'abouti', 1]],
  )
})

test('REC-3: lines set aside are told with their reason and SIRET alone; an establishment that the register lacks is kept, and said', async () => {
  const counts = await bring([
    aLine({ reference: 'S-1', service: 'AFPR', date_debut: '2023-05-02' }),
    aLine({ reference: 'S-2', service: 'AFPR' }),
    aLine({ reference: 'Zénobie' }),
    aLine({ reference: 'S-4', siret: sirets[64]! }),
    aLine({ reference: 'S-5', service: 'Zénobie' }),
  ])
  assert.deepEqual([counts.read, counts.added, counts.unknown], [5, 2, 1])
  assert.deepEqual(files.rejected, [
    [3, 'service-of-the-past', sirets[0]],
    [4, 'no-service-reference', sirets[0]],
    [6, 'unknown-service', sirets[0]],
  ])
  assert.deepEqual(
    (await rows()).map(row => row.kind),
    ['afpr', 'preselection'],
  )
})

test('REC-3, SEC-1: nothing of the person placed is in the tables, the list of rejects, nor what is said', async () => {
  const lines = Array.from({ length: 40 }, (_, i) =>
    aLine({ reference: `S-${i}`, ...(i % 4 === 0 ? { resultat: 'Zénobie Secret' } : {}) }),
  )
  const rejects = join(room.folder, 'rejects.csv')
  const path = write('persons.csv', textOf(lines))
  const { code, said } = await runImport(room.database.ownerUrl, ['services', path, '--reject-file', rejects])
  assert.equal(code, 0, said)
  assert.match(said, /lues 40 · gardées 30 · rejetées 10\n {2}nouveaux 30 · modifiés 0 · déjà connus 0/)
  const { rows: told } = await owner.query(
    `select s::text as t from operator_services s union all select v::text from operator_service_versions v
      union all select f::text from service_files f union all select r::text from service_rejects r
      union all select d::text from audit_details d`,
  )
  assert.ok(told.length > 70)
  for (const text of [said, readFileSync(rejects, 'utf8'), ...told.map(({ t }) => t)])
    assert.doesNotMatch(text, /Z[ée]nobie|Secret/i)
  const again = await runImport(room.database.ownerUrl, ['services', path])
  assert.match(again.said, /déjà importé, rien ne change/)
  const { rows: trail } = await owner.query(
    `select action from audit_entries where subject_id = 'services' order by at, id limit 2`,
  )
  assert.deepEqual(
    trail.map(({ action }) => action),
    ['reference-data.import-begun', 'reference-data.import-ended'],
  )
})

test('REC-3: killed at instants of its reading, then run again, the services equal the file, no reject is lost and none is told twice', async () => {
  const chance = chanceOf(6)
  const lines = Array.from({ length: 3_000 }, (_, i) =>
    aLine({
      reference: `S-${i % 2_500}`,
      siret: sirets[i % 60]!,
      resultat: i % 10 === 0 ? 'autre' : i < 2_500 ? 'en-cours' : 'abouti',
    }),
  )
  const path = write('killed.csv', textOf(lines))
  const rejects = join(room.folder, 'rejects-killed.csv')
  const command = (until?: (ended: () => boolean) => Promise<void>) =>
    runImport(room.database.ownerUrl, ['services', path, '--batch-rows', '20', '--reject-file', rejects], until)
  const reading = (count: number) => async (ended: () => boolean) => {
    while (!ended()) {
      const { rows: reached } = await owner.query(
        `select coalesce((counts->>'read')::int, 0) as read from service_files order by id desc`,
      )
      if (reached[0]?.read >= count) return
    }
  }
  let resumed = 0
  for (const count of [1, 200 + Math.floor(chance() * 800), 1_500]) {
    const { killed, said } = await command(reading(count))
    assert.ok(killed, said)
    if (said.includes('reprise là où')) resumed++
  }
  assert.equal(resumed, 2)
  const second = await command()
  assert.equal(second.code, 0, second.said)
  const expected = new Map<string, string>()
  for (const line of lines) if (line['resultat'] !== 'autre') expected.set(line['reference']!, line['resultat']!)
  assert.deepEqual(
    new Map((await rows()).map(row => [row.reference, row.result])),
    new Map([...expected].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  )
  const told = readFileSync(rejects, 'utf8').trimEnd().split('\n').slice(1)
  assert.deepEqual([told.length, new Set(told).size], [300, 300])
  assert.match(second.said, /lues 3\D?000 · gardées 2\D?700 · rejetées 300/)
})

test('REC-3, EST-6: what a hand corrects while a file is being brought stays as it left it', async () => {
  await bring([aLine()])
  const hand = new pg.Client(room.database.ownerUrl)
  await hand.connect()
  await hand.query('begin')
  await hand.query(`update operator_services set result = 'abouti', by_hand = true`)
  const bringing = bring([aLine({ resultat: 'sans-suite', date_maj: '2026-06-01' })])
  for (;;) {
    const { rowCount } = await hand.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rowCount) break
  }
  await hand.query('commit')
  await hand.end()
  assert.equal((await bringing).changed, 0)
  assert.deepEqual(
    (await rows()).map(row => [row.result, row.version, row.by_hand]),
    [['abouti', 1, true]],
  )
})
