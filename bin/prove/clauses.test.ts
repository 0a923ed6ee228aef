import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutsOfBody, cutsOfExpression, without } from './clauses.ts'

const cut = (text: string) => cutsOfExpression(text).map(one => without(text, one))

test('each side of AND becomes true, each side of OR false, a clause alone true', () => {
  assert.deepEqual(cut('(a = 1)'), ['(true)'])
  assert.deepEqual(cut('((a = 1) AND (b = 2))'), ['(true AND (b = 2))', '((a = 1) AND true)'])
  assert.deepEqual(cut('true'), [])
  assert.deepEqual(cut('(a OR b)'), ['(true)', '(false OR b)', '(a OR false)'])
  assert.deepEqual(cut('(a AND (b OR (c AND d)))'), [
    '(true AND (b OR (c AND d)))',
    '(a AND true)',
    '(a AND (false OR (c AND d)))',
    '(a AND (b OR false))',
    '(a AND (b OR (true AND d)))',
    '(a AND (b OR (c AND true)))',
  ])
})

test('BETWEEN, CASE, strings and comments are no clauses', () => {
  assert.deepEqual(cut('x between 1 and 2 and y'), ['true and y', 'x between 1 and 2 and true'])
  assert.deepEqual(cut('case when a and b then c or d end and y').length, 2)
  assert.deepEqual(cut(`x = 'a and b' or y -- or z\n`).length, 3)
})

test('what a query asks is taken apart too: WHERE, ON, within IN, EXISTS and NOT', () => {
  const policy =
    '(ctx.ok() AND (id IN ( SELECT c.id FROM c WHERE ((c.r = 1) OR (c.s = 2)))) AND (NOT (EXISTS ( SELECT FROM d WHERE (d.id = 1)))))'
  assert.deepEqual(
    cutsOfExpression(policy).map(({ start, end, by }) => `${policy.slice(start, end)} → ${by}`),
    [
      'ctx.ok() → true',
      '(id IN ( SELECT c.id FROM c WHERE ((c.r = 1) OR (c.s = 2)))) → true',
      '(c.r = 1) OR (c.s = 2) → true',
      '(c.r = 1) → false',
      '(c.s = 2) → false',
      '(NOT (EXISTS ( SELECT FROM d WHERE (d.id = 1)))) → true',
      'd.id = 1 → true',
    ],
  )
  const body = `begin
    if a is null or b then return; end if;
    return query select x from t join u on u.id = t.id and u.ok where t.y = 1 and t.z order by 1;
    insert into v values (1) on conflict do nothing;
  end`
  assert.deepEqual(
    cutsOfBody(body, false).map(({ start, end, by }) => `${body.slice(start, end)} → ${by}`),
    [
      'a is null or b → true',
      'a is null → false',
      'b → false',
      'u.id = t.id → true',
      'u.ok → true',
      't.y = 1 → true',
      't.z → true',
    ],
  )
  const returns = 'begin return a and b; end'
  assert.deepEqual(
    cutsOfBody(returns, true).map(one => without(returns, one)),
    ['begin return true and b; end', 'begin return a and true; end'],
  )
})
