import type { Verdict } from '../../platform/action.ts'
import { covers, holds, holdsRole, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

/**
 * A commitment and its history: for whoever reads the card there. The SQL twins are the policies commitments.read and
 * commitment_versions.read.
 */
export const mayRead = (viewer: Viewer, row: TerritoryLine): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', row)

/**
 * Noting, correcting, ending and withdrawing: whoever may record an exchange there. What an employer committed to is
 * the network's to keep: the history says who changed what. The SQL twins are the policies commitments.note,
 * commitments.correct and commitment_versions.write.
 */
export const mayNote = (viewer: Viewer, row: TerritoryLine): Verdict => {
  if (covers(viewer, 'campagnes', 'conseiller', row) && mayRead(viewer, row)) return true
  return holds(viewer, 'campagnes', 'conseiller') ? 'access/outside-perimeter' : 'access/no-grant'
}

/** The list is the operator's. The SQL twins are the policies commitment_kinds.keep and commitment_kinds.change. */
export const mayKeepKinds = (viewer: Viewer): Verdict => holdsRole(viewer, 'administrateur') || 'access/role-required'
