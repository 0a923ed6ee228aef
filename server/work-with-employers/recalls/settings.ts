/** Days without anything done. */
export interface RecallSettings {
  readonly ownerDays: number
  readonly leadDays: number
  readonly pilotDays: number
}
/** Those of targets, where their campaign sets none, and those of needs. */
export interface RecallDelays {
  readonly targets: RecallSettings
  readonly needs: RecallSettings
}
declare module '../../platform/action.ts' {
  interface Settings {
    readonly recalls: RecallSettings
  }
}
