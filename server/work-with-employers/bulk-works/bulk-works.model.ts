import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type ExchangeRow, mayRecord } from '../exchanges/exchanges.policy.ts'

/**
 * What a work of one's own handed to a colleague is no longer one's own to plan: one takes it back where one records,
 * as long as nobody changed it. The SQL twin is ctx.actions_to_take_back.
 */
export const mayTakeBack = (viewer: Viewer, row: ExchangeRow): Verdict =>
  row.organisationId === viewer.organisationId ? mayRecord(viewer, row) : 'next-action/owner-only'
