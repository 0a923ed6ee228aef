import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leftToTell, type Noted, refusedStep, type StepKind, stateOf, stepsLeft } from './rights-request-rules.ts'

type Step = Noted['steps'][number]
type Outcome = Step['outcome']
const step = (kind: StepKind, happenedOn: string, outcome: Outcome = null): Step => ({ kind, happenedOn, outcome })
const identity = step('identity', '2026-06-10')
const extension = step('extension', '2026-07-10')
const answer = (outcome: Outcome = 'given') => step('answer', '2026-07-15', outcome)
const recipients = step('recipients', '2026-07-20')
const request = (kind: Noted['kind'], ...steps: Step[]): Noted => ({ kind, receivedOn: '2026-06-05', steps })

test('PRI-2: what is left to note of a request, and when it is closed', () => {
  for (const [one, left, state] of [
    [request('access'), ['identity', 'extension', 'answer'], 'open'],
    [request('access', identity), ['extension', 'answer'], 'open'],
    [request('access', extension), ['identity', 'answer'], 'open'],
    [request('access', identity, extension), ['answer'], 'open'],
    [request('access', identity, answer()), [], 'closed'],
    [request('portability', identity, answer('partly')), [], 'closed'],
    [request('erasure', identity, answer()), ['recipients'], 'open'],
    [request('rectification', identity, answer('partly')), ['recipients'], 'open'],
    [request('restriction', identity, answer()), ['recipients'], 'open'],
    [request('objection', identity, answer()), ['recipients'], 'open'],
    [request('erasure', answer('refused')), [], 'closed'],
    [request('erasure', identity, answer(), recipients), [], 'closed'],
  ] as const) {
    const said = JSON.stringify(one)
    assert.deepEqual(stepsLeft(one), left, said)
    assert.equal(stateOf(one), state, said)
    assert.equal(leftToTell(one), (left as readonly StepKind[]).includes('recipients'), said)
  }
})

test('PRI-2: a step is refused twice, out of turn, before the receipt, to come, or an extension told after the first month', () => {
  const today = '2026-08-03'
  for (const [one, tried, refused] of [
    [request('access'), identity, null],
    [request('access', identity), identity, 'rights-request/already-noted'],
    [request('access'), answer(), 'rights-request/identity-first'],
    [request('access'), answer('partly'), 'rights-request/identity-first'],
    [request('access'), answer('refused'), null],
    [request('access', identity), answer(), null],
    [request('access', identity, answer()), answer(), 'rights-request/already-noted'],
    [request('access', answer('refused')), identity, 'rights-request/answered'],
    [request('access', identity, answer()), extension, 'rights-request/answered'],
    [request('access'), step('identity', '2026-08-03'), null],
    [request('access'), step('identity', '2026-08-04'), 'rights-request/day-in-future'],
    [request('access'), step('identity', '2026-06-05'), null],
    [request('access'), step('identity', '2026-06-04'), 'rights-request/day-before'],
    [request('access'), step('answer', '2026-06-04', 'refused'), 'rights-request/day-before'],
    [request('access', identity), step('answer', '2026-06-09', 'given'), 'rights-request/day-before'],
    [request('access', identity), step('answer', '2026-06-09', 'refused'), null],
    // 5 July is a Sunday: the first month ends on the 6th.
    [request('access'), step('extension', '2026-07-06'), null],
    [request('access'), step('extension', '2026-07-07'), 'rights-request/first-month-over'],
    [request('access', extension), extension, 'rights-request/already-noted'],
    [request('erasure', identity), recipients, 'rights-request/nothing-to-tell'],
    [request('erasure', answer('refused')), recipients, 'rights-request/nothing-to-tell'],
    [request('access', identity, answer()), recipients, 'rights-request/nothing-to-tell'],
    [request('erasure', identity, answer()), recipients, null],
    [request('erasure', identity, answer(), recipients), recipients, 'rights-request/already-noted'],
    [request('erasure', identity, answer()), step('recipients', '2026-08-04'), 'rights-request/day-in-future'],
  ] as const)
    assert.equal(refusedStep(one, tried, today), refused, JSON.stringify([one, tried]))
})
