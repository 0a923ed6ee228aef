/** A rule that stands twice, in TypeScript and in SQL. Where the file is a `.model.ts`, the SQL alone runs. */
export interface Twin {
  /** Its name in TypeScript, in this file of server/. */
  readonly rule: string
  readonly file: string
  /** Functions (`ctx.covers`), policies (`table.policy`) or conditions exported by a `.queries.ts`. */
  readonly sql: readonly string[]
  /** The test that compares the two. */
  readonly parity: string
}

/** What one test compares, of one file. */
export const provenBy = (parity: string, file: string, rules: Record<string, readonly string[]>): Twin[] =>
  Object.entries(rules).map(([rule, sql]) => ({ rule, file, sql, parity }))
