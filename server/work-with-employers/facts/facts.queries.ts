import { sql } from 'kysely'
import type { FactName } from '../../../contract/work-with-employers/facts.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface FactRow {
  readonly id: string
  readonly field: FactName
  readonly value: string
  readonly source: 'personne-concernee' | 'conseiller'
  readonly organisationId: string
  readonly organisationName: string
  /** Null where the reader sees no names. */
  readonly author: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  readonly observedOn: string
  readonly recordedAt: Date
  readonly replacedAt: Date | null
  readonly confirmedAt: Date | null
  readonly confirmedOn: string | null
  readonly confirmedByName: string | null
}
export interface FieldVersion {
  readonly field: FactName
  readonly version: number
}
const facts = sql`select f.id, f.field, f.value, f.source, f.organisation_id, o.name as organisation_name,
    (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
      a.organisation_id) from accounts a where a.id = f.author_id) as author,
    f.observed_on, f.recorded_at, f.replaced_at, f.confirmed_at, ctx.paris_day(f.confirmed_at) as confirmed_on,
    c.name as confirmed_by_name
  from establishment_facts f join organisations o on o.id = f.organisation_id
    left join organisations c on c.id = f.confirmed_organisation_id`

/** What stands of each field, the newest first. */
export const factsAt = (db: Db, siret: number): Promise<FactRow[]> =>
  db.all(sql<FactRow>`${facts} where f.siret = ${siret} and f.replaced_at is null
    order by f.field, f.recorded_at desc, f.id desc`)
/** The version of each field of which something was ever said. */
export const versionsAt = (db: Db, siret: number): Promise<FieldVersion[]> =>
  db.all(sql<FieldVersion>`select field, sum(version)::int as version from establishment_facts
    where siret = ${siret} group by field`)
/** All that was ever said of a field, the newest first. */
export const historyOf = (db: Db, siret: number, field: FactName): Promise<FactRow[]> =>
  db.all(sql<FactRow>`${facts} where f.siret = ${siret} and f.field = ${field}
    order by f.recorded_at desc, f.id desc limit 200`)
/** Held until the end: two who write of one field go one after the other, of the first value too. */
export const holdField = (db: Db, siret: number, field: FactName): Promise<unknown> =>
  db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`fact ${siret} ${field}`}, 0))`)

/** Who writes, and when. */
export interface Writing {
  readonly organisationId: string
  readonly authorId: string
  readonly at: Date
}
interface NewFact extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly field: FactName
  readonly value: string
  readonly source: FactRow['source']
  readonly observedOn: string
}
export const insertFact = async (db: Db, fact: NewFact, { organisationId, authorId, at }: Writing): Promise<void> => {
  await db
    .run(k.insertInto('establishmentFacts').values({ ...fact, organisationId, authorId, recordedAt: at }))
    .catch(refusedBy('establishment_facts_once', 'request/changed-meanwhile'))
}
const next = sql<number>`version + 1`
/** They stay in the history. */
export const replaceFacts = async (db: Db, ids: readonly string[], at: Date): Promise<void> => {
  if (ids.length)
    await db.run(k.updateTable('establishmentFacts').set({ replacedAt: at, version: next }).where('id', 'in', ids))
}
export const confirmFacts = async (
  db: Db,
  ids: readonly string[],
  { organisationId, authorId, at }: Writing,
): Promise<void> => {
  const confirmed = { confirmedAt: at, confirmedById: authorId, confirmedOrganisationId: organisationId }
  if (ids.length)
    await db.run(
      k
        .updateTable('establishmentFacts')
        .set({ ...confirmed, version: next })
        .where('id', 'in', ids),
    )
}
