import type { Verdict } from '../../platform/action.ts'
import { covers, holds, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'

export interface Owned extends TerritoryLine {
  readonly organisationId: string
  readonly authorId: string
}
/**
 * The viewer may correct or withdraw it, while nothing uses it. The SQL twins are the policies
 * provisional_establishments.correct and provisional_establishments.withdraw.
 */
export const mayChange = (viewer: Viewer, row: Owned): Verdict => {
  if (
    row.organisationId !== viewer.organisationId ||
    (row.authorId !== viewer.accountId && !covers(viewer, 'fiche-etablissement', 'responsable', row))
  )
    return 'establishment/author-or-lead-only'
  return mayCreate(viewer, row)
}

/** Over the commune that is typed. The SQL twin is the policy provisional_establishments.record. */
export const mayCreate = (viewer: Viewer, territories: TerritoryLine): Verdict => {
  if (covers(viewer, 'fiche-etablissement', 'conseiller', territories)) return true
  return holds(viewer, 'fiche-etablissement', 'conseiller') ? 'access/outside-perimeter' : 'access/no-grant'
}
