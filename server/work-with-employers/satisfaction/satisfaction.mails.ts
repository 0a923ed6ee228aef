import { toStructure } from '../../../contract/names-in-french.ts'
import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import type { DueNeed } from './satisfaction.queries.ts'
import { daysToAnswer } from './satisfaction-rules.ts'

/**
 * To who spoke of the need. The token stands after #, which no browser sends: it is in no log. Of the need, nothing but
 * the day.
 */
export const satisfactionMail = ({ needId, organisation, notedOn, address }: DueNeed, token: string): PersonMail => ({
  kind: 'satisfaction-asked',
  to: { address },
  about: ['need', needId],
  path: `/avis#${token}`,
  why: 'vous avez parlé d’un besoin de votre entreprise à un membre du réseau pour l’emploi, qui vient de le clore',
  subject: 'Votre avis, en une question',
  text: `Le ${dayInWords(notedOn)}, vous avez parlé d’un besoin de votre entreprise ${toStructure(organisation)}. Il est maintenant clos : êtes-vous satisfait de la réponse reçue ?\n\nUne question et, si vous le souhaitez, un commentaire ; aucun compte n’est à créer. Le lien sert une fois, pendant ${daysToAnswer} jours. Ne le transférez pas : qui l’a peut répondre à votre place.\n\nLa même page permet de ne plus être interrogé.`,
})
