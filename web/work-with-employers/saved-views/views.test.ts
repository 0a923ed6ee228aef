import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hrefOf, keptOf, type View } from './views.ts'

const view = (over: Partial<View>): View => ({
  id: '0193a000-0000-7000-8000-000000000001',
  list: 'search',
  name: 'Garages',
  campaign: null,
  address: {},
  sharedWith: 'nobody',
  owner: null,
  own: true,
  pinned: false,
  watchId: null,
  version: 1,
  allowed: [],
  ...over,
})

test('CAM-10: a view keeps filters, order and columns, not what stands open', () => {
  assert.deepEqual(
    keptOf({
      statut: 'a-contacter',
      tri: 'nom',
      colonnes: 'lieu,etat',
      cible: '1',
      onglet: 'cibles',
      q: '',
      Autre: 'x',
    }),
    { statut: 'a-contacter', tri: 'nom', colonnes: 'lieu,etat' },
  )
  assert.deepEqual(keptOf({ q: 'x'.repeat(301) }), {})
})
test('CAM-10: a view opens its page, with what its address said', () => {
  assert.equal(hrefOf(view({ address: { q: 'café & thé' } })), '/etablissements?q=caf%C3%A9+%26+th%C3%A9')
  assert.equal(hrefOf(view({ list: 'portfolio' })), '/portefeuille')
  assert.equal(
    hrefOf(view({ list: 'targets', campaign: { id: 'c', name: 'C' }, address: { tri: 'nom' } })),
    '/campagnes/c?tri=nom',
  )
})
