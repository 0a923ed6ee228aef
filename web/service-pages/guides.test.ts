import assert from 'node:assert/strict'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { roles } from '../../contract/route.ts'
import { Criteria } from '../../contract/territory-and-register/criteria.ts'
import { targetStatuses, targetStatusLabels } from '../../contract/work-with-employers/campaigns.ts'
import type { Me } from '../platform/session.ts'
import { stateMeanings } from '../work-with-employers/targets/state-meanings.ts'
import { firstDays } from './first-day.ts'
import { type Guide, guideLink, readGuide, searchGuides, textOf } from './guide-text.ts'
import { guideNames, helpAddress, ownGuides, places } from './help-address.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'docs/guide')
const guides = new Map<string, Guide>(
  guideNames.map(name => [name, readGuide(readFileSync(join(folder, `${name}.md`), 'utf8'))]),
)
const exists = (section: string) => {
  const [name = '', anchor] = section.split('#')
  return guides.get(name)?.sections.some(one => one.anchor === anchor) ?? false
}
const person = (profile: 'consultation' | 'conseiller' | 'responsable' | 'pilote' | null, ...roles: Me['roles']) =>
  ({ rights: profile ? [{ tool: 'campagnes', profile }] : [], roles, rolesOfRegions: [] }) as unknown as Me

test('UX-6: every guide of the repository is in the application, read whole, with no mark left in its text', () => {
  assert.deepEqual(readdirSync(folder).sort(), guideNames.map(name => `${name}.md`).sort())
  for (const [name, { title, intro, sections }] of guides) {
    assert.match(title, /^Guide/, name)
    assert.ok(intro.length > 0 || sections.length > 0)
    assert.equal(new Set(sections.map(({ anchor }) => anchor)).size, sections.length, `${name}: one anchor a section`)
    for (const section of sections) {
      assert.ok(section.blocks.length > 0, `${name}: ${section.title} says something`)
      assert.doesNotMatch(textOf(section), /^#|\n|\| |!\[|<img/, `${name}: ${section.title}`)
    }
  }
})

test('UX-6: help opens at a section that exists, of a guide of one’s own where one speaks of the page', () => {
  for (const [page, ...sections] of places)
    for (const section of sections) assert.ok(exists(section), `${page}: ${section}`)
  for (const [path, me, address] of [
    ['/etablissements/90000000000011', person('conseiller'), '/aide/conseiller#avant-d-appeler'],
    ['/campagnes/1', person('conseiller'), '/aide/conseiller#avant-d-appeler'],
    ['/annuaire/1', person('conseiller'), '/aide/conseiller#l-annuaire-du-reseau'],
    ['/equipement', person(null, 'rssi'), '/aide/interlocuteurs#l-equipement'],
    ['/campagnes/1', person('pilote'), '/aide/pilote#la-vie-d-une-campagne'],
    ['/campagnes/1/preparer', person('pilote'), '/aide/pilote#preparer'],
    ['/campagnes/1/repartir', person('responsable'), '/aide/responsable#repartir-dans-votre-structure'],
    ['/revues', person(null, 'rgc'), '/aide/rgc#9-la-revue-annuelle'],
    ['/revues', person(null, 'signataire'), '/aide/signataire#la-revue-des-acces'],
    ['/conventions/1', person(null, 'direction-regionale'), '/aide/direction-regionale#preparer-une-convention'],
    ['/connexion', undefined, '/aide/connexion#se-connecter'],
    ['/roles-de-la-structure', person(null, 'rgc'), '/aide/rgc#12-les-roles-de-l-annexe-2'],
    ['/conventions/1', person(null, 'dpd'), '/aide/dpd#ou-commencer'],
    ['/', person('conseiller'), '/aide'],
  ] as const)
    assert.equal(helpAddress(path, me), address, path)
})

test('UX-6: a link of a guide leads to a guide, at a section that exists', () => {
  const links = [...guides].flatMap(([name, { intro, sections }]) => {
    const text = [{ anchor: '', title: '', blocks: intro }, ...sections].map(textOf).join('\n')
    return [...text.matchAll(/\[[^\]]+\]\([^)]+\)/g)].map(([link]) => ({ name, link }))
  })
  assert.ok(links.length > 0)
  for (const { name, link } of links) {
    const section = guideLink(link)?.section
    assert.ok(section && (section.includes('#') ? exists(section) : guides.has(section)), `${name}: ${link}`)
  }
})

const routes = globSync('web/**/routes.tsx', { cwd: root }).flatMap(file =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path!),
)
/** Help itself, what a visitor reads, and the home page, where every role works. */
const withoutSection = [
  '/',
  '/_apercu',
  '/accessibilite',
  '/aide',
  '/aide/$guide',
  '/aide/premiere-journee',
  '/api',
  '/api/refus/$',
  '/mentions-legales',
]

