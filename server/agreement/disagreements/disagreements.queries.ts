import { sql } from 'kysely'
import type { ObligationCode } from '../../../contract/agreement/conventions/obligations.ts'
import type { attemptManners } from '../../../contract/agreement/disagreements.ts'
import { type Db, k } from '../../platform/database.ts'
import type { Party } from '../conventions/deadlines.ts'
import type { StepKind } from './disagreement-lifecycle.ts'

export interface StepRow {
  readonly id: string
  readonly disagreementId: string
  readonly kind: StepKind
  readonly manner: (typeof attemptManners)[number] | null
  readonly party: Party
  readonly happenedOn: string
  readonly summary: string
  readonly court: string | null
  readonly documentId: string | null
  readonly recordedAt: Date
}
export interface DisagreementRow {
  readonly id: string
  readonly number: number
  readonly party: Party
  readonly subject: string
  readonly statement: string
  readonly clauses: readonly ObligationCode[]
  readonly aroseOn: string
  readonly openedAt: Date
}
export interface Whole extends DisagreementRow {
  readonly steps: readonly StepRow[]
}
/** The last opened first, each with its steps from the first. */
export const selectDisagreements = async (db: Db, conventionId: string): Promise<Whole[]> => {
  const [rows, steps] = await Promise.all([
    db.all(
      sql<DisagreementRow>`select id, number, party, subject, statement, clauses, arose_on, opened_at
        from disagreements where convention_id = ${conventionId}::uuid order by number desc`,
    ),
    db.all(
      sql<StepRow>`select id, disagreement_id, kind, manner, party, happened_on, summary, court, document_id,
        recorded_at from disagreement_steps where convention_id = ${conventionId}::uuid order by recorded_at, id`,
    ),
  ])
  return rows.map(row => ({ ...row, steps: steps.filter(step => step.disagreementId === row.id) }))
}
export const insertDisagreement = (
  db: Db,
  { clauses, ...row }: DisagreementRow & { readonly conventionId: string; readonly openedBy: string },
) => db.run(k.insertInto('disagreements').values({ ...row, clauses: [...clauses] }))
export const insertStep = (db: Db, row: StepRow & { readonly conventionId: string; readonly recordedBy: string }) =>
  db.run(k.insertInto('disagreementSteps').values(row))
