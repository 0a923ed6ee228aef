import { sql } from 'kysely'
import pg from 'pg'
import { isConnectionLoss } from './database/failures.ts'
import { type DatabaseOptions, openPool } from './database/pool.ts'
import { asked, type Db, dbOver, over } from './database/sending.ts'
import { type Transaction, transactionOn } from './database/transaction.ts'

export { isConnectionLoss, isLockTimeout, isRace } from './database/failures.ts'
export type { DatabaseOptions } from './database/pool.ts'
export { type AnsweredStatement, type Compiles, camelName, type Db, dbOver, k } from './database/sending.ts'
export type { Transaction } from './database/transaction.ts'

export interface Database extends Db {
  begin(): Promise<Transaction>
  /** All of it or nothing: committed when `work` answers, rolled back when it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Keeps an active session awake: a person is there. */
  touch(tokenHash: Buffer): Promise<void>
  /** Notes a deliberate act of the person in this session. */
  act(tokenHash: Buffer): Promise<void>
  readonly waiting: () => number
  close(): Promise<void>
}

/** Opens the application's pool. `url` is the application role's: it owns nothing and bypasses nothing. */
export const openDatabase = (url: string, options: DatabaseOptions = {}): Database => {
  const pool = openPool(url, options)
  const once = async <T>(work: (db: Db) => Promise<T>) => {
    const client = await pool.connect()
    let broken: unknown
    try {
      return await work(over(client))
    } catch (error) {
      broken = isConnectionLoss(error) ? error : undefined
      throw error
    } finally {
      client.release(broken !== undefined)
    }
  }

  const begin = async (): Promise<Transaction> => transactionOn(await pool.connect())

  return {
    all: query => {
      asked.publish(query) // the caller is no longer known once a connection was waited for
      return once(db => db.all(query))
    },
    first: query => {
      asked.publish(query)
      return once(db => db.first(query))
    },
    run: query => once(db => db.run(query)),
    act: async tokenHash => {
      await once(db => db.run(sql`select ctx.act(${tokenHash})`))
    },
    touch: async tokenHash => {
      await once(db => db.run(sql`select ctx.touch(${tokenHash})`))
    },
    waiting: pool.waiting,
    close: pool.close,
    begin,
    transaction: async work => {
      const tx = await begin()
      try {
        const done = await work(tx)
        await tx.commit()
        return done
      } catch (error) {
        await tx.rollback()
        throw error
      }
    },
  }
}

/** For the command line, as the owner: one connection, one transaction, all or nothing. */
export const ownerTransaction = async <T>(ownerUrl: string, work: (db: Db) => Promise<T>): Promise<T> => {
  const client = new pg.Client({
    connectionString: ownerUrl,
    lock_timeout: 10_000,
    application_name: 'campagnes-admin',
  })
  await client.connect()
  try {
    await client.query('begin')
    const result = await work(dbOver(client))
    await client.query('commit')
    return result
  } finally {
    await client.end() // an open transaction ends with its connection
  }
}
