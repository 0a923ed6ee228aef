import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDecision } from './conflict-rules.ts'

for (const [decision, reason, kinds, code] of [
  ['leave', null, ['held', 'contacted'], null],
  ['share', null, ['held'], null],
  ['share', null, ['held', 'contacted'], 'campaign/decision-impossible'],
  ['take', null, ['held'], 'campaign/reason-required'],
  ['take', null, ['contacted'], 'campaign/reason-required'],
  ['take', 'Accord du PLIE', ['held', 'contacted'], null],
] as const)
  test(`CAM-3: ${decision} ${kinds.join(' and ')} ${reason ? 'with' : 'without'} a reason is ${code ?? 'possible'}`, () => {
    if (code) assert.throws(() => checkDecision(decision, reason, kinds), { code })
    else checkDecision(decision, reason, kinds)
  })
