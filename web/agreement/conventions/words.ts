import type { getConvention, listConventions } from '../../../contract/agreement/conventions.ts'
import { ofStructure, theStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import { toldApart } from '../../people-and-rights/directory/told-apart.ts'
import { dayOf, formatCount, formatDay, formatInstant, formatList } from '../../platform/format.ts'

export type Convention = Reply<typeof getConvention>
export type Line = Reply<typeof listConventions>['items'][number]
export type Role = Convention['contacts'][number]['role']
export type LetterKind = Convention['corrections'][number]['kind']
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
  party === 'partenaire' ? theStructure(organisation.name) : 'l’opérateur'
export const otherParty = (party: Party): Party => (party === 'partenaire' ? 'operateur' : 'partenaire')
/** « du PLIE », « de l’opérateur ». */
export const ofParty = (party: Party, { organisation }: Pick<Convention, 'organisation'>) =>
  party === 'partenaire' ? ofStructure(organisation.name) : 'de l’opérateur'
/** Whom the worker writes to after the answer. */
export const partnersWords = (partners: number): string =>
  partners === 0
    ? ''
    : ` ${formatCount(partners, 'partenaire')} ${partners < 2 ? 'est prévenu' : 'sont prévenus'} par courriel dans les minutes qui suivent.`
type Signature = Convention['signatures'][number]
export const isContested = ({ answer }: Pick<Signature, 'answer'>): boolean => answer?.answer === 'contest'
/** A signature of the operator's, entered by the partner, counts once the operator confirms it. */
export const waitsForOperator = ({ party, enteredByOther, answer }: Signature): boolean =>
  party === 'operateur' && enteredByOther && answer === null
/** An end at 24:00 is of the day that ends there. */
export const lastDay = (instant: string) => dayOf(new Date(Date.parse(instant) - 1))
/** The day of a signature: a paper holds from the end of the day that it bears. */
export const signedOn = ({ signedAt, how }: Pick<Signature, 'signedAt' | 'how'>): string =>
  how === 'papier' ? lastDay(signedAt) : dayOf(signedAt)

/** Whether this party may still sign that document: once one of its signatures is contested, nobody does. */
export const awaitsParty = (c: Convention, documentId: string | null, party: Party): boolean =>
  !c.signatures.some(s => s.documentId === documentId && (s.party === party || isContested(s)))
/** Who signs this document for this party, as last named. */
export const signerOf = (c: Convention, party: Party | null, amendmentId: string | null) =>
  c.signers.find(one => one.party === party && one.amendmentId === amendmentId)
/** The accounts of one's own party that sign, to choose from: namesakes bear their function and address (ACC-16). */
export const signerChoices = ({ ownSigners }: Convention): { value: string; label: string }[] => {
  const labels = toldApart(ownSigners.map(({ accountId, ...one }) => ({ id: accountId, ...one })))
  return ownSigners.map(({ accountId, name }) => ({ value: accountId, label: labels.get(accountId) ?? name }))
}
/** Whom the document names for this party: an amendment its own, when it names somebody. */
export const namedToSign = (c: Convention, party: Party, amendmentId: string | null): string | undefined => {
  const own = c.amendments.find(one => one.id === amendmentId)?.signatories ?? []
  return (own.length > 0 ? own : c.signatories).find(one => one.party === party)?.name
}
/** What an amendment still lacks. */
export const amendmentLacks = (c: Convention, documentId: string): string => {
  const given = c.signatures.filter(s => s.documentId === documentId)
  if (given.some(isContested)) return 'signature contestée : il ne se signe plus'
  const left = (['partenaire', 'operateur'] as const).filter(party => !given.some(s => s.party === party))
  return left.length
    ? `à signer par ${formatList(left.map(party => partyWords(party, c)))}`
    : 'signature de l’opérateur à confirmer'
}
/** Who signed what is in circulation, and what holds it back: a contest, or a signature to be confirmed (AGR-13). */
const signingSentence = (c: Convention): string => {
  const given = c.signatures.filter(s => s.documentId === c.documentId)
  if (given.some(isContested))
    return 'Une signature enregistrée à la main est contestée : personne ne signe plus ce document. La partie qui la conteste peut la confirmer ; sinon, la direction régionale reprend le projet.'
  const waits = given.filter(waitsForOperator)
  const counted = given.filter(s => !waits.includes(s))
  return [
    counted.length
      ? `Signée par ${formatList(counted.map(s => partyWords(s.party, c)))}.`
      : 'À signer par les deux parties.',
    waits.length
      ? 'La signature de l’opérateur, enregistrée par le partenaire, compte quand l’opérateur la confirme.'
      : 'Elle prendra effet à la seconde signature.',
  ].join(' ')
}

/** What happens next, and when, in one sentence. */
export const stateSentence = (c: Convention): string => {
  switch (c.state) {
    case 'draft':
      return 'Projet : rien n’est encore envoyé à la signature.'
    case 'sent':
    case 'signed-by-one':
      return signingSentence(c)
    case 'in-force':
      return c.endsAt
        ? `En vigueur. Elle se termine le ${formatDay(lastDay(c.endsAt))} à 24 heures, sans reconduction.`
        : `En vigueur. La période en cours se termine le ${formatDay(c.term!.endsOn)}, puis la convention est reconduite jusqu’au ${formatDay(c.term!.nextEndsOn!)}.`
    case 'notice-given':
      return `En vigueur, congé donné. Elle se termine le ${formatDay(lastDay(c.endsAt!))} à 24 heures.`
    case 'breach-notified':
      return `En vigueur, manquement notifié. Elle se termine le ${formatDay(lastDay(c.endsAt!))} à 24 heures.`
    case 'ended':
      if (c.endCause === 'contest')
        return `Sans effet depuis le ${formatInstant(c.endsAt!)} : une signature enregistrée à la main est contestée. Elle reprend effet si la partie concernée la confirme.`
      return `Terminée depuis le ${formatDay(lastDay(c.endsAt!))} à 24 heures. Les habilitations qui reposaient sur elle n’ouvrent plus rien.`
    case 'terminated':
      return `Résiliée pour manquement, depuis le ${formatDay(lastDay(c.endsAt!))} à 24 heures. Les habilitations qui reposaient sur elle n’ouvrent plus rien.`
  }
}
