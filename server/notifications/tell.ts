import type { Party, PartyRole } from '../../contract/mail-roles.ts'
import { mailKinds } from '../../contract/mails.ts'
import type { Db } from '../platform/database.ts'
import { type Mail, type MailDeps, queueMail } from './queue-mail.ts'
import { type Holder, type PersonKind, type RoleKind, recipientsOf, type Told, whyOf } from './recipient-rules.ts'
import { holdersFor, holdersForService, noteEmptyRoles } from './recipients.queries.ts'

export type PersonMail = Mail & { readonly kind: PersonKind }
/** To the person concerned. Says the mail's id, for the trail. */
export const tellPerson = (db: Db, mail: PersonMail, means: MailDeps): Promise<string> => queueMail(db, mail, means)

/** Of which structure a notice speaks, hence whose roles are told. */
export interface Concerned {
  readonly organisationId: string
  /** The operator's side is that of this region; of the structure's own convention where none is said. */
  readonly regionId?: number
  /** Only this party is told. */
  readonly party?: Party
  /** Those who know: who acts, or whom another mail told. */
  readonly but?: readonly string[]
}
export interface Notice extends Pick<Mail, 'subject' | 'text' | 'about'> {
  readonly kind: RoleKind
  /** The page that it speaks of, for each side; for a role of it, where that one reads another. */
  readonly path?: string | Readonly<Partial<Record<Party | PartyRole, string>>>
}
const tell = async (
  db: Db,
  holders: readonly Holder[],
  { party, but }: Concerned,
  { path, ...notice }: Notice,
  means: MailDeps,
): Promise<Told> => {
  const roles = mailKinds[notice.kind].filter(role => !party || role.startsWith(`${party}:`))
  const { recipients, emptyRoles } = recipientsOf(holders, roles, but)
  for (const { to, role } of recipients) {
    const page = typeof path === 'string' ? path : (path?.[role] ?? path?.[role.split(':')[0] as Party])
    await queueMail(db, { ...notice, to, why: whyOf(role), ...(page ? { path: page } : {}) }, means)
  }
  return { mails: recipients.length, emptyRoles }
}

/**
 * Tells the holders of this notice's roles on this day: contacts of annexes 2 and 2 bis, and their accounts.
 * The answer goes to the screen and the trail: how many were told, which roles are empty.
 * A job or a command (`service`) has no act to say it: an empty role then has an entry of its own.
 */
export const tellRoles = async (
  db: Db,
  concerned: Concerned,
  notice: Notice,
  means: MailDeps & { readonly service?: true },
): Promise<Told> => {
  const { organisationId, regionId = null } = concerned
  const holders = means.service ? holdersForService : holdersFor
  const told = await tell(db, await holders(db, organisationId, regionId, means.now), concerned, notice, means)
  if (means.service && told.emptyRoles.length > 0)
    await noteEmptyRoles(db, organisationId, { kind: notice.kind, ...told }, means.now)
  return told
}
