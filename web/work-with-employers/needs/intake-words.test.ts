import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placedWords } from './intake-words.ts'

const none = { fit: 'unsaid', publics: null, metOn: null, answers: { yes: 0, of: 0 } } as const
for (const [over, words] of [
  [{}, ''],
  [{ fit: 'takes-job' }, 'Dit prendre ce métier'],
  [{ fit: 'not-kind' }, 'Ne dit pas prendre ce type de besoin'],
  [{ metOn: '2026-10-03' }, 'A échangé avec cet employeur le 3 octobre 2026'],
  [
    { answers: { yes: 4, of: 5 } },
    'A donné suite à 4 des 5 besoins que votre structure lui a proposés dans votre périmètre depuis un an',
  ],
  [
    { answers: { yes: 0, of: 2 } },
    'A décliné les 2 besoins que votre structure lui a proposés dans votre périmètre depuis un an',
  ],
  [
    { answers: { yes: 0, of: 1 } },
    'A décliné le seul besoin que votre structure lui a proposé dans votre périmètre depuis un an',
  ],
  [
    { fit: 'takes', publics: 'jeunes', answers: { yes: 1, of: 1 } },
    'Dit prendre ce type de besoin ; a donné suite au seul besoin que votre structure lui a proposé dans votre périmètre depuis un an ; publics : jeunes',
  ],
] as const)
  test(`CAM-7: why a structure stands where it does, in words: ${words || 'nothing known'}`, () => {
    assert.equal(placedWords({ ...none, ...over }), words)
  })
