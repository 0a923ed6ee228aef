import { chmodSync, mkdirSync, realpathSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { dirname, resolve } from 'node:path'
import { sha256Hex } from './digest.ts'

/**
 * Makes the directory and its parents, open to all to pass whatever the umask: PostgreSQL may have to run as somebody
 * else. What it holds closes itself.
 */
export const makeDataDirectory = (folder: string): string => {
  const dataDir = resolve(folder)
  const first = mkdirSync(dataDir, { recursive: true })
  if (first) for (let made = dataDir; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o755)
  return realpathSync(dataDir)
}

/** Another program already looks after this directory; `says` is what it answers about itself. */
export class DirectoryInUse extends Error {
  readonly says: string
  constructor(dataDir: string, says: string) {
    super(
      `le dossier de données ${dataDir} est déjà servi par ${says} : arrêtez-le d’abord, ou donnez un autre dossier par DATA_DIR`,
    )
    this.says = says
  }
}
export interface Claim {
  /** What to answer to who finds the directory taken. */
  tell(says: string): void
  release(): Promise<void>
}

/**
 * One program at a time looks after a data directory. Its claim is a name in the kernel, not a file.
 * It goes with its holder, however that one dies. A program still running in the directory is then an orphan, and may
 * be stopped.
 */
export const claimDirectory = async (dataDir: string): Promise<Claim> => {
  const name = `\0campagnes-coordonnees/${sha256Hex(dataDir).slice(0, 32)}`
  let says = `le processus ${process.pid}`
  const server = createServer((asking: Socket) => {
    asking.on('error', () => {})
    asking.end(says)
  })
  const taken = await new Promise<boolean>((done, failed) => {
    server.once('listening', () => done(false))
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(true) : failed(error)))
    server.listen(name)
  })
  if (taken) throw new DirectoryInUse(dataDir, await ask(name))
  server.unref()
  return {
    tell: text => {
      says = text
    },
    release: () =>
      new Promise(done => {
        server.close(() => done())
      }),
  }
}

const ask = (name: string) =>
  new Promise<string>(done => {
    let text = ''
    const holder = connect(name)
      .setEncoding('utf8')
      .on('data', data => {
        text += data
      })
    holder.setTimeout(2000, () => holder.destroy())
    holder.on('error', () => {}).once('close', () => done(text || 'un autre processus'))
  })
