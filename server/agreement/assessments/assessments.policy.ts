import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/**
 * Reads the assessments of a partner under conventions of these regions. The SQL twin is the policy
 * security_assessments.read.
 */
export const mayReadAssessments = (
  viewer: Viewer,
  { organisationId, regionIds }: { readonly organisationId: string; readonly regionIds: readonly number[] },
): boolean =>
  viewer.state === 'active' &&
  (holdsRole(viewer, 'cssi', 'administrateur') ||
    (viewer.organisationKind === 'operateur' && holdsRole(viewer, 'signataire', 'responsable-operationnel')) ||
    viewer.roles.some(r => r.role === 'direction-regionale' && r.regionId !== null && regionIds.includes(r.regionId)) ||
    (viewer.organisationId === organisationId &&
      holdsRole(viewer, 'rssi', 'rgc', 'signataire', 'responsable-operationnel')))
