import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Role } from '../../contract/route.ts'
import type { Me } from '../platform/session.ts'
import { pagesOf } from './pages.ts'
import { otherPages } from './search-goals.ts'
import { soughtPages } from './sought-pages.ts'

const tools = ['campagnes', 'fiche-etablissement'] as const
const person = (
  profile: 'consultation' | 'conseiller' | 'responsable' | 'pilote' | null,
  roles: readonly Role[] = [],
  { kind = 'autre', categories = ['besoins'], regions = [] as readonly Role[] } = {},
) =>
  ({
    rights: profile ? tools.map(tool => ({ tool, profile })) : [],
    roles,
    rolesOfRegions: regions.map(role => ({ role })),
    organisation: { kind },
    categories,
  }) as unknown as Me
const people = {
  nobody: person(null),
  reader: person('consultation'),
  advisor: person('conseiller'),
  withoutNeeds: person('conseiller', [], { categories: [] }),
  lead: person('responsable'),
  pilot: person('pilote'),
  rgc: person(null, ['rgc']),
  signatory: person(null, ['signataire']),
  dpd: person(null, ['dpd']),
  cssi: person(null, ['cssi'], { kind: 'operateur' }),
  regionalCssi: person(null, [], { kind: 'operateur', regions: ['cssi'] }),
  regional: person(null, ['direction-regionale'], { kind: 'operateur' }),
  administrator: person(null, ['administrateur'], { kind: 'operateur' }),
}
type Who = keyof typeof people
const found = (who: Who, typed: string) =>
  otherPages(typed, { pages: pagesOf(people[who]), sought: soughtPages(people[who]) }).map(({ href }) => href)

const everyone = Object.keys(people) as Who[]
/** What is typed, the page it finds, and for whom. */
const table: readonly (readonly [typed: string, href: string, who: readonly Who[]])[] = [
  ['paramètres', '/mon-compte', everyone],
  ['codes de secours', '/mon-compte', everyone],
  ['reglages', '/mes-notifications/reglages', everyone],
  ['désabonner', '/mes-notifications/reglages', everyone],
  ['mes actes', '/journal', everyone.filter(who => !['rgc', 'cssi'].includes(who))],
  ['qui a vu', '/journal', everyone],
  ['congés', '/absences', everyone],
  ['rgpd', '/donnees-personnelles', everyone],
  ['touches', '/aide/raccourcis', everyone],
  ['guide pilote', '/aide/pilote', everyone],
  ['second facteur', '/aide/connexion', everyone],
  ['préparer une campagne', '/campagnes/nouvelle', ['pilot']],
  ['tableur', '/fichiers-employeurs', ['advisor', 'withoutNeeds', 'lead', 'pilot']],
  ['agenda', '/mon-calendrier', ['advisor', 'withoutNeeds', 'lead', 'pilot']],
  ['fiche provisoire', '/etablissements/fiche-provisoire', ['advisor', 'withoutNeeds', 'lead', 'pilot']],
  ['visites', '/tournee', ['reader', 'advisor', 'withoutNeeds', 'lead', 'pilot']],
  ['que prend ma structure', '/besoins/ma-structure', ['advisor', 'lead', 'pilot']],
  ['collègue parti', '/travail-a-reprendre', ['lead', 'pilot']],
  ['ma fiche annuaire', '/annuaire/moi', ['reader', 'advisor', 'withoutNeeds', 'lead', 'pilot']],
  ['inviter', '/habilitations/personnes/nouvelle', ['rgc']],
  ['accès à quoi', '/habilitations/acces', ['rgc']],
  ['délégataires', '/habilitations/structure', ['rgc', 'signatory']],
  ['pseudonyme', '/pseudonymes', ['rgc', 'cssi', 'regionalCssi']],
  ['contentieux', '/effacements/suspensions', ['dpd']],
  ['premier rgc', '/premieres-connexions', ['cssi', 'regionalCssi', 'regional']],
  ['exceptionnel', '/securite/comptes', ['cssi', 'regionalCssi']],
  ['non partis', '/courriels', ['cssi', 'administrator']],
  ['modèle', '/conventions/modele', ['cssi', 'regionalCssi', 'regional', 'administrator']],
  ['publier l’annexe 4', '/outils/annexe-4/publier', ['administrator']],
]
for (const [typed, href, who] of table)
  test(`UX-4: « ${typed} » finds ${href} for whom it is, and for nobody else`, () => {
    assert.deepEqual(
      everyone.filter(one => found(one, typed).includes(href)),
      who,
    )
  })

test('UX-4: two letters find no page beside the menu; what the menu shows already by its name is not said twice', () => {
  assert.deepEqual(found('pilot', 'ai'), [])
  assert.ok(!found('pilot', 'campagnes').includes('/campagnes'))
  assert.ok(found('pilot', 'aide').length <= 6)
})

test('UX-4: every page that needs nothing chosen first is found by someone, or says why not', () => {
  /** Reached from what one does there: something is chosen, written or followed first. */
  const followed = new Set([
    '/avis',
    '/conditions',
    '/portefeuille/confier',
    '/portefeuille/deplacer',
    '/conventions/nouvelle',
    '/responsables-de-comptes/proposer',
    '/responsables-de-comptes/acte-recu',
    '/securite/rgc/acte-recu',
    '/_apercu',
  ])
  const paths = globSync('web/**/routes.tsx')
    .flatMap(file => [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path!))
    .filter(path => !path.includes('$') && !path.startsWith('/connexion') && !followed.has(path))
  const found = new Set(
    everyone.flatMap(who => [...pagesOf(people[who]), ...soughtPages(people[who])].map(p => p.href)),
  )
  assert.ok(paths.length > 50)
  assert.deepEqual(
    paths.filter(path => !found.has(path)),
    [],
  )
  assert.deepEqual(
    [...found].filter(href => !paths.includes(href) && !href.startsWith('/aide/')),
    [],
    'each leads to a page',
  )
})
