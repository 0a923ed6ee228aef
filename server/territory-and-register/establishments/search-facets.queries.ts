import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { TerritoryRef } from '../../../contract/common.ts'
import type { Reply } from '../../../contract/route.ts'
import {
  type Nomenclature,
  nomenclatureOn,
  readActivity,
  sectionsOf,
  writeActivity,
} from '../../../contract/territory-and-register/activities.ts'
import { companySizes, legalNatures } from '../../../contract/territory-and-register/employer-kinds.ts'
import { type countFacets as route, sizes } from '../../../contract/territory-and-register/establishments.ts'
import { type HiresSought, hiresSought } from '../../../contract/territory-and-register/sought.ts'
import type { Db } from '../../platform/database.ts'
import { divisionsHeld, soughtActivities } from '../territories/correspondence-rules.ts'
import { readCorrespondence } from '../territories/correspondences.queries.ts'
import { divisionsOf } from '../territories/naf-labels.ts'
import { readLinks, readRefs } from '../territories/territories.queries.ts'
import { natureColumn } from './establishments.queries.ts'
import { bandsOf } from './headcount-bands.ts'
import { foundRows, type Looked, mostCounted } from './search.queries.ts'
import { divisionColumn, type Filter } from './search-filter.queries.ts'
import { classesOf, countedByHires } from './search-sets.queries.ts'

export type Counts = Reply<typeof route>
type Ref = Static<typeof TerritoryRef>
interface FacetSearch {
  readonly looked: Looked | undefined
  readonly filter: Filter
}

/** What people may narrow the search to: their own territories; once one is chosen, what it is made of. */
export const readTerritories = async (db: Db, chosen: number | undefined): Promise<Ref[]> => {
  if (!chosen) {
    const own = (await db.all(sql<{ id: number }>`select unnest(ctx.fiche()) as id`)).map(({ id }) => id)
    return own.length
      ? (await readRefs(db, [...new Set(own)])).filter(({ kind }) => kind !== 'national').slice(0, mostTerritories)
      : []
  }
  const links = await readLinks(db, chosen)
  const parts = (kind: Ref['kind']) => links.filter(t => t.kind === kind).slice(0, mostTerritories)
  if (chosen < 2000) return parts('departement')
  if (chosen < 10_000) return parts('clpe').length ? parts('clpe') : parts('epci')
  return chosen < 100_000_000 ? parts('epci') : []
}
const mostTerritories = 40

interface Tallied {
  facet: number
  division: string | null
  band: string | null
  nature: string | null
  company: string | null
  employer: boolean | null
  active: boolean | null
  n: number
}
/** The bits of `grouping()`: which column this group is by; all of them for the whole. */
const by = {
  activities: 0b011111,
  sizes: 0b101111,
  legalNatures: 0b110111,
  companySizes: 0b111011,
  employer: 0b111101,
  active: 0b111110,
  all: 0b111111,
} as const
type Facet = Exclude<keyof typeof by, 'all'>

/** Reads the rows once, up to the bound, and counts them in every way. Null when there are more. */
const tally = async (db: Db, asked: FacetSearch, nomenclature: Nomenclature): Promise<Tallied[] | null> => {
  const groups = await db.all(sql<Tallied>`
    with found as materialized (select ${divisionColumn(nomenclature)} as division, e.headcount_band as band,
      ${natureColumn} as nature, coalesce(e.company_size, 'unknown') as company, e.employer, e.active from ${foundRows(asked as Required<FacetSearch>)} e limit ${mostCounted + 1})
    select grouping(division, band, nature, company, employer, active) as facet, division, band, nature, company,
      employer, active, count(*)::int as n
      from found group by grouping sets ((division), (band), (nature), (company), (employer), (active), ())`)
  return (groups.find(({ facet }) => facet === by.all)?.n ?? 0) > mostCounted ? null : groups
}
const bounded = (n: number) => ({ count: Math.min(n, mostCounted), more: n > mostCounted })
/** One by one, each up to the bound: what is common stops early, what is rare is few rows. */
const oneByOne = async (db: Db, { looked }: FacetSearch, filters: readonly Filter[]): Promise<number[]> => {
  if (!filters.length) return []
  const rows = await db.all(
    sql<{ at: number; n: number }>`${sql.join(
      filters.map(
        (filter, at) =>
          sql`select ${sql.lit(at)} as at, (select count(*)::int
            from (select from ${foundRows({ looked, filter } as Required<FacetSearch>)} e
            limit ${mostCounted + 1}) found) as n`,
      ),
      sql` union all `,
    )}`,
  )
  return rows.sort((one, other) => one.at - other.at).map(({ n }) => n)
}

