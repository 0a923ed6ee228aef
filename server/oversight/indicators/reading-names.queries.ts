import { sql } from 'kysely'
import type { Tool } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Filter } from './filter.ts'

export interface ReadingNames {
  /** The territories over which the viewer counts campaigns, and reads cards: in order, each once. */
  readonly campagnes: readonly string[]
  readonly fiche: readonly string[]
  /** What narrows the figures, null where nothing does. */
  readonly organisation: string | null
  readonly territory: string | null
  readonly campaign: string | null
}
const territoriesOf = ({ grants }: Pick<Viewer, 'grants'>, tool: Tool) =>
  sql`array(select t.name from territories t where t.id = any (${grants
    .filter(grant => grant.tool === tool)
    .map(({ territoryId }) => territoryId)}::int[]) order by t.name collate "fr-x-icu", t.id)`

/**
 * The names of what a reading of the figures depends on: the perimeters of the viewer, and the filters. Of a campaign
 * that the viewer may not read, or of what does not exist, its id as it was asked.
 */
export const readingNames = async (
  db: Db,
  viewer: Pick<Viewer, 'grants'>,
  { organisation, territory, campaign }: Pick<Filter, 'organisation' | 'territory' | 'campaign'>,
): Promise<ReadingNames> =>
  (await db.first(
    sql<ReadingNames>`select ${territoriesOf(viewer, 'campagnes')} as campagnes,
      ${territoriesOf(viewer, 'fiche-etablissement')} as fiche,
      coalesce((select o.name from organisations o where o.id = ${organisation ?? null}::uuid),
        ${organisation ?? null}::text) as organisation,
      coalesce((select t.name from territories t where t.id = ${territory ?? null}::int),
        ${territory ?? null}::int::text) as territory,
      coalesce((select c.name from campaigns c where c.id = ${campaign ?? null}::uuid),
        ${campaign ?? null}::text) as campaign`,
  ))!
