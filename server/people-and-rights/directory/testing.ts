import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'

/** A region and three departments, of which one lies elsewhere; an EPCI of the first shares its communes with it. */
export const places = { region: 1075, gironde: 2033, landes: 2040, garonne: 2031, graves: 200000001 } as const
const { region, gironde, landes, garonne, graves } = places

/** `owner` is connected as cc_owner. */
export const layPlaces = async (owner: pg.Pool): Promise<void> => {
  for (const [kind, id] of [
    ['region', region],
    ['departement', gironde],
    ['departement', landes],
    ['departement', garonne],
    ['epci', graves],
  ] as const)
    await owner.query(
      `insert into territories (id, kind, code, name) values ($2::int, $1, $2::int::text, 'Lieu ' || $2::int)`,
      [kind, id],
    )
  for (const together of [
    [0, region, gironde, graves],
    [0, region, landes],
    [0, garonne],
  ])
    await owner.query(
      `insert into territory_overlaps select a, b from unnest($1::int[]) a cross join unnest($1::int[]) b
        on conflict do nothing`,
      [together],
    )
}

/** An agency of a structure; answers its id. */
export const insertAgency = async (
  owner: pg.Pool,
  organisationId: string,
  territories: readonly number[],
  name = 'Agence d’essai',
): Promise<string> => {
  const id = uuidv7()
  await owner.query('insert into agencies (id, organisation_id, name) values ($1, $2, $3)', [id, organisationId, name])
  await owner.query('insert into agency_territories (agency_id, territory_id) select $1, unnest($2::int[])', [
    id,
    territories,
  ])
  return id
}

export interface EntrySeed {
  readonly civility?: 'Mme' | 'M.'
  readonly phone?: string
  readonly phoneHidden?: boolean
  readonly agencyId?: string
}
export const insertEntry = (
  owner: pg.Pool,
  person: { readonly id: string; readonly organisationId: string },
  { civility, phone, phoneHidden = false, agencyId }: EntrySeed = {},
): Promise<unknown> =>
  owner.query(
    `insert into directory_entries (account_id, organisation_id, civility, phone, phone_hidden, agency_id, version,
      changed_at) values ($1, $2, $3, $4, $5, $6, 1, now())`,
    [person.id, person.organisationId, civility ?? null, phone ?? null, phoneHidden, agencyId ?? null],
  )

/** What an account is called, for the tests that look for it by name. */
export const rename = (owner: pg.Pool, id: string, given: string, family: string): Promise<unknown> =>
  owner.query('update accounts set given_name = $2, family_name = $3 where id = $1', [id, given, family])
