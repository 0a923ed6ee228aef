import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../../platform/database.ts'
import { buildServer } from '../../platform/server.ts'
import { metrics } from '../../platform/telemetry.ts'
import { openHouse } from '../../testing/house.ts'
import { establishments } from './index.ts'

test('REL-5, SEC-1: whatever becomes of a search, its words and filters are in no line of the log, at any level, nor in the measures', async () => {
  const house = await openHouse([])
  const person = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
  ])
  const lines: string[] = []
  const open = async (statementTimeoutMs: number) => {
    const database = openDatabase(house.urls.webUrl, { statementTimeoutMs })
    const server = await buildServer({
      database,
      actions: establishments,
      publicUrl: 'http://localhost',
      originKey: Buffer.alloc(32),
      requestsPerMinute: 1_000_000,
      shedLoad: false,
      logLevel: 'trace',
      logTo: {
        write: line => {
          lines.push(line)
        },
      },
    })
    return {
      ask: async (url: string, cookie = person.cookie) =>
        (await server.inject({ url, headers: { cookie } })).statusCode,
      close: async () => {
        await server.close()
        await database.close()
      },
    }
  }
  const words = 'q=kervozelec%20dupont&territory=2033203320'
  const [usual, hurried] = [await open(10_000), await open(1)]
  const statuses = [
    await usual.ask(`/api/establishments?${words}`),
    await usual.ask(`/api/establishments/facets?${words}`),
    await usual.ask(`/api/establishments?${words}&size=kervozelec`),
    await usual.ask(`/api/establishments?${words}&after=kervozelec`),
    await usual.ask(`/api/establishments?${words}`, ''),
    await usual.ask(`/api/kervozelec?${words}`),
    await usual.ask('/api/establishments?q=kervozelec%00'),
    await hurried.ask(`/api/establishments?${words}`),
    await usual.ask(`/etablissements?${words}`),
  ]
  await house.owner.query('alter function scoped_query(text, int) rename to gone')
  statuses.push(await usual.ask(`/api/establishments?${words}`))
  await house.owner.query('alter function gone(text, int) rename to scoped_query')
  assert.deepEqual(statuses.slice(0, 6), [200, 200, 400, 400, 401, 404])
  assert.equal(statuses.at(-1), 500)
  assert.ok(lines.length > 9 && lines.some(line => JSON.parse(line).route === '/api/establishments'))
  assert.doesNotMatch(lines.join(''), /kervozelec|dupont|2033203320/i)
  assert.doesNotMatch(await metrics.metrics(), /kervozelec|dupont|2033203320/i)
  await Promise.all([usual.close(), hurried.close()])
  await house.close()
})
