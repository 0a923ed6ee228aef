import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../testing/folder.ts'
import {
  ConfigurationError,
  modeOf,
  ownerUrl,
  readConfig,
  readKeys,
  readVerifying,
  secretSettings,
  settingsOf,
} from './config.ts'

const verified = 'sslmode=verify-full'
const real = {
  DATABASE_URL: `postgres://cc_web:x@db/campagnes?${verified}`,
  DATABASE_SIGN_IN_URL: `postgres://cc_sign_in:x@db/campagnes?${verified}`,
  PUBLIC_URL: 'https://campagnes.example/',
  PROCONNECT_ISSUER: 'https://proconnect.example/api/v2',
  PROCONNECT_CLIENT_ID: 'id',
  PROCONNECT_CLIENT_SECRET: 'secret',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  SECURITY_CONTACT: 'mailto:securite@campagnes.example',
}
const mailing = {
  SMTP_URL: 'smtps://user:secret@mail.example',
  MAIL_FROM: 'Campagnes coordonnées <ne-pas-repondre@campagnes.example>',
}
// What the worker alone is given.
const sealing = {
  ...mailing,
  DATABASE_WORKER_URL: `postgres://cc_worker:x@db/campagnes?${verified}`,
  AUDIT_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
  AUDIT_WITNESS_FILE: '/var/lib/campagnes/witness',
}
const problemsOf = (
  env: Readonly<Record<string, string | undefined>>,
  options?: Parameters<typeof readConfig>[1],
): readonly string[] => {
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
] as const)
  test(`REL-6: the stand-in and default secrets exist only in demonstration: ${why}`, () =>
    assert.equal(modeOf(env), mode))

for (const env of [
  { HOST: '0.0.0.0' },
  { DATABASE_URL: real.DATABASE_URL },
  { PROCONNECT_ISSUER: real.PROCONNECT_ISSUER },
] as Record<string, string>[]) {
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
  ['measures of the worker on the web’s', { METRICS_PORT: '8081', WORKER_METRICS_PORT: '8081' }, /WORKER_METRICS_PORT/],
  ['a level that is none', { LOG_LEVEL: 'bavard' }, /LOG_LEVEL/],
  ['a proxy trusted by mistake', { TRUST_PROXY: 'oui' }, /TRUST_PROXY/],
  ['a network that is none', { TRUST_PROXY: '10.0.0.0/33' }, /TRUST_PROXY/],
  ['no proxy at all, with places to say', { TRUST_PROXY: ' , ', WATCH_PLACE_HEADERS: 'x-lat, x-lon' }, /TRUST_PROXY/],
  [
    'everyone written as a network',
    { TRUST_PROXY: '10.0.0.5, 0.0.0.0/0', WATCH_PLACE_HEADERS: 'x-lat, x-lon' },
    /TRUST_PROXY/,
  ],
  ['places from anybody', { TRUST_PROXY: 'true', WATCH_PLACE_HEADERS: 'x-lat, x-lon' }, /WATCH_PLACE_HEADERS demande/],
  ['half a place', { TRUST_PROXY: '10.0.0.5', WATCH_PLACE_HEADERS: 'x-lat' }, /deux en-têtes/],
  ['a speed that the day a place is kept does not cover', { WATCH_TRAVEL_KMH: '300' }, /WATCH_TRAVEL_KMH/],
  ['a collector without address', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /OTEL/],
  ['an antivirus without a port', { CLAMD_ADDRESS: 'tcp://127.0.0.1' }, /CLAMD_ADDRESS/],
  ['an antivirus by the web', { CLAMD_ADDRESS: 'http://127.0.0.1:3310' }, /CLAMD_ADDRESS/],
  ['an antivirus without a scheme', { CLAMD_ADDRESS: '/run/clamav/clamd.ctl' }, /CLAMD_ADDRESS/],
  ['a limit that lets nobody sign in', { LIMIT_SIGN_IN: '0' }, /LIMIT_SIGN_IN/],
  ['a limit in words', { LIMIT_SESSION: 'beaucoup' }, /LIMIT_SESSION/],
  ['a watchdog of an hour', { WATCHDOG_SECONDS: '3600' }, /WATCHDOG_SECONDS/],
  ['a flaw reported in clear', { SECURITY_CONTACT: 'http://campagnes.example/signaler' }, /SECURITY_CONTACT/],
  ['a contact without its form', { SECURITY_CONTACT: 'securite@campagnes.example' }, /SECURITY_CONTACT/],
  [
    'a contact of two lines',
    { SECURITY_CONTACT: 'mailto:securite@campagnes.example\nExpires: never' },
    /SECURITY_CONTACT/,
  ],
  ['an algorithm of another kind', { PROCONNECT_SIGNING_ALG: 'none' }, /PROCONNECT_SIGNING_ALG/],
  ['a list that is none', { PROCONNECT_MFA_BY_IDP: '{"a":"b"}' }, /PROCONNECT_MFA_BY_IDP/],
] as const)
  test(`REL-6: refused: ${why}`, () => assert.match(problemsOf({ ...real, ...over }).join('\n'), said))

