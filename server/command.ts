import { resolve } from 'node:path'
import { type Embedded, findEmbedded, startEmbedded, type Urls } from './demonstration/embedded-postgres.ts'
import { ConfigurationError, environment, modeOf, ownerUrl } from './platform/config.ts'
import { DirectoryInUse } from './platform/data-directory.ts'
import { migrate } from './platform/migrations.ts'

/**
 * Gives a command its database: the outside one where DATABASE_OWNER_URL names it, else the embedded one of DATA_DIR.
 * The embedded one is started for the time of the command when nothing runs. It is then brought up to date.
 */
export const withDatabase = async <T>(work: (urls: Pick<Urls, 'ownerUrl'>) => Promise<T>): Promise<T> => {
  const env = environment()
  const outside = ownerUrl(env)
  if (outside) return work({ ownerUrl: outside })
  if (modeOf(env) === 'production')
    throw new ConfigurationError(['DATABASE_OWNER_URL manque : cette commande agit au nom du propriétaire de la base'])
  const dataDir = resolve(env.DATA_DIR || './platform/data')
  const [running, embedded] = await runningOrStarted(dataDir)
  if (running) return work(running)
  try {
    await migrate(embedded!.ownerUrl)
    return await work(embedded!)
  } finally {
    await embedded!.stop('waiting') // another command may have found the server meanwhile
  }
}

const runningOrStarted = async (dataDir: string): Promise<[Urls, undefined] | [undefined, Embedded]> => {
  for (let attempt = 0; ; attempt++) {
    const running = await findEmbedded(dataDir)
    if (running) return [running, undefined]
    try {
      return [undefined, await startEmbedded({ dataDir })]
    } catch (error) {
      // Someone else is starting or stopping it at this very moment.
      if (!(error instanceof DirectoryInUse) || attempt === 60) throw error
      await new Promise(done => {
        setTimeout(done, 500)
      })
    }
  }
}

/** Who is at the keyboard, `--operator "Nom ou matricule"` wherever it stands, and the other words. */
export const readOperator = (given: readonly string[]): { operator: string | undefined; words: string[] } => {
  const at = given.findIndex(word => word === '--operator' || word.startsWith('--operator='))
  if (at < 0) return { operator: undefined, words: [...given] }
  const joined = given[at]!.includes('=')
  const operator = (joined ? given[at]!.slice('--operator='.length) : (given[at + 1] ?? '')).trim()
  return { operator, words: given.toSpliced(at, joined ? 1 : 2) }
}
export const operatorMissing =
  '--operator manque : le nom ou le matricule de la personne qui lance la commande, de deux à quatre-vingts caractères ; le journal le garde'

const asksHelp = (words: readonly string[]) => words.some(word => word === '--help' || word === '-h')
/** Prints how a command is used, and ends well, before it reads a setting or opens a database. */
export const helpWhenAsked = (usage: string, words: readonly string[] = process.argv.slice(2)): void => {
  if (!asksHelp(words)) return
  console.log(usage)
  process.exit(0)
}
/** A word that Node's reader of options refuses. */
export const isBadOption = (error: unknown): error is Error =>
  String((error as { code?: string } | null)?.code).startsWith('ERR_PARSE_ARGS')

export const inWords = (error: unknown): string =>
  error instanceof ConfigurationError
    ? error.message
    : `Échec : ${error instanceof Error ? error.message : String(error)}`

/** Says a configuration or any other failure in one place, and ends with a code. */
export const sayAndExit = (error: unknown): never => {
  console.error(inWords(error))
  process.exit(1)
}
