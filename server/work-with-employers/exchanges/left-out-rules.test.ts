import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LeftOut, nowhere, type Placed, placed, placedAgain } from './left-out-rules.ts'

const autumn = { startsOn: '2026-10-01', endsOn: '2026-11-30' }
const inIt: Placed = { campaignId: 'c', leftOutCampaignId: null, leftOut: null }
const out = (leftOut: LeftOut): Placed => ({ campaignId: null, leftOutCampaignId: 'c', leftOut })
const kept = { status: 'en-cours' }
const aside = { status: 'ecarte' }

for (const [why, expected, target, day] of [
  ['the first day', inIt, kept, '2026-10-01'],
  ['the last day', inIt, kept, '2026-11-30'],
  ['the day before', out('days'), kept, '2026-09-30'],
  ['the day after', out('days'), kept, '2026-12-01'],
  ['a target set aside', out('set-aside'), aside, '2026-11-30'],
  ['set aside, and outside its days', out('days'), aside, '2026-12-01'],
] as const)
  test(`CAM-5: where an exchange stands: ${why}`, () =>
    assert.deepEqual(placed({ id: 'c', ...autumn }, target, day), expected))

const open = { ...autumn, campaignStatus: 'open' }
const unseen = { startsOn: null, endsOn: null, campaignStatus: null }
for (const [why, expected, before, target, day] of [
  ['within its days', inIt, { ...inIt, ...open }, kept, '2026-11-01'],
  ['dated out of its days', out('days'), { ...inIt, ...open }, kept, '2026-12-01'],
  ['its target set aside since', inIt, { ...inIt, ...open }, aside, '2026-11-01'],
  ['of a campaign closed since', inIt, { ...inIt, ...open, campaignStatus: 'closed' }, kept, '2026-11-01'],
  ['of a campaign that one does not see', inIt, { ...inIt, ...unseen }, null, '2026-12-01'],
  ['dated back within its days', inIt, { ...out('days'), ...open }, kept, '2026-11-01'],
  ['dated back, the target set aside', out('set-aside'), { ...out('days'), ...open }, aside, '2026-11-01'],
  [
    'dated back once the campaign is closed',
    out('days'),
    { ...out('days'), ...open, campaignStatus: 'closed' },
    kept,
    '2026-11-01',
  ],
  ['dated back, the target not one’s to work', out('days'), { ...out('days'), ...open }, null, '2026-11-01'],
  ['the target put back', inIt, { ...out('set-aside'), ...open }, kept, '2026-11-01'],
  ['outside any campaign', nowhere, { ...nowhere, ...unseen }, null, '2026-11-01'],
] as const)
  test(`CAM-5: where a correction leaves it: ${why}`, () =>
    assert.deepEqual(placedAgain(before, target, day), expected))
