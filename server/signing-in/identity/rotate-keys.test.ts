import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createCipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { buildPages } from '../../../bin/build-pages.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type KeyRing, keyRing } from '../../platform/key-ring.ts'
import { freePort } from '../../platform/ports.ts'
import { sealSecret } from '../../platform/secret-box.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { hasher } from '../passwords/hashing.ts'
import { actions } from './index.ts'
import { rotateKeys } from './rotate-keys.ts'
import type { Identity } from './settings.ts'
import { insertSession, unreachableIdentity } from './testing.ts'

const [one, two] = [randomBytes(32), randomBytes(32)]
const [onlyOne, both, onlyTwo] = [
  keyRing(new Map([[1, one]])),
  keyRing(
    new Map([
      [2, two],
      [1, one],
    ]),
  ),
  keyRing(new Map([[2, two]])),
]
const text = {
  one: one.toString('base64'),
  both: `2:${two.toString('base64')} 1:${one.toString('base64')}`,
  two: `2:${two.toString('base64')}`,
}
let identity: Identity
const serveWith = (keys: KeyRing) => {
  identity = unreachableIdentity(keys)
}

let house: House
let ahead = 0
const children = new Set<ChildProcess>()
before(async () => {
  await buildPages()
  house = await openHouse(actions, {
    clock: () => new Date(Date.now() + ahead * 1000),
    settings: {
      get identity() {
        return identity
      },
    },
  })
})
after(async () => {
  for (const child of children) child.kill('SIGKILL')
  await house.close()
})

const by = ['--operator', 'A. Essai']
const keysCommand = (keys: string, ...args: string[]) => {
  const env = {
    ...process.env,
    DATABASE_OWNER_URL: house.urls.ownerUrl,
    ENCRYPTION_KEYS: keys,
    NODE_ENV: undefined,
  } as NodeJS.ProcessEnv
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/keys.ts', ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}
const byKey = async () =>
  (await house.owner.query('select key, boxes::int, passwords::int from ctx.keys_in_use()')).rows
/** Enrolled through the service, with the application's secret. */
const enrolled: { person: Person; secret: string }[] = []
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 1000 })
const entersByCode = async ({ person, secret }: (typeof enrolled)[number]) => {
  const { cookie } = await insertSession(house.owner, person.id, { secondFactor: null })
  return (await house.call({ ...person, cookie }, 'POST', '/second-factor/prove/totp', { code: codeOf(secret) })).status
}
const everyoneEnters = async () => {
  ahead += 60 // a code serves once
  const statuses: number[] = []
  for (const one of enrolled) statuses.push(await entersByCode(one))
  assert.deepEqual(
    statuses,
    enrolled.map(() => 200),
  )
}