test('REL-6: several faults are said together, and no secret is repeated', () => {
  const problems = problemsOf({ ...real, PORT: 'x', ENCRYPTION_KEY: '', DATABASE_URL: 'mysql://cc_web:motdepasse@db' })
  assert.equal(problems.length, 3)
  assert.doesNotMatch(problems.join(), /motdepasse/)
})

test('real settings are read whole', () => {
  const config = readConfig({
    ...real,
    PORT: '8080',
    PROCONNECT_MFA_BY_IDP: '{"idp":["eidas2"]}',
    WEAK_MFA_ACCEPTED_UNTIL: '2027-02-28',
  })
  assert.equal(config.mode, 'production')
  assert.equal(config.publicUrl, 'https://campagnes.example')
  assert.deepEqual([config.metricsPort, config.workerMetricsPort], [8081, 8082])
  assert.deepEqual(config.proconnect.acceptedAcrByProvider, { idp: ['eidas2'] })
  assert.deepEqual([config.keys.current, config.keys.numbers], [1, [0, 1]])
})

test('AGR-13: the antivirus has one setting, a port or a socket; unset, there is none', () => {
  for (const address of ['tcp://127.0.0.1:3310', 'tcp://[::1]:3310', 'unix:/run/clamav/clamd.ctl'])
    assert.equal(readConfig({ ...real, CLAMD_ADDRESS: address }).clamdAddress, address)
  assert.equal(readConfig(real).clamdAddress, undefined)
})

test('REL-4, REL-5: limits follow from one session’s unless told, metrics stay on loopback whatever the service listens on, the watchdog waits twenty seconds', () => {
  const usual = readConfig({ ...real, HOST: '0.0.0.0' })
  assert.deepEqual(usual.limits, { session: 1_200, address: 24_000, stranger: 600, signIn: 300 })
  assert.deepEqual([usual.host, usual.metricsHost, usual.watchdogSeconds], ['0.0.0.0', '127.0.0.1', 20])
  const set = { LIMIT_SESSION: '2000', LIMIT_SIGN_IN: '5000', METRICS_HOST: '10.0.0.4', WATCHDOG_SECONDS: '0' }
  const told = readConfig({ ...real, ...set })
  assert.deepEqual(told.limits, { session: 2_000, address: 40_000, stranger: 1_000, signIn: 5_000 })
  assert.deepEqual([told.metricsHost, told.watchdogSeconds], ['10.0.0.4', 0])
})

