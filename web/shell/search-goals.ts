import type { Reply } from '../../contract/route.ts'
import type { searchEstablishments } from '../../contract/territory-and-register/establishments.ts'
import type { listCampaigns } from '../../contract/work-with-employers/campaigns.ts'
import type { findBesideRegister } from '../../contract/work-with-employers/finding.ts'
import { formatSiret } from '../platform/format.ts'
import { lineName, notDiffused, townWords } from '../platform/names.ts'
import { plainText } from '../platform/plain-text.ts'
import { activityWords, headcountWords } from '../territory-and-register/establishments/words.ts'
import { cautiousWords, type KnownContact } from '../work-with-employers/finding/known-contacts.ts'
import type { Entry } from './pages.ts'

export interface Goal {
  /** Where two goals lead to the same page. */
  readonly key?: string
  readonly href: string
  readonly label: string
  readonly more?: string | undefined
  readonly siret?: string
  /** In red letters beside the name: « fermé ». */
  readonly mark?: string | undefined
  /** What the network did with it: its line is there before the answer, so that nothing moves. */
  readonly known?: string | undefined
}
export interface Group {
  readonly title: string
  readonly goals: readonly Goal[]
}
type Answer = Reply<typeof searchEstablishments>
/** `said`: by what a partner noted of it. */
type Line = Answer['items'][number] & Partial<Pick<NonNullable<Answer['noted']>[number], 'said'>>

export interface Found {
  /** Of the menu. */
  readonly pages: readonly Entry[]
  /** What no menu shows. */
  readonly sought: readonly Entry[]
  /** Nothing more will come above them. */
  readonly settled: boolean
  readonly campaigns: Reply<typeof listCampaigns>['items']
  readonly lines: readonly Line[]
  /** Asked only when nothing open was found. */
  readonly closed: readonly Line[]
  /** The service has said which establishments it finds. */
  readonly answered: boolean
  readonly failed: boolean
  /** Of a whole SIRET that the register lacks. */
  readonly unknownSiret: string | undefined
  readonly beside: Reply<typeof findBesideRegister> | undefined
  readonly contacts: ReadonlyMap<string, KnownContact>
}

export const searchHref = (words: string) => `/etablissements?q=${encodeURIComponent(words)}`

const wordsOf = (text: string) =>
  plainText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
const matches = (wanted: string, label: string) => {
  const words = wordsOf(label)
  return wordsOf(wanted).every(typed => words.some(word => word.startsWith(typed)))
}

const establishmentGoal = (line: Line, known: KnownContact | undefined): Goal => ({
  href: `/etablissements/${line.siret}`,
  siret: line.siret,
  label: line.name ?? line.sign ?? `${notDiffused}, SIRET ${formatSiret(line.siret)}`,
  mark: line.active ? undefined : 'fermé',
  known: known && cautiousWords(known),
  more: [
    line.said?.value,
    line.sign && line.name && line.sign !== line.name && line.sign,
    townWords(line.town),
    activityWords(line),
    headcountWords(line),
  ]
    .filter(Boolean)
    .join(' · '),
})

/** Where to go on when no establishment has these words: each word alone, a card of one's own, the filters. */
const waysOn = (wanted: string, { closed, unknownSiret, contacts }: Found): readonly Goal[] => {
  const words = [...new Set(wanted.split(/\s+/).filter(word => word.length > 2))]
  return [
    ...closed.map(line => establishmentGoal(line, contacts.get(line.siret))),
    ...(unknownSiret
      ? [{ href: searchHref(unknownSiret), label: 'Créer une fiche provisoire pour ce SIRET', more: unknownSiret }]
      : []),
    ...(words.length > 1
      ? words.slice(0, 4).map(word => ({ href: searchHref(word), label: `Chercher seulement « ${word} »` }))
      : []),
    {
      href: '/etablissements',
      label: 'Chercher par territoire, activité ou taille',
      more: `Aucun établissement ouvert ne répond à « ${wanted} »`,
    },
  ]
}

const besideGroups = ({ beside, campaigns }: Found): readonly Group[] => [
  {
    title: 'Interlocuteurs',
    goals: (beside?.correspondents ?? []).map(({ id, correspondent, role, establishment }) => ({
      key: id,
      href: `/etablissements/${establishment.siret}`,
      label: correspondent,
      mark: establishment.active ? undefined : 'établissement fermé',
      more: [role, lineName(establishment), townWords(establishment.town)].filter(Boolean).join(' · '),
    })),
  },
  {
    title: 'Collègues',
    goals: (beside?.colleagues ?? []).map(({ id, name, function: does, organisation }) => ({
      href: `/annuaire/${id}`,
      label: name,
      more: [does, organisation.name].filter(Boolean).join(' · '),
    })),
  },
  {
    title: 'Autres campagnes',
    goals: (beside?.campaigns ?? []).filter(({ id }) => !campaigns.some(one => one.id === id)).map(campaignGoal),
  },
]
const campaignGoal = ({ id, name, pilot }: { id: string; name: string; pilot: { name: string } }): Goal => ({
  href: `/campagnes/${id}`,
  label: name,
  more: pilot.name,
})

const pageGoal = ({ href, label }: Entry): Goal => ({ href, label })
const named = (wanted: string, pages: readonly Entry[]) => pages.filter(({ label }) => matches(wanted, label))
/**
 * Those that no menu shows, by their name then by the words that people type for them, and so those of the menu. They
 * come after the employers: « aide à domicile » is looked for more often than help.
 */
export const otherPages = (wanted: string, { pages, sought }: Pick<Found, 'pages' | 'sought'>): readonly Entry[] => {
  if (wanted.length < 3) return []
  const above = new Set(named(wanted, pages))
  const meant = [...pages, ...sought].filter(({ label, words = '' }) => matches(wanted, `${label} ${words}`))
  return [...new Set([...named(wanted, sought), ...meant])].filter(page => !above.has(page)).slice(0, 6)
}

/**
 * What is here already first, then what the service answers: late as it may come, nothing moves under the pointer.
 * People come after the establishments, and before the ways on when there is none.
 */
export const groupsOf = (wanted: string, found: Found): readonly Group[] => {
  const { campaigns, lines, answered, failed, contacts, settled } = found
  const goals = lines.map(line => establishmentGoal(line, contacts.get(line.siret)))
  const beside = besideGroups(found)
  const others: Group = { title: 'Autres pages', goals: settled ? otherPages(wanted, found).map(pageGoal) : [] }
  const establishments: Group = {
    title: 'Établissements',
    goals:
      wanted.length < 2 || !answered
        ? []
        : goals.length || failed
          ? [...goals, { href: searchHref(wanted), label: `Tous les résultats pour « ${wanted} »` }]
          : waysOn(wanted, found),
  }
  return [
    { title: 'Pages', goals: named(wanted, found.pages).map(pageGoal) },
    {
      title: 'Campagnes',
      goals: wanted
        ? campaigns
            .filter(({ name }) => matches(wanted, name))
            .slice(0, 5)
            .map(campaignGoal)
        : [],
    },
    ...(goals.length ? [establishments, ...beside, others] : [...beside, others, establishments]),
  ].filter(group => group.goals.length)
}
