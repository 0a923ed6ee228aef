/**
 * Executable specification: production runs the SQL (policies correspondents.read and correspondent_values.read);
 * correspondents.test.ts proves them equal.
 */
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/**
 * Correspondents and each of their values: for whoever reads the card there. The SQL twins are the policies
 * correspondents.read and correspondent_values.read.
 */
export const mayRead = (viewer: Viewer, row: TerritoryLine): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', row)
