import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/do-not-contact.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { mayMark, maySettle } from './do-not-contact.policy.ts'
import { type MarkRow, marksAt } from './do-not-contact.queries.ts'
import { stands } from './mark-rules.ts'

type Reply = Static<typeof contract.DoNotContact>
type At = Pick<Context, 'viewer' | 'today'>

const shown = 50

const markReply = (row: MarkRow): Static<typeof contract.DoNotContactMark> => ({
  id: row.id,
  origin: row.origin,
  reason: row.reason,
  startsOn: row.startsOn,
  until: row.until,
  organisation: row.organisation,
  author: row.author,
  markedAt: row.markedAt.toISOString(),
  ended:
    row.endedAt && row.endedHow && row.endedOrganisation
      ? {
          at: row.endedAt.toISOString(),
          how: row.endedHow,
          by: row.endedBy,
          organisation: row.endedOrganisation,
          reason: row.endReason,
        }
      : null,
})

const allowedAt = (place: TerritoryLine, current: MarkRow | undefined, { viewer }: At): Reply['allowed'] => {
  const mark = mayMark(viewer, place) === true
  if (!current) return mark ? ['mark'] : []
  if (maySettle(viewer, current) !== true) return []
  return mark ? ['renew', 'lift'] : ['lift']
}

/** What stands at an establishment and what stood, as this viewer may read and change it. */
export const doNotContactReply = (rows: readonly MarkRow[], place: TerritoryLine, at: At): Reply => {
  const current = rows.find(row => stands(row, at.today))
  return {
    current: current ? markReply(current) : null,
    past: rows.filter(row => row !== current).map(markReply),
    allowed: allowedAt(place, current, at),
  }
}

export const readMarks = (db: Db, siret: number): Promise<MarkRow[]> => marksAt(db, siret, shown + 1)
