import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { until } from '../../testing/until.ts'
import { readCheckpoint } from './checkpoint-note.ts'
import { digestOfGuards, guardsOf, shippedGuards } from './guards.ts'
import { rightsReader, unreadRights } from './sealed-rights.ts'
import { startSequencer } from './sequencer.ts'
import { openTrail, signer, type Trail } from './testing.ts'
import { isSound, reportInWords } from './verify-report.ts'

let trail: Trail
let admin: pg.Client
before(async () => {
  trail = await openTrail()
  admin = await trail.connect(trail.house.urls.superUrl)
})
after(async () => {
  await admin.end()
  await trail.close()
})
const checkpoints = async () =>
  (
    await trail.owner.query<{ size: number; note: string }>('select size, note from trail_checkpoints order by size')
  ).rows.map(({ size, note }) => ({ size, note, ...readCheckpoint(note)!.link! }))
/** One entry, sealed with the rights as the worker reads them: the instant that its seal signs. */
const sealRights = async (onError?: (error: Error) => void): Promise<Date> => {
  await trail.append()
  await trail.sealAll(undefined, rightsReader({ everyMs: 0, ...(onError ? { onError } : {}) }))
  return (await checkpoints()).at(-1)!.at
}
const open = 'create policy zz on accounts for select to cc_web using (true)'
const close = 'drop policy zz on accounts'

test('SEC-1, SEC-6: a right opened and closed between two verifications is named with the two instants that frame each change', async () => {
  await trail.append()
  await trail.sealAll()
  const untold = await trail.verify()
  assert.deepEqual([untold.faults, untold.rights], [[], { changes: [], last: null }], 'as former versions sealed')
  assert.match(reportInWords(untold).join('\n'), /Droits : aucun point de contrôle n’en porte encore l’empreinte/)
  await sealRights()
  const calm = await sealRights()
  assert.deepEqual((await trail.verify()).rights, { changes: [], last: { at: calm, shipped: true } })
  await admin.query(open)
  const opened = await sealRights()
  const still = await sealRights()
  const during = await trail.verify()
  assert.deepEqual(during.rights, {
    changes: [{ after: calm, before: opened, shipped: false }],
    last: { at: still, shipped: false },
  })
  assert.match(reportInWords(during).join('\n'), /dernier relevé scellé \(.*\) : autres que ceux de cette version/)
  await admin.query(close)
  await trail.append()
  await trail.sealAll()
  const closed = await sealRights()
  const found = await trail.verify()
  assert.deepEqual(
    [found.faults, found.rights],
    [
      [],
      {
        changes: [
          { after: calm, before: opened, shipped: false },
          { after: still, before: closed, shipped: true },
        ],
        last: { at: closed, shipped: true },
      },
    ],
  )
  const words = reportInWords(found).join('\n')
  assert.ok(words.includes(`Droits changés entre ${calm.toISOString()} et ${opened.toISOString()}`), words)
  assert.ok(words.includes(`Droits au dernier relevé scellé (${closed.toISOString()}) : ceux de cette version.`), words)
})

test('SEC-1: the digest of rights changed, taken off or added in a seal is named, and frames nothing', async () => {
  await sealRights()
  const { size, note, rights } = (await checkpoints()).at(-1)!
  const last = (await checkpoints()).findLast(c => !c.rights)!
  const before = (await trail.verify()).rights
  const other = ` rights ${Buffer.alloc(32, 4).toString('base64')}`
  const said = ` rights ${rights!.toString('base64')}`
  for (const [of, was, forged] of [
    [size, note, note.replace(said, other)],
    [size, note, note.replace(said, '')],
    [last.size, last.note, last.note.replace(/ keeps \d+/, kept => `${kept}${other}`)],
  ] as const) {
    assert.notEqual(forged, was)
    await trail.tamper(['update trail_checkpoints set note = $1 where size = $2', [forged, of]])
    const found = await trail.verify()
    await trail.tamper(['update trail_checkpoints set note = $1 where size = $2', [was, of]])
    assert.ok(found.faults.some(f => f.what === 'signature' && f.where.includes(String(of))))
    assert.deepEqual(found.rights.changes, before.changes)
  }
  assert.deepEqual((await trail.verify()).faults, [])
})

