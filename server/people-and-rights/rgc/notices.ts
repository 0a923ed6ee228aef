import type { exceptionalActs } from '../../../contract/people-and-rights/necessity.ts'
import type { RgcTerm } from '../../../contract/people-and-rights/rgc.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { type Notice, type PersonMail, tellPerson, tellRoles } from '../../notifications/tell.ts'
import type { Db } from '../../platform/database.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import { isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import { invite, invitedBy } from '../../signing-in/invitations/invitation.ts'
import { inPlace } from './rgc.queries.ts'

type ExceptionalAct = (typeof exceptionalActs)[number]
interface Means {
  readonly newId: () => string
  readonly now: Date
}
/** Where each side reads of account managers. */
export const rgcPages = { partenaire: '/responsables-de-comptes', operateur: '/securite/rgc' } as const

/** The regional direction reads of its structures in the list of conventions. */
export const regionalPages = { ...rgcPages, 'operateur:direction-regionale': '/conventions' } as const

/** Who of the operator received a paper, as the structure reads it. */
export const receivers = {
  cssi: 'Le correspondant sécurité de l’opérateur (CSSI)',
  'direction-regionale': 'La direction régionale de l’opérateur',
}
export type Receiver = keyof typeof receivers
/** Null: the structure declares or deposits it itself. */
export const receiverOf = (viewer: Viewer, organisationId: string): Receiver | null =>
  viewer.organisationId === organisationId ? null : isOfficerOf(viewer, organisationId) ? 'cssi' : 'direction-regionale'

/** The last day of a term that ends at an instant: what ends at 24:00 ends on that day. */
export const lastDayInWords = (until: Date): string => dayInWords(parisDay(new Date(until.getTime() - 1)))

interface Designation {
  readonly deedId: string
  readonly accountIds: readonly string[]
  readonly subject: string
  /** `invited`: what follows « cette adresse » for who has never come in. */
  readonly text: (invited: string) => string
}
/** A person whom a deed names may have no account yet, hence no mail before: each is told, and invited where they never came. */
export const tellDesignated = async (
  db: Db,
  { deedId, accountIds, subject, text }: Designation,
  means: Means,
): Promise<void> => {
  for (const accountId of accountIds) {
    const invitation = await invite(db, accountId, means.newId, rgcPages.partenaire)
    const mail: PersonMail = {
      kind: 'rgc-deed-designated',
      to: { accountId },
      subject,
      path: invitation ?? rgcPages.partenaire,
      about: ['rgc-deed', deedId],
      why: 'votre structure vous désigne responsable de gestion de comptes',
      text: text(invitation ? invitedBy : ''),
    }
    await tellPerson(db, mail, means)
  }
}

type Cut = 'exceptional' | 'suspect-use'
type Cause = 'none' | 'begins' | Cut
const causes: Record<Cut, string> = {
  exceptional:
    'L’opérateur a coupé, par un acte exceptionnel, l’accès du dernier responsable de gestion de comptes (RGC)',
  'suspect-use': 'Un usage inhabituel a bloqué l’accès du dernier responsable de gestion de comptes (RGC)',
}
const subjects: Record<Cause, string> = {
  none: 'Une structure n’a plus de responsable de gestion de comptes (RGC)',
  begins: 'Une structure sous convention n’a pas de responsable de gestion de comptes (RGC)',
  exceptional: 'Une structure n’a plus de responsable de gestion de comptes (RGC) dont l’accès soit ouvert',
  'suspect-use': 'Une structure n’a plus de responsable de gestion de comptes (RGC) dont l’accès soit ouvert',
}
const whatHappened = (cause: Cause, name: string, from: Date, now: Date): string => {
  if (cause === 'begins')
    return `La convention de la structure « ${name} » est en vigueur, et aucun acte d’engagement n’y désigne de responsable de gestion de comptes (RGC).`
  if (cause !== 'none') return `${causes[cause]} de la structure « ${name} ».`
  return from <= now
    ? `La structure « ${name} » n’a plus de responsable de gestion de comptes (RGC).`
    : `La structure « ${name} » n’aura plus de responsable de gestion de comptes (RGC) après le ${lastDayInWords(from)}.`
}
const blockedMeanwhile =
  'personne ne peut y créer de compte, donner une habilitation, ni mener la revue annuelle. Les habilitations en cours continuent.'
