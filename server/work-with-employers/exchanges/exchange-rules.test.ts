import assert from 'node:assert/strict'
import { test } from 'node:test'
import { results } from '../../../contract/work-with-employers/exchanges.ts'
import { answering, checkExchange, correctedNextAction, type ExchangeFacts, reaches } from './exchange-rules.ts'

const today = '2026-11-25'
const facts = (over: Partial<ExchangeFacts> = {}): ExchangeFacts => ({
  occurredOn: today,
  result: 'pas-de-besoin',
  nextAction: null,
  ...over,
})

for (const [why, exchange] of [
  ['today', facts()],
  ['three years ago to the day', facts({ occurredOn: '2023-11-25' })],
  ['a call back with its date', facts({ result: 'a-rappeler', nextAction: { dueOn: '2026-12-01' } })],
  ['a next action on the day itself', facts({ nextAction: { dueOn: today } })],
  [
    'a late entry whose call back is past too',
    facts({ occurredOn: '2026-10-02', result: 'a-rappeler', nextAction: { dueOn: '2026-10-09' } }),
  ],
] as const)
  test(`CAM-5: accepted: ${why}`, () => checkExchange(exchange, today))

for (const [code, exchange] of [
  ['exchange/in-future', facts({ occurredOn: '2026-11-26' })],
  ['exchange/too-old', facts({ occurredOn: '2023-11-24' })],
  ['exchange/call-back-needs-date', facts({ result: 'a-rappeler' })],
  ['exchange/next-action-in-past', facts({ nextAction: { dueOn: '2026-11-24' } })],
] as const)
  test(`CAM-5: refused: ${code}`, () => assert.throws(() => checkExchange(exchange, today), { code }))

test('IND-4: the results that reach someone', () =>
  assert.deepEqual(results.filter(reaches), [
    'besoin-detecte',
    'rendez-vous-pris',
    'a-rappeler',
    'pas-de-besoin',
    'refus',
    'deja-suivi',
  ]))

test('a correction leaves, withdraws or changes the next action', () => {
  assert.deepEqual(
    [
      correctedNextAction(undefined, 'present'),
      correctedNextAction(null, 'present'),
      correctedNextAction('new', 'present'),
      correctedNextAction(undefined, null),
    ],
    ['present', null, 'new', null],
  )
})

const action = { siret: 1, doneAt: null, withdrawn: false, answeredBy: null }
for (const [why, expected, over] of [
  ['to do', 'finish', {}],
  ['said done before', 'note', { doneAt: new Date(0) }],
  ['answered by another exchange', 'nothing', { doneAt: new Date(0), answeredBy: 'x' }],
  ['withdrawn meanwhile', 'nothing', { withdrawn: true }],
] as const)
  test(`CAM-5: an exchange answers an action ${why}: ${expected}`, () =>
    assert.equal(answering({ ...action, ...over }, 1), expected))
test('CAM-5: an exchange answers only what was planned with its own establishment', () =>
  assert.throws(() => answering(action, 2), { code: 'next-action/other-establishment' }))
