import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { freePort, laneOf } from './ports.ts'

/** The lowest port that a system gives to outgoing connections: 32768 on Linux, 49152 elsewhere. */
const firstOutgoing = 32_768
const asked = `import { freePort } from ${JSON.stringify(new URL('./ports.ts', import.meta.url).href)}
const got = []
for (let i = 0; i < 20; i++) got.push(await freePort())
console.log(JSON.stringify(got))`

test('REL-6: a port chosen to be used later is none that an outgoing connection takes, nor one chosen before', async () => {
  const chosen: number[] = []
  for (let i = 0; i < 50; i++) chosen.push(await freePort())
  assert.deepEqual(
    chosen.filter(port => port < 1024 || port >= firstOutgoing),
    [],
  )
  assert.equal(new Set(chosen).size, chosen.length)
})

test('REL-6: processes that choose at once do not choose the same ports', async () => {
  const several = await Promise.all(
    Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', asked]).then(
        ({ stdout }) => JSON.parse(stdout) as number[],
      ),
    ),
  )
  assert.equal(new Set(several.flat()).size, 80)
})

test('REL-6: processes whose lane is the same begin apart: ten ports each do not meet', () => {
  const begun = [1_000, 1_250, 1_500, 1_750].map(laneOf)
  assert.equal(new Set(begun.map(({ from }) => from)).size, 1)
  const ports = begun.flatMap(({ from, at }) => Array.from({ length: 10 }, (_, n) => from + ((at + n) % 80)))
  assert.equal(new Set(ports).size, 40)
})

test('REL-6: a port that someone listens on is passed over', async t => {
  const next = (await freePort()) + 1
  const taken = createServer().listen(next, '127.0.0.1')
  t.after(() => {
    taken.close()
  })
  await new Promise(listening => taken.once('listening', listening))
  assert.notEqual(await freePort(), next)
})
