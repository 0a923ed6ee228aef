import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { settleWithdrawnToolsOften } from './agreement/tools/settle-withdrawn-tools.job.ts'
import { tellInactivityNightly } from './people-and-rights/people/tell-inactivity.job.ts'
import { type Job, job } from './platform/job.ts'
import { purgeExpired } from './signing-in/identity/purge-expired.job.ts'
import { type House, openHouse } from './testing/house.ts'

let house: House
let worker: pg.Client
before(async () => {
  house = await openHouse([])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
})
after(async () => {
  await worker.end()
  await house.close()
})
const run = async (job: Job): Promise<string[]> => {
  const said: string[] = []
  await job.run(null, {
    withPgClient: work => work(worker as never),
    logger: { info: (line: string) => said.push(line) } as never,
    abortSignal: undefined as never,
  })
  return said
}

test('IDN-4: a session is forgotten thirty days after it began, and the job says how many', async () => {
  const { id } = await house.organisation()
  const day = 24 * 3600 * 1000
  const kept = await house.person(id, [], { createdAt: new Date(Date.now() - 29 * day) })
  await house.person(id, [], { createdAt: new Date(Date.now() - 31 * day) })
  const [line] = await run(purgeExpired)
  assert.match(line!, /^purged \{"sessions":1,"idempotencyKeys":0\} \{/)
  assert.deepEqual((await house.owner.query('select id from sessions')).rows, [{ id: kept.sessionId }])
})

test('what ends with its tool and what inactivity asks are looked at by the worker, and nothing is told of nobody', async () => {
  assert.deepEqual(await run(settleWithdrawnToolsOften), [])
  assert.deepEqual(await run(tellInactivityNightly), ['inactivity told: 0; purged 0 departed, 0 notices, 0 files'])
})

test('REL-7: a job that asks several things at once sends each when the one before is answered', async t => {
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  t.after(() => process.off('warning', note))
  const many = job('many', {
    run: async ({ db, log }) => {
      const asked = [1, 2, 3].map(n => db.first(sql<{ n: number }>`select ${n}::int as n`))
      log.info((await Promise.all(asked)).map(row => row?.n).join())
    },
  })
  assert.deepEqual(await run(many), ['1,2,3'])
  await new Promise(r => setImmediate(r)) // a warning is emitted on the next turn
  assert.deepEqual(warnings, [])
})
