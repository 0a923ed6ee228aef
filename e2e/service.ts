import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findEmbedded } from '../server/platform/embedded-postgres.ts'
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

/** What `npm start` runs, with a database of its own and the demonstration just laid. */
export const start = async (): Promise<RunningService> => {
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-service-'))
  chmodSync(folder, 0o755)
  const dataDir = join(folder, 'data')
  const env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name))), PORT: String(await freePort()), DATA_DIR: dataDir }
  const child = spawn(process.execPath, ['server/start.ts'], { cwd: join(import.meta.dirname, '..'), env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const goTogether = () => { child.kill('SIGTERM') }
  process.once('exit', goTogether)
  let output = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', data => { output += data })
  let owner: pg.Client | undefined
  const stop = async () => {
    process.off('exit', goTogether)
    await owner?.end()
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    for (const until = Date.now() + 280_000; !/^Ctrl-C/m.test(output); await new Promise(r => setTimeout(r, 50))) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`the service did not start:\n${output}`)
    }
    const url = /^Campagnes coordonnées : (http:\/\/localhost:\d+)$/m.exec(output)![1]!
    // A machine that is still busy starting may turn away the first request.
    let toStandIn: string | null = null
    for (const until = Date.now() + 60_000; !toStandIn && Date.now() < until; await new Promise(r => setTimeout(r, 100))) toStandIn = (await fetch(`${url}/auth/sign-in`, { redirect: 'manual' })).headers.get('location')
    owner = new pg.Client((await findEmbedded(dataDir))!.ownerUrl)
    await owner.connect()
    const { host } = new URL(toStandIn!)
    return { url, standIn: host, sql: async (query, values = []) => (await owner!.query(query, [...values])).rows, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
