import { tellPerson } from '../../notifications/tell.ts'
import type { Entry } from '../../platform/action.ts'
import type { Correcting } from '../anomalies/correcting.ts'
import { type Asked, askedFor } from '../confirmations/confirmations.queries.ts'
import { changedMail, endedMail, grantedMail, suspendedMail } from './grants.mails.ts'
import { type DecidedGrant, endGrants, type GrantRow, insertDecided } from './grants.queries.ts'

// Acts on a grant, for any caller: each act writes, tells, and answers its entry in the trail.

export interface Given {
  /** Of a second person, for the grant or its account. */
  readonly asked: readonly Asked[]
  readonly entry: Entry & { readonly detail: object }
}

/** One that was checked; it follows one that was suspended, or no other. */
export const give = async (grant: DecidedGrant, during: Correcting): Promise<Given> => {
  const { db, now, newId } = during
  const asked = await write(grant, during)
  await tellPerson(db, grantedMail(grant.accountId, grant, grant.beyondFunction, waitsFor(asked)), { newId, now })
  return { asked, entry: entryOf(grant.replaces ? 'grant.resumed' : 'grant.given', grant, asked) }
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
  const asked = await write(to, during)
  await tellPerson(db, changedMail(to.accountId, { ...to, reason: why ?? to.reason }, waitsFor(asked)), { newId, now })
  return { asked, entry: entryOf('grant.changed', to, asked) }
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

/** Says what the database asks of a second person. */
const write = async (grant: DecidedGrant, { db }: Correcting): Promise<Asked[]> => {
  await insertDecided(db, grant)
  return askedFor(db, grant.id, grant.accountId)
}
/** Why it opens nothing yet; null: it opens. */
const waitsFor = (asked: readonly Asked[]): Asked['why'] | null => asked.find(one => one.waits)?.why ?? null
const entryOf = (
  action: 'grant.given' | 'grant.changed' | 'grant.resumed',
  grant: DecidedGrant,
  asked: readonly Asked[],
): Given['entry'] => {
  const waits = waitsFor(asked) !== null
  const { id, accountId, organisationId: _1, grantedBy: _2, ...detail } = grant
  return { action, subject: ['account', accountId], detail: { grant: id, ...detail, ...(waits ? { waits } : {}) } }
}
