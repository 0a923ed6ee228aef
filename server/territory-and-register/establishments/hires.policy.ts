import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'

/**
 * Who looks for employers by their hires: whoever holds the recruitment card, where its perimeter reaches the territory
 * asked; `reached` is undefined when no hires are asked. The rows are chosen by hirings_recent.read, as for the card.
 */
export const mayLookByHires = (viewer: Viewer, reached: boolean | undefined): Verdict => {
  if (reached === undefined) return true
  if (!holds(viewer, 'fiche-recrutement', 'consultation')) return 'access/no-grant'
  return reached || 'access/outside-perimeter'
}
