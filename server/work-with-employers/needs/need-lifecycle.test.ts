import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needActs, needKinds, needStates } from '../../../contract/work-with-employers/needs.ts'
import { type LivingNeed, type NeedAct, stateAfter } from './need-lifecycle.ts'

const need = (over: Partial<LivingNeed> = {}): LivingNeed => ({
  kind: 'recrutement',
  state: 'ouvert',
  posts: 2,
  hired: 0,
  ...over,
})

test('CAM-7: the life of a need is one table: open, taken, filled whole or in part, filled otherwise, abandoned, reopened', () => {
  const table = needStates.map(state => [
    state,
    Object.fromEntries(
      needActs.flatMap(act => {
        const to = stateAfter(need({ state, hired: 1 }), act)
        return to ? [[act, to]] : []
      }),
    ),
  ])
  const ending = { 'fill-otherwise': 'pourvu-autrement', abandon: 'abandonne' }
  assert.deepEqual(table, [
    ['ouvert', { take: 'pris-en-charge', ...ending }],
    ['pris-en-charge', { 'give-back': 'ouvert', unreachable: 'ouvert', hire: 'partiellement-pourvu', ...ending }],
    ['partiellement-pourvu', { 'give-back': 'ouvert', hire: 'partiellement-pourvu', ...ending }],
    ['pourvu', { reopen: 'ouvert' }],
    ['pourvu-autrement', { reopen: 'ouvert' }],
    ['abandonne', { reopen: 'ouvert' }],
  ])
})

test('CAM-7: the last post filled fills the need; what asks for no hire is answered, and hires nobody', () => {
  for (const [posts, hired, to] of [
    [2, 1, 'partiellement-pourvu'],
    [2, 2, 'pourvu'],
    [2, 3, 'pourvu'],
  ] as const)
    assert.equal(stateAfter(need({ state: 'pris-en-charge', posts, hired }), 'hire'), to)
  const after = (kind: LivingNeed['kind'], act: NeedAct) =>
    stateAfter(need({ kind, state: 'pris-en-charge', posts: 1, hired: 1 }), act)
  for (const kind of needKinds) {
    const hires = kind === 'recrutement' || kind === 'contrat-aide'
    assert.deepEqual([after(kind, 'hire'), after(kind, 'answer')], hires ? ['pourvu', null] : [null, 'pourvu'], kind)
  }
})
