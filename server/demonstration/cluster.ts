import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { movedClock, environment as processEnvironment } from '../platform/config.ts'
import { giveCluster, type PostgresProgram } from './postgres-program.ts'

const rolesSql = fileURLToPath(new URL('../../database/roles.sql', import.meta.url))
export const database = 'campagnes'

const roles = ['cc_owner', 'cc_web', 'cc_sign_in', 'cc_worker'] as const
export type Passwords = Record<'postgres' | (typeof roles)[number], string>
export const state = (dataDir: string) => ({
  cluster: join(dataDir, 'postgres'),
  passwords: join(dataDir, 'postgres-passwords.json'),
  pid: join(dataDir, 'postgres/postmaster.pid'),
  log: join(dataDir, 'postgres.log'),
})

export const readPasswords = (dataDir: string): Passwords => JSON.parse(readFileSync(state(dataDir).passwords, 'utf8'))
/** Whole or not at all: a half-written file would cost the cluster. */
const writePasswords = (dataDir: string, passwords: Passwords) => {
  const { passwords: file } = state(dataDir)
  writeFileSync(`${file}.new`, JSON.stringify(passwords), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

const newPassword = () => randomBytes(24).toString('hex')
/** A folder made before a role existed gains its password. */
export const completePasswords = (dataDir: string): Passwords => {
  const kept = readPasswords(dataDir)
  const missing = roles.filter(role => !kept[role])
  if (missing.length === 0) return kept
  const complete = { ...kept, ...Object.fromEntries(missing.map(role => [role, newPassword()])) }
  writePasswords(dataDir, complete)
  return complete
}

export const environment = () => ({
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  ...movedClock(processEnvironment()),
})

export const makeCluster = (dataDir: string, program: PostgresProgram, ephemeral: boolean) => {
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
    '--locale=C.UTF-8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // With checksums, each first reading after a checkpoint writes a whole page.
    ...(ephemeral ? ['--no-sync', '-c', 'scram_iterations=1'] : ['-k']),
  ])
  const { status, stderr, error } = spawnSync(file, args, { ...program.options, env: environment(), encoding: 'utf8' })
  rmSync(secret, { recursive: true })
  if (status !== 0) throw new Error(`la base ne peut être créée dans ${cluster} : ${stderr || error?.message}`)
  // Last, since it says that all went well.
  writePasswords(dataDir, passwords)
}

/** Database and roles, by the same file that an operator runs on an outside server. */
export const prepare = async (superUrl: string, passwords: Passwords) => {
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
