import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addDays } from '../../platform/time.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { lateWhen } from './next-actions.queries.ts'
import { isLate } from './next-actions.ts'

let house: House
before(async () => {
  house = await openHouse([])
})
after(() => house.close())

const today = '2026-11-25'
const times = [null, '00:00', '11:59', '12:00', '12:01', '23:59']
const actions = [-40, -1, 0, 1, 40].flatMap(days =>
  times.map(dueAt => ({ dueOn: addDays(today, days), dueAt, doneAt: null })),
)

test('CAM-5: what is late: the rule and the condition of the queries agree, at each bound', async () => {
  const late = async (time: string) =>
    (
      await house.database.all<{ late: boolean }>(
        sql`select coalesce(${lateWhen({ day: today, time })}, false) as late
          from unnest(${actions.map(a => a.dueOn)}::date[], ${actions.map(a => a.dueAt)}::time[])
            with ordinality as n (due_on, due_at, position) order by position`,
      )
    ).map(row => row.late)
  for (const time of ['00:00', '12:00', '23:59']) {
    const inSql = await late(time)
    assert.ok(inSql.includes(true) && inSql.includes(false))
    assert.deepEqual(
      actions.map(action => isLate(action, { day: today, time })),
      inSql,
      time,
    )
  }
})
