import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostCampaignResults } from '../../../contract/work-with-employers/exchanges.ts'
import { type CampaignResult, checkNewLabel, checkStatus, chosenResult, labelOf } from './result-rules.ts'

const own = (over: Partial<CampaignResult> = {}): CampaignResult => ({
  id: 'r1',
  campaignId: 'c1',
  label: 'Viendra au job dating',
  base: 'rendez-vous-pris',
  createdAt: new Date(0),
  retiredAt: null,
  ...over,
})
const retired = new Date(1)
const kept = { campaignResultId: 'r1', resultLabel: 'Viendra au job dating', result: 'rendez-vous-pris' } as const

test('CAM-5: the words of a result are kept plain', () =>
  assert.equal(labelOf('  Viendra \n au  job dating '), 'Viendra au job dating'))

for (const [name, label, present, code] of [
  ['a new one', 'Attend le salon', [own()], null],
  ['one that was retired comes back', 'viendra au JOB dating', [own({ retiredAt: retired })], null],
  ['as one that is proposed', 'VIENDRA au job dating', [own()], 'campaign-result/label-taken'],
  ['as a base one', 'à rappeler', [], 'campaign-result/label-taken'],
  [
    'one too many',
    'Attend le salon',
    Array.from({ length: mostCampaignResults }, (_, n) => own({ id: `r${n}`, label: `Mots ${n}` })),
    'campaign-result/too-many',
  ],
  [
    'retired ones take no place',
    'Attend le salon',
    Array.from({ length: mostCampaignResults }, (_, n) =>
      own({ id: `r${n}`, label: `Mots ${n}`, retiredAt: n ? null : retired }),
    ),
    null,
  ],
] as const)
  test(`CAM-5: adding words: ${name}`, () => {
    if (code) assert.throws(() => checkNewLabel(label, present), { code })
    else checkNewLabel(label, present)
  })

test('CAM-5: words are added while a campaign is prepared or worked', () => {
  for (const status of ['draft', 'open']) checkStatus(status)
  for (const status of ['closed', 'archived'])
    assert.throws(() => checkStatus(status), { code: 'campaign/wrong-status' })
})

const asked = { result: 'rendez-vous-pris', campaignResultId: 'r1' } as const
for (const [name, input, found, at, expected] of [
  ['a base one', { result: 'absent' }, undefined, { campaignId: 'c1', kept: null }, null],
  ['its own', asked, own(), { campaignId: 'c1', kept: null }, { id: 'r1', label: 'Viendra au job dating' }],
  [
    'kept though retired',
    asked,
    own({ retiredAt: retired }),
    { campaignId: 'c1', kept },
    { id: 'r1', label: 'Viendra au job dating' },
  ],
  [
    'kept by who does not see the campaign',
    asked,
    undefined,
    { campaignId: 'c1', kept },
    { id: 'r1', label: 'Viendra au job dating' },
  ],
  ['unknown', asked, undefined, { campaignId: 'c1', kept: null }, 'refused'],
  ['of another campaign', asked, own({ campaignId: 'c2' }), { campaignId: 'c1', kept: null }, 'refused'],
  ['outside any campaign', asked, own(), { campaignId: null, kept: null }, 'refused'],
  ['counted as something else', { ...asked, result: 'refus' }, own(), { campaignId: 'c1', kept: null }, 'refused'],
  ['kept but counted as something else', { ...asked, result: 'refus' }, own(), { campaignId: 'c1', kept }, 'refused'],
  ['retired', asked, own({ retiredAt: retired }), { campaignId: 'c1', kept: null }, 'refused'],
] as const)
  test(`CAM-5: the result chosen: ${name}`, () => {
    if (expected === 'refused')
      assert.throws(() => chosenResult(input, found, at), { code: 'exchange/campaign-result-unknown' })
    else assert.deepEqual(chosenResult(input, found, at), expected)
  })
