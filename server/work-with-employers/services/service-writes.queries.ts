import { sql } from 'kysely'
import type { serviceChanges } from '../../../contract/work-with-employers/services/services.ts'
import { type Db, k } from '../../platform/database.ts'
import { Refused, refusedBy } from '../../platform/errors.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Statement } from './services.queries.ts'

export interface Change {
  readonly change: Exclude<(typeof serviceChanges)[number], 'imported'>
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
const already = refusedBy('operator_services_once', 'operator-service/already')

/** The version and its line in the history are written together: a constraint wants both. */
const insertVersion = (
  db: Db,
  of: { readonly id: string; readonly version: number; readonly siret: number },
  statement: Statement,
  change: Change,
  writing: Writing,
) =>
  db.run(
    k
      .insertInto('operatorServiceVersions')
      .values({ serviceId: of.id, version: of.version, siret: of.siret, ...statement, ...change, ...writing }),
  )

/** A file may bring several of a kind on one day; by hand, the same is never said twice. */
const checkFirst = async (db: Db, siret: number, { kind, usedOn }: Statement, except: string | null) => {
  const other = await db.first(sql<{ id: string }>`select id from operator_services
    where siret = ${siret} and kind = ${kind} and used_on = ${usedOn}::date and withdrawn_at is null
      and id is distinct from ${except}::uuid limit 1`)
  if (other) throw new Refused('operator-service/already')
}

/** Throws operator-service/already where the same stands, also one entered at the same instant. */
export const insertService = async (
  db: Db,
  id: string,
  { siret, regionId, departementId, epciId, clpeId }: Place,
  statement: Statement,
  writing: Writing,
): Promise<void> => {
  await checkFirst(db, siret, statement, null)
  const { organisationId, authorId, at } = writing
  const place = { siret, regionId, departementId, epciId, clpeId }
  const by = { organisationId, authorId, recordedAt: at, source: 'entered', byHand: true } as const
  await db.run(k.insertInto('operatorServices').values({ id, ...place, ...statement, ...by })).catch(already)
  await insertVersion(db, { id, version: 1, siret }, statement, { change: 'entered', reason: null }, writing)
}

/** Locked already. From now on no import changes it. */
export const changeService = async (
  db: Db,
  of: Statement & { readonly id: string; readonly version: number; readonly siret: number },
  statement: Statement,
  change: Change,
  writing: Writing,
): Promise<void> => {
  const withdrawn = change.change === 'withdrawn' ? { withdrawnAt: writing.at } : {}
  if (statement.kind !== of.kind || statement.usedOn !== of.usedOn) await checkFirst(db, of.siret, statement, of.id)
  await db
    .run(
      k
        .updateTable('operatorServices')
        .set({ ...statement, ...withdrawn, byHand: true, version: sql<number>`version + 1` })
        .where('id', '=', of.id),
    )
    .catch(already)
  await insertVersion(db, { ...of, version: of.version + 1 }, statement, change, writing)
}
