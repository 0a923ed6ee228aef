import type { Route } from '../../../contract/route.ts'
import type { Viewer } from '../viewer.ts'
import { isConnectionLoss } from './failures.ts'
import { type Db, type Lent, over } from './sending.ts'

/** One transaction on one connection. Everything sent before it is awaited travels in one pipelined batch. */
export interface Transaction extends Db {
  /**
   * Opens the rights context from the hash of a session token; null when there is no such session. Whoever lacks what
   * is needed has nothing run of what follows in the batch.
   */
  enter(tokenHash: Buffer, needs?: Route['needs']): Promise<Viewer | null>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** Of a batch that fails, the first failure is told: whoever waits for the others no more leaves nothing unheard. */
const heard = <T>(send: () => Promise<T>): Promise<T> => {
  const answer = send()
  answer.catch(() => {})
  return answer
}

/** A transaction on a connection that was lent; its end gives the connection back. */
export const transactionOn = (client: Lent): Transaction => {
  let state: 'waiting' | 'begun' | 'ended' = 'waiting'
  // BEGIN leaves with the first statement: an instant taken before that one is never later than the transaction's
  // own.
  const started = () => {
    if (state === 'ended') throw new Error('the transaction is over, and its connection another’s')
    if (state === 'begun') return client
    state = 'begun'
    client.query({ text: 'begin' }).catch(() => {}) // what follows in the batch reports it
    return client
  }
  const end = async (command: 'commit' | 'rollback') => {
    if (state === 'ended') return
    const nothing = state === 'waiting'
    state = 'ended'
    let lost = false
    try {
      if (nothing) return
      const { command: tag } = await client.query({ text: command })
      // A transaction that failed answers ROLLBACK to COMMIT: nothing was written.
      if (command === 'commit' && tag !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
    } catch (error) {
      lost = isConnectionLoss(error)
      throw error
    } finally {
      client.release(lost)
    }
  }
  return {
    all: query => heard(async () => over(started()).all(query)),
    first: query => heard(async () => over(started()).first(query)),
    run: query => heard(async () => over(started()).run(query)),
    enter: async (tokenHash, needs) => {
      const entered = started().query<{ entered: Viewer | null }>({
        name: 'enter',
        text: 'select ctx.enter($1) as entered',
        values: [tokenHash],
      })
      // Who is refused is told by the gate of the envelope, which says why.
      if (needs) client.query({ name: 'pass', text: 'select ctx.pass($1)', values: [needs] }).catch(() => {})
      const result = await entered
      return result.rows[0]!.entered
    },
    commit: () => end('commit'),
    rollback: () => end('rollback').catch(() => {}),
  }
}
