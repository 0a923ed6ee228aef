import type { Verdict } from '../platform/action.ts'
import { covers, holds, type TerritoryLine, type Viewer } from '../platform/viewer.ts'

/** What was typed: for whoever reads the card there. */
export const mayRead = (viewer: Viewer, row: TerritoryLine): boolean => covers(viewer, 'fiche-etablissement', 'consultation', row)

/** Over the commune that is typed. */
export const mayCreate = (viewer: Viewer, place: TerritoryLine): Verdict => {
  if (covers(viewer, 'fiche-etablissement', 'conseiller', place)) return true
  return holds(viewer, 'fiche-etablissement', 'conseiller') ? 'access/outside-perimeter' : 'access/no-grant'
}
