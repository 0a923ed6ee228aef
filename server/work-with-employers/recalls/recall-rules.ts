import type { RecallSettings } from './settings.ts'

/** The owner first, then the leads, then the pilot. */
export const inOrder = ({ ownerDays, leadDays, pilotDays }: RecallSettings): boolean =>
  ownerDays < leadDays && leadDays < pilotDays
