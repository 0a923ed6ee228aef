import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'

/**
 * Reads the assessments of a partner under conventions of these regions. The SQL twin is the policy
 * security_assessments.read.
 */
export const mayReadAssessments = (
  viewer: Viewer,
  { organisationId, regionIds }: { readonly organisationId: string; readonly regionIds: readonly number[] },
): boolean =>
  viewer.state === 'active' &&
  (holdsRole(viewer, 'administrateur') ||
    isOfficerOf(viewer, organisationId) ||
    (viewer.organisationKind === 'operateur' && holdsRole(viewer, 'signataire', 'responsable-operationnel')) ||
    viewer.roles.some(
      r =>
        ['direction-regionale', 'signataire'].includes(r.role) && r.regionId !== null && regionIds.includes(r.regionId),
    ) ||
    (viewer.organisationId === organisationId &&
      holdsRole(viewer, 'rssi', 'rgc', 'signataire', 'responsable-operationnel')))

/** The security officer of the partner records them. The SQL twin is the policy security_assessments.record. */
export const mayRecordAssessment = (viewer: Viewer, organisationId: string): boolean =>
  viewer.state === 'active' && isOfficerOf(viewer, organisationId)
