import type { LegalNature } from '../../../contract/territory-and-register/employer-kinds.ts'

/**
 * Families of INSEE's legal categories, by their first digits; the longest that fits says the nature.
 * A sole trader is a private company. So is what two people run together without a company, and a foreign one.
 */
const families: Readonly<Record<string, LegalNature>> = {
  1: 'company', // sole traders
  22: 'company', // sociétés créées de fait
  23: 'company', // sociétés en participation
  3120: 'company', // foreign companies, in the trade register
  3220: 'company', // and out of it
  4: 'public', // public bodies under commercial law: EPIC, régies
  5: 'company', // commercial companies
  6: 'company', // GIE, farming cooperatives, civil companies
  7: 'public', // the State, local authorities, hospitals, schools
  92: 'association',
  93: 'association', // foundations
}

/** The SQL twin is legal_nature. */
export const legalNatureOf = (category: string | null): LegalNature => {
  if (category === null) return 'unknown'
  for (let length = 4; length > 0; length--) {
    const nature = families[category.slice(0, length)]
    if (nature) return nature
  }
  return 'other'
}
