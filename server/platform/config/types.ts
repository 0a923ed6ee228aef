import type { Limits } from '../budgets.ts'
import type { KeyRing } from '../key-ring.ts'

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
  /** The worker's own: both services read the same settings. */
  readonly workerMetricsPort: number
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
  /** The antivirus that reads what people send, `tcp:` or `unix:` (protocol of clamd); undefined: none does. */
  readonly clamdAddress: string | undefined
  readonly databaseConnections: number
  /** How many days before it takes effect a text, or a version of annex 4, is announced by mail. */
  readonly announcedDaysBefore: number
  /** After how many days account managers designated and unable to act are told to both sides, and to the region. */
  readonly rgcGateDays: number
  /** How many days after its last one a campaign closes by itself. */
  readonly campaignClosesAfterDays: number
  /** After how many days without anything done a target is recalled, where its campaign sets none. */
  readonly recalls: { readonly ownerDays: number; readonly leadDays: number; readonly pilotDays: number }
  /** The same of a need. */
  readonly needRecalls: Config['recalls']
  /** How long what an entry of the trail says in detail is kept; the entry itself stays. */
  readonly trailDetailMonths: number
  /** How long the lines of hiring declarations are kept after the month of the hire; their counts stay. */
  readonly hiringLineMonths: number
  /** Beyond which a use is suspect, and the account blocked until a verdict (server/oversight/security/suspicion-rules.ts). */
  readonly watch: {
    readonly personsPerHour: number
    readonly personsPerDay: number
    readonly personsAtNight: number
    readonly exportsPerDay: number
    /** Of a security officer, a regional direction or an administrator; never less than everyone's. */
    readonly exportsPerDayOfOverseers: number
    readonly refusalsPerHour: number
  }
  /**
   * Daily budget of a partner, for each of its people: employers whose persons its accounts read. Beyond, the CSSI is
   * told.
   */
  readonly watchByPerson: number
  /** Accounts that one person opens in a week. Beyond, the CSSI is told. */
  readonly watchOpenings: number
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

/**
 * What the verification of the trail needs: the public keys (of today and of before a change), never the one that signs
 * where they are given.
 */
export interface VerifyingSettings {
  readonly publicKeys: readonly string[]
  readonly signing: Pick<SealingSettings, 'origin' | 'signingKey'> | undefined
  readonly witnessFile: string
}
