import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type pg from 'pg'
import { anAccount, insertAccount } from '../../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import { openRecruitments, sirets } from '../../territory-and-register/recruitments/testing-recruitments.ts'
import type { OpenRegister } from '../../territory-and-register/register/testing-register.ts'
import { bringServices } from './bring-services.ts'
import { aService, insertServices, type ServiceSeed } from './testing.ts'
import { aLine, serviceFilesOf, textOf, today } from './testing-files.ts'

let room: OpenRegister
let owner: pg.Client
let files: ReturnType<typeof serviceFilesOf>
let by: Pick<ServiceSeed, 'organisationId' | 'authorId'>
before(async () => {
  room = await openRecruitments()
  owner = room.owner
  files = serviceFilesOf(room)
  const { id: organisationId } = await insertOrganisation(owner, anOrganisation({ kind: 'operateur' }))
  by = { organisationId, authorId: (await insertAccount(owner, anAccount(organisationId))).id }
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

test('REC-3, EST-8: where a file corrects the establishment of a service, the history keeps the former', async () => {
  await files.bring([aLine({ date_maj: '2026-04-01' })])
  const moved = await files.bring([aLine({ date_maj: '2026-05-01', siret: sirets[1]! })])
  assert.equal(moved.changed, 1)
  const { rows } = await owner.query(
    'select version, siret::text, change from operator_service_versions order by version',
  )
  assert.deepEqual(rows, [
    { version: 1, siret: sirets[0], change: 'imported' },
    { version: 2, siret: sirets[1], change: 'imported' },
  ])
})

const withdrawnAt = '2026-10-01T08:00:00Z'
const entered = (over: Partial<ServiceSeed> = {}) =>
  aService({ siret: Number(sirets[0]), kind: 'preselection', usedOn: '2026-03-02', ...by, ...over })
const standing = async () =>
  (
    await owner.query(
      `select reference, withdrawn_at is not null as withdrawn from operator_services order by reference nulls first`,
    )
  ).rows.map(row => [row.reference, row.withdrawn])

test('REC-3, EST-6: what an advisor withdrew, no file brings back, and the account says so', async () => {
  await insertServices(owner, [entered({ withdrawnAt })])
  const said = await told(files.write('withdrawn.csv', textOf([aLine(), aLine({ reference: 'S-2', service: 'mrs' })])))
  assert.match(said, /nouveaux 1 · modifiés 0 · déjà connus 0/)
  assert.match(said, /retirés par un conseiller, laissés retirés : 1$/m)
  assert.doesNotMatch(said, /reconnus|laissés tels quels/)
  assert.deepEqual(await standing(), [
    ['S-1', true],
    ['S-2', false],
  ])
  const again = await files.bring([aLine({ date_maj: '2026-11-01', resultat: 'abouti' })])
  assert.deepEqual([again.added, again.changed, again.byHand, again.withdrawn], [0, 0, 0, 1])
  assert.deepEqual(
    (await files.rows()).map(({ reference, version }) => [reference, version]),
    [
      ['S-1', 1],
      ['S-2', 1],
    ],
  )
})

test('REC-3, EST-6: what an advisor withdrew then entered anew is recognised in what stands, and another of the same day is brought', async () => {
  await insertServices(owner, [
    entered({ withdrawnAt }),
    entered({ withdrawnAt: '2026-10-02T08:00:00Z' }),
    entered(),
    entered({ kind: 'mrs', withdrawnAt }),
    entered({ kind: 'mrs', withdrawnAt: '2026-10-02T08:00:00Z' }),
  ])
  const first = await files.bring([aLine(), aLine({ reference: 'S-2', service: 'mrs' })])
  assert.deepEqual([first.added, first.recognised, first.withdrawn], [0, 1, 1])
  const second = await files.bring([aLine({ reference: 'S-3' })])
  assert.deepEqual([second.added, second.recognised, second.withdrawn], [1, 0, 0])
  assert.deepEqual((await standing()).slice(3), [
    ['S-1', false],
    ['S-2', true],
    ['S-3', false],
  ])
})
