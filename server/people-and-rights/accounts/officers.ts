import type { Role } from '../../../contract/route.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import { keepsOffice } from './accounts.queries.ts'

/** Roles of the operator without which nobody lifts a block, or gives a role. */
export type Office = 'cssi' | 'administrateur'
const isOffice = (role: Role): role is Office => role === 'cssi' || role === 'administrateur'

/** The last CSSI and the last administrator stay. `forGood`: whoever stays has no end. ctx.keep_officers refuses it too. */
export const refuseLastOfficer = async (db: Db, accountId: string, forGood: boolean): Promise<void> => {
  if (await keepsOffice(db, accountId, forGood)) throw new Refused('security/last-officer')
}

type Change = 'suspended' | 'ended'
const changed = { suspended: 'suspendu', ended: 'supprimé' } as const satisfies Record<Change, string>
/** Without names: mails pass through others' servers. */
const officerNotice = (accountId: string, roles: readonly Office[], change: Change, reason: string): Notice => ({
  kind: 'role-changed',
  about: ['account', accountId],
  path: { operateur: '/administration/roles' },
  subject: `Le compte d’un CSSI ou d’un administrateur est ${changed[change]}`,
  text: `Le compte d’un agent de l’opérateur vient d’être ${changed[change]}. Il y tenait : ${roles.map(role => `« ${noticeRoleWords[role]} »`).join(', ')}.\n\nMotif : ${reason}\n\nSi ce changement n’est pas attendu, prévenez aussitôt les autres administrateurs.`,
})
/** The other CSSIs and administrators are told that one of them is cut, as they are of a role given. Null: not an officer. */
export const tellOfOfficer = async (
  person: { readonly id: string; readonly organisationId: string; readonly roles: readonly Role[] },
  change: Change,
  reason: string,
  { db, viewer, now, newId }: Pick<Context, 'db' | 'viewer' | 'now' | 'newId'>,
): Promise<Told | null> => {
  const offices = person.roles.filter(isOffice)
  if (offices.length === 0) return null
  const concerned = {
    organisationId: person.organisationId,
    party: 'operateur',
    but: [viewer.accountId, person.id],
  } as const
  return tellRoles(db, concerned, officerNotice(person.id, offices, change, reason), { newId, now })
}
