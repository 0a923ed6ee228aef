import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'

export interface Organisation {
  readonly id: string
  readonly siret: number
  readonly name: string
  readonly kind: string
}
let serial = 0
/** An invented partner; its SIRET is unique in the run and not a real one. */
export const anOrganisation = (over: Partial<Organisation> = {}): Organisation => {
  serial += 1
  return { id: uuidv7(), siret: 99000000000000 + serial, name: `Partenaire ${serial}`, kind: 'autre', ...over }
}
/** A convention in force since the start of 2020. */
export const insertConvention = (
  owner: pg.ClientBase | pg.Pool,
  organisationId: string,
  effectiveFrom = '2020-01-01T00:00:00Z',
  endsAt: Date | null = null,
) =>
  owner.query(
    `insert into conventions (id, organisation_id, region_id, number, created_at, effective_from, ends_at)
      values ($1::uuid, $2, 0, 'C-' || $1::text, $3, $3, $4)`,
    [uuidv7(), organisationId, effectiveFrom, endsAt],
  )
/** The territories that a structure may open; the whole country unless told otherwise. */
export const layCeiling = (
  owner: pg.ClientBase | pg.Pool,
  organisationId: string,
  territories: readonly number[] = [0],
) =>
  owner.query(
    `insert into organisation_territories (id, organisation_id, territory_id, from_at, reason)
      select gen_random_uuid(), $1, t, '2020-01-01', 'Territoires de l’essai' from unnest($2::int[]) t
    on conflict (organisation_id, territory_id) where until_at is null do update set from_at = excluded.from_at`,
    [organisationId, territories],
  )
/** Under a convention in force, unless it is the operator or told otherwise. `owner` is connected as cc_owner. */
export const insertOrganisation = async (
  owner: pg.ClientBase | pg.Pool,
  organisation = anOrganisation(),
  { convention = true, ceiling = [0] as readonly number[] } = {},
): Promise<Organisation> => {
  await owner.query('insert into organisations (id, siret, name, kind, created_at) values ($1, $2, $3, $4, now())', [
    organisation.id,
    organisation.siret,
    organisation.name,
    organisation.kind,
  ])
  await layCeiling(owner, organisation.id, ceiling)
  if (convention && organisation.kind !== 'operateur') await insertConvention(owner, organisation.id)
  return organisation
}
