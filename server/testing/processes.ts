import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from '../platform/ports.ts'
import type { TestDatabase } from './database.ts'
import { temporaryFolder } from './folder.ts'

const clean = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(TEST_|DATABASE_|PROCONNECT_|PUBLIC_URL|PORT|DATA_DIR|HOST)/.test(name),
  ),
)
/** What an installation of one's own must be told, its addresses aside. `folder` keeps the witness. */
export const ownSettings = (folder: string) => ({
  PROCONNECT_ISSUER: 'http://localhost:2/api/v2',
  PROCONNECT_CLIENT_ID: 'id',
  PROCONNECT_CLIENT_SECRET: 'secret',
  SECURITY_CONTACT: 'mailto:securite@campagnes.example',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  SMTP_URL: 'smtp://localhost:2',
  MAIL_FROM: 'ne-pas-repondre@campagnes.example',
  AUDIT_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
  AUDIT_WITNESS_FILE: join(folder, 'witness'),
})

export interface Started {
  readonly child: ChildProcess
  readonly url: string
  readonly operations: string
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  output(): string
}
/** Starts the two processes as the launcher does, on this database; `killAll` ends those that a test left. */
export const processStarter = (database: Pick<TestDatabase, 'webUrl' | 'signInUrl' | 'workerUrl'>) => {
  const folder = temporaryFolder()
  const running = new Set<ChildProcess>()
  /** With real settings, until it says that it is ready or ends. */
  const begin = async (file: string, more: Record<string, string> = {}): Promise<Started> => {
    const [port, metricsPort, workerMetricsPort] = [await freePort(), await freePort(), await freePort()]
    const child = spawn(process.execPath, [file], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...clean,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        WORKER_METRICS_PORT: String(workerMetricsPort),
        ...(file === 'server/main.ts'
          ? { DATABASE_URL: database.webUrl, DATABASE_SIGN_IN_URL: database.signInUrl }
          : { DATABASE_WORKER_URL: database.workerUrl }),
        PUBLIC_URL: `http://localhost:${port}`,
        ...ownSettings(folder),
        ...more,
      },
    })
    running.add(child)
    let output = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', data => {
        output += data
      })
    const ended = (once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>).then(([code, signal]) => {
      running.delete(child)
      return code ?? signal
    })
    await Promise.race([once(child, 'message'), ended])
    // Another process may have taken a port between its choice and its use.
    if (child.exitCode && output.includes('EADDRINUSE')) return begin(file, more)
    return {
      child,
      url: `http://localhost:${port}`,
      operations: `http://localhost:${file === 'server/worker.ts' ? workerMetricsPort : metricsPort}`,
      ended,
      output: () => output,
    }
  }
  const killAll = () => {
    for (const child of running) child.kill('SIGKILL')
  }
  return { begin, killAll }
}
