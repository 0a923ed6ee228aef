import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/commitments.ts'
import type { Context } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { holdsOn } from './commitment-rules.ts'
import { mayNote } from './commitments.policy.ts'
import type { CommitmentRow, VersionRow } from './commitments.queries.ts'
import type { KindRow } from './kinds.queries.ts'

type Reply = Static<typeof contract.Commitment>
type At = Pick<Context, 'viewer' | 'today'>

const versionReply = ({ commitmentId: _, at, ...version }: VersionRow): Reply['history'][number] => ({
  ...version,
  at: at.toISOString(),
})

const stateOf = (row: CommitmentRow, today: string): Reply['state'] =>
  row.withdrawnAt ? 'withdrawn' : holdsOn(row, today) ? 'current' : 'over'

const acts: Record<Reply['state'], Reply['allowed']> = {
  current: ['correct', 'end', 'withdraw'],
  over: ['correct', 'withdraw'],
  withdrawn: [],
}

export const commitmentReply = (row: CommitmentRow, { viewer, today }: At): Reply => {
  const state = stateOf(row, today)
  return {
    id: row.id,
    siret: siretText(row.siret),
    kind: { id: row.kindId, family: row.kindFamily, label: row.kindLabel, retired: row.kindRetiredAt !== null },
    since: row.since,
    until: row.until,
    evidence: row.evidence,
    state,
    organisation: row.organisation,
    author: row.author,
    notedAt: row.notedAt.toISOString(),
    version: row.version,
    history: row.history.map(versionReply),
    allowed: mayNote(viewer, row) === true ? acts[state] : [],
  }
}

const order: readonly Reply['state'][] = ['current', 'over', 'withdrawn']
/** What holds first, then what held, then what never did. */
export const inOrder = (items: readonly Reply[]): Reply[] =>
  items.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))

export const kindReply = ({
  id,
  family,
  label,
  version,
  retiredAt,
}: KindRow): Static<typeof contract.CommitmentKind> => ({
  id,
  family,
  label,
  retired: retiredAt !== null,
  retiredAt: retiredAt?.toISOString() ?? null,
  version,
})
