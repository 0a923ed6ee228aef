import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'

export interface AssessmentRow {
  readonly id: string
  readonly assessedOn: string
  readonly outcome: string
  readonly reference: string
  readonly nextDueOn: string
  readonly recordedAt: Date
  readonly by: { readonly id: string; readonly name: string; readonly organisationId: string }
}
export const selectAssessments = (db: Db, organisationId: string) =>
  db.all(sql<AssessmentRow>`
  select s.id, s.assessed_on, s.outcome, s.reference, s.next_due_on, s.recorded_at,
    jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) as by
  from security_assessments s join accounts a on a.id = s.recorded_by where s.organisation_id = ${organisationId}::uuid
    order by s.assessed_on desc, s.recorded_at desc limit 50`)
/** Of the conventions that the viewer may read: since when the partner is under one, and in which regions. */
export const underConvention = (db: Db, organisationId: string) =>
  db.first(sql<{ name: string; kind: string; since: Date | null; regionIds: number[] }>`
  select o.name, o.kind, min(c.effective_from) as since,
    coalesce(array_agg(c.region_id) filter (where c.region_id is not null), '{}') as region_ids
  from organisations o left join conventions c on c.organisation_id = o.id where o.id = ${organisationId}::uuid
    group by o.id`)
export const insertAssessment = (
  db: Db,
  row: {
    id: string
    organisationId: string
    assessedOn: string
    outcome: string
    reference: string
    nextDueOn: string
    recordedBy: string
    recordedAt: Date
  },
) => db.run(k.insertInto('securityAssessments').values(row))
