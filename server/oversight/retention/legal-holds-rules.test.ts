import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inForce, scopeOf, wrongIn } from './legal-holds-rules.ts'

test('PRI-4: a hold stands to its last day included, unless it is lifted; what is asked is of one scope, to come, and one’s own to hold', () => {
  for (const [day, liftedAt, stands] of [
    [null, null, true],
    ['2026-06-05', null, true],
    ['2026-06-04', null, false],
    [null, new Date(), false],
  ] as const)
    assert.equal(inForce({ until: day, liftedAt }, '2026-06-05'), stands)
  for (const [asked, ofOperator, wrong] of [
    [{ ending: 'mails' }, false, undefined],
    [{ email: 'a@exemple.fr', until: '2026-06-05' }, false, undefined],
    [{}, true, 'legal-hold/one-scope'],
    [{ ending: 'mails', email: 'a@exemple.fr' }, true, 'legal-hold/one-scope'],
    [{ ending: 'trail' }, false, 'legal-hold/operator-only'],
    [{ ending: 'trail' }, true, undefined],
    [{ ending: 'mails', until: '2026-06-04' }, false, 'legal-hold/day-past'],
  ] as const)
    assert.equal(wrongIn(asked, ofOperator, '2026-06-05'), wrong)
  assert.equal(scopeOf('mails', { organisationId: 'one', ofOperator: false }).organisationId, 'one')
  assert.equal(scopeOf('mails', { organisationId: 'one', ofOperator: true }).organisationId, null)
})
