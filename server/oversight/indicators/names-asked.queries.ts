import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Filter } from './filter.ts'

interface NamesAsked {
  readonly organisation: string | null
  readonly territory: string | null
  readonly campaign: string | null
}
/**
 * The names of what narrows the figures, null where nothing does. Of a campaign that the viewer may not read, or of
 * what does not exist, its id as it was asked.
 */
export const namesAsked = async (
  db: Db,
  { organisation, territory, campaign }: Pick<Filter, 'organisation' | 'territory' | 'campaign'>,
): Promise<NamesAsked> =>
  (await db.first(
    sql<NamesAsked>`select
      coalesce((select o.name from organisations o where o.id = ${organisation ?? null}::uuid),
        ${organisation ?? null}::text) as organisation,
      coalesce((select t.name from territories t where t.id = ${territory ?? null}::int),
        ${territory ?? null}::int::text) as territory,
      coalesce((select c.name from campaigns c where c.id = ${campaign ?? null}::uuid),
        ${campaign ?? null}::text) as campaign`,
  ))!