test('UX-6: every page of work has a section of a guide that speaks of it', () => {
  const without = routes.filter(path => !places.some(([page]) => page.test(path)))
  assert.deepEqual([...new Set(without)].sort(), withoutSection)
})

test('UX-5, UX-6: each role has its guide, the main one first', () => {
  assert.deepEqual(ownGuides(person('pilote', 'rgc')), ['pilote', 'responsable', 'conseiller', 'rgc'])
  assert.deepEqual(ownGuides(person('consultation')), ['conseiller'])
  assert.deepEqual(ownGuides(person(null, 'dpd', 'rssi')), ['dpd', 'interlocuteurs'])
  for (const role of roles) assert.notDeepEqual(ownGuides(person(null, role)), ['connexion'], role)
  assert.deepEqual(ownGuides(person(null)), ['connexion'])
  assert.deepEqual(ownGuides(undefined), ['connexion'])
})

test('UX-6: the steps of a first day lead to pages and sections that exist', () => {
  const paths = new Set(routes)
  assert.ok(paths.size > 30)
  assert.deepEqual(
    guideNames.filter(name => !firstDays[name]),
    ['connexion', 'mots'],
  )
  for (const [role, steps] of Object.entries(firstDays)) {
    assert.equal(steps.length, 5, role)
    for (const { href } of steps)
      assert.ok(href.startsWith('/aide/') ? exists(href.slice('/aide/'.length)) : paths.has(href), `${role}: ${href}`)
  }
  const home = readFileSync(join(root, 'web/home/first-steps.tsx'), 'utf8')
  for (const [, section] of home.matchAll(/href="\/aide\/([^"]+)"/g)) assert.ok(exists(section!), section)
})

test('UX-5: the guide of words defines each state of a target as the screens do, and the signs that they write', () => {
  const words = guides
    .get('mots')!
    .sections.flatMap(({ blocks }) => blocks.flatMap(block => (block.kind === 'table' ? block.rows : [])))
  const said = new Map(words.map(([word, meaning]) => [word!.toLowerCase(), meaning!.replaceAll("'", '’')]))
  for (const status of targetStatuses) assert.equal(said.get(targetStatusLabels[status]), stateMeanings[status], status)
  for (const sign of ['rgc', 'cssi', 'rssi', 'dpd', 'clpe', 'tfe', 'epci', 'cgu', 'cpu', 'naf', 'dpae'])
    assert.ok(said.get(sign), sign)
  const [first] = searchGuides([...guides], 'clpe comité')
  assert.equal(first!.guide, 'mots')
})

test('CAM-2, UX-6: the guide of pilots names every criterion by which a campaign chooses, and promises none of them', () => {
  const names: Record<keyof typeof Criteria.properties, string> = {
    territoryId: 'territoire',
    activities: 'activité',
    sizes: 'effectif',
    legalNatures: 'nature juridique',
    companySizes: 'taille de l’entreprise',
    employer: 'employeurs',
    headOffice: 'sièges',
    createdSince: 'date de création',
    neverContacted: 'jamais contactés',
    notContactedSince: 'pas contactés',
    contactedSince: 'contactés depuis une date',
    commitmentKinds: 'engagement en cours',
    need: 'besoin en cours',
    services: 'services de l’opérateur employés ou non',
    hires: 'embauches déclarées',
    expectedHires: 'attendues',
  }
  assert.deepEqual(Object.keys(names).sort(), Object.keys(Criteria.properties).sort())
  const said = textOf(guides.get('pilote')!.sections.find(({ anchor }) => anchor === 'preparer')!).replaceAll("'", '’')
  for (const [criterion, name] of Object.entries(names)) assert.ok(said.includes(name), criterion)
  assert.doesNotMatch(said, /critères[^.]* viendr/)
})

test('UX-6: the search of the guides: every word, without accents; a title first; an excerpt that holds the word', () => {
  const find = (words: string) => searchGuides([...guides], words)
  assert.deepEqual(find('  '), [])
  assert.deepEqual(find('zygomatique'), [])
  const [first, ...others] = find('PORTEFEUILLE')
  assert.deepEqual([first!.guide, first!.section.anchor], ['conseiller', 'votre-portefeuille'])
  assert.ok(others.length > 0)
  const [review] = find('acces revue decide')
  assert.match(textOf(review!.section), /accès/)
  const linked = find('guide du conseiller').find(({ guide }) => guide === 'pilote')
  assert.match(linked!.excerpt, /Le guide du conseiller dit comment/)
  for (const { excerpt } of find('brouillon')) {
    assert.match(excerpt, /brouillon/i)
    assert.doesNotMatch(excerpt, /[`*]/)
  }
})
