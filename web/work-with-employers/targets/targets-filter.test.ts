import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filterOf, frameIn, frameText } from './targets-filter.ts'

const organisation = '0193a000-0000-7000-80b0-000000000001'
test('CAM-10: the address holds the filter of the targets', () => {
  assert.deepEqual(filterOf({}), {})
  assert.deepEqual(
    filterOf({
      statut: 'besoin',
      miennes: '1',
      q: ' bois ',
      structure: organisation,
      zone: '243301165',
      activite: '43',
    }),
    { status: 'besoin', mine: true, q: 'bois', organisation, territory: 243301165, activity: '43' },
  )
  assert.deepEqual(filterOf({ structure: 'personne', commune: '2A004' }), { free: true, commune: '2A004' })
})
test('CAM-10: what an address holds that means nothing is left aside', () => {
  assert.deepEqual(
    filterOf({ statut: 'inconnu', q: '  ', structure: 'x', zone: 'ici', commune: 'Bordeaux', activite: '%' }),
    {},
  )
})

test('CAM-8: the frame of a map goes through the address; what is no frame is left aside', () => {
  const frame = { south: 44.5, west: -0.9, north: 44.812, east: 0.5 }
  assert.deepEqual(frameIn(frameText({ ...frame, north: 44.8123 })), frame)
  assert.equal(frameText({ south: -120, west: -200, north: 95, east: 181 }), '-90,-180,90,180')
  for (const text of [undefined, '', '1,2,3', '44,1,43,2', '44,2,45,1', '1;2;3;4', 'a,b,c,d', '-91,0,0,1', '0,0,1,181'])
    assert.equal(frameIn(text), undefined, text)
})
