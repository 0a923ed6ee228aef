import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestFirst, type Fit, fitOf, type SaidIntake, type SoughtNeed } from './placing-rules.ts'

const baker: SoughtNeed = { kind: 'recrutement', advice: null, rome: 'D1102' }
const said: SaidIntake = { kinds: ['recrutement', 'conseil'], advice: ['handicap'], jobs: ['D', 'H'] }
const cases: readonly (readonly [what: string, need: Partial<SoughtNeed>, said: SaidIntake | null, Fit])[] = [
  ['nothing said', {}, null, 'unsaid'],
  ['its kind and its job', {}, said, 'takes-job'],
  ['its kind, of another job', { rome: 'G1602' }, said, 'not-job'],
  ['its kind, of every job', {}, { ...said, jobs: [] }, 'takes'],
  ['its kind, a job in other words', { rome: null }, said, 'takes'],
  ['another kind', { kind: 'formation', rome: null }, said, 'not-kind'],
  ['another kind, of its job', { kind: 'immersion' }, said, 'not-kind'],
  ['advice on its subject', { kind: 'conseil', advice: 'handicap', rome: null }, said, 'takes'],
  ['advice on another', { kind: 'conseil', advice: 'inclusion', rome: null }, said, 'not-kind'],
  ['advice on every subject', { kind: 'conseil', advice: 'inclusion', rome: null }, { ...said, advice: [] }, 'takes'],
]
for (const [what, need, intake, fit] of cases)
  test(`CAM-7: what a structure says it takes, beside a need: ${what}`, () => {
    assert.equal(fitOf({ ...baker, ...need }, intake), fit)
  })

const row = (id: string, fit: Fit, metOn: string | null = null, yes = 0, of = 0) => ({
  id,
  fit,
  metOn,
  answers: { yes, of },
})
const orders: readonly (readonly [what: string, rows: readonly ReturnType<typeof row>[], order: string])[] = [
  [
    'by what it says it takes',
    [row('a', 'not-kind'), row('b', 'not-job'), row('c', 'unsaid'), row('d', 'takes-job')],
    'dcba',
  ],
  ['every job is worth the job', [row('a', 'takes'), row('b', 'takes-job')], 'ab'],
  ['then who works with this employer', [row('a', 'unsaid'), row('b', 'unsaid', '2026-10-01')], 'ba'],
  ['never before what it says', [row('a', 'unsaid', '2026-10-01', 9, 9), row('b', 'takes')], 'ba'],
  ['then how it answered', [row('a', 'takes', null, 1, 4), row('b', 'takes', null, 4, 5), row('c', 'takes')], 'bca'],
  ['one yes does not outweigh four of five', [row('a', 'takes', null, 1, 1), row('b', 'takes', null, 4, 5)], 'ba'],
  ['nothing tells them apart: as they were', [row('b', 'takes'), row('a', 'takes')], 'ba'],
]
for (const [what, rows, order] of orders)
  test(`CAM-7: structures are told best placed first, none left out: ${what}`, () => {
    assert.equal(
      bestFirst(rows)
        .map(({ id }) => id)
        .join(''),
      order,
    )
  })
