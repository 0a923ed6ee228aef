import type { Notice, PersonMail } from '../../notifications/tell.ts'

export const requestedNotice = (requestId: string, organisationName: string, people: number): Notice => ({
  kind: 'access-requested',
  subject: 'Une structure demande l’accès à la plateforme',
  path: '/demandes-d-acces',
  about: ['access-request', requestId],
  text: `La structure « ${organisationName} » demande l’accès à la plateforme, pour ${people === 1 ? 'une personne' : `${people} personnes`} en prévision. La demande attend votre réponse, avec son motif.`,
})
export const decidedMail = (
  request: { readonly id: string; readonly byId: string },
  decision: 'accepted' | 'refused',
  reason: string,
): PersonMail => ({
  kind: 'access-request-decided',
  to: { accountId: request.byId },
  about: ['access-request', request.id],
  path: '/demandes-d-acces',
  subject: `Votre demande d’accès est ${decision === 'accepted' ? 'acceptée' : 'refusée'}`,
  text: `La demande d’accès à la plateforme que vous avez déposée pour votre structure est ${decision === 'accepted' ? 'acceptée' : 'refusée'}.\n\nMotif donné par l’opérateur : ${reason}`,
  why: 'votre structure vous a désigné pour demander son accès à la plateforme',
})
