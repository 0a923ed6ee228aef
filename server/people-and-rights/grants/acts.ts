import { tellPerson } from '../../notifications/tell.ts'
import type { Entry } from '../../platform/action.ts'
import type { Correcting } from '../anomalies/correcting.ts'
import { grantWaits } from '../confirmations/confirmations.queries.ts'
import { changedMail, endedMail, grantedMail, suspendedMail } from './grants.mails.ts'
import { type DecidedGrant, endGrants, type GrantRow, insertDecided } from './grants.queries.ts'

// Acts on a grant, for any caller: each act writes, tells, and answers its entry in the trail.

export interface Given {
  /** For a second person: it opens nothing until then. */
  readonly waits: boolean
  readonly entry: Entry & { readonly detail: object }
}

/** One that was checked; it follows one that was suspended, or no other. */
export const give = async (grant: DecidedGrant, during: Correcting): Promise<Given> => {
  const { db, now, newId } = during
  const waits = await write(grant, during)
  await tellPerson(db, grantedMail(grant.accountId, grant, grant.beyondFunction, waits), { newId, now })
  return { waits, entry: entryOf(grant.replaces ? 'grant.resumed' : 'grant.given', grant, waits) }
}

/**
 * A grant is never rewritten: the old one ends and another follows, so that any past day can be told (ACC-9).
 * `why`: the reason that the end and the mail give, where it differs from the new grant's.
 * Nothing happens when the old one is over.
 */
export const change = async (
  to: DecidedGrant & { readonly replaces: string },
  why: string | null,
  during: Correcting,
): Promise<Given | undefined> => {
  const { db, viewer, now, newId } = during
  if ((await endGrants(db, [to.replaces], viewer.accountId, why ?? 'Changée')) === 0) return undefined
  const waits = await write(to, during)
  await tellPerson(db, changedMail(to.accountId, { ...to, reason: why ?? to.reason }, waits), { newId, now })
  return { waits, entry: entryOf('grant.changed', to, waits) }
}

/** At once. Nothing when it is over. */
export const end = async (
  { id, accountId, tool, profile }: Pick<GrantRow, 'id' | 'accountId' | 'tool' | 'profile'>,
  reason: string,
  { db, viewer, now, newId }: Correcting,
): Promise<Entry | undefined> => {
  if ((await endGrants(db, [id], viewer.accountId, reason)) === 0) return undefined
  await tellPerson(db, endedMail(accountId, tool, reason), { newId, now })
  return { action: 'grant.ended', subject: ['account', accountId], detail: { grant: id, tool, profile, reason } }
}

/** At once, and given back by `resume` in grants/resume-grant.ts: the same, as another that follows it (ACC-8). */
export const suspend = async (
  { id, accountId, tool, profile }: Pick<GrantRow, 'id' | 'accountId' | 'tool' | 'profile'>,
  reason: string,
  { db, viewer, now, newId }: Correcting,
): Promise<Entry | undefined> => {
  if ((await endGrants(db, [id], viewer.accountId, reason, true)) === 0) return undefined
  await tellPerson(db, suspendedMail(accountId, tool, reason), { newId, now })
  return { action: 'grant.suspended', subject: ['account', accountId], detail: { grant: id, tool, profile, reason } }
}

/** Those that follow their account: the person is told of the account alone. */
export const endWithAccount = async (ids: readonly string[], reason: string, { db, viewer }: Correcting) => {
  if (ids.length > 0) await endGrants(db, ids, viewer.accountId, reason)
}

/** Says whether it waits for a second person. */
const write = async (grant: DecidedGrant, { db }: Correcting): Promise<boolean> => {
  await insertDecided(db, grant)
  return grantWaits(db, grant.id)
}
const entryOf = (
  action: 'grant.given' | 'grant.changed' | 'grant.resumed',
  grant: DecidedGrant,
  waits: boolean,
): Given['entry'] => {
  const { id, accountId, organisationId: _1, grantedBy: _2, ...detail } = grant
  return { action, subject: ['account', accountId], detail: { grant: id, ...detail, ...(waits ? { waits } : {}) } }
}
