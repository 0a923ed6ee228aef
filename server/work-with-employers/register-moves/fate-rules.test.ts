import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fate, fateOf, type Link, type RegisterFacts } from './fate-rules.ts'

const on = '2026-11-12'
const link = (successor: number, over: Partial<Link> = {}): Link => ({
  successor,
  linkedOn: on,
  headOfficeTransfer: false,
  economicContinuity: true,
  ...over,
})
const open: RegisterFacts = { active: true, closedOn: null, objects: false, links: [] }
const closed = (...links: Link[]): RegisterFacts => ({ active: false, closedOn: on, objects: false, links })
const stops = (several = false): Fate => ({ kind: 'closed', closedOn: on, several })
const follows = (successor: number): Fate => ({ kind: 'continued', closedOn: on, successor })

const cases: readonly (readonly [what: string, register: Record<number, RegisterFacts>, fate: Fate])[] = [
  ['open', { 1: open }, { kind: 'open' }],
  ['unknown to the register', {}, { kind: 'open' }],
  ['open, whatever its links', { 1: { ...open, links: [link(2)] }, 2: open }, { kind: 'open' }],
  ['open, its person objects', { 1: { ...open, objects: true } }, { kind: 'objects', closedOn: null }],
  ['closed, its person objects', { 1: { ...closed(), objects: true } }, stops()],
  ['continued by one who objects', { 1: closed(link(2)), 2: { ...open, objects: true } }, follows(2)],
  ['closed', { 1: closed() }, stops()],
  ['continued by another', { 1: closed(link(2)), 2: open }, follows(2)],
  [
    'its head office moved',
    { 1: closed(link(2, { economicContinuity: false, headOfficeTransfer: true })), 2: open },
    follows(2),
  ],
  ['a link without continuity', { 1: closed(link(2, { economicContinuity: false })), 2: open }, stops()],
  ['a successor that the register lacks', { 1: closed(link(2)) }, stops()],
  ['two successors on one day', { 1: closed(link(2), link(3)), 2: open, 3: open }, stops(true)],
  ['the newest of two', { 1: closed(link(2, { linkedOn: '2026-11-01' }), link(3)), 2: open, 3: open }, follows(3)],
  ['one successor said twice', { 1: closed(link(2), link(2, { headOfficeTransfer: true })), 2: open }, follows(2)],
  ['a link of an earlier life', { 1: closed(link(2, { linkedOn: '2024-01-01' })), 2: open }, stops()],
  ['a link to itself', { 1: closed(link(1)) }, stops()],
  ['a chain to its end', { 1: closed(link(2)), 2: closed(link(3)), 3: open }, follows(3)],
  ['a chain that ends closed', { 1: closed(link(2)), 2: closed() }, stops()],
  ['a ring', { 1: closed(link(2)), 2: closed(link(1)) }, stops()],
  ['a chain that parts in two', { 1: closed(link(2)), 2: closed(link(3), link(4)), 3: open, 4: open }, stops()],
  [
    'closed on a day that is not diffused',
    { 1: { ...closed(link(2, { linkedOn: '2020-01-01' })), closedOn: null }, 2: open },
    { kind: 'continued', closedOn: null, successor: 2 },
  ],
]
for (const [what, register, fate] of cases)
  test(`CAM-14: the fate of an establishment: ${what}`, () => {
    const known = new Map(Object.entries(register).map(([siret, facts]) => [Number(siret), facts]))
    assert.deepEqual(fateOf(1, known), fate)
  })
