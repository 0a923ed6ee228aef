/** Executable specification: production runs the SQL (ctx.held_in_directory); directory.parity.test.ts proves them equal. */
export interface Holding {
  readonly tool: string
  /** Of the grant, or those that its agency serves: none when it opens nothing. */
  readonly territoryIds: readonly number[]
  readonly missing: readonly string[]
}
export interface Sought {
  readonly tool?: string
  /** The territory sought, and those that share a commune with it. */
  readonly touched?: readonly number[]
}

/**
 * Someone is in the directory by one grant in effect; sought, by one that is of the tool and over the territory.
 * The SQL twin is ctx.held_in_directory.
 */
export const isListed = (holdings: readonly Holding[], { tool, touched }: Sought = {}): boolean =>
  holdings.some(
    held =>
      held.missing.length === 0 &&
      held.territoryIds.length > 0 &&
      (tool === undefined || held.tool === tool) &&
      (touched === undefined || held.territoryIds.some(id => touched.includes(id))),
  )
