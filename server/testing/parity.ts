import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Compiles, Database } from '../platform/database.ts'
import type { Viewer } from '../platform/viewer.ts'

/** What row-level security opens to one person. */
export interface Sight {
  readonly viewer: Viewer
  readonly ids: ReadonlySet<string>
}

/**
 * SEC-6: asks `query` (a bare `select id from …`) once in each session, in a transaction undone after, as a request of
 * theirs would.
 * A session that opens nothing at all (ended, too old) has no viewer and is left out.
 */
export const sightsOf = async (
  database: Database,
  tokenHashes: readonly Buffer[],
  query: Compiles<{ id: string }>,
): Promise<Sight[]> => {
  const sights: Sight[] = []
  for (const tokenHash of tokenHashes) {
    const tx = await database.begin()
    try {
      const [viewer, rows] = await Promise.all([tx.enter(tokenHash), tx.all(query)])
      if (viewer) sights.push({ viewer: viewer, ids: new Set(rows.map(row => row.id)) })
    } finally {
      await tx.rollback()
    }
  }
  return sights
}

/**
 * The (viewer, row) pairs on which the policy and the database part; a test of parity wants none, a mutant must make
 * some.
 */
export const disagreements = <Row extends { readonly id: string }>(
  sights: readonly Sight[],
  rows: readonly Row[],
  may: (viewer: Viewer, row: Row) => boolean,
) =>
  sights.flatMap(({ viewer, ids }) =>
    rows.filter(row => may(viewer, row) !== ids.has(row.id)).map(row => ({ viewer, row, inSql: ids.has(row.id) })),
  )

/** Who showed a mutant often shows another: those are asked first. */
const telling = new WeakMap<readonly unknown[], unknown[]>()
/** Whether a mutant is seen: `parts` is asked of one after another, until the first on which it is. */
export const isSeenByOne = async <One>(
  ones: readonly One[],
  parts: (one: One) => boolean | Promise<boolean>,
): Promise<boolean> => {
  const known = telling.get(ones) as One[] | undefined
  const order = known?.length === ones.length ? known : [...ones]
  telling.set(ones, order)
  for (const [n, one] of order.entries())
    if (await parts(one)) {
      order.splice(n, 1)
      order.unshift(one)
      return true
    }
  return false
}
/** The same of sessions, one after another. */
export const isSeen = (
  tokenHashes: readonly Buffer[],
  parts: (one: readonly Buffer[]) => Promise<boolean>,
): Promise<boolean> => isSeenByOne(tokenHashes, hash => parts([hash]))

/** Whether someone parts from the policy on a row: what a mutant must make, so nobody is asked after the first. */
export const someoneDisagrees = <Row extends { readonly id: string }>(
  tokenHashes: readonly Buffer[],
  look: (some: readonly Buffer[]) => Promise<readonly Sight[]>,
  rows: readonly Row[],
  may: (viewer: Viewer, row: Row) => boolean,
): Promise<boolean> => isSeen(tokenHashes, async one => disagreements(await look(one), rows, may).length > 0)

/**
 * Runs `work` while one clause of a SQL function reads otherwise, then puts the function back. `owner` is connected as
 * cc_owner, on a test's own database.
 */
export const withFunctionChanged = async <T>(
  owner: pg.Pool,
  signature: string,
  from: string,
  to: string,
  work: () => Promise<T>,
): Promise<T> => {
  const { rows } = await owner.query('select pg_get_functiondef($1::regprocedure) as text', [signature])
  const original: string = rows[0].text
  await owner.query(changedClause(original, from, to, signature))
  try {
    return await work()
  } finally {
    await owner.query(original)
  }
}

