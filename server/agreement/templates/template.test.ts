import assert from 'node:assert/strict'
import { test } from 'node:test'
import { obligations } from '../../../contract/agreement/conventions/obligations.ts'
import {
  grouped,
  missingAnnexes,
  missingOf,
  noValues,
  type Part,
  placeholders,
  render,
  tableOf,
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
      ['item', ['[L’annexe 4 en vigueur : chaque outil, sa finalité, ses données, ses engagements : à compléter]']],
      ['paragraph', ['[Le nom du partenaire : à compléter]', '{{inconnu}}']],
    ],
  )
  assert.equal(missingOf(shippedTemplate.body, noValues).length > 10, true)
  assert.deepEqual(Object.keys(noValues), Object.keys(placeholders))
  assert.deepEqual(missingAnnexes(shippedTemplate.body.replace('## Annexe 2 bis', '## Autre')), ['2 bis'])
})
const said = (parts: readonly Part[]) => parts.map(p => p.text).join('')
test('AGR-1: three levels of headings, numbered lists and tables, with fields in their cells', () => {
  const blocks = render(
    [
      '# Convention',
      '## Article 3 : engagements',
      '### 3.1 Engagements de {{region.nom}}',
      '1. un',
      '2. deux',
      'puis',
      '3. trois',
      '- une puce',
      '#sans espace',
      '3.1 sans point',
      '| Rôle | Qui |',
      '| --- | :-: |',
      '| Signataire | {{partenaire.signataire}} |',
      '| trop | de | cellules |',
      '| seul |',
      '|',
    ].join('\n'),
    { ...noValues, 'region.nom': 'Occitanie' },
  )
  assert.deepEqual(
    blocks.map(b => [b.kind, b.number ?? (b.cells ? b.cells.map(said).join(' / ') : said(b.parts))]),
    [
      ['title', 'Convention'],
      ['heading', 'Article 3 : engagements'],
      ['subheading', '3.1 Engagements de Occitanie'],
      ['numbered', 1],
      ['numbered', 2],
      ['paragraph', 'puis'],
      ['numbered', 3],
      ['item', 'une puce'],
      ['paragraph', '#sans espace'],
      ['paragraph', '3.1 sans point'],
      ['row', 'Rôle / Qui'],
      ['row', 'Signataire / [Le nom de son signataire : à compléter]'],
      ['row', 'trop / de / cellules'],
      ['row', 'seul'],
      ['paragraph', '|'],
    ],
  )
  const groups = grouped(blocks)
  assert.deepEqual(
    groups.map(group => group.length),
    [1, 1, 1, 2, 1, 1, 1, 1, 1, 4, 1],
  )
  assert.deepEqual(
    tableOf(groups.find(([one]) => one!.kind === 'row')!).map(row => row.map(said)),
    [
      ['Rôle', 'Qui'],
      ['Signataire', '[Le nom de son signataire : à compléter]'],
      ['trop', 'de cellules'],
      ['seul', ''],
    ],
  )
})
test('AGR-1: the shipped template numbers its articles as the model convention does', () => {
  const headings = render(shippedTemplate.body, noValues).filter(b => b.kind === 'heading' || b.kind === 'subheading')
  const named = headings.map(b => said(b.parts))
  for (const title of ['Article 8 : propriété intellectuelle', 'Article 9 : gratuité', 'Article 11 : différends'])
    assert.ok(named.includes(title), title)
  // What a breach may name is where the list says it is.
  for (const { article } of Object.values(obligations)) {
    const [where] = /^(Article \d+|Annexe \d+)/.exec(article ?? '') ?? []
    const sub = /^Article (\d+\.\d+)$/.exec(article ?? '')?.[1]
    assert.ok(!where || named.some(n => n.startsWith(`${where} `)), article!)
    assert.ok(!sub || named.some(n => n.startsWith(`${sub} `)), article!)
  }
})
