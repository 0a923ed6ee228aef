import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf } from './grant-rules.ts'

const today = '2026-06-15'
const grant = { tool: 'campagnes', profile: 'conseiller', startsOn: today, endsOn: null, duties: null } as const
for (const [why, over, manager, expected] of [
  ['nothing wrong', {}, false, null],
  ['for an account manager, without duties', {}, true, 'grant/duties-needed'],
  ['for an account manager, with them', { duties: 'Prospecte aussi' }, true, null],
  ['the recruitment card only in reading', { tool: 'fiche-recrutement' }, false, 'grant/no-such-profile'],
  ['it ends before it starts', { endsOn: '2026-06-14' }, false, 'grant/period-reversed'],
  ['of one day', { endsOn: today }, false, null],
  ['in the past', { startsOn: '2026-06-14' }, false, 'grant/in-past'],
] as const)
  test(`ACC-2, ACC-4: a grant: ${why}`, () => assert.equal(faultOf({ ...grant, ...over }, manager, today), expected))
