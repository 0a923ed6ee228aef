import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'

/** Whether what is asked reaches what the viewer reads; undefined where it is not asked. */
export interface Reached {
  readonly services?: boolean | undefined
  readonly hires?: boolean | undefined
}

const reached = (holds: boolean, reaches: boolean): Verdict =>
  holds ? reaches || 'access/outside-perimeter' : 'access/no-grant'

/**
 * Who looks for employers by their hires: whoever holds the recruitment card; by the services that they used: whoever
 * holds either card. Where that perimeter reaches the territory asked. The rows are chosen by the policies of both cards:
 * hirings_recent.read, hiring_forecasts.read and operator_services.read.
 */
export const mayLookBy = (viewer: Viewer, { services, hires }: Reached): Verdict => {
  const recruitment = holds(viewer, 'fiche-recrutement', 'consultation')
  const byHires = hires === undefined || reached(recruitment, hires)
  if (byHires !== true || services === undefined) return byHires
  return reached(recruitment || holds(viewer, 'fiche-etablissement', 'consultation'), services)
}
