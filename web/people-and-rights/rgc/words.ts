import { ofName } from '../../../contract/names-in-french.ts'
import type { findStructures, getRgc } from '../../../contract/people-and-rights/rgc.ts'
import type { Reply } from '../../../contract/route.ts'
import { addDays, dayOf, formatDay } from '../../platform/format.ts'

export type Overview = Reply<typeof getRgc>
export type Structure = Reply<typeof findStructures>['items'][number]
export type Deed = Overview['deeds'][number]
export type RgcEventLine = Overview['events'][number]

export const stateWords: Record<
  Deed['state'],
  { word: string; tone: 'info' | 'success' | 'warning' | 'error' | 'new' }
> = {
  'a-signer': { word: 'à signer', tone: 'new' },
  abandonne: { word: 'abandonné', tone: 'info' },
  'en-attente': { word: 'en attente de l’opérateur', tone: 'warning' },
  refuse: { word: 'refusé', tone: 'error' },
  conteste: { word: 'contesté', tone: 'error' },
  'en-vigueur': { word: 'en vigueur', tone: 'success' },
  termine: { word: 'terminé', tone: 'info' },
}
export const positionWords = { titulaire: 'titulaire', suppleant: 'suppléant' } as const
export const eventWords = {
  depart: 'Départ',
  'changement-de-fonction': 'Changement de fonction',
  absence: 'Absence de plus de deux mois',
} as const
/** What changed since the deed, in the middle of a sentence. */
export const changeWords: Record<Deed['changes'][number]['kind'], (name: string) => string> = {
  organisation: () => 'le nom ou le SIRET de la structure a changé',
  signatory: name => `${name} n’est plus signataire`,
  name: name => `le nom ${ofName(name)} a changé`,
  email: name => `l’adresse électronique ${ofName(name)} a changé`,
  function: name => `la fonction ${ofName(name)} a changé`,
}
/** The last day of what ends at an instant: 24:00 is still of that day. */
export const lastDay = (until: string) => formatDay(dayOf(new Date(new Date(until).getTime() - 1)))
/** Eight days from the day it was known. */
export const declareBy = (knownOn: string) => addDays(knownOn, 8)

export type Correction = RgcEventLine['corrections'][number]

/** One person is all there is to decide, and nobody decides for oneself (ACC-4). */
export const isSignatoryAlone = ({ inPlace, signatories, organisation }: Overview): boolean =>
  organisation.kind !== 'operateur' &&
  inPlace.length === 1 &&
  signatories.length > 0 &&
  signatories.every(signatory => signatory.id === inPlace[0]!.id)

/** What becomes of a deed, in one sentence. */
export const deedSentence = (deed: Deed): string => {
  if (deed.state === 'a-signer') {
    const waiting = [
      ...deed.members.filter(m => !m.signedAt).map(m => `${m.givenName} ${m.familyName}`),
      ...(deed.signatory.signedAt ? [] : [`${deed.signatory.person.name} (signataire)`]),
    ]
    return `Signatures attendues : ${[...new Set(waiting)].join(', ')}. L’acte part au correspondant sécurité de l’opérateur (CSSI) avec la dernière.`
  }
  if (deed.state === 'abandonne') return 'Abandonné avant d’être signé par tous.'
  if (deed.state === 'termine')
    return `La convention ${deed.convention?.number ?? ''} a pris fin, et l’acte avec elle : la suivante demande un nouvel acte.`
  const sent = deed.paper
    ? `Signé à la main le ${formatDay(deed.paper.signedOn)}, reçu par l’opérateur le ${formatDay(deed.paper.receivedOn)}, saisi le ${formatDay(dayOf(deed.sentAt!))}.`
    : `Reçu par le CSSI le ${formatDay(dayOf(deed.sentAt!))}.`
  if (deed.state === 'conteste')
    return `${sent} Contesté le ${formatDay(dayOf(deed.contested!.at))} par ${deed.contested!.by.name} : il n’a plus d’effet.`
  if (deed.state === 'refuse') return `${sent} Refusé le ${formatDay(dayOf(deed.decision!.at))}.`
  if (deed.state === 'en-attente')
    return `${sent} Sans réponse de l’opérateur, il est accepté à la fin du ${lastDay(deed.silenceAcceptsAt!)}.`
  if (deed.decision) return `${sent} Accepté par l’opérateur le ${formatDay(dayOf(deed.decision.at))}.`
  return deed.silenceAcceptsAt
    ? `${sent} Accepté par un mois de silence, depuis la fin du ${lastDay(deed.silenceAcceptsAt)}.`
    : `${sent} Il est en vigueur dès sa ${deed.paper ? 'saisie' : 'réception'}, sauf refus de l’opérateur.`
}
