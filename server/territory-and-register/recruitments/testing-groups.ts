import type pg from 'pg'
import type { HiringKind } from '../../../contract/territory-and-register/recruitments.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { pick } from '../../testing/people.ts'
import type { Hirer } from './secrecy.model.ts'

/** Territories of each kind, as `insertPlaces` lays them: most lie one inside another, some across. */
const regions = [1075, 1076]
const departements = [2033, 2040, 2031]
const epcis = [200000001, 200000002, 200000003]
const clpes = [10001, 10002, 10003]

/**
 * A group of activity somewhere: few or many, one sometimes far above the others, some places across the borders; in
 * three groups of four, companies of several establishments. Companies are numbered from one in each group.
 */
export const someGroup = (random: () => number): Hirer[] => {
  const several = [0, 0.15, 0.4, 0.7][Math.floor(random() * 4)]!
  let companies = 0
  const siren = () => (companies && random() < several ? 1 + Math.floor(random() * companies) : ++companies)
  const across = random() < 0.5 ? 0 : 0.15
  const hires = () => (random() < 0.25 ? 0 : random() < 0.06 ? 200 : 1 + Math.floor(random() * 12))
  return epcis.flatMap((epciId, at) =>
    Array.from({ length: Math.floor(random() * (random() < 0.5 ? 8 : 16)) }, () => ({
      siren: siren(),
      epciId: random() < 0.05 ? null : epciId,
      clpeId: random() < across ? pick(random, clpes) : clpes[Math.floor(at / 2)]!,
      departementId: random() < across ? pick(random, departements) : departements[Math.floor(at / 2)]!,
      regionId: random() < across / 3 ? regions[1]! : regions[0]!,
      durable: hires(),
      other: hires(),
    })),
  )
}

export const layEstablishments = (
  owner: pg.Pool,
  rows: readonly (TerritoryLine & { readonly siret: number; readonly naf: string })[],
) =>
  owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, row_hash, naf,
      naf_nomenclature, commune_name, region_id, departement_id, epci_id, clpe_id)
    select siret, siret / 100000, siret % 100000, 'ESSAI', true, true, 'O', 0, naf, 'NAFRev2', 'CESTAS', "regionId",
      "departementId", "epciId", "clpeId"
    from jsonb_to_recordset($1) as r (siret bigint, naf text, "regionId" int, "departementId" int, "epciId" int,
      "clpeId" int)`,
    [JSON.stringify(rows)],
  )

export const layHires = (
  owner: pg.Pool,
  hires: readonly { siret: number; month: string; kind: HiringKind; hires: number }[],
) =>
  owner.query(
    `insert into hirings_by_month (siret, month, kind, hires)
      select siret, month, kind, hires from jsonb_to_recordset($1) as r (siret bigint, month date, kind text, hires int)`,
    [JSON.stringify(hires)],
  )

/** Says of these months that a file brought them on a day; the last day of hire that it told. */
export const layBrought = async (owner: pg.Pool, first: string, last: string, asOf: string, on: string) => {
  await owner.query(
    `insert into hiring_months (month, brought_at)
      select m::date, $3::timestamptz from generate_series($1::date, $2::date, interval '1 month') m
      on conflict (month) do update set brought_at = excluded.brought_at`,
    [first, last, on],
  )
  await owner.query(`insert into hiring_files (name, digest, finished_at, counts) values ('essai.csv', $1, $2, $3)`, [
    `${first} ${last} ${asOf} ${on}`,
    on,
    JSON.stringify({ days: [first, asOf] }),
  ])
}
