import { dayInWords } from '../french.ts'
import { parisDay } from '../time.ts'

const number = new Intl.NumberFormat('fr-FR')
const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: 'numeric', minute: '2-digit' })

export interface Marked {
  readonly rows: number
  readonly madeAt: Date
  readonly viewer: { readonly givenName: string; readonly familyName: string; readonly organisationName: string }
  readonly purpose: string
}
const madeBy = ({ madeAt, viewer, purpose }: Omit<Marked, 'rows'>) =>
  `le ${dayInWords(parisDay(madeAt))} à ${clock.format(madeAt).replace(':', ' h ')} par ${viewer.givenName} ${viewer.familyName} (${viewer.organisationName}). Motif : ${purpose.trim()}`
const whoseData =
  'Données des structures du réseau pour l’emploi et du répertoire SIRENE. Elles ne servent qu’à l’exécution et au suivi de la convention et aux statistiques (article 2) : à effacer après usage.'
/**
 * The lines that close a file: who took it, when, for what, and whose data these are (PRI-5).
 * They come last: a file cut short is seen to be so, and the titles stay on the first row.
 */
export const markOf = ({ rows, ...marked }: Marked): readonly string[] => [
  `${number.format(rows)} ${rows > 1 ? 'lignes exportées' : 'ligne exportée'} ${madeBy(marked)}`,
  whoseData,
]
/** The same at the foot of each page of a document (PRI-5). */
export const footOf = (marked: Omit<Marked, 'rows'>): string => `Document fait ${madeBy(marked)}. ${whoseData}`
