import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filterOf } from './targets-filter.ts'

const organisation = '0193a000-0000-7000-80b0-000000000001'
test('CAM-10: the address holds the filter of the targets', () => {
  assert.deepEqual(filterOf({}), {})
  assert.deepEqual(filterOf({ statut: 'besoin', miennes: '1', q: ' bois ', structure: organisation, zone: '243301165', activite: '43' }), { status: 'besoin', mine: true, q: 'bois', organisation, territory: 243301165, activity: '43' })
  assert.deepEqual(filterOf({ structure: 'personne', commune: '2A004' }), { free: true, commune: '2A004' })
})
test('CAM-10: what an address holds that means nothing is left aside', () => {
  assert.deepEqual(filterOf({ statut: 'inconnu', q: '  ', structure: 'x', zone: 'ici', commune: 'Bordeaux', activite: '%' }), {})
})
