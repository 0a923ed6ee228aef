import { Refused } from './errors.ts'

/**
 * Requests a minute, in one web process. Each process counts for itself: with two, a client that meets both has
 * twice as much.
 */
export interface Limits {
  /** One session, once it is known. */
  readonly session: number
  /** All known sessions of one address: an agency goes out by one, and works through it. */
  readonly address: number
  /** All that one address asks without a known session. */
  readonly stranger: number
  /** All that one address asks under `/auth`, signed in or not. */
  readonly signIn: number
}

/** A person at work asks some sixty a minute. A sign-in takes four, two of them under `/auth`. */
export const limitsOf = (session: number): Limits => ({
  session,
  address: session * 20,
  stranger: Math.ceil(session / 2),
  signIn: Math.ceil(session / 4),
})

export interface Budget {
  /** Throws request/too-many when this key has spent its share of the window. */
  take(key: string): void
  /** The same, answered and not thrown. */
  takes(key: string): boolean
  giveBack(key: string): void
}

/**
 * So many a window for each key. Past `most` keys the newcomers of the window share one, so that memory stays
 * bounded.
 */
export const budget = (
  max: number,
  { windowMs = 60_000, most = 100_000, now = () => performance.now() } = {},
): Budget => {
  let spent = new Map<string, number>()
  let ends = 0
  const slot = (key: string) => {
    if (now() >= ends) {
      spent = new Map()
      ends = now() + windowMs
    }
    return spent.size < most || spent.has(key) ? key : ''
  }
  const takes = (asked: string) => {
    const key = slot(asked)
    const count = spent.get(key) ?? 0
    if (count < max) spent.set(key, count + 1)
    return count < max
  }
  return {
    takes,
    take: key => {
      if (!takes(key)) throw new Refused('request/too-many', { retryAfterSeconds: Math.ceil((ends - now()) / 1000) })
    },
    giveBack: asked => {
      const key = slot(asked)
      spent.set(key, Math.max(0, (spent.get(key) ?? 0) - 1))
    },
  }
}
