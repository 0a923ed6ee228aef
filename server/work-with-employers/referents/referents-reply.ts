import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/referents.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { siretText } from '../../platform/siret.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import type { ReferentLineRow } from './referent-lines.queries.ts'
import { mayEnd, mayName } from './referents.policy.ts'
import { type ReferentRow, referentsAt } from './referents.queries.ts'

const shown = 100

const referentReply = (row: ReferentRow, viewer: Viewer): Static<typeof contract.Referent> => ({
  id: row.id,
  organisation: row.organisation,
  person: row.person,
  since: row.since,
  namedBy: row.namedBy,
  namedAt: row.namedAt.toISOString(),
  inPost: row.inPost,
  ended:
    row.until && row.endedHow && row.endedOrganisation
      ? {
          until: row.until,
          how: row.endedHow,
          by: row.endedBy,
          organisation: row.endedOrganisation,
          reason: row.endReason,
        }
      : null,
  mayEnd: row.until === null && mayEnd(viewer, row) === true,
})

/** One in post stops another of the same structure; one who left is replaced. */
export const standing = (rows: readonly ReferentRow[], organisationId: string): ReferentRow | undefined =>
  rows.find(row => row.until === null && row.organisationId === organisationId)

/** Who answers for an establishment and who did, as this viewer may read and change it. */
export const referentsReply = (
  rows: readonly ReferentRow[],
  place: TerritoryLine,
  { viewer }: Pick<Context, 'viewer'>,
): Static<typeof contract.Referents> => ({
  current: rows.filter(row => row.until === null).map(row => referentReply(row, viewer)),
  past: rows
    .filter(row => row.until !== null)
    .slice(0, 50)
    .map(row => referentReply(row, viewer)),
  mayName: mayName(viewer, place) === true && !standing(rows, viewer.organisationId)?.inPost,
})

/** One day of the history of the employer. */
export const referentLineReply = (row: ReferentLineRow): Static<typeof contract.ReferentLine> => ({
  ...row,
  siret: siretText(row.siret),
  at: row.at.toISOString(),
})

export const readReferents = (db: Db, siret: number): Promise<ReferentRow[]> => referentsAt(db, siret, shown)
