import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { differences, peopleOfAllRoles, refusedStraight, writtenBy } from '../../agreement/texts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { importChanged, withPolicyChanged } from '../../testing/parity.ts'
import { seededRandom } from '../../testing/people.ts'
import * as policy from './commitments.policy.ts'

let house: House
let hashes: Buffer[]
let accounts: { id: string }[]
before(async () => {
  house = await openHouse([])
  ;({ hashes, accounts } = await peopleOfAllRoles(house, seededRandom(99)))
})
after(() => house.close())

const added = (by: (v: Viewer) => string) => (v: Viewer) =>
  sql`insert into commitment_kinds (id, family, label, created_at, created_by)
    values (${uuidv7()}::uuid, 'charte', ${`Essai ${v.accountId}`}, now(), ${by(v)}::uuid)`
const add = added(v => v.accountId)
const change = () => sql`update commitment_kinds set version = version + 1`

test('SEC-6, EST-9: who keeps the kinds: the verdict and the database agree for every person, and not when a clause goes', async () => {
  for (const statement of [add, change])
    assert.deepEqual(await differences(house, hashes, statement, policy.mayKeepKinds), [])
  const mutant = await importChanged<typeof policy>(
    new URL('./commitments.policy.ts', import.meta.url),
    `holdsRole(viewer, 'administrateur')`,
    `holdsRole(viewer, 'administrateur', 'cssi')`,
  )
  assert.notEqual((await differences(house, hashes, change, mutant.mayKeepKinds)).length, 0)
  await withPolicyChanged(
    house.owner,
    'commitment_kinds',
    'change',
    `(select ctx.ok()) and (select ctx.holds_role('cssi'))`,
    async () => assert.notEqual((await differences(house, hashes, change, policy.mayKeepKinds)).length, 0),
  )
})

test('SEC-6, EST-9: nobody adds a kind in another’s name, nor takes one away', async () => {
  const other = (v: Viewer) => accounts.find(({ id }) => id !== v.accountId)!.id
  for (const hash of hashes)
    assert.deepEqual((await writtenBy(house, hash, [added(other)]))?.done.filter(Boolean) ?? [], [])
  assert.equal(await refusedStraight(house, hashes[0]!, sql`delete from commitment_kinds`), '42501')
})
