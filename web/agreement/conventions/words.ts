import type { getConvention, listConventions } from '../../../contract/agreement/conventions.ts'
import type { Reply } from '../../../contract/route.ts'
import { dayOf, formatDay, formatList } from '../../platform/format.ts'

export type Convention = Reply<typeof getConvention>
export type Line = Reply<typeof listConventions>['items'][number]
export type Role = Convention['contacts'][number]['role']
export type Party = Convention['signatories'][number]['party']

type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'error' | 'new'
export const stateWords: Record<Convention['state'], { word: string; tone: Tone }> = {
  draft: { word: 'Projet', tone: 'neutral' },
  sent: { word: 'À signer', tone: 'info' },
  'signed-by-one': { word: 'Signée par une partie', tone: 'info' },
  'in-force': { word: 'En vigueur', tone: 'success' },
  'notice-given': { word: 'Congé donné', tone: 'warning' },
  'breach-notified': { word: 'Manquement notifié', tone: 'warning' },
  ended: { word: 'Terminée', tone: 'neutral' },
  terminated: { word: 'Résiliée', tone: 'neutral' },
}
export { annexRoles } from '../../../contract/notices.ts'
export { noticeRoleWords as roleWords } from '../../../contract/words.ts'
export const warningWords: Record<Convention['signatories'][number]['warnings'][number], string> = {
  'no-act': 'L’acte qui habilite à signer, ou sa date, n’est pas renseigné.',
  'before-act': 'La signature est antérieure à cet acte.',
  'no-prefecture': 'La réception en préfecture n’est pas renseignée.',
  'before-prefecture': 'La signature est antérieure à la réception en préfecture.',
  'no-publication': 'La publication n’est pas renseignée.',
  'before-publication': 'La signature est antérieure à la publication.',
}
export const partyWords = (party: Party, { organisation }: Pick<Convention, 'organisation'>) =>
  party === 'partenaire' ? organisation.name : 'l’opérateur'
/** An end at 24:00 is of the day that ends there. */
export const lastDay = (instant: string) => dayOf(new Date(Date.parse(instant) - 1))

/** What happens next, and when, in one sentence. */
export const stateSentence = (c: Convention): string => {
  switch (c.state) {
    case 'draft':
      return 'Projet : rien n’est encore envoyé à la signature.'
    case 'sent':
      return 'À signer par les deux parties. Elle prendra effet à la seconde signature.'
    case 'signed-by-one':
      return `Signée par ${formatList(c.signatures.filter(s => s.documentId === c.documentId).map(s => partyWords(s.party, c)))}. Elle prendra effet à la seconde signature.`
    case 'in-force':
      return c.endsAt
        ? `En vigueur. Elle se termine le ${formatDay(lastDay(c.endsAt))} à 24 heures, sans reconduction.`
        : `En vigueur. La période en cours se termine le ${formatDay(c.term!.endsOn)}, puis la convention est reconduite jusqu’au ${formatDay(c.term!.nextEndsOn!)}.`
    case 'notice-given':
      return `En vigueur, congé donné. Elle se termine le ${formatDay(lastDay(c.endsAt!))} à 24 heures.`
    case 'breach-notified':
      return `En vigueur, manquement notifié. Elle se termine le ${formatDay(lastDay(c.endsAt!))} à 24 heures.`
    case 'ended':
      return `Terminée depuis le ${formatDay(lastDay(c.endsAt!))} à 24 heures. Les habilitations qui reposaient sur elle n’ouvrent plus rien.`
    case 'terminated':
      return `Résiliée pour manquement, depuis le ${formatDay(lastDay(c.endsAt!))} à 24 heures. Les habilitations qui reposaient sur elle n’ouvrent plus rien.`
  }
}
