import type { Route } from '../../contract/route.ts'
import type { Database, Transaction } from './database.ts'
import { gate } from './envelope.ts'
import { refusedTo } from './errors.ts'
import type { Viewer } from './viewer.ts'

/**
 * One transaction under a person's rights of that moment, for downloads and streams: they do not fit `load → may →
 * run`.
 * `route` is the one whose needs hold here too. Throws the refusals of the gate.
 */
export const withinRights = async <T>(
  database: Database,
  tokenHash: Buffer,
  route: Route,
  now: Date,
  work: (tx: Transaction, viewer: Viewer) => Promise<T>,
): Promise<T> => {
  let who: Viewer | null = null
  try {
    return await database.transaction(async tx => {
      who = await tx.enter(tokenHash)
      return work(tx, gate(route, who, now))
    })
  } catch (error) {
    throw refusedTo(who, error)
  }
}
