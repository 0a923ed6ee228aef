import { askedOf, readFilters } from '../../../contract/territory-and-register/search-address.ts'
import type { HiresAsked } from '../../territory-and-register/recruitments/looked-by-hires.ts'

export interface HiresOfView extends HiresAsked {
  readonly hires?: string | undefined
}
/** What a view asks of hires, declared or expected, as the trail says it of a search on the web; nothing of the others. */
export const hiresAsked = (
  { list, address }: { readonly list: string; readonly address: Readonly<Record<string, string>> },
  today: string,
): HiresOfView | undefined => {
  const asked = list === 'search' ? askedOf(readFilters(address).filters, today) : undefined
  if (asked?.hires === undefined && asked?.expectedHires === undefined) return undefined
  const { hires, hiresAtLeast, expectedHires, territory, q } = asked
  // One number is one employer.
  const [siret] = /^\d{14}$/.exec(q?.replaceAll(/[\s.]/g, '') ?? '') ?? []
  return { hires, hiresAtLeast, expectedHires, territory, siret }
}
