import assert from 'node:assert/strict'
import { test } from 'node:test'
import { campaignStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { type Act, after, checkPeriod, type Status } from './campaign-lifecycle.ts'
import { aCampaign } from './testing.ts'

const today = '2027-01-15'
const campaign = (status: Status, endsOn = '2027-03-15', targets = 2) =>
  aCampaign({ status, endsOn, counts: { targets, contacted: 0, undecided: 0 } })

const table: Record<Act, [refusal: string, Partial<Record<Status, Status>>]> = {
  edit: ['campaign/not-draft', { draft: 'draft' }],
  'add-targets': ['campaign/not-draft', { draft: 'draft', open: 'open' }],
  'decide-conflicts': ['campaign/not-draft', { draft: 'draft', closed: 'closed' }],
  'set-aside': ['campaign/wrong-status', { draft: 'draft', open: 'open' }],
  'put-back': ['campaign/wrong-status', { draft: 'draft', open: 'open' }],
  'change-members': ['campaign/not-open', { open: 'open' }],
  'hand-over': ['campaign/wrong-status', { open: 'open', closed: 'closed' }],
  open: ['campaign/wrong-status', { draft: 'open' }],
  'work-targets': ['campaign/not-open', { open: 'open' }],
  'change-period': ['campaign/not-open', { open: 'open' }],
  correct: ['campaign/not-open', { open: 'open' }],
  close: ['campaign/wrong-status', { open: 'closed' }],
  reopen: ['campaign/wrong-status', { closed: 'open' }],
  archive: ['campaign/wrong-status', { closed: 'archived' }],
  duplicate: ['campaign/wrong-status', { draft: 'draft', open: 'open', closed: 'closed', archived: 'archived' }],
}
for (const [act, [refusal, leads]] of Object.entries(table) as [Act, (typeof table)[Act]][]) {
  for (const status of campaignStatuses) {
    const next = leads[status]
    if (next)
      test(`CAM-1: ${act} leads from ${status} to ${next}`, () =>
        assert.equal(after(campaign(status), act, today), next))
    else
      test(`CAM-1: ${act} is refused when ${status}`, () =>
        assert.throws(() => after(campaign(status), act, today), { code: refusal }))
  }
}
test('CAM-1: without a target there is nothing to open', () =>
  assert.throws(() => after(campaign('draft', '2027-03-15', 0), 'open', today), { code: 'campaign/no-target' }))
for (const [act, status] of [
  ['open', 'draft'],
  ['reopen', 'closed'],
  ['add-targets', 'open'],
  ['put-back', 'open'],
] as const) {
  test(`CAM-1: ${act} after the last day is refused`, () =>
    assert.throws(() => after(campaign(status, '2027-01-14'), act, today), { code: 'campaign/period-over' }))
  test(`CAM-1: ${act} on the last day is possible`, () =>
    assert.equal(after(campaign(status, today), act, today), 'open'))
}
test('CAM-1: closing after the last day is possible', () =>
  assert.equal(after(campaign('open', '2027-01-14'), 'close', today), 'closed'))

for (const [why, startsOn, endsOn, code] of [
  ['ends before it starts', '2027-02-01', '2027-01-31', 'campaign/period-reversed'],
  ['ended yesterday', '2027-01-01', '2027-01-14', 'campaign/period-over'],
  ['is a day longer than a year', '2027-02-01', '2028-02-02', 'campaign/period-too-long'],
  ['has no end that anyone would see', '2027-02-01', '2999-12-31', 'campaign/period-too-long'],
] as const)
  test(`CAM-1: refused, a period that ${why}`, () =>
    assert.throws(() => checkPeriod({ startsOn, endsOn }, today), { code }))
test('CAM-1: a period of one day, today, is one', () => checkPeriod({ startsOn: today, endsOn: today }, today))
test('CAM-1: a period of 366 days, the first and the last counted, is one', () =>
  checkPeriod({ startsOn: '2027-02-01', endsOn: '2028-02-01' }, today))
for (const [act, status] of [
  ['open', 'draft'],
  ['reopen', 'closed'],
] as const)
  test(`CAM-1: ${act} of what was prepared for longer than a year is refused; what runs already still closes`, () => {
    assert.throws(() => after(campaign(status, '2028-02-02'), act, today), { code: 'campaign/period-too-long' })
    assert.equal(after(campaign('open', '2028-02-02'), 'close', today), 'closed')
  })
