import type { Static } from 'typebox'
import type {
  SourcedValue as SourcedValueSchema,
  sources,
} from '../../../contract/work-with-employers/correspondents.ts'
import { dayOf, formatDay } from '../../platform/format.ts'

export type SourcedValue = Static<typeof SourcedValueSchema>

const sourceWords: Record<(typeof sources)[number], string> = {
  'personne-concernee': 'donné par la personne elle-même',
  conseiller: 'noté par un conseiller',
  'fichier-partenaire': 'fichier d’un partenaire',
  operateur: 'saisi par l’opérateur',
  registre: 'SIRENE',
}
/** « noté par un conseiller (CC des Essais), 12 mars 2026 ». */
export const sourceOf = ({
  source,
  organisationName,
  recordedAt,
}: Pick<SourcedValue, 'source' | 'organisationName' | 'recordedAt'>) =>
  `${sourceWords[source]}${organisationName ? ` (${organisationName})` : ''}, ${formatDay(dayOf(recordedAt))}`
