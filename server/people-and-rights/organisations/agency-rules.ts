import type { RefusalCode } from '../../../contract/refusals.ts'

/** `within`: in the territories of the structure; `served`: in what the agency serves already. */
export interface AskedTerritory {
  readonly id: number
  readonly kind: string
  readonly within: boolean
  readonly served: boolean
}
/**
 * What is wrong with what an agency would serve; null: nothing. A region or the whole country is given to a person,
 * whom a second one confirms. What it serves already may stay.
 */
export const agencyFault = (
  asked: readonly AskedTerritory[],
  wanted: number,
  kept: readonly number[] = [],
): RefusalCode | null => {
  if (asked.length !== wanted) return 'territory/unknown'
  const added = asked.filter(t => !kept.includes(t.id))
  if (added.some(t => t.kind === 'national' || t.kind === 'region')) return 'agency/too-wide'
  return added.some(t => !t.within) ? 'territory/beyond-structure' : null
}
/** The territories added that lie outside what it served. */
export const widens = (asked: readonly Pick<AskedTerritory, 'id' | 'served'>[]): number[] =>
  asked.filter(t => !t.served).map(t => t.id)
