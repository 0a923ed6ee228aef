import { type RawBuilder, sql } from 'kysely'

/** Days are Europe/Paris, both included. */
export interface Filter {
  readonly from: string
  readonly to: string
  readonly organisation?: string | undefined
  readonly territory?: number | undefined
  readonly campaign?: string | undefined
  /** No use has a day after this one. */
  readonly today?: string
}
export const and = (...clauses: (RawBuilder<unknown> | false)[]) =>
  sql.join(
    clauses.filter(c => c !== false),
    sql` and `,
  )
export const some = <T>(value: T | undefined, clause: (value: T) => RawBuilder<unknown>) =>
  value !== undefined && clause(value)
