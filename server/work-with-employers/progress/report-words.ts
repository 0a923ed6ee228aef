import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import type { Progress } from './progress-reply.ts'
import type { Cell, Term } from './report-shape.ts'

export const NB = '\u00A0'
const decimal = new Intl.NumberFormat('fr-FR')
export const number = (value: number) => decimal.format(value)
const short = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', timeZone: 'UTC' })
export const clock = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})

const noon = (day: string) => new Date(`${day}T12:00:00Z`)
export const shortDay = (iso: string) => short.format(noon(iso)).replace(/^1 /, '1er ')
export const count = (value: number, one: string, many = `${one}s`) => `${number(value)}${NB}${value < 2 ? one : many}`
/** Never 100 % before all is done, never 0 % once something is. */
export const share = (part: number, whole: number) => {
  const percent = whole ? Math.round((part / whole) * 100) : 0
  return `${part < whole && percent === 100 ? 99 : part > 0 && percent === 0 ? 1 : percent}${NB}%`
}

export const shareCell = (part: number, whole: number): Cell => ({
  bar: whole ? Math.min(1, part / whole) : 0,
  text: share(part, whole),
})

export const list = new Intl.ListFormat('fr-FR')

export const purposes = { prospection: 'Prospection', fidelisation: 'Fidélisation' } as const
export const statuses = { draft: 'brouillon', open: 'ouverte', closed: 'close', archived: 'archivée' } as const
export const goals: Record<Campaign['goals'][number]['kind'], string> = {
  'etablissements-contactes': 'Établissements contactés',
  'interlocuteurs-joints': 'Interlocuteurs joints',
  echanges: 'Échanges enregistrés',
  'rendez-vous': 'Rendez-vous pris',
  besoins: 'Besoins détectés',
  embauches: 'Embauches',
}

export const steps: Record<Progress['funnel'][number]['step'], string> = {
  targets: 'Cibles',
  contacted: 'Contactées',
  reached: 'Interlocuteur joint',
  meeting: 'Rendez-vous pris',
  need: 'Besoin détecté',
  hire: 'Embauche',
}

export const stuck: Record<
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

export const zones: Record<Progress['byZone']['kind'], string> = {
  departement: 'département',
  epci: 'intercommunalité',
  commune: 'commune',
}

/** How the figures of the progress are counted; raised when one changes. */
export const definitionsVersion = { version: 2, since: '2026-11-28' }

export const definitions: readonly Term[] = [
  ['Cible', 'établissement de la campagne, sauf ceux qu’elle a mis de côté.'],
  [
    'Contactée',
    'au moins un échange enregistré dans la campagne, quel que soit son résultat ; les échanges annulés ne comptent pas. Comptée une fois, quel que soit le nombre de structures ou d’échanges.',
  ],
  [
    'Interlocuteur joint, rendez-vous, besoin',
    'd’après les échanges que leur structure partage avec le réseau ; ce qu’une structure garde pour elle n’y entre pas.',
  ],
  [
    'Besoins suivis, embauches',
    'besoins partagés avec le réseau, nés d’un échange de la campagne, et les embauches notées pour eux, à quelque date que ce soit ; par structure, les besoins qu’elle a notés et les embauches qu’elle a permises.',
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
