import type { PersonMail } from '../../notifications/tell.ts'

interface Told {
  readonly id: string
  readonly name: string
  readonly pilot: { readonly name: string }
}

/** To each who may pilot it now. */
export const handedOverMail = (campaign: Told, accountId: string): PersonMail => ({
  kind: 'campaign-handed-over',
  to: { accountId },
  about: ['campaign', campaign.id],
  path: `/campagnes/${campaign.id}`,
  why: 'vous avez le profil « pilote » dans la structure à qui elle est confiée',
  subject: 'Une campagne est confiée à votre structure',
  text: `La structure ${campaign.pilot.name} a confié à la vôtre le pilotage de la campagne « ${campaign.name} ». Ses cibles, ses membres et son historique ne changent pas.\n\nC’est désormais à vous de répartir ses cibles, de la prolonger ou de la clore.`,
})
