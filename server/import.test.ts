import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './testing/folder.ts'
import { type House, openHouse } from './testing/house.ts'

let house: House
before(async () => {
  house = await openHouse([])
})
after(() => house.close())

const run = (...args: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('./import.ts', import.meta.url)), ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_OWNER_URL: house.urls.ownerUrl },
  })

test('SEC-1: an import says who launched it and what was asked, when it begins and when it ends; without a name nothing is read nor written', async () => {
  const file = join(temporaryFolder(), 'naf.csv')
  writeFileSync(
    file,
    'niv5,niv4,niv1,niv1_libelle,niv5_libelle\n01.11Y,01.11,A,"AGRICULTURE","Culture de céréales, hors riz"\n',
  )
  const told = async () =>
    (
      await house.owner.query(
        `select e.action, e.actor_id, e.subject_kind || ' ' || e.subject_id as subject, e.origin, d.detail
          from audit_entries e join audit_details d on d.entry_id = e.id where e.action like 'reference-data.%'
          order by e.at, e.id`,
      )
    ).rows
  const labels = async () => (await house.owner.query(`select from naf where code = '01.11Y'`)).rowCount
  for (const said of [[], ['--operator', ' ']]) {
    const { status, stderr } = run('naf', file, ...said)
    assert.deepEqual([status, /--operator manque/.test(stderr), await labels(), await told()], [1, true, 0, []], stderr)
  }
  assert.match(run('autre', '--operator', 'Camille Essai').stderr, /usage, avec --operator/)
  const done = run('naf', file, '--operator', 'Camille Essai')
  assert.equal(done.status, 0, done.stderr)
  const entry = { actor_id: null, subject: 'import naf', origin: 'ligne de commande, Camille Essai' }
  assert.deepEqual(await told(), [
    { action: 'reference-data.import-begun', ...entry, detail: { files: ['naf.csv'], 'active-only': false } },
    {
      action: 'reference-data.import-ended',
      ...entry,
      detail: { files: ['naf.csv'], 'active-only': false, complete: true },
    },
  ])
  assert.equal(await labels(), 1)
  // One that fails has begun, and not ended.
  assert.equal(run('naf', `${file}.absent`, '--operator', 'Camille Essai').status, 1)
  assert.deepEqual(
    (await told()).slice(2).map(e => e.action),
    ['reference-data.import-begun'],
  )
})

for (const command of ['import', 'admin', 'audit', 'keys', 'migrate'])
  test(`REL-7: npm run ${command} -- --help prints how it is used, and opens nothing`, () => {
    const file = fileURLToPath(new URL(`./${command}.ts`, import.meta.url))
    for (const word of ['--help', '-h']) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, word], {
        encoding: 'utf8',
        env: { ...process.env, DATABASE_OWNER_URL: 'postgres://nobody@localhost:1/none' },
      })
      assert.deepEqual([status, stderr], [0, ''])
      assert.match(stdout, new RegExp(`^(?:Utilisation|usage).*\\n?.*npm run ${command}`, 'i'))
    }
  })

test('REL-7: an option that no import has is said with how it is used, and no stack', () => {
  const { status, stdout, stderr } = run('territories', '--departemant', '33')
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /--departemant/)
  assert.match(stderr, /npm run import -- territories/)
  assert.doesNotMatch(stderr, /\n\s+at /)
})
