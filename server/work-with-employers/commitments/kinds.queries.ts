import { sql } from 'kysely'
import { type CommitmentFamily, commitmentFamilies } from '../../../contract/work-with-employers/commitments.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'

export interface KindRow {
  readonly id: string
  readonly family: CommitmentFamily
  readonly label: string
  readonly version: number
  readonly retiredAt: Date | null
}
export interface Named {
  readonly family: CommitmentFamily
  readonly label: string
}
const kinds = sql`select id, family, label, version, retired_at from commitment_kinds`
const already = refusedBy('commitment_kinds_label', 'commitment/kind-already')

/** Those in use first, by family and name. */
export const allKinds = (db: Db): Promise<KindRow[]> =>
  db.all(
    sql<KindRow>`${kinds} order by retired_at is not null,
      array_position(${[...commitmentFamilies]}::text[], family), label collate "fr-x-icu", id`,
  )
export const kindById = (db: Db, id: string): Promise<KindRow | undefined> =>
  db.first(sql<KindRow>`${kinds} where id = ${id}::uuid`)
/** Whoever keeps the list locks it until the end; others lock nothing. */
export const lockKind = async (db: Db, id: string): Promise<KindRow | undefined> => {
  const [, kind] = await Promise.all([
    db.all(sql<{ id: string }>`select id from commitment_kinds where id = ${id}::uuid for update`),
    kindById(db, id),
  ])
  return kind
}

/** Throws commitment/kind-already where one in use bears the name, also one added at the same instant. */
export const insertKind = (db: Db, id: string, named: Named, createdBy: string, createdAt: Date): Promise<number> =>
  db.run(k.insertInto('commitmentKinds').values({ id, ...named, createdBy, createdAt })).catch(already)
export const saveKind = (db: Db, id: string, change: Partial<Named> & { retiredAt?: Date | null }): Promise<number> =>
  db
    .run(
      k
        .updateTable('commitmentKinds')
        .set({ ...change, version: sql<number>`version + 1` })
        .where('id', '=', id),
    )
    .catch(already)
