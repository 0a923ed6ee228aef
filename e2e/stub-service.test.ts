import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stubService } from './stub-service.ts'

const asked = async (body: unknown, status = 200) => {
  const service = await stubService('.')
  service.on('GET /establishments/31000000000001/colleagues', { body, status })
  await fetch(`${service.origin}/api/establishments/31000000000001/colleagues`)
  return service.stop()
}

test('the stub answers what the service could have answered, or its file fails', async () => {
  await asked({ items: [] })
  await assert.rejects(
    asked({}),
    /GET \/api\/establishments\/:siret\/colleagues \(200\): \/ must have required property 'items'/,
  )
  await assert.rejects(
    asked({ items: [{ name: 1 }] }),
    /GET \/api\/establishments\/:siret\/colleagues \(200\): \/items\/0/,
  )
  await assert.rejects(asked({ code: 'not-found' }, 404), /\(404\): \/ must have required property/)
  const problem = { type: '/api/refus/x', title: 'Non', status: 404, detail: 'Non.', code: 'not/ours', requestId: 'x' }
  await assert.rejects(asked(problem, 404), /not\/ours is no refusal/)
})
