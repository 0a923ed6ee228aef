import { companySizeWords, legalNatureWords } from '../../../contract/territory-and-register/employer-kinds.ts'

export interface EmployerPart {
  readonly code: string
  readonly label: string
}
const partsOf = (dimension: string, words: Readonly<Record<string, string>>): readonly EmployerPart[] =>
  Object.entries(words).map(([code, label]) => ({ code: `${dimension}.${code}`, label }))

/** The dimensions of the establishments reached, as parts of their figure (EST-14). */
export const employerParts = {
  natures: partsOf('nature', { ...legalNatureWords, unknown: 'Nature non renseignée' }),
  sizes: partsOf('size', { ...companySizeWords, unknown: 'Taille non renseignée' }),
}
export const employerPart = (code: string | undefined): EmployerPart | undefined =>
  [...employerParts.natures, ...employerParts.sizes].find(part => part.code === code)
