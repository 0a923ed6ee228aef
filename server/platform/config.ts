import { commonSettings } from './config/common.ts'
import { demonstrationConfig } from './config/demonstration.ts'
import { productionConfig } from './config/production.ts'
import { databaseAddress } from './config/readers.ts'
import { ConfigurationError, type Environment, modeOf, withSecrets } from './config/sources.ts'
import type { Config } from './config/types.ts'
import { acceptedFactors, signingAlgorithm } from './config/web.ts'

export { readKeys } from './config/keys.ts'
export { ConfigurationError, modeOf, secretSettings, settingsOf } from './config/sources.ts'
export type {
  Config,
  MailSettings,
  ProConnectSettings,
  SealingSettings,
  SireneSettings,
  VerifyingSettings,
} from './config/types.ts'
export { mailFolder, readSirene, readVerifying } from './config/worker.ts'

/**
 * Reads the settings, with those that the launcher made in demonstration. Throws ConfigurationError with every problem.
 * `sealing`: for the worker, which seals the trail and sends the mails.
 * It alone has its database's address, the key and the mail server.
 * `web: false`: for the worker alone, which needs no setting of sessions.
 */
export const readConfig = (
  given: Environment,
  { sealing: seals = false, web = true }: { readonly sealing?: boolean; readonly web?: boolean } = {},
): Config => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const mode = modeOf(env)
  const common = commonSettings(env, mode, problems)
  const accepted = acceptedFactors(env, problems)
  const signingAlg = signingAlgorithm(env, mode, problems)
  return mode === 'demonstration'
    ? demonstrationConfig(env, common, accepted, seals, problems)
    : productionConfig([given, env], common, { signingAlg, ...accepted }, { seals, web }, problems)
}

/** The owner's address, for migrations and the command line only: the web and the worker never see it. */
export const ownerUrl = (given: Environment): string | undefined => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const url = env.DATABASE_OWNER_URL ? databaseAddress(env, 'DATABASE_OWNER_URL', problems) : undefined
  if (problems.length > 0) throw new ConfigurationError(problems)
  return url
}

export const environment = (): Environment => process.env

/** What moves the clock of a program (`npm test -- --clock`): the embedded PostgreSQL must read the same one. */
export const movedClock = (env: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (one): one is [string, string] =>
        one[1] !== undefined && (one[0] === 'LD_PRELOAD' || one[0].startsWith('FAKETIME')),
    ),
  )
