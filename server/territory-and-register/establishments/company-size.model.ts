import type { CompanySize } from '../../../contract/territory-and-register/employer-kinds.ts'

export interface CompanyFacts {
  /** INSEE's category, under the decree 2008-1354. It counts the whole group, turnover and balance included. */
  readonly category: string | null
  readonly band: string | null
  readonly employer: boolean | null
}
const underTen = ['00', '01', '02', '03']

/**
 * INSEE has no category for micro-enterprises: they are PME that it says to be under ten.
 * Without a category, as for a new company, under ten is all that is known. The SQL twin is company_size.
 */
export const companySizeOf = ({ category, band, employer }: CompanyFacts): CompanySize => {
  if (category === 'GE') return 'large'
  if (category === 'ETI') return 'eti'
  const employsNobody = (band === null || band === 'NN') && employer === false
  if (employsNobody || (band !== null && underTen.includes(band))) return 'tpe'
  return category === 'PME' ? 'pme' : 'unknown'
}
