import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/**
 * Who reads the recruitment card of an establishment: its own tool, over a perimeter that covers it. The SQL twin is
 * ctx.reads_hirings.
 */
export const mayReadRecruitment = (viewer: Viewer, row: TerritoryLine): Verdict =>
  covers(viewer, 'fiche-recrutement', 'consultation', row) || 'access/outside-perimeter'
