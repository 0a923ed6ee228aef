import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { movedClock, environment as processEnvironment } from '../platform/config.ts'
import { claimDirectory, makeDataDirectory } from '../platform/data-directory.ts'
import { freePort } from '../platform/ports.ts'
import { giveCluster, isOurPostgres, type PostgresProgram, postgresProgram } from './postgres-program.ts'

export interface Urls {
  readonly ownerUrl: string
  readonly webUrl: string
  /** For signing in alone. */
  readonly signInUrl: string
  readonly workerUrl: string
}
export interface Embedded extends Urls {
  /** For tests and for making databases; the program itself never uses it. */
  readonly superUrl: string
  readonly port: number
  /** What to answer to who wants the same data directory. */
  tell(says: string): void
  /** Ends the sessions and stops; with `waiting`, lets sessions of others end by themselves first. */
  stop(how?: 'waiting'): Promise<void>
}
export interface EmbeddedOptions {
  readonly dataDir: string
  /** For tests: nothing survives a power cut, everything is quicker, and it never keeps the process alive. */
  readonly ephemeral?: boolean
  /** For the bench: what a production server is given, as `name=value`; these win. */
  readonly settings?: readonly string[]
  /** Told when PostgreSQL died and is being started again. */
  readonly onRestart?: () => void
}

const rolesSql = fileURLToPath(new URL('../../database/roles.sql', import.meta.url))
const database = 'campagnes'

const roles = ['cc_owner', 'cc_web', 'cc_sign_in', 'cc_worker'] as const
type Passwords = Record<'postgres' | (typeof roles)[number], string>
const url = (role: keyof Passwords, passwords: Passwords, port: number, name: string) =>
  `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${name}`
const urlsOf = (passwords: Passwords, port: number): Urls => ({
  ownerUrl: url('cc_owner', passwords, port, database),
  webUrl: url('cc_web', passwords, port, database),
  signInUrl: url('cc_sign_in', passwords, port, database),
  workerUrl: url('cc_worker', passwords, port, database),
})

