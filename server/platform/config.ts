import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { type Limits, limitsOf } from './budgets.ts'
import { type KeyRing, keyRing } from './key-ring.ts'
import { isDay } from './time.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Config {
  /**
   * `demonstration`: embedded database, stand-in and invented data, on loopback only. `production`: everything real, or
   * no start.
   */
  readonly mode: 'demonstration' | 'production'
  readonly host: string
  readonly port: number
  /** Metrics and readiness answer there, without authentication: loopback unless told otherwise. */
  readonly metricsHost: string
  readonly metricsPort: number
  /** Requests a minute, by web process (platform/budgets.ts). */
  readonly limits: Limits
  /** A process whose loop has not turned for so long ends itself, to be started again; 0: never. */
  readonly watchdogSeconds: number
  readonly dataDir: string
  readonly publicUrl: string
  /** To whom a flaw is reported, `mailto:` or `https:`: published in /.well-known/security.txt. */
  readonly securityContact: string
  readonly databaseUrl: string
  /** The role of signing in: a pool of its own. */
  readonly signInDatabaseUrl: string
  /** Empty but for the worker: the web queues its jobs by what it writes, and never sees this address. */
  readonly workerDatabaseUrl: string
  /** Where the web process listens for what moves: direct, or through a pooler in session mode. */
  readonly listenUrl: string
  readonly proconnect: ProConnectSettings
  /** The daily updates of the register; undefined without a key, and in demonstration, whose companies are invented. */
  readonly sirene: SireneSettings | undefined
  /** For the worker, which alone sends: the password of the mail server is not the web's. */
  readonly mail: MailSettings | undefined
  /** Only where it was asked for: the web process does not know the key that signs the trail. */
  readonly sealing: SealingSettings | undefined
  /** Encrypts the secrets of code applications at rest, peppers passwords. */
  readonly keys: KeyRing
  /** Keys the digest of addresses in the trail; derived, so that one secret is kept. */
  readonly originKey: Buffer
  readonly logLevel: string
  readonly trustProxy: boolean | readonly string[]
  readonly otlpEndpoint: string | undefined
  readonly databaseConnections: number
  /** How long what an entry of the trail says in detail is kept; the entry itself stays. */
  readonly trailDetailMonths: number
  /** Beyond which a use is suspect, and the account blocked until a verdict (server/oversight/security/suspicion-rules.ts). */
  readonly watch: {
    readonly personsPerHour: number
    readonly personsPerDay: number
    readonly personsAtNight: number
    readonly exportsPerDay: number
    readonly refusalsPerHour: number
  }
  /**
   * Employers whose persons a partner's accounts may read together in a day, for each of its people; beyond, the CSSI
   * is told.
   */
  readonly watchByPerson: number
  /**
   * Where the trusted proxy says places, and what travel is impossible (server/oversight/security/travel-rules.ts); undefined:
   * travel is not watched.
   */
  readonly travel:
    | {
        readonly headers: readonly [latitude: string, longitude: string]
        readonly kmPerHour: number
        readonly floorKm: number
      }
    | undefined
  /** Secrets that came by the environment, where a file would be read by the service alone; empty in demonstration. */
  readonly secretsInEnvironment: readonly string[]
}
export interface SealingSettings {
  /** Names the trail in its checkpoints: `campagnes.example/journal`. */
  readonly origin: string
  /** 32 bytes: the Ed25519 key that signs checkpoints. */
  readonly signingKey: Buffer
  /** Where the checkpoints are kept, out of the database's reach. */
  readonly witnessFile: string
}
export interface SireneSettings {
  /** With its version; ends with a slash. */
  readonly url: string
  readonly key: string
}
export type MailSettings =
  | {
      readonly from: string /** `smtp:` or `smtps:`, with its user and password. */
      readonly smtpUrl: string
      readonly folder?: undefined
    }
  /** In demonstration without a mail server: what would have left is kept there, one file a mail. */
  | { readonly from: string; readonly smtpUrl?: undefined; readonly folder: string }
export interface ProConnectSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** As registered with ProConnect for id_token and user info. */
  readonly signingAlg: 'RS256' | 'ES256'
  /** Day until which eidas1-mfa (which may be a code by e-mail) counts as two factors; null: never. */
  readonly weakMfaAcceptedUntil: string | null
  /** Accepted acr by identity provider, where it differs from the rule. */
  readonly acceptedAcrByProvider: Readonly<Record<string, readonly string[]>>
}

