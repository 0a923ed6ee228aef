import { askedOf, readFilters } from '../../../contract/territory-and-register/search-address.ts'
import type { HiresAsked } from '../../territory-and-register/recruitments/looked-by-hires.ts'

/** What a view asks of hires, as the trail says it of a search on the web; nothing of the others. */
export const hiresAsked = (
  { list, address }: { readonly list: string; readonly address: Readonly<Record<string, string>> },
  today: string,
): HiresAsked | undefined => {
  const asked = list === 'search' ? askedOf(readFilters(address).filters, today) : undefined
  if (asked?.hires === undefined || asked.hiresAtLeast === undefined) return undefined
  const { hires, hiresAtLeast, territory = null, q } = asked
  // One number is one employer.
  const [siret = null] = /^\d{14}$/.exec(q?.replaceAll(/[\s.]/g, '') ?? '') ?? []
  return { hires, hiresAtLeast, territory, siret }
}
