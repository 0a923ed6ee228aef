import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { keyRing } from '../../platform/key-ring.ts'
import { keyOf, openSecret, sealSecret } from '../../platform/secret-box.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayEnrol } from './enrolment.policy.ts'
import { entersWith, type FactorSettings, isFreshProof, type Proof, proofOf } from './factors.ts'
import { matchAccount } from './match-account-rules.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { delaySeconds } from './second-factor-delay-rules.ts'
import { newTotpSecret, totpInvitation, totpStep } from './totp.ts'

const settings: FactorSettings = {
  strongByProvider: new Map([
    ['eidas1-only', []],
    ['strong-at-1', ['eidas1-mfa', 'eidas2']],
  ]),
  weakUntil: '2027-02-28',
}

const proofs: [acr: string | null, amr: string[], idp: string, proof: Proof][] = [
  ['eidas2', ['pwd', 'otp', 'mfa'], 'any', 'strong'],
  ['eidas3', ['hwk', 'pin'], 'any', 'strong'],
  ['eidas2', [], 'any', 'strong'], // the level says it, nothing contradicts it
  ['eidas2', ['pwd'], 'any', 'none'], // contradicted
  ['eidas2', ['pwd', 'pin'], 'any', 'none'], // twice what one knows
  ['eidas2', ['otp', 'hwk'], 'any', 'none'], // twice what one has
  ['eidas2', ['pwd', 'mail'], 'any', 'none'], // an address is no possession
  ['eidas1-mfa', ['pwd', 'mail', 'mfa'], 'any', 'weak'],
  ['eidas0-mfa', ['pwd', 'otp'], 'any', 'weak'],
  ['eidas1', ['pwd', 'mfa'], 'any', 'none'],
  ['eidas0', [], 'any', 'none'],
  [null, ['pwd', 'otp', 'mfa'], 'any', 'none'],
  ['https://proconnect.gouv.fr/assurance/consistency-checked-2fa', ['mfa'], 'any', 'none'],
  ['eidas2', ['pwd', 'otp', 'mfa'], 'eidas1-only', 'none'],
  ['eidas1-mfa', ['pwd', 'hwk', 'mfa'], 'strong-at-1', 'strong'],
  ['eidas3', ['pwd', 'hwk', 'mfa'], 'strong-at-1', 'none'],
]
for (const [acr, amr, idp, proof] of proofs)
  test(`IDN-2: ${acr} with ${amr.join('+') || 'no method told'} at ${idp} proves: ${proof}`, () =>
    assert.equal(proofOf(acr, amr, idp, settings), proof))

test('IDN-2: a weak second factor is enough until the dated setting, that day included, and never without it', () => {
  for (const [proof, today, until, enters] of [
    ['strong', '2030-01-01', null, true],
    ['weak', '2027-02-28', '2027-02-28', true],
    ['weak', '2027-03-01', '2027-02-28', false],
    ['weak', '2026-11-25', null, false],
    ['none', '2026-11-25', '2027-02-28', false],
  ] as const)
    assert.equal(
      entersWith(proof, today, { ...settings, weakUntil: until }, 'not-ruled'),
      enters,
      `${proof} on ${today} until ${until}`,
    )
})

test('IDN-7: a directive decides of a weak level before the setting does, and neither of a strong one nor of none', () => {
  for (const [proof, level, until, enters] of [
    ['weak', 'accepted', null, true],
    ['weak', 'refused', '2027-02-28', false],
    ['weak', 'not-ruled', '2027-02-28', true],
    ['weak', 'not-ruled', null, false],
    ['strong', 'refused', null, true],
    ['none', 'accepted', '2027-02-28', false],
  ] as const)
    assert.equal(
      entersWith(proof, '2026-11-25', { ...settings, weakUntil: until }, level),
      enters,
      `${proof}, ${level}`,
    )
})

test('IDN-5: only a strong proof, of a level proven anew and dated after it was asked for, confirms', () => {
  const asked = new Date('2026-11-25T10:00:00Z')
  const at = (seconds: number) => asked.getTime() / 1000 + seconds
  for (const [proof, acr, authTime, fresh] of [
    ['strong', 'eidas2', at(20), true],
    ['strong', 'eidas3', at(0), true],
    ['strong', 'eidas2', at(-30), true], // clocks differ
    ['strong', 'eidas2', at(-31), false],
    ['strong', 'eidas2', undefined, false],
    ['weak', 'eidas1-mfa', at(20), false],
    ['strong', 'eidas1-mfa', at(20), false],
    ['none', 'eidas2', at(20), false],
  ] as const)
    assert.equal(isFreshProof(proof, acr, authTime, asked), fresh, `${proof} ${acr} ${authTime}`)
})

