import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './types.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** All that is wrong with the settings, at once, in words an operator can act on. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(['La configuration ne permet pas de démarrer :', ...problems.map(p => `  - ${p}`)].join('\n'))
    this.problems = problems
  }
}

export const isLoopback = (host: string) => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host)
const realSettings = [
  'DATABASE_URL',
  'DATABASE_SIGN_IN_URL',
  'DATABASE_OWNER_URL',
  'DATABASE_WORKER_URL',
  'PUBLIC_URL',
  'PROCONNECT_ISSUER',
  'PROCONNECT_CLIENT_ID',
  'PROCONNECT_CLIENT_SECRET',
] as const

/**
 * Settings that are secrets. Each may come by a file: `$CREDENTIALS_DIRECTORY/NAME` (systemd), or the one that
 * `NAME_FILE` names.
 */
export const secretSettings = [
  'DATABASE_URL',
  'DATABASE_SIGN_IN_URL',
  'DATABASE_LISTEN_URL',
  'DATABASE_WORKER_URL',
  'DATABASE_OWNER_URL',
  'PROCONNECT_CLIENT_SECRET',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEYS',
  'AUDIT_SIGNING_KEY',
  'SMTP_URL',
  'SIRENE_API_KEY',
] as const

/** The settings, with what files hold of them. One secret has one place: given twice, it is a problem. */
export const withSecrets = (env: Environment, problems: string[]): Environment => {
  const folder = env.CREDENTIALS_DIRECTORY
  const found = secretSettings.flatMap((name): (readonly [string, string])[] => {
    const files = [
      ...(env[`${name}_FILE`] ? [env[`${name}_FILE`]!] : []),
      ...(folder && existsSync(join(folder, name)) ? [join(folder, name)] : []),
    ]
    if (files.length === 0) return []
    if (files.length + (env[name] ? 1 : 0) > 1)
      problems.push(`${name} est donné à plusieurs endroits : gardez un fichier, ou l’environnement`)
    try {
      return [[name, readFileSync(files[0]!, 'utf8').trim()]]
    } catch {
      problems.push(`${name}_FILE : le fichier ne peut être lu`)
      return []
    }
  })
  return found.length === 0 ? env : { ...env, ...Object.fromEntries(found) }
}

/** Demonstration only when nothing real is set and the address is loopback: any real setting asks for all of them. */
export const modeOf = (given: Environment): Config['mode'] => {
  const env = withSecrets(given, [])
  return !realSettings.some(name => env[name] || env[`${name}_FILE`]) && isLoopback(env.HOST ?? '127.0.0.1')
    ? 'demonstration'
    : 'production'
}

/** Settings that the launcher withholds from each process it starts. */
const notFor = {
  web: ['DATABASE_OWNER_URL', 'DATABASE_WORKER_URL', 'AUDIT_SIGNING_KEY', 'SMTP_URL', 'SIRENE_API_KEY'],
  worker: [
    'DATABASE_OWNER_URL',
    'DATABASE_URL',
    'DATABASE_SIGN_IN_URL',
    'DATABASE_LISTEN_URL',
    'PROCONNECT_CLIENT_SECRET',
    'ENCRYPTION_KEY',
    'ENCRYPTION_KEYS',
  ],
  other: secretSettings,
} as const

/** The settings of a process that the launcher starts, without the secrets of the others. */
export const settingsOf = (
  process: keyof typeof notFor,
  given: Environment,
  settings: Readonly<Record<string, string>>,
): Environment => ({
  ...Object.fromEntries(
    Object.entries(given).filter(
      ([name]) => !notFor[process].some(secret => name === secret || name === `${secret}_FILE`),
    ),
  ),
  ...settings,
})
