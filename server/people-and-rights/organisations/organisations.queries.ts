import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { parseSiret } from '../../platform/siret.ts'

export interface NewOrganisation {
  readonly id: string
  readonly siret: number
  readonly name: string
  readonly kind: string
  readonly createdAt: Date
}

/** Of its seat, or of another establishment that it has on this day. */
const hasSiret = (siret: number) => sql<boolean>`(siret = ${siret} or exists (select from organisation_sirets s
  where s.organisation_id = organisations.id and s.siret = ${siret} and s.siret_id is not null
    and s.period @> ctx.paris_day(ctx.clock())))`
export const findOrganisationBySiret = (db: Db, siret: number) =>
  db.first(k.selectFrom('organisations').select(['id', 'name', 'kind']).where(hasSiret(siret)))
export const organisationKind = async (db: Db, id: string) =>
  (await db.first(k.selectFrom('organisations').select('kind').where('id', '=', id)))?.kind
export const insertOrganisation = (db: Db, organisation: NewOrganisation) =>
  db.run(k.insertInto('organisations').values(organisation))

/** By a part of its name, or by one of its SIRETs, whole. */
const named = (q: string | undefined) => {
  if (!q) return sql<boolean>`true`
  const siret = parseSiret(q)
  return siret === undefined ? sql<boolean>`position(search_words(${q}) in search_words(name)) > 0` : hasSiret(siret)
}
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
