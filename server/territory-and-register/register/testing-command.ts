import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface ImportRun {
  readonly killed: boolean
  readonly code: number | null
  readonly said: string
}
/** `npm run import`, killed when `until` is fulfilled unless it ended before. */
export const runImport = (
  ownerUrl: string,
  words: readonly string[],
  until?: (ended: () => boolean) => Promise<void>,
): Promise<ImportRun> =>
  new Promise(done => {
    const program = fileURLToPath(new URL('../../import.ts', import.meta.url))
    const child = spawn(process.execPath, [program, ...words, '--operator', 'Camille Essai'], {
      env: { ...process.env, DATABASE_OWNER_URL: ownerUrl },
    })
    let [said, ended] = ['', false]
    until?.(() => ended).then(() => child.kill('SIGKILL'))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', data => {
        said += data
      })
    child.once('close', (code, signal) => {
      ended = true
      done({ killed: signal === 'SIGKILL', code, said })
    })
  })
