import { sql } from 'kysely'
import type { Static } from 'typebox'
import { sizes } from '../../../contract/territory-and-register/establishments.ts'
import type { previewTargets as contract } from '../../../contract/work-with-employers/campaigns.ts'
import type { Db } from '../../platform/database.ts'
import { siretText } from '../../platform/siret.ts'
import { addDays } from '../../platform/time.ts'
import { formerActivities } from '../../territory-and-register/establishments/establishments.queries.ts'
import { bandsOf } from '../../territory-and-register/establishments/headcount-bands.ts'
import { divisionLabel } from '../../territory-and-register/territories/naf-labels.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { withEstablishments } from './references.queries.ts'
import { leftOutOnes, newOnes, presentOnes, type Selected } from './selection.queries.ts'

const shown = 10
const mostPoints = 1000

type Told = Static<(typeof contract)['reply']>
interface Row {
  readonly count: number
  readonly alreadyThere: number
  readonly notToContact: number
  readonly sirets: number[]
  readonly held: number
  readonly contacted: number
  readonly beside: number
  readonly spent: number
  readonly zones: Told['breakdown']['zones']
  readonly divisions: { readonly code: string | null; readonly count: number }[]
  readonly bands: { readonly band: string | null; readonly count: number }[]
  readonly points: {
    readonly siret: number
    readonly name: string | null
    readonly lat: number
    readonly lon: number
  }[]
}
export interface Preview extends Pick<Told, 'count' | 'sample' | 'breakdown' | 'points'> {
  readonly alreadyThere: number
  readonly notToContact: number
  readonly held: number
  readonly contacted: number
  readonly beside: number
  readonly spent: number
}

// The parts one shares a territory out by: communes of an EPCI, EPCI of a CLPE or department, departments beyond.
const zone = ({ territory: { kind } }: Campaign) =>
  kind === 'epci'
    ? { id: sql`null::int`, name: sql`coalesce(e.commune_name, e.commune_code)` }
    : kind === 'clpe' || kind === 'departement'
      ? { id: sql`e.epci_id`, name: sql`null` }
      : { id: sql`e.departement_id`, name: sql`null` }
const largestFirst = <T extends { readonly count: number }>(rows: readonly T[]) =>
  [...rows].sort((a, b) => b.count - a.count)

/** What adding would add, of which how many would be conflicts, and where and what they are; writes nothing. */
export const previewTargets = async (
  db: Db,
  campaign: Campaign,
  selected: Selected,
  today: string,
): Promise<Preview> => {
  const by = zone(campaign)
  const row = (await db.first(sql<Row>`
    with fresh as materialized (select siret from ${newOnes(campaign, selected, today)} n),
    e as materialized (select e.siret, e.name, (${formerActivities})[1] as naf, e.headcount_band, e.latitude, e.longitude, ${by.id} as zone_id,
      ${by.name} as zone_name from fresh f join establishments e on e.siret = f.siret)
    select f.count, f.sirets, t.count as already_there, d.count as not_to_contact, c.held, c.contacted, c.beside,
      count_spent(f.all_sirets, ${campaign.startsOn > today ? campaign.startsOn : today}::date, ${campaign.id}::uuid) as spent,
      (select coalesce(jsonb_agg(jsonb_build_object('territoryId', z.zone_id, 'name',
        coalesce(r.name, z.zone_name, 'Sans territoire'), 'count', z.count)
        order by z.count desc, coalesce(r.name, z.zone_name) collate "fr-x-icu"), '[]')
        from (select zone_id, zone_name, count(*) from e group by 1, 2) z left
          join territories r on r.id = z.zone_id) as zones,
      (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'count', d.count)), '[]')
        from (select left(naf, 2) as code, count(*) from e group by 1) d) as divisions,
      (select coalesce(jsonb_agg(jsonb_build_object('band', b.headcount_band, 'count', b.count)), '[]')
        from (select headcount_band, count(*) from e group by 1) b) as bands,
      (select coalesce(jsonb_agg(jsonb_build_object('siret', p.siret, 'name', p.name, 'lat', p.latitude, 'lon',
        p.longitude)), '[]')
        from (select * from e where latitude is not null order by hashint8(siret), siret
          limit ${mostPoints}) p) as points
    from (select count(*)::int as count, array(select siret from fresh order by siret limit ${shown}) as sirets,
      array_agg(siret) as all_sirets from fresh) f
    cross join (${presentOnes(campaign, selected)}) t
    cross join (${leftOutOnes(campaign, selected, today)}) d
    cross join count_conflicts(array(select siret from fresh), ${campaign.startsOn}::date, ${campaign.endsOn}::date,
      ${addDays(today, -campaign.contactDelayDays)}::date, ${campaign.id}::uuid,
      ${campaign.conflictScope === 'company'}, ${today}::date) c`))!
  const { sirets, zones, divisions, bands, points, ...told } = row
  const inSize = (size: (typeof sizes)[number]) =>
    bands
      .filter(({ band }) => (band === null ? size === '0-9' : bandsOf[size].includes(band)))
      .reduce((sum, { count }) => sum + count, 0)
  return {
    ...told,
    sample: (
      await withEstablishments(
        db,
        sirets.map(siret => ({ siret })),
        today,
      )
    ).map(line => line.establishment),
    breakdown: {
      zones,
      sectors: largestFirst(divisions).map(({ code, count }) => ({
        code: code ?? '',
        label: (code && divisionLabel(code)) ?? 'Activité inconnue',
        count,
      })),
      sizes: sizes.map(size => ({ size, count: inSize(size) })),
    },
    points: points.map(point => ({ ...point, siret: siretText(point.siret) })),
  }
}
