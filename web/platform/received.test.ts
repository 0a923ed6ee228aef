import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesHeader } from '../../contract/exports.ts'
import { type Received, received } from './received.ts'

const answer = (parts: readonly string[], headers: Record<string, string> = {}, status = 200) =>
  new Response(
    new ReadableStream({
      start: controller => {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
        controller.close()
      },
    }),
    { status, headers },
  )

test('UX-2: a file is whole once it came, and what came is told from its first bytes, with the lines it will hold', async () => {
  const told: Received[] = []
  const body = await received(
    answer(['un;', 'deux;', 'trois'], { [linesHeader]: '50000', 'content-type': 'text/csv' }),
    one => told.push(one),
  )
  assert.equal(await body.text(), 'un;deux;trois')
  assert.equal(body.type, 'text/csv')
  assert.deepEqual(told[0], { bytes: 3, lines: 50_000 })
})
test('UX-2: a list that is not counted says no number of lines; a refusal is no file', async () => {
  const told: Received[] = []
  await received(answer(['x']), one => told.push(one))
  assert.deepEqual(told, [{ bytes: 1, lines: undefined }])
  const refused = await received(answer(['{"code":"export/too-long"}'], {}, 422), one => told.push(one))
  assert.match(await refused.text(), /too-long/)
  assert.equal(told.length, 1)
})
test('UX-2: a file cut on its way is no file', async () => {
  const cut = new Response(
    new ReadableStream({
      pull: controller => controller.error(new Error('cut')),
    }),
  )
  await assert.rejects(received(cut), /cut/)
})
