import type pg from 'pg'
import { until } from './until.ts'

/** How many connections to this database wait for a lock; asked outside any transaction, where statistics stand still. */
export const waiting = async (owner: pg.Pool): Promise<number> =>
  (
    await owner.query(
      `select count(distinct l.pid)::int as n from pg_locks l join pg_stat_activity a using (pid)
        where a.datname = current_database() and not l.granted`,
    )
  ).rows[0].n

/**
 * Keeps a change of somebody else open while these are asked, each once the one before waits or has answered; commits
 * it once they all do. Answers what they answered, in the same order.
 */
export const whileHeld = async <Answer>(
  owner: pg.Pool,
  change: string,
  values: readonly unknown[],
  asks: readonly (() => Promise<Answer>)[],
): Promise<Answer[]> => {
  const other = await owner.connect()
  try {
    await other.query('begin')
    await other.query(change, [...values])
    let answered = 0
    const answers: Promise<Answer>[] = []
    for (const ask of asks) {
      const answer = ask().finally(() => {
        answered += 1
      })
      answer.catch(() => {}) // heard below, with the others
      answers.push(answer)
      await until('each waits or has answered', async () => answered + (await waiting(owner)) >= answers.length)
    }
    await other.query('commit')
    return await Promise.all(answers)
  } finally {
    await other.query('rollback') // nothing, once committed
    other.release()
  }
}
