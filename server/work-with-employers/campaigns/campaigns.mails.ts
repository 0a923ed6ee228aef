import { theStructure } from '../../../contract/names-in-french.ts'
import type { PersonMail } from '../../notifications/tell.ts'
import type { TakenContact, TakenOver } from './conflicts.queries.ts'

interface Taker {
  readonly id: string
  readonly pilot: { readonly name: string }
}
/** What each who answers for campaigns loses, one mail for all those of their structure. */
const byContact = (taken: readonly TakenOver[], contacts: readonly TakenContact[]) =>
  [...Map.groupBy(contacts, c => `${c.organisationId} ${c.accountId}`).values()].map(own => {
    const lost = [...new Map(own.map(c => [c.campaignId, c])).values()].map(c => ({
      ...c,
      n: taken.find(t => t.fromCampaignId === c.campaignId)?.sirets.length ?? 0,
    }))
    return {
      to: { accountId: own[0]!.accountId },
      path: lost.length === 1 ? `/campagnes/${lost[0]!.campaignId}` : '/campagnes',
      why: 'vous animez une campagne de votre structure',
      list: lost.map(c => `- ${c.n} de « ${c.campaignName} »`).join('\n'),
    }
  })

/**
 * To each who answers for campaigns that lose targets: one mail for all those of their structure, with how many and
 * from which; of the campaign that takes, its structure alone (CAM-3).
 */
export const takenMails = (
  campaign: Taker,
  taken: readonly TakenOver[],
  contacts: readonly TakenContact[],
): PersonMail[] =>
  byContact(taken, contacts).map(({ list, ...mail }) => ({
    ...mail,
    kind: 'targets-taken-over',
    about: ['campaign', campaign.id],
    subject: 'Des cibles de votre campagne sont reprises',
    text: `La structure ${campaign.pilot.name} reprend pour sa campagne des établissements que vous teniez :\n\n${list}\n\nIls sont écartés de votre campagne, avec le motif qui a été donné. Rien ne se défait de soi-même : voyez avec cette structure ce qui doit vous revenir.`,
  }))

/** To each who answers for campaigns that hold a meeting: it is not taken without their word (CAM-15). */
export const meetingMails = (
  campaign: Taker,
  taken: readonly TakenOver[],
  contacts: readonly TakenContact[],
): PersonMail[] =>
  byContact(taken, contacts).map(({ list, ...mail }) => ({
    ...mail,
    kind: 'targets-meeting-asked',
    about: ['campaign', campaign.id],
    subject: 'Une structure souhaite reprendre des cibles où un rendez-vous est fixé',
    text: `La structure ${campaign.pilot.name} souhaite reprendre pour sa campagne des établissements où vous avez un rendez-vous :\n\n${list}\n\nIls ne sont pas repris sans votre accord. Pour le donner, les pilotes de votre campagne les mettent de côté. Sans réponse, ils vous restent.`,
  }))

interface Campaign {
  readonly id: string
  readonly name: string
}
const targetsOf = (count: number, campaign: Campaign) =>
  `${count} cible${count > 1 ? 's' : ''} de la campagne « ${campaign.name} »`
const capital = (words: string) => words.charAt(0).toLocaleUpperCase('fr') + words.slice(1)

/** To who now holds targets that another gave them: once an act, with how many (CAM-11). */
export const targetsGivenMail = (campaign: Campaign, count: number, by: string, accountId: string): PersonMail => ({
  kind: 'targets-given',
  to: { accountId },
  about: ['campaign', campaign.id],
  path: `/portefeuille?campagne=${campaign.id}`,
  why: 'vous vous occupez désormais de ces cibles',
  subject: count > 1 ? 'Des cibles vous sont confiées' : 'Une cible vous est confiée',
  text: `${capital(theStructure(by))} vous confie ${targetsOf(count, campaign)}.\n\nVous ${count > 1 ? 'les' : 'la'} trouvez dans votre portefeuille.`,
})
/** To who holds them no more, by the act of another. */
export const targetsTakenBackMail = (campaign: Campaign, count: number, by: string, accountId: string): PersonMail => ({
  kind: 'targets-taken-back',
  to: { accountId },
  about: ['campaign', campaign.id],
  path: `/campagnes/${campaign.id}`,
  why: 'vous vous occupiez de ces cibles',
  subject: count > 1 ? 'Des cibles vous sont retirées' : 'Une cible vous est retirée',
  text: `${capital(theStructure(by))} a rendu, confié à d’autres ou mis de côté ${targetsOf(count, campaign)}, que vous aviez en main. Vos échanges et leur historique restent.`,
})
