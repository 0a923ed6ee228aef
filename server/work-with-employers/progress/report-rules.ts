import { dayInWords } from '../../platform/french.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import type { Progress } from './progress-reply.ts'
import type { Line } from './progress-rules.ts'

/** What report.typ prints: French sentences and figures written out, nothing left to decide there. */
export interface Report {
  readonly title: string
  readonly author: string
  readonly above: string
  readonly lead: string
  readonly footer: string
  readonly facts: readonly Term[]
  readonly sections: readonly Section[]
}
type Term = readonly [term: string, said: string]
type Cell = string | { readonly bar: number; readonly text: string }
interface Table {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
interface Coverage {
  readonly alt: string
  /** Along the period and up to the top of the axis, both from 0 to 1. */
  readonly points: readonly (readonly [number, number])[]
  readonly ticks: readonly { readonly y: number; readonly label: string }[]
  readonly goal: { readonly y: number; readonly label: string } | null
  readonly start: string
  readonly end: string
  readonly last: string
}
interface Section {
  readonly title: string
  readonly text: readonly string[]
  readonly coverage: Coverage | null
  readonly tables: readonly Table[]
  readonly terms: readonly Term[]
}

/** One of the figures of annex 4 for this campaign, with the version of the definition that counted it. */
export interface AnnexFigure {
  readonly title: string
  readonly value: number
  readonly version: number
  readonly since: string
  readonly text: string
}
export interface ReportSource {
  readonly campaign: Campaign
  readonly progress: Progress
  readonly annex: AnnexFigure
  readonly asker: { readonly name: string; readonly organisation: string }
  readonly now: Date
  readonly today: string
}

const NB = '\u00A0'
const decimal = new Intl.NumberFormat('fr-FR')
const number = (value: number) => decimal.format(value)
const short = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})
const noon = (day: string) => new Date(`${day}T12:00:00Z`)
const shortDay = (iso: string) => short.format(noon(iso)).replace(/^1 /, '1er ')
const count = (value: number, one: string, many = `${one}s`) => `${number(value)}${NB}${value < 2 ? one : many}`
/** Never 100 % before all is done, never 0 % once something is. */
const share = (part: number, whole: number) => {
  const percent = whole ? Math.round((part / whole) * 100) : 0
  return `${part < whole && percent === 100 ? 99 : part > 0 && percent === 0 ? 1 : percent}${NB}%`
}
const shareCell = (part: number, whole: number): Cell => ({
  bar: whole ? Math.min(1, part / whole) : 0,
  text: share(part, whole),
})
const list = new Intl.ListFormat('fr-FR')

const purposes = { prospection: 'Prospection', fidelisation: 'Fidélisation' } as const
const statuses = { draft: 'brouillon', open: 'ouverte', closed: 'close', archived: 'archivée' } as const
const goals: Record<Campaign['goals'][number]['kind'], string> = {
  'etablissements-contactes': 'Établissements contactés',
  echanges: 'Échanges enregistrés',
  'rendez-vous': 'Rendez-vous pris',
  besoins: 'Besoins détectés',
}
const steps: Record<Progress['funnel'][number]['step'], string> = {
  targets: 'Cibles',
  contacted: 'Contactées',
  reached: 'Interlocuteur joint',
  meeting: 'Rendez-vous pris',
  need: 'Besoin détecté',
}
const stuck: Record<
  Progress['stuck']['counts'][number]['kind'],
  readonly [one: string, many: string, meaning: (days: number) => string]
> = {
  untouched: [
    'cible prise et sans suite',
    'cibles prises et sans suite',
    days => `prises en charge depuis ${days} jours ou plus, sans contact`,
  ],
  late: [
    'action en retard',
    'actions en retard',
    () => 'prochaines actions dont le jour est passé, parmi celles que lit la personne qui a demandé ce rapport',
  ],
  silent: ['structure sans activité', 'structures sans activité', days => `aucun contact depuis ${days} jours`],
  undecided: ['conflit à trancher', 'conflits à trancher', () => 'ils empêchent d’ouvrir la campagne'],
  waiting: ['cible que personne n’a prise', 'cibles que personne n’a prises', () => 'encore à contacter'],
}
const zones: Record<Progress['byZone']['kind'], string> = {
  departement: 'département',
  epci: 'intercommunalité',
  commune: 'commune',
}

