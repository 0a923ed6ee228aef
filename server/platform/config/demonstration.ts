import type { Common } from './common.ts'
import { demonstrationKeys } from './keys.ts'
import { ConfigurationError, type Environment } from './sources.ts'
import type { Config } from './types.ts'
import { type AcceptedFactors, securityContact } from './web.ts'
import { demonstrationMail, demonstrationSealing } from './worker.ts'

/** What the launcher hands to the processes it starts. */
const launched = (env: Environment) => ({
  databaseUrl: env.LAUNCHED_DATABASE_URL ?? '',
  signInDatabaseUrl: env.LAUNCHED_SIGN_IN_URL ?? '',
  workerDatabaseUrl: env.LAUNCHED_WORKER_URL ?? '',
  standInIssuer: env.LAUNCHED_STAND_IN ?? '',
  standInSecret: env.LAUNCHED_STAND_IN_SECRET ?? '',
})

/** The settings of a demonstration: what the launcher made, and what is kept beside the data. */
export const demonstrationConfig = (
  env: Environment,
  common: Common,
  accepted: AcceptedFactors,
  sealing: boolean,
  problems: string[],
): Config => {
  const kept = sealing ? demonstrationMail(env, common.dataDir, problems) : undefined
  if (problems.length > 0) throw new ConfigurationError(problems)
  const made = launched(env)
  const keys = demonstrationKeys(common.dataDir)
  return {
    ...common,
    securityContact: env.SECURITY_CONTACT ? securityContact(env, problems) : 'mailto:securite@campagnes.example',
    sirene: undefined,
    sealing: sealing ? demonstrationSealing(common.dataDir) : undefined,
    mail: kept,
    publicUrl: `http://localhost:${common.port}`,
    databaseUrl: made.databaseUrl,
    signInDatabaseUrl: made.signInDatabaseUrl,
    listenUrl: made.databaseUrl,
    workerDatabaseUrl: sealing ? made.workerDatabaseUrl : '',
    keys,
    originKey: keys.derived('origin'),
    secretsInEnvironment: [],
    proconnect: {
      issuer: made.standInIssuer,
      clientId: 'campagnes-coordonnees',
      clientSecret: made.standInSecret,
      signingAlg: 'RS256',
      ...accepted,
    },
  }
}
