import type { Static } from 'typebox'
import type { DocumentVersion, documentKinds } from '../../../contract/agreement/texts.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { toolWords } from '../../platform/words.ts'

export type Version = Static<typeof DocumentVersion>
type Kind = (typeof documentKinds)[number]
export const kindWords: Record<Kind, string> = {
  cgu: 'Conditions générales d’utilisation (CGU)',
  cpu: 'Conditions particulières d’utilisation (CPU)',
  confidentialite: 'Règles de confidentialité',
  securite: 'Règles de sécurité',
}
export const nameOf = ({ kind, tool }: Pick<Version, 'kind' | 'tool'>) =>
  tool ? `${kindWords[kind]} : ${toolWords[tool]}` : kindWords[kind]
export const stateWords = {
  'to-come': 'à venir',
  'in-force': 'en vigueur',
  replaced: 'remplacée',
  cancelled: 'annulée',
} as const
export const datesOf = ({
  inForceFrom,
  inForceUntil,
  cancelled,
}: Pick<Version, 'inForceFrom' | 'inForceUntil' | 'cancelled'>) =>
  cancelled
    ? `prévue le ${formatDay(dayOf(inForceFrom))}, annulée le ${formatDay(dayOf(cancelled.at))}`
    : inForceUntil
      ? `du ${formatDay(dayOf(inForceFrom))} au ${formatDay(dayOf(inForceUntil))}`
      : `depuis le ${formatDay(dayOf(inForceFrom))}`
