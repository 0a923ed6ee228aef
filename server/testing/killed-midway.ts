import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { House, once, Person } from './house.ts'
import type { processStarter } from './processes.ts'

export interface Asked {
  readonly who: Person
  readonly method?: 'POST' | 'PUT'
  readonly path: string
  readonly body: object
  /** A table that the act has written when its entry in the trail is all that is left. */
  readonly written: string
}
/** Which connections to this database wrote this table, and wait for the trail; its number is another's elsewhere. */
export const atTheTrail = async ({ owner }: House, written: string): Promise<number[]> =>
  (
    await owner.query(
      `select w.pid from pg_stat_activity a join pg_locks w using (pid) join pg_locks h using (pid)
        where a.datname = current_database() and not w.granted and w.relation = 'audit_entries'::regclass
          and h.granted and h.mode = 'RowExclusiveLock' and h.relation = $1::regclass`,
      [written],
    )
  ).rows.map(({ pid }) => pid)

/**
 * Asks a process of its own, and kills it once all is written but the trail, which someone keeps locked; then lets the
 * database see that nobody is there.
 */
export const killedMidway = async (
  house: House,
  starter: ReturnType<typeof processStarter>,
  { who, method = 'POST', path, body, written }: Asked,
  headers: ReturnType<typeof once> & { readonly 'if-match'?: string },
): Promise<void> => {
  const web = await starter.begin('server/main.ts')
  const holder = await house.owner.connect()
  try {
    await holder.query('begin')
    await holder.query('lock table audit_entries in exclusive mode')
    const lost = assert.rejects(
      fetch(`${web.url}/api${path}`, {
        method,
        headers: { cookie: who.cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    )
    while ((await atTheTrail(house, written)).length === 0) {
      assert.equal(web.child.exitCode, null, web.output())
      await setTimeout(20)
    }
    web.child.kill('SIGKILL')
    await Promise.all([web.ended, lost])
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  while ((await atTheTrail(house, written)).length > 0) await setTimeout(20)
}
