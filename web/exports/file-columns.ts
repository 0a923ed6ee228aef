import { type ExportedList, type ExportedName, exportedLists, usualColumns } from '../../contract/exported-lists.ts'

type Lists = typeof exportedLists
type FileColumn<Name extends ExportedName> = keyof Lists[Name]['columns']
const employer = {
  lieu: ['town'],
  effectif: ['headcount'],
  nature: ['legalNature'],
  entreprise: ['companySize'],
  siret: ['siret'],
  contact: ['contactOn', 'contactBy'],
} as const
const day = {
  ...employer,
  activite: ['activity'],
  etat: ['status'],
  campagne: ['campaign'],
  mots: ['notes', 'personMet'],
  prise: ['takenOn'],
} as const
/** For each column that a page shows, as its address says it, those of its file that say the same. */
const said = {
  targets: {
    ...employer,
    lieu: ['town', 'activity'],
    etat: ['status', 'setAside', 'sharedWith'],
    qui: ['assignedTo', 'takenBy'],
    action: ['actionKind', 'actionOn', 'actionOwner'],
  },
  portfolio: { ...day, action: ['actionKind', 'actionOn', 'actionAt', 'late'] },
  nextActions: { ...day, action: ['actionKind', 'actionOn', 'actionAt', 'late', 'notedBy'] },
  // The contacts of a search are read beside its lines: its file has none.
  search: { ...employer, activite: ['activity'], code: ['activityCode'], contact: [] },
  exchanges: {
    canal: ['channel'],
    besoin: ['need'],
    notes: ['notes'],
    personne: ['personMet'],
    suite: ['actionKind', 'actionOn'],
    campagne: ['campaign'],
  },
  indicatorRows: { detail: ['detail'], date: ['on'], nombre: ['count'] },
  // These pages choose no column.
  figures: {},
  needs: {},
  purges: {},
} as const satisfies { [Name in ExportedName]: Readonly<Record<string, readonly FileColumn<Name>[]>> }
/** The columns that the page of a list may show. */
export type ShownColumn<Name extends ExportedName> = keyof (typeof said)[Name]
/** What each line of a file tells whatever one chose: whose it is, and that an employer is not to be contacted. */
const always: Readonly<Record<ExportedName, readonly string[]>> = {
  targets: ['siret', 'name', 'notToContact'],
  portfolio: ['siret', 'name', 'notToContact'],
  nextActions: ['actionOn', 'siret', 'name', 'notToContact'],
  search: ['siret', 'name', 'notToContact'],
  exchanges: ['on', 'siret', 'name', 'organisation', 'author', 'result', 'cancelled'],
  indicatorRows: ['label'],
  needs: ['on', 'siret', 'name', 'kind', 'job', 'state', 'organisation', 'notToContact'],
  purges: ['on', 'what', 'keptFor', 'organisation', 'erased', 'held'],
  figures: ['indicator', 'part', 'value', 'state', 'from', 'to', 'perimeter'],
}

/**
 * The columns of a file before one changes any: those that the address of the page says (`colonnes`), else the usual
 * ones. What names persons is left to be ticked.
 */
export const fileColumns = (name: ExportedName, shown: string | undefined): readonly string[] => {
  const list: ExportedList = exportedLists[name]
  if (shown === undefined) return usualColumns(list)
  const of: Readonly<Record<string, readonly string[]>> = said[name]
  const wanted = new Set([
    ...always[name],
    ...shown.split(',').flatMap(one => (Object.hasOwn(of, one) ? of[one]! : [])),
  ])
  return usualColumns(list).filter(key => wanted.has(key))
}
