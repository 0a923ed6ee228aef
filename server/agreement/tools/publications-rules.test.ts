import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Tool } from '../../../contract/route.ts'
import type { DocumentKind } from '../texts/conditions-rules.ts'
import { toPublish } from './publications-rules.ts'

const now = new Date('2026-06-01T10:00:00Z')
const day = (text: string) => new Date(`${text}T00:00:00Z`)
const text = (kind: DocumentKind, tool: Tool | null = null, from = '2026-01-01', cancelled = false) => ({
  id: `${kind} ${tool} ${from}`,
  kind,
  tool,
  version: 1,
  inForceFrom: day(from),
  cancelledAt: cancelled ? day('2025-12-01') : null,
})
const open = (tool: Tool, from = '2026-01-01', until: string | null = null) => ({
  tool,
  inForceFrom: day(from),
  inForceUntil: until === null ? null : day(until),
})
const general = [text('cgu'), text('confidentialite'), text('securite')]
const said = (...[documents, periods]: [Parameters<typeof toPublish>[0], Parameters<typeof toPublish>[1]]) =>
  toPublish(documents, periods, now).map(({ what, tool, comesOn }) =>
    [what, tool, comesOn?.toISOString().slice(0, 10)].filter(x => x).join(' '),
  )

for (const [why, documents, periods, expected] of [
  [
    'a new installation: everything, the texts first, annex 4 last',
    [],
    [],
    [
      'cgu',
      'cpu campagnes',
      'cpu fiche-etablissement',
      'cpu fiche-recrutement',
      'confidentialite',
      'securite',
      'annex-4',
    ],
  ],
  ['annex 4 with one tool: the conditions of that one alone', general, [open('campagnes')], ['cpu campagnes']],
  ['everything in force: nothing', [...general, text('cpu', 'campagnes')], [open('campagnes')], []],
  [
    'a text to come says from when, the first of two',
    [
      text('cgu', null, '2026-07-01'),
      text('cgu', null, '2026-06-15'),
      text('confidentialite'),
      text('securite'),
      text('cpu', 'campagnes'),
    ],
    [open('campagnes')],
    ['cgu 2026-06-15'],
  ],
  [
    'a text that was cancelled is not published',
    [text('cgu', null, '2026-05-01', true), text('confidentialite'), text('securite'), text('cpu', 'campagnes')],
    [open('campagnes')],
    ['cgu'],
  ],
  [
    'an annex 4 to come says from when, and asks the conditions of its tools',
    general,
    [open('campagnes', '2026-06-10')],
    ['cpu campagnes', 'annex-4 2026-06-10'],
  ],
  [
    'tools all withdrawn: annex 4 is wanted again',
    [...general, text('cpu', 'campagnes'), text('cpu', 'fiche-etablissement'), text('cpu', 'fiche-recrutement')],
    [open('campagnes', '2026-01-01', '2026-05-01')],
    ['annex-4'],
  ],
] as const)
  test(`ACC-7, AGR-12: what is to publish: ${why}`, () => assert.deepEqual(said(documents, periods), expected))
