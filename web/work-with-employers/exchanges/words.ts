import type { Static } from 'typebox'
import { ofStructure } from '../../../contract/names-in-french.ts'
import type * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { channelLabels, nextActionLabels, resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { formatDay, formatTime } from '../../platform/format.ts'
import { fullName } from '../../platform/names.ts'

export type Exchange = Static<typeof contract.Exchange>
export type Content = Static<typeof contract.ExchangeContent>
export type NextAction = Static<typeof contract.NextAction>
export type Channel = (typeof contract.channels)[number]
export type Result = (typeof contract.results)[number]
export type ActionKind = (typeof contract.nextActionKinds)[number]
export type Visibility = (typeof contract.visibilities)[number]
type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'new'

export const channelWords: Record<Channel, string> = channelLabels
const resultTones: Partial<Record<Result, Tone>> = {
  'besoin-detecte': 'success',
  'rendez-vous-pris': 'new',
  'a-rappeler': 'info',
  refus: 'warning',
  ferme: 'warning',
}
/** In the campaign's own words when it was said so; coloured as the result it counts as. */
export const resultWords = ({
  result,
  resultLabel = null,
}: {
  result: Result
  resultLabel?: string | null
}): { word: string; tone: Tone } => ({
  word: resultLabel ?? resultLabels[result],
  tone: resultTones[result] ?? 'neutral',
})
/** The employer of an exchange or of an action, as a list names it. */
export const employerName = ({ establishmentName, siret }: { establishmentName: string | null; siret: string }) =>
  fullName({ name: establishmentName, sign: null, siret })

export const actionWords: Record<ActionKind, string> = nextActionLabels

/** « Rappel le 8 janvier 2027 à 14 h 30 ». */
export const plannedWords = ({
  kind,
  dueOn,
  dueAt = null,
}: {
  kind: ActionKind
  dueOn: string
  dueAt?: string | null
}) => `${actionWords[kind]} le ${formatDay(dueOn)}${dueAt ? ` à ${formatTime(dueAt)}` : ''}`

const asideWords = { days: 'daté hors de ses jours', 'set-aside': 'cet établissement y étant mis de côté' }
/** « Noté pour « Apprentissage BTP », daté hors de ses jours : hors des chiffres de cette campagne. » */
export const leftOutWords = ({ campaign, why }: NonNullable<Exchange['leftOut']>) =>
  `Noté pour ${campaign.name ? `« ${campaign.name} »` : 'une campagne'}, ${asideWords[why]} : hors des chiffres de cette campagne.`

/** What the others will see, said before one saves (EST-11). */
export const visibilitySentence = (visibility: Visibility, organisation: string) =>
  visibility === 'reseau'
    ? 'Les conseillers du réseau habilités sur ce territoire liront tout l’échange.'
    : `Seuls vos collègues ${ofStructure(organisation)} liront l’échange. Les autres verront qu’un contact a eu lieu, par quelle structure et quand, rien de plus.`
