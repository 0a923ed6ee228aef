import { type RawBuilder, sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Writing } from './correspondent-writes.queries.ts'
import { answeringAt } from './links.queries.ts'
import type { DatedValue, MergePlan } from './merge-rules.ts'

/** Another card that is part of this one. */
export interface MergedCard {
  readonly id: string
  readonly keptId: string
  readonly mergedAt: Date
  readonly organisationName: string
  /** As the other card said it; empty when it said neither name nor role. */
  readonly name: string
}
const said = (field: string) => sql`(select v.value from correspondent_merge_values w
  join correspondent_values v on v.id = w.value_id where w.merge_id = m.id and w.absorbed and v.field = ${field}
  order by v.recorded_at desc, v.id limit 1)`
export const mergedCards = (db: Db, keptIds: RawBuilder<unknown>): Promise<MergedCard[]> =>
  db.all(sql<MergedCard>`select m.id, m.kept_id, m.merged_at, o.name as organisation_name,
    coalesce(nullif(concat_ws(' ', ${said('givenName')}, ${said('familyName')}), ''), ${said('role')}, '') as name
    from correspondent_merges m join organisations o on o.id = m.organisation_id
    where m.undone_at is null and m.kept_id in ${keptIds} order by m.merged_at, m.id`)

export interface Pair {
  readonly one: string
  readonly other: string
}
/** Pairs that somebody said to be two people, at an establishment. */
export const toldApart = (db: Db, siret: number): Promise<Pair[]> =>
  db.all(sql<Pair>`select a.one_id as one, a.other_id as other from correspondents_apart a
    where a.one_id in (select w.id from ${answeringAt(sql`${siret}`)} w)`)
export const tellApart = (db: Db, id: string, others: readonly string[], { organisationId, authorId, now }: Writing) =>
  others.length === 0
    ? Promise.resolve(0)
    : db.run(
        k
          .insertInto('correspondentsApart')
          .values(
            others.map(other => ({
              oneId: id < other ? id : other,
              otherId: id < other ? other : id,
              organisationId,
              authorId,
              toldAt: now,
            })),
          )
          .onConflict(conflict => conflict.doNothing()),
      )

export interface NewMerge {
  readonly id: string
  readonly keptId: string
  readonly absorbedId: string
  readonly informedTaken: boolean
}
/** Remembers the values as they are, then carries them: one batch. */
export const saveMerge = async (
  db: Db,
  merge: NewMerge,
  { moved, setAside }: MergePlan,
  { organisationId, authorId, now }: Writing,
): Promise<void> => {
  const ids = (values: MergePlan['moved']) => values.map(({ id }) => id)
  const aside = ids(setAside)
  await Promise.all([
    db.run(k.insertInto('correspondentMerges').values({ ...merge, organisationId, authorId, mergedAt: now })),
    db.run(sql`insert into correspondent_merge_values (merge_id, value_id, absorbed, confirmed_at, confirmed_by_id,
        confirmed_organisation_id)
      select ${merge.id}::uuid, v.id, v.correspondent_id = ${merge.absorbedId}::uuid, v.confirmed_at, v.confirmed_by_id,
        v.confirmed_organisation_id
      from correspondent_values v where v.id = any (${[...new Set([...ids(moved), ...aside])]}::uuid[])`),
    db.run(sql`update correspondent_values set correspondent_id = ${merge.keptId}::uuid
      where id = any (${ids(moved)}::uuid[])`),
    db.run(sql`update correspondent_values set replaced_at = ${now} where id = any (${aside}::uuid[])`),
    db.run(sql`update correspondents set merged_into = ${merge.keptId}::uuid, version = version + 1
      where id = ${merge.absorbedId}::uuid`),
    merge.informedTaken
      ? db.run(sql`update correspondents k set informed_on = a.informed_on, informed_how = a.informed_how,
          informed_organisation_id = a.informed_organisation_id
          from correspondents a where k.id = ${merge.keptId}::uuid and a.id = ${merge.absorbedId}::uuid`)
      : 0,
  ])
}

export interface StandingMerge extends NewMerge {
  readonly mergedAt: Date
  readonly undoneAt: Date | null
}
export const findMerge = (db: Db, id: string): Promise<StandingMerge | undefined> =>
  db.first(sql<StandingMerge>`select id, kept_id, absorbed_id, informed_taken, merged_at, undone_at
    from correspondent_merges where id = ${id}::uuid`)

/** A value that a merge concerned, where it is now. */
export interface MergedValue extends DatedValue {
  readonly correspondentId: string
  readonly absorbed: boolean
}
export const mergedValues = (db: Db, mergeId: string): Promise<MergedValue[]> =>
  db.all(sql<MergedValue>`select v.id, v.field, v.recorded_at, v.replaced_at, v.correspondent_id, w.absorbed
    from correspondent_merge_values w join correspondent_values v on v.id = w.value_id
    where w.merge_id = ${mergeId}::uuid`)
/** All that a card ever said and still holds. */
export const allValuesOf = (db: Db, id: string): Promise<DatedValue[]> =>
  db.all(sql<DatedValue>`select id, field, recorded_at, replaced_at from correspondent_values
    where correspondent_id = ${id}::uuid`)

/** The values absorbed go back as they were, with who had confirmed them then. */
export const saveUnmerge = async (
  db: Db,
  merge: StandingMerge,
  restored: readonly string[],
  { organisationId, authorId, now }: Writing,
): Promise<void> => {
  await Promise.all([
    db.run(sql`update correspondent_values v set correspondent_id = ${merge.absorbedId}::uuid, replaced_at = null,
        confirmed_at = w.confirmed_at, confirmed_by_id = w.confirmed_by_id,
        confirmed_organisation_id = w.confirmed_organisation_id
      from correspondent_merge_values w where w.merge_id = ${merge.id}::uuid and w.absorbed and v.id = w.value_id`),
    db.run(sql`update correspondent_values set replaced_at = null where id = any (${restored}::uuid[])`),
    merge.informedTaken
      ? db.run(sql`update correspondents k set informed_on = null, informed_how = null, informed_organisation_id = null
          from correspondents a where k.id = ${merge.keptId}::uuid and a.id = ${merge.absorbedId}::uuid
            and (k.informed_on, k.informed_how, k.informed_organisation_id)
              = (a.informed_on, a.informed_how, a.informed_organisation_id)`)
      : 0,
    db.run(sql`update correspondents set merged_into = null, version = version + 1
      where id = ${merge.absorbedId}::uuid`),
    db.run(sql`update correspondent_merges set undone_at = ${now}, undone_by = ${authorId}::uuid,
      undone_organisation = ${organisationId}::uuid where id = ${merge.id}::uuid`),
  ])
}
