import { ConfigurationError, environment, ownerUrl } from './config.ts'
import { findEmbedded, startEmbedded, type Urls } from './embedded-postgres.ts'
import { resolve } from 'node:path'

/** Gives a command the database: the outside one where DATABASE_OWNER_URL names it, else the embedded one of DATA_DIR, started for the time of the command when nothing runs. */
export const withDatabase = async <T>(work: (urls: Pick<Urls, 'ownerUrl'>) => Promise<T>): Promise<T> => {
  const env = environment()
  const outside = ownerUrl(env)
  if (outside) return work({ ownerUrl: outside })
  if (env.DATABASE_URL) throw new ConfigurationError(['DATABASE_OWNER_URL manque : cette commande agit au nom du propriétaire de la base'])
  const dataDir = resolve(env.DATA_DIR || './data')
  const running = await findEmbedded(dataDir)
  if (running) return work(running)
  const embedded = await startEmbedded({ dataDir })
  try {
    return await work(embedded)
  } finally {
    await embedded.stop()
  }
}

/** Says a configuration or any other failure in one place, and ends with a code. */
export const sayAndExit = (error: unknown): never => {
  console.error(error instanceof ConfigurationError ? error.message : `Échec : ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
