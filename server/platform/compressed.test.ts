import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import * as contract from '../../contract/index.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { action } from './action.ts'
import { compressed } from './server/compressed.ts'

/** A list as long as asked, on real routes: what is tried here is how answers leave. */
let territories = 400
const list = action(contract.territories.listTerritories, {
  load: async () => ({}),
  may: () => true,
  run: async () =>
    ({
      items: Array.from({ length: territories }, (_, id) => ({
        id,
        kind: 'epci',
        code: String(id),
        name: `Pays ${id}`,
        alias: null,
        edition: null,
        communeCount: 12,
      })),
      next: null,
    }) as never,
})
let house: House
let who: Person
before(async () => {
  house = await openHouse([list])
  who = await house.person((await house.organisation()).id, [{ tool: 'campagnes', profile: 'pilote' }])
})
after(() => house.close())

const asked = (encoding?: string, url = '/api/territories?q=pays') =>
  house.server.inject({
    method: 'GET',
    url,
    headers: { cookie: who.cookie, ...(encoding === undefined ? {} : { 'accept-encoding': encoding }) },
  })

test('REL-5: a long answer leaves compressed where the browser takes it, and says the same', async () => {
  territories = 400
  const clear = await asked()
  assert.equal(clear.statusCode, 200)
  assert.equal(clear.headers['content-encoding'], undefined)
  for (const encoding of ['gzip', 'br, gzip', 'gzip, deflate, br', 'gzip;q=0.5, *;q=0']) {
    const answer = await asked(encoding)
    assert.equal(answer.headers['content-encoding'], 'gzip', encoding)
    assert.equal(answer.headers.vary, 'accept-encoding')
    assert.equal(gunzipSync(answer.rawPayload).toString(), clear.body)
    assert.ok(answer.rawPayload.length * 4 < clear.rawPayload.length)
  }
  assert.equal(clear.headers.vary, 'accept-encoding')
})

test('REL-5: a short answer, or one whose caller takes no gzip, leaves as it is', async () => {
  territories = 400
  for (const encoding of ['', 'br', 'identity', 'gzip;q=0', 'xgzip'])
    assert.equal((await asked(encoding)).headers['content-encoding'], undefined, encoding)
  territories = 3
  assert.equal((await asked('gzip')).headers['content-encoding'], undefined)
})

test('REL-5: the description of the API leaves compressed too', async () => {
  const answer = await asked('gzip', '/api/openapi.json')
  assert.equal(answer.headers['content-encoding'], 'gzip')
  assert.equal(JSON.parse(gunzipSync(answer.rawPayload).toString()).openapi.slice(0, 2), '3.')
})

test('REL-5, SEC-6: what a route keeps secret leaves in clear: the length of a compressed text tells of it', async () => {
  const secret = 'ABCD-EFGH '.repeat(400)
  const request = { headers: { 'accept-encoding': 'gzip' } } as never
  const headers: string[] = []
  const reply = { header: (name: string) => headers.push(name) } as never
  assert.equal(await compressed(request, reply, secret, { secret: true }), secret)
  assert.deepEqual(headers, [])
  assert.notEqual(await compressed(request, reply, secret), secret)
})
