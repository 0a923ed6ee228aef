import { type RawBuilder, sql } from 'kysely'
import type { campaignsSought } from '../../../contract/territory-and-register/establishments.ts'
import {
  everUsed,
  type HireClass,
  type HiresSought,
  hireClasses,
  hiresSought,
  type needsSought,
  type ServiceKind,
} from '../../../contract/territory-and-register/sought.ts'
import type { Db } from '../../platform/database.ts'

/* Criteria that name establishments beside the register, each a set of SIRETs under the asker's rights: one entry of `sets`. */

export interface Hires {
  /** Counted together; all of them, and CDD of unsaid duration, when none is said. */
  readonly classes?: readonly HireClass[] | undefined
  readonly atLeast: number
}
/** Of the operator, used since a day, or none used since one; used at any time when no day is said. */
export interface Services {
  /** Any of these; without them, any that the network counts as a use. */
  readonly kinds?: readonly ServiceKind[] | undefined
  readonly usedSince?: string | undefined
  readonly notUsedSince?: string | undefined
}
/** What each criterion asks. */
export interface Asked {
  /** SIRETs known already, as a set of rows. */
  readonly among?: RawBuilder<unknown>
  /** Held on a day, of the cards that the asker reads. */
  readonly commitments?: { readonly kinds: readonly string[]; readonly on: string }
  /** A need that stands, of the cards that the asker reads. */
  readonly need?: (typeof needsSought)[number]
  /** Over the last twelve months told, of the recruitment cards that the asker reads. */
  readonly hires?: Hires
  /** Over the next three months at least, where the recruitment card tells it. */
  readonly expectedHires?: number
  /** Services used, of the cards that the asker reads. */
  readonly services?: Services
  /** A campaign that the asker sees, or which of those that are open. */
  readonly campaign?: (typeof campaignsSought)[number] | string
  /** Their last contact, of those that the asker may read. */
  readonly contact?: { readonly never?: boolean; readonly before?: string; readonly since?: string }
}
export interface Filtered extends Asked {
  readonly territoryId?: number
}

export const contacted = (since: string) => sql`(select k.siret from contacted_from(${since}::date) k)`
export const targeted = (campaign: string) =>
  campaign === 'any' || campaign === 'none' || campaign === 'mine'
    ? sql`(select k.siret from targeted_by(null, ${campaign === 'mine'}) k)`
    : sql`(select k.siret from targeted_by(${campaign}::uuid, false) k)`

const services = ({ kinds }: Services, since: string) => sql`services_users(${kinds ?? null}::text[], ${since}::date)`
/** Those that used none since a day, which the asker may know: where they read the services. */
export const without = (sought: Services, since: string) =>
  sql`(ctx.covers((select ctx.fiche()), e.region_id, e.departement_id, e.epci_id, e.clpe_id)
    or ctx.covers((select ctx.recrutement()), e.region_id, e.departement_id, e.epci_id, e.clpe_id))
    and not exists (select from ${services(sought, since)} u where u.siret = e.siret)`

/** The departments of a territory; of the whole country, with them what lies in none. */
export const departmentsOf = (territoryId = 0) =>
  sql`(select other_id as id from territory_overlaps where territory_id = ${territoryId}::int and other_id between 2000
    and 2999${territoryId === 0 ? sql` union all select null` : sql``})`

const inDepartments = (row: string, territoryId: number | undefined) =>
  territoryId ? sql`${sql.ref(`${row}.departement_id`)} in ${departmentsOf(territoryId)}` : sql`true`

const classColumns: Record<HireClass, string> = {
  cdi: 'cdi',
  'cdd-long': 'cdd_long',
  cdd: 'cdd',
  ctt: 'ctt',
  'work-study': 'work_study',
}
/** The classes of one choice of the search; undefined: whatever they hire. */
export const classesOf = (sought: HiresSought): readonly HireClass[] | undefined =>
  sought === 'any' ? undefined : sought === 'durable' ? ['cdi', 'cdd-long'] : [sought]
/** Of a row of hirings_recent, the hires of these classes. */
const hiresOf = (classes: readonly HireClass[] | undefined) =>
  classes
    ? sql.join(
        hireClasses.filter(one => classes.includes(one)).map(one => sql.ref(`h.${classColumns[one]}`)),
        sql` + `,
      )
    : sql.ref('h.total')
/** Of such a row, how many rows have enough hires for each choice of the search, as columns of their names. */
export const countedByHires = (atLeast: number) =>
  sql.join(
    hiresSought.map(
      sought => sql`(count(*) filter (where ${hiresOf(classesOf(sought))} >= ${atLeast}))::int as ${sql.ref(sought)}`,
    ),
  )

/** Whether a perimeter shares a commune with a territory. */
const reaches = async (db: Db, perimeter: RawBuilder<unknown>, territoryId = 0): Promise<boolean> =>
  (await db.first(sql<{
    reached: boolean
  }>`select cardinality(own) > 0 and (${territoryId}::int = 0 or 0 = any (own) or exists (select from territory_overlaps o
      where o.territory_id = any (own) and o.other_id = ${territoryId}::int)) as reached from (select ${perimeter} as own) p`))!
    .reached

/** Whether a choice by services or by hires reaches what the asker reads; undefined where it is not asked. */
export const readReached = async (
  db: Db,
  asked: { readonly services: boolean; readonly hires: boolean },
  territoryId: number | undefined,
) => {
  const [services, hires] = await Promise.all([
    asked.services ? reaches(db, sql`ctx.fiche() || ctx.recrutement()`, territoryId) : undefined,
    asked.hires ? reaches(db, sql`ctx.recrutement()`, territoryId) : undefined,
  ])
  return { services, hires }
}
const sets: {
  readonly [K in keyof Asked]-?: (asked: NonNullable<Asked[K]>, filter: Filtered) => RawBuilder<unknown>[]
} = {
  among: among => [among],
  commitments: ({ kinds, on }) => [
    sql`(select distinct c.siret from commitments_holding(${on}::date) c where c.kind_id = any (${kinds}::uuid[]))`,
  ],
  need: need => [sql`(select n.siret from needs_standing(${need === 'any' ? null : need}) n)`],
  expectedHires: (atLeast, { territoryId }) => [
    sql`(select h.siret from hires_expected(${atLeast}) h where ${inDepartments('h', territoryId)})`,
  ],
  services: (sought, { territoryId }) =>
    sought.usedSince === undefined && sought.notUsedSince !== undefined
      ? []
      : [
          sql`(select distinct u.siret from ${services(sought, sought.usedSince ?? everUsed)} u
            where ${inDepartments('u', territoryId)})`,
        ],
  campaign: campaign => (campaign === 'none' ? [] : [targeted(campaign)]),
  contact: ({ since, before }) =>
    since !== undefined || before !== undefined ? [contacted(since ?? '-infinity')] : [],
  // Many beside the others: their departments keep the reading short.
  hires: ({ classes, atLeast }, { territoryId }) => [
    sql`(select h.siret from hirings_recent h where ${hiresOf(classes)} >= ${atLeast}
      and ${inDepartments('h', territoryId)})`,
  ],
}
const kinds = Object.keys(sets) as (keyof Asked)[]

/** The sets of SIRETs, of which a search finds none but members: read first, whatever the size of the register. */
export const setsOf = (filter: Filtered): RawBuilder<unknown>[] =>
  kinds.flatMap(<K extends keyof Asked>(kind: K) => {
    const asked = filter[kind]
    return asked === undefined
      ? []
      : (sets[kind] as (of: typeof asked, filter: Filtered) => RawBuilder<unknown>[])(asked, filter)
  })
