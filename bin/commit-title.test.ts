import assert from 'node:assert/strict'
import { test } from 'node:test'
// @ts-expect-error It runs on any Node, without types.
import { faultsOf } from './commit-title.mjs'

for (const [message, said] of [
  ['campaigns: count as conflicts what meets in time and stands (CAM-3)\n\nThe why.\n', undefined],
  ['habilitations, anomalies: read a file no further (REL-4)\n# Please enter the commit message\n', undefined],
  [`web: e${'é'.repeat(66)}`, undefined],
  ["Merge branch 'main' into autre", undefined],
  [`web: e${'é'.repeat(67)}`, /73 colonnes/],
  ['Count conflicts', /« pièce: verbe objet/],
  ['campaigns: Count conflicts', /« pièce: verbe objet/],
  ['campaigns:count conflicts', /« pièce: verbe objet/],
  ['', /« pièce: verbe objet/],
  ['web: say why\nat once', /ligne vide/],
] as const)
  test(`the title of a commit: ${message.split('\n')[0]!.slice(0, 40)}`, () => {
    if (said) assert.match(faultsOf(message).join('\n'), said)
    else assert.deepEqual(faultsOf(message), [])
  })
