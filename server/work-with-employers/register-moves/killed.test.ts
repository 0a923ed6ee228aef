import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { processStarter, type Started } from '../../testing/processes.ts'
import { places } from '../campaigns/testing-world.ts'
import { openWorld, siretIn } from './testing.ts'

/** Two whole batches, and a third that is under way when the worker is killed. */
const [many, batch] = [250, 100]
const sirets = Array.from({ length: many }, (_, i) => siretIn(i + 1))
let house: House
let world: Awaited<ReturnType<typeof openWorld>>
let starter: ReturnType<typeof processStarter>
let paul: Person
before(async () => {
  house = await openHouse([])
  world = await openWorld(house)
  const works = { profile: 'pilote', territoryId: places.gironde } as const
  paul = await house.person((await house.organisation()).id, [works])
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

/** How many moves are applied, each with its target, and how many mails they made. */
const state = async () =>
  (
    await world.query(
      `select count(*)::int as moves, count(distinct m.siret)::int as sirets,
        (select count(*)::int from register_move_targets) as targets,
        (select count(*)::int from campaign_targets where status = 'ecarte') as aside,
        (select count(*)::int from notifications where account_id = $1) as told
      from register_moves m`,
      paul.id,
    )
  )[0]
const until = async (worker: Started, so: (found: any) => boolean) => {
  for (let found = await state(); !so(found); found = await state()) {
    assert.equal(worker.child.exitCode ?? worker.child.signalCode, null, `${JSON.stringify(found)}\n${worker.output()}`)
    await setTimeout(20)
  }
}
const begin = async () => {
  const worker = await starter.begin('server/worker.ts')
  await world.query(`select graphile_worker.add_job('follow-register')`)
  return worker
}

test('CAM-14, REL-6: a worker killed while it follows the register leaves whole batches; the next goes on, each establishment and each person once', {
  timeout: 240_000,
}, async () => {
  await world.shops(...sirets.map(siret => ({ siret })))
  const campaignId = await world.campaign(paul, sirets)
  for (const siret of sirets.slice(0, 3)) await world.take(campaignId, siret, paul)
  await world.close(...sirets)
  // Someone is on the last target, so that its batch is not over before the worker is killed.
  const holder = await house.owner.connect()
  try {
    await holder.query('begin')
    await holder.query('select from campaign_targets where siret = $1 for no key update', [sirets.at(-1)])
    const worker = await begin()
    await until(worker, ({ moves }) => moves >= 2 * batch)
    worker.child.kill('SIGKILL')
    await worker.ended
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  const midway = { moves: 2 * batch, sirets: 2 * batch, targets: 2 * batch, aside: 2 * batch, told: 0 }
  assert.deepEqual(await state(), midway, 'no batch is half done')

  const next = await begin()
  await until(next, ({ told }) => told > 0)
  assert.deepEqual(await state(), { moves: many, sirets: many, targets: many, aside: many, told: 1 })
  next.child.kill('SIGTERM')
  await next.ended
  // The same register, read once more, moves nothing and tells nobody.
  assert.deepEqual(await world.follow(), { applied: 0, undone: 0, told: 0 })
})
