import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Address, type Filter, filterOf, sharingAddress } from './sharing-address.ts'

const organisation = '0193a000-0000-7000-80b0-000000000002'
for (const filter of [
  {},
  { status: 'a-contacter', mine: true },
  { q: 'bois & fils', free: true },
  { organisation, territory: 243301165, activity: '43' },
  { commune: '2A004' },
] as readonly Filter[]) {
  test(`CAM-4: what the list is filtered by is what is shared out: ${Object.keys(filter).join(', ') || 'all'}`, () => {
    assert.deepEqual(filterOf(Object.fromEntries(new URLSearchParams(sharingAddress(filter))) as Address), filter)
  })
}
test('CAM-4: those treated or set aside are not shared out: the state stays behind', () =>
  assert.equal(sharingAddress({ status: 'traite', q: 'bois' }), '?q=bois'))