test('REL-6: without a mail server, the demonstration keeps its mails beside its data; in production the worker refuses to start, and the web is not given it', () => {
  const dataDir = join(temporaryFolder(), 'data')
  assert.deepEqual(readConfig({ DATA_DIR: dataDir }, { sealing: true }).mail, {
    from: 'Campagnes coordonnées <ne-pas-repondre@campagnes.invalid>',
    folder: join(dataDir, 'courriels'),
  })
  for (const [over, said] of [
    [{ SMTP_URL: undefined }, /SMTP_URL manque/],
    [{ SMTP_URL: 'https://mail.example' }, /SMTP_URL/],
    [{ MAIL_FROM: 'Campagnes coordonnées' }, /MAIL_FROM/],
  ] as const)
    assert.match(problemsOf({ ...real, ...sealing, ...over }, { sealing: true }).join(), said)
  assert.deepEqual(readConfig({ ...real, ...sealing }, { sealing: true }).mail, {
    smtpUrl: mailing.SMTP_URL,
    from: mailing.MAIL_FROM,
  })
  assert.equal(readConfig({ ...real, ...sealing }).mail, undefined)
})

test('SEC-1: who seals the trail needs its key and its witness; the web process is not given the key', () => {
  assert.deepEqual(problemsOf(real), [])
  assert.deepEqual(problemsOf({ ...real, ...sealing }, { sealing: true }), [])
  for (const name of Object.keys(sealing))
    assert.match(problemsOf(real, { sealing: true }).join('\n'), new RegExp(name))
  for (const [name, value] of [
    ['AUDIT_SIGNING_KEY', 'AAAA'],
    ['AUDIT_ORIGIN', 'deux mots'],
    ['AUDIT_ORIGIN', 'a+b'],
  ] as const)
    assert.match(problemsOf({ ...real, ...sealing, [name]: value }, { sealing: true }).join('\n'), new RegExp(name))
  assert.equal(readConfig({ ...real, ...sealing }).sealing, undefined)
  assert.deepEqual(readConfig({ ...real, ...sealing }, { sealing: true }).sealing, {
    origin: 'campagnes.example/journal',
    signingKey: Buffer.alloc(32, 8),
    witnessFile: '/var/lib/campagnes/witness',
  })
})

test('SEC-1: the trail is verified with public keys alone, or with the key that signs', () => {
  assert.deepEqual(readVerifying({ ...real, AUDIT_PUBLIC_KEYS: 'a+b+c\n d+e+f', AUDIT_WITNESS_FILE: '/w' }), {
    publicKeys: ['a+b+c', 'd+e+f'],
    signing: undefined,
    witnessFile: '/w',
  })
  assert.deepEqual(readVerifying({ ...real, ...sealing }).signing, {
    origin: 'campagnes.example/journal',
    signingKey: Buffer.alloc(32, 8),
  })
  assert.throws(() => readVerifying(real), ConfigurationError)
})

test('the demonstration keeps its own key from one start to the next', () => {
  const env = { DATA_DIR: join(temporaryFolder(), 'data') }
  assert.deepEqual(readConfig(env).keys.derived('totp'), readConfig(env).keys.derived('totp'))
  assert.deepEqual(readConfig(env).keys.derived('totp'), readKeys(env).derived('totp'))
  assert.deepEqual(readConfig(env, { sealing: true }).sealing?.signingKey, readVerifying(env).signing?.signingKey)
  assert.notDeepEqual(readVerifying(env).signing?.signingKey, readConfig(env).keys.derived('totp', 0))
})

