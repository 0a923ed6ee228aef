/** Invented statements, honest and not: row-types.test.ts says what the check finds in each. */
import { sql } from 'kysely'
import type pg from 'pg'
import { type Db, k } from '../../server/platform/database.ts'

interface Everything {
  id: string
  siret: number
  createdAt: Date
  day: string
  sum: string
  names: string[]
  bytes: Buffer
  endsAt: Date | null
  kind: 'autre' | 'epci'
  place: { code: string; parts: readonly number[]; more?: string }
  anything: unknown
  absent?: string
}
export const honest = (db: Db) =>
  db.all(sql<Everything>`
    select o.id, o.siret, o.created_at, date '2026-01-02' as day, 1.5 as sum, array['a'] as names, '\\x00'::bytea as bytes,
      c.ends_at, o.kind, jsonb_build_object('code', '01', 'parts', jsonb_build_array(1)) as place, 1 as anything
    from organisations o left join conventions c on c.organisation_id = o.id`)

export const wrongName = (db: Db) => db.all(sql<{ identifier: string }>`select id from organisations`)
export const oneTooMany = (db: Db) => db.first(sql<{ id: string }>`select id, name from organisations`)
export const sameNameTwice = (db: Db) =>
  db.first(sql<{ id: string }>`select o.id, c.id from organisations o join conventions c on c.organisation_id = o.id`)

export const wrongType = (db: Db) =>
  db.first(sql<{ sum: number; day: Date; siret: string; names: number[] }>`
    select 1.5 as sum, date '2026-01-02' as day, siret, array['a'] as names from organisations`)
export const wrongWidth = (db: Db) => db.first(sql<{ name: string | number }>`select name from organisations`)

/** No row answers: the column of the table is enough. */
export const nullable = (db: Db) => db.first(sql<{ endsAt: Date }>`select ends_at from conventions where false`)
export const observedNull = (db: Db) => db.first(sql<{ n: number }>`select nullif(1, 1) as n`)
export const missingRow = (db: Db) =>
  db.all(sql<{ id: string }>`select c.id from organisations o left join conventions c on false`)
export const neverNull = (db: Db) => db.first(sql<{ name: string | null }>`select name from organisations`)
export const perhapsNull = (db: Db) =>
  db.all(sql<{ id: string | null }>`select c.id from organisations o left join conventions c on false`)
export const nullInside = (db: Db) => db.first(sql<{ names: string[] }>`select array['a', null] as names`)

export const wrongInside = (db: Db) =>
  db.all(sql<{ place: { code: string; on: string; size?: number }; at: Date }>`
    select jsonb_build_object('code', 1, 'of', 'b', 'size', null) as place, to_jsonb(created_at) as at from organisations`)

export const builder = (db: Db) => db.all(k.selectFrom('organisations').select(['id', 'createdAt']))
export const builderWithTemplate = (db: Db) =>
  db.all(k.selectFrom('organisations').select(['id', sql<number>`siret::text`.as('siret')]))
export const without = async (client: pg.ClientBase) =>
  (await client.query<{ createdAt: Date; siret: string }>('select created_at, siret from organisations')).rows

export const neverAsked = (db: Db) => db.first(sql<{ wrong: string }>`select 1 as unseen`)