test('IDN-1: which account a subject opens', () => {
  const candidate = {
    accountId: 'a',
    organisationId: 'o',
    status: 'active',
    employers: [1, 7],
    linked: false,
    certain: true,
  }
  const [here, next] = [12345678900012, 12345678900020]
  const known = { accountId: 'k', status: 'active', organisationId: 'o', employers: [here] }
  assert.deepEqual(matchAccount({ known: [known], candidates: [] }, undefined), { kind: 'enter', accountId: 'k' })
  assert.deepEqual(matchAccount({ known: [{ ...known, status: 'suspended' }], candidates: [] }, 1), {
    kind: 'inactive',
  })
  for (const siret of [here, next]) // two establishments of one company
    assert.deepEqual(matchAccount({ known: [known], candidates: [] }, siret), { kind: 'enter', accountId: 'k' })
  for (const employers of [[here], []])
    assert.deepEqual(matchAccount({ known: [{ ...known, employers }], candidates: [] }, 12345679000012), {
      kind: 'ask',
      accountId: 'k',
      organisationId: 'o',
      reason: 'employer-changed',
    })
  assert.deepEqual(matchAccount({ known: [{ ...known, status: 'blocked' }], candidates: [] }, 1), { kind: 'blocked' })
  assert.deepEqual(matchAccount({ known: [], candidates: [{ ...candidate, status: 'blocked' }] }, 1), {
    kind: 'blocked',
  })
  for (const siret of [1, 7])
    assert.deepEqual(matchAccount({ known: [], candidates: [candidate] }, siret), { kind: 'link', accountId: 'a' })
  assert.deepEqual(matchAccount({ known: [], candidates: [candidate] }, 2), {
    kind: 'ask',
    accountId: 'a',
    organisationId: 'o',
    reason: 'other-organisation',
  })
  assert.deepEqual(matchAccount({ known: [], candidates: [candidate] }, undefined), {
    kind: 'ask',
    accountId: 'a',
    organisationId: 'o',
    reason: 'other-organisation',
  })
  assert.deepEqual(matchAccount({ known: [], candidates: [{ ...candidate, certain: false }] }, 1), {
    kind: 'ask',
    accountId: 'a',
    organisationId: 'o',
    reason: 'unknown-provider',
  })
  assert.deepEqual(matchAccount({ known: [], candidates: [{ ...candidate, linked: true }] }, 1), {
    kind: 'ask',
    accountId: 'a',
    organisationId: 'o',
    reason: 'already-linked',
  })
  assert.deepEqual(matchAccount({ known: [], candidates: [{ ...candidate, status: 'suspended' }] }, 1), {
    kind: 'inactive',
  })
  assert.deepEqual(matchAccount({ known: [], candidates: [] }, 1), { kind: 'nobody' })
})

test('IDN-2: who may enrol a second factor', () => {
  const now = new Date('2026-11-25T10:00:00Z')
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
  const viewer = (over: Partial<Viewer>) =>
    ({ state: 'active', provenAt: null, signedInAt: ago(60), ...over }) as Viewer
  const first = { openUntil: ago(-60), sessions: [] }
  for (const [who, enrolled, verdict] of [
    [{ state: 'second-factor-required', signedInAt: ago(1) }, 0, true],
    [{ state: 'second-factor-required', signedInAt: ago(1) }, 1, 'second-factor/already'],
    [{ state: 'locked' }, 0, 'session/locked'],
    [{ provenAt: ago(5) }, 1, true],
    [{ provenAt: ago(11) }, 1, 'session/step-up-required'],
    [{}, 1, 'session/step-up-required'],
    [{ signedInAt: ago(5) }, 0, true],
    [{ signedInAt: ago(5) }, 1, 'session/step-up-required'],
    [{ provenAt: ago(11) }, 0, 'session/step-up-required'],
  ] as [Partial<Viewer>, number, unknown][])
    assert.equal(mayEnrol(viewer(who), enrolled, first, now), verdict, JSON.stringify([who, enrolled]))
  // Once the delay is over, the code alone opens, in the session where it was typed and for half an hour.
  const short = viewer({ state: 'second-factor-required', sessionId: 's1' })
  for (const [openUntil, sessions, verdict] of [
    [ago(0), [], 'second-factor/code-needed'],
    [ago(-1), [], true],
    [ago(1), [{ id: 's1', until: ago(-1) }], true],
    [ago(1), [{ id: 's1', until: ago(0) }], 'second-factor/code-needed'],
    [ago(1), [{ id: 's2', until: ago(-1) }], 'second-factor/code-needed'],
  ] as const)
    assert.equal(mayEnrol(short, 0, { openUntil, sessions }, now), verdict, JSON.stringify([openUntil, sessions]))
  assert.equal(mayEnrol(short, 0, null, now), 'second-factor/code-needed')
  assert.equal(mayEnrol(short, 1, first, now), 'second-factor/already')
  assert.equal(mayEnrol(viewer({ signedInAt: ago(5) }), 0, null, now), true, 'two factors of ProConnect need no code')
})

