import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofName, ofStructure, theStructure, toStructure } from '../../contract/names-in-french.ts'
import { filesUnder, isTest, text } from '../testing/sources.ts'

for (const [name, the, of, to] of [
  [
    'Communauté de communes de Montesquieu',
    'la communauté de communes de Montesquieu',
    'de la communauté de communes de Montesquieu',
    'à la communauté de communes de Montesquieu',
  ],
  [
    'Mission locale des Graves',
    'la mission locale des Graves',
    'de la mission locale des Graves',
    'à la mission locale des Graves',
  ],
  ['PLIE Portes du Sud', 'le PLIE Portes du Sud', 'du PLIE Portes du Sud', 'au PLIE Portes du Sud'],
  [
    'Département de la Gironde',
    'le département de la Gironde',
    'du département de la Gironde',
    'au département de la Gironde',
  ],
  ['Association Rebond', 'l’association Rebond', 'de l’association Rebond', 'à l’association Rebond'],
  ['Services réunis', 'les services réunis', 'des services réunis', 'aux services réunis'],
  ['CC Jalle-Eau-Bourde', 'la CC Jalle-Eau-Bourde', 'de la CC Jalle-Eau-Bourde', 'à la CC Jalle-Eau-Bourde'],
  ['ML des Graves', 'la ML des Graves', 'de la ML des Graves', 'à la ML des Graves'],
  // A name of its own has no article.
  ['Ca roule', 'Ca roule', 'de Ca roule', 'à Ca roule'],
  ['France Travail', 'France Travail', 'de France Travail', 'à France Travail'],
  ['Émergence', 'Émergence', 'd’Émergence', 'à Émergence'],
  ['Conseilia', 'Conseilia', 'de Conseilia', 'à Conseilia'],
  ['Villeneuve Emploi', 'Villeneuve Emploi', 'de Villeneuve Emploi', 'à Villeneuve Emploi'],
  ['Pôlexpert', 'Pôlexpert', 'de Pôlexpert', 'à Pôlexpert'],
] as const)
  test(`UX-1: « ${name} » stands in a sentence as people say it`, () => {
    assert.deepEqual([theStructure(name), ofStructure(name), toStructure(name)], [the, of, to])
  })

test('UX-1: « de » elides before a name that begins with a vowel', () => {
  assert.deepEqual(['Étienne Roux', 'Odile Lambert', 'Claire Mercier', 'Yannick Roux', 'Hugo Petit'].map(ofName), [
    'd’Étienne Roux',
    'd’Odile Lambert',
    'de Claire Mercier',
    'de Yannick Roux',
    'de Hugo Petit',
  ])
})

/** A town shown as the register writes it: neither through townWords, nor only asked whether there is one. */
const bareTowns = (code: string): string[] =>
  code
    .split('\n')
    .filter(line => /(?<!townWords\()(?<![\w.])(?:\w+\.)+town\b(?! (?:&&|!== null))/.test(line))
    .map(line => line.trim())
test('UX-1: every page writes a town as people read it', () => {
  assert.deepEqual(bareTowns('{line.town && <p>{townWords(line.town)}</p>}'), [])
  assert.deepEqual(bareTowns('<p>{one.line.town}</p>'), ['<p>{one.line.town}</p>'], 'it is looked for')
  assert.deepEqual(
    filesUnder('web')
      .filter(file => !isTest(file) && !file.startsWith('web/kit-page/'))
      .flatMap(file => bareTowns(text(file)).map(line => `${file}: ${line}`)),
    [],
  )
})

test('UX-1: no page writes « de » before a name, which may begin with a vowel or want an article', () => {
  const bare = (code: string) => code.match(/\bde \$?\{[\w.!?]*[nN]ame\}/g) ?? []
  assert.deepEqual(bare('la sensibilisation de {line.person.name}'), ['de {line.person.name}'], 'it is looked for')
  const found = filesUnder('web')
    .filter(file => /\.tsx?$/.test(file) && !isTest(file))
    .flatMap(file => bare(text(file)).map(words => `${file}: ${words}`))
  assert.deepEqual(found, [])
})
