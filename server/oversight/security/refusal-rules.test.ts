import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RefusalCode, refusals } from '../../../contract/refusals.ts'
import { isOfRight, sought } from './refusal-rules.ts'

const [campaign, other] = ['01980000-0000-7000-8000-000000000001', '01980000-0000-7000-8000-000000000002']
for (const [why, code, route, params, expected] of [
  ['a page for another role: the page', 'access/role-required', 'GET /api/x/:id', { id: campaign }, 'GET /api/x/:id'],
  ['no grant: the page, whatever was named', 'access/no-grant', 'GET /api/x/:id', { id: other }, 'GET /api/x/:id'],
  [
    'what is another’s: that thing, however it is asked for',
    'campaign/pilot-only',
    'POST /api/x/:id/open',
    { id: campaign },
    campaign,
  ],
  [
    'a thing under it: that thing still',
    'access/outside-perimeter',
    'PUT /api/x/:id/y/:other',
    { id: campaign, other },
    campaign,
  ],
  ['a territory, which is a number: that territory', 'task-force/pilot-only', 'PUT /api/x/:id', { id: 10001 }, '10001'],
  ['outside of one’s perimeter, nothing named: the page', 'access/outside-perimeter', 'POST /api/x', {}, 'POST /api/x'],
  ['not found, which hides what is not one’s own', 'not-found', 'GET /api/x/:id', { id: campaign }, campaign],
  [
    'not found by a public number: nothing',
    'not-found',
    'GET /api/establishments/:siret',
    { siret: '31000000000001' },
    null,
  ],
  ['no such page: nothing', 'not-found', 'GET undefined', undefined, null],
  ['a block, for one who is cut already: nothing', 'access/blocked', 'GET /api/x/:id', { id: campaign }, null],
  ['the convention over: nothing', 'access/no-convention', 'GET /api/x/:id', { id: campaign }, null],
  ['two months without an act: nothing', 'access/inactive', 'GET /api/x/:id', { id: campaign }, null],
  ['conditions to accept: nothing', 'access/conditions-to-accept', 'GET /api/x', {}, null],
  ['a mistake of form: nothing', 'request/malformed', 'POST /api/x/:id', { id: campaign }, null],
  ['a conflict: nothing', 'request/changed-meanwhile', 'PUT /api/x/:id', { id: campaign }, null],
  ['a proof to give again: nothing', 'session/step-up-required', 'POST /api/x/:id', { id: campaign }, null],
  ['another origin: nothing', 'request/other-origin', 'POST /api/x/:id', { id: campaign }, null],
] as const)
  test(`SEC-2: ${why}`, () => assert.equal(sought(code, route, params), expected))

test('SEC-2: of the refusals of the contract, those of right count: every 403, save the form of the request, the session, and rights one holds that open nothing for now', () => {
  const codes = Object.keys(refusals) as RefusalCode[]
  assert.ok(codes.filter(isOfRight).length > 20)
  assert.deepEqual(codes.filter(code => refusals[code].status === 403 && !isOfRight(code)).sort(), [
    'access/awareness-due',
    'access/beyond-structure',
    'access/blocked',
    'access/category-closed',
    'access/conditions-to-accept',
    'access/contract-over',
    'access/inactive',
    'access/no-convention',
    'access/sign-in-not-accepted',
    'access/to-confirm',
    'access/tool-withdrawn',
    'access/unpublished',
    'request/other-origin',
    'session/step-up-required',
  ])
  assert.deepEqual(
    codes.filter(code => refusals[code].status !== 403 && isOfRight(code)),
    [],
  )
})
