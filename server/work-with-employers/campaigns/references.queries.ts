import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import { companySizes, legalNatures } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { EstablishmentLine } from '../../../contract/territory-and-register/establishments.ts'
import type { targetGroupings } from '../../../contract/work-with-employers/campaigns/targets.ts'
import type { Db } from '../../platform/database.ts'
import { sirenText, siretText } from '../../platform/siret.ts'
import { establishmentLines, natureColumn } from '../../territory-and-register/establishments/establishments.queries.ts'

/** An organisation by a column that holds its id, as the contract shows it. */
export const organisationRef = (column: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = ${sql.raw(column)})`

/** The territories that a row carries. */
export const place = (table: string) => {
  const row = sql.raw(table)
  return sql`jsonb_build_object('regionId', ${row}.region_id, 'departementId', ${row}.departement_id, 'epciId',
    ${row}.epci_id, 'clpeId', ${row}.clpe_id)`
}

/** What orders by headcount compare, as text: the largest first, last what has none or no establishment `e`. */
export const headcountKey = sql`case when e.headcount_band ~ '^\\d\\d$'
  then lpad((60 - e.headcount_band::int)::text, 2, '0') else '61' end`

/** The same by size of the company and by legal nature: what is not told comes last. */
export const companySizeKey = sql`array_position(${[...companySizes].toReversed().filter(one => one !== 'unknown')}::text[], e.company_size)`
export const legalNatureKey = sql`nullif(array_position(${legalNatures}::text[], ${natureColumn}), ${legalNatures.length})`

/** Whether the establishment of a column is not to be contacted on a day (EST-10). */
export const isNotToContact = (siret: string, today: string): RawBuilder<unknown> =>
  sql`${sql.ref(siret)} in (select establishments_not_to_contact(${today}::date))`

/** The last day on which it is not to be contacted. */
export const notToContactUntil = async (db: Db, siret: number, today: string): Promise<string | null> =>
  (await db.first(
    sql<{ until: string | null }>`select not_to_contact_until(${siret}::bigint, ${today}::date) as until`,
  ))!.until

/** EST-10: a person who objects to diffusion is aimed at by no campaign. */
export const objectsToDiffusion = async (db: Db, siret: number): Promise<boolean> =>
  (await db.first(sql<{ objects: boolean }>`select objects_to_diffusion(${siret}::bigint) as objects`))!.objects

/** Puts the register's line in place of each SIRET: one read for the whole page. `today` is a day in Paris. */
export const withEstablishments = async <Row extends { readonly siret: number }>(
  db: Db,
  rows: readonly Row[],
  today: string,
): Promise<(Omit<Row, 'siret'> & { establishment: Static<typeof EstablishmentLine> })[]> => {
  const lines = rows.length
    ? await establishmentLines(
        db,
        rows.map(row => row.siret),
        today,
      )
    : new Map()
  return rows.map(({ siret, ...row }) => ({ ...row, establishment: lines.get(siret) ?? gone(siret) }))
}

interface Shareable {
  readonly siret: number
  /** This campaign decided it. */
  readonly shared: boolean
}
interface SharedRow {
  readonly siret: number
  readonly campaigns: { readonly id: string; readonly name: string }[]
  readonly unread: boolean
  /** This campaign decided it, and another has it to work still. */
  readonly shared: boolean
}
/**
 * Which of these targets, still to be worked, another open campaign works too, whichever of the two decided to share
 * (CAM-3): those read by name, the others as the card tells them, without a name. Of those that this one decided to
 * share, that it is so still, whatever one reads.
 */
const sharedTargets = (db: Db, campaignId: string, rows: readonly Shareable[], today: string): Promise<SharedRow[]> => {
  const sirets = rows.map(({ siret }) => siret)
  const decided = rows.filter(({ shared }) => shared).map(({ siret }) => siret)
  return db.all(sql<SharedRow>`
    select t.siret, coalesce(o.campaigns, '[]') as campaigns, u.siret is not null as unread,
      k.siret is not null as shared
    from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
    left join worked_unread(${sirets}::bigint[], ${today}::date) u (siret) on u.siret = t.siret
    left join still_shared(${campaignId}::uuid, ${decided}::bigint[]) k (siret) on k.siret = t.siret
    left join lateral (select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name)
        order by d.name collate "fr-x-icu", d.id) as campaigns
      from campaign_targets s join campaigns d on d.id = s.campaign_id and d.status = 'open' and d.starts_on <= ${today}::date
      where s.siret = t.siret and s.campaign_id <> t.campaign_id and s.status not in ('traite', 'ecarte')) o on true
    where t.campaign_id = ${campaignId}::uuid and t.siret = any (${sirets}::bigint[])
      and t.status not in ('traite', 'ecarte')
      and (o.campaigns is not null or u.siret is not null or k.siret is not null)`)
}

/** Targets with the register's line, and who else works them: two reads for the whole page, sent together. */
export const wholeTargets = async <Row extends Shareable>(
  db: Db,
  campaignId: string,
  rows: readonly Row[],
  today: string,
) => {
  const [targets, shared] = await Promise.all([
    withEstablishments(db, rows, today),
    rows.length ? sharedTargets(db, campaignId, rows, today) : [],
  ])
  const others = new Map(shared.map(row => [row.siret, row]))
  return targets.map((target, i) => {
    const { campaigns = [], unread = false, shared = false } = others.get(rows[i]!.siret) ?? {}
    return { ...target, shared, sharedWith: campaigns.length || unread ? { campaigns, unread } : null }
  })
}

/** What people recorded outlives the register's row: only its number is left. */
export const gone = (siret: number): Static<typeof EstablishmentLine> => ({
  siret: siretText(siret),
  siren: sirenText(Math.floor(siret / 100_000)),
  name: null,
  sign: null,
  activity: null,
  town: null,
  communeCode: null,
  headcount: null,
  legalNature: 'unknown',
  companySize: 'unknown',
  employer: null,
  active: false,
  headOffice: false,
  partialDiffusion: true,
})

export type TargetGrouping = (typeof targetGroupings)[number]
/** What the targets `t` of one group have alike, as text. */
export const groupKeys: Record<TargetGrouping, RawBuilder<unknown>> = {
  status: sql`t.status`,
  commune: sql`(select e.commune_code from establishments e where e.siret = t.siret)`,
  organisation: sql`coalesce(t.assigned_organisation, t.taken_by_organisation)::text`,
  holder: sql`t.taken_by::text`,
}
/** Those of one group: what they have alike is `of`, or nothing. */
export interface OfGroup {
  readonly group?: TargetGrouping | undefined
  readonly of?: string | undefined
}
