import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fate } from './fate-rules.ts'
import { type MovedTarget, outcomeOf } from './outcome-rules.ts'

const target = (over: Partial<MovedTarget> = {}): MovedTarget => ({
  campaignId: 'c',
  campaignStatus: 'open',
  status: 'a-contacter',
  held: true,
  within: true,
  successorStatus: null,
  heldBy: null,
  successorObjects: false,
  ...over,
})
const closed: Exclude<Fate, { kind: 'open' }> = { kind: 'closed', closedOn: '2026-11-01', several: false }
const continued: Exclude<Fate, { kind: 'open' }> = {
  kind: 'continued',
  closedOn: '2026-11-01',
  successor: 90000000100029,
}

const stopping: readonly (readonly [what: string, over: Partial<MovedTarget>, outcome: string | undefined])[] = [
  ['to contact', {}, 'stopped'],
  ['a meeting fixed', { status: 'rendez-vous' }, 'stopped'],
  ['of a draft', { campaignStatus: 'draft', held: false }, 'stopped'],
  ['dealt with keeps its result', { status: 'traite' }, 'finished'],
  ['set aside already', { status: 'ecarte' }, undefined],
  ['of a campaign that is over', { campaignStatus: 'closed' }, undefined],
  ['of an archived campaign', { campaignStatus: 'archived' }, undefined],
]
for (const [what, over, outcome] of stopping)
  test(`CAM-14: a target whose establishment closed: ${what}`, () =>
    assert.equal(outcomeOf(target(over), closed)?.outcome, outcome))

test('CAM-14: why a target stopped is said, with the day and the many successors', () => {
  assert.equal(outcomeOf(target(), closed)!.said, 'Fermé le 1er novembre 2026 selon le répertoire')
  assert.equal(outcomeOf(target(), { ...closed, closedOn: null })!.said, 'Fermé selon le répertoire')
  assert.match(outcomeOf(target(), { ...closed, several: true })!.said, /plusieurs établissements lui succèdent$/)
})

const objects: Exclude<Fate, { kind: 'open' }> = { kind: 'objects', closedOn: null }
const objection = 'La personne s’oppose à la diffusion de ses données, selon le répertoire'
for (const [what, over, outcome] of stopping)
  test(`EST-10, EST-4: a target whose person objects since: ${what}`, () => {
    const stopped = outcomeOf(target(over), objects)
    assert.deepEqual([stopped?.outcome, stopped?.said], [outcome, outcome && objection])
  })

const following: readonly (readonly [
  what: string,
  over: Partial<MovedTarget>,
  outcome: string,
  status: string,
  said: string | null | undefined,
])[] = [
  ['to contact', {}, 'carried', 'a-contacter', null],
  ['a meeting fixed', { status: 'rendez-vous' }, 'carried', 'rendez-vous', null],
  ['of a campaign that is over', { campaignStatus: 'closed', within: false }, 'carried', 'a-contacter', null],
  ['gone from the territory', { within: false }, 'aside', 'ecarte', 'Parti hors du territoire de la campagne'],
  ['to one who objects', { successorObjects: true }, 'aside', 'ecarte', objection],
  ['dealt with, to one who objects', { status: 'traite', successorObjects: true }, 'carried', 'traite', null],
  [
    'of a campaign that is over, to one who objects',
    { campaignStatus: 'closed', successorObjects: true },
    'carried',
    'a-contacter',
    null,
  ],
  ['held by another', { heldBy: 'CC des Graves' }, 'aside', 'ecarte', 'Déjà suivi par CC des Graves'],
  ['set aside before', { status: 'ecarte' }, 'aside', 'ecarte', 'Mis de côté sous son ancien SIRET'],
  ['a target already', { successorStatus: 'a-contacter' }, 'merged', 'a-contacter', undefined],
  [
    'worked before, its successor not',
    { status: 'besoin', successorStatus: 'a-contacter' },
    'merged',
    'besoin',
    undefined,
  ],
  ['its successor worked too', { status: 'besoin', successorStatus: 'traite' }, 'merged', 'traite', undefined],
  [
    'its successor set aside by its pilot',
    { status: 'besoin', successorStatus: 'ecarte' },
    'merged',
    'ecarte',
    undefined,
  ],
  [
    'set aside before, its successor not',
    { status: 'ecarte', successorStatus: 'a-contacter' },
    'merged',
    'a-contacter',
    undefined,
  ],
]
for (const [what, over, outcome, status, said] of following)
  test(`CAM-14: a target that continues under another SIRET: ${what}`, () => {
    const carried = outcomeOf(target(over), continued)!
    assert.deepEqual([carried.outcome, carried.status, carried.successorSaid], [outcome, status, said])
    assert.equal(carried.said, 'Continue sous le SIRET 90000000100029')
  })
