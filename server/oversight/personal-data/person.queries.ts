import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

/** One person as a card, an account or a contact names them; several stand for one person when the operator says so. */
export interface FoundPerson {
  readonly kind: 'account' | 'correspondent' | 'contact'
  readonly id: string
}

type Row = { kind: FoundPerson['kind']; id: string }

/** By the number of an account, a correspondent's card or a contact; a merged card answers as the one that is kept. */
export const personsById = (db: Db, id: string): Promise<FoundPerson[]> =>
  db.all(sql<Row>`
    with recursive up as (
      select c.id, c.merged_into from correspondents c where c.id = ${id}::uuid
      union select c.id, c.merged_into from up u join correspondents c on c.id = u.merged_into)
    select 'account' as kind, a.id from accounts a where a.id = ${id}::uuid
    union all select 'correspondent', u.id from up u where u.merged_into is null
    union all select 'contact', x.id from convention_contacts x where x.id = ${id}::uuid`)

/** By an address in force: a former one may be another person's today. Lower case. */
export const personsByEmail = (db: Db, email: string): Promise<FoundPerson[]> =>
  db.all(sql<Row>`
    with recursive up as (
      select c.id, c.merged_into from correspondents c where c.id in (select v.correspondent_id
        from correspondent_values v
        where v.field = 'email' and lower(v.value) = ${email} and v.replaced_at is null)
      union select c.id, c.merged_into from up u join correspondents c on c.id = u.merged_into),
    account as (
      select c.account_id as id from account_contacts c where lower(c.email) = ${email}
      union select d.account_id from departed_people d where lower(d.email) = ${email})
    select 'account' as kind, a.id from account a
    union all select 'correspondent', u.id from up u where u.merged_into is null
    union all select 'contact', min(x.id::text)::uuid from convention_contacts x
      where lower(x.email) = ${email} and not exists (select from account) group by lower(btrim(x.name))`)

/** By a phone in E.164: of the directory, of a correspondent's card, of a convention. */
export const personsByPhone = (db: Db, phone: string): Promise<FoundPerson[]> =>
  db.all(sql<Row>`
    with recursive up as (
      select c.id, c.merged_into from correspondents c where c.id in (select v.correspondent_id
        from correspondent_values v
        where v.field in ('phone', 'otherPhone') and v.value = ${phone} and v.replaced_at is null)
      union select c.id, c.merged_into from up u join correspondents c on c.id = u.merged_into)
    select 'account' as kind, d.account_id as id from directory_entries d
      where d.phone = ${phone}
    union all select 'correspondent', u.id from up u where u.merged_into is null
    union all select 'contact', min(x.id::text)::uuid from convention_contacts x
      where regexp_replace(regexp_replace(x.phone, '[^0-9+]', '', 'g'), '^0(?=[1-9])', '+33') = ${phone}
        and not exists (select from account_contacts a where lower(a.email) = lower(x.email))
      group by lower(x.email), lower(btrim(x.name))`)

/** What the rows of the person are found by. */
export interface Keys {
  readonly account: readonly string[]
  readonly correspondent: readonly string[]
  readonly contact: readonly string[]
  readonly email: readonly string[]
}

/** Every card merged into the one that is kept; the contacts at the address of an account, or of one name at one. */
export const keysOf = async (db: Db, persons: readonly FoundPerson[]): Promise<Keys> => {
  const ids = (kind: FoundPerson['kind']) => persons.filter(one => one.kind === kind).map(one => one.id)
  const [accounts, roots, contacts] = [ids('account'), ids('correspondent'), ids('contact')]
  const row = (await db.first(sql<{ correspondent: string[]; contact: string[]; email: string[] }>`
    with recursive cards as (
      select c.id from correspondents c where c.id = any (${roots}::uuid[])
      union select c.id from cards k join correspondents c on c.merged_into = k.id),
    email as (
      select lower(c.email) as email from account_contacts c where c.account_id = any (${accounts}::uuid[])
      union select lower(d.email) from departed_people d where d.account_id = any (${accounts}::uuid[])),
    contact as (
      select x.id, lower(x.email) as email from convention_contacts x where lower(x.email) in (select email from email)
      union select x.id, lower(x.email) from convention_contacts x join convention_contacts y
        on lower(y.email) = lower(x.email) and lower(btrim(y.name)) = lower(btrim(x.name))
        where y.id = any (${contacts}::uuid[]))
    select coalesce((select array_agg(id::text) from cards), '{}') as correspondent,
      coalesce((select array_agg(id::text) from contact), '{}') as contact,
      coalesce((select array_agg(distinct e.email) from (select email from email union select email from contact) e
        where e.email is not null and not exists (select from convention_contacts o
          where lower(o.email) = e.email and o.id not in (select id from contact))), '{}') as email`))!
  return { account: accounts, ...row }
}

/** A column and the values that it may have; `words`: text, its case put aside; else numbers of accounts, cards… */
export interface Wanted {
  readonly column: string
  readonly values: readonly string[]
  readonly words: boolean
}

/** The rows of a table where one of these answers, as JSON, with those columns alone, in a steady order. */
export const rowsWhere = async (
  db: Db,
  table: string,
  columns: readonly string[],
  wanted: readonly Wanted[],
): Promise<Readonly<Record<string, unknown>>[]> => {
  const clauses = wanted.map(({ column, values, words }) => {
    const at = sql.ref(`t.${column}`)
    return words ? sql`lower(${at}) = any (${values}::text[])` : sql`${at} = any (${values}::uuid[])`
  })
  const found = await db.all(
    sql<{ row: string }>`select to_jsonb(r)::text as row from (
      select ${sql.join(columns.map(column => sql.ref(`t.${column}`)))} from ${sql.table(table)} t
      where ${sql.join(clauses, sql` or `)}) r order by 1`,
  )
  return found.map(({ row }) => JSON.parse(row) as Record<string, unknown>)
}
