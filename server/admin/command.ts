import type { Db } from '../platform/database.ts'

/** The operator at the keyboard, as the trail keeps them. */
export interface Act {
  readonly actorId: null
  readonly origin: string
  readonly requestId: string
}
/**
 * What a command does, in a transaction of the owner; it answers what is said to the operator. `ifUndone`: what takes
 * back what it did outside the database, run when that transaction is not known to be committed.
 */
export type Command = (db: Db, args: string[], act: Act, ifUndone: (undo: () => void) => void) => Promise<string>

/** A command given wrongly: its usage is shown again. */
export class Misuse extends Error {}
