import { oneOf } from '../common.ts'

/** What an employer is (EST-14), from the register's legal category. What the register does not say has its own value. */
export const legalNatures = ['company', 'association', 'public', 'other', 'unknown'] as const
export type LegalNature = (typeof legalNatures)[number]
export const LegalNature = oneOf(legalNatures)

/** The size of its whole company, from INSEE's own category and headcount. */
export const companySizes = ['tpe', 'pme', 'eti', 'large', 'unknown'] as const
export type CompanySize = (typeof companySizes)[number]
export const CompanySize = oneOf(companySizes)

export const legalNatureWords: Readonly<Record<LegalNature, string>> = {
  company: 'Entreprise privée',
  association: 'Association ou fondation',
  public: 'Employeur public',
  other: 'Autre organisme',
  unknown: 'Non renseigné',
}
export const companySizeWords: Readonly<Record<CompanySize, string>> = {
  tpe: 'TPE',
  pme: 'PME',
  eti: 'ETI',
  large: 'Grande entreprise',
  unknown: 'Non renseigné',
}
/** The same where one chooses among them. */
export const companySizeChoices: typeof companySizeWords = { ...companySizeWords, tpe: 'TPE (moins de 10 salariés)' }
