import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedBy, siretsText } from './round-address.ts'

const [a, b] = ['90000000000012', '90000000000020']
test('POR-5: the address keeps the choice by numbers and a day alone; what is malformed or too much is left out', () => {
  for (const [address, sirets, day] of [
    [{}, undefined, '2027-01-15'],
    [{ jour: '2027-01-19' }, undefined, '2027-01-19'],
    [{ jour: 'mardi' }, undefined, '2027-01-15'],
    [{ jour: '2027-13-45' }, undefined, '2027-01-15'],
    [{ etablissements: `${b},${a}` }, [b, a], '2027-01-15'],
    [{ etablissements: `${a},${a},12,x` }, [a], '2027-01-15'],
    [{ etablissements: 'x' }, undefined, '2027-01-15'],
  ] as const)
    assert.deepEqual(askedBy(address, '2027-01-15'), { sirets, day }, JSON.stringify(address))
  const many = Array.from({ length: 30 }, (_, i) => String(90000000000000 + i))
  assert.deepEqual(askedBy({ etablissements: siretsText(many) }, '2027-01-15').sirets, many.slice(0, 25))
  assert.equal(siretsText([]), undefined)
})
