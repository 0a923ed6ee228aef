import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { uuidv7 } from '../../platform/ids.ts'
import { temporaryFolder } from '../../testing/folder.ts'
import { readCheckpoint, signCheckpoint, signerKey } from './checkpoint-note.ts'
import { type InclusionProof, proveEntry } from './prove-entry.ts'
import { openTrail, signer, type Trail } from './testing.ts'

let trail: Trail
const ids: string[] = []
const folder = temporaryFolder()
// Alone in its folder: no module of ours nor of npm within its reach.
const script = join(folder, 'verify-proof.mjs')
before(async () => {
  trail = await openTrail()
  copyFileSync(fileURLToPath(new URL('../../../bin/verify-proof.mjs', import.meta.url)), script)
  for (let i = 0; i < 700; i++) ids.push(await trail.append())
  await trail.sealAll(100)
})
after(() => trail.close())

const judged = (proof: unknown, key = signer.verifier.text) =>
  new Promise<{ code: number; out: string }>(done => {
    const file = join(folder, `${uuidv7()}.json`)
    writeFileSync(file, typeof proof === 'string' ? proof : JSON.stringify(proof))
    execFile(process.execPath, [script, file, key], { cwd: folder, env: {} }, (error, stdout, stderr) =>
      done({ code: (error?.code as unknown as number) ?? 0, out: stdout + stderr }),
    )
  })
const proofOf = async (id: string) => (await proveEntry(trail.owner, id))!

test('SEC-1: the proof of an entry is verified by a script alone with the public key', async () => {
  for (const i of [0, 1, 127, 255, 256, 511, 512, 640, 697, 698, 699]) {
    const { code, out } = await judged(await proofOf(ids[i]!))
    assert.deepEqual([code, /^PREUVE VALABLE/.test(out), out.includes(ids[i]!)], [0, true, true], `${i} ${out}`)
  }
})

test('SEC-1: a forged proof is refused', async () => {
  const proof = await proofOf(ids[300]!)
  const another = await proofOf(ids[301]!)
  const thief = signerKey(signer.verifier.name, Buffer.alloc(32, 8))
  const root = Buffer.alloc(32, 1)
  const forged: [why: string, proof: InclusionProof][] = [
    ['another act', { ...proof, entry: proof.entry.replace('exchange.recorded', 'exchange.cancelled') }],
    ['another entry', { ...proof, entry: another.entry }],
    ['another position', { ...proof, position: proof.position + 1 }],
    ['a position past the end', { ...proof, position: 700 }],
    ['another path', { ...proof, path: another.path }],
    ['a step less', { ...proof, path: proof.path.slice(1) }],
    ['the last step less', { ...proof, path: proof.path.slice(0, -1) }],
    ['a step more', { ...proof, path: [...proof.path, proof.path[0]!] }],
    ['no path', { ...proof, path: [] }],
    ['a step that is no digest', { ...proof, path: ['x', ...proof.path.slice(1)] }],
    ['another size', { ...proof, checkpoint: proof.checkpoint.replace('\n700\n', '\n699\n') }],
    [
      'another root, signed by a thief',
      { ...proof, checkpoint: signCheckpoint({ origin: signer.verifier.name, size: 700, root }, thief) },
    ],
    [
      'an entry made the whole tree, signed by a thief',
      {
        ...proof,
        position: 0,
        path: [],
        checkpoint: signCheckpoint({ origin: signer.verifier.name, size: 1, root }, thief),
      },
    ],
    [
      'another log',
      {
        ...proof,
        checkpoint: signCheckpoint({ origin: 'autre', size: 700, root }, signerKey('autre', Buffer.alloc(32, 7))),
      },
    ],
    [
      'another log, signed by our key',
      {
        ...proof,
        checkpoint: signCheckpoint(
          { origin: 'autre', size: 700, root: readCheckpoint(proof.checkpoint)!.root },
          signer,
        ),
      },
    ],
    ['a node passed for an entry', { ...proof, entry: '\u0001', path: proof.path }],
    ['no signature', { ...proof, checkpoint: proof.checkpoint.slice(0, proof.checkpoint.indexOf('—')) }],
  ]
  for (const [why, bad] of forged) {
    const { code, out } = await judged(bad)
    assert.deepEqual([code, /PREUVE REFUSÉE/.test(out)], [1, true], `${why}: ${out}`)
  }
  assert.equal((await judged(proof, thief.verifier.text)).code, 1, 'true, under another key')
  for (const [why, text] of [
    ['nothing', ''],
    ['no proof', '{}'],
    ['null', 'null'],
    ['a position that is no number', JSON.stringify({ ...proof, position: '300' })],
  ] as const)
    assert.equal((await judged(text)).code, 2, why)
  assert.equal((await judged(proof, 'x')).code, 2)
})

test('SEC-1: what is not sealed has no proof yet; an unknown entry has none', async () => {
  assert.equal(await proveEntry(trail.owner, await trail.append()), undefined)
  assert.equal(await proveEntry(trail.owner, uuidv7()), undefined)
})

test('SEC-1: npm run audit -- prove prints the proof', async () => {
  const run = (id: string) =>
    new Promise<{ code: number; out: string }>(done => {
      const env = {
        ...process.env,
        DATABASE_OWNER_URL: trail.house.urls.ownerUrl,
        DATABASE_URL: trail.house.urls.webUrl,
      }
      execFile(
        process.execPath,
        [fileURLToPath(new URL('../../audit.ts', import.meta.url)), 'prove', id],
        { env },
        (error, stdout) => done({ code: (error?.code as unknown as number) ?? 0, out: stdout }),
      )
    })
  const { code, out } = await run(ids[42]!)
  assert.equal(code, 0)
  assert.equal((await judged(out)).code, 0)
  assert.equal((await run(uuidv7())).code, 1)
})
