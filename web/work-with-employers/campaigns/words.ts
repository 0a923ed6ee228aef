import type { Static } from 'typebox'
import {
  type Campaign as CampaignSchema,
  type Conflict as ConflictSchema,
  type conflictDecisions,
  goalKinds,
  type Target as TargetSchema,
  targetStatusLabels,
} from '../../../contract/work-with-employers/campaigns.ts'
import { resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { addDays, daysBetween, formatCount, formatDay, formatList, formatNumber, today } from '../../platform/format.ts'

export type Campaign = Static<typeof CampaignSchema>
export type Goal = Campaign['goals'][number]
export type Target = Static<typeof TargetSchema>
export type Conflict = Static<typeof ConflictSchema>
export type Decision = (typeof conflictDecisions)[number]
type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'new'

export const statusWords: Record<Campaign['status'], { word: string; several: string; tone: Tone }> = {
  draft: { word: 'brouillon', several: 'Brouillons', tone: 'new' },
  open: { word: 'ouverte', several: 'Ouvertes', tone: 'success' },
  closed: { word: 'close', several: 'Closes', tone: 'neutral' },
  archived: { word: 'archivée', several: 'Archivées', tone: 'neutral' },
}
export const purposeWords: Record<Campaign['purpose'], { word: string; hint: string }> = {
  prospection: { word: 'Prospection', hint: 'Aller vers des employeurs que le réseau connaît peu ou pas' },
  fidelisation: { word: 'Fidélisation', hint: 'Garder le lien avec des employeurs déjà connus' },
}
export const scopeWords: Record<Campaign['conflictScope'], string> = {
  establishment: 'Chaque établissement',
  company: 'Toute l’entreprise (SIREN)',
}
export const targetStatusWords: Record<Target['status'], { word: string; tone: Tone }> = {
  'a-contacter': { word: targetStatusLabels['a-contacter'], tone: 'neutral' },
  'prise-en-charge': { word: targetStatusLabels['prise-en-charge'], tone: 'info' },
  'en-cours': { word: targetStatusLabels['en-cours'], tone: 'info' },
  'rendez-vous': { word: targetStatusLabels['rendez-vous'], tone: 'new' },
  besoin: { word: targetStatusLabels.besoin, tone: 'success' },
  traite: { word: targetStatusLabels.traite, tone: 'success' },
  ecarte: { word: targetStatusLabels.ecarte, tone: 'neutral' },
}
export const goalWords: Record<Goal['kind'], { label: string; one: string; many: string }> = {
  'etablissements-contactes': {
    label: 'Établissements à contacter',
    one: 'établissement à contacter',
    many: 'établissements à contacter',
  },
  'interlocuteurs-joints': {
    label: 'Interlocuteurs à joindre',
    one: 'interlocuteur joint',
    many: 'interlocuteurs joints',
  },
  echanges: { label: 'Échanges à enregistrer', one: 'échange', many: 'échanges' },
  'rendez-vous': { label: 'Rendez-vous à obtenir', one: 'rendez-vous', many: 'rendez-vous' },
  besoins: { label: 'Besoins à détecter', one: 'besoin détecté', many: 'besoins détectés' },
  embauches: { label: 'Embauches à permettre', one: 'embauche', many: 'embauches' },
}
export const goalsWords = (goals: readonly Goal[]) =>
  goals.length
    ? formatList(
        goalKinds
          .flatMap(kind => goals.filter(goal => goal.kind === kind))
          .map(({ kind, value }) => formatCount(value, goalWords[kind].one, goalWords[kind].many)),
      )
    : 'sans objectif chiffré'
export const decisionWords: Record<Decision, string> = { leave: 'laissé', share: 'partagé', take: 'pris' }

/** « du 1er septembre au 31 décembre 2026 » : the year is said once when it is the same. */
export const periodWords = (startsOn: string, endsOn: string) => {
  if (startsOn === endsOn) return `le ${formatDay(startsOn)}`
  const first = formatDay(startsOn)
  return `du ${startsOn.slice(0, 4) === endsOn.slice(0, 4) ? first.slice(0, -5) : first} au ${formatDay(endsOn)}`
}
/** Where today stands in the period. */
export const timeLeft = ({ startsOn, endsOn }: Pick<Campaign, 'startsOn' | 'endsOn'>, now = today()) => {
  if (now < startsOn) return `commence dans ${formatCount(daysBetween(now, startsOn), 'jour')}`
  if (now > endsOn) return `terminée depuis ${formatCount(daysBetween(endsOn, now), 'jour')}`
  return now === endsOn ? 'dernier jour' : `encore ${formatCount(daysBetween(now, addDays(endsOn, 1)), 'jour')}`
}

export const contactedWords = ({ counts: { targets, contacted } }: Pick<Campaign, 'counts'>) =>
  targets
    ? `${formatNumber(contacted)} ${contacted < 2 ? 'contacté' : 'contactés'} sur ${formatNumber(targets)}`
    : 'aucune cible'

/** « 127 cibles, dont 7 mises de côté » : those set aside are targets no more, yet they are shown. */
export const foundWords = (campaign: Campaign, total: number, filtered: boolean) => {
  const aside = filtered ? 0 : total - campaign.counts.targets
  return aside > 0
    ? `${formatCount(total, 'cible')}, dont ${formatCount(aside, 'mise de côté', 'mises de côté')}`
    : formatCount(total, 'cible')
}

/** « déjà suivi par un partenaire, selon le pilote » */
export const closedWords = (result: NonNullable<Target['closedResult']>) => {
  const label = resultLabels[result]
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}, selon le pilote`
}
