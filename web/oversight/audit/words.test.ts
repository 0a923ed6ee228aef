import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actSentences } from '../../../contract/acts.ts'
import { detailLines, sentenceOf, subjectInWords, subjectLink } from './words.ts'

test('SEC-1: every sentence is said of who did it, and none twice', () => {
  for (const [act, sentence] of Object.entries(actSentences)) assert.match(sentence, /^(a|n’a) [^.]+$/, act)
  assert.equal(new Set(Object.values(actSentences)).size, Object.keys(actSentences).length)
  assert.equal(sentenceOf('thing.of-tomorrow'), 'thing.of-tomorrow')
})

test('SEC-1: before and after stand side by side; the rest as it is said', () => {
  assert.deepEqual(
    detailLines({
      before: { status: 'open', n: 1 },
      after: { status: 'closed' },
      reason: 'fin',
      list: [1, null, true],
      empty: [],
    }),
    [
      { name: 'status', before: 'open', after: 'closed' },
      { name: 'n', before: '1', after: 'rien' },
      { name: 'reason', before: null, after: 'fin' },
      { name: 'list', before: null, after: '1, rien, oui' },
      { name: 'empty', before: null, after: 'rien' },
    ],
  )
  assert.deepEqual(detailLines({ before: null, after: { a: { b: 1 } } }), [
    { name: 'a', before: 'rien', after: 'b : 1' },
  ])
  assert.deepEqual(detailLines({ before: 'x', after: 'y' }), [{ name: '', before: 'x', after: 'y' }])
  assert.deepEqual(
    [detailLines(null), detailLines({}), detailLines('x')],
    [[], [], [{ name: '', before: null, after: 'x' }]],
  )
})

test('SEC-1: a thing is named where its name is known, and its page opened where there is one', () => {
  assert.equal(subjectInWords({ kind: 'account', id: 'x', name: 'Camille Essai' }), 'Compte : Camille Essai')
  assert.match(
    subjectInWords({ kind: 'establishment', id: '31000000000001', name: null }),
    /^Établissement 310.000.000.00001$/,
  )
  assert.deepEqual(
    [subjectLink({ kind: 'campaign', id: 'c', name: null }), subjectLink({ kind: 'session', id: 's', name: null })],
    ['/campagnes/c', undefined],
  )
})
