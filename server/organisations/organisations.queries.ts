import { sql } from 'kysely'
import { sql } from 'kysely'
import { type Db, k } from '../platform/database.ts'

export interface NewOrganisation { readonly id: string; readonly siret: number; readonly name: string; readonly kind: string; readonly createdAt: Date }
export interface NewAccount { readonly id: string; readonly organisationId: string; readonly givenName: string; readonly familyName: string; readonly function: string; readonly email: string; readonly createdAt: Date }

export const findOrganisationBySiret = (db: Db, siret: number) => db.first(k.selectFrom('organisations').select(['id', 'name', 'kind']).where('siret', '=', siret))
export const insertOrganisation = (db: Db, organisation: NewOrganisation) => db.run(k.insertInto('organisations').values(organisation))

export const findAccountByEmail = (db: Db, email: string) => db.first(k.selectFrom('accountContacts').select(['accountId', 'organisationId']).where('email', '=', email.toLowerCase()))
/** The account, and its address apart from it. */
export const insertAccount = async (db: Db, { email, ...account }: NewAccount) => {
  await db.run(k.insertInto('accounts').values(account))
  await db.run(k.insertInto('accountContacts').values({ accountId: account.id, organisationId: account.organisationId, email: email.toLowerCase() }))
}

export interface OrganisationFilter { readonly q?: string; readonly limit: number; readonly after?: { readonly key: string; readonly id: string } }
const named = ({ q }: OrganisationFilter) => q === undefined ? sql`true` : sql`search_vector(o.name, '{}') @@ search_query(${q}, '{}')`
export const listOrganisations = (db: Db, f: OrganisationFilter) => db.all(sql<{ id: string; name: string; kind: string; key: string }>`
  select o.id, o.name, o.kind, search_words(o.name) as key from organisations o
  where ${named(f)} and ${f.after ? sql`(search_words(o.name), o.id) > (${f.after.key}, ${f.after.id}::uuid)` : sql`true`} order by key, o.id limit ${f.limit}`)
export const countOrganisations = async (db: Db, f: OrganisationFilter): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from organisations o where ${named(f)}`))!.n

const named = (q: string | undefined) => (q ? sql<boolean>`position(search_words(${q}) in search_words(name)) > 0` : sql<boolean>`true`)
export const listOrganisations = (db: Db, { q, after, limit }: { q: string | undefined; after: { name: string; id: string } | undefined; limit: number }) =>
  db.all(k.selectFrom('organisations').select(['id', 'name', 'kind']).where(named(q))
    .$if(after !== undefined, query => query.where(sql<boolean>`(name, id) > (${after!.name}, ${after!.id}::uuid)`))
    .orderBy('name').orderBy('id').limit(limit))
export const countOrganisations = async (db: Db, q: string | undefined): Promise<number> =>
  (await db.first(k.selectFrom('organisations').select(sql<number>`count(*)`.as('n')).where(named(q))))!.n
