import type pg from 'pg'
import type { Action } from '../../platform/action.ts'
import { isSiret, siretText } from '../../platform/siret.ts'
import { refreshContents } from '../../territory-and-register/territories/clpe-editions.queries.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { aCampaign, insertCampaign } from './testing.ts'

/**
 * Two regions, three departments, four EPCI and four CLPE of invented communes; `straddling` and `across` lie over
 * Gironde and Landes.
 */
export const places = {
  aquitaine: 1075,
  occitanie: 1076,
  gironde: 2033,
  landes: 2040,
  garonne: 2031,
  graves: 200000001,
  straddling: 200000002,
  dunes: 200000003,
  toulousain: 200000004,
  coeur: 10001,
  across: 10002,
  sud: 10003,
  est: 10004,
} as const
const {
  aquitaine,
  occitanie,
  gironde,
  landes,
  garonne,
  graves,
  straddling,
  dunes,
  toulousain,
  coeur,
  across,
  sud,
  est,
} = places
const communes: readonly (readonly [code: string, region: number, departement: number, epci: number, clpe: number])[] =
  [
    ['33001', aquitaine, gironde, graves, coeur],
    ['33002', aquitaine, gironde, graves, coeur],
    ['33003', aquitaine, gironde, straddling, across],
    ['40001', aquitaine, landes, straddling, across],
    ['40002', aquitaine, landes, dunes, sud],
    ['31001', occitanie, garonne, toulousain, est],
    ['31002', occitanie, garonne, toulousain, est],
  ]

/** `owner` is connected as cc_owner. */
export const layTerritories = async (owner: pg.Pool): Promise<void> => {
  for (const [kind, ids] of [
    ['region', [aquitaine, occitanie]],
    ['departement', [gironde, landes, garonne]],
    ['epci', [graves, straddling, dunes, toulousain]],
    ['clpe', [coeur, across, sud, est]],
  ] as const)
    await owner.query(
      `insert into territories (id, kind, code, name) select id, $1, id::text, $1 || ' ' || id
        from unnest($2::int[]) id`,
      [kind, ids],
    )
  for (const [code, ...line] of communes)
    await owner.query(
      'insert into communes (code, name, region_id, departement_id, epci_id, clpe_id) values ($1, $1, $2, $3, $4, $5)',
      [code, ...line],
    )
  await owner.query(`with home as (select c.code, t from communes c cross
    join unnest(array[0, c.region_id, c.departement_id, c.epci_id, c.clpe_id]) t)
    insert into territory_overlaps select distinct a.t, b.t from home a join home b using (code) on conflict
      do nothing`)
  await refreshContents(owner)
}

/** The nth invented SIRET, with its right key. */
export const siretOf = (n: number): number => {
  const stem = `9${String(n).padStart(12, '0')}`
  return Number([...'0123456789'].map(key => stem + key).find(isSiret))
}
export interface Shop {
  readonly siret: number
  readonly commune?: string
  readonly name?: string
  readonly active?: boolean
  readonly naf?: string
  readonly employer?: boolean
  readonly diffusion?: 'O' | 'P' | 'N'
}
export const insertEstablishments = (owner: pg.Pool, shops: readonly Shop[]): Promise<unknown> =>
  owner.query(
    `insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, employer, active, head_office,
      diffusion, commune_code, commune_name, region_id, departement_id, epci_id, clpe_id, row_hash)
    select s.siret, s.siret / 100000, s.siret % 100000, coalesce(s.name, 'ATELIER ' || s.siret),
      coalesce(s.naf, '43.32A'), 'NAFRev2', coalesce(s.employer, true), coalesce(s.active, true), true,
      coalesce(s.diffusion, 'O'),
      c.code, c.name, c.region_id, c.departement_id, c.epci_id, c.clpe_id, 0
    from jsonb_to_recordset($1) as s (siret bigint, commune text, name text, active boolean, naf text, employer boolean,
      diffusion text) join communes c on c.code = coalesce(s.commune, '33001')`,
    [JSON.stringify(shops)],
  )

/** A contact as the feature exchanges would have recorded it, outside any campaign. */
export const insertContact = (
  owner: pg.Pool,
  id: string,
  siret: number,
  by: { id: string; organisationId: string },
  occurredOn: string,
): Promise<unknown> =>
  owner.query(
    `insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
      occurred_on, reached, visibility, recorded_at)
    select $1, siret, region_id, departement_id, epci_id, clpe_id, $3, $4, $5, true, 'organisation', now()
      from establishments where siret = $2`,
    [id, siret, by.organisationId, by.id, occurredOn],
  )

/** A campaign of Gironde, open unless told otherwise, with the nth establishments as targets. Answers its id. */
export const campaignOfGironde = async (
  owner: pg.Pool,
  pilot: { readonly id: string; readonly organisationId: string },
  over: Partial<Campaign>,
  numbers: readonly number[],
): Promise<string> => {
  const place = { regionId: aquitaine, departementId: gironde, epciId: null, clpeId: null }
  const campaign = aCampaign({ pilotId: pilot.organisationId, territoryId: gironde, place, status: 'open', ...over })
  return (await insertCampaign(owner, campaign, pilot.id, numbers.map(siretOf))).id
}

export interface EmployerWorld {
  readonly house: House
  /** Two structures. */
  readonly cc: { readonly id: string }
  readonly mission: { readonly id: string }
  /** Someone of a structure who reads cards; in Gironde unless told otherwise. */
  person(
    organisationId: string,
    profile: 'consultation' | 'conseiller' | 'responsable',
    territoryId?: number,
  ): Promise<Person>
  /** The next establishment that no test took. */
  shop(): string
}
/** What tests of one employer start from: the territories, two structures, establishments of Gironde. */
export const openEmployers = async (
  actions: readonly Action[],
  { clock, shops }: { readonly clock: () => Date; readonly shops: number },
): Promise<EmployerWorld> => {
  const house = await openHouse(actions, { clock })
  await layTerritories(house.owner)
  const cc = await house.organisation({ name: 'CC des Essais' })
  const mission = await house.organisation({ name: 'Mission locale des Essais' })
  await insertEstablishments(
    house.owner,
    Array.from({ length: shops }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  let taken = 0
  return {
    house,
    cc,
    mission,
    person: (organisationId, profile, territoryId = gironde) =>
      house.person(organisationId, [
        { profile, territoryId },
        { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
      ]),
    shop: () => siretText(siretOf(++taken)),
  }
}