/** From how many establishments on their hires are counted: the card tells those of one, and the trail keeps it. */
const leastCounted = 5
type Hired = Partial<Record<HiresSought, number>> & { readonly n: number }
/** Of what is found up to the bound, how many have that many hires of each kind. */
export const countHires = async (db: Db, asked: FacetSearch): Promise<Counts['hires']> => {
  const { hires, ...filter } = asked.filter
  const rows = foundRows({ ...asked, filter } as Required<FacetSearch>)
  const counted = await db.first(sql<Hired>`
    with reading as materialized (select cardinality(ctx.recrutement()) > 0 as may),
    found as materialized (select e.siret from ${rows} e where (select may from reading) limit ${mostCounted + 1})
    select (select count(*)::int from found) as n, ${countedByHires(hires?.atLeast ?? 1)}
      from found join hirings_recent h using (siret)`)
  if (!counted || counted.n < leastCounted) return []
  const counts =
    counted.n > mostCounted
      ? await oneByOne(
          db,
          asked,
          hiresSought.map(one => ({ ...filter, hires: { classes: classesOf(one), atLeast: hires?.atLeast ?? 1 } })),
        )
      : hiresSought.map(one => counted[one] ?? 0)
  return hiresSought.map((one, at) => ({ hires: one, ...bounded(counts[at]!) }))
}

/** The sections, and the divisions of the one that is chosen, or whose division or finer code is. */
const activityChoices = (nomenclature: Nomenclature, chosen: string | undefined) => {
  const sections = sectionsOf[nomenclature]
  const opened = sections.find(
    ({ code, divisions }) => code === chosen || divisions.some(division => chosen?.startsWith(division.code)),
  )
  return [...sections, ...(opened?.divisions ?? [])].map(({ code, label }) => ({
    code: writeActivity({ nomenclature, code }),
    label,
    divisions: /^\d/.test(code) ? [code] : divisionsOf(code, nomenclature),
  }))
}

/**
 * For each value of each filter, how many establishments the search would find with it, the other filters staying.
 * Exact to 10,000: up to that many rows one reading counts them all; beyond, each value is counted by itself.
 */
export const countFacets = async (
  db: Db,
  asked: FacetSearch,
  zones: readonly Ref[],
  today: string,
): Promise<Omit<Counts, 'hires'>> => {
  const { filter } = asked
  const correspondence = await readCorrespondence(db)
  // An ornament of the page: no reason to hold a connection for long.
  const patience = db.run(sql`set local statement_timeout = 3000`)
  const chosen = filter.activities ? readActivity(filter.activities.asked[0]!) : undefined
  const nomenclature = chosen?.nomenclature ?? nomenclatureOn(today)
  const divisionsIn = divisionsHeld(nomenclature, correspondence)
  const whole = tally(db, asked, nomenclature)
  const count = async <V>(
    facet: Facet,
    values: readonly V[],
    narrowed: (value: V) => Filter,
    has: (value: V, group: Tallied) => boolean,
  ) => {
    const others = { ...filter, [facet]: undefined }
    const groups = await (filter[facet] === undefined ? whole : tally(db, { ...asked, filter: others }, nomenclature))
    const counts = groups
      ? values.map(value =>
          groups.filter(group => group.facet === by[facet] && has(value, group)).reduce((sum, { n }) => sum + n, 0),
        )
      : await oneByOne(
          db,
          asked,
          values.map(value => ({ ...others, ...narrowed(value) })),
        )
    return values.map((value, at) => ({ value, ...bounded(counts[at]!) }))
  }
  const activities = activityChoices(nomenclature, chosen?.code)
  const [territories, activityCounts, sizeCounts, natureCounts, companyCounts, employer, active] = await Promise.all([
    oneByOne(
      db,
      asked,
      zones.map(({ id }) => ({ ...filter, territoryId: id })),
    ),
    count(
      'activities',
      activities,
      ({ code }) => ({ activities: soughtActivities([code], correspondence) }),
      ({ divisions }, { division }) => divisionsIn(division).some(one => divisions.includes(one)),
    ),
    count(
      'sizes',
      sizes,
      size => ({ sizes: [size] }),
      (size, { band }) => (band === null ? size === '0-9' : bandsOf[size].includes(band)),
    ),
    count(
      'legalNatures',
      legalNatures,
      nature => ({ legalNatures: [nature] }),
      (value, { nature }) => nature === value,
    ),
    count(
      'companySizes',
      companySizes,
      size => ({ companySizes: [size] }),
      (value, { company }) => company === value,
    ),
    count(
      'employer',
      [true, false],
      value => ({ employer: value }),
      (value, group) => group.employer === value,
    ),
    count(
      'active',
      [true, false],
      value => ({ active: value }),
      (value, group) => group.active === value,
    ),
    patience,
  ])
  return {
    territories: zones.map((territory, at) => ({ territory, ...bounded(territories[at]!) })),
    activities: activityCounts.map(({ value: { code, label }, ...counted }) => ({ code, label, ...counted })),
    sizes: sizeCounts.map(({ value: size, ...counted }) => ({ size, ...counted })),
    legalNatures: natureCounts.map(({ value: legalNature, ...counted }) => ({ legalNature, ...counted })),
    companySizes: companyCounts.map(({ value: companySize, ...counted }) => ({ companySize, ...counted })),
    employer,
    active,
  }
}
