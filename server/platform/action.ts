import type { RefusalCode } from '../../contract/refusals.ts'
import type { Body, Params, Query, Reply, Route } from '../../contract/route.ts'
import type { Db } from './database.ts'
import type { Refused } from './errors.ts'
import type { Viewer } from './viewer.ts'

/** What the process was told when it started. Each room that needs some declares its part (`declare module`). */
export interface Settings {
  /** The one clock of the process: requests, streams, downloads and what is recorded beside them. */
  readonly clock: () => Date
}

export interface ReadContext {
  readonly db: Db
  readonly now: Date
  /** The day of `now` in Europe/Paris. */
  readonly today: string
  readonly newId: () => string
  readonly settings: Settings
  readonly request: {
    readonly id: string
    /** A keyed digest of the caller's address, for the trail. */
    readonly origin: string
    /** Browser and system in words. */
    readonly device: string
    /** sha256 of the session token this request came with. */
    readonly tokenHash: Buffer
  }
}
export interface Context extends ReadContext {
  readonly viewer: Viewer
}
export interface Input<R> {
  readonly params: Params<R>
  readonly query: Query<R>
  readonly body: Body<R>
  /** The version the caller read; always there on a versioned PUT. */
  readonly ifMatch: number | undefined
}

/** `true`, or the code of the reason given to the person who is refused. */
export type Verdict = true | RefusalCode

export interface Entry {
  /** `campaign.opened`: what happened, in the past. */
  readonly action: string
  readonly subject: readonly [kind: string, id: string]
  /** Before and after, and whatever an auditor will ask; kept apart, erasable. */
  readonly detail?: unknown
}

/** A write says what it did; the platform stores it in the same transaction. No trail, no write. */
export interface Done<T> {
  readonly reply: T
  readonly audit: readonly [Entry, ...Entry[]]
  /** A rotated session token for the cookie, or `null` to clear it. */
  readonly sessionToken?: string | null
  /** The writes stay and the person is refused: a wrong code is counted, and in the trail. */
  readonly refusal?: Refused
}

type Outcome<R> = R extends { method: 'GET' } | { noAct: true } ? Reply<R> : Done<Reply<R>>

export interface Action<R extends Route = Route, Subject = any> {
  readonly route: R
  /**
   * Reads, and takes the locks, in a fixed order. Has no viewer: row-level security chooses the rows, so that the whole
   * read goes in one batch.
   */
  load(input: Input<R>, context: ReadContext): Promise<Subject>
  may(viewer: Viewer, subject: Subject, input: Input<R>): Verdict
  run(subject: Subject, input: Input<R>, context: Context): Promise<Outcome<R>>
}

export const action = <const R extends Route, Subject>(
  route: R,
  parts: Omit<Action<R, Subject>, 'route'>,
): Action<R, Subject> => ({ route, ...parts })
