import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { PersonRef } from '../../../contract/common.ts'
import type { Db } from '../../platform/database.ts'
import type { Entry } from './correction-rules.ts'

export interface CorrectionRow extends Entry {
  readonly version: number
  readonly reason: string
  readonly recordedBy: Static<typeof PersonRef> | null
  readonly recordedAt: Date
}
/** What each correction of a request replaced. An officer of the other party may hold nothing that shows who made it. */
export const correctionsOf = (db: Db, requestId: string): Promise<CorrectionRow[]> =>
  db.all(sql<CorrectionRow>`
    select c.version, c.kind, c.whose, c.person, c.channel, c.received_on, c.reason,
      ctx.person_ref(c.recorded_by) as recorded_by, c.recorded_at
    from rights_request_corrections c where c.request_id = ${requestId}::uuid order by c.version desc limit 100`)

/** Empty: it is done. Else why not; `seen` is the version that was corrected. */
export const correctRequest = async (
  db: Db,
  requestId: string,
  seen: number,
  { kind, whose, person, channel, receivedOn }: Entry,
  reason: string,
) =>
  (await db.first(
    sql<{ outcome: string }>`select correct_rights_request(${requestId}::uuid, ${seen}, ${kind}, ${whose}, ${person},
      ${channel}, ${receivedOn}::date, ${reason}) as outcome`,
  ))!.outcome
