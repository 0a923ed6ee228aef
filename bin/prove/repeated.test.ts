import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../../server/testing/database.ts'
import { type Policy, repeated } from './repeated.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  await owner.query(`create table public.kept (id int, place int, twice int generated always as (place * 2) stored);
    alter table public.kept enable row level security; grant select, update (place) on public.kept to cc_web;
    create function public.whose() returns int language sql volatile as 'select 1';
    create policy change on public.kept for update to cc_web using (id = 1 and place = 2 and twice = 4 and id = whose())
      with check (true)`)
})
after(async () => {
  await owner?.end()
  await database?.drop()
})

const asked = async (clause: string, cmd = 'UPDATE') => {
  const { rows } = await owner.query<Policy>(
    "select * from pg_policies where tablename = 'kept' and policyname = 'change'",
  )
  return (await repeated(owner))({ ...rows[0]!, cmd }, clause)
}

test('SEC-6: a clause changes nothing when USING said it of what the application may not change, and then alone', async () => {
  assert.ok(await asked('(id = 1)'))
  assert.equal(await asked('id = 2'), undefined, 'USING did not say it')
  assert.equal(await asked('(place = 2)'), undefined, 'the application changes that column')
  assert.equal(await asked('(id = 1) AND (place = 2)'), undefined)
  assert.equal(await asked('(twice = 4)'), undefined, 'it follows a column that changes')
  assert.equal(await asked('(id = whose())'), undefined, 'what it answers may change')
  assert.equal(await asked('(id = 1)', 'ALL'), undefined, 'it bounds what is inserted too')
  await owner.query('create policy also on public.kept for update to cc_web using (id = 3)')
  assert.equal(await asked('(id = 1)'), undefined, 'another policy lends its USING')
  await owner.query('alter policy also on public.kept using (place = 9 and id = 1)')
  assert.ok(await asked('(id = 1)'), 'another policy says it too')
  await owner.query(`drop policy also on public.kept;
    create function public.moves() returns trigger language plpgsql as 'begin new.id := 3; return new; end';
    create trigger moves before update on public.kept for each row execute function moves()`)
  assert.equal(await asked('(id = 1)'), undefined, 'a trigger changes it')
})
