import type pg from 'pg'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Silence } from './forecast-proof-rules.ts'
import type { GroupSeason } from './forecast-rules.ts'

export interface ForecastRun {
  readonly fileId: number
  readonly asOf: string
  readonly month: string | null
  readonly reached: number
  readonly finished: boolean
}
/** What the last file brought, and how far its forecasts have come; nothing before any file. */
export const readForecastRun = async (owner: pg.ClientBase): Promise<ForecastRun | undefined> =>
  (
    await owner.query<ForecastRun>(
      `select f.id as "fileId", r.month::text as month, coalesce(r.reached, 0) as reached,
        r.finished_at is not null as finished,
        (select least(max((counts -> 'days' ->> 1)::date), max(ctx.paris_day(finished_at)))::text from hiring_files
          where finished_at is not null) as "asOf"
      from hiring_files f left join hiring_forecast_runs r on r.file_id = f.id
      where f.finished_at is not null order by f.finished_at desc, f.id desc limit 1`,
    )
  ).rows[0]

/**
 * In the caller's transaction: the seasons of the years that are read, and a run that begins. What an earlier run stored
 * goes: of an establishment that hires no more, moved to the MSA or left the register, nothing would replace it.
 */
export const beginRun = async (owner: pg.ClientBase, fileId: number, month: string, years: readonly number[]) => {
  await owner.query('select season_hirings($1)', [years])
  await owner.query('delete from hiring_forecasts')
  await owner.query('delete from hiring_forecast_runs')
  await owner.query('insert into hiring_forecast_runs (file_id, month, begun_at) values ($1, $2, now())', [
    fileId,
    month,
  ])
}
export const finishRun = async (owner: pg.ClientBase): Promise<void> => {
  await owner.query('update hiring_forecast_runs set finished_at = now()')
}

export const readBroughtMonths = async (owner: pg.ClientBase): Promise<string[]> =>
  (await owner.query<{ month: string }>(`select to_char(month, 'YYYY-MM') as month from hiring_months`)).rows.map(
    row => row.month,
  )
export const groupKey = (nomenclature: string, group: string) => `${nomenclature} ${group}`
export const readSeasons = async (owner: pg.ClientBase): Promise<Map<string, GroupSeason[]>> => {
  const { rows } = await owner.query<{ group: string; nomenclature: string; year: number; quarters: number[] }>(
    `select naf_group as group, naf_nomenclature as nomenclature, year, quarters from hiring_seasons`,
  )
  const seasons = rows.map(({ group, nomenclature, year, quarters }) => ({
    key: groupKey(nomenclature, group),
    season: { year, index: quarters.map(quarter => quarter / 4) },
  }))
  return new Map(
    Map.groupBy(seasons, one => one.key)
      .entries()
      .map(([key, ones]) => [key, ones.map(({ season }) => season)]),
  )
}

export interface Hirer extends TerritoryLine {
  readonly siret: number
  /** Of an establishment that the register lacks, or masks: nothing. */
  readonly active: boolean | null
  readonly naf: string | null
  readonly nomenclature: string
  /** Counted from year 0. */
  readonly months: readonly number[]
  readonly hires: readonly number[]
}
/** The next establishments with hires in these months, in the order of their SIRET: the key of the counts has it. */
export const nextHirers = async (
  owner: pg.ClientBase,
  { after, first, last, limit }: { after: number; first: string; last: string; limit: number },
): Promise<Hirer[]> =>
  (
    await owner.query<Hirer>(
      `select h.siret, e.active, e.naf, e.region_id as "regionId", e.departement_id as "departementId",
        e.epci_id as "epciId", e.clpe_id as "clpeId", coalesce(e.naf_nomenclature, 'NAFRev2') as nomenclature, h.months, h.hires
      from (
        select siret, array_agg((extract(year from month) * 12 + extract(month from month) - 1)::int) as months,
          array_agg(hires) as hires from hirings_by_month
        where siret > $1 and month between $2 and $3 group by siret order by siret limit $4) h
      left join establishments e on e.siret = h.siret and e.diffusion <> 'N' order by h.siret`,
      [after, first, last, limit],
    )
  ).rows

export interface StoredForecast extends TerritoryLine {
  readonly siret: number
  readonly expected: number | null
  readonly silence: Silence | null
}
/** In the caller's transaction, with the place that it reaches. */
export const saveForecasts = async (
  owner: pg.ClientBase,
  month: string,
  rows: readonly StoredForecast[],
  reached: number,
): Promise<void> => {
  await owner.query(
    `insert into hiring_forecasts as f (siret, month, expected, silence, region_id, departement_id, epci_id, clpe_id)
      select s, $1, e, w, r, d, p, c
        from unnest($2::bigint[], $3::int[], $4::text[], $5::int[], $6::int[], $7::int[], $8::int[]) x (s, e, w, r, d, p, c)
      on conflict (siret) do update set (month, expected, silence, region_id, departement_id, epci_id, clpe_id)
        = (excluded.month, excluded.expected, excluded.silence, excluded.region_id, excluded.departement_id,
          excluded.epci_id, excluded.clpe_id)`,
    [
      month,
      rows.map(r => r.siret),
      rows.map(r => r.expected),
      rows.map(r => r.silence),
      rows.map(r => r.regionId),
      rows.map(r => r.departementId),
      rows.map(r => r.epciId),
      rows.map(r => r.clpeId),
    ],
  )
  await owner.query('update hiring_forecast_runs set reached = $1', [reached])
}
