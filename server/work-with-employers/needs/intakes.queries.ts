import { sql } from 'kysely'
import type { JobField, needAdvice, needKinds } from '../../../contract/work-with-employers/needs.ts'
import type { Db } from '../../platform/database.ts'

export interface Intake {
  readonly kinds: (typeof needKinds)[number][]
  readonly advice: (typeof needAdvice)[number][]
  readonly jobs: JobField[]
  readonly publics: string | null
}
export interface IntakeRow extends Intake {
  readonly version: number
}
/** What the viewer's structure said; undefined: nothing yet. */
export const ownIntake = (db: Db): Promise<IntakeRow | undefined> =>
  db.first(sql<IntakeRow>`select kinds, advice, jobs, publics, version from need_intakes
    where organisation_id = (select ctx.organisation())`)

/** False when another wrote since `version`; 0: nothing was said. */
export const saveIntake = async (
  db: Db,
  { kinds, advice, jobs, publics }: Intake,
  version: number,
  at: Date,
): Promise<boolean> =>
  (await db.run(sql`
    insert into need_intakes as known (organisation_id, kinds, advice, jobs, publics, said_by, said_at)
    select ctx.organisation(), ${kinds}::text[], ${advice}::text[], ${jobs}::text[], ${publics}, ctx.account(), ${at}
    on conflict (organisation_id) do update set kinds = excluded.kinds, advice = excluded.advice, jobs = excluded.jobs,
      publics = excluded.publics, version = known.version + 1, said_by = excluded.said_by, said_at = excluded.said_at
      where known.version = ${version}::int`)) === 1
