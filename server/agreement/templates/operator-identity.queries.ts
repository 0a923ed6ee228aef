import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { PersonRef } from '../../../contract/common.ts'
import type { Db } from '../../platform/database.ts'

export interface OperatorRow {
  readonly version: number
  readonly cause: 'registered' | 'correction' | 'change'
  readonly since: string
  readonly siret: number
  readonly name: string
  readonly address: string
  readonly reason: string
  readonly recordedBy: Static<typeof PersonRef> | null
  readonly recordedAt: Date
}
/** Who the operator is and was in its documents; the last version first. */
export const operatorIdentities = (db: Db): Promise<OperatorRow[]> =>
  db.all(sql<OperatorRow>`
    select i.version, i.cause, i.from_on as since, i.siret, i.name, i.address, i.reason,
      (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
        a.organisation_id) from accounts a where a.id = i.recorded_by) as recorded_by, i.recorded_at
    from operator_identities i order by i.version desc limit 100`)

export interface NewOperator extends Pick<OperatorRow, 'since' | 'siret' | 'name' | 'address' | 'reason'> {
  readonly cause: Exclude<OperatorRow['cause'], 'registered'>
}
/** Empty: it is done. Else why not; `seen` is the version that the change was made on, 0 before any. */
export const changeOperator = async (
  db: Db,
  seen: number,
  { cause, since, siret, name, address, reason }: NewOperator,
) =>
  (await db.first(
    sql<{ outcome: string }>`select change_operator_identity(${seen}, ${cause}, ${since}::date, ${siret}, ${name},
      ${address}, ${reason}) as outcome`,
  ))!.outcome
