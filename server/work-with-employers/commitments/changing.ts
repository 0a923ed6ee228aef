import type { Context, Done, Entry, ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { commitmentReply } from './commitment-reply.ts'
import { type Change, changeCommitment, type Statement, type Writing } from './commitment-writes.queries.ts'
import { type CommitmentRow, commitmentById, lockCommitment } from './commitments.queries.ts'

/** What every change of a commitment begins and ends with. */

export const loadLocked = async (id: string, { db }: Pick<ReadContext, 'db'>): Promise<CommitmentRow> => {
  const [, row] = await Promise.all([lockCommitment(db, id), commitmentById(db, id)])
  return found(row)
}

export const checkVersion = (row: CommitmentRow, ifMatch: number | undefined, context: Context): void => {
  if (ifMatch !== row.version)
    throw new Refused('request/changed-meanwhile', { current: commitmentReply(row, context) })
}
export const checkNoted = (row: CommitmentRow): void => {
  if (row.withdrawnAt) throw new Refused('commitment/withdrawn')
}

export const writingOf = ({ viewer, now }: Context): Writing => ({
  organisationId: viewer.organisationId,
  authorId: viewer.accountId,
  at: now,
})

/** The words of the evidence are in the history, never in the trail. */
const told = ({ kindId, since, until }: Statement) => ({ kindId, since, until })

export const noted = async (
  id: string,
  siret: number,
  statement: Statement,
  context: Context,
): Promise<Done<ReturnType<typeof commitmentReply>>> => ({
  reply: commitmentReply(found(await commitmentById(context.db, id)), context),
  audit: [
    {
      action: 'commitment.noted',
      subject: ['commitment', id],
      detail: { siret, version: 1, before: null, after: told(statement) },
    },
  ],
})

export const changed = async (
  row: CommitmentRow,
  { action, statement, ...change }: Change & { readonly action: Entry['action']; readonly statement: Statement },
  context: Context,
): Promise<Done<ReturnType<typeof commitmentReply>>> => {
  await changeCommitment(context.db, row, statement, change, writingOf(context))
  return {
    reply: commitmentReply(found(await commitmentById(context.db, row.id)), context),
    audit: [
      {
        action,
        subject: ['commitment', row.id],
        detail: { siret: row.siret, version: row.version + 1, before: told(row), after: told(statement) },
      },
    ],
  }
}
