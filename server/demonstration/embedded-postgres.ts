import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { claimDirectory, makeDataDirectory } from '../platform/data-directory.ts'
import { freePort } from '../platform/ports.ts'
import {
  completePasswords,
  database,
  environment,
  makeCluster,
  type Passwords,
  prepare,
  readPasswords,
  state,
} from './cluster.ts'
import { stopOrphan, wait } from './orphans.ts'
import type { PostgresProgram } from './postgres-program.ts'
import { giveCluster, postgresProgram } from './postgres-program.ts'

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
  /** The answer to a program that wants the same data directory. */
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

const url = (role: keyof Passwords, passwords: Passwords, port: number, name: string) =>
  `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${name}`
const urlsOf = (passwords: Passwords, port: number): Urls => ({
  ownerUrl: url('cc_owner', passwords, port, database),
  webUrl: url('cc_web', passwords, port, database),
  signInUrl: url('cc_sign_in', passwords, port, database),
  workerUrl: url('cc_worker', passwords, port, database),
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

/**
 * Nothing is to survive, nor to be copied elsewhere; a password drawn at random needs no slow digest, and thousands of
 * connections would each work one out.
 */
const forTests = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'scram_iterations=1',
]
export const settingsOf = (ephemeral: boolean, given: readonly string[]): string[] => [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=256MB',
  'max_connections=120',
  'max_wal_size=2GB',
  'random_page_cost=1.1',
  'jit=off',
  'shared_preload_libraries=pg_stat_statements',
  'password_encryption=scram-sha-256',
  ...(ephemeral ? forTests : []),
  ...given,
]
const launchOn = (
  port: number,
  {
    program,
    settings,
    log,
    ephemeral,
  }: {
    readonly program: PostgresProgram
    readonly settings: readonly string[]
    readonly log: string
    readonly ephemeral: boolean
  },
): ChildProcess => {
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
  const settings = settingsOf(ephemeral, given)
  const launch = (port: number) => launchOn(port, { program, settings, log, ephemeral })
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