test('SEC-6: keys change without anybody enrolling again, whatever kills the command, and the old one goes once nothing needs it', {
  timeout: 300_000,
}, async () => {
  serveWith(onlyOne)
  const { id: organisationId } = await house.organisation()
  for (let i = 0; i < 3; i++) {
    const person = await house.person(organisationId, [], { secondFactor: null })
    const {
      body: { secret },
    } = await house.call(person, 'POST', '/second-factor/totp')
    assert.equal(
      (await house.call(person, 'POST', '/second-factor/totp/confirm', { code: codeOf(secret), label: 'Téléphone' }))
        .status,
      200,
    )
    enrolled.push({ person, secret })
  }
  // Many more, and one from before keys had numbers.
  const others = await house.person(organisationId)
  for (let i = 0; i < 40; i++)
    await house.owner.query(
      "insert into second_factors (id, account_id, kind, label, created_at, secret, last_step) values ($1, $2, 'totp', 'x', now(), $3, 0)",
      [uuidv7(), others.id, sealSecret(onlyOne, randomBytes(20), others.id)],
    )
  const oldest = await house.person(organisationId)
  const [iv, secret] = [randomBytes(12), randomBytes(20)]
  const cipher = createCipheriv('aes-256-gcm', one, iv).setAAD(Buffer.from(oldest.id))
  const inside = Buffer.concat([cipher.update(secret), cipher.final()])
  await house.owner.query(
    "insert into second_factors (id, account_id, kind, label, created_at, secret, last_step) values ($1, $2, 'totp', 'x', now(), $3, 0)",
    [uuidv7(), oldest.id, Buffer.concat([iv, cipher.getAuthTag(), inside])],
  )
  enrolled.push({ person: oldest, secret: new Secret({ buffer: new Uint8Array(secret).buffer }).base32 })
  // An enrolment under way is sealed too.
  const enrolling = await house.person(organisationId, [], { secondFactor: null })
  const {
    body: { secret: waiting },
  } = await house.call(enrolling, 'POST', '/second-factor/totp')
  assert.deepEqual(await byKey(), [
    { key: 0, boxes: 1, passwords: 0 },
    { key: 1, boxes: 44, passwords: 0 },
  ])

  // Both keys are given, the new one first: what is enrolled stays readable, what is new is of the new key.
  serveWith(both)
  await everyoneEnters()

  // Killed after its second batch: what it kept stays, nothing is half done.
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `
    const { rotateKeys } = await import(${JSON.stringify(join(import.meta.dirname, 'rotate-keys.ts'))})
    const { keyRing } = await import(${JSON.stringify(join(import.meta.dirname, '../../platform/key-ring.ts'))})
    const { uuidv7 } = await import(${JSON.stringify(join(import.meta.dirname, '../../platform/ids.ts'))})
    const wait = () => { const until = Date.now() + 200; while (Date.now() < until) { /* so that the kill finds it at work */ } }
    await rotateKeys(process.env.OWNER, keyRing(new Map([[2, Buffer.from(${JSON.stringify(two.toString('base64'))}, 'base64')], [1, Buffer.from(${JSON.stringify(one.toString('base64'))}, 'base64')]])),
      { batch: 4, newId: uuidv7, clock: () => new Date(), origin: 'ligne de commande, A. Essai', onBatch: all => { console.log(all); wait() } })`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, OWNER: house.urls.ownerUrl } },
  )
  children.add(child)
  for (let said = ''; !said.includes('8'); ) said += (await once(child.stdout!, 'data'))[0]
  child.kill('SIGKILL')
  await once(child, 'exit')
  const half = Object.fromEntries((await byKey()).map(({ key, boxes }) => [key, boxes]))
  assert.ok(half[2] >= 8 && half[2] < 45 && (half[1] ?? 0) + (half[0] ?? 0) + half[2] === 45, JSON.stringify(half))
  await everyoneEnters()

  // A password of the old key; the code application of who was enrolling meanwhile.
  const password = await hasher(onlyOne).hash('girafe tabouret')
  await house.owner.query('insert into passwords (account_id, hash, changed_at) values ($1, $2, now())', [
    others.id,
    password,
  ])
  const rotated = keysCommand(text.both, 'rotate', ...by)
  assert.equal(rotated.status, 0, rotated.stderr)
  assert.match(rotated.stdout, /La clé 1 sert encore : gardez-la/)
  assert.deepEqual(await byKey(), [
    { key: 1, boxes: 0, passwords: 1 },
    { key: 2, boxes: 45, passwords: 0 },
  ])
  assert.match(
    keysCommand(text.both, 'rotate', ...by).stdout,
    /^0 application\(s\) de code/m,
    'again, it finds nothing to do',
  )
  assert.equal(
    (await house.call(enrolling, 'POST', '/second-factor/totp/confirm', { code: codeOf(waiting), label: 'Téléphone' }))
      .status,
    200,
  )
  const told = (
    await house.owner.query(
      "select sum((d.detail ->> 'boxes')::int)::int as n from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'keys.rotated'",
    )
  ).rows[0].n
  assert.equal(told, 45, 'each box sealed again is told once in the trail')

  // Without the old key the service does not start while a password needs it, and says so.
  const status = keysCommand(text.two, 'status')
  assert.deepEqual(
    [status.status, /clé 1 : 0 application\(s\) de code, 1 mot\(s\) de passe ; ELLE MANQUE/.test(status.stdout)],
    [1, true],
    status.stdout,
  )
  const refused = await startWeb(text.two)
  assert.equal(refused.code, 1)
  assert.match(refused.output, /la clé de chiffrement numéro 1 manque dans ENCRYPTION_KEYS/)

  // The password verified, it is due for the new key (sign-in makes it anew); then nothing needs the old one.
  const passwords = hasher(both)
  assert.deepEqual(
    [
      await passwords.verify('girafe tabouret', password),
      passwords.isOld(password),
      passwords.isOld(await passwords.hash('girafe tabouret')),
    ],
    [true, true, false],
  )
  await house.owner.query('update passwords set hash = $1', [await passwords.hash('girafe tabouret')])
  assert.match(keysCommand(text.both, 'status').stdout, /Rien n’a plus besoin de la clé 1/)
  serveWith(onlyTwo)
  await everyoneEnters()
  assert.equal(
    await hasher(onlyTwo).verify(
      'girafe tabouret',
      (await house.owner.query('select hash from passwords')).rows[0].hash,
    ),
    true,
  )
  const started = await startWeb(text.two)
  assert.equal(started.code, 'ready', started.output)
})

