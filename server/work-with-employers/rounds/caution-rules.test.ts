import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reply } from '../../../contract/route.ts'
import type { listRoundStops } from '../../../contract/work-with-employers/rounds.ts'
import { cautionsOf } from './caution-rules.ts'

type Contact = NonNullable<Reply<typeof listRoundStops>['items'][number]['lastContacts']>[number]
const contact = (result: Contact['result']) => ({ result }) as Contact

test('EST-7: what makes one think twice: closed, refused or followed at the last exchange one may read, contacted often', () => {
  for (const [closed, results, thisMonth, expected] of [
    [false, [], 0, []],
    [true, [], 0, ['closed']],
    [false, ['refus', 'besoin-detecte'], 1, ['refused']],
    [false, ['besoin-detecte', 'refus'], 2, []],
    [false, [null, 'ferme'], 3, ['said-closed', 'often-contacted']],
    [false, ['deja-suivi'], 2, ['already-followed']],
    [true, null, null, ['closed']],
  ] as const)
    assert.deepEqual(
      cautionsOf(
        { closed, notToContact: false },
        { lastContacts: results?.map(contact) ?? null, contactsThisMonth: thisMonth },
      ),
      expected,
      JSON.stringify([closed, results, thisMonth]),
    )
})

test('EST-10: not to be contacted comes first, whatever else makes one think twice', () => {
  const known = { lastContacts: [contact('refus')], contactsThisMonth: 3 }
  assert.deepEqual(cautionsOf({ closed: false, notToContact: true }, known), [
    'do-not-contact',
    'refused',
    'often-contacted',
  ])
})
