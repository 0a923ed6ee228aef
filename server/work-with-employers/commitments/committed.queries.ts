import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany, type Slice } from '../../platform/siret.ts'

/** What these employers committed to, as a round says it. Row-level security shows those of the cards one reads. */
export const commitmentsOfAll = (
  db: Db,
  sirets: readonly number[],
  day: string,
): Promise<{ siret: number; label: string }[]> =>
  db.all(sql<{ siret: number; label: string }>`select c.siret, k.label
    from commitments_holding(${day}::date) c join commitment_kinds k on k.id = c.kind_id
    where c.siret = any (${sirets}::bigint[]) order by c.siret, c.since desc, c.id`)

/** What the other establishments of the company committed to, the latest first. */
export const commitmentsBeside = (
  db: Db,
  siret: number,
  day: string,
  { limit, from }: Slice,
): Promise<{ siret: number; label: string; until: string | null }[]> =>
  db.all(sql<{ siret: number; label: string; until: string | null }>`select c.siret, k.label, c.until
    from commitments_holding(${day}::date) c join commitment_kinds k on k.id = c.kind_id
    where ${ofSameCompany('c.siret', siret)} and c.siret <> ${siret} order by c.since desc, c.id limit ${limit} offset ${from}`)
