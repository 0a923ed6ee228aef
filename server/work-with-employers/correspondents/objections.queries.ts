import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Writing } from './correspondent-writes.queries.ts'
import type { ObjectionDigests } from './objection-digests.ts'
import type { Identifier } from './objection-rules.ts'

/** All that a card and those that are part of it ever said. */
export const everSaid = (db: Db, id: string) =>
  db.all(sql<{ field: string; value: string }>`select distinct field, value from correspondent_values
    where correspondent_id in (select correspondent_cards(${id}::uuid))`)

export interface NewObjection {
  readonly id: string
  readonly correspondentId: string
  readonly objectedOn: string
  readonly how: string
}
/** Written first, then what blocks, then everything that was said is erased: one batch. Answers how many values went. */
export const saveObjection = async (
  db: Db,
  objection: NewObjection,
  blocked: readonly Identifier[],
  digests: ObjectionDigests,
  { organisationId, authorId, now }: Writing,
): Promise<number> => {
  const rows = blocked.map(identifier => ({
    ...digests.made(identifier),
    objectionId: objection.id,
    kind: identifier.kind,
  }))
  const [, , erased] = await Promise.all([
    db.run(k.insertInto('correspondentObjections').values({ ...objection, organisationId, authorId, recordedAt: now })),
    rows.length ? db.run(k.insertInto('objectionDigests').values(rows)) : 0,
    db.first(sql<{ erased: number }>`select erase_objected(${objection.id}::uuid) as erased`),
  ])
  return erased!.erased
}

export const liftObjection = async (
  db: Db,
  id: string,
  reason: string,
  { organisationId, authorId, now }: Writing,
): Promise<void> => {
  await Promise.all([
    db.run(
      k
        .updateTable('correspondentObjections')
        .set({ liftedAt: now, liftedBy: authorId, liftedOrganisation: organisationId, liftReason: reason })
        .where('id', '=', id),
    ),
    db.run(k.deleteFrom('objectionDigests').where('objectionId', '=', id)),
  ])
}

/** Which of these an objection in force blocks. */
export const objectedAmong = async (
  db: Db,
  identifiers: readonly Identifier[],
  digests: ObjectionDigests,
): Promise<readonly Identifier[]> => {
  if (identifiers.length === 0) return []
  const sought = identifiers.map(identifier => ({ identifier, digests: digests.sought(identifier) }))
  const found = await db.all(
    sql<{ digest: Buffer }>`select objected_among(${sought.flatMap(one => one.digests)}::bytea[]) as digest`,
  )
  return sought
    .filter(one => found.some(({ digest }) => one.digests.some(other => other.equals(digest))))
    .map(one => one.identifier)
}
