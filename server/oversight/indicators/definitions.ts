import type { indicatorCodes } from '../../../contract/oversight/indicators.ts'
import type { Tool } from '../../../contract/route.ts'

export type IndicatorCode = (typeof indicatorCodes)[number]
export interface Definition {
  readonly code: IndicatorCode
  readonly title: string
  /**
   * All of them, the oldest first: one that has counted is never edited nor removed, so that past figures keep theirs.
   */
  readonly versions: readonly [Version, ...Version[]]
  readonly parts: readonly { readonly code: string; readonly label: string }[]
}

/**
 * A text and a way of counting (indicators.queries.ts has one for each), from a day on. `corrects`: the former ones
 * counted wrong, and this one counts their periods too.
 */
export interface Version {
  readonly version: number
  readonly since: string
  readonly corrects?: true
  readonly text: string
}
/** What counts a period: the version in force on its last day, the first before all, or a later one that corrects it. */
export const versionFor = (versions: readonly [Version, ...Version[]], to: string): Version => {
  const inForce = versions.findLast(({ since }) => since <= to) ?? versions[0]
  return versions.findLast(one => one.corrects && one.version > inForce.version) ?? inForce
}

export const toolNames: Record<Tool, string> = {
  campagnes: 'Campagnes coordonnées',
  'fiche-etablissement': 'Fiche établissement',
  'fiche-recrutement': 'Fiche pratique de recrutement',
}
export const kindNames = {
  sessions: 'sessions',
  'fiches-consultees': 'fiches consultées',
  recherches: 'recherches',
  'campagnes-consultees': 'campagnes consultées',
  'echanges-enregistres': 'échanges enregistrés',
} as const
export type Kind = keyof typeof kindNames
export const purposeNames = { prospection: 'Prospection', fidelisation: 'Fidélisation' } as const

const kindsOf: Record<Tool, readonly Kind[]> = {
  campagnes: ['sessions', 'campagnes-consultees', 'echanges-enregistres'],
  'fiche-etablissement': ['sessions', 'fiches-consultees', 'recherches'],
  'fiche-recrutement': ['sessions', 'fiches-consultees'],
}
const tools = Object.keys(toolNames) as Tool[]
const byPurpose = (Object.keys(purposeNames) as (keyof typeof purposeNames)[]).map(code => ({
  code,
  label: purposeNames[code],
}))
const within =
  'Le chiffre est lu dans la limite de vos droits : deux personnes de périmètres différents peuvent lire deux chiffres différents.'
const whose =
  'Vous comptez les campagnes de votre périmètre dont votre structure est membre, et ce qui s’y est fait tant qu’elle l’était si elle est partie ; l’opérateur compte toutes celles de son périmètre, sans en lire les lignes s’il n’en est pas membre.'
const formerUsageFilters =
  'Par territoire : les personnes dont le périmètre d’habilitation, ce jour-là, partage au moins une commune avec ce territoire. Par campagne : les personnes des structures membres de cette campagne. Vous lisez l’usage de votre structure, ou de toutes si votre périmètre est national.'
const usageFilters =
  'Par territoire : les personnes dont le périmètre d’habilitation, ce jour-là, partage au moins une commune avec ce territoire. Par campagne : les personnes des structures qui en étaient membres ce jour-là. Vous lisez l’usage de votre structure, ou de toutes si votre périmètre est national.'

