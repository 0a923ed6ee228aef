import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/**
 * Who reads the recruitment card of an establishment: its own tool, over a perimeter that covers it. The SQL twins are
 * ctx.reads_hirings, hirings_recent.read, hiring_forecasts.read and hirers_of_company.
 */
export const mayReadRecruitment = (viewer: Viewer, row: TerritoryLine): Verdict =>
  covers(viewer, 'fiche-recrutement', 'consultation', row) || 'access/outside-perimeter'

/** Of a company: one of its cards at least, and what is told is of those alone. The SQL twin is hirers_of_company. */
export const mayReadCompanyRecruitment = (viewer: Viewer, places: readonly TerritoryLine[]): Verdict =>
  places.some(place => mayReadRecruitment(viewer, place) === true) || 'access/outside-perimeter'
