import { sql } from 'kysely'
import type { recognitions, rowParts } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import type { Db } from '../../platform/database.ts'
import type { LeftReason, Said } from './row-rules.ts'

export interface ReviewRow {
  readonly line: number
  readonly said: Pick<Said, 'siret' | 'name' | 'address' | 'postalCode' | 'town'>
  readonly siret: number | null
  readonly recognised: (typeof recognitions)[number]
  readonly candidates: readonly number[]
  readonly because: LeftReason | null
}
const partOf = {
  doubtful: sql`l.recognised = 'doubtful'`,
  unknown: sql`l.recognised = 'unknown'`,
  settled: sql`l.recognised in ('chosen', 'ignored')`,
  left: sql`l.state in ('left', 'kept')`,
} satisfies Record<(typeof rowParts)[number], unknown>

/** In the order of the file, one more than asked. Whom the row tells of stays on the server. */
export const reviewRows = (
  db: Db,
  fileId: string,
  part: (typeof rowParts)[number],
  after: number,
  limit: number,
): Promise<ReviewRow[]> =>
  db.all(sql<ReviewRow>`select l.line, jsonb_strip_nulls(jsonb_build_object('siret', l.said -> 'siret', 'name', l.said -> 'name',
      'address', l.said -> 'address', 'postalCode', l.said -> 'postalCode', 'town', l.said -> 'town')) as said,
      l.siret, l.recognised, l.candidates, l.because
    from employer_file_lines l where l.file_id = ${fileId}::uuid and ${partOf[part]} and l.line > ${after}::bigint
    order by l.line limit ${limit + 1}`)
