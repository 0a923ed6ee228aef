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