/** The four figures of annex 4, in its order. */
export const definitions: readonly Definition[] = [
  {
    code: 'conseillers-utilisateurs',
    title: 'Conseillers partenaires utilisateurs',
    versions: [
      {
        version: 1,
        since: '2026-11-25',
        text: `Nombre de personnes des structures partenaires (toutes les structures sauf l’opérateur France Travail) ayant employé au moins une fois, dans la période, au moins un des trois outils. Le total compte chaque personne une seule fois ; chaque outil la compte une fois. Seuls la personne et les responsables de sa structure la voient nommée parmi les lignes ; les autres la comptent. L’usage de la fiche pratique de recrutement se comptera quand elle ouvrira. ${formerUsageFilters} ${within}`,
      },
      {
        version: 2,
        since: '2026-12-01',
        corrects: true,
        text: `Nombre de personnes des structures partenaires (toutes les structures sauf l’opérateur France Travail) ayant employé au moins une fois, dans la période, au moins un des trois outils. Le total compte chaque personne une seule fois ; chaque outil la compte une fois. Seuls la personne et les responsables de sa structure la voient nommée parmi les lignes ; les autres la comptent. Une ligne de résumé lue sur la fiche établissement n’est pas un usage de la fiche pratique de recrutement. ${usageFilters} ${within}`,
      },
    ],
    parts: tools.map(code => ({ code, label: toolNames[code] })),
  },
  {
    code: 'usage',
    title: 'Usage des outils par les conseillers partenaires',
    versions: [
      {
        version: 1,
        since: '2026-11-25',
        text: `Nombre d’actes faits dans la période par les personnes des structures partenaires : fiches d’établissement ouvertes, recherches, campagnes ouvertes, échanges enregistrés. Les sessions (une par outil, par jour et par connexion) sont données à côté et ne s’ajoutent pas au total. L’usage est compté par personne et par jour, sans garder ce qui a été consulté ; il se lit par structure, jamais par personne. ${formerUsageFilters} ${within}`,
      },
      {
        version: 2,
        since: '2026-12-01',
        corrects: true,
        text: `Nombre d’actes faits dans la période par les personnes des structures partenaires : fiches d’établissement et fiches pratiques de recrutement ouvertes, recherches, campagnes ouvertes, échanges enregistrés. Les sessions (une par outil, par jour et par connexion) sont données à côté et ne s’ajoutent pas au total. L’usage est compté par personne et par jour, sans garder ce qui a été consulté ; il se lit par structure, jamais par personne. ${usageFilters} ${within}`,
      },
    ],
    parts: tools.flatMap(tool =>
      kindsOf[tool].map(kind => ({ code: `${tool}.${kind}`, label: `${toolNames[tool]} : ${kindNames[kind]}` })),
    ),
  },
  {
    code: 'campagnes',
    title: 'Campagnes coordonnées avec les partenaires',
    versions: [
      {
        version: 1,
        since: '2026-11-25',
        text: `Nombre de campagnes ouvertes à un moment au moins de la période, dont au moins deux structures sont membres, l’une au moins étant un partenaire. Par structure : celles dont elle est membre. Par territoire : celles dont le territoire partage au moins une commune avec lui. ${within} Vous voyez les campagnes de votre périmètre dont votre structure est membre.`,
      },
      {
        version: 2,
        since: '2026-12-01',
        corrects: true,
        text: `Nombre de campagnes ouvertes et coordonnées un même jour au moins de la période : ce jour-là, au moins deux structures en étaient membres, l’une au moins étant un partenaire. Une structure qui part reste comptée pour les jours où elle était membre. Par structure : les campagnes dont elle était membre un de ces jours. Par territoire : celles dont le territoire partage au moins une commune avec lui. ${within} ${whose}`,
      },
    ],
    parts: byPurpose,
  },
  {
    code: 'etablissements',
    title: 'Établissements prospectés ou fidélisés avec les partenaires',
    versions: [
      {
        version: 1,
        since: '2026-11-25',
        text: `Nombre d’établissements différents dont un conseiller d’une structure partenaire a joint un interlocuteur, dans la période et dans une campagne coordonnée : au moins deux structures en sont membres, l’une au moins étant un partenaire (interlocuteur joint : besoin détecté, rendez-vous pris, à rappeler, pas de besoin, déjà suivi par un partenaire ou refus ; les échanges annulés, les absences et les numéros injoignables ne comptent pas). Chaque établissement compte une fois au total, et une fois dans chaque part : prospection ou fidélisation, selon l’objet de la campagne (est dit fidélisé l’établissement joint dans une campagne de fidélisation). Par structure : celle de la personne qui a fait l’échange. Par territoire : celui de l’établissement. ${within} Il faut lire à la fois la fiche de l’établissement et la campagne.`,
      },
      {
        version: 2,
        since: '2026-12-01',
        corrects: true,
        text: `Nombre d’établissements différents dont un conseiller d’une structure partenaire a joint un interlocuteur, dans la période et dans une campagne coordonnée ce jour-là : au moins deux structures en étaient membres, l’une au moins étant un partenaire (interlocuteur joint : besoin détecté, rendez-vous pris, à rappeler, pas de besoin, déjà suivi par un partenaire ou refus ; les échanges annulés, les absences et les numéros injoignables ne comptent pas). Chaque établissement compte une fois au total, et une fois dans chaque part : prospection ou fidélisation, selon l’objet de la campagne (est dit fidélisé l’établissement joint dans une campagne de fidélisation). Par structure : celle de la personne qui a fait l’échange. Par territoire : celui de l’établissement. ${within} ${whose} Un partenaire ne compte que les établissements dont il lit la fiche.`,
      },
    ],
    parts: byPurpose,
  },
]
export const definitionOf = (code: IndicatorCode): Definition => definitions.find(d => d.code === code)!
