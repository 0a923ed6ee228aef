import { theStructure } from '../../../contract/names-in-french.ts'
import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'

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

/** To each who may pilot it now: nobody of its former pilot could any more. */
export const entrustedMail = (campaign: Told, accountId: string): PersonMail => ({
  ...handedOverMail(campaign, accountId),
  text: `Plus personne dans la structure ${campaign.pilot.name} ne peut piloter la campagne « ${campaign.name} ». France Travail en confie le pilotage à la vôtre, qui en est membre. Ses cibles, ses membres et son historique ne changent pas.\n\nC’est désormais à vous de répartir ses cibles, de la prolonger ou de la clore.`,
})

export interface Closing {
  readonly campaignId: string
  readonly campaignName: string
  readonly endsOn: string
  readonly closesOn: string
  /** Null where nobody who answers for it has an account any more. */
  readonly accountId: string | null
}
/** To each who answers for a campaign that will close by itself. */
export const closingMail = (closing: Closing, accountId: string): PersonMail => ({
  kind: 'campaign-closing',
  to: { accountId },
  about: ['campaign', closing.campaignId],
  path: `/campagnes/${closing.campaignId}?onglet=reglages`,
  why: 'vous répondez de cette campagne',
  subject: 'Une campagne va se clore d’elle-même',
  text: `La campagne « ${closing.campaignName} » s’est terminée le ${dayInWords(closing.endsOn)}. Sans acte de votre part, elle se clora d’elle-même le ${dayInWords(closing.closesOn)} : ses cibles seront libérées, et ses échanges resteront dans l’historique.\n\nPour la continuer, ses pilotes la prolongent dans ses réglages. Close, elle peut être rouverte, avec un nouveau dernier jour.`,
})

interface Named {
  readonly id: string
  readonly name: string
}
export interface Opened extends Named {
  /** The name of its pilot. */
  readonly pilot: string
  readonly startsOn: string
  readonly endsOn: string
}
/** To whoever works there in its members, but who opened it. */
export const openedMail = (campaign: Opened, accountId: string): PersonMail => ({
  kind: 'campaign-opened',
  to: { accountId },
  about: ['campaign', campaign.id],
  path: `/campagnes/${campaign.id}`,
  why: 'votre structure est membre de cette campagne',
  subject: 'Une campagne de votre structure est ouverte',
  text: `La campagne « ${campaign.name} » est ouverte, du ${dayInWords(campaign.startsOn)} au ${dayInWords(campaign.endsOn)}. Elle est pilotée par ${theStructure(campaign.pilot)}, et votre structure en est membre.\n\nSes cibles sont à prendre, ou vous seront confiées.`,
})
/** To each who is named to answer for it, in their structure: at its opening, or since. */
export const leadNamedMail = (campaign: Named, accountId: string): PersonMail => ({
  kind: 'campaign-lead-named',
  to: { accountId },
  about: ['campaign', campaign.id],
  path: `/campagnes/${campaign.id}`,
  why: 'vous répondez de cette campagne dans votre structure',
  subject: 'Vous répondez d’une campagne',
  text: `Vous répondez désormais de la campagne « ${campaign.name} » dans votre structure : à vous d’y répartir ses cibles entre vos collègues, et de suivre leur avancement.`,
})
