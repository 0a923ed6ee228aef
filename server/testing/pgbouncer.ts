import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../platform/ports.ts'
import { temporaryFolder } from './folder.ts'

/** Debian keeps it out of a user's path. */
const program = ['pgbouncer', '/usr/sbin/pgbouncer'].find(name => spawnSync(name, ['--version']).status === 0)
/** Why a test cannot run here; false where it can. */
export const withoutPgbouncer = program ? false : 'pgbouncer is not installed'

/** In transaction mode, with no parameter ignored: each address comes back as the same one through the pooler. */
export const startPgbouncer = async (urls: readonly string[], settings: readonly string[] = []) => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755) // started by root it becomes nobody, which reads these files
  const port = await freePort()
  const { hostname, port: behind } = new URL(urls[0]!)
  const users = join(folder, 'users.txt')
  writeFileSync(
    users,
    urls
      .map(u => new URL(u))
      .map(u => `"${u.username}" "${u.password}"\n`)
      .join(''),
  )
  const file = join(folder, 'pgbouncer.ini')
  writeFileSync(
    file,
    [
      '[databases]',
      `* = host=${hostname} port=${behind}`,
      '[pgbouncer]',
      'pool_mode = transaction',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      ...settings,
    ].join('\n'),
  )
  const child: ChildProcess = spawn(program!, [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let said = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', data => {
      said += data
    })
  const through = (url: string) => {
    const at = new URL(url)
    at.port = String(port)
    return at.href
  }
  const answers = async () => {
    const client = new pg.Client(through(urls[0]!))
    client.on('error', () => {})
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    )
  }
  for (const until = Date.now() + 60_000; !(await answers()); await new Promise(r => setTimeout(r, 50)))
    if (child.exitCode !== null || Date.now() > until) throw new Error(`pgbouncer: ${said}`)
  return {
    through,
    stop: async () => {
      child.kill('SIGINT')
      await Promise.race([ended, new Promise(r => setTimeout(r, 2_000))])
      child.kill('SIGKILL')
    },
  }
}