/** All that is wrong with the settings, at once, in words an operator can act on. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(['La configuration ne permet pas de démarrer :', ...problems.map(p => `  - ${p}`)].join('\n'))
    this.problems = problems
  }
}

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host)
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
const withSecrets = (env: Environment, problems: string[]): Environment => {
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

const integer = (
  env: Environment,
  name: string,
  fallback: number,
  problems: string[],
  min = 1,
  max = 65535,
): number => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    problems.push(`${name} : « ${text} » n’est pas un nombre entre ${min} et ${max}`)
  return value
}
const address = (env: Environment, name: string, protocols: readonly string[], problems: string[]): string => {
  const text = env[name]
  if (!text) {
    problems.push(`${name} manque`)
    return ''
  }
  // The value itself may hold a password: it is never repeated.
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    problems.push(`${name} n’est pas une adresse ${protocols.join(' ou ')}`)
  return text
}
/**
 * A database's address. Elsewhere than on this machine it must say `sslmode=verify-full`: encrypted, to the server that
 * the certificate names. `pg` takes what follows `?` before the host of the address itself, so that is looked at too;
 * without a host it would follow PGHOST.
 */
const databaseAddress = (env: Environment, name: string, problems: string[]): string => {
  const before = problems.length
  const text = address(env, name, ['postgres:', 'postgresql:'], problems)
  if (problems.length > before) return text
  const { hostname, searchParams } = new URL(text)
  const [modes, hosts] = [searchParams.getAll('sslmode'), searchParams.getAll('host')]
  const host = hosts.at(-1) || decodeURIComponent(hostname)
  if (host === '') problems.push(`${name} ne nomme pas de machine`)
  else if (!host.startsWith('/') && !isLoopback(host) && !(modes.length === 1 && modes[0] === 'verify-full'))
    problems.push(
      `${name} doit porter sslmode=verify-full : hors de la machine elle-même, rien ne passe en clair, ni vers un serveur qui n’est pas vérifié`,
    )
  return text
}
/** One line of /.well-known/security.txt: nothing that could begin another. */
const securityContact = (env: Environment, problems: string[]): string => {
  const before = problems.length
  const text = address(env, 'SECURITY_CONTACT', ['mailto:', 'https:'], problems)
  if (problems.length === before && !/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(text))
    problems.push('SECURITY_CONTACT s’écrit mailto:securite@exemple.fr ou https://exemple.fr/signaler')
  return text
}
const words = (env: Environment, name: string, problems: string[]): string => {
  if (!env[name]) problems.push(`${name} manque`)
  return env[name] ?? ''
}
/** `2:base64 1:base64`: each with its number, the one that writes first. ENCRYPTION_KEY alone is number 1. */
const encryptionKeys = (env: Environment, problems: string[]): KeyRing => {
  const none = keyRing(new Map([[1, Buffer.alloc(32)]])) // with a problem: nothing starts on it
  if (!env.ENCRYPTION_KEYS) {
    const only = key(env, 'ENCRYPTION_KEY', problems)
    return only.length === 32 ? keyRing(new Map([[1, only]])) : none
  }
  if (env.ENCRYPTION_KEY)
    problems.push(
      'ENCRYPTION_KEY et ENCRYPTION_KEYS sont donnés ensemble : gardez ENCRYPTION_KEYS, où la clé d’avant porte le numéro 1',
    )
  const keys = new Map<number, Buffer>()
  for (const one of env.ENCRYPTION_KEYS.split(/[\s,]+/).filter(text => text !== '')) {
    const [, number, base64] = /^([1-9]\d{0,4}):([A-Za-z0-9+/]{43}=)$/.exec(one) ?? []
    if (!number || Number(number) > 65_535)
      problems.push(
        'ENCRYPTION_KEYS est une liste « numéro:clé », de 1 à 65535, chaque clé faisant 32 octets en base64 ; la première écrit',
      )
    else if (keys.has(Number(number))) problems.push(`ENCRYPTION_KEYS donne deux fois le numéro ${number}`)
    else keys.set(Number(number), Buffer.from(base64!, 'base64'))
  }
  if (keys.size === 0 && problems.length === 0) problems.push('ENCRYPTION_KEYS manque')
  return keys.size > 0 ? keyRing(keys) : none
}
/** For the command that changes keys. */
export const readKeys = (given: Environment): KeyRing => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const keys =
    modeOf(env) === 'demonstration' && !env.ENCRYPTION_KEY && !env.ENCRYPTION_KEYS
      ? demonstrationKeys(resolve(env.DATA_DIR || './data'))
      : encryptionKeys(env, problems)
  if (problems.length > 0) throw new ConfigurationError(problems)
  return keys
}
const key = (env: Environment, name: 'ENCRYPTION_KEY' | 'AUDIT_SIGNING_KEY', problems: string[]): Buffer => {
  const bytes = Buffer.from(env[name] ?? '', 'base64')
  if (!env[name]) problems.push(`${name} manque (32 octets en base64 : openssl rand -base64 32)`)
  else if (bytes.length !== 32) problems.push(`${name} ne fait pas 32 octets en base64`)
  return bytes
}
const acrByProvider = (env: Environment, problems: string[]): Record<string, string[]> => {
  if (!env.PROCONNECT_MFA_BY_IDP) return {}
  try {
    const parsed: unknown = JSON.parse(env.PROCONNECT_MFA_BY_IDP)
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      Object.values(parsed).every(v => Array.isArray(v) && v.every(a => typeof a === 'string'))
    )
      return parsed as Record<string, string[]>
  } catch {
    /* said below */
  }
  problems.push('PROCONNECT_MFA_BY_IDP n’est pas un objet JSON { "idp_id": ["acr", …] }')
  return {}
}

