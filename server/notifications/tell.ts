import type pg from 'pg'
import { type Db, dbOver } from '../platform/database.ts'
import { type Mail, type Means, queueMail } from './queue-mail.ts'
import {
  type Holder,
  mailKinds,
  type Party,
  type PersonKind,
  type RoleKind,
  recipientsOf,
  type Told,
  whyOf,
} from './recipient-rules.ts'
import { holdersFor, holdersForJob, noteEmptyRoles } from './recipients.queries.ts'

export type PersonMail = Mail & { readonly kind: PersonKind }
/** To the person concerned. Says the mail's id, for the trail. */
export const tellPerson = (db: Db, mail: PersonMail, means: Means): Promise<string> => queueMail(db, mail, means)

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
  /** The page that it speaks of, for each side. */
  readonly path?: string | Readonly<Partial<Record<Party, string>>>
}
const tell = async (
  db: Db,
  holders: readonly Holder[],
  { party, but }: Concerned,
  { path, ...notice }: Notice,
  means: Means,
): Promise<Told> => {
  const roles = mailKinds[notice.kind].filter(role => !party || role.startsWith(`${party}:`))
  const { recipients, emptyRoles } = recipientsOf(holders, roles, but)
  for (const { to, role } of recipients) {
    const page = typeof path === 'string' ? path : path?.[role.split(':')[0] as Party]
    await queueMail(db, { ...notice, to, why: whyOf(role), ...(page ? { path: page } : {}) }, means)
  }
  return { mails: recipients.length, emptyRoles }
}

/**
 * To whoever holds the roles of this kind of notice on this day: the contacts of annexes 2 and 2 bis, joined with the
 * accounts that hold them. What it answers goes to the screen and to the trail: how many were told, and which roles
 * nobody holds.
 */
export const tellRoles = async (db: Db, concerned: Concerned, notice: Notice, means: Means): Promise<Told> =>
  tell(
    db,
    await holdersFor(db, concerned.organisationId, concerned.regionId ?? null, means.now),
    concerned,
    notice,
    means,
  )

/** The same from a job, in its transaction: an empty role has an entry of its own in the trail, for no act says it. */
export const tellRolesByJob = (
  client: pg.ClientBase,
  concerned: Concerned,
  notice: Notice,
  means: Means,
): Promise<Told> => tellRolesByCommand(dbOver(client), concerned, notice, means)
/** The same from the command line, as the owner. */
export const tellRolesByCommand = async (db: Db, concerned: Concerned, notice: Notice, means: Means): Promise<Told> => {
  const told = await tell(
    db,
    await holdersForJob(db, concerned.organisationId, concerned.regionId ?? null, means.now),
    concerned,
    notice,
    means,
  )
  if (told.emptyRoles.length > 0)
    await noteEmptyRoles(db, concerned.organisationId, { kind: notice.kind, ...told }, means.now)
  return told
}