// What pg 8.23 really does is in database-tls.test.ts: only verify-full encrypts and checks the name, now and after its
// next major version.
for (const [where, accepted] of [
  ['db.example/campagnes', false],
  ['db.example/campagnes?sslmode=require', false],
  ['db.example/campagnes?sslmode=no-verify', false],
  ['db.example/campagnes?ssl=true', false],
  ['10.0.0.7/campagnes', false],
  ['db.example/campagnes?sslmode=verify-full&sslmode=disable', false],
  ['localhost/campagnes?host=db.example', false],
  ['localhost/campagnes?host=/run/postgresql&host=db.example', false],
  ['/campagnes', false],
  ['db.example/campagnes?sslmode=verify-full', true],
  ['db.example/campagnes?sslmode=verify-full&sslrootcert=/etc/campagnes/db-ca.pem', true],
  ['localhost/campagnes', true],
  ['127.0.0.1:5433/campagnes', true],
  ['[::1]/campagnes', true],
  ['%2Frun%2Fpostgresql/campagnes', true],
  ['/campagnes?host=/run/postgresql', true],
] as const)
  test(`SEC-6: a database ${accepted ? 'may' : 'may not'} be reached at ${where}`, () => {
    const url = `postgres://${where.startsWith('/') ? '' : 'role:motdepasse@'}${where}`
    const problems = (name: string) =>
      name === 'DATABASE_OWNER_URL'
        ? ownerProblems({ [name]: url })
        : problemsOf({ ...real, ...sealing, [name]: url }, { sealing: true })
    for (const name of [
      'DATABASE_URL',
      'DATABASE_SIGN_IN_URL',
      'DATABASE_LISTEN_URL',
      'DATABASE_WORKER_URL',
      'DATABASE_OWNER_URL',
    ]) {
      const said = problems(name)
      if (accepted) assert.deepEqual(said, [], name)
      else
        assert.match(said.join('\n'), new RegExp(`^${name} (doit porter sslmode=verify-full|ne nomme pas de machine)`))
      assert.doesNotMatch(said.join(), /motdepasse/)
    }
  })
const ownerProblems = (env: Readonly<Record<string, string>>) => {
  try {
    ownerUrl(env)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigurationError)
    return error.problems
  }
}

test('SEC-6: the web asks for no address of the worker, and the worker for none of the web, nor for what opens sessions', () => {
  assert.deepEqual(problemsOf(real), [])
  assert.equal(readConfig({ ...real, ...sealing }).workerDatabaseUrl, '', 'given, it is not kept')
  const worker = { ...sealing, PUBLIC_URL: real.PUBLIC_URL }
  assert.deepEqual(problemsOf(worker, { sealing: true, web: false }), [])
  const config = readConfig(worker, { sealing: true, web: false })
  assert.deepEqual(
    [config.databaseUrl, config.signInDatabaseUrl, config.listenUrl, config.proconnect.clientSecret],
    ['', '', '', ''],
  )
  assert.match(
    problemsOf({ ...worker, DATABASE_WORKER_URL: undefined }, { sealing: true, web: false }).join(),
    /^DATABASE_WORKER_URL manque$/,
  )
})

test('SEC-6: what the launcher starts inherits its own secrets and no others', () => {
  const given = Object.fromEntries(
    secretSettings.flatMap(name => [
      [name, 'x'],
      [`${name}_FILE`, '/x'],
    ]),
  )
  const left = (process: 'web' | 'worker' | 'other') =>
    Object.keys(settingsOf(process, { ...given, PORT: '1' }, { HOST: 'h' }))
      .filter(name => !name.endsWith('_FILE'))
      .sort()
  assert.deepEqual(left('web'), [
    'DATABASE_LISTEN_URL',
    'DATABASE_SIGN_IN_URL',
    'DATABASE_URL',
    'ENCRYPTION_KEY',
    'ENCRYPTION_KEYS',
    'HOST',
    'PORT',
    'PROCONNECT_CLIENT_SECRET',
  ])
  assert.deepEqual(left('worker'), [
    'AUDIT_SIGNING_KEY',
    'DATABASE_WORKER_URL',
    'HOST',
    'PORT',
    'SIRENE_API_KEY',
    'SMTP_URL',
  ])
  assert.deepEqual(left('other'), ['HOST', 'PORT'])
  assert.equal(
    Object.keys(settingsOf('web', given, {})).filter(name => name.endsWith('_FILE')).length,
    6,
    'nor where they are',
  )
})