/** How the figures of the progress are counted; raised when one changes. */
const definitionsVersion = { version: 1, since: '2026-11-25' }
const definitions: readonly Term[] = [
  ['Cible', 'établissement de la campagne, sauf ceux qu’elle a mis de côté.'],
  [
    'Contactée',
    'au moins un échange enregistré dans la campagne, quel que soit son résultat ; les échanges annulés ne comptent pas. Comptée une fois, quel que soit le nombre de structures ou d’échanges.',
  ],
  [
    'Interlocuteur joint, rendez-vous, besoin',
    'd’après les échanges que leur structure partage avec le réseau ; ce qu’une structure garde pour elle n’y entre pas. Les suites données aux besoins et les embauches ne sont pas encore suivies.',
  ],
  ['Prise en charge', 'un conseiller a dit s’en occuper.'],
  [
    'Rythme de l’objectif',
    'ce que donnerait un rythme égal, du premier au dernier jour, jusqu’à l’objectif d’établissements contactés.',
  ],
  [
    'Par structure',
    'un établissement contacté par deux structures est compté pour chacune, et une seule fois dans les totaux.',
  ],
  [
    'Par conseiller',
    'ce rapport n’en dit rien : ces chiffres restent à chaque conseiller et aux responsables de sa structure.',
  ],
]

const none = { text: [], coverage: null, tables: [], terms: [] } as const
const cut = (caption: string, head: string, lines: readonly Line[]): Table => ({
  caption,
  head: [head, 'Cibles', 'Prises', 'Contactées', 'Part contactée', 'Jointes', 'Besoins'],
  rows: lines.map(line => [
    line.label,
    number(line.targets),
    number(line.taken),
    number(line.contacted),
    shareCell(line.contacted, line.targets),
    number(line.reached),
    number(line.needs),
  ]),
})

const dayNumber = (iso: string) => Date.parse(iso) / 86_400_000
/** The curve of the page, and the whole of it in a sentence. */
const curve = ({ weeks, goal }: Progress, { startsOn, endsOn }: Campaign): Coverage | null => {
  const last = weeks.at(-1)
  if (!last) return null
  const top = Math.max(goal ?? 0, last.contacted, 4) * 1.1
  const length = Math.max(1, dayNumber(endsOn) - dayNumber(startsOn))
  const step =
    [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000].find(one => top / one <= 5) ??
    50_000
  return {
    points: [
      [0, 0],
      ...weeks.map(week => [(dayNumber(week.until) - dayNumber(startsOn)) / length, week.contacted / top] as const),
    ],
    ticks: Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => ({
      y: (n * step) / top,
      label: number(n * step),
    })),
    goal: goal === null ? null : { y: goal / top, label: `objectif ${number(goal)}` },
    start: shortDay(startsOn),
    end: shortDay(endsOn),
    last: number(last.contacted),
    alt: `Courbe des cibles contactées au moins une fois, du ${dayInWords(startsOn)} au ${dayInWords(last.until)} : ${number(last.contacted)} à la fin${goal === null ? '' : `, pour un objectif de ${number(goal)} le ${dayInWords(endsOn)}`}. Le tableau qui suit donne chaque semaine.`,
  }
}

