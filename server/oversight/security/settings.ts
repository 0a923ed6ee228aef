import type { Budgets } from './suspicion-rules.ts'
import type { Travel } from './travel-rules.ts'

/** Without `travel`, no place is known and none is watched. */
export interface WatchSettings {
  readonly thresholds: Budgets
  /** Employers whose persons a partner may read in a day, for each of its people. */
  readonly byPerson: number
  /** Accounts that one person opens in a week. */
  readonly openings: number
  readonly travel?: Travel | undefined
}

declare module '../../platform/action.ts' {
  interface Settings {
    readonly watch: WatchSettings
  }
}
