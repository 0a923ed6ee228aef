import type { Viewer } from '../../platform/viewer.ts'

export interface AnsweredNeed {
  readonly organisationId: string
  readonly takenByOrganisationId: string | null
}
/**
 * Of whoever reads the need: those of the structure that follows it, and of the one that took it. The SQL twin is the
 * policy need_surveys.read.
 */
export const mayReadSurvey = (viewer: Viewer, need: AnsweredNeed): boolean =>
  need.organisationId === viewer.organisationId || need.takenByOrganisationId === viewer.organisationId
