import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dated } from '../texts/conditions-rules.ts'
import { cancelRefusal, changesOf } from './annex-rules.ts'

test('AGR-12: what an annex brings and takes away', () => {
  assert.deepEqual(changesOf(['campagnes', 'fiche-recrutement'], ['campagnes', 'fiche-etablissement']), {
    opened: ['fiche-etablissement'],
    withdrawn: ['fiche-recrutement'],
  })
  assert.deepEqual(changesOf(['campagnes'], ['campagnes']), { opened: [], withdrawn: [] })
})

test('AGR-12: the last version is cancelled while it is to come and for a day of its effect', () => {
  const effect = new Date('2026-12-01T00:00:00+01:00')
  const version: Dated = { inForceFrom: effect }
  const next = { inForceFrom: new Date(effect.getTime() + 1) }
  const later = (ms: number) => new Date(effect.getTime() + ms)
  for (const [now, others, expected] of [
    [later(-1), [], null],
    [later(0), [], null],
    [later(86_399_999), [], null],
    [later(86_400_000), [], 'annex/cancel-too-late'],
    [later(0), [next], 'annex/not-last'],
    [later(0), [{ ...next, cancelledAt: effect }], null],
    [later(0), [{ inForceFrom: later(-1) }], null],
  ] as const)
    assert.equal(cancelRefusal(version, [version, ...others], now), expected)
  assert.equal(cancelRefusal({ ...version, cancelledAt: effect }, [version], effect), 'conditions/cancelled')
})
