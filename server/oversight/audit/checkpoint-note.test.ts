import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claims, readCheckpoint, readVerifierKey, signCheckpoint, signerKey, verifyNote } from './checkpoint-note.ts'

const signer = signerKey('essai.example/journal', Buffer.alloc(32, 7))
const [other, renamed] = [
  signerKey('essai.example/journal', Buffer.alloc(32, 8)),
  signerKey('autre.example/journal', Buffer.alloc(32, 7)),
]
const checkpoint = { origin: signer.verifier.name, size: 1234, root: Buffer.alloc(32, 9) }
const note = signCheckpoint(checkpoint, signer)

test('SEC-1: a checkpoint is three lines, an empty one and its signature', () => {
  assert.match(
    note,
    /^essai\.example\/journal\n1234\nCQkJ[A-Za-z0-9+/]+=\n\n— essai\.example\/journal [A-Za-z0-9+/]{91}=\n$/,
  )
  assert.deepEqual(verifyNote(note, [other.verifier, signer.verifier]), checkpoint)
})

test('SEC-1, PRI-4: it signs its instant and the retention of details; a retention changed, added or taken off is seen', () => {
  const at = new Date('2026-12-01T10:00:00Z')
  const linked = (keeps?: number) =>
    signCheckpoint({ ...checkpoint, link: { previous: 1200, at, settled: true, ...(keeps ? { keeps } : {}) } }, signer)
  assert.equal(verifyNote(linked(12), [signer.verifier])?.link?.keeps, 12)
  assert.deepEqual(verifyNote(linked(), [signer.verifier])?.link, { previous: 1200, at, settled: true })
  for (const forged of [
    linked(12).replace('keeps 12', 'keeps 6'),
    linked(12).replace(' keeps 12', ''),
    linked().replace('settled', 'settled keeps 6'),
  ])
    assert.equal(verifyNote(forged, [signer.verifier]), undefined, forged)
})

test('SEC-1, SEC-6: it signs the digest of the whole of rights; changed, added or taken off, it is seen', () => {
  const at = new Date('2026-12-01T10:00:00Z')
  const rights = Buffer.alloc(32, 3)
  const link = { previous: 1200, at, settled: true, keeps: 12, rights }
  const told = signCheckpoint({ ...checkpoint, link }, signer)
  assert.deepEqual(verifyNote(told, [signer.verifier])?.link, link)
  const untold = signCheckpoint({ ...checkpoint, link: { ...link, rights: undefined } }, signer)
  assert.deepEqual(verifyNote(untold, [signer.verifier])?.link, { previous: 1200, at, settled: true, keeps: 12 })
  const said = ` rights ${rights.toString('base64')}`
  for (const forged of [
    told.replace(said, ` rights ${Buffer.alloc(32, 4).toString('base64')}`),
    told.replace(said, ''),
    told.replace(said, `${said}${said}`),
    untold.replace('keeps 12', `keeps 12${said}`),
  ])
    assert.equal(verifyNote(forged, [signer.verifier]), undefined, forged)
})

test('SEC-1: a checkpoint that anything was changed in, or that another signed, is not taken', () => {
  for (const [why, text] of [
    ['the size', note.replace('1234', '1235')],
    ['the root', note.replace('CQkJ', 'CQkK')],
    ['the origin', note.replaceAll('essai', 'autre')],
    ['the signature', note.replace(/.{5}=\n$/, 'AAAAA=\n')],
    ['a zero before', note.replace('1234', '01234')],
    ['a line more', note.replace('\n\n', '\nplus\n\n')],
    ['no signature', note.slice(0, note.indexOf('—'))],
    ['the name of the signer', note.replace('— essai', '— autre')],
    ['another key', signCheckpoint(checkpoint, other)],
    ['another log', signCheckpoint({ ...checkpoint, origin: renamed.verifier.name }, renamed)],
    ['the same key under another name', signCheckpoint(checkpoint, renamed)],
    ['nothing', ''],
  ] as const)
    assert.equal(verifyNote(text, [signer.verifier]), undefined, why)
  assert.equal(verifyNote(note, []), undefined)
})

test('SEC-1: after a change of key, notes of both are verified; each says by which it was signed', () => {
  const later = signCheckpoint({ ...checkpoint, size: 2000 }, other)
  for (const text of [note, later]) assert.ok(verifyNote(text, [signer.verifier, other.verifier]))
  assert.deepEqual(
    [claims(note, signer.verifier), claims(note, other.verifier), claims(later, other.verifier)],
    [true, false, true],
  )
})

test('SEC-1: a public key is read back from its text, and not when its number is another’s', () => {
  assert.deepEqual(readVerifierKey(signer.verifier.text)?.text, signer.verifier.text)
  // The key of the documentation of Go's note package, made by others than us.
  assert.ok(readVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'))
  for (const text of [
    '',
    'x',
    signer.verifier.text.replace('+', ' '),
    signer.verifier.text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
    signer.verifier.text.slice(0, -1),
  ])
    assert.equal(readVerifierKey(text), undefined, text)
  assert.equal(readCheckpoint('a\nb\nc\n'), undefined)
})
