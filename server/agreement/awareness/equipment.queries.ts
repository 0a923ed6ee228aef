import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'

export interface EquipmentRow {
  readonly id: string
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: string
  readonly hardware: boolean
  readonly network: boolean
  readonly secondFactor: boolean
  readonly validatedOn: string
  readonly note: string
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly recordedAt: Date
}
export const listEquipment = (db: Db): Promise<EquipmentRow[]> =>
  db.all(sql<EquipmentRow>`
  select e.id, e.organisation_id, o.name as organisation_name, o.kind as organisation_kind, e.hardware, e.network,
    e.second_factor, e.validated_on, e.note, a.id as by_id, a.given_name || ' ' || a.family_name as by_name,
    a.organisation_id as by_organisation_id, e.recorded_at
  from equipment_validations e join organisations o on o.id = e.organisation_id join accounts a on a.id = e.recorded_by
    order by e.validated_on desc, e.id desc limit 200`)
/** Equipment that the viewer's own structure has validated at least once. */
export const ownEquipment = async (db: Db): Promise<Pick<EquipmentRow, 'hardware' | 'network' | 'secondFactor'>> =>
  (await db.first(sql<Pick<EquipmentRow, 'hardware' | 'network' | 'secondFactor'>>`
  select coalesce(bool_or(hardware), false) as hardware, coalesce(bool_or(network), false) as network,
    coalesce(bool_or(second_factor), false) as second_factor
  from equipment_validations where organisation_id = ctx.organisation()`))!
export const insertEquipment = (
  db: Db,
  row: {
    id: string
    organisationId: string
    hardware: boolean
    network: boolean
    secondFactor: boolean
    validatedOn: string
    note: string
    recordedBy: string
    recordedAt: Date
  },
) => db.run(k.insertInto('equipmentValidations').values(row))
