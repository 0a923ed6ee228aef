import type { Thresholds } from './suspicion-rules.ts'
import type { Travel } from './travel-rules.ts'

/** Without `travel`, no place is known and none is watched. */
export interface WatchSettings {
  readonly thresholds: Thresholds /** Employers whose persons a partner may read in a day, for each of its people. */
  readonly byPerson: number
  readonly travel?: Travel | undefined
}

let current: WatchSettings | undefined
/** Told once, when the process starts: actions are constants, and know their settings from here. */
export const setWatch = (settings: WatchSettings): void => {
  current = settings
}
export const watchSettings = (): WatchSettings => {
  if (!current) throw new Error('setWatch has not been called')
  return current
}
