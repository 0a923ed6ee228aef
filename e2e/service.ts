import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { freePort } from '../server/platform/ports.ts'

export interface RunningService {
  readonly url: string
  /** Host and port of the stand-in for ProConnect: the one other host that a page may ask. */
  readonly standIn: string
  /** As the schema's owner: to look behind the screens, and for what no screen does yet. */
  sql<T>(query: string, values?: readonly unknown[]): Promise<T[]>
  stop(): Promise<void>
}

const settings = /^(TEST_|DATABASE_|PROCONNECT_|PUBLIC_URL|PORT|DATA_DIR|HOST|METRICS_|LAUNCHED_)/

/** `npm start` over a data directory: its first lines, once it says that it is ready, and how to end it. */
const launch = async (dataDir: string) => {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name))),
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
  }
  const child = spawn(process.execPath, ['server/start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const goTogether = () => {
    child.kill('SIGTERM')
  }
  process.once('exit', goTogether)
  let output = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', data => {
      output += data
    })
  const stop = async () => {
    process.off('exit', goTogether)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  for (const until = Date.now() + 280_000; !/^Ctrl-C/m.test(output); await new Promise(r => setTimeout(r, 50))) {
    if (child.exitCode === null && Date.now() < until) continue
    await stop()
    throw new Error(`the service did not start:\n${output}`)
  }
  return { url: /^Campagnes coordonnées : (http:\/\/localhost:\d+)$/m.exec(output)![1]!, stop }
}

/**
 * The demonstration as a first `npm start` leaves it. A run lays it once: one file of journeys does, the others wait
 * for it.
 */
const laidDemonstration = async (folder: string): Promise<string> => {
  const [laid, making, lock, trouble] = ['demonstration', 'making', 'lock', 'trouble'].map(name =>
    join(folder, name),
  ) as [string, string, string, string]
  try {
    mkdirSync(lock)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
    for (const until = Date.now() + 280_000; !existsSync(laid); await new Promise(r => setTimeout(r, 200))) {
      if (existsSync(trouble)) throw new Error(readFileSync(trouble, 'utf8'))
      if (Date.now() > until) throw new Error('the demonstration is not laid after 280 s')
    }
    return laid
  }
  try {
    mkdirSync(making)
    for (const each of [folder, making]) chmodSync(each, 0o755)
    await (await launch(join(making, 'data'))).stop()
    // Nothing here has to survive a power cut.
    appendFileSync(join(making, 'data/postgres/postgresql.auto.conf'), 'fsync = off\nfull_page_writes = off\n')
    renameSync(making, laid)
    return laid
  } catch (error) {
    writeFileSync(trouble, String(error))
    throw error
  }
}

/** What `npm start` runs, on a second start: over a copy of the demonstration that a first one laid. */
export const start = async (): Promise<RunningService> => {
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-service-'))
  chmodSync(folder, 0o755)
  let owner: pg.Client | undefined
  let service: Awaited<ReturnType<typeof launch>> | undefined
  const stop = async () => {
    await owner?.end()
    await service?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const dataDir = join(folder, 'data')
    // PostgreSQL wants the modes and the owner that it gave.
    execFileSync('cp', ['-a', join(await laidDemonstration(process.env.TEST_RUN_FOLDER ?? folder), 'data'), dataDir])
    service = await launch(dataDir)
    const { url } = service
    // A machine that is still busy starting may turn away the first request.
    let toStandIn: string | null = null
    for (
      const until = Date.now() + 60_000;
      !toStandIn && Date.now() < until;
      await new Promise(r => setTimeout(r, 100))
    )
      toStandIn = (await fetch(`${url}/auth/sign-in`, { redirect: 'manual' })).headers.get('location')
    owner = new pg.Client((await findEmbedded(dataDir))!.ownerUrl)
    await owner.connect()
    const { host } = new URL(toStandIn!)
    return {
      url,
      standIn: host,
      sql: async (query, values = []) => (await owner!.query(query, [...values])).rows,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