const state = (dataDir: string) => ({
  cluster: join(dataDir, 'postgres'),
  passwords: join(dataDir, 'postgres-passwords.json'),
  pid: join(dataDir, 'postgres/postmaster.pid'),
  log: join(dataDir, 'postgres.log'),
})
const readPasswords = (dataDir: string): Passwords => JSON.parse(readFileSync(state(dataDir).passwords, 'utf8'))
/** Whole or not at all: a half-written file would cost the cluster. */
const writePasswords = (dataDir: string, passwords: Passwords) => {
  const { passwords: file } = state(dataDir)
  writeFileSync(`${file}.new`, JSON.stringify(passwords), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
const newPassword = () => randomBytes(24).toString('hex')
/** A folder made before a role existed gains its password. */
const completePasswords = (dataDir: string): Passwords => {
  const kept = readPasswords(dataDir)
  const missing = roles.filter(role => !kept[role])
  if (missing.length === 0) return kept
  const complete = { ...kept, ...Object.fromEntries(missing.map(role => [role, newPassword()])) }
  writePasswords(dataDir, complete)
  return complete
}
const wait = (milliseconds: number) =>
  new Promise(done => {
    setTimeout(done, milliseconds)
  })
const environment = () => ({
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  ...movedClock(processEnvironment()),
})

/**
 * The server of a data directory: made on first use, its passwords with it (scram, never trust); started again when it
 * dies; stopped by `stop`.
 */
export const startEmbedded = async ({
  dataDir: folder,
  ephemeral = false,
  settings = [],
  onRestart,
}: EmbeddedOptions): Promise<Embedded> => {
  const dataDir = makeDataDirectory(folder)
  const claim = await claimDirectory(dataDir)
  try {
    return await start(dataDir, ephemeral, settings, onRestart, claim)
  } catch (error) {
    await claim.release()
    throw error
  }
}

const start = async (
  dataDir: string,
  ephemeral: boolean,
  given: readonly string[],
  onRestart: (() => void) | undefined,
  claim: Awaited<ReturnType<typeof claimDirectory>>,
): Promise<Embedded> => {
  const { cluster, passwords: passwordsFile, log } = state(dataDir)
  const program = postgresProgram(cluster)
  await stopOrphan(dataDir)
  if (!existsSync(join(cluster, 'PG_VERSION')) || !existsSync(passwordsFile)) makeCluster(dataDir, program, ephemeral)
  giveCluster(cluster, program.owner)
  const passwords = completePasswords(dataDir)

  if (existsSync(log) && statSync(log).size > 20e6) renameSync(log, `${log}.1`)
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=256MB',
    'max_connections=120',
    'max_wal_size=2GB',
    'random_page_cost=1.1',
    'jit=off',
    'shared_preload_libraries=pg_stat_statements',
    'password_encryption=scram-sha-256',
    ...(ephemeral ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
    ...given,
  ]
  const launch = (port: number): ChildProcess => {
    const [file, args] = program.wrap(join(program.bin, 'postgres'), [
      '-D',
      program.clusterName,
      '-p',
      String(port),
      ...settings.flatMap(s => ['-c', s]),
    ])
    const output = openSync(log, 'a', 0o600)
    // Out of the terminal's group: at Ctrl-C the service ends what it was doing first. A test's own server may go with
    // its terminal.
    const child = spawn(file, args, {
      ...program.options,
      env: environment(),
      stdio: ['ignore', output, output],
      detached: !ephemeral,
    })
    closeSync(output)
    if (ephemeral) child.unref()
    return child
  }

  const logged = existsSync(log) ? statSync(log).size : 0
  const said = () => readFileSync(log).subarray(logged).toString('utf8').slice(-1500)
  let port = await freePort()
  let child = launch(port)
  // However we end, short of a kill, the server ends with us.
  const atExit = () => {
    child.kill(ephemeral ? 'SIGQUIT' : 'SIGINT')
  }
  process.once('exit', atExit)
  for (let attempt = 1; !(await answers(url('postgres', passwords, port, 'postgres'), child)); attempt++) {
    child.kill('SIGQUIT')
    // Someone took the port between our asking for a free one and using it.
    if (attempt === 3 || !said().includes('Address already in use'))
      throw new Error(`PostgreSQL ne démarre pas :\n${said()}`)
    port = await freePort()
    child = launch(port)
  }
  const superUrl = url('postgres', passwords, port, 'postgres')

  let stopping = false
  let delay = 300
  const watch = () => {
    const startedAt = Date.now()
    const again = () => {
      if (stopping) return
      onRestart?.()
      delay = Date.now() - startedAt > 60_000 ? 300 : Math.min(delay * 2, 10_000)
      setTimeout(() => {
        if (stopping) return
        child = launch(port)
        watch()
      }, delay)
    }
    if (child.exitCode !== null || child.signalCode !== null) again()
    else child.once('exit', again)
  }
  const stop = async (how?: 'waiting') => {
    stopping = true
    process.off('exit', atExit)
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise<void>(done => {
        child.once('exit', () => done())
      })
      child.ref()
      child.kill(how === 'waiting' ? 'SIGTERM' : 'SIGINT')
      await gone
    }
    await claim.release()
  }
  try {
    await prepare(superUrl, passwords)
  } catch (error) {
    await stop()
    throw error
  }
  watch()
  return { superUrl, port, ...urlsOf(passwords, port), tell: claim.tell, stop }
}

const makeCluster = (dataDir: string, program: PostgresProgram, ephemeral: boolean) => {
  const { cluster } = state(dataDir)
  rmSync(cluster, { recursive: true, force: true }) // what a first start killed half-way left
  mkdirSync(cluster, { mode: 0o700 })
  const passwords = Object.fromEntries(['postgres', ...roles].map(role => [role, newPassword()])) as Passwords
  const secret = mkdtempSync(join(tmpdir(), 'campagnes-'))
  const passwordFile = join(secret, 'superuser')
  writeFileSync(passwordFile, passwords.postgres, { mode: 0o600 })
  giveCluster(secret, program.owner)
  giveCluster(cluster, program.owner)
  const [file, args] = program.wrap(join(program.bin, 'initdb'), [
    '-D',
    program.clusterName,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '-k',
    '--locale=C.UTF-8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(ephemeral ? ['--no-sync'] : []),
  ])
  const { status, stderr, error } = spawnSync(file, args, { ...program.options, env: environment(), encoding: 'utf8' })
  rmSync(secret, { recursive: true })
  if (status !== 0) throw new Error(`la base ne peut être créée dans ${cluster} : ${stderr || error?.message}`)
  // Last, since it says that all went well.
  writePasswords(dataDir, passwords)
}

/**
 * A server left behind by a killed program still holds the directory, which is ours to look after. Only ours, and only
 * of this directory, is stopped.
 */
const stopOrphan = async (dataDir: string) => {
  const { pid: pidFile, cluster } = state(dataDir)
  if (!existsSync(pidFile)) return
  const [pid, directory] = readFileSync(pidFile, 'utf8').split('\n')
  const link = (name: string) => {
    try {
      return readlinkSync(`/proc/${pid}/${name}`)
    } catch {
      return ''
    }
  }
  const running = () => isOurPostgres(link('exe')) && (directory === cluster || link('cwd') === cluster)
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!running()) return
    try {
      process.kill(Number(pid), signal)
    } catch {
      return
    }
    for (let i = 0; i < 200 && running(); i++) await wait(50)
  }
}

/**
 * Waits until the server takes connections: `patience` times 50 ms at most, or as long as it says that it is recovering
 * from a crash; false where it ended instead.
 */
export const answers = async (
  superUrl: string,
  child: Pick<ChildProcess, 'exitCode' | 'signalCode' | 'once'>,
  patience = 600,
): Promise<boolean> => {
  let failure: unknown
  child.once('error', error => {
    failure = error
  })
  for (let silent = 0; silent < patience && child.exitCode === null && child.signalCode === null && !failure; ) {
    const client = new pg.Client(superUrl)
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === '28P01') throw error
      // Recovering, which on a large register takes minutes: stopped, it would begin again.
      if (code !== '57P03') silent++
      await wait(50)
    }
  }
  return false
}

/** Database and roles, by the same file that an operator runs on an outside server. */
const prepare = async (superUrl: string, passwords: Passwords) => {
  const run = async (address: string, work: (client: pg.Client) => Promise<void>) => {
    const client = new pg.Client(address)
    client.on('error', () => {}) // the query under way fails, and says it
    await client.connect()
    try {
      await work(client)
    } finally {
      await client.end()
    }
  }
  await run(superUrl, async client => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  })
  await run(superUrl.replace(/postgres$/, database), async client => {
    await client.query(readFileSync(rolesSql, 'utf8'))
    for (const role of roles) await client.query(`alter role ${role} password '${passwords[role]}'`)
  })
}

/** The addresses of the server now running on a data directory; undefined when none runs. */
export const findEmbedded = async (dataDir: string): Promise<Urls | undefined> => {
  const { pid, passwords: passwordsFile } = state(resolve(dataDir))
  if (!existsSync(pid) || !existsSync(passwordsFile)) return undefined
  const urls = urlsOf(readPasswords(resolve(dataDir)), Number(readFileSync(pid, 'utf8').split('\n')[3]))
  const client = new pg.Client(urls.ownerUrl)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return urls
  } catch {
    return undefined
  }
}
