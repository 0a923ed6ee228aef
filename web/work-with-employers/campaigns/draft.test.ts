import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, type Draft, emptyDraft, merge, missing, takeFields } from './draft.ts'

const whole: Draft = {
  ...emptyDraft({ value: '10001', label: 'Bordeaux hors Métropole' }),
  name: 'Apprentissage',
  purpose: 'prospection',
  startsOn: '2027-01-15',
  endsOn: '2027-03-15',
}

for (const [over, said] of [
  [{ name: ' ', purpose: '' }, 'il manque le nom et l’objet'],
  [{ territory: null }, 'il manque le territoire'],
  [{ startsOn: '', endsOn: '' }, 'il manque le début et la fin'],
  [{ endsOn: '2027-01-14' }, 'la fin doit suivre le début'],
  [{ endsOn: '2028-01-16' }, 'une campagne dure un an au plus'],
  [{ endsOn: '2028-01-15' }, undefined],
  [{ contactDelayDays: '400' }, 'le délai est un nombre de jours de 0 à 365'],
  [{ goals: { ...whole.goals, besoins: 'dix' } }, 'un objectif est un nombre entier'],
  [{}, undefined],
] as const)
  test(`CAM-1: not saved yet: ${said ?? 'nothing is missing'}`, () =>
    assert.equal(missing({ ...whole, ...over }), said))

test('CAM-1: what is sent is trimmed, and goals left blank are none', () => {
  const body = bodyOf({
    ...whole,
    name: ' Apprentissage ',
    description: '  ',
    goals: { ...whole.goals, besoins: '12', 'rendez-vous': ' ' },
    members: [{ id: 'm', name: 'PLIE' }],
  })
  assert.deepEqual(
    [body.name, body.description, body.goals, body.memberIds, body.contactDelayDays],
    ['Apprentissage', null, [{ kind: 'besoins', value: 12 }], ['m'], 30],
  )
})
test('CAM-1: two pilots on one draft: what each changed alone is kept, without a question', () => {
  const { draft, taken, clashes } = merge(
    whole,
    { ...whole, name: 'Le mien' },
    { ...whole, description: 'La leur', members: [{ id: 'm', name: 'PLIE' }] },
  )
  assert.deepEqual(
    [draft.name, draft.description, draft.members, taken, clashes],
    ['Le mien', 'La leur', [{ id: 'm', name: 'PLIE' }], ['Description', 'Structures membres'], []],
  )
})
test('CAM-1: … what both changed is shown side by side, and only that; either is kept whole', () => {
  const [mine, theirs] = [
    { ...whole, name: 'Le mien', endsOn: '2027-04-01' },
    { ...whole, name: 'Le leur', endsOn: '2027-04-01', description: 'Ajoutée' },
  ]
  const { draft, clashes } = merge(whole, mine, theirs)
  assert.deepEqual(clashes, [{ field: 'name', label: 'Nom', mine: 'Le mien', theirs: 'Le leur' }])
  assert.deepEqual([draft.name, draft.description], ['Le mien', 'Ajoutée'])
  assert.deepEqual(
    [takeFields(draft, theirs, clashes).name, takeFields(draft, theirs, clashes).endsOn],
    ['Le leur', '2027-04-01'],
  )
})