test('IDN-6: wrong codes in a row: nothing to wait before the fifth, then a delay that grows and is bounded', () => {
  assert.deepEqual([1, 4, 5, 6, 7, 9, 10, 50, 5000].map(delaySeconds), [0, 0, 30, 60, 120, 480, 900, 900, 900])
})

test('IDN-2: a TOTP code is good one step around its time, once', () => {
  const secret = newTotpSecret()
  const now = new Date('2026-11-25T10:00:15Z')
  const codeAt = (seconds: number) =>
    new TOTP({ secret: Secret.fromBase32(totpInvitation(secret, 'x').secret) }).generate({
      timestamp: now.getTime() + seconds * 1000,
    })
  const step = Math.floor(now.getTime() / 30_000)
  assert.equal(totpStep(secret, codeAt(0), now, 0), step)
  assert.equal(totpStep(secret, `${codeAt(0).slice(0, 3)} ${codeAt(0).slice(3)}`, now, 0), step)
  assert.equal(totpStep(secret, codeAt(-30), now, 0), step - 1)
  assert.equal(totpStep(secret, codeAt(30), now, 0), step + 1)
  for (const away of [-90, -60, 60, 90]) assert.equal(totpStep(secret, codeAt(away), now, 0), undefined, `${away} s`)
  assert.equal(totpStep(secret, codeAt(0), now, step), undefined)
  assert.equal(totpStep(secret, codeAt(-30), now, step), undefined)
  assert.equal(totpStep(secret, '12345678', now, 0), undefined)
  assert.match(totpInvitation(secret, 'Claire Dufau').uri, /^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}/)
})

test('IDN-2: the secret of a code application is sealed to its owner', () => {
  const key = Buffer.alloc(32, 1),
    other = Buffer.alloc(32, 2),
    secret = newTotpSecret()
  const keys = keyRing(new Map([[1, key]]))
  const sealed = sealSecret(keys, secret, 'claire')
  assert.deepEqual([openSecret(keys, sealed, 'claire'), keyOf(sealed)], [secret, 1])
  assert.notDeepEqual(sealSecret(keys, secret, 'claire'), sealed)
  assert.equal(sealed.includes(secret), false)
  assert.throws(() => openSecret(keys, sealed, 'karim'))
  assert.throws(() => openSecret(keyRing(new Map([[1, other]])), sealed, 'claire'))

  // With a second key that writes, the first still reads; without it, what is missing is said.
  const both = keyRing(
    new Map([
      [2, other],
      [1, key],
    ]),
  )
  assert.deepEqual([openSecret(both, sealed, 'claire'), keyOf(sealSecret(both, secret, 'claire'))], [secret, 2])
  assert.throws(
    () => openSecret(keyRing(new Map([[2, other]])), sealed, 'claire'),
    /clé de chiffrement numéro 1 manque/,
  )
  // The number is part of what is sealed: another key is not tried in its stead.
  assert.throws(() =>
    openSecret(
      keyRing(
        new Map([
          [2, key],
          [1, key],
        ]),
      ),
      Buffer.concat([sealed.subarray(0, 5), Buffer.of(2), sealed.subarray(6)]),
      'claire',
    ),
  )
  sealed[40]! ^= 1
  assert.throws(() => openSecret(keys, sealed, 'claire'))
})

test('IDN-2: a box sealed before keys had numbers is still opened, by the first key', () => {
  const key = Buffer.alloc(32, 1),
    secret = newTotpSecret(),
    iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from('claire'))
  const text = Buffer.concat([cipher.update(secret), cipher.final()])
  const sealed = Buffer.concat([iv, cipher.getAuthTag(), text])
  assert.deepEqual([openSecret(keyRing(new Map([[1, key]])), sealed, 'claire'), keyOf(sealed)], [secret, 0])
  assert.throws(() => openSecret(keyRing(new Map([[2, key]])), sealed, 'claire'), /numéro 1 manque/)
})

test('SEC-6: each use has a key of its own, and none is the key itself', () => {
  const key = Buffer.alloc(32, 1),
    keys = keyRing(new Map([[1, key]]))
  const made = (['totp', 'password', 'known device', 'origin'] as const).map(use => keys.derived(use).toString('hex'))
  assert.equal(new Set([...made, key.toString('hex')]).size, 5)
  assert.notDeepEqual(keyRing(new Map([[1, Buffer.alloc(32, 2)]])).derived('totp'), keys.derived('totp'))
})

test('IDN-6: ten recovery codes, all different, read as people type them', () => {
  const codes = newRecoveryCodes()
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^([B-DF-HJ-NP-TV-XZ2-9]{5}-){3}[B-DF-HJ-NP-TV-XZ2-9]{5}$/)
  assert.deepEqual(recoveryCodeHash(codes[0]!), recoveryCodeHash(` ${codes[0]!.toLowerCase().replaceAll('-', ' ')} `))
})
