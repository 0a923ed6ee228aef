import type { Notice } from '../../notifications/tell.ts'

/** Without the name: mails pass through others' servers. */
export const readNotice = (accountId: string, organisation: string, reason: string): Notice => ({
  kind: 'pseudonym-read',
  subject: 'L’opérateur a lu qui est derrière un pseudonyme',
  path: '/habilitations/personnes?etat=deleted',
  about: ['account', accountId],
  text: `Le correspondant sécurité de l’opérateur (CSSI, ${organisation}) a lu le nom de la personne dont un compte supprimé de votre structure porte le pseudonyme. La trace en est dans le journal.\n\nMotif : ${reason}`,
})
