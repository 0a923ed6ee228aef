import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/**
 * Annex 4 has the services under both cards: whoever reads one of them there. The SQL twins are the policies
 * operator_services.read and operator_service_versions.read.
 */
export const mayReadServices = (viewer: Viewer, row: TerritoryLine): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', row) || covers(viewer, 'fiche-recrutement', 'consultation', row)

/**
 * Entering, correcting and withdrawing: the services are the operator's, so its own advisors who keep the card there.
 * The SQL twins are the policies operator_services.enter, operator_services.correct and
 * operator_service_versions.write.
 */
export const mayEnterServices = (viewer: Viewer, row: TerritoryLine): Verdict => {
  if (viewer.organisationKind !== 'operateur') return 'operator-service/operator-only'
  return covers(viewer, 'fiche-etablissement', 'conseiller', row) || 'access/outside-perimeter'
}
