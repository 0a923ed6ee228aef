import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf } from './annex-rules.ts'

test('AGR-12: what an annex brings and takes away', () => {
  assert.deepEqual(changesOf(['campagnes', 'fiche-recrutement'], ['campagnes', 'fiche-etablissement']), {
    opened: ['fiche-etablissement'],
    withdrawn: ['fiche-recrutement'],
  })
  assert.deepEqual(changesOf(['campagnes'], ['campagnes']), { opened: [], withdrawn: [] })
})
