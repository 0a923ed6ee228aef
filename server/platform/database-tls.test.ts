import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Embedded, startEmbedded } from '../demonstration/embedded-postgres.ts'
import { postgresProgram } from '../demonstration/postgres-program.ts'

/* Just enough of X.509: a certificate that signs itself, for one host name. */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const length =
    body.length < 128
      ? Buffer.of(body.length)
      : body.length < 256
        ? Buffer.of(0x81, body.length)
        : Buffer.of(0x82, body.length >> 8, body.length & 255)
  return Buffer.concat([Buffer.of(tag), length, body])
}
const hex = (text: string) => Buffer.from(text, 'hex')
const [sequence, octets, yes] = [0x30, 0x04, hex('0101ff')]
const certificateFor = (host: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(sequence, hex('06082a8648ce3d040302')) // ecdsa-with-SHA256
  const name = der(sequence, der(0x31, der(sequence, hex('0603550403'), der(0x0c, Buffer.from(host)))))
  const extensions = der(
    0xa3,
    der(
      sequence,
      der(sequence, hex('0603551d11'), der(octets, der(sequence, der(0x82, Buffer.from(host))))),
      der(sequence, hex('0603551d13'), yes, der(octets, der(sequence, yes))),
    ),
  )
  const body = der(
    sequence,
    hex('a003020102'),
    hex('020101'),
    algorithm,
    name,
    der(sequence, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z'))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  )
  const whole = der(sequence, body, algorithm, der(0x03, Buffer.of(0), sign('sha256', body, privateKey)))
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${whole
      .toString('base64')
      .match(/.{1,64}/g)!
      .join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

const folder = mkdtempSync(join(tmpdir(), 'campagnes-tls-'))
const [certFile, keyFile] = [join(folder, 'server.crt'), join(folder, 'server.key')]
let server: Embedded
/** What the server shows from now on; answers the file of the authority that vouches for it. */
const show = async (host: string) => {
  const { certificate, key } = certificateFor(host)
  const { owner } = postgresProgram(join(folder, 'data/postgres'))
  for (const [file, content] of [
    [certFile, certificate],
    [keyFile, key],
  ] as const) {
    rmSync(file, { force: true })
    writeFileSync(file, content, { mode: 0o600 })
    if (owner !== null) chownSync(file, owner, owner)
  }
  const root = join(folder, `${host}.pem`)
  writeFileSync(root, certificate)
  return root
}
const reload = async (statement: string) => {
  const admin = new pg.Client(server.superUrl)
  await admin.connect()
  await admin.query(statement)
  await admin.query('select pg_reload_conf()')
  await admin.end()
}
/** Whether the connection came to be encrypted, or the code or message of its failure. */
const connect = async (host: string, query: string): Promise<string> => {
  const url = new URL(server.webUrl)
  url.hostname = host
  url.search = query
  const client = new pg.Client(url.href)
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).rows[0].ssl
      ? 'encrypted'
      : 'in clear'
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).message
  } finally {
    await client.end().catch(() => {})
  }
}

/** What a connection comes to once the server has read its settings again. */
const settles = async (expected: string, host: string, query: string) => {
  let came = ''
  for (const until = Date.now() + 20_000; came !== expected && Date.now() < until; ) came = await connect(host, query)
  assert.equal(came, expected)
}

let root: string
before(async () => {
  root = await show('localhost')
  server = await startEmbedded({ dataDir: join(folder, 'data'), ephemeral: true })
  await reload(`alter system set ssl_cert_file = '${certFile}'`)
  await reload(`alter system set ssl_key_file = '${keyFile}'`)
})
after(async () => {
  await server.stop()
  for (let i = 0; i < 20; i++) rmSync(folder, { recursive: true, force: true })
})

test('SEC-6: sslmode=verify-full, which the settings ask for, refuses a server without TLS rather than speak in clear', {
  timeout: 120_000,
}, async () => {
  assert.equal(await connect('localhost', 'sslmode=verify-full'), 'The server does not support SSL connections')
  assert.equal(await connect('localhost', ''), 'in clear', 'which is why an address elsewhere is refused without it')
})

test('SEC-6: sslmode=verify-full encrypts, to the server that its authority vouches for under this very name, and to no other', {
  timeout: 120_000,
}, async () => {
  await reload('alter system set ssl = on')
  await settles('encrypted', 'localhost', `sslmode=verify-full&sslrootcert=${root}`)
  assert.equal(await connect('localhost', 'sslmode=verify-full'), 'DEPTH_ZERO_SELF_SIGNED_CERT', 'an authority unknown')
  assert.equal(
    await connect('127.0.0.1', `sslmode=verify-full&sslrootcert=${root}`),
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'another name',
  )
  assert.equal(await connect('localhost', ''), 'in clear', 'TLS offered is not asked for')
  assert.equal(await connect('localhost', 'sslmode=no-verify'), 'encrypted', 'to anyone, which is why it is not enough')
  const other = await show('autre.example')
  await reload('select')
  await settles('ERR_TLS_CERT_ALTNAME_INVALID', 'localhost', `sslmode=verify-full&sslrootcert=${other}`) // vouched for, under another name
})
