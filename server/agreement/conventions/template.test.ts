import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  missingAnnexes,
  missingOf,
  noValues,
  placeholders,
  render,
  unknownPlaceholders,
} from '../../../contract/agreement/template.ts'
import { shippedTemplate } from './shipped-template.ts'

test('AGR-1: an unknown field is named with its line, whatever ends the lines; known ones, however spaced, are not', () => {
  assert.deepEqual(unknownPlaceholders(shippedTemplate.body), [])
  assert.deepEqual(
    unknownPlaceholders('# {{ partenaire.nom }}\r\n\r\n{{partenaire.age}} et {{x}}\n{{outils}}\n{{toString}}'),
    [
      { line: 3, name: 'partenaire.age' },
      { line: 3, name: 'x' },
      { line: 5, name: 'toString' },
    ],
  )
})
test('AGR-1: of a convention nobody has begun, every field is marked missing, in its place', () => {
  const blocks = render(
    '# Convention {{convention.numero}}\n{{outils}}\nEntre {{partenaire.nom}} et {{inconnu}}',
    noValues,
  )
  assert.deepEqual(
    blocks.map(b => [b.kind, b.parts.filter(p => p.missing).map(p => p.text)]),
    [
      ['title', ['[Le numéro de la convention : à compléter]']],
      ['item', ['[Les outils communs en vigueur (annexe 4) : à compléter]']],
      ['paragraph', ['[Le nom du partenaire : à compléter]', '{{inconnu}}']],
    ],
  )
  assert.equal(missingOf(shippedTemplate.body, noValues).length > 10, true)
  assert.deepEqual(Object.keys(noValues), Object.keys(placeholders))
  assert.deepEqual(missingAnnexes(shippedTemplate.body.replace('## Annexe 2 bis', '## Autre')), ['2 bis'])
})
