import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { secretSettings, settingsOf } from './config.ts'

const read = (name: string) => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8')
/** Directives of a unit, each with all its values, in order; comments left out. */
const unit = (text: string) => {
  const directives = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
    if (name) directives.set(name, [...(directives.get(name) ?? []), value!])
  }
  return directives
}
const units = { web: unit(read('campagnes-web.service')), worker: unit(read('campagnes-worker.service')) } as const
const credentials = (name: keyof typeof units) =>
  (units[name].get('LoadCredential') ?? []).map(value => value.split(':')[0]!)

/** `systemd-analyze security --offline=true deploy/campagnes-web.service` says 1.1 of 10 with these; 8.3 before. */
const hardened: Readonly<Record<string, readonly string[]>> = {
  NoNewPrivileges: ['true'],
  CapabilityBoundingSet: [''],
  AmbientCapabilities: [''],
  UMask: ['0077'],
  ProtectSystem: ['strict'],
  ProtectHome: ['true'],
  PrivateTmp: ['true'],
  PrivateDevices: ['true'],
  PrivateUsers: ['true'],
  PrivateMounts: ['true'],
  ProtectProc: ['invisible'],
  ProcSubset: ['pid'],
  ProtectClock: ['true'],
  ProtectHostname: ['true'],
  ProtectControlGroups: ['true'],
  ProtectKernelLogs: ['true'],
  ProtectKernelModules: ['true'],
  ProtectKernelTunables: ['true'],
  RestrictNamespaces: ['true'],
  RestrictRealtime: ['true'],
  RestrictSUIDSGID: ['true'],
  LockPersonality: ['true'],
  RemoveIPC: ['true'],
  KeyringMode: ['private'],
  DevicePolicy: ['closed'],
  SystemCallArchitectures: ['native'],
  SystemCallFilter: ['@system-service', '~@privileged @resources'],
  RestrictAddressFamilies: ['AF_INET AF_INET6 AF_UNIX'],
}

for (const name of ['web', 'worker'] as const) {
  for (const [directive, values] of Object.entries(hardened))
    test(`SEC-6: the ${name} is confined: ${directive}`, () => assert.deepEqual(units[name].get(directive), values))

  test(`REL-6: the ${name} is started again whatever ended it, and not for ever`, () => {
    for (const [directive, value] of [
      ['Restart', 'always'],
      ['StartLimitIntervalSec', '300'],
      ['StartLimitBurst', '10'],
    ] as const)
      assert.deepEqual(units[name].get(directive), [value])
  })

  test(`SEC-6: the ${name} is handed its secrets as credentials, and none by its environment`, () => {
    const inherited = Object.keys(settingsOf(name, Object.fromEntries(secretSettings.map(secret => [secret, 'x'])), {}))
    assert.deepEqual(
      credentials(name).filter(secret => !inherited.includes(secret)),
      [],
      'another’s',
    )
    assert.deepEqual(
      credentials(name).filter(secret => !(secretSettings as readonly string[]).includes(secret)),
      [],
      'not a setting',
    )
    assert.deepEqual(units[name].get('Environment'), undefined)
    assert.deepEqual(units[name].get('EnvironmentFile'), ['/etc/campagnes/env'])
  })
}

test('SEC-6: the web and the worker are two users, and share no secret: neither reads the other’s memory, nor its environment', () => {
  assert.deepEqual([units.web.get('User'), units.worker.get('User')], [['campagnes-web'], ['campagnes-worker']])
  assert.deepEqual(
    credentials('web').filter(secret => credentials('worker').includes(secret)),
    [],
  )
  assert.deepEqual(credentials('web'), [
    'DATABASE_URL',
    'DATABASE_SIGN_IN_URL',
    'PROCONNECT_CLIENT_SECRET',
    'ENCRYPTION_KEYS',
  ])
  assert.deepEqual(credentials('worker'), ['DATABASE_WORKER_URL', 'AUDIT_SIGNING_KEY', 'SMTP_URL'])
  // Node makes code as it runs: the unit says so rather than fail to start.
  for (const each of Object.values(units)) assert.equal(each.has('MemoryDenyWriteExecute'), false)
})

test('SEC-6: each secret that a process reads is handed to its unit, or offered by a line to uncomment when not everyone has one', () => {
  // A credential whose file is missing keeps a unit from starting: what is optional is offered.
  const optional = { web: ['DATABASE_LISTEN_URL'], worker: ['SIRENE_API_KEY'] } as const
  for (const name of ['web', 'worker'] as const) {
    const offered = [...read(`campagnes-${name}.service`).matchAll(/^# LoadCredential=(\w+):(\S+)$/gm)]
    assert.deepEqual(
      offered.map(([, secret]) => secret),
      optional[name],
    )
    assert.deepEqual(
      offered.map(([, , path]) => path),
      optional[name].map(secret => `/etc/campagnes/secrets/${secret}`),
    )
    const inherited = Object.keys(settingsOf(name, Object.fromEntries(secretSettings.map(secret => [secret, 'x'])), {}))
    assert.deepEqual(
      // The one key of before keys had numbers is still read, and no longer handed over.
      inherited.filter(secret => secret !== 'ENCRYPTION_KEY').sort(),
      [...credentials(name), ...optional[name]].sort(),
    )
  }
})

test('SEC-6: the example of settings gives no secret in the file of the environment, and names them all apart', () => {
  const [settings, secrets, ...more] = read('env.example').split(/^# --- Secrets.*$/m)
  assert.equal(more.length, 0)
  const given = (text: string) => [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!)
  assert.ok(given(settings!).length > 15)
  assert.deepEqual(
    given(settings!).filter(name => (secretSettings as readonly string[]).includes(name)),
    [],
  )
  assert.deepEqual(
    [...new Set(given(secrets!))].sort(),
    secretSettings.filter(name => name !== 'ENCRYPTION_KEY').sort(),
  )
  for (const [url] of secrets!.matchAll(/(?<=_URL=)postgres:\S+/g)) assert.match(url, /\?sslmode=verify-full/)
})
