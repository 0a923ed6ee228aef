import type { Common } from './common.ts'
import { encryptionKeys, unused } from './keys.ts'
import { address, databaseAddress, words } from './readers.ts'
import { ConfigurationError, type Environment, isLoopback, secretSettings } from './sources.ts'
import type { Config } from './types.ts'
import { type AcceptedFactors, securityContact } from './web.ts'
import { mail, sealing, sirene } from './worker.ts'

/** The settings of a real service: each is given, or the start is refused. */
export const productionConfig = (
  [given, env]: readonly [given: Environment, env: Environment],
  common: Common,
  { signingAlg, ...accepted }: AcceptedFactors & Pick<Config['proconnect'], 'signingAlg'>,
  { seals, web }: { readonly seals: boolean; readonly web: boolean },
  problems: string[],
): Config => {
  const publicUrl = address(env, 'PUBLIC_URL', ['https:', 'http:'], problems)
  if (publicUrl.startsWith('http:') && URL.canParse(publicUrl) && !isLoopback(new URL(publicUrl).hostname))
    problems.push('PUBLIC_URL doit être en https hors de la machine elle-même')
  const issuer = !web ? '' : address(env, 'PROCONNECT_ISSUER', ['https:', 'http:'], problems)
  if (issuer.startsWith('http:') && URL.canParse(issuer) && !isLoopback(new URL(issuer).hostname))
    problems.push('PROCONNECT_ISSUER doit être en https hors de la machine elle-même')
  const keys = web ? encryptionKeys(env, problems) : unused
  const config: Config = {
    ...common,
    securityContact: web ? securityContact(env, problems) : '',
    sirene: sirene(env, problems),
    sealing: seals ? sealing(env, problems) : undefined,
    mail: seals ? mail(env, problems) : undefined,
    publicUrl: publicUrl.replace(/\/$/, ''),
    databaseUrl: web ? databaseAddress(env, 'DATABASE_URL', problems) : '',
    signInDatabaseUrl: web ? databaseAddress(env, 'DATABASE_SIGN_IN_URL', problems) : '',
    listenUrl: !web
      ? ''
      : env.DATABASE_LISTEN_URL
        ? databaseAddress(env, 'DATABASE_LISTEN_URL', problems)
        : (env.DATABASE_URL ?? ''),
    workerDatabaseUrl: seals ? databaseAddress(env, 'DATABASE_WORKER_URL', problems) : '',
    keys,
    originKey: keys.derived('origin'),
    secretsInEnvironment: secretSettings.filter(name => given[name]),
    proconnect: {
      issuer,
      clientId: web ? words(env, 'PROCONNECT_CLIENT_ID', problems) : '',
      clientSecret: web ? words(env, 'PROCONNECT_CLIENT_SECRET', problems) : '',
      signingAlg,
      ...accepted,
    },
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return config
}
