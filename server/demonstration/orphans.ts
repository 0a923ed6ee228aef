import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { state } from './cluster.ts'
import { isOurPostgres } from './postgres-program.ts'

export const wait = (milliseconds: number) =>
  new Promise(done => {
    setTimeout(done, milliseconds)
  })

/**
 * A server left behind by a killed program still holds the directory, which is ours to look after. Only ours, and only
 * of this directory, is stopped.
 */
export const stopOrphan = async (dataDir: string) => {
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
