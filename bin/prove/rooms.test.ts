import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../../server/testing/database.ts'
import { testsOf } from './rooms.ts'
import { sqlMutants } from './sql-mutants.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.ownerUrl)
  await owner.connect()
})
after(async () => {
  await owner?.end()
  await database?.drop()
})

test('SEC-6: each policy and each guarded function has a room, clauses to take out, and tests that would miss them', async () => {
  const mutants = await sqlMutants(owner)
  assert.ok(mutants.length > 500, String(mutants.length))
  const alone = mutants.filter(({ room, on, name }) => testsOf(room, on, name).length === 0)
  assert.deepEqual([...new Set(alone.map(({ room, on }) => `${room}: ${on}`))], [])
})
