import assert from 'node:assert/strict'
import { test } from 'node:test'
import { campaignTurns } from '../../../contract/work-with-employers/targets.ts'
import { turnWords } from './campaign-words.ts'

const organisation = { id: 'o1', name: 'Mission locale des Graves', kind: 'mission-locale' }
const karim = { id: 'p1', name: 'Karim Belkacem', organisationId: 'o1' }
const own = { organisation, person: karim }

test('EST-8: what a campaign did with an employer is said in words of its own, who has it included', () => {
  const said = campaignTurns.map(turn => turnWords({ turn, assignment: null }))
  assert.equal(new Set(said).size, campaignTurns.length, said.join(' / '))
  for (const [words, assignment] of [
    [
      'Prise en charge par Karim Belkacem (Mission locale des Graves), pour la campagne',
      { by: karim, how: null, from: null, to: own },
    ],
    [
      'Rendue par Karim Belkacem (Mission locale des Graves), pour la campagne',
      { by: null, how: null, from: own, to: null },
    ],
    [
      'Confiée à la mission locale des Graves, pour la campagne',
      { by: null, how: 'zone', from: null, to: { organisation, person: null } },
    ],
  ] as const)
    assert.equal(turnWords({ turn: 'assigned', assignment }), words)
})
