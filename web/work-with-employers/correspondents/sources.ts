import type { Static } from 'typebox'
import { theStructure } from '../../../contract/names-in-french.ts'
import {
  precedence,
  type SourcedValue as SourcedValueSchema,
  type sources,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { dayOf, formatDay } from '../../platform/format.ts'

export type SourcedValue = Static<typeof SourcedValueSchema>

const sourceWords: Record<(typeof sources)[number], string> = {
  'personne-concernee': 'donné par la personne elle-même',
  conseiller: 'noté par un conseiller',
  'fichier-partenaire': 'fichier d’un partenaire',
  operateur: 'saisi par l’opérateur',
  registre: 'SIRENE',
}
/** « Proposé par la mission locale, 12 mars 2026 » */
export const proposedBy = ({ organisationName, recordedAt }: Pick<SourcedValue, 'organisationName' | 'recordedAt'>) =>
  `${organisationName ? `Proposé par ${theStructure(organisationName)}` : 'Proposé'}, ${formatDay(dayOf(recordedAt))}`
/** Where a proposal comes from, and why it does not stand by itself. */
export const proposalSource = (from: string, source: SourcedValue['source']) => `${from}. ${precedence[source].why}`
/** « noté par un conseiller (CC des Essais), 12 mars 2026 ; constaté le 2 mars 2026 ; toujours juste le 3 mai 2026 (Mission locale) ». */
export const sourceOf = (
  {
    source,
    organisationName,
    observedOn,
    recordedAt,
    confirmed,
  }: Pick<SourcedValue, 'source' | 'organisationName' | 'observedOn' | 'recordedAt' | 'confirmed'>,
  said = sourceWords[source],
) =>
  `${said}${organisationName ? ` (${organisationName})` : ''}, ${formatDay(dayOf(recordedAt))}${
    observedOn === null || observedOn === dayOf(recordedAt) ? '' : ` ; constaté le ${formatDay(observedOn)}`
  }${confirmed ? ` ; toujours juste le ${formatDay(dayOf(confirmed.at))} (${confirmed.organisationName})` : ''}`
