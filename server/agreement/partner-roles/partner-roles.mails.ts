import type { PartnerRole } from '../../../contract/agreement/partner-roles.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import { type Notice, type PersonMail, tellPerson, tellRoles } from '../../notifications/tell.ts'
import type { Db } from '../../platform/database.ts'
import type { Viewer } from '../../platform/viewer.ts'

export interface Said {
  readonly role: PartnerRole
  readonly reason: string
  /** « à partir du …, jusqu’au … »; of an ending, nothing. */
  readonly when: string
}
type Change = 'given' | 'ended'
const page = '/roles-de-la-structure'
const toPerson = (accountId: string, change: Change, { role, reason, when }: Said): PersonMail => ({
  kind: change === 'given' ? 'partner-role-given' : 'partner-role-ended',
  to: { accountId },
  about: ['account', accountId],
  path: change === 'given' ? page : '/',
  why: 'ce rôle vous concerne',
  subject: change === 'given' ? 'Un rôle vous est donné dans votre structure' : 'Un de vos rôles a pris fin',
  text:
    change === 'given'
      ? `Votre structure vous donne le rôle « ${noticeRoleWords[role]} » ${when}.\n\nMotif : ${reason}`
      : `Le rôle « ${noticeRoleWords[role]} » ne vous est plus confié : il a pris fin.\n\nMotif : ${reason}`,
})
/** Without names: mails pass through others' servers. */
const toOthers = (accountId: string, change: Change, { role, reason, when }: Said): Notice => ({
  kind: 'partner-role-changed',
  about: ['account', accountId],
  path: page,
  subject: change === 'given' ? 'Un rôle de votre structure est donné' : 'Un rôle de votre structure a pris fin',
  text: `Le rôle « ${noticeRoleWords[role]} » ${change === 'given' ? `est donné à une personne de votre structure ${when}` : 'd’une personne de votre structure a pris fin'}.\n\nMotif : ${reason}\n\nSi ce changement n’est pas attendu, voyez-le avec l’autre responsable de gestion de comptes (RGC) ou le signataire.`,
})

/** The person; then the signatory and the account managers, save who acts. */
export const tellOfRole = async (
  db: Db,
  viewer: Viewer,
  person: { readonly id: string },
  change: Change,
  said: Said,
  means: Parameters<typeof tellPerson>[2],
) => {
  await tellPerson(db, toPerson(person.id, change, said), means)
  const concerned = {
    organisationId: viewer.organisationId,
    party: 'partenaire',
    but: [viewer.accountId, person.id],
  } as const
  const told = await tellRoles(db, concerned, toOthers(person.id, change, said), means)
  return { ...told, mails: told.mails + 1 }
}