test('SEC-6: a secret is read from the service’s credentials or from a file, and those left in the environment are told', () => {
  const folder = temporaryFolder()
  const { ENCRYPTION_KEY, DATABASE_URL, PROCONNECT_CLIENT_SECRET, ...rest } = real
  writeFileSync(join(folder, 'ENCRYPTION_KEY'), `${ENCRYPTION_KEY}\n`)
  writeFileSync(join(folder, 'web'), DATABASE_URL)
  const env = {
    ...rest,
    PROCONNECT_CLIENT_SECRET,
    CREDENTIALS_DIRECTORY: folder,
    DATABASE_URL_FILE: join(folder, 'web'),
  }
  const config = readConfig(env)
  assert.deepEqual(
    [config.databaseUrl, config.keys.derived('totp')],
    [DATABASE_URL, readConfig(real).keys.derived('totp')],
  )
  assert.deepEqual(config.secretsInEnvironment, ['DATABASE_SIGN_IN_URL', 'PROCONNECT_CLIENT_SECRET'])
  assert.equal(modeOf({ DATABASE_URL_FILE: join(folder, 'web') }), 'production', 'a real setting, wherever it is kept')
  assert.match(problemsOf({ ...env, DATABASE_URL }).join(), /DATABASE_URL est donné à plusieurs endroits/)
  assert.match(
    problemsOf({ ...env, DATABASE_URL_FILE: join(folder, 'absent') }).join('\n'),
    /DATABASE_URL_FILE : le fichier ne peut être lu\nDATABASE_URL manque/,
  )
  writeFileSync(join(folder, 'DATABASE_OWNER_URL'), 'postgres://cc_owner:x@localhost/campagnes')
  assert.equal(ownerUrl({ CREDENTIALS_DIRECTORY: folder }), 'postgres://cc_owner:x@localhost/campagnes')
  assert.equal(ownerUrl({}), undefined)
})

for (const [why, over, said] of [
  [
    'both at once',
    { ENCRYPTION_KEYS: `2:${Buffer.alloc(32, 2).toString('base64')}` },
    /données ensemble|donnés ensemble/,
  ],
  [
    'without a number',
    { ENCRYPTION_KEY: undefined, ENCRYPTION_KEYS: Buffer.alloc(32, 2).toString('base64') },
    /« numéro:clé »/,
  ],
  [
    'number 0',
    { ENCRYPTION_KEY: undefined, ENCRYPTION_KEYS: `0:${Buffer.alloc(32, 2).toString('base64')}` },
    /« numéro:clé »/,
  ],
  [
    'a short one',
    { ENCRYPTION_KEY: undefined, ENCRYPTION_KEYS: `1:${Buffer.alloc(16, 2).toString('base64')}` },
    /« numéro:clé »/,
  ],
  [
    'a number twice',
    {
      ENCRYPTION_KEY: undefined,
      ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 2).toString('base64')} 1:${Buffer.alloc(32, 3).toString('base64')}`,
    },
    /deux fois le numéro 1/,
  ],
  ['none', { ENCRYPTION_KEY: undefined, ENCRYPTION_KEYS: ' , ' }, /« numéro:clé »|manque/],
] as const)
  test(`SEC-6: keys refused: ${why}`, () => assert.match(problemsOf({ ...real, ...over }).join('\n'), said))

test('SEC-6: several keys: the first writes, all are read', () => {
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map(key => key.toString('base64'))
  const { ENCRYPTION_KEY: _one, ...others } = real
  const { keys } = readConfig({ ...others, ENCRYPTION_KEYS: `2:${two}\n1:${one}` })
  assert.deepEqual([keys.current, keys.numbers], [2, [0, 2, 1]])
  assert.deepEqual(keys.derived('totp', 1), readConfig({ ...others, ENCRYPTION_KEY: one }).keys.derived('totp'))
})
