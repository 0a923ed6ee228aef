import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface SourcedValue {
  readonly field: string
  readonly value: string
  readonly source: string
  readonly organisationName: string | null
  readonly recordedAt: Date
}
export interface CorrespondentRow extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly retiredAt: Date | null
  readonly values: readonly SourcedValue[]
}

const shown = 200

/**
 * The correspondents of an establishment, those in place first, with the newest value of each field from each source:
 * two partners who differ are shown side by side (EST-6). Strongest source first, then newest.
 */
export const listCorrespondents = async (db: Db, siret: number): Promise<CorrespondentRow[]> => {
  const [rows, values] = await Promise.all([
    db.all(
      sql<
        Omit<CorrespondentRow, 'values'>
      >`select id, siret, region_id, departement_id, epci_id, clpe_id, retired_at from correspondents
        where siret = ${siret} order by retired_at is not null, created_at, id limit ${shown}`,
    ),
    db.all(sql<SourcedValue & { correspondentId: string }>`
      select v.correspondent_id, v.field, v.value, v.source, o.name as organisation_name, v.recorded_at
      from correspondents c join correspondent_values v on v.correspondent_id = c.id and v.replaced_at is null left
        join organisations o on o.id = v.organisation_id
      where c.siret = ${siret}
      order by v.field, array_position(array['personne-concernee', 'conseiller', 'fichier-partenaire', 'operateur',
        'registre'], v.source), v.recorded_at desc, v.id`),
  ])
  const byCorrespondent = Map.groupBy(values, v => v.correspondentId)
  return rows.map(row => ({ ...row, values: byCorrespondent.get(row.id) ?? [] }))
}
