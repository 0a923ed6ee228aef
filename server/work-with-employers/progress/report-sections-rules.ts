import { ofStructure } from '../../../contract/names-in-french.ts'
import { dayInWords } from '../../platform/french.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import type { Progress } from './progress-reply.ts'
import type { Line } from './progress-rules.ts'
import type { Cell, Coverage, ReportSource, Section, Table } from './report-shape.ts'
import {
  count,
  definitions,
  definitionsVersion,
  goals,
  list,
  number,
  shareCell,
  shortDay,
  steps,
  stuck,
  zones,
} from './report-words.ts'

const none = { text: [], coverage: null, tables: [], terms: [] } as const
const cut = (caption: string, head: string, lines: readonly Line[]): Table => ({
  caption,
  head: [head, 'Cibles', 'Prises', 'Contactées', 'Part contactée', 'Jointes', 'Besoins', 'Embauches'],
  rows: lines.map(line => [
    line.label,
    number(line.targets),
    number(line.taken),
    number(line.contacted),
    shareCell(line.contacted, line.targets),
    number(line.reached),
    number(line.needs),
    number(line.hires),
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

export const stepOf = ({ funnel }: Progress, name: Progress['funnel'][number]['step']) =>
  funnel.find(one => one.step === name)?.count ?? 0
const contactsOf = ({ byOrganisation }: Progress) => byOrganisation.reduce((sum, one) => sum + one.contacts, 0)

const inBrief = ({ campaign, progress }: ReportSource): Section => {
  const { targets, contacted, setAside } = progress
  const contacts = contactsOf(progress)
  const done: Record<Campaign['goals'][number]['kind'], number> = {
    'etablissements-contactes': contacted,
    'interlocuteurs-joints': stepOf(progress, 'reached'),
    echanges: contacts,
    'rendez-vous': stepOf(progress, 'meeting'),
    besoins: stepOf(progress, 'need'),
    embauches: progress.needs.hires,
  }
  return {
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
          ['Rendez-vous pris', number(stepOf(progress, 'meeting'))],
          ['Besoins détectés', number(stepOf(progress, 'need'))],
          ['Besoins suivis, encore ouverts', `${number(progress.needs.open)} sur ${number(progress.needs.noted)}`],
          ['Embauches', number(progress.needs.hires)],
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
  }
}

const blocked = ({
  progress: {
    byOrganisation,
    stuck: { days, counts },
  },
}: ReportSource): Section => {
  const there = counts.filter(one => one.count > 0)
  return {
    ...none,
    title: 'Ce qui est bloqué',
    text: there.length
      ? []
      : ['Rien n’est bloqué : ni cible sans suite, ni action en retard, ni structure sans activité.'],
    terms: there.map(
      ({ kind, count: n }) =>
        [
          count(n, stuck[kind][0], stuck[kind][1]),
          `${stuck[kind][2](days)}.${kind === 'silent' ? ` Il s’agit ${list.format(byOrganisation.filter(one => one.silent).map(one => ofStructure(one.organisation.name)))}.` : ''}`,
        ] as const,
    ),
  }
}

const coverageByWeek = ({ campaign, progress }: ReportSource): Section => {
  const { goal, weeks } = progress
  const last = weeks.at(-1)
  const gap = last?.expected == null ? null : last.contacted - last.expected
  return {
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
              week.from === week.until ? dayInWords(week.until) : `${shortDay(week.from)} – ${dayInWords(week.until)}`,
              number(week.contacted),
              ...(goal === null ? [] : [number(week.expected ?? 0)]),
            ]),
          },
        ]
      : [],
  }
}

const fromTargetToHire = ({ progress: { funnel, targets } }: ReportSource): Section => {
  return {
    ...none,
    title: 'De la cible à l’embauche',
    tables: [
      {
        caption: 'Les étapes, de la cible à l’embauche',
        head: ['Étape', 'Cibles', 'Part des cibles'],
        rows: funnel.map(one => [steps[one.step], number(one.count), shareCell(one.count, targets)]),
      },
    ],
  }
}

const byStructure = ({ progress: { byOrganisation, targets } }: ReportSource): Section => {
  return {
    ...none,
    title: 'Par structure',
    tables: [
      {
        caption: 'Avancement par structure',
        head: [
          'Structure',
          'Prises',
          'Contactées',
          'Part des cibles',
          'Échanges',
          'Besoins',
          'Embauches',
          'Dernier contact',
        ],
        rows: byOrganisation.map(one => [
          one.organisation.name,
          number(one.taken),
          number(one.contacted),
          shareCell(one.contacted, targets),
          number(one.contacts),
          number(one.needs),
          number(one.hires),
          one.lastContactOn === null ? 'aucun' : shortDay(one.lastContactOn),
        ]),
      },
    ],
  }
}

/** A section for each way of cutting the targets that has lines. */
const cuts = ({ progress: { bySector, byZone, bySize } }: ReportSource): Section[] =>
  (
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
  )

const results = ({ progress: { byResult } }: ReportSource): Section => {
  const results = byResult.lines.reduce((sum, one) => sum + one.count, 0)
  return {
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
  }
}

const howCounted = (): Section => {
  return {
    ...none,
    title: 'Comment ces chiffres sont comptés',
    text: [
      `Avancement : définitions version ${definitionsVersion.version}, depuis le ${dayInWords(definitionsVersion.since)}.`,
    ],
    terms: definitions,
  }
}

const annexFour = ({ campaign, annex }: ReportSource): Section => {
  return {
    ...none,
    title: 'Annexe 4 de la convention',
    text: [
      `${annex.title}, pour cette campagne, du ${dayInWords(campaign.startsOn)} au ${dayInWords(campaign.endsOn)} : ${number(annex.value)}.`,
      `Définition, version ${annex.version}, depuis le ${dayInWords(annex.since)} : ${annex.text}`,
    ],
  }
}

/** The sections of the report, in the order in which they are read. */
export const sectionsOf = (source: ReportSource): Section[] => [
  inBrief(source),
  blocked(source),
  coverageByWeek(source),
  fromTargetToHire(source),
  byStructure(source),
  ...cuts(source),
  results(source),
  howCounted(),
  annexFour(source),
]
