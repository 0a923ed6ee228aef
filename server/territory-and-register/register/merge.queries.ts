import type pg from 'pg'
import { layouts, type RegisterKind } from './file-layout.ts'
import { readUnknownCodes, type UnknownCodes } from './unknown-codes.queries.ts'

/*
 * The import's statements. Each batch is one transaction: COPY into a temporary table of text, judge each row, write
 * what is new or changed: in the register itself for a page of the updates, beside it (beside.queries.ts) for a batch
 * of the files.
 */

/**
 * The outcome of the rows of one batch. A row older than the register's leaves it unchanged.
 * So a month's file read after the updates does not undo them.
 */
export type Verdict =
  | 'new'
  | 'changed'
  | 'closed'
  | 'reopened'
  | 'unchanged'
  | 'withdrawn'
  | 'undiffused'
  | 'outside'
  | 'inactive'
  | 'repeated'
export const kept = [
  'new',
  'changed',
  'closed',
  'reopened',
  'unchanged',
  'withdrawn',
] as const satisfies readonly Verdict[]

export interface Scope {
  /** Territory ids; null for the whole register. */
  readonly area: readonly number[] | null
  readonly activeOnly: boolean
}

/** A published value: trimmed, null when empty or masked. */
export const v = (column: string) => `nullif(nullif(btrim(s.${column}), ''), '[ND]')`
export const flag = (column: string) => `case s.${column} when 'O' then true when 'N' then false end`
export const year = (column: string) => `case when s.${column} ~ '^\\d{4}$' then s.${column}::int end`
/** INSEE has written both; we keep one. */
export const nomenclature = (column: string) => `case ${v(column)} when 'NAF2025' then 'NAF25' else ${v(column)} end`
export const hash = (kind: RegisterKind) =>
  `hashtextextended(row(${[...layouts[kind].required, ...layouts[kind].used].map(c => `s.${c}`).join(', ')})::text, 0)`

/**
 * Where the rows go: into the register, or into the tables of the same names beside it, with the range of the batch's
 * keys.
 */
export type Into = 'register' | { readonly low: number; readonly high: number; readonly kept: Kept }
/** Columns and what to write in them. */
export type Kept = readonly (readonly [name: string, value: string])[]

/**
 * Keys that an earlier batch of this kind brought: needed only for one that is out of order, for INSEE's files are
 * sorted.
 */
export const findRepeats = async (
  owner: pg.ClientBase,
  kind: RegisterKind,
  low: number,
  high: number,
): Promise<number[]> => {
  const key = layouts[kind].key
  const { rows } = await owner.query<{ key: string }>(
    `
    delete from staged s using (select distinct unnest(keys) as key from register_build.seen where kind = $1
      and low <= $3 and high >= $2) x where x.key = s.${key}::bigint returning s.${key} as key`,
    [kind, low, high],
  )
  return rows.map(r => Number(r.key))
}
export const saveSeen = (owner: pg.ClientBase, kind: RegisterKind) =>
  owner.query(
    'insert into register_build.seen select $1, min(key), max(key), array_agg(key) from judged having count(*) > 0',
    [kind],
  )

export interface BatchResult {
  readonly counts: Partial<Record<Verdict, number>>
  readonly unknownCommunes: Record<string, number>
  readonly unknownCodes: Partial<UnknownCodes>
  readonly unreadable: number
}
export const readCounts = async (owner: pg.ClientBase, kind: RegisterKind): Promise<BatchResult> => {
  const { rows } = await owner.query<{ verdict: Verdict; n: number; unreadable: number }>(
    'select verdict, count(*)::int as n, coalesce(sum(unreadable), 0)::int as unreadable from judged group by 1',
  )
  const unknown = await owner.query<{ code: string; n: number }>(
    `select unknown_commune as code, count(*)::int as n from judged where unknown_commune is not null
      and verdict = any ($1) group by 1`,
    [kept],
  )
  return {
    counts: Object.fromEntries(rows.map(r => [r.verdict, r.n])),
    unreadable: rows.reduce((sum, r) => sum + r.unreadable, 0),
    unknownCommunes: Object.fromEntries(unknown.rows.map(r => [r.code, r.n])),
    unknownCodes: await readUnknownCodes(owner, kind, kept),
  }
}
export const unreadable = (...columns: string[]) =>
  columns
    .map(c => `(case when ${v(c)} is not null and not pg_input_is_valid(s.${c}, 'timestamp') then 1 else 0 end)`)
    .join(' + ')

export const within = (key: string, into: Into) =>
  into === 'register' ? '' : `and ${key} between ${into.low} and ${into.high}`

/** Links wait beside: what becomes of them is known once the establishments are. */
export const stageLinks = async (owner: pg.ClientBase): Promise<BatchResult> => {
  await owner.query(`insert into register_build.links
    select siretetablissementpredecesseur::bigint, siretetablissementsuccesseur::bigint, s.dateliensuccession::date,
    s.transfertsiege::boolean,
    s.continuiteeconomique::boolean, readable_instant(${v('datederniertraitementliensuccession')}) from staged s`)
  return { counts: {}, unknownCommunes: {}, unknownCodes: {}, unreadable: 0 }
}
