import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choiceOf, type Recordable, sentCampaign } from './campaign-choice.ts'

const campaign = (id: string, over: Partial<Recordable> = {}): Recordable => ({
  id,
  name: id,
  startsOn: '2026-10-01',
  endsOn: '2026-12-15',
  setAside: false,
  ...over,
})
const day = '2026-11-25'
const [first, second] = [campaign('premiere'), campaign('seconde')]
const over = campaign('finie', { endsOn: '2026-11-24' })
const aside = campaign('ecartee', { setAside: true })
const nothing = { chosen: undefined, from: undefined }

for (const [why, campaigns, asked, items, chosen, leftOut, sent] of [
  ['the first that takes it', [aside, first, second], nothing, ['premiere', 'seconde'], 'premiere', null, 'premiere'],
  [
    'the one it comes from',
    [first, second],
    { ...nothing, from: 'seconde' },
    ['premiere', 'seconde'],
    'seconde',
    null,
    'seconde',
  ],
  [
    'the one chosen',
    [first, second],
    { chosen: 'premiere', from: 'seconde' },
    ['premiere', 'seconde'],
    'premiere',
    null,
    'premiere',
  ],
  ['none, chosen', [first, over], { chosen: '', from: 'finie' }, ['premiere'], '', null, null],
  ['none that takes it', [over, aside], nothing, [], '', null, null],
  ['from one that is over: said', [over], { ...nothing, from: 'finie' }, [], '', 'finie', 'finie'],
  ['from one where it is set aside: said', [aside], { ...nothing, from: 'ecartee' }, [], '', 'ecartee', 'ecartee'],
  [
    'from one that is over, another takes it',
    [over, first],
    { ...nothing, from: 'finie' },
    ['premiere'],
    'premiere',
    'finie',
    'premiere',
  ],
  ['from one that is not there', [first], { ...nothing, from: 'ailleurs' }, ['premiere'], 'premiere', null, 'premiere'],
  [
    'a draft whose choice is gone',
    [first],
    { chosen: 'ailleurs', from: 'premiere' },
    ['premiere'],
    'premiere',
    null,
    'premiere',
  ],
] as const)
  test(`CAM-5: the campaign proposed: ${why}`, () => {
    const choice = choiceOf(campaigns, asked, day)
    assert.deepEqual(
      [choice.items.map(({ id }) => id), choice.chosen, choice.leftOut?.id ?? null, sentCampaign(choice)],
      [items, chosen, leftOut, sent],
    )
  })
test('CAM-5: another day of the exchange, other campaigns', () =>
  assert.equal(choiceOf([over], nothing, '2026-11-24').chosen, 'finie'))
