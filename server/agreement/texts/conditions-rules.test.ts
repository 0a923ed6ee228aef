import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concerning, effectOf, heldTools, lastEffect, standing, withStanding } from './conditions-rules.ts'

const at = (text: string) => new Date(`${text}T12:00:00Z`)
const now = at('2026-06-01')
const version = (
  id: string,
  kind: 'cgu' | 'cpu' | 'confidentialite' | 'securite',
  from: string,
  tool: 'campagnes' | 'fiche-etablissement' | null = null,
) => ({ id, kind, tool, version: 1, inForceFrom: at(from) })

test('AGR-8: of one text, each version holds until the next one', () => {
  const of = (...from: string[]) =>
    standing(
      from.map(f => ({ inForceFrom: at(f) })),
      now,
    ).map(s => `${s.state}${s.until ? ` until ${s.until.toISOString().slice(0, 10)}` : ''}`)
  assert.deepEqual(of('2026-07-01', '2026-01-01', '2026-03-01'), [
    'replaced until 2026-03-01',
    'in-force until 2026-07-01',
    'to-come',
  ])
  assert.deepEqual(of('2026-01-01', '2026-06-01'), ['replaced until 2026-06-01', 'in-force'], 'at its very instant')
  assert.deepEqual(of(), [])
})

test('AGR-8, AGR-12: a version that was cancelled never was: the one before goes on until the one after', () => {
  const series = [
    { inForceFrom: at('2026-01-01') },
    { inForceFrom: at('2026-03-01'), cancelledAt: at('2026-02-01') },
    { inForceFrom: at('2026-07-01') },
    { inForceFrom: at('2026-09-01'), cancelledAt: at('2026-05-01') },
  ]
  assert.deepEqual(
    standing(series, now).map(s => [s.state, s.until]),
    [
      ['in-force', at('2026-07-01')],
      ['cancelled', null],
      ['to-come', null],
      ['cancelled', null],
    ],
  )
  assert.deepEqual(lastEffect(series), at('2026-07-01'))
  assert.equal(lastEffect([series[1]!]), null)
})

test('AGR-8: the general conditions prevail over the particular ones, whatever the order they were published in', () => {
  const texts = [
    version('s', 'securite', '2026-01-01'),
    version('pf', 'cpu', '2026-01-01', 'fiche-etablissement'),
    version('pc', 'cpu', '2026-01-01', 'campagnes'),
    version('c', 'confidentialite', '2026-01-01'),
    version('g1', 'cgu', '2026-01-01'),
    version('g2', 'cgu', '2026-02-01'),
  ]
  assert.deepEqual(
    withStanding(texts, now).map(d => d.version.id),
    ['g2', 'g1', 'pc', 'pf', 'c', 's'],
  )
})

test('POR-2: what concerns a person: the texts in force, and the conditions of their own tools', () => {
  const texts = [
    version('g1', 'cgu', '2026-01-01'),
    version('g2', 'cgu', '2026-07-01'),
    version('pc', 'cpu', '2026-01-01', 'campagnes'),
    version('pf', 'cpu', '2026-01-01', 'fiche-etablissement'),
  ]
  assert.deepEqual(
    concerning(texts, ['campagnes'], now).map(d => d.version.id),
    ['g1', 'pc'],
  )
  assert.deepEqual(
    concerning(texts, [], now).map(d => d.version.id),
    ['g1'],
  )
})

test('POR-2: one’s tools are those of the grants held, in effect or short of something, but not of a tool that annex 4 no longer has', () => {
  const grant = { profile: 'conseiller', territoryId: 0, touches: [] } as const
  assert.deepEqual(
    heldTools({
      grants: [
        { ...grant, tool: 'campagnes' },
        { ...grant, tool: 'campagnes' },
      ],
      withheld: [
        { tool: 'fiche-etablissement', profile: 'conseiller', missing: ['cpu'] },
        { tool: 'fiche-recrutement', profile: 'consultation', missing: ['annex-4', 'cpu'] },
      ],
    }),
    ['campagnes', 'fiche-etablissement'],
  )
})

const midnight = new Date('2026-06-09T22:00:00Z')
for (const [why, on, last, expected] of [
  ['today: at once', '2026-06-01', null, now],
  ['a day to come: at its first instant', '2026-06-10', null, midnight],
  ['yesterday', '2026-05-31', null, 'conditions/date-past'],
  ['before a version that is published for later', '2026-06-01', at('2026-06-05'), 'conditions/date-before-last'],
  ['at the very instant of another', '2026-06-10', midnight, 'conditions/date-before-last'],
  ['after the last one', '2026-06-10', at('2026-06-05'), midnight],
] as const)
  test(`POR-2: a version takes effect ${why}`, () =>
    assert.deepEqual(
      effectOf(
        { on, startsAt: on === '2026-06-10' ? midnight : new Date(`${on}T00:00:00+02:00`) },
        last,
        '2026-06-01',
        now,
      ),
      expected,
    ))
