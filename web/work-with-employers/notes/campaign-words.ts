import type { Static } from 'typebox'
import type { CampaignLine as CampaignLineSchema } from '../../../contract/work-with-employers/targets.ts'
import { assignmentWords } from '../sharing/assignment-words.ts'

export type CampaignLine = Static<typeof CampaignLineSchema>

const words: Record<Exclude<CampaignLine['turn'], 'assigned'>, string> = {
  entered: 'Devient une cible de la campagne',
  'set-aside': 'Mise de côté dans la campagne',
  'put-back': 'Remise parmi les cibles de la campagne',
  closed: 'Close sans contact, selon le pilote de la campagne',
  reopened: 'Rouverte dans la campagne',
  'campaign-closed': 'Fin de la campagne',
}
/** What happened, said of the target, before the name of the campaign. */
export const turnWords = ({ turn, assignment }: Pick<CampaignLine, 'turn' | 'assignment'>): string =>
  turn === 'assigned' ? `${assignment ? assignmentWords(assignment) : 'Confiée'}, pour la campagne` : words[turn]
