import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/** Where the history of an employer went: whoever reads the card of its former place. The SQL twin is followed_from. */
export const mayReadFollowed = (viewer: Viewer, formerPlace: TerritoryLine): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', formerPlace)
