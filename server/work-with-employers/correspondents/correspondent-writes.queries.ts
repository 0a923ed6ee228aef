import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

export interface Informed {
  readonly on: string
  readonly how: string
}
/** Who writes, and when. */
export interface Writing {
  readonly organisationId: string
  readonly authorId: string
  readonly now: Date
}
export interface NewValue {
  readonly id: string
  readonly field: string
  readonly value: string
}
interface Place extends TerritoryLine {
  readonly id: string
}

const told = (informed: Informed | undefined, organisationId: string) =>
  informed && { informedOn: informed.on, informedHow: informed.how, informedOrganisationId: organisationId }
const placeOf = ({ regionId, departementId, epciId, clpeId }: TerritoryLine) => ({
  regionId,
  departementId,
  epciId,
  clpeId,
})

export const insertCorrespondent = (
  db: Db,
  row: Place & { readonly siret: number },
  informed: Informed | undefined,
  { organisationId, now }: Writing,
): Promise<unknown> =>
  db.run(
    k.insertInto('correspondents').values({
      id: row.id,
      siret: row.siret,
      ...placeOf(row),
      createdAt: now,
      ...told(informed, organisationId),
    }),
  )

export const insertValues = (
  db: Db,
  of: Place,
  values: readonly NewValue[],
  observedOn: string,
  { organisationId, authorId, now }: Writing,
): Promise<unknown> =>
  values.length === 0
    ? Promise.resolve()
    : db.run(
        k.insertInto('correspondentValues').values(
          values.map(value => ({
            ...value,
            correspondentId: of.id,
            ...placeOf(of),
            source: 'conseiller',
            organisationId,
            authorId,
            observedOn,
            recordedAt: now,
          })),
        ),
      )

/** They stay in the history. */
export const replaceValues = (db: Db, ids: readonly string[], now: Date): Promise<unknown> =>
  db.run(
    k
      .updateTable('correspondentValues')
      .set({ replacedAt: now })
      .where('id', 'in', [...ids, ...none]),
  )
export const confirmValues = (db: Db, ids: readonly string[], { organisationId, authorId, now }: Writing) =>
  db.run(
    k
      .updateTable('correspondentValues')
      .set({ confirmedAt: now, confirmedById: authorId, confirmedOrganisationId: organisationId })
      .where('id', 'in', [...ids, ...none]),
  )
/** An empty list is no SQL. */
const none = ['00000000-0000-0000-0000-000000000000']

interface Change {
  readonly informed?: Informed | undefined
  readonly retired?: { readonly at: Date; readonly reason: string } | null
}
/** Each change of a person or of their values gives a new version. */
export const touchCorrespondent = (db: Db, id: string, organisationId: string, { informed, retired }: Change) =>
  db.run(
    k
      .updateTable('correspondents')
      .set({
        version: sql<number>`version + 1`,
        ...told(informed, organisationId),
        ...(retired === undefined ? {} : { retiredAt: retired?.at ?? null, retiredReason: retired?.reason ?? null }),
      })
      .where('id', '=', id),
  )
