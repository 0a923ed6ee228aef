import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dated } from '../texts/conditions-rules.ts'
import { cancelRefusal, categoryChangesOf, changesOf, hasStrayCategory } from './annex-rules.ts'

test('AGR-12: what an annex brings and takes away', () => {
  assert.deepEqual(changesOf(['campagnes', 'fiche-recrutement'], ['campagnes', 'fiche-etablissement']), {
    opened: ['fiche-etablissement'],
    withdrawn: ['fiche-recrutement'],
  })
  assert.deepEqual(changesOf(['campagnes'], ['campagnes']), { opened: [], withdrawn: [] })
})

test('AGR-12: what an annex opens and closes of the categories of the tools that stay', () => {
  const fiche = 'fiche-etablissement' as const
  const [needs, kept] = [
    { tool: 'campagnes', categories: ['besoins'] },
    { tool: fiche, categories: ['notes'] },
  ] as const
  for (const [open, before, listed, expected] of [
    [['campagnes', fiche], [needs, kept], [needs, kept], { opened: [], closed: [] }],
    [['campagnes'], [needs], [{ tool: 'campagnes', categories: [] }], { opened: [], closed: ['besoins'] }],
    [['campagnes'], [{ tool: 'campagnes', categories: [] }], [needs], { opened: ['besoins'], closed: [] }],
    [
      ['campagnes', fiche],
      [needs, kept],
      [{ tool: fiche, categories: ['interlocuteurs'] }],
      { opened: ['interlocuteurs'], closed: ['notes'] },
    ],
    // Brought by this version: told as a tool.
    [[], [needs], [{ tool: 'campagnes', categories: [] }], { opened: [], closed: [] }],
    // Open since before there were versions.
    [[fiche], [], [kept], { opened: [], closed: ['interlocuteurs', 'engagements', 'renseignements'] }],
  ] as const)
    assert.deepEqual(categoryChangesOf(open, before, listed), expected)
})

test('AGR-12: a category is listed under its own tool', () => {
  assert.equal(hasStrayCategory([{ tool: 'campagnes', categories: ['besoins'] }]), false)
  assert.equal(hasStrayCategory([{ tool: 'campagnes', categories: ['besoins', 'notes'] }]), true)
  assert.equal(hasStrayCategory([{ tool: 'fiche-recrutement', categories: ['besoins'] }]), true)
  assert.equal(hasStrayCategory([{ tool: 'fiche-recrutement', categories: [] }]), false)
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
