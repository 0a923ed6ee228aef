import type { Static } from 'typebox'
import type { proposeDeed } from '../../../contract/people-and-rights/rgc.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { isSharedMailbox } from '../../platform/nominative-rules.ts'
import { addMonths } from '../../platform/time.ts'

type Proposal = Static<typeof proposeDeed.body>

/** Why a structure may not name a person: no permanent staff, refused, or revoked at the operator's demand. */
export type Obstacle = 'staff' | 'refused' | 'revoked'
/** The same of a whole deed: `alone`, its only person is the only signatory. */
export type DeedObstacle = Obstacle | 'alone'
export const obstacleRefusals = {
  staff: 'rgc/permanent-staff-only',
  refused: 'rgc/refused-person',
  revoked: 'rgc/revoked-person',
  alone: 'rgc/signatory-alone',
} as const satisfies Record<DeedObstacle, RefusalCode>

/**
 * One person would be the only account manager and the only signatory: nobody could then decide for them (ACC-4). The
 * SQL twin is ctx.signatory_alone.
 */
export const signatoryAlone = (memberIds: readonly string[], signatoryIds: readonly string[]): boolean =>
  memberIds.length === 1 && signatoryIds.length > 0 && signatoryIds.every(id => id === memberIds[0])

/** The fault of a deed, or null (RGC-1, RGC-2). */
export const faultOf = ({ members }: Pick<Proposal, 'members'>, today: string): RefusalCode | null => {
  const emails = members.map(m => m.email.trim().toLowerCase())
  if (members.some(m => m.staff !== 'permanent')) return 'rgc/permanent-staff-only'
  if (members.some(m => isSharedMailbox(m.email, m))) return 'rgc/shared-mailbox'
  if (!members.some(m => m.position === 'titulaire')) return 'rgc/titular-required'
  if (new Set(emails).size < emails.length) return 'rgc/named-twice'
  return members.some(m => m.bornOn > addMonths(today, -12 * 16) || m.bornOn < addMonths(today, -12 * 90))
    ? 'rgc/birth-date-unlikely'
    : null
}

/**
 * What each one engages in (annex 1 bis). It stands in the signed bytes, and the deed keeps it as it was signed: another
 * wording serves the next deeds alone.
 */
export const deedCommitments = [
  'Chaque personne désignée a été informée du rôle de responsable de gestion de comptes (RGC) que la convention lui confie : elle seule ouvre, modifie et retire les accès de sa structure, et les revoit au moins une fois par an.',
  'La structure et chaque personne désignée se portent garantes de l’usage des habilitations données, y compris aux agents de ses délégataires et de ses prestataires.',
  'Chaque personne désignée est la référente de l’opérateur pour la gestion des comptes de sa structure. Son départ, son changement de fonction ou son absence de plus de deux mois est déclaré dans les huit jours.',
  'La responsabilité de la structure est effective dès la signature du présent acte.',
] as const

/** Of a deed signed by hand: the paper says them in its own words. */
export const paperCommitments = [
  'Les engagements de l’annexe 1 bis, tels que les dit l’exemplaire signé à la main.',
] as const

export interface AccessConditions {
  readonly title: string
  readonly version: number
  readonly hash: Buffer
}
export interface DeedText {
  readonly convention: string
  readonly organisation: { readonly name: string; readonly siret: string; readonly address: string }
  readonly signatory: { readonly id: string; readonly name: string; readonly title: string }
  readonly members: readonly {
    readonly accountId: string
    readonly position: string
    readonly givenName: string
    readonly familyName: string
    readonly bornOn: string
    readonly birthSalt: Buffer
    readonly phone: string
    readonly email: string
  }[]
  readonly commitments: readonly string[]
  readonly conditions: AccessConditions
}
/** What a paper engages in, and the conditions given; of a day when nothing was published, it says no version. */
export const engagementsOf = (conditions: (AccessConditions & { readonly id: string }) | undefined) =>
  conditions
    ? {
        commitments: [...paperCommitments],
        conditionsId: conditions.id,
        conditionsTitle: conditions.title,
        conditionsVersion: conditions.version,
        conditionsHash: conditions.hash,
      }
    : null
/**
 * All that a deed says, always in the same order: its digest is what each one signs. A copy masks the others' dates of
 * birth and shows that digest: without a salt for each, one would try every day against it (RGC-10).
 */
export const deedText = ({ convention, organisation, signatory, members, commitments, conditions }: DeedText): string =>
  JSON.stringify([
    'acte-d-engagement/3',
    convention,
    organisation.name,
    organisation.siret,
    organisation.address,
    signatory.id,
    signatory.name,
    signatory.title,
    members.map(m => [
      ...[m.accountId, m.position, m.givenName, m.familyName],
      ...[m.bornOn, m.birthSalt.toString('hex'), m.phone, m.email],
    ]),
    commitments,
    [conditions.title, conditions.version, conditions.hash.toString('hex')],
  ])
