import type { Static } from 'typebox'
import { type RefusalCode, refusals } from '../../../contract/refusals.ts'
import type { BulkWork } from '../../../contract/work-with-employers/bulk-works.ts'
import { isRunning, mayBeUndone } from './bulk-work-rules.ts'
import type { WorkRow } from './bulk-works.queries.ts'

/** `asked`: by the person; else the refusal that the worker met. */
const whyStopped = (code: string) => (code === 'asked' ? 'Vous l’avez arrêté.' : refusals[code as RefusalCode].detail)

/** Someone's own work, as the contract shows it. */
export const bulkWorkReply = (row: WorkRow): Static<typeof BulkWork> => ({
  id: row.id,
  campaign: row.campaignId === null ? null : { id: row.campaignId, name: row.campaignName },
  act: row.act,
  reason: row.reason,
  movedTo: row.movedTo,
  movedBy: row.movedBy,
  result: row.result,
  handedTo: row.handedTo,
  state: row.state,
  askedAt: (row.askedAt ?? row.countedAt).toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  stoppedFor: row.stoppedFor && whyStopped(row.stoppedFor),
  counts: { toDo: row.toDo, done: row.done, left: row.left, undone: row.undone, kept: row.kept },
  allowed: isRunning(row.state)
    ? ['stop']
    : (row.campaignId === null || row.campaignName !== null) && mayBeUndone(row.state, row.done)
      ? ['undo']
      : [],
})
