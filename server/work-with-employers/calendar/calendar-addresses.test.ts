import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { keyRing } from '../../platform/key-ring.ts'
import { calendarAddresses } from './calendar-addresses.ts'

const first = Buffer.alloc(32, 1)
const second = Buffer.alloc(32, 2)
const addressesOf = (...keys: readonly (readonly [number, Buffer])[]) =>
  calendarAddresses(keyRing(new Map(keys)), 'https://campagnes.example')
const partsOf = (address: string) => new URL(address).pathname.split('/').slice(2) as [string, string]

test('CAM-11: an address is read back, and names the feed with the digest that is kept', () => {
  const addresses = addressesOf([1, first])
  const id = uuidv7()
  const { address, ...name } = addresses.made(id)
  assert.match(address, new RegExp(`^https://campagnes\\.example/calendrier/${id}/[\\w-]{43}\\.ics$`))
  assert.deepEqual(addresses.read(...partsOf(address)), name)
})

test('CAM-11: what we did not sign is nothing: another feed, a changed, cut or longer signature, another key', () => {
  const addresses = addressesOf([1, first])
  const [id, file] = partsOf(addresses.made(uuidv7()).address)
  const signature = file.slice(0, -4)
  const flipped = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
  for (const [of, given] of [
    [uuidv7(), file],
    [id, `${flipped}.ics`],
    [id, `${signature.slice(0, -1)}.ics`],
    [id, `${signature}A.ics`],
    [id, signature],
    [id, `${signature}.ICS`],
    [id, '.ics'],
    [id, ''],
    ['', file],
    ['../../health', file],
    [id.toUpperCase(), file],
  ] as const)
    assert.equal(addresses.read(of, given), undefined, `${of}/${given}`)
  const [, elsewhere] = partsOf(addressesOf([1, second]).made(id).address)
  assert.equal(addresses.read(id, elsewhere), undefined)
})

test('CAM-11, REL-8: an address outlives a change of key while its key can be read, and no longer', () => {
  const { address, ...name } = addressesOf([1, first]).made(uuidv7())
  assert.deepEqual(addressesOf([2, second], [1, first]).read(...partsOf(address)), name)
  assert.equal(addressesOf([2, second]).read(...partsOf(address)), undefined)
})
