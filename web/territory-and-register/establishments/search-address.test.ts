import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOf, readFilters } from './search-address.ts'

test('EST-2: the address is read as typed filters; what has no meaning is left aside and named', () => {
  assert.deepEqual(
    readFilters({
      q: 'bois',
      territoire: '243301165',
      activite: 'NAF25:16',
      taille: '10-49',
      employeur: 'non',
      etat: 'tous',
      vue: 'carte',
      autre: 'x',
    }),
    {
      filters: {
        q: 'bois',
        territoire: '243301165',
        activite: 'NAF25:16',
        taille: '10-49',
        employeur: 'non',
        etat: 'tous',
        vue: 'carte',
      },
      wrong: [],
    },
  )
  assert.deepEqual(
    readFilters({
      q: '  ',
      territoire: '99999999999',
      activite: '<script>',
      taille: '12',
      employeur: 'true',
      etat: 'actif',
      vue: 'liste',
    }),
    { filters: {}, wrong: ['territoire', 'activite', 'taille', 'employeur', 'etat'] },
  )
  assert.equal(readFilters({ q: 'x'.repeat(500) }).filters.q?.length, 120)
  assert.deepEqual(readFilters({ territoire: '', taille: '' }), { filters: {}, wrong: [] })
})

test('EST-2: the living are asked for unless one says otherwise or a number names one', () => {
  assert.deepEqual(askedOf({ q: ' bois ' }), { q: 'bois', active: true })
  assert.deepEqual(askedOf({ q: 'bois', etat: 'tous', employeur: 'non' }), { q: 'bois', employer: false })
  assert.deepEqual(askedOf({ q: '732 829 320' }), { q: '732 829 320' })
  assert.deepEqual(askedOf({ territoire: '2033', etat: 'fermes', taille: '200+' }), {
    territory: 2033,
    size: '200+',
    active: false,
  })
  assert.equal(askedOf({ taille: '200+' }), undefined, 'filters alone would be the whole country')
})