const sirene = (env: Environment, problems: string[]): SireneSettings | undefined => {
  const url = env.SIRENE_API_URL || 'https://api.insee.fr/api-sirene/3.11/'
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !(parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed.hostname))))
    problems.push('SIRENE_API_URL n’est pas une adresse https')
  return env.SIRENE_API_KEY ? { url: url.replace(/\/?$/, '/'), key: env.SIRENE_API_KEY } : undefined
}
const mail = (env: Environment, problems: string[]): MailSettings => {
  const from = words(env, 'MAIL_FROM', problems)
  if (from && !/^(?:[^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(from))
    problems.push('MAIL_FROM n’est pas une adresse de courriel : Campagnes coordonnées <ne-pas-repondre@exemple.fr>')
  return { from, smtpUrl: address(env, 'SMTP_URL', ['smtp:', 'smtps:'], problems) }
}
const proxies = (env: Environment, problems: string[]): boolean | readonly string[] => {
  const text = env.TRUST_PROXY ?? ''
  if (['', 'true', 'false'].includes(text)) return text === 'true'
  const addresses = text.split(/[\s,]+/).filter(one => one !== '')
  if (addresses.length === 0 || !addresses.every(isNetwork))
    problems.push('TRUST_PROXY vaut true, false, ou les adresses des relais : 10.0.0.5, 10.1.0.0/16')
  return addresses
}
/** The whole Internet is none: `true` says it openly, and rules what may be built on it. */
const isNetwork = (text: string): boolean => {
  const [address, bits, ...more] = text.split('/')
  const version = isIP(address!)
  return (
    version > 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)))
  )
}
const travel = (env: Environment, trusted: boolean | readonly string[], problems: string[]): Config['travel'] => {
  // At 850 km/h the whole Earth is within a day, for which places are kept.
  const [kmPerHour, floorKm] = [
    integer(env, 'WATCH_TRAVEL_KMH', 900, problems, 850, 20_000),
    integer(env, 'WATCH_TRAVEL_FLOOR_KM', 1_500, problems, 200, 20_000),
  ]
  const names = (env.WATCH_PLACE_HEADERS ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(name => name !== '')
  if (names.length === 0) return undefined
  if (names.length !== 2 || names[0] === names[1] || !names.every(name => /^[a-z0-9-]+$/.test(name)))
    problems.push('WATCH_PLACE_HEADERS nomme deux en-têtes : celui de la latitude, puis celui de la longitude')
  if (typeof trusted === 'boolean')
    problems.push(
      'WATCH_PLACE_HEADERS demande que TRUST_PROXY donne les adresses des relais : sans elles, n’importe qui dirait d’où il vient',
    )
  return { headers: [names[0]!, names[1] ?? ''], kmPerHour, floorKm }
}
const limits = (env: Environment, problems: string[]): Limits => {
  const usual = limitsOf(integer(env, 'LIMIT_SESSION', 1_200, problems, 60, 1_000_000))
  return {
    session: usual.session,
    address: integer(env, 'LIMIT_ADDRESS', usual.address, problems, 60, 10_000_000),
    stranger: integer(env, 'LIMIT_STRANGERS', usual.stranger, problems, 30, 1_000_000),
    signIn: integer(env, 'LIMIT_SIGN_IN', usual.signIn, problems, 10, 1_000_000),
  }
}
/** Where the demonstration keeps its mails. */
export const mailFolder = (dataDir: string): string => join(dataDir, 'courriels')
const demonstrationMail = (env: Environment, dataDir: string, problems: string[]): MailSettings =>
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

const origin = (env: Environment, problems: string[]): string => {
  const name =
    env.AUDIT_ORIGIN || (URL.canParse(env.PUBLIC_URL ?? '') ? `${new URL(env.PUBLIC_URL!).hostname}/journal` : '')
  if (name === '')
    problems.push('AUDIT_ORIGIN manque, comme PUBLIC_URL dont il se déduit : il nomme la trace que la clé signe')
  else if (/[\s+]/.test(name) || name.length > 200) problems.push('AUDIT_ORIGIN ne contient ni espace ni « + »')
  return name
}
const witnessFile = (env: Environment, problems: string[]): string => {
  if (!env.AUDIT_WITNESS_FILE)
    problems.push(
      'AUDIT_WITNESS_FILE manque : le fichier témoin, sur un disque que l’administrateur de la base n’écrit pas',
    )
  return resolve(env.AUDIT_WITNESS_FILE ?? '')
}
const sealing = (env: Environment, problems: string[]): SealingSettings => ({
  origin: origin(env, problems),
  signingKey: key(env, 'AUDIT_SIGNING_KEY', problems),
  witnessFile: witnessFile(env, problems),
})
const demonstrationSealing = (dataDir: string): SealingSettings => ({
  origin: 'localhost/journal',
  signingKey: demonstrationKey(dataDir, 'audit-signing-key'),
  witnessFile: join(dataDir, 'audit-witness'),
})

/**
 * What the verification of the trail needs: the public keys (of today and of before a change), never the one that signs
 * where they are given.
 */
export interface VerifyingSettings {
  readonly publicKeys: readonly string[]
  readonly signing: Pick<SealingSettings, 'origin' | 'signingKey'> | undefined
  readonly witnessFile: string
}
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

/**
 * Reads the settings; what the launcher made in demonstration comes with them. Throws ConfigurationError with every
 * problem. `sealing`: for the worker, which seals the trail and sends the mails, and alone is given its database's
 * address, the key and the mail server. `web: false`: for the worker alone, which needs none of what opens sessions.
 */
export const readConfig = (
  given: Environment,
  { sealing: seals = false, web = true }: { readonly sealing?: boolean; readonly web?: boolean } = {},
): Config => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const mode = modeOf(env)
  const dataDir = resolve(env.DATA_DIR || './data')
  const host = env.HOST || '127.0.0.1'
  const port = integer(env, 'PORT', 3000, problems)
  const weak = env.WEAK_MFA_ACCEPTED_UNTIL || null
  if (weak !== null && !isDay(weak)) problems.push('WEAK_MFA_ACCEPTED_UNTIL n’est pas un jour AAAA-MM-JJ')
  const trustProxy = proxies(env, problems)
  const common = {
    mode,
    host,
    port,
    dataDir,
    limits: limits(env, problems),
    watchdogSeconds: integer(env, 'WATCHDOG_SECONDS', 20, problems, 0, 600),
    metricsHost: env.METRICS_HOST || '127.0.0.1',
    metricsPort: integer(env, 'METRICS_PORT', port + 1, problems),
    logLevel: env.LOG_LEVEL || (mode === 'production' ? 'info' : 'warn'),
    trustProxy,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined,
    databaseConnections: integer(env, 'DATABASE_CONNECTIONS', 10, problems, 1, 500),
    travel: travel(env, trustProxy, problems),
    trailDetailMonths: integer(env, 'TRAIL_DETAIL_MONTHS', 12, problems, 6, 120),
    watchByPerson: integer(env, 'WATCH_PERSONS_PER_DAY_BY_STRUCTURE', 60, problems, 1, 10_000),
    watch: {
      personsPerHour: integer(env, 'WATCH_PERSONS_PER_HOUR', 300, problems, 10, 100_000),
      personsPerDay: integer(env, 'WATCH_PERSONS_PER_DAY', 800, problems, 10, 100_000),
      personsAtNight: integer(env, 'WATCH_PERSONS_AT_NIGHT', 60, problems, 1, 100_000),
      exportsPerDay: integer(env, 'WATCH_EXPORTS_PER_DAY', 40, problems, 1, 100_000),
      refusalsPerHour: integer(env, 'WATCH_REFUSALS_PER_HOUR', 30, problems, 1, 100_000),
    },
  }
  if (common.metricsPort === port && env.METRICS_PORT)
    problems.push('METRICS_PORT et PORT sont le même : les mesures ont leur propre adresse')
  if (!['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(common.logLevel))
    problems.push(`LOG_LEVEL : « ${common.logLevel} » n’est pas fatal, error, warn, info, debug, trace ou silent`)
  if (common.otlpEndpoint && !/^https?:/.test(common.otlpEndpoint))
    problems.push('OTEL_EXPORTER_OTLP_ENDPOINT n’est pas une adresse http: ou https:')
  const acceptedAcrByProvider = acrByProvider(env, problems)
  const signingAlg = env.PROCONNECT_SIGNING_ALG || (mode === 'demonstration' ? 'RS256' : 'ES256')
  if (signingAlg !== 'RS256' && signingAlg !== 'ES256')
    problems.push('PROCONNECT_SIGNING_ALG vaut ES256 ou RS256, comme déclaré auprès de ProConnect')

  if (mode === 'demonstration') {
    const kept = seals ? demonstrationMail(env, dataDir, problems) : undefined
    if (problems.length > 0) throw new ConfigurationError(problems)
    const made = launched(env)
    const keys = demonstrationKeys(dataDir)
    return {
      ...common,
      securityContact: env.SECURITY_CONTACT ? securityContact(env, problems) : 'mailto:securite@campagnes.example',
      sirene: undefined,
      sealing: seals ? demonstrationSealing(dataDir) : undefined,
      mail: kept,
      publicUrl: `http://localhost:${port}`,
      databaseUrl: made.databaseUrl,
      signInDatabaseUrl: made.signInDatabaseUrl,
      listenUrl: made.databaseUrl,
      workerDatabaseUrl: seals ? made.workerDatabaseUrl : '',
      keys,
      originKey: keys.derived('origin'),
      secretsInEnvironment: [],
      proconnect: {
        issuer: made.standInIssuer,
        clientId: 'campagnes-coordonnees',
        clientSecret: made.standInSecret,
        signingAlg: 'RS256',
        weakMfaAcceptedUntil: weak,
        acceptedAcrByProvider,
      },
    }
  }
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
      signingAlg: signingAlg as 'RS256' | 'ES256',
      weakMfaAcceptedUntil: weak,
      acceptedAcrByProvider,
    },
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return config
}

/** The owner's address, for migrations and the command line only: the web and the worker never see it. */
export const ownerUrl = (given: Environment): string | undefined => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const url = env.DATABASE_OWNER_URL ? databaseAddress(env, 'DATABASE_OWNER_URL', problems) : undefined
  if (problems.length > 0) throw new ConfigurationError(problems)
  return url
}

/** The worker alone neither opens sessions nor reads addresses: its keys are nobody's. */
const unused = keyRing(new Map([[1, randomBytes(32)]]))
const demonstrationKeys = (dataDir: string): KeyRing => keyRing(new Map([[1, demonstrationKey(dataDir)]]))

/** What each process must not be given, when the launcher starts it with the settings it was given itself. */
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

/** What the launcher hands to the processes it starts. */
const launched = (env: Environment) => ({
  databaseUrl: env.LAUNCHED_DATABASE_URL ?? '',
  signInDatabaseUrl: env.LAUNCHED_SIGN_IN_URL ?? '',
  workerDatabaseUrl: env.LAUNCHED_WORKER_URL ?? '',
  standInIssuer: env.LAUNCHED_STAND_IN ?? '',
  standInSecret: env.LAUNCHED_STAND_IN_SECRET ?? '',
})

/** Kept beside the data it encrypts: good for a demonstration, and for nothing else. */
const demonstrationKey = (dataDir: string, name = 'encryption-key'): Buffer => {
  const file = join(dataDir, name)
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
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
