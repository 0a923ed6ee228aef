import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { SiretRow } from './siret-rules.ts'

/** Each version of the other SIRETs of the partner of a convention; of one SIRET the last version first. */
export const siretsOf = (db: Db, conventionId: string): Promise<SiretRow[]> =>
  db.all(sql<SiretRow>`
    select v.siret_id as id, v.version, v.siret, v.name, v.from_on, v.until_on, v.withdrawn, v.reason,
      (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
        a.organisation_id) from accounts a where a.id = v.recorded_by) as recorded_by, v.recorded_at
    from conventions c join organisation_siret_versions v on v.organisation_id = c.organisation_id
    where c.id = ${conventionId}::uuid order by v.siret_id, v.version desc limit 1000`)

export interface NewSiret extends Pick<SiretRow, 'id' | 'siret' | 'name' | 'fromOn' | 'untilOn' | 'withdrawn'> {
  readonly reason: string
}
/** Empty: it is done. Else why not; `seen` is the version that the change was made on. */
export const settleSiret = async (
  db: Db,
  conventionId: string,
  seen: number,
  { id, siret, name, fromOn, untilOn, withdrawn, reason }: NewSiret,
) =>
  (await db.first(
    sql<{ outcome: string }>`select settle_party_siret(${conventionId}::uuid, ${id}::uuid, ${seen}, ${siret}, ${name},
      ${fromOn}::date, ${untilOn}::date, ${withdrawn}, ${reason}) as outcome`,
  ))!.outcome
