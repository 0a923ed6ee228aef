import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { NewValue, Writing } from './correspondent-writes.queries.ts'
import { answeringAt } from './links.queries.ts'

export interface Person {
  readonly id: string
  readonly siret: number
  readonly retired: boolean
  readonly values: readonly { readonly field: string; readonly value: string }[]
  /** What a file brought once and somebody set aside: it is not proposed again. */
  readonly aside: readonly { readonly field: string; readonly value: string }[]
}
/** Whom the viewer knows at these establishments, with what is said of them today; each by its key, however many there are. */
export const peopleAt = (db: Db, sirets: readonly number[]): Promise<Person[]> =>
  db.all(sql<Person>`select c.id, s.siret, w.retired_at is not null as retired, v.values, v.aside
    from unnest(${sirets}::bigint[]) s (siret) cross join lateral ${answeringAt(sql`s.siret`)} w
    join correspondents c on c.id = w.id cross join lateral (
      select jsonb_agg(jsonb_build_object('field', v.field, 'value', v.value)) filter (where v.replaced_at is null) as values,
        coalesce(jsonb_agg(jsonb_build_object('field', v.field, 'value', v.value)) filter (where v.replaced_at is not null
          and v.source = 'fichier-partenaire'), '[]') as aside
      from correspondent_values v where v.correspondent_id = c.id having bool_or(v.replaced_at is null)) v
    where c.merged_into is null order by s.siret, c.created_at, c.id`)

export interface BroughtPerson extends TerritoryLine {
  readonly id: string
  readonly siret: number
}
export interface Brought {
  readonly correspondentId: string
  readonly values: readonly NewValue[]
}
const placeOf = ({ regionId, departementId, epciId, clpeId }: TerritoryLine) => ({
  regionId,
  departementId,
  epciId,
  clpeId,
})

/** People and values out of a partner's file. `completed` are those who were known: their version goes up. */
export const insertBrought = async (
  db: Db,
  people: readonly BroughtPerson[],
  brought: readonly Brought[],
  completed: readonly string[],
  { organisationId, authorId, now }: Writing,
): Promise<void> => {
  const values = brought.flatMap(({ correspondentId, values: all }) =>
    all.map(value => ({ ...value, correspondentId })),
  )
  await Promise.all([
    people.length
      ? db.run(
          k
            .insertInto('correspondents')
            .values(people.map(({ id, siret, ...place }) => ({ id, siret, ...placeOf(place), createdAt: now }))),
        )
      : 0,
    // A value stands where its card does, which may be another establishment than the row's.
    values.length
      ? db.run(sql`insert into correspondent_values (id, correspondent_id, region_id, departement_id, epci_id, clpe_id,
            field, value, source, organisation_id, author_id, recorded_at)
          select r.id, c.id, c.region_id, c.departement_id, c.epci_id, c.clpe_id, r.field, r.value, 'fichier-partenaire',
            ${organisationId}::uuid, ${authorId}::uuid, ${now}
          from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
            as r (id uuid, "correspondentId" uuid, field text, value text)
          join correspondents c on c.id = r."correspondentId"`)
      : 0,
    completed.length
      ? db.run(
          k
            .updateTable('correspondents')
            .set({ version: sql<number>`version + 1` })
            .where('id', 'in', [...completed]),
        )
      : 0,
  ])
}
