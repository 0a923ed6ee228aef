import type pg from 'pg'
import { type Guards, guardsChanged, guardsOf } from './guards.ts'
import type { Say } from './trail-faults.ts'

const permissionDenied = '42501'

/** Compares what keeps the trail and the rights with what was shipped. Unreadable catalogues are a fault, no pass. */
export const verifyGuards = async (client: pg.ClientBase, shipped: Guards, fault: Say): Promise<void> => {
  const read = async (look: () => Promise<void>): Promise<void> => {
    await client.query('savepoint catalogue')
    try {
      await look()
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      if (code !== permissionDenied) throw error
      await client.query('rollback to savepoint catalogue')
      fault('guard-unread', / for \w+ (\w+)$/.exec(message)?.[1] ?? message)
    }
  }
  const unguarded: string[] = []
  await read(async () => {
    const { rows: standing } = await client.query<{ name: string }>(
      `select tgrelid::regclass || '.' || tgname as name from pg_trigger where tgenabled in ('O', 'A')`,
    )
    const names = new Set(standing.map(({ name }) => `trigger ${name}`))
    unguarded.push(...Object.keys(shipped).filter(name => name.startsWith('trigger ') && !names.has(name)))
    for (const name of unguarded) fault('safeguard', name.slice('trigger '.length))
  })
  await read(async () => {
    for (const where of guardsChanged(await guardsOf(client), shipped))
      if (!unguarded.some(name => where.startsWith(`${name} : `))) fault('guard-changed', where)
  })
  await read(async () => {
    const clock = `select from pg_tables where schemaname = 'secret' and tablename = 'clock'`
    if ((await client.query(clock)).rowCount) fault('clock-moved', 'secret.clock')
  })
}