test('SEC-6: passwords that only an old key verifies are erased on demand, told in the trail, and those of the key that writes never', async () => {
  await house.owner.query('delete from passwords')
  const person = await house.person((await house.organisation()).id)
  await house.owner.query('insert into passwords (account_id, hash, changed_at) values ($1, $2, now())', [
    person.id,
    await hasher(onlyOne).hash('girafe tabouret'),
  ])
  assert.match(keysCommand(text.both, 'drop-passwords', '2', ...by).stderr, /celle qui écrit/)
  assert.match(keysCommand(text.both, 'drop-passwords', '1', ...by).stdout, /^1 mot\(s\) de passe effacé\(s\)/)
  assert.equal((await house.owner.query('select from passwords')).rowCount, 0)
  assert.equal(
    (await house.owner.query("select from audit_entries where action = 'keys.passwords-dropped' and subject_id = '1'"))
      .rowCount,
    1,
  )
  for (const args of [
    [],
    ['rotate', 'x'],
    ['drop-passwords'],
    ['drop-passwords', '-1'],
    ['rotate'],
    ['drop-passwords', '1'],
    ['rotate', '--operator', 'x'],
  ])
    assert.equal(keysCommand(text.both, ...args).status, 2, args.join(' '))
})

test('SEC-6: a box that its key does not open is named and left, and the others are sealed again', async () => {
  const person = await house.person((await house.organisation()).id)
  const [bad, good] = [uuidv7(), uuidv7()]
  for (const [id, about] of [
    [bad, 'someone else'],
    [good, person.id],
  ] as const)
    await house.owner.query(
      "insert into second_factors (id, account_id, kind, label, created_at, secret, last_step) values ($1, $2, 'totp', 'x', now(), $3, 0)",
      [id, person.id, sealSecret(onlyOne, randomBytes(20), about)],
    )
  const options = { newId: uuidv7, clock: () => new Date(), origin: 'ligne de commande, A. Essai' }
  assert.deepEqual(await rotateKeys(house.urls.ownerUrl, both, options), { sealedAgain: 1, unopened: [bad] })
  await assert.rejects(rotateKeys(house.urls.ownerUrl, onlyTwo, options), /clé de chiffrement numéro 1 manque/)
  await house.owner.query('delete from second_factors where id = any ($1)', [[bad, good]])
})

/** What the web process does with these keys: `ready`, or its exit code. */
const startWeb = async (keys: string): Promise<{ code: number | null | 'ready'; output: string }> => {
  const port = await freePort()
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(TEST_|DATABASE_|PROCONNECT_|PUBLIC_URL|PORT|DATA_DIR|HOST|ENCRYPTION)/.test(name),
    ),
  )
  const child = spawn(process.execPath, ['server/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...kept,
      PORT: String(port),
      METRICS_PORT: String(await freePort()),
      DATABASE_URL: house.urls.webUrl,
      DATABASE_SIGN_IN_URL: house.urls.signInUrl,
      PUBLIC_URL: `http://localhost:${port}`,
      PROCONNECT_ISSUER: 'http://localhost:2/api/v2',
      PROCONNECT_CLIENT_ID: 'id',
      PROCONNECT_CLIENT_SECRET: 'secret',
      SECURITY_CONTACT: 'mailto:securite@campagnes.example',
      ENCRYPTION_KEYS: keys,
    },
  })
  children.add(child)
  let output = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', data => {
      output += data
    })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const code = await Promise.race([once(child, 'message').then(() => 'ready' as const), ended])
  child.kill('SIGKILL')
  await ended
  children.delete(child)
  return { code, output }
}
