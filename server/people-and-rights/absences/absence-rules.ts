import type { RefusalCode } from '../../../contract/refusals.ts'
import { addDays } from '../../platform/time.ts'

export interface Days {
  readonly startsOn: string
  /** The last day away. */
  readonly endsOn: string
}
const longest = 731

/** What keeps an absence from being said; null: nothing. One that has begun may be said, one that is over may not. */
export const refusedDays = ({ startsOn, endsOn }: Days, today: string): RefusalCode | null => {
  if (endsOn < startsOn) return 'absence/backwards'
  if (endsOn < today) return 'absence/over'
  return endsOn > addDays(startsOn, longest) ? 'absence/too-long' : null
}
