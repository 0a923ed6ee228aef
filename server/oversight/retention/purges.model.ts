import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayReadPurges } from './retention.policy.ts'

/**
 * Which lines of the report an officer reads: those of their structure and of none; the operator’s officer, all. The SQL
 * twin is the policy purges.read.
 */
export const mayReadPurge = (
  viewer: Viewer,
  { organisationId }: { readonly organisationId: string | null },
): Verdict => {
  const reads = mayReadPurges(viewer)
  if (reads !== true) return reads
  return (
    organisationId === null ||
    organisationId === viewer.organisationId ||
    viewer.organisationKind === 'operateur' ||
    'retention/dpd-only'
  )
}
