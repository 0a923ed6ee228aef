import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import type { OpenRegister } from '../register/testing-register.ts'
import { dropHiringLines } from './drop-hiring-lines.job.ts'
import { importHirings } from './import-hirings.ts'
import { countedHere } from './testing-counts.ts'
import { aDeclaration, declarationsOf } from './testing-declarations.ts'
import { openRecruitments, sirets } from './testing-recruitments.ts'

let room: OpenRegister
let owner: pg.Client
let worker: pg.Client
before(async () => {
  room = await openRecruitments()
  owner = room.owner
  worker = new pg.Client(room.database.workerUrl)
  await worker.connect()
})
after(async () => {
  await worker.end()
  await room.close()
})
beforeEach(() => room.empty())

const logger = { info: () => {}, warn: () => {} }
const run = (keptMonths: number) =>
  dropHiringLines(keptMonths).run(undefined, {
    withPgClient: (work: (client: pg.Client) => Promise<void>) => work(worker),
    logger,
  } as unknown as Parameters<ReturnType<typeof dropHiringLines>['run']>[1])
const monthOf = async (monthsAgo: number): Promise<string> =>
  (
    await owner.query<{ month: string }>(
      `select (date_trunc('month', ctx.paris_day(ctx.clock())) - make_interval(months => $1))::date::text as month`,
      [monthsAgo],
    )
  ).rows[0]!.month
const bring = async (name: string, days: readonly string[]) => {
  const path = join(room.folder, name)
  writeFileSync(path, declarationsOf(days.map(day => aDeclaration(sirets[0]!, { kd_dateembauche: day }))))
  const today = (await owner.query<{ day: string }>('select ctx.paris_day(ctx.clock())::text as day')).rows[0]!.day
  return (await importHirings(owner, [path], { today }))[0]!
}
const months = async () =>
  (
    await owner.query<{ month: string }>(
      `select distinct date_trunc('month', hired_on)::date::text as month from hiring_declarations order by 1`,
    )
  ).rows.map(r => r.month)
const broughtLongAgo = () => owner.query(`update hiring_months set brought_at = now() - interval '31 days'`)

test('REC-1, PRI-4: lines are dropped once their month is past the delay and thirty days after the last file brought some; counts stay', async () => {
  const [old, limit, recent] = [await monthOf(14), await monthOf(13), await monthOf(12)]
  await bring('a.csv', [old, limit, recent])
  const counted = await countedHere(owner)
  await run(13)
  assert.deepEqual(await months(), [old, limit, recent], 'a file brought some today')
  await broughtLongAgo()
  await run(13)
  assert.deepEqual(await months(), [recent])
  assert.deepEqual(await countedHere(owner), counted)
  await owner.query('select count_hirings((select array_agg(month) from hiring_months))')
  assert.deepEqual(await countedHere(owner), counted, 'counted anew, dropped months keep their counts')

  // What cannot be told from a repeat any more is set aside.
  const late = await bring('b.csv', [old, recent, recent])
  assert.deepEqual([late.rejected, late.added, late.known], [{ 'dropped-month': 1 }, 1, 1])
  assert.equal((await countedHere(owner))[`${sirets[0]} ${old.slice(0, 7)} cdd-short`], '1')
})

test('REC-1: nothing is dropped while an import is at work; what was staged of a month dropped since is read again', async () => {
  const [old, recent] = [await monthOf(20), await monthOf(1)]
  await bring('c.csv', [old])
  await broughtLongAgo()
  await owner.query(`select pg_advisory_lock(hashtext('hirings-import'))`)
  await run(13)
  assert.deepEqual(await months(), [old])
  await owner.query(`select pg_advisory_unlock(hashtext('hirings-import'))`)
  // An import that was killed once all was staged, and before it was brought.
  await bring('d.csv', [old, old, recent])
  await owner.query(`begin; update hiring_files set finished_at = null where name = 'd.csv';
    create schema hiring_build;
    create unlogged table hiring_build.staged (siret bigint, hired_on date, declared_on date, duration_days int,
      contract smallint);
    insert into hiring_build.staged select 1, $$2026-01-01$$, $$2026-01-01$$, 1, 1 from generate_series(1, 3); commit`)
  await broughtLongAgo()
  await run(13)
  assert.deepEqual(await months(), [recent])
  const resumed = await bring('d.csv', [old, old, recent])
  assert.deepEqual([resumed.read, resumed.rejected, resumed.known], [3, { 'dropped-month': 2 }, 1])
})

test('REC-1: lines set aside are forgotten thirty days after their file ended', async () => {
  await bring('e.csv', ['2026-02-30'])
  const kept = async () => (await owner.query('select from hiring_rejects')).rowCount
  await run(13)
  assert.equal(await kept(), 1)
  await owner.query(`update hiring_files set finished_at = now() - interval '31 days'`)
  await run(13)
  assert.equal(await kept(), 0)
})
