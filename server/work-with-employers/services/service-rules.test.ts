import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ServiceKind } from '../../../contract/territory-and-register/sought.ts'
import { areDaysPossible, checkKind, usageOf } from './service-rules.ts'
import { countsSince } from './services-used.model.ts'

const today = '2026-12-01'

test('REC-3: a service is of a day from 2000 to today, and ends no earlier than it began', () => {
  for (const [usedOn, endedOn, possible] of [
    ['2000-01-01', null, true],
    ['1999-12-31', null, false],
    [today, null, true],
    ['2026-12-02', null, false],
    ['2026-03-02', '2026-03-02', true],
    ['2026-03-02', '2026-03-01', false],
    ['2026-11-30', '2027-02-28', true],
  ] as const)
    assert.equal(areDaysPossible({ usedOn, endedOn }, today), possible, `${usedOn} ${endedOn}`)
})

test('REC-3: the AFPR is entered nowhere; where a file brought it, it stays within the days when it was', () => {
  const refused = (kind: ServiceKind, usedOn: string, current?: ServiceKind) => {
    try {
      checkKind(kind, usedOn, current)
      return false
    } catch (error) {
      return (error as { code?: string }).code === 'operator-service/past-label'
    }
  }
  assert.ok(refused('afpr', '2023-05-02'))
  assert.ok(refused('afpr', '2023-05-02', 'poei'))
  assert.ok(!refused('afpr', '2024-06-30', 'afpr'))
  assert.ok(refused('afpr', '2024-07-01', 'afpr'))
  assert.ok(!refused('poei', '2026-05-02'))
  assert.ok(!refused('poei', '2023-05-02', 'afpr'))
})

test('REC-3: what was withdrawn or called off is not used; the day itself counts', () => {
  const service = { kind: 'mrs', usedOn: '2026-03-02', result: 'abouti', withdrawnAt: null } as const
  assert.ok(countsSince(service, '2026-03-02'))
  assert.ok(!countsSince(service, '2026-03-03'))
  assert.ok(!countsSince({ ...service, result: 'annule' }, '2026-01-01'))
  assert.ok(!countsSince({ ...service, withdrawnAt: new Date() }, '2026-01-01'))
  for (const result of ['en-cours', 'sans-suite', 'non-connu'] as const)
    assert.ok(countsSince({ ...service, result }, '2026-01-01'), result)
})

test('REC-3: faithful in both runs of twelve months, new in the last alone, lost in the one before alone; an event is no use', () => {
  const on = (...days: string[]) => days.map(usedOn => ({ kind: 'conseil' as ServiceKind, usedOn }))
  for (const [used, expected] of [
    [[], 'none'],
    [on('2026-11-30', '2025-11-30'), 'faithful'],
    [on('2025-12-02', '2025-12-01'), 'faithful'],
    [on('2025-12-02'), 'new'],
    [on('2025-12-01'), 'lost'],
    [on('2024-12-02'), 'lost'],
    [on('2024-12-01'), 'none'],
    [on('2026-11-30', '2023-11-30'), 'new'],
    [[{ kind: 'evenement' as const, usedOn: '2026-11-30' }], 'none'],
    [[{ kind: 'evenement' as const, usedOn: '2025-11-30' }, ...on('2026-11-30')], 'new'],
  ] as const)
    assert.equal(usageOf(used, today), expected, JSON.stringify(used))
})
