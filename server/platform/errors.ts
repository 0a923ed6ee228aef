import { type RefusalCode, refusals, type ShowingRefusal } from '../../contract/refusals.ts'
import type { Route } from '../../contract/route.ts'
import type { Input } from './action.ts'
import type { Viewer } from './viewer.ts'

export interface RefusalFacts {
  /** What the person who lost the race should see: the thing as it now stands (412). */
  readonly current?: unknown
  /** Figures that explain the refusal; never personal data. */
  readonly facts?: unknown
  readonly retryAfterSeconds?: number
}

/** Everything the service refuses on purpose. Anything else that is thrown is a bug and answers 500 without detail. */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly facts: RefusalFacts
  /** To whom it was said, once their session is known. */
  viewer?: Viewer
  /** What they had asked, where an action refused it. */
  asked?: { readonly route: Route; readonly input: Input<Route> }
  constructor(code: ShowingRefusal, facts: RefusalFacts)
  constructor(code: RefusalCode, facts?: Omit<RefusalFacts, 'current'>)
  constructor(code: RefusalCode, facts: RefusalFacts = {}) {
    super(code)
    this.code = code
    this.facts = facts
  }
  get status() {
    return refusals[this.code].status
  }
}

/** Says whom a refusal was given to, and what they had asked, on its way out of their transaction. */
export const refusedTo = (viewer: Viewer | null, error: unknown, asked?: Refused['asked']): unknown => {
  if (viewer && error instanceof Refused) Object.assign(error, { viewer, ...(asked ? { asked } : {}) })
  return error
}

/** Two at once: the second meets the constraint that its check could not see yet. It is refused as by that check. */
export const refusedBy =
  (constraint: string, code: RefusalCode) =>
  (error: unknown): never => {
    throw (error as { constraint?: string } | null)?.constraint === constraint ? new Refused(code) : error
  }

/** The subject, or 404: what is invisible answers the same as what does not exist. */
export const found = <T>(subject: T | undefined | null): T => {
  if (subject === undefined || subject === null) throw new Refused('not-found')
  return subject
}
