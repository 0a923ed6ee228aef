import type { Static } from 'typebox'
import type { LegalHold } from '../../../contract/oversight/retention.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { HoldRow } from './legal-holds.queries.ts'
import { inForce } from './legal-holds-rules.ts'
import { mayLiftHold } from './retention.policy.ts'

/** The policies ask which structures a hold is of. */
export const scoped = ({ organisation, placedBy }: HoldRow) => ({
  organisationId: organisation?.id ?? null,
  placedOrganisation: placedBy.id,
})
export const holdReply = (viewer: Viewer, row: HoldRow, today: string): Static<typeof LegalHold> => {
  const { liftedAt, liftReason, placedAt, ...hold } = row
  const stands = inForce(row, today)
  return {
    ...hold,
    placedAt: placedAt.toISOString(),
    lifted: liftedAt && { at: liftedAt.toISOString(), reason: liftReason! },
    state: stands ? 'in-force' : 'ended',
    allowed: stands && mayLiftHold(viewer, scoped(row)) === true ? ['lift'] : [],
  }
}
