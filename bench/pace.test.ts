import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { load } from './load.ts'
import { at, pace } from './pace.ts'

/** Answers at once, save for one second in which it answers nothing. */
const stalling = async () => {
  let until = 0
  const server = createServer((_request, answer) => {
    setTimeout(() => answer.end(), Math.max(0, until - performance.now()))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const stall = () => setTimeout(() => (until = performance.now() + 1_000), 500)
  return { server, port: (server.address() as AddressInfo).port, stall }
}

test('REL-4: a second without answers is in the times of each call due meanwhile, where waiting clients hide it', async () => {
  const { server, port, stall } = await stalling()
  stall()
  const told = await pace(
    port,
    () => ({ path: '/' }),
    40,
    3,
    () => ({}),
  )
  assert.deepEqual([...told.statuses], [[200, 120]])
  // A third of the calls were due in that second; half of these waited half of it or more.
  const late = told.times.filter(time => time > 480).length
  assert.ok(late >= 15 && late <= 60, `${late} calls of 120 waited half a second`)
  assert.ok(at(told.times, 0.8) > 200, `p80 ${at(told.times, 0.8)} ms`)
  stall()
  const closed = await load(port, [{ path: '/' }], { clients: 1, seconds: 3 })
  // Its only client waited, and sent none of the calls that were due; a busy machine may hold up one more.
  assert.ok(closed.late >= 1 && closed.late <= 2, `${closed.late} calls of ${closed.requests} waited half a second`)
  server.close()
})
test('REL-4: a service that answers nothing is counted, not waited for, and not left out', async () => {
  const { server, port } = await stalling()
  server.close()
  const told = await pace(
    port,
    () => ({ path: '/' }),
    20,
    0.5,
    () => ({}),
  )
  assert.deepEqual([...told.statuses], [[0, 10]])
  assert.equal(told.times.length, 10)
})
