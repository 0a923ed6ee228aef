import type { PersonMail } from '../../notifications/tell.ts'
import type { TakenContact, TakenOver } from './conflicts.queries.ts'

/**
 * To each who answers for campaigns that lose targets: one mail for all those of their structure, with how many and
 * from which; of the campaign that takes, its structure alone (CAM-3).
 */
export const takenMails = (
  campaign: { readonly id: string; readonly pilot: { readonly name: string } },
  taken: readonly TakenOver[],
  contacts: readonly TakenContact[],
): PersonMail[] =>
  [...Map.groupBy(contacts, c => `${c.organisationId} ${c.accountId}`).values()].map(own => {
    const lost = [...new Map(own.map(c => [c.campaignId, c])).values()].map(c => ({
      ...c,
      n: taken.find(t => t.fromCampaignId === c.campaignId)?.sirets.length ?? 0,
    }))
    return {
      kind: 'targets-taken-over',
      to: { accountId: own[0]!.accountId },
      about: ['campaign', campaign.id],
      path: lost.length === 1 ? `/campagnes/${lost[0]!.campaignId}` : '/campagnes',
      why: 'vous animez une campagne de votre structure',
      subject: 'Des cibles de votre campagne sont reprises',
      text: `La structure ${campaign.pilot.name} reprend pour sa campagne des établissements que vous teniez :\n\n${lost.map(c => `- ${c.n} de « ${c.campaignName} »`).join('\n')}\n\nIls sont écartés de votre campagne, avec le motif qui a été donné. Rien ne se défait de soi-même : voyez avec cette structure ce qui doit vous revenir.`,
    }
  })
