import type pg from 'pg'
import { conjunctsOf } from './clauses.ts'

export interface Policy {
  readonly tablename: string
  readonly policyname: string
  readonly cmd: string
  readonly qual: string | null
  readonly with_check: string | null
}

/**
 * Clauses of a WITH CHECK that say again what USING said of columns that the application may not change, in every
 * policy by which the table is updated: the same rows go through without them.
 */
export const repeated = async (
  database: pg.Client,
): Promise<(policy: Policy, clause: string) => string | undefined> => {
  // A trigger before the update could change any column.
  const { rows: tables } = await database.query<{ name: string; changed: string[]; quals: (string | null)[] }>(
    `select c.relname as name, array(select p.qual from pg_policies p where p.schemaname = 'public'
        and p.tablename = c.relname and p.cmd in ('UPDATE', 'ALL')
        and 'cc_web' = any (p.roles)) as quals, coalesce(array_agg(a.attname::text)
        filter (where a.attgenerated <> '' or has_column_privilege('cc_web', c.oid, a.attnum, 'update')), '{}') as changed
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgtype & 19 = 19)
      group by c.oid, c.relname`,
  )
  // What a volatile function answers may differ from one moment of a statement to the next.
  const { rows: functions } = await database.query<{ name: string }>(
    `select distinct proname as name from pg_proc where provolatile = 'v'
      and pronamespace in ('public'::regnamespace, 'ctx'::regnamespace)`,
  )
  const known = new Map(
    tables.map(({ name, changed, quals }) => [
      name,
      {
        moving: new Set([...changed, ...functions.map(f => f.name)]),
        before: quals.map(qual => new Set(conjunctsOf(qual ?? 'true'))),
      },
    ]),
  )
  return ({ tablename, cmd }, clause) => {
    const table = known.get(tablename)
    if (cmd !== 'UPDATE' || !table) return
    const said = clause.match(/[a-z_]\w*/gi) ?? []
    if (said.some(word => table.moving.has(word) || word.toLowerCase() === 'from')) return
    return conjunctsOf(clause).every(one => table.before.every(using => using.has(one)))
      ? 'USING says it of the same columns, which the application may not change.'
      : undefined
  }
}
