/**
 * Executable specification: production runs the SQL (policy provisional_establishments.read);
 * provisional.parity.test.ts proves them equal.
 */
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/** What was typed: for whoever reads the card there. The SQL twin is the policy provisional_establishments.read. */
export const mayRead = (viewer: Viewer, row: TerritoryLine): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', row)
