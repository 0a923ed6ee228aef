import type { FastifyInstance } from 'fastify'
import type { RefusalCode } from '../../../contract/refusals.ts'
import type { Route } from '../../../contract/route.ts'
import type { Action, Input, Settings } from '../action.ts'
import type { Limits } from '../budgets.ts'
import type { Database } from '../database.ts'
import type { KnownSessions } from '../known-sessions.ts'
import type { Place, PlaceHeaders } from '../place.ts'
import type { Viewer } from '../viewer.ts'

export interface ServerOptions {
  readonly database: Database
  readonly actions: readonly Action[]
  /** `https://…` in production; decides the cookie's name and the accepted Origin. */
  readonly publicUrl: string
  /** Keys the digest of addresses in the trail. */
  readonly originKey: Buffer
  /** What actions were told when the process started; none of the rooms served needs any without it. */
  readonly settings?: Partial<Settings>
  readonly logLevel?: string
  /** Where the log goes, one JSON object a line; the standard output by default. */
  readonly logTo?: { write(line: string): void }
  /** True, or the addresses of the proxies that are believed when they say whom they ask for. */
  readonly trustProxy?: boolean | readonly string[]
  /** Where the trusted proxy says places; without it, none is known. */
  readonly placeHeaders?: PlaceHeaders | undefined
  /** What one session may ask; the other limits follow from it. */
  readonly requestsPerMinute?: number
  readonly limits?: Limits
  /** False where the program itself keeps the loop busy (seeds, tests): nobody is to be sent away. */
  readonly shedLoad?: boolean
  /** Told after each action that was answered: what usage figures count. */
  /** The digest of the token says in whose session. */
  readonly onAnswered?: (viewer: Viewer, route: Route, tokenHash: Buffer) => void
  /**
   * Told of each reply that tells of persons (`revealsPersons`), of employers (`readsEmployer`) or of the trail
   * (`readsTrail`), pages fetched ahead included; and of each refusal that shows what stands (`refusalReveals`).
   */
  readonly onRevealed?: (reading: Reading) => void
  /** Told of each refusal to someone whose session is known. */
  readonly onRefused?: (refusal: Refusal) => void
  /** Told of each sign-in and deliberate act whose place is known. */
  readonly onPlaced?: (act: PlacedAct) => void
  /** The named exceptions to `load → may → run`: sign-in redirects, health, pages (server/platform/exceptions.ts). */
  readonly exceptions?: readonly ((server: FastifyInstance) => void | Promise<void>)[]
}

/** Where something was read, refused or done: the digest of the token says in whose session. */
export interface OfRequest {
  readonly id: string
  readonly origin: string
  readonly tokenHash: Buffer
}

export interface Reading {
  readonly viewer: Viewer
  readonly route: Route
  readonly input: Input<Route>
  /** What was shown: a reply, or what stands where the act was refused. */
  readonly reply: unknown
  readonly refused?: true
  readonly request: OfRequest
}

export interface Refusal {
  readonly sessionId: string
  readonly code: RefusalCode
  /** `GET /api/campaigns/:campaignId`. */
  readonly route: string
  readonly params: unknown
  readonly request: OfRequest
}

export interface PlacedAct {
  readonly tokenHash: Buffer
  readonly place: Place
}

/** The options of a running server, with what follows from them. */
export interface Serving extends ServerOptions {
  readonly settings: Settings
  /** Whether it is reached by https: cookies and headers follow. */
  readonly secure: boolean
  readonly known: KnownSessions
}