/** What is done in their stead, of necessity (ACC-10). */
const inTheirStead: Record<Exclude<ExceptionalAct, 'read'>, string> = {
  suspend: 'suspendre un compte',
  resume: 'le rétablir',
  depart: 'le supprimer',
  lift: 'lever une suspension pour inactivité',
  'end-grant': 'retirer une habilitation',
  'reset-second-factors': 'réinitialiser un second facteur',
  'send-password-link': 'envoyer un lien pour choisir un mot de passe',
  'decide-link': 'répondre à une connexion qui attend',
}
const urgentActs = `Ce qui ne peut pas attendre (${Object.values(inTheirStead).join(', ')}), le signataire de la structure le fait dans « Habilitations », ou le correspondant sécurité de l’opérateur (CSSI).`
/**
 * What is said to both sides when nobody manages the accounts, and why: a convention begins without one, none is left,
 * or the last one is cut.
 */
export const nobodyLeftNotice = (
  organisation: { id: string; name: string },
  cause: Cause,
  from: Date,
  now: Date,
): Notice => ({
  kind: 'rgc-nobody-left',
  subject: subjects[cause],
  path: regionalPages,
  about: ['organisation', organisation.id],
  text: [
    whatHappened(cause, organisation.name, from, now),
    `Tant qu’${cause in causes ? 'il n’est pas rétabli, ou qu’' : ''}un ${cause === 'begins' ? '' : 'nouvel '}acte d’engagement n’est pas en vigueur, ${blockedMeanwhile}`,
    urgentActs,
    `Le signataire de la structure peut proposer ${cause === 'begins' ? 'cet' : 'un nouvel'} acte d’engagement dans le service.`,
  ].join('\n\n'),
})

/**
 * RGC-8: both sides are told when no account manager is left, or when the operator blocks all who are left.
 * The notice says what is blocked meanwhile. Null: at least one can still manage the accounts.
 */
export const tellIfNobodyIsLeft = async (
  db: Db,
  organisation: { id: string; name: string },
  from: Date,
  means: Means,
  cutOff: readonly string[] = [],
): Promise<Told | null> => {
  const managers = await inPlace(db, organisation.id, from)
  if (managers.some(m => !cutOff.includes(m.id))) return null
  const cause = managers.length > 0 ? 'exceptional' : 'none'
  return tellRoles(
    db,
    { organisationId: organisation.id },
    nobodyLeftNotice(organisation, cause, from, means.now),
    means,
  )
}

const lacks: Record<RgcTerm, string> = {
  convention: 'la convention n’est pas en vigueur',
  deed: 'aucun acte d’engagement en vigueur ne les désigne',
  staff: 'ils n’appartiennent plus au personnel permanent',
  certificate: 'l’attestation du module RGC n’est pas enregistrée',
  cgu: 'les conditions générales d’utilisation ne sont pas acceptées',
  'cgu-unpublished': 'l’opérateur n’a pas publié les conditions générales d’utilisation',
  'second-factor': 'un second facteur n’est pas enregistré',
  block: 'leur accès est coupé, le temps d’un incident de sécurité',
}
/** What is said once of a gate that stays shut: those designated lack a condition, and nobody manages the accounts. */
export const gateShutNotice = (
  organisation: { readonly id: string; readonly name: string },
  missing: readonly RgcTerm[],
  days: number,
): Notice => ({
  kind: 'rgc-gate-shut',
  subject: 'Des responsables de gestion de comptes (RGC) désignés ne peuvent pas agir',
  path: regionalPages,
  about: ['organisation', organisation.id],
  text: [
    `Depuis ${days} jours, aucun des responsables de gestion de comptes (RGC) que désigne la structure « ${organisation.name} » ne remplit toutes les conditions. Voici pourquoi : ${missing.map(term => lacks[term]).join(' ; ')}.`,
    `Tant qu’aucun ne les remplit, ${blockedMeanwhile}`,
    urgentActs,
    'La page des responsables de gestion de comptes dit à chacun ce qui lui manque, et qui agit.',
  ].join('\n\n'),
})
