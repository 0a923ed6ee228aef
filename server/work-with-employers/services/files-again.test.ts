import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type pg from 'pg'
import { openRecruitments } from '../../territory-and-register/recruitments/testing-recruitments.ts'
import type { OpenRegister } from '../../territory-and-register/register/testing-register.ts'
import { bringServices } from './bring-services.ts'
import { aLine, serviceFilesOf, textOf, today } from './testing-files.ts'

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

/** The command, on one file: what it says. */
const told = async (path: string) => {
  const said: string[] = []
  assert.equal(await bringServices(owner, [path], { today }, line => said.push(line)), 0)
  return said.join('\n')
}
const everything = async () =>
  (
    await owner.query(
      `select s::text as t from operator_services s union all select v::text from operator_service_versions v
        union all select r::text from service_rejects r order by t`,
    )
  ).rows.map(({ t }) => t)

test('REC-3: the same file brought a second time, under another name too, changes nothing, and the account says so', async () => {
  const text = textOf([aLine(), aLine({ reference: 'S-2', service: 'mrs' }), aLine({ reference: 'sans' })])
  assert.match(await told(files.write('first.csv', text)), /nouveaux 2 · modifiés 0 · déjà connus 0/)
  const before = await everything()
  assert.equal(before.length, 5)
  for (const name of ['first.csv', 'copied.csv'])
    assert.match(
      await told(files.write(name, text)),
      /^\S+\.csv : déjà importé, rien ne change \(3 lignes, 2 gardées\)$/m,
    )
  assert.deepEqual(await everything(), before)
})

test('REC-3: what a newer file says again unchanged holds against an older file brought after it', async () => {
  await files.bring([aLine({ date_maj: '2026-04-01' })])
  assert.equal((await files.bring([aLine({ date_maj: '2026-06-01' })])).known, 1)
  const older = await files.bring([aLine({ date_maj: '2026-05-01', resultat: 'sans-suite' })])
  assert.deepEqual([older.changed, older.known], [0, 1])
  const newer = await files.bring([aLine({ date_maj: '2026-06-02', resultat: 'abouti' })])
  assert.equal(newer.changed, 1)
  assert.deepEqual(
    (await files.rows()).map(({ result, version }) => [result, version]),
    [['abouti', 2]],
  )
})
