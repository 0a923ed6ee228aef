import type { Static } from 'typebox'
import type { SuppliedAnomaly } from '../../../contract/people-and-rights/anomalies.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayCorrectSupplied } from './anomalies.policy.ts'
import type { SuppliedRow } from './supplied.queries.ts'

export const suppliedReply = (
  viewer: Viewer,
  { organisationId, recordedAt, correctedAt, ...row }: SuppliedRow,
): Static<typeof SuppliedAnomaly> => ({
  ...row,
  recordedAt: recordedAt.toISOString(),
  correctedAt: correctedAt?.toISOString() ?? null,
  allowed: correctedAt === null && mayCorrectSupplied(viewer, organisationId) === true ? ['correct'] : [],
})
