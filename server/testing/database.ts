import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { type Embedded, startEmbedded, type Urls } from '../demonstration/embedded-postgres.ts'
import { type Database, type DatabaseOptions, openDatabase, type Transaction } from '../platform/database.ts'
import { migrate, readSchema } from '../platform/migrations.ts'
import { temporaryFolder } from './folder.ts'
import { publishTexts } from './texts.ts'

export interface TestDatabase extends Urls {
  readonly superUrl: string
  readonly name: string
  drop(): Promise<void>
}
type Server = Pick<Embedded, 'superUrl' | 'ownerUrl' | 'webUrl' | 'signInUrl' | 'workerUrl'>

/**
 * Opens with bounds that no test meets on a slow machine. What is refused to those who wait too long has its own tests.
 * A transaction that a failing test left open would keep its rows locked, and the pool from ever closing: it is undone.
 */
export const openPatient = (url: string, options: DatabaseOptions = {}): Database => {
  const patient = new URL(url)
  patient.searchParams.set('options', '-c lock_timeout=60000 -c idle_in_transaction_session_timeout=300000')
  const database = openDatabase(patient.href, {
    waitMs: 60_000,
    statementTimeoutMs: 60_000,
    stallMs: [60_000, 60_000],
    ...options,
  })
  const begun = new Set<Transaction>()
  return {
    ...database,
    begin: async () => {
      const tx = await database.begin()
      const over = (end: Promise<void>) => end.finally(() => begun.delete(watched))
      const watched: Transaction = { ...tx, commit: () => over(tx.commit()), rollback: () => over(tx.rollback()) }
      begun.add(watched)
      return watched
    },
    close: async () => {
      await Promise.all([...begun].map(tx => tx.rollback()))
      await database.close()
    },
  }
}

let own: Promise<Embedded> | undefined
/** Three hundred files: read once for all the databases of a process. */
let schemaDigest: string | undefined
let clones = 0
/** What this process has open: where `npm run prove` changes a clause under tests that are open already. */
export const opened = new Set<TestDatabase>()

/** One server for the whole run where `npm test` started it; of this file's own when it is run alone. */
const serverOf = async (): Promise<Server> => {
  if (process.env.TEST_POSTGRES) return JSON.parse(process.env.TEST_POSTGRES)
  own ??= startTestServer()
  return own
}

export const startTestServer = async (): Promise<Embedded> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'campagnes-test-'))
  chmodSync(dataDir, 0o755)
  const server = await startEmbedded({ dataDir, ephemeral: true })
  // More than once: files still come and go while the server ends.
  const remove = () => {
    for (let i = 0; i < 20 && existsSync(dataDir); i++) rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
  // A test that fails before its `drop` must not leave a server behind, nor keep the run waiting.
  process.once('exit', remove)
  return {
    ...server,
    stop: async () => {
      await server.stop()
      process.off('exit', remove)
      remove()
    },
  }
}

const inDatabase = (url: string, name: string) => {
  const at = new URL(url)
  at.pathname = `/${name}`
  return at.href
}
const asSuper = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * A pool that has ended still has connections that close: cut meanwhile, they would fail a test that is over. One that
 * nobody closes is cut after a second.
 */
const closed = async (client: pg.Client, database: string): Promise<void> => {
  const open = `select from pg_stat_activity where datname = $1 and backend_type = 'client backend'`
  for (let times = 0; times < 50 && (await client.query(open, [database])).rowCount; times++) await setTimeout(20)
}

/**
 * A migrated database of the test file's own, in which the operator has published what it must: a clone of a template
 * made once for this very schema; of a mutant's where `npm run prove` named one.
 */
export const freshDatabase = async (): Promise<TestDatabase> => {
  const server = await serverOf()
  const mutant = process.env.TEST_TEMPLATE
  schemaDigest ??= readSchema().sha256
  const template = mutant ?? `template_${schemaDigest.slice(0, 16)}`
  const name = `${mutant ?? 't'}_${randomBytes(8).toString('hex')}`
  await asSuper(server.superUrl, async client => {
    await client.query('select pg_advisory_lock(33003)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (rowCount === 0) {
      const making = `${template}_making`
      await client.query(`drop database if exists ${making} with (force)`)
      await client.query(`create database ${making}`)
      await asSuper(inDatabase(server.superUrl, making), c =>
        c.query(readFileSync(new URL('../../database/roles.sql', import.meta.url), 'utf8')),
      )
      await migrate(inDatabase(server.ownerUrl, making))
      await asSuper(inDatabase(server.ownerUrl, making), publishTexts)
      await client.query(`alter database ${making} rename to ${template}`)
    }
    await client.query(`create database ${name} template ${template} owner cc_owner strategy file_copy`)
    // What roles.sql gives on the database itself is not cloned with it.
    await client.query(`alter database ${name} set search_path = public, extensions`)
    await client.query(`grant create, temporary on database ${name} to cc_worker`)
    await client.query(`revoke temporary on database ${name} from public`)
  })
  clones += 1
  const database: TestDatabase = {
    name,
    superUrl: inDatabase(server.superUrl, name),
    ownerUrl: inDatabase(server.ownerUrl, name),
    webUrl: inDatabase(server.webUrl, name),
    signInUrl: inDatabase(server.signInUrl, name),
    workerUrl: inDatabase(server.workerUrl, name),
    drop: async () => {
      opened.delete(database)
      await asSuper(server.superUrl, async client => {
        await closed(client, name)
        await client.query(`drop database if exists ${name} with (force)`)
      })
      clones -= 1
      if (clones === 0 && own) {
        const server = await own
        own = undefined
        await server.stop()
      }
    },
  }
  opened.add(database)
  return database
}

/** A database without a schema: what is tried in it is the runner of migrations. */
export const emptyDatabase = async () => {
  const database = await freshDatabase()
  const client = new pg.Client(database.ownerUrl)
  await client.connect()
  await client.query('drop schema public, ctx, secret cascade; create schema public')
  return {
    url: database.ownerUrl,
    query: async (text: string) => (await client.query(text)).rows,
    close: async () => {
      await client.end()
      await database.drop()
    },
  }
}
/** A folder as database/ is: file names and their text, by subfolder. */
export const schemaFolder = (folders: Readonly<Record<string, Readonly<Record<string, string>>>>): string => {
  const path = temporaryFolder()
  for (const [folder, files] of Object.entries(folders)) {
    mkdirSync(join(path, folder))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, folder, name), text)
  }
  return path
}
