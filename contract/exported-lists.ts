import { type Static, Type } from 'typebox'
import { oneOf, Text } from './common.ts'

/** What a list is exported as: a spreadsheet, or text that any program reads. */
export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Lines that one file holds; a search is counted to 10 000 only. */
export const mostExported = { all: 100_000, search: 10_000 } as const

export interface ExportedList {
  /** Its route, without the `/api` prefix. It takes the filters of the list in its address. */
  readonly path: `/${string}`
  readonly title: string
  readonly fileName: string
  readonly columns: Readonly<Record<string, string>>
  /** Columns that tell of persons met or of what they said: taken when asked for alone. */
  readonly onRequest: readonly string[]
}
/** Keeps the names of the columns in its type. */
const listed = <const L extends ExportedList>(list: L) => list

const employer = { siret: 'SIRET', name: 'Établissement' } as const
const kinds = { legalNature: 'Nature juridique', companySize: 'Taille de l’entreprise' } as const
const described = { ...employer, town: 'Commune', activity: 'Activité', headcount: 'Effectif', ...kinds } as const
const planned = { actionKind: 'Prochaine action', actionOn: 'Prévue le' } as const
const contacted = { contactOn: 'Dernier contact', contactBy: 'Contact par' } as const

/** Persons, and what they said: of the line of a portfolio. */
const said = { personMet: 'Personne rencontrée', notes: 'Derniers mots', phone: 'Téléphone' } as const

/** What the network noted of an employer, read beside the lines of a list (EST-9, EST-10). */
const noted = { notToContact: 'Ne pas contacter jusqu’au', commitments: 'Engagements' } as const
export type NotedColumn = keyof typeof noted
export const isNoted = (column: string): column is NotedColumn => column in noted

/** The lists that people work from each day, as files (CAM-10). */
export const exportedLists = {
  targets: listed({
    path: '/campaigns/:campaignId/targets/export',
    title: 'Cibles d’une campagne',
    fileName: 'cibles',
    columns: {
      ...described,
      status: 'État',
      setAside: 'Motif de mise de côté',
      sharedWith: 'Partagée avec',
      assignedTo: 'Confiée à',
      takenBy: 'Prise en charge par',
      ...planned,
      actionOwner: 'Chargé de l’action',
      ...contacted,
      contacts: 'Échanges',
      ...noted,
    },
    onRequest: [],
  }),
  portfolio: listed({
    path: '/portfolio/export',
    title: 'Mon portefeuille',
    fileName: 'portefeuille',
    columns: {
      ...described,
      campaign: 'Campagne',
      status: 'État',
      takenOn: 'Prise en charge le',
      ...planned,
      actionAt: 'Heure',
      late: 'En retard',
      ...contacted,
      ...noted,
      ...said,
    },
    onRequest: Object.keys(said),
  }),
  nextActions: listed({
    path: '/next-actions/export',
    title: 'Mes prochaines actions',
    fileName: 'prochaines-actions',
    columns: {
      actionOn: 'Prévue le',
      actionAt: 'Heure',
      actionKind: 'Action',
      late: 'En retard',
      ...described,
      closed: 'Fermé',
      campaign: 'Campagne',
      status: 'État',
      takenOn: 'Prise en charge le',
      notedBy: 'Notée par',
      ...contacted,
      ...noted,
      ...said,
    },
    onRequest: Object.keys(said),
  }),
  exchanges: listed({
    path: '/exchanges/export',
    title: 'Échanges',
    fileName: 'echanges',
    columns: {
      on: 'Date',
      ...employer,
      campaign: 'Campagne',
      organisation: 'Structure',
      author: 'Auteur',
      channel: 'Canal',
      result: 'Résultat',
      need: 'Besoin',
      personMet: 'Personne rencontrée',
      notes: 'Notes',
      ...planned,
      cancelled: 'Annulé',
    },
    onRequest: ['personMet', 'notes'],
  }),
  needs: listed({
    path: '/needs/export',
    title: 'Besoins',
    fileName: 'besoins',
    columns: {
      on: 'Noté le',
      ...employer,
      town: 'Commune',
      kind: 'Nature',
      advice: 'Conseil sur',
      job: 'Métier',
      rome: 'Code ROME',
      posts: 'Postes',
      hired: 'Embauches',
      contract: 'Contrat',
      startsOn: 'Début',
      weeklyHours: 'Heures par semaine',
      wage: 'Rémunération',
      skills: 'Compétences',
      place: 'Lieu',
      state: 'État',
      organisation: 'Structure',
      owner: 'Suivi par',
      takenBy: 'Pris en charge par',
      takenOn: 'Pris en charge le',
      closedOn: 'Clos le',
      ...noted,
    },
    onRequest: [],
  }),
  search: listed({
    path: '/establishments/export',
    title: 'Établissements trouvés',
    fileName: 'etablissements',
    columns: {
      ...described,
      siren: 'SIREN',
      sign: 'Enseigne',
      activityCode: 'Code d’activité',
      communeCode: 'Code de la commune',
      employer: 'Employeur',
      active: 'Ouvert',
      headOffice: 'Siège',
      ...noted,
    },
    onRequest: [],
  }),
  indicatorRows: listed({
    path: '/indicators/:code/rows/export',
    title: 'Lignes d’un indicateur',
    fileName: 'indicateur',
    columns: { label: 'Nom', detail: 'Détail', on: 'Date', count: 'Nombre' },
    onRequest: [],
  }),
  figures: listed({
    path: '/indicators/export',
    title: 'Chiffres des indicateurs',
    fileName: 'indicateurs',
    columns: {
      indicator: 'Indicateur',
      part: 'Partie',
      value: 'Nombre',
      state: 'État',
      frozenOn: 'Arrêté le',
      today: 'Nombre aujourd’hui',
      from: 'Du',
      to: 'Au',
      perimeter: 'Périmètre de lecture',
      organisation: 'Structure',
      territory: 'Territoire',
      campaign: 'Campagne',
      version: 'Version de la définition',
      since: 'Définition en vigueur depuis le',
      digest: 'Empreinte SHA-256',
    },
    onRequest: [],
  }),
  purges: listed({
    path: '/purges/export',
    title: 'Relevé des effacements',
    fileName: 'effacements',
    columns: {
      on: 'Jour',
      what: 'Données',
      category: 'Catégorie',
      keptFor: 'Durée appliquée',
      since: 'Règle',
      organisation: 'Structure',
      erased: 'Lignes effacées',
      held: 'Lignes gardées',
      table: 'Table',
    },
    onRequest: [],
  }),
} as const satisfies Record<string, ExportedList>
export type ExportedName = keyof typeof exportedLists

/** What is asked of an export. Without `columns`, all but those that are taken on request. */
export const exportAsked = (list: ExportedList) =>
  Type.Object({
    purpose: Text(300),
    format: oneOf(exportFormats),
    columns: Type.Optional(
      Type.Array(oneOf(Object.keys(list.columns)), { minItems: 1, maxItems: 30, uniqueItems: true }),
    ),
  })
export type ExportAsked = Static<ReturnType<typeof exportAsked>>
/** The columns of a file when none is named. */
export const usualColumns = ({ columns, onRequest }: ExportedList): string[] =>
  Object.keys(columns).filter(key => !onRequest.includes(key))