/** The report of a campaign for its task force: the figures of its progress page, and nothing about an advisor. */
export const reportOf = ({ campaign, progress, annex, asker, now, today }: ReportSource): Report => {
  const {
    targets,
    contacted,
    setAside,
    goal,
    weeks,
    funnel,
    byOrganisation,
    bySector,
    byZone,
    bySize,
    byResult,
    stuck: { days, counts },
  } = progress
  const step = (name: Progress['funnel'][number]['step']) => funnel.find(one => one.step === name)?.count ?? 0
  const contacts = byOrganisation.reduce((sum, one) => sum + one.contacts, 0)
  const done: Record<Campaign['goals'][number]['kind'], number> = {
    'etablissements-contactes': contacted,
    echanges: contacts,
    'rendez-vous': step('meeting'),
    besoins: step('need'),
  }
  const there = counts.filter(one => one.count > 0)
  const results = byResult.lines.reduce((sum, one) => sum + one.count, 0)
  const last = weeks.at(-1)
  const gap = last?.expected == null ? null : last.contacted - last.expected
  const at = `${dayInWords(today)} à ${clock.format(now).replace(':', `${NB}h${NB}`)}`
  return {
    title: `Rapport de campagne : ${campaign.name}`,
    author: 'Campagnes coordonnées',
    above: 'Réseau pour l’emploi · Campagnes coordonnées',
    lead: `${count(contacted, 'établissement contacté', 'établissements contactés')} sur ${number(targets)} (${share(contacted, targets)}), ${count(step('meeting'), 'rendez-vous pris', 'rendez-vous pris')}, ${count(step('need'), 'besoin détecté', 'besoins détectés')}.`,
    footer: `${campaign.name} · rapport du ${at}, demandé par ${asker.name} (${asker.organisation})`,
    facts: [
      ['Objet', `${purposes[campaign.purpose]}${campaign.description ? ` — ${campaign.description}` : ''}`],
      ['Territoire', campaign.territory.name],
      [
        'Période',
        `du ${dayInWords(campaign.startsOn)} au ${dayInWords(campaign.endsOn)}, campagne ${statuses[campaign.status]}`,
      ],
      ['Structure pilote', campaign.pilot.name],
      ['Structures membres', list.format(byOrganisation.map(one => one.organisation.name))],
      [
        'Chiffres arrêtés',
        `le ${at}, dans la limite des droits de la personne qui a demandé ce rapport : ${asker.name} (${asker.organisation})`,
      ],
    ],
    sections: [
      {
        ...none,
        title: 'En bref',
        tables: [
          {
            caption: 'La campagne en chiffres',
            head: ['Mesure', 'Nombre'],
            rows: [
              ['Établissements visés', number(targets)],
              ['Contactés au moins une fois', number(contacted)],
              ['Échanges enregistrés', number(contacts)],
              ['Rendez-vous pris', number(step('meeting'))],
              ['Besoins détectés', number(step('need'))],
              ['Mis de côté', number(setAside)],
            ],
          },
          ...(campaign.goals.length
            ? [
                {
                  caption: 'Les objectifs',
                  head: ['Objectif', 'Visé', 'Atteint', 'Part'],
                  rows: campaign.goals.map(({ kind, value }): Cell[] => [
                    goals[kind],
                    number(value),
                    number(done[kind]),
                    shareCell(done[kind], value),
                  ]),
                },
              ]
            : []),
        ],
      },
      {
        ...none,
        title: 'Ce qui est bloqué',
        text: there.length
          ? []
          : ['Rien n’est bloqué : ni cible sans suite, ni action en retard, ni structure sans activité.'],
        terms: there.map(
          ({ kind, count: n }) =>
            [
              count(n, stuck[kind][0], stuck[kind][1]),
              `${stuck[kind][2](days)}.${kind === 'silent' ? ` Il s’agit de ${list.format(byOrganisation.filter(one => one.silent).map(one => one.organisation.name))}.` : ''}`,
            ] as const,
        ),
      },
      {
        ...none,
        title: 'La couverture au fil des semaines',
        text: [
          !last
            ? `La période commence le ${dayInWords(campaign.startsOn)}.`
            : gap === null
              ? `${count(last.contacted, 'cible contactée', 'cibles contactées')} au ${dayInWords(last.until)}.`
              : `${count(last.contacted, 'cible contactée', 'cibles contactées')} au ${dayInWords(last.until)}, ${gap === 0 ? 'tout juste au rythme de l’objectif' : `${number(Math.abs(gap))} ${gap > 0 ? 'de plus' : 'de moins'} qu’à un rythme égal jusqu’à l’objectif de ${number(goal!)}`}.`,
        ],
        coverage: curve(progress, campaign),
        tables: weeks.length
          ? [
              {
                caption: 'Cibles contactées au moins une fois, cumulées par semaine',
                head: ['Semaine', 'Contactées', ...(goal === null ? [] : ['Rythme de l’objectif'])],
                rows: weeks.map(week => [
                  week.from === week.until
                    ? dayInWords(week.until)
                    : `${shortDay(week.from)} – ${dayInWords(week.until)}`,
                  number(week.contacted),
                  ...(goal === null ? [] : [number(week.expected ?? 0)]),
                ]),
              },
            ]
          : [],
      },
      {
        ...none,
        title: 'De la cible au besoin',
        tables: [
          {
            caption: 'Les étapes, de la cible au besoin',
            head: ['Étape', 'Cibles', 'Part des cibles'],
            rows: funnel.map(one => [steps[one.step], number(one.count), shareCell(one.count, targets)]),
          },
        ],
      },
      {
        ...none,
        title: 'Par structure',
        tables: [
          {
            caption: 'Avancement par structure',
            head: ['Structure', 'Prises', 'Contactées', 'Part des cibles', 'Échanges', 'Besoins', 'Dernier contact'],
            rows: byOrganisation.map(one => [
              one.organisation.name,
              number(one.taken),
              number(one.contacted),
              shareCell(one.contacted, targets),
              number(one.contacts),
              number(one.needs),
              one.lastContactOn === null ? 'aucun' : shortDay(one.lastContactOn),
            ]),
          },
        ],
      },
      ...(
        [
          ['Par secteur', 'Avancement par secteur d’activité', 'Section', bySector],
          ['Par zone', `Avancement par ${zones[byZone.kind]}`, 'Zone', byZone.lines],
          [
            'Par taille',
            'Avancement par taille (sans effectif connu, un établissement compte avec les moins de 10)',
            'Effectif',
            bySize,
          ],
        ] as const
      ).flatMap(([title, caption, head, lines]) =>
        lines.length ? [{ ...none, title, tables: [cut(caption, head, lines)] }] : [],
      ),
      {
        ...none,
        title: 'Résultats des échanges',
        text: [
          ...(byResult.lines.length ? [] : ['Aucun résultat que la personne qui a demandé ce rapport puisse lire.']),
          ...(byResult.hidden
            ? [
                `${count(byResult.hidden, 'autre échange a un résultat', 'autres échanges ont un résultat')} que ses droits n’ouvrent pas ou que leur structure garde.`,
              ]
            : []),
        ],
        tables: byResult.lines.length
          ? [
              {
                caption: 'Échanges par résultat',
                head: ['Résultat', 'Échanges', 'Part'],
                rows: byResult.lines.map(one => [one.label, number(one.count), shareCell(one.count, results)]),
              },
            ]
          : [],
      },
      {
        ...none,
        title: 'Comment ces chiffres sont comptés',
        text: [
          `Avancement : définitions version ${definitionsVersion.version}, depuis le ${dayInWords(definitionsVersion.since)}.`,
        ],
        terms: definitions,
      },
      {
        ...none,
        title: 'Annexe 4 de la convention',
        text: [
          `${annex.title}, pour cette campagne, du ${dayInWords(campaign.startsOn)} au ${dayInWords(campaign.endsOn)} : ${number(annex.value)}.`,
          `Définition, version ${annex.version}, depuis le ${dayInWords(annex.since)} : ${annex.text}`,
        ],
      },
    ],
  }
}
