import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/needs.ts'
import { needActs } from '../../../contract/work-with-employers/needs.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { stands, stateAfter } from './need-lifecycle.ts'
import { mayActOnNeed, mayFollowNeed, maySettleNeedProposal } from './needs.policy.ts'
import { hiresOf, type NeedLineRow, type NeedRow, needById, needVersionsOf } from './needs.queries.ts'
import { type NeedProposalRow, needProposalsOf } from './proposals.queries.ts'

type Line = Static<typeof contract.NeedLine>
type Reply = Static<typeof contract.Need>
type Proposal = Static<typeof contract.NeedProposal>
type At = Pick<Context, 'db' | 'viewer' | 'today'>

const lineOf = (row: NeedLineRow, establishment: Line['establishment']): Line => ({
  id: row.id,
  establishment,
  kind: row.kind,
  advice: row.advice,
  job: row.jobLabel === null ? null : { label: row.jobLabel, code: row.jobCode, rome: row.rome },
  posts: row.posts,
  contract: row.contract,
  startsOn: row.startsOn,
  weeklyHours: row.weeklyHours,
  wage: row.wage,
  skills: row.skills,
  place: row.place,
  visibility: row.visibility,
  state: row.state,
  organisation: row.organisation,
  owner: row.owner,
  takenBy: row.takenBy,
  takenAt: row.takenAt?.toISOString() ?? null,
  hired: row.hired,
  notedOn: row.notedOn,
  closedAt: row.closedAt?.toISOString() ?? null,
  version: row.version,
})
/** In the order of the rows. */
export const needLines = async (db: Db, rows: readonly NeedLineRow[], today: string): Promise<Line[]> => {
  const lines = await withEstablishments(db, rows, today)
  return lines.map(({ establishment }, at) => lineOf(rows[at]!, establishment))
}

export const needProposalReply = (row: NeedProposalRow, { viewer }: Pick<Context, 'viewer'>): Proposal => ({
  id: row.id,
  needId: row.needId,
  from: row.from,
  by: row.by,
  to: row.to,
  words: row.words,
  proposedAt: row.proposedAt.toISOString(),
  state: row.state,
  answeredBy: row.answeredBy,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  reason: row.reason,
  overtakenBy: row.overtakenBy,
  allowed:
    row.state !== 'waiting'
      ? []
      : (['decline', 'withdraw'] as const).filter(
          act => maySettleNeedProposal(viewer, row, act === 'decline' ? 'declined' : 'withdrawn') === true,
        ),
})

/** One hire more is what the act of hiring comes to. */
const allowedOn = (row: NeedRow, { viewer }: Pick<Context, 'viewer'>): Reply['allowed'] => {
  const acts = needActs.filter(
    act =>
      stateAfter(act === 'hire' ? { ...row, hired: row.hired + 1 } : row, act) !== null &&
      mayActOnNeed(viewer, row, act) === true,
  )
  const follows = mayFollowNeed(viewer, row) === true
  return [
    ...acts,
    ...(follows && stands(row.state) ? (['correct'] as const) : []),
    ...(follows && row.state === 'ouvert' ? (['propose'] as const) : []),
  ]
}

export const needReply = async (row: NeedRow, context: At): Promise<Reply> => {
  const { db, today } = context
  const [[line], hires, proposals, history] = await Promise.all([
    needLines(db, [row], today),
    hiresOf(db, row.id),
    needProposalsOf(db, row.id),
    needVersionsOf(db, row.id),
  ])
  return {
    ...line!,
    notes: row.notes,
    correspondent: row.correspondent,
    exchangeId: row.exchangeId,
    hires,
    proposals: proposals.map(proposal => needProposalReply(proposal, context)),
    history: history.map(({ at, ...version }) => ({ ...version, at: at.toISOString() })),
    allowed: allowedOn(row, context),
  }
}
export const needReplyById = async (id: string, context: At): Promise<Reply> =>
  needReply(found(await needById(context.db, id)), context)
