import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { digest, newToken } from '../identity/session-token.ts'

/**
 * As long as a person may be away; afterwards the account manager confirms who came. The database dates it alike
 * (ctx.invite).
 */
export const invitationDays = 14

/**
 * For each account, the page that its opening mail leads to. Following it makes the first link, whatever the provider
 * (IDN-1).
 * An account that was there before has none. The token stands after #, which no browser sends.
 */
export const inviteAll = async (
  db: Db,
  accountIds: readonly string[],
  newId: () => string,
  returnTo?: string,
): Promise<Map<string, string>> => {
  const asked = accountIds.map(accountId => ({ id: newId(), accountId, token: newToken() }))
  const made = await db.all(sql<{
    accountId: string
    made: boolean
  }>`select i.account_id, ctx.invite(i.id, i.account_id, i.hash) as made
    from unnest(${asked.map(a => a.id)}::uuid[], ${asked.map(a => a.accountId)}::uuid[],
      ${asked.map(a => digest(a.token))}::bytea[]) as i (id, account_id, hash)`)
  const invited = new Set(made.filter(m => m.made).map(m => m.accountId))
  return new Map(asked.filter(a => invited.has(a.accountId)).map(a => [a.accountId, invitationPage(a.token, returnTo)]))
}
/** The same for one; null when the account was there before. */
export const invite = async (
  db: Db,
  accountId: string,
  newId: () => string,
  returnTo?: string,
): Promise<string | null> => (await inviteAll(db, [accountId], newId, returnTo)).get(accountId) ?? null
/** What such a mail says of its link. */
export const invitedBy = ', par le lien ci-dessous qui n’est que pour vous et sert une fois, dans les quatorze jours'
/** `returnTo`: where one goes once in. */
export const invitationPage = (token: string, returnTo?: string): string =>
  `/connexion/invitation${returnTo ? `?retour=${encodeURIComponent(returnTo)}` : ''}#${token}`

/** As the owner, on the command line. */
export const insertInvitation = (db: Db, i: { id: string; accountId: string; tokenHash: Buffer; madeAt: Date }) =>
  db.run(
    sql`insert into invitations (id, account_id, token_hash, made_at, ends_at)
      values (${i.id}, ${i.accountId}, ${i.tokenHash}, ${i.madeAt},
      ${i.madeAt}::timestamptz + make_interval(days => ${invitationDays}))`,
  )
