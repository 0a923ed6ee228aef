import type { PersonMail } from '../../notifications/tell.ts'

/** To the colleague named. Neither the employer nor who named them: the card says both. */
export const namedMail = (siret: string, accountId: string): PersonMail => ({
  kind: 'referent-named',
  to: { accountId },
  about: ['establishment', siret],
  path: `/etablissements/${siret}`,
  why: 'un collègue de votre structure vous a nommé',
  subject: 'Vous êtes nommé référent d’un employeur',
  text: 'Un collègue vous nomme référent d’un employeur : les structures du réseau liront sur sa fiche que vous êtes l’interlocuteur de la vôtre.\n\nSi ce n’est pas juste, mettez fin à ce rôle depuis la fiche, en disant pourquoi.',
})
