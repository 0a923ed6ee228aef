import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { anAccount, insertAccount } from '../accounts/testing.ts'

/** A pair that its person accepted, and no second account yet. `owner` is connected as cc_owner. */
export const acceptShare = async (owner: pg.Pool, first: { id: string; organisationId: string }, askerId: string) => {
  const { rows } = await owner.query('select email from account_contacts where account_id = $1', [first.id])
  const asker = await insertAccount(owner, anAccount(askerId))
  const id = uuidv7()
  await owner.query(
    `insert into shared_addresses (id, first_id, former_id, asker_id, email, given_name, family_name, reason, asked_by,
      asked_at, settled_at, settled_by, outcome, open_until)
      values ($1, $2, $3, $4, $5, 'Claire', 'Aumont', 'essai', $6, now() - interval '1 hour', now(), $2, 'accepted',
        now() + interval '30 days')`,
    [id, first.id, first.organisationId, askerId, rows[0].email, asker.id],
  )
  return { id, email: rows[0].email as string }
}
/** Its second account too. */
export const openSecond = async (owner: pg.Pool, first: { id: string; organisationId: string }, askerId: string) => {
  const { email } = await acceptShare(owner, first, askerId)
  return insertAccount(owner, anAccount(askerId, { email }))
}
