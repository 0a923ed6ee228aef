import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigurationError, modeOf, readConfig, readVerifying } from './config.ts'
import { temporaryFolder } from './testing-folder.ts'

const real = {
  DATABASE_URL: 'postgres://cc_web:x@db/campagnes', DATABASE_WORKER_URL: 'postgres://cc_worker:x@db/campagnes', PUBLIC_URL: 'https://campagnes.example/',
  PROCONNECT_ISSUER: 'https://proconnect.example/api/v2', PROCONNECT_CLIENT_ID: 'id', PROCONNECT_CLIENT_SECRET: 'secret', ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
}
const mailing = { SMTP_URL: 'smtps://user:secret@mail.example', MAIL_FROM: 'Campagnes coordonnées <ne-pas-repondre@campagnes.example>' }
// What the worker alone is given.
const sealing = { ...mailing, AUDIT_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'), AUDIT_WITNESS_FILE: '/var/lib/campagnes/witness' }
const problemsOf = (env: Readonly<Record<string, string | undefined>>, options?: { sealing: boolean }): readonly string[] => {
  try {
    readConfig(env, options)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigurationError)
    return error.problems
  }
}

for (const [why, env, mode] of [
  ['nothing set', {}, 'demonstration'],
  ['loopback named', { HOST: '127.0.0.1' }, 'demonstration'],
  ['a database alone', { DATABASE_URL: real.DATABASE_URL }, 'production'],
  ['a ProConnect setting alone', { PROCONNECT_CLIENT_ID: 'id' }, 'production'],
  ['another address than loopback', { HOST: '0.0.0.0' }, 'production'],
  ['a public address', { PUBLIC_URL: 'https://campagnes.example' }, 'production'],
] as const) test(`REL-6: the stand-in and default secrets exist only in demonstration: ${why}`, () => assert.equal(modeOf(env), mode))

for (const env of [{ HOST: '0.0.0.0' }, { DATABASE_URL: real.DATABASE_URL }, { PROCONNECT_ISSUER: real.PROCONNECT_ISSUER }] as Record<string, string>[]) {
  test(`REL-6: partly real settings refuse to start, and all that is missing is listed at once: ${Object.keys(env)}`, () => {
    const missing = problemsOf(env).join('\n')
    for (const name of Object.keys(real)) if (!(name in env)) assert.match(missing, new RegExp(name))
  })
}

