import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { seededRandom } from '../../testing/people.ts'
import { differences, peopleOfAllRoles, writtenBy } from './testing.ts'
import * as policy from './texts.policy.ts'

let house: House
let hashes: Buffer[]
let accounts: { id: string; organisationId: string }[]
before(async () => {
  house = await openHouse([])
  ;({ hashes, accounts } = await peopleOfAllRoles(house, seededRandom(2031)))
})
after(() => house.close())

const publish = (publishedBy: string) =>
  sql`insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_by, published_at)
    values (${uuidv7()}::uuid, 'cgu', 9, 'x', 'x', sha256('x'), now(), ${publishedBy}::uuid, now())`
test('SEC-6: who publishes a text: the verdict and the database agree for every person', async () => {
  assert.deepEqual(await differences(house, hashes, v => publish(v.accountId), policy.mayPublish), [])
})
test('SEC-6: who cancels a text to come: the verdict and the database agree for every person', async () => {
  await house.owner.query(
    `insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_by, published_at)
      values ($1, 'securite', 2, 'x', 'x', sha256('x'), now() + interval '1 day', $2, now())`,
    [uuidv7(), accounts[0]!.id],
  )
  const cancel = (v: Viewer) =>
    sql`update documents set cancelled_at = now(), cancelled_by = ${v.accountId}::uuid, cancel_reason = 'x'`
  assert.deepEqual(await differences(house, hashes, cancel, policy.mayPublish), [])
  await house.owner.query(`delete from documents where body = 'x'`)
})

test('SEC-6: nobody publishes a text in another’s name', async () => {
  const statements = [(v: Viewer) => publish(accounts.find(a => a.id !== v.accountId)!.id)]
  for (const hash of hashes)
    assert.deepEqual((await writtenBy(house, hash, statements))?.done.filter(Boolean) ?? [], [])
})
