import { sql } from 'kysely'
import { type Database, isConnectionLoss, isLockTimeout } from './database.ts'
import { Refused } from './errors.ts'

export interface KnownSessions {
  /** Whether `ctx.enter` lately answered for it; each use asks it again, and keeps it. */
  knows(tokenHash: Buffer): boolean
  keep(tokenHash: Buffer): void
  forget(tokenHash: Buffer): void
}

/** Digests of session tokens that the database answered for lately: they open nothing, and only spare one look. */
export const knownSessions = ({
  keptMs = 300_000,
  most = 50_000,
  now = () => performance.now(),
} = {}): KnownSessions => {
  const until = new Map<string, number>() // in the order of their last use
  const key = (tokenHash: Buffer) => tokenHash.toString('latin1')
  const keep = (tokenHash: Buffer) => {
    until.delete(key(tokenHash))
    until.set(key(tokenHash), now() + keptMs)
    if (until.size > most) until.delete(until.keys().next().value!)
  }
  return {
    knows: tokenHash => {
      const known = (until.get(key(tokenHash)) ?? 0) > now()
      if (known) keep(tokenHash)
      return known
    },
    keep,
    forget: tokenHash => {
      until.delete(key(tokenHash))
    },
  }
}

/**
 * One look at the session alone, before anything dear is asked in its name. Its rights are read again with what it
 * asks.
 */
export const isSession = async (database: Database, tokenHash: Buffer): Promise<boolean> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await database.first<{ known: boolean }>(sql`select ctx.enter(${tokenHash}) is not null as known`))!.known
    } catch (error) {
      if (isConnectionLoss(error) && attempt < 4) continue
      if (isConnectionLoss(error)) throw new Refused('service/unavailable', { retryAfterSeconds: 2 })
      if (isLockTimeout(error)) throw new Refused('service/overloaded', { retryAfterSeconds: 2 })
      throw error
    }
  }
}
