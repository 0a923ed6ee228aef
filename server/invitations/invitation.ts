import { sql } from 'kysely'
import type { Db } from '../platform/database.ts'
import { digest, newToken } from '../identity/session-token.ts'

/** As long as a person may be away; afterwards the account manager confirms who came. The database dates it alike (ctx.invite). */
export const invitationDays = 14

/**
 * The page of the mail that tells an account is open: whoever follows it makes the first link whatever the provider (IDN-1). Null when the account
 * was there before. The token stands after #, which no browser sends.
 */
export const invite = async (db: Db, accountId: string, newId: () => string, returnTo?: string): Promise<string | null> => {
  const token = newToken()
  const { made } = (await db.first(sql<{ made: boolean }>`select ctx.invite(${newId()}, ${accountId}, ${digest(token)}) as made`))!
  return made ? invitationPage(token, returnTo) : null
}
/** What such a mail says of its link. */
export const invitedBy = ', par le lien ci-dessous qui n’est que pour vous et sert une fois, dans les quatorze jours'
/** `returnTo`: where one goes once in. */
export const invitationPage = (token: string, returnTo?: string): string => `/connexion/invitation${returnTo ? `?retour=${encodeURIComponent(returnTo)}` : ''}#${token}`

/** As the owner, on the command line. */
export const insertInvitation = (db: Db, i: { id: string; accountId: string; tokenHash: Buffer; madeAt: Date }) =>
  db.run(sql`insert into invitations (id, account_id, token_hash, made_at, ends_at) values (${i.id}, ${i.accountId}, ${i.tokenHash}, ${i.madeAt}, ${i.madeAt}::timestamptz + make_interval(days => ${invitationDays}))`)