/** The same for the USING of a policy. */
export const withPolicyChanged = async <T>(
  owner: pg.Pool,
  table: string,
  policy: string,
  using: string,
  work: () => Promise<T>,
): Promise<T> => {
  const { rows } = await owner.query(
    "select qual from pg_policies where schemaname = 'public' and tablename = $1 and policyname = $2",
    [table, policy],
  )
  if (!rows[0]) throw new Error(`no policy ${policy} on ${table}`)
  await owner.query(`alter policy ${policy} on ${table} using (${using})`)
  try {
    return await work()
  } finally {
    await owner.query(`alter policy ${policy} on ${table} using (${rows[0].qual})`)
  }
}

/** The same for one clause of a WITH CHECK, wherever it stands; its own table's name before a column is left aside. */
export const withCheckChanged = async <T>(
  owner: pg.Pool,
  table: string,
  policy: string,
  from: string,
  to: string,
  work: () => Promise<T>,
): Promise<T> => {
  const { rows } = await owner.query(
    "select with_check from pg_policies where schemaname = 'public' and tablename = $1 and policyname = $2",
    [table, policy],
  )
  const original: string = rows[0]?.with_check ?? ''
  const clause = from
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/(?<![\w.:'])([a-z][a-z_]+)/g, `(?:${table}\\.)?$1`)
  const changed = original.replaceAll(new RegExp(clause, 'g'), () => to)
  if (changed === original) throw new Error(`${policy} on ${table} does not say: ${from} in ${original}`)
  await owner.query(`alter policy ${policy} on ${table} with check (${changed})`)
  try {
    return await work()
  } finally {
    await owner.query(`alter policy ${policy} on ${table} with check (${original})`)
  }
}

/** A clause as the formatter may lay it out: over several lines, a comma after the last of a list. */
const asLaidOut = (clause: string): RegExp => {
  const tokens = clause.match(/[\p{L}\d_$]+|\s+|[^\s]/gu) ?? []
  const patterns = tokens.map(token => (/^\s/.test(token) ? '\\s+' : RegExp.escape(token)))
  const text = patterns.map((pattern, n) => {
    if (pattern === '\\s+') return /\w/.test(tokens[n - 1] ?? '') && /\w/.test(tokens[n + 1] ?? '') ? '\\s+' : '\\s*'
    // What stands before the clause and after it is not the clause's own.
    const [before, after] = [n > 0 ? '\\s*' : '', n < tokens.length - 1 ? '\\s*' : '']
    return /^[)\]}]$/.test(tokens[n]!)
      ? `${n > 0 ? ',?' : ''}${before}${pattern}`
      : /^[([{.?]$/.test(tokens[n]!)
        ? `${before}${pattern}${after}`
        : pattern
  })
  return new RegExp(text.join(''), 'u')
}

/** A text in which one clause reads otherwise, however it is laid out; throws when `name` does not say it. */
export const changedClause = (text: string, from: string, to: string, name: string): string => {
  const clause = asLaidOut(from)
  if (!clause.test(text)) throw new Error(`${name} does not say: ${from}`)
  return text.replace(clause, () => to)
}

/** Imports a source file in which one clause reads otherwise: a mutant of a policy, of the real text. */
export const importChanged = async <Module>(file: URL, from: string, to: string): Promise<Module> => {
  const source = readFileSync(file, 'utf8')
  const changed = changedClause(source, from, to, file.pathname)
  const url = new URL(`?${encodeURIComponent(from)}=${encodeURIComponent(to)}`, file).href
  const hooks = registerHooks({
    load: (asked, context, next) =>
      asked === url ? { ...next(asked, context), source: changed } : next(asked, context),
  })
  try {
    return await import(url)
  } finally {
    hooks.deregister()
  }
}

/** Each clause reads otherwise in turn, in a source file, then in SQL functions: `parts` says whether the two then part. */
export const eachClauseCounts = async <Module>(
  code: {
    readonly file: URL
    readonly clauses: readonly (readonly [from: string, to: string])[]
    readonly parts: (changed: Module) => boolean | Promise<boolean>
  },
  database: {
    readonly owner: pg.Pool
    readonly clauses: readonly (readonly [signature: string, from: string, to: string])[]
    readonly parts: () => Promise<boolean>
  },
): Promise<void> => {
  for (const [from, to] of code.clauses)
    assert.ok(await code.parts(await importChanged<Module>(code.file, from, to)), `${from} → ${to}`)
  for (const [signature, from, to] of database.clauses)
    await withFunctionChanged(database.owner, signature, from, to, async () =>
      assert.ok(await database.parts(), `${signature}: ${from} → ${to}`),
    )
}

/**
 * How many rows a session's statement writes, undone after. Without WHERE or RETURNING, what one reads does not bound
 * what one writes: the policy of the writing is seen alone.
 */
export const rowsWritten = async (database: Database, tokenHash: Buffer, query: Compiles<unknown>): Promise<number> => {
  const tx = await database.begin()
  try {
    await tx.enter(tokenHash)
    return await tx.run(query)
  } finally {
    await tx.rollback()
  }
}
/** Whether row-level security lets a session write some row; another error than its refusal (42501) is the test's. */
export const mayWrite = async (...asked: Parameters<typeof rowsWritten>): Promise<boolean> => {
  try {
    return (await rowsWritten(...asked)) > 0
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return false
    throw error
  }
}

/** Whether this constraint stops at its commit what a session writes. Undone after. */
export const isHeldAtCommit = async (
  database: Database,
  tokenHash: Buffer,
  query: Compiles<unknown>,
  constraint: string,
): Promise<boolean> => {
  const tx = await database.begin()
  try {
    await tx.enter(tokenHash)
    await tx.run(query)
    return await tx.run(sql`set constraints ${sql.ref(constraint)} immediate`).then(
      () => false,
      error => error.constraint === constraint,
    )
  } finally {
    await tx.rollback()
  }
}

/** In whose name a row `r` is written: the session's where it says `ours` and `mine`, else in these. */
export const inNames = (organisationId: string, accountId: string) => ({
  written: `case when (r ->> 'ours')::boolean then ctx.organisation() else '${organisationId}'::uuid end,
    case when (r ->> 'mine')::boolean then ctx.account() else '${accountId}'::uuid end`,
  ours: (viewer: Viewer, row: { readonly ours: boolean }): boolean =>
    row.ours || viewer.organisationId === organisationId,
  mine: (viewer: Viewer, row: { readonly mine: boolean }): boolean => row.mine || viewer.accountId === accountId,
})

/** The statement that `tried_inserts` tries at present, of each test's own database. */
const tryingNow = new WeakMap<pg.Pool, string>()
/**
 * Which of `rows` each session may insert, tried one by one in a transaction undone after. `insert` is a statement over
 * the row `r`, a jsonb.
 * A constraint speaks after the policies: what only a constraint stops, they let through.
 */
export const insertSights = async (
  owner: pg.Pool,
  database: Database,
  tokenHashes: readonly Buffer[],
  rows: readonly { readonly id: string }[],
  insert: string,
): Promise<Sight[]> => {
  if (tryingNow.get(owner) !== insert)
    await owner.query(`create or replace function tried_inserts(tried jsonb) returns text[] language plpgsql as $tried$
    declare r jsonb; done text[] := '{}'; begin
    for r in select * from jsonb_array_elements(tried) loop
      begin
        ${insert};
        done := done || (r ->> 'id');
      exception when insufficient_privilege then null; when unique_violation or foreign_key_violation
        then done := done || (r ->> 'id');
      end;
    end loop;
    return done;
  end $tried$; grant execute on function tried_inserts(jsonb) to cc_web`)
  tryingNow.set(owner, insert)
  const sights: Sight[] = []
  for (const tokenHash of tokenHashes) {
    const tx = await database.begin()
    try {
      const [viewer, told] = await Promise.all([
        tx.enter(tokenHash),
        tx.first(sql<{ done: string[] }>`select tried_inserts(${JSON.stringify(rows)}::jsonb) as done`),
      ])
      if (viewer) sights.push({ viewer: viewer, ids: new Set(told!.done) })
    } finally {
      await tx.rollback()
    }
  }
  return sights
}