for (const [why, over, said] of [
  ['a port that is none', { PORT: '80000' }, /PORT/],
  ['a port in letters', { PORT: 'trois' }, /PORT/],
  ['plain http in public', { PUBLIC_URL: 'http://campagnes.example' }, /https/],
  ['plain http to ProConnect', { PROCONNECT_ISSUER: 'http://proconnect.example' }, /https/],
  ['a short key', { ENCRYPTION_KEY: Buffer.alloc(16).toString('base64') }, /32 octets/],
  ['an address of another kind', { DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
  ['a day that is none', { WEAK_MFA_ACCEPTED_UNTIL: 'demain' }, /WEAK_MFA/],
  ['a day that no month has', { WEAK_MFA_ACCEPTED_UNTIL: '2027-02-30' }, /WEAK_MFA/],
  ['measures on the public address', { PORT: '8080', METRICS_PORT: '8080' }, /METRICS_PORT/],
  ['a level that is none', { LOG_LEVEL: 'bavard' }, /LOG_LEVEL/],
  ['a proxy trusted by mistake', { TRUST_PROXY: 'oui' }, /TRUST_PROXY/], ['a network that is none', { TRUST_PROXY: '10.0.0.0/33' }, /TRUST_PROXY/], ['no proxy at all, with places to say', { TRUST_PROXY: ' , ', WATCH_PLACE_HEADERS: 'x-lat, x-lon' }, /TRUST_PROXY/], ['everyone written as a network', { TRUST_PROXY: '10.0.0.5, 0.0.0.0/0', WATCH_PLACE_HEADERS: 'x-lat, x-lon' }, /TRUST_PROXY/],
  ['places from anybody', { TRUST_PROXY: 'true', WATCH_PLACE_HEADERS: 'x-lat, x-lon' }, /WATCH_PLACE_HEADERS demande/], ['half a place', { TRUST_PROXY: '10.0.0.5', WATCH_PLACE_HEADERS: 'x-lat' }, /deux en-têtes/],
  ['a speed that the day a place is kept does not cover', { WATCH_TRAVEL_KMH: '300' }, /WATCH_TRAVEL_KMH/],
  ['a collector without address', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /OTEL/],
  ['an algorithm of another kind', { PROCONNECT_SIGNING_ALG: 'none' }, /PROCONNECT_SIGNING_ALG/],
  ['a list that is none', { PROCONNECT_MFA_BY_IDP: '{"a":"b"}' }, /PROCONNECT_MFA_BY_IDP/],
] as const) test(`REL-6: refused: ${why}`, () => assert.match(problemsOf({ ...real, ...over }).join('\n'), said))

test('REL-6: several faults are said together, and no secret is repeated', () => {
  const problems = problemsOf({ ...real, PORT: 'x', ENCRYPTION_KEY: '', DATABASE_URL: 'mysql://cc_web:motdepasse@db' })
  assert.equal(problems.length, 3)
  assert.doesNotMatch(problems.join(), /motdepasse/)
})

test('real settings are read whole', () => {
  const config = readConfig({ ...real, PORT: '8080', PROCONNECT_MFA_BY_IDP: '{"idp":["eidas2"]}', WEAK_MFA_ACCEPTED_UNTIL: '2027-02-28' })
  assert.equal(config.mode, 'production')
  assert.equal(config.publicUrl, 'https://campagnes.example')
  assert.equal(config.metricsPort, 8081)
  assert.deepEqual(config.proconnect.acceptedAcrByProvider, { idp: ['eidas2'] })
  assert.equal(config.encryptionKey.length, 32)
})

test('REL-6: without a mail server, the demonstration keeps its mails beside its data; in production the worker refuses to start, and the web is not given it', () => {
  const dataDir = join(temporaryFolder(), 'data')
  assert.deepEqual(readConfig({ DATA_DIR: dataDir }, { sealing: true }).mail, { from: 'Campagnes coordonnées <ne-pas-repondre@campagnes.invalid>', folder: join(dataDir, 'courriels') })
  for (const [over, said] of [[{ SMTP_URL: undefined }, /SMTP_URL manque/], [{ SMTP_URL: 'https://mail.example' }, /SMTP_URL/], [{ MAIL_FROM: 'Campagnes coordonnées' }, /MAIL_FROM/]] as const) assert.match(problemsOf({ ...real, ...sealing, ...over }, { sealing: true }).join(), said)
  assert.deepEqual(readConfig({ ...real, ...sealing }, { sealing: true }).mail, { smtpUrl: mailing.SMTP_URL, from: mailing.MAIL_FROM })
  assert.equal(readConfig({ ...real, ...sealing }).mail, undefined)
})

test('SEC-1: who seals the trail needs its key and its witness; the web process is not given the key', () => {
  assert.deepEqual(problemsOf(real), [])
  assert.deepEqual(problemsOf({ ...real, ...sealing }, { sealing: true }), [])
  for (const name of Object.keys(sealing)) assert.match(problemsOf(real, { sealing: true }).join('\n'), new RegExp(name))
  for (const [name, value] of [['AUDIT_SIGNING_KEY', 'AAAA'], ['AUDIT_ORIGIN', 'deux mots'], ['AUDIT_ORIGIN', 'a+b']] as const) assert.match(problemsOf({ ...real, ...sealing, [name]: value }, { sealing: true }).join('\n'), new RegExp(name))
  assert.equal(readConfig({ ...real, ...sealing }).sealing, undefined)
  assert.deepEqual(readConfig({ ...real, ...sealing }, { sealing: true }).sealing, { origin: 'campagnes.example/journal', signingKey: Buffer.alloc(32, 8), witnessFile: '/var/lib/campagnes/witness' })
})

test('SEC-1: the trail is verified with public keys alone, or with the key that signs', () => {
  assert.deepEqual(readVerifying({ ...real, AUDIT_PUBLIC_KEYS: 'a+b+c\n d+e+f', AUDIT_WITNESS_FILE: '/w' }), { publicKeys: ['a+b+c', 'd+e+f'], signing: undefined, witnessFile: '/w' })
  assert.deepEqual(readVerifying({ ...real, ...sealing }).signing, { origin: 'campagnes.example/journal', signingKey: Buffer.alloc(32, 8) })
  assert.throws(() => readVerifying(real), ConfigurationError)
})

test('the demonstration keeps its own key from one start to the next', () => {
  const env = { DATA_DIR: join(temporaryFolder(), 'data') }
  assert.deepEqual(readConfig(env).encryptionKey, readConfig(env).encryptionKey)
  assert.deepEqual(readConfig(env, { sealing: true }).sealing?.signingKey, readVerifying(env).signing?.signingKey)
  assert.notDeepEqual(readVerifying(env).signing?.signingKey, readConfig(env).encryptionKey)
})
