import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessCsv } from './access-csv-rules.ts'

test('ACC-9: the file says the day of the last activity in Paris, as the page does', () => {
  const line: Omit<Parameters<typeof accessCsv>[0][number], 'lastActAt'> = {
    grantId: 'a',
    person: { id: 'b', name: 'Camille Essai', organisationId: 'c' },
    function: 'Conseillère',
    status: 'active',
    attachment: 'agent',
    tool: 'campagnes',
    profile: 'conseiller',
    territory: null,
    agency: null,
    since: '2026-01-05',
    until: null,
    grantedAt: '2026-01-05T08:00:00.000Z',
    grantedBy: null,
    reason: 'Motif',
    lastUsedOn: null,
    missing: [],
  }
  const dayOf = (lastActAt: string | null) =>
    accessCsv([{ ...line, lastActAt }])
      .split('\n')[1]!
      .split(';')[10]
  assert.equal(dayOf('2026-05-19T22:30:00.000Z'), '"2026-05-20"')
  assert.equal(dayOf(null), '""')
})
