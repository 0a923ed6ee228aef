import { join, resolve } from 'node:path'
import { demonstrationKey, key } from './keys.ts'
import { address, words } from './readers.ts'
import { ConfigurationError, type Environment, isLoopback, modeOf, withSecrets } from './sources.ts'
import type { MailSettings, SealingSettings, SireneSettings, VerifyingSettings } from './types.ts'

export const sirene = (env: Environment, problems: string[]): SireneSettings | undefined => {
  const url = env.SIRENE_API_URL || 'https://api.insee.fr/api-sirene/3.11/'
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !(parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed.hostname))))
    problems.push('SIRENE_API_URL n’est pas une adresse https')
  return env.SIRENE_API_KEY ? { url: url.replace(/\/?$/, '/'), key: env.SIRENE_API_KEY } : undefined
}

export const mail = (env: Environment, problems: string[]): MailSettings => {
  const from = words(env, 'MAIL_FROM', problems)
  if (from && !/^(?:[^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(from))
    problems.push('MAIL_FROM n’est pas une adresse de courriel : Campagnes coordonnées <ne-pas-repondre@exemple.fr>')
  return { from, smtpUrl: address(env, 'SMTP_URL', ['smtp:', 'smtps:'], problems) }
}

/** Where the demonstration keeps its mails. */
export const mailFolder = (dataDir: string): string => join(dataDir, 'courriels')

export const demonstrationMail = (env: Environment, dataDir: string, problems: string[]): MailSettings =>
  env.SMTP_URL
    ? mail(env, problems)
    : { from: 'Campagnes coordonnées <ne-pas-repondre@campagnes.invalid>', folder: mailFolder(dataDir) }

/** For the command that updates the register. */
export const readSirene = (given: Environment): SireneSettings => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const settings = sirene(env, problems)
  if (!settings) problems.push('SIRENE_API_KEY manque : la clé s’obtient sur portail-api.insee.fr')
  if (problems.length > 0) throw new ConfigurationError(problems)
  return settings!
}

export const origin = (env: Environment, problems: string[]): string => {
  const name =
    env.AUDIT_ORIGIN || (URL.canParse(env.PUBLIC_URL ?? '') ? `${new URL(env.PUBLIC_URL!).hostname}/journal` : '')
  if (name === '')
    problems.push('AUDIT_ORIGIN manque, comme PUBLIC_URL dont il se déduit : il nomme la trace que la clé signe')
  else if (/[\s+]/.test(name) || name.length > 200) problems.push('AUDIT_ORIGIN ne contient ni espace ni « + »')
  return name
}

export const witnessFile = (env: Environment, problems: string[]): string => {
  if (!env.AUDIT_WITNESS_FILE)
    problems.push(
      'AUDIT_WITNESS_FILE manque : le fichier témoin, sur un disque que l’administrateur de la base n’écrit pas',
    )
  return resolve(env.AUDIT_WITNESS_FILE ?? '')
}

export const sealing = (env: Environment, problems: string[]): SealingSettings => ({
  origin: origin(env, problems),
  signingKey: key(env, 'AUDIT_SIGNING_KEY', problems),
  witnessFile: witnessFile(env, problems),
})

export const demonstrationSealing = (dataDir: string): SealingSettings => ({
  origin: 'localhost/journal',
  signingKey: demonstrationKey(dataDir, 'audit-signing-key'),
  witnessFile: join(dataDir, 'audit-witness'),
})

export const readVerifying = (given: Environment): VerifyingSettings => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const dataDir = resolve(env.DATA_DIR || './data')
  const publicKeys = (env.AUDIT_PUBLIC_KEYS ?? '').split(/\s+/).filter(text => text !== '')
  if (modeOf(env) === 'demonstration' && publicKeys.length === 0 && !env.AUDIT_SIGNING_KEY)
    return {
      publicKeys,
      signing: demonstrationSealing(dataDir),
      witnessFile: env.AUDIT_WITNESS_FILE || join(dataDir, 'audit-witness'),
    }
  const signing =
    publicKeys.length > 0
      ? undefined
      : { origin: origin(env, problems), signingKey: key(env, 'AUDIT_SIGNING_KEY', problems) }
  const file = witnessFile(env, problems)
  if (problems.length > 0) throw new ConfigurationError(problems)
  return { publicKeys, signing, witnessFile: file }
}
