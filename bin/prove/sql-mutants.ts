import type pg from 'pg'
import { cutsOfBody, cutsOfExpression, without } from './clauses.ts'
import { type Policy, repeated } from './repeated.ts'
import { guardedFunctions, roomOfFunction, roomOfTable } from './rooms.ts'

export interface SqlMutant {
  readonly room: string
  /** What it is on: a table or a function. */
  readonly on: string
  /** Its name in the list of those accepted. */
  readonly name: string
  /** The statement that makes it, as the owner. */
  readonly statement: string
  /** The one that takes it back. */
  readonly undo: string
  /** Why it changes nothing, where that is read from the database itself. */
  readonly proof?: string
}
const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

/**
 * Every clause of every policy that the application meets, and of every function that decides rights; what has no room
 * is an error.
 */
export const sqlMutants = async (database: pg.Client): Promise<SqlMutant[]> => {
  const mutants: SqlMutant[] = []
  const changesNothing = await repeated(database)
  const add = (
    room: string | undefined,
    on: string,
    title: string,
    cut: string,
    by: string,
    statement: string,
    undo: string,
    proof?: string,
  ) => {
    if (!room) throw new Error(`${on} has no room in bin/prove/rooms.ts`)
    const name = `${title}: ${plain(cut)} → ${by}`
    const again = mutants.filter(m => m.name.replace(/ \(\d+\)$/, '') === name).length
    mutants.push({
      room,
      on,
      name: again ? `${name} (${again + 1})` : name,
      statement,
      undo,
      ...(proof ? { proof } : {}),
    })
  }
  const { rows: policies } = await database.query<Policy>(
    `select tablename, policyname, cmd, qual, with_check from pg_policies where schemaname = 'public'
      and 'cc_web' = any (roles) order by 1, 2`,
  )
  for (const of of policies) {
    const { tablename: table, policyname: policy, qual, with_check: check } = of
    for (const [clause, text] of [
      ['using', qual],
      ['with check', check],
    ] as const) {
      if (text === null) continue
      for (const cut of cutsOfExpression(text))
        add(
          roomOfTable(table),
          table,
          `${table}.${policy} ${clause}`,
          text.slice(cut.start, cut.end),
          cut.by,
          `alter policy ${policy} on public.${table} ${clause} (${without(text, cut)})`,
          `alter policy ${policy} on public.${table} ${clause} (${text})`,
          clause === 'with check' && cut.by === 'true' ? changesNothing(of, text.slice(cut.start, cut.end)) : undefined,
        )
    }
  }
  const { rows: bodies } = await database.query<{ name: string; definition: string; body: string; boolean: boolean }>(
    `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition, prosrc as body,
      prorettype = 'bool'::regtype and not proretset as boolean from pg_proc p
      where p.oid = any ($1::regprocedure[]::oid[]) order by 1`,
    [guardedFunctions],
  )
  for (const { name, definition, body, boolean } of bodies) {
    for (const cut of cutsOfBody(body, boolean))
      add(
        roomOfFunction(name),
        name,
        name,
        body.slice(cut.start, cut.end),
        cut.by,
        definition.replace(body, () => without(body, cut)),
        definition,
      )
  }
  return mutants
}