test('SEC-1: the worker reads what the owner reads, and an import of the register under way is no change of rights', async () => {
  await admin.query(`create schema register_build;
    create function register_build.note_touched() returns trigger language plpgsql as 'begin return null; end';
    create trigger register_build_touched after insert on establishments for each row
      execute function register_build.note_touched()`)
  try {
    await sealRights(error => assert.fail(error))
    assert.deepEqual((await checkpoints()).at(-1)!.rights, digestOfGuards(shippedGuards()))
    await trail.owner.query('begin')
    assert.deepEqual(digestOfGuards(await guardsOf(trail.owner)), digestOfGuards(shippedGuards()))
    await trail.owner.query('rollback')
  } finally {
    await admin.query('drop schema register_build cascade')
  }
})

test('SEC-1: a catalogue that the worker cannot read stops no sealing: that seal signs that it could not, and it is said', async () => {
  await admin.query('revoke select on pg_catalog.pg_policy from public')
  const said: string[] = []
  try {
    await sealRights(error => said.push(error.message))
  } finally {
    await admin.query('grant select on pg_catalog.pg_policy to public')
  }
  assert.deepEqual([said.length, (await checkpoints()).at(-1)!.rights], [1, unreadRights])
  assert.match(said[0]!, /permission denied/)
  assert.deepEqual((await trail.verify()).faults, [])
})

test('SEC-1, SEC-6: catalogues that nobody may read are a fault of the verification: it does not pass', async () => {
  for (const catalogue of ['pg_policy', 'pg_trigger', 'pg_roles', 'pg_tables', 'pg_auth_members']) {
    await admin.query(`revoke select on pg_catalog.${catalogue} from public`)
    try {
      const { faults } = await trail.verify()
      assert.ok(
        faults.some(({ what, where }) => what === 'guard-unread' && where === catalogue),
        `${catalogue}: ${JSON.stringify(faults)}`,
      )
    } finally {
      await admin.query(`grant select on pg_catalog.${catalogue} to public`)
    }
  }
  const found = await trail.verify()
  assert.deepEqual(found.faults, [])
  assert.ok(isSound(found))
})

test('SEC-1, SEC-6: seals that say for three minutes that they could not read rights are a fault, once; silence is none', async () => {
  const told = await sealRights()
  const later = (seconds: number) => new Date(told.getTime() + seconds * 1000)
  const seal = async (seconds: number, readRights?: ReturnType<typeof rightsReader>) => {
    await trail.append('exchange.recorded', { a: 1 }, later(seconds))
    await trail.sealThen(later(seconds), readRights)
  }
  /** As the sequencer seals while the catalogue may not be read. */
  const unread = async (seconds: number) => {
    await admin.query('revoke select on pg_catalog.pg_policy from public')
    try {
      await seal(seconds, rightsReader({ everyMs: 0 }))
    } finally {
      await admin.query('grant select on pg_catalog.pg_policy to public')
    }
  }
  const read = (seconds: number) => seal(seconds, rightsReader({ everyMs: 0 }))
  const faults = async () => (await trail.verify()).faults
  await seal(181)
  await seal(86_400)
  assert.deepEqual(await faults(), [], 'a machine that slept, or a former program')
  await unread(86_500)
  await seal(86_700)
  assert.deepEqual(await faults(), [], 'one reading failed, and nothing more was to be told')
  await read(86_710)
  await unread(86_800)
  await unread(86_979)
  assert.deepEqual(await faults(), [], 'read in between, then unread for less than three minutes')
  await unread(86_980)
  const size = (await checkpoints()).at(-1)!.size
  await unread(87_100)
  const { faults: found, rights } = await trail.verify()
  const where = `depuis le ${later(86_800).toISOString()}, point de contrôle ${size}`
  assert.deepEqual(found, [{ what: 'rights-untold', where }])
  assert.deepEqual(rights.last, { at: later(86_710), shipped: true })
  assert.match(
    reportInWords(await trail.verify()).join('\n'),
    /Premier défaut : DROITS TUS : pendant plus de trois minutes, le scellement n’a pas pu lire les droits/,
  )
})

test('SEC-1: a sequencer tells rights in its first seal, then in none before the minute', async () => {
  const before = (await checkpoints()).length
  const options = { signer, witness: trail.witness, everyMs: 5, say: () => {} }
  const sequencer = startSequencer(trail.house.urls.workerUrl, options)
  for (let n = 0; n < 3; n++) {
    await trail.append()
    await until('sealed', async () => (await trail.unsealed()) === 0)
  }
  await sequencer.stop()
  const told = (await checkpoints()).slice(before).map(c => c.rights !== undefined)
  assert.deepEqual([told.length >= 3, told[0], told.slice(1).some(Boolean)], [true, true, false])
})
