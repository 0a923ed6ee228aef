import { sql } from 'kysely'
import type { commitmentChanges } from '../../../contract/work-with-employers/commitments.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Dates } from './commitment-rules.ts'

export interface Statement extends Dates {
  readonly kindId: string
  readonly evidence: string
}
export interface Change {
  readonly change: (typeof commitmentChanges)[number]
  readonly reason: string | null
}
/** Who writes, and when. */
export interface Writing {
  readonly organisationId: string
  readonly authorId: string
  readonly at: Date
}
interface Place extends TerritoryLine {
  readonly siret: number
}
const already = refusedBy('commitments_once', 'commitment/already')

/** The version and its line in the history are written together: a constraint wants both. */
const insertVersion = (
  db: Db,
  of: { readonly id: string; readonly version: number },
  statement: Statement,
  change: Change,
  writing: Writing,
) =>
  db.run(
    k
      .insertInto('commitmentVersions')
      .values({ commitmentId: of.id, version: of.version, ...statement, ...change, ...writing }),
  )

/** Throws commitment/already where one of the kind holds in those days, also one noted at the same instant. */
export const insertCommitment = async (
  db: Db,
  id: string,
  { siret, regionId, departementId, epciId, clpeId }: Place,
  statement: Statement,
  writing: Writing,
): Promise<void> => {
  const { organisationId, authorId, at } = writing
  const place = { siret, regionId, departementId, epciId, clpeId }
  await db
    .run(k.insertInto('commitments').values({ id, ...place, ...statement, organisationId, authorId, notedAt: at }))
    .catch(already)
  await insertVersion(db, { id, version: 1 }, statement, { change: 'noted', reason: null }, writing)
}

/** Locked already. */
export const changeCommitment = async (
  db: Db,
  of: { readonly id: string; readonly version: number },
  statement: Statement,
  change: Change,
  writing: Writing,
): Promise<void> => {
  const withdrawn = change.change === 'withdrawn' ? { withdrawnAt: writing.at } : {}
  await db
    .run(
      k
        .updateTable('commitments')
        .set({ ...statement, ...withdrawn, version: sql<number>`version + 1` })
        .where('id', '=', of.id),
    )
    .catch(already)
  await insertVersion(db, { id: of.id, version: of.version + 1 }, statement, change, writing)
}
