/** What `npm start` runs, over a data directory, and the demonstration that a first one lays, to be copied. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../platform/ports.ts'

const settings = /^(TEST_|DATABASE_|PROCONNECT_|PUBLIC_URL|PORT|DATA_DIR|HOST|METRICS_|LAUNCHED_)/

/** Its address, once it says that it is ready, and how to end it. */
export const launch = async (dataDir: string) => {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name))),
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
  }
  const child = spawn(process.execPath, ['server/start.ts'], {
    cwd: join(import.meta.dirname, '../..'),
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
  if (output.match(/http:\/\/localhost:/g)!.length !== 1 || output.includes('Deprecation')) {
    await stop()
    throw new Error(`one address, and no warning, is what it should say:\n${output}`)
  }
  return { url: /^Campagnes coordonnées : (http:\/\/localhost:\d+)$/m.exec(output)![1]!, stop }
}

/**
 * The demonstration as a first `npm start` leaves it, to be copied. A run lays it once: one file of tests does, the
 * others wait for it.
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

/** A copy of it as a data directory, in a folder of one's own: PostgreSQL wants the modes and the owner that it gave. */
export const copyDemonstration = async (folder: string): Promise<string> => {
  const dataDir = join(folder, 'data')
  execFileSync('cp', ['-a', join(await laidDemonstration(process.env.TEST_RUN_FOLDER ?? folder), 'data'), dataDir])
  return dataDir
}
