import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { organisationRef } from '../campaigns/references.queries.ts'

export interface ContactBeside {
  /** The establishment asked. */
  readonly of: number
  /** Where the contact took place: another one of its company. */
  readonly siret: number
  readonly occurredOn: string
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
}
/** The last contact since a day at another establishment of the company of each of these. */
export const lastBesideEach = (db: Db, sirets: readonly number[], since: string): Promise<ContactBeside[]> =>
  db.all(sql<ContactBeside>`select s.siret as of, r.siret, r.occurred_on, ${organisationRef('r.organisation_id')} as organisation
    from unnest(${sirets}::bigint[]) s (siret) cross join lateral (
      select x.siret, x.occurred_on, x.organisation_id from exchanges x
      where x.siret between s.siret / 100000 * 100000 and s.siret / 100000 * 100000 + 99999 and x.siret <> s.siret
        and x.status = 'recorded' and x.occurred_on >= ${since}::date
      order by x.occurred_on desc, x.id desc limit 1) r`)
