import type { Static } from 'typebox'
import type { ActionProposal } from '../../../contract/work-with-employers/proposed-actions.ts'
import type { Context } from '../../platform/action.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { maySettle } from './proposals.policy.ts'
import type { ProposalRow } from './proposals.queries.ts'

type Reply = Static<typeof ActionProposal>
const outcomes = { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' } as const

const allowedOn = (row: ProposalRow, { viewer, today }: Pick<Context, 'viewer' | 'today'>): Reply['allowed'] => {
  if (row.state !== 'waiting') return []
  const acts = row.lapsesOn < today ? (['withdraw'] as const) : (['accept', 'decline', 'withdraw'] as const)
  return acts.filter(act => maySettle(viewer, row, outcomes[act]) === true)
}

/** As both structures read them. */
export const proposalReplies = async (rows: readonly ProposalRow[], context: Context): Promise<Reply[]> => {
  const lines = await withEstablishments(context.db, rows, context.today)
  return lines.map(({ establishment }, at) => {
    const row = rows[at]!
    return {
      id: row.id,
      establishment,
      kind: row.kind,
      dueOn: row.dueOn,
      dueAt: row.dueAt,
      from: row.from,
      by: row.by,
      to: row.to,
      words: row.words,
      proposedAt: row.proposedAt.toISOString(),
      lapsesOn: row.lapsesOn,
      state: row.state,
      answeredBy: row.answeredBy,
      answeredAt: row.answeredAt?.toISOString() ?? null,
      reason: row.reason,
      allowed: allowedOn(row, context),
    }
  })
}
export const proposalReply = async (row: ProposalRow, context: Context): Promise<Reply> =>
  (await proposalReplies([row], context))[0]!
