import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'

export interface NewOrganisation {
  readonly id: string
  readonly siret: number
  readonly name: string
  readonly kind: string
  readonly createdAt: Date
}

export const findOrganisationBySiret = (db: Db, siret: number) =>
  db.first(k.selectFrom('organisations').select(['id', 'name', 'kind']).where('siret', '=', siret))
export const organisationKind = async (db: Db, id: string) =>
  (await db.first(k.selectFrom('organisations').select('kind').where('id', '=', id)))?.kind
export const insertOrganisation = (db: Db, organisation: NewOrganisation) =>
  db.run(k.insertInto('organisations').values(organisation))

const named = (q: string | undefined) =>
  q ? sql<boolean>`position(search_words(${q}) in search_words(name)) > 0` : sql<boolean>`true`
export const listOrganisations = (
  db: Db,
  { q, after, limit }: { q: string | undefined; after: { name: string; id: string } | undefined; limit: number },
) =>
  db.all(
    k
      .selectFrom('organisations')
      .select(['id', 'name', 'kind'])
      .where(named(q))
      .$if(after !== undefined, query =>
        query.where(sql<boolean>`(name collate "fr-x-icu", id) > (${after!.name}, ${after!.id}::uuid)`),
      )
      .orderBy('name', by => by.collate('fr-x-icu'))
      .orderBy('id')
      .limit(limit),
  )
export const countOrganisations = async (db: Db, q: string | undefined): Promise<number> =>
  (await db.first(k.selectFrom('organisations').select(sql<number>`count(*)`.as('n')).where(named(q))))!.n
