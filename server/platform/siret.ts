import { type RawBuilder, sql } from 'kysely'

/** SIRET and SIREN are numbers in the database and text at the edge: 14 and 9 digits, zeros kept. */
export const siretText = (siret: number): string => String(siret).padStart(14, '0')
export const sirenText = (siren: number): string => String(siren).padStart(9, '0')

const luhn = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
const digitSum = (digits: string): number => [...digits].reduce((sum, digit) => sum + Number(digit), 0)

/**
 * The key of a SIRET, which is never all zeros: Luhn, except La Poste's other establishments (SIREN 356000000), whose
 * digits add up to a multiple of five.
 */
export const isSiret = (text: string): boolean =>
  /^\d{14}$/.test(text) &&
  Number(text) > 0 &&
  (luhn(text) || (text.startsWith('356000000') && digitSum(text) % 5 === 0))

/** A SIRET as a person pastes it (spaces, dots, non-breaking spaces), as a number; undefined when it is not one. */
export const parseSiret = (pasted: string): number | undefined => {
  const digits = pasted.replace(/[\s.\u00a0\u202f]/g, '')
  return isSiret(digits) ? Number(digits) : undefined
}

/** The key of a SIREN, Luhn over its nine digits. */
export const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && Number(text) > 0 && luhn(text)

/** Of one company: the same first nine digits. */
export const sameCompany = (siret: number, other: number): boolean =>
  Math.floor(siret / 100_000) === Math.floor(other / 100_000)
/** The column holds a SIRET of the same company as this one: the same first nine digits. */
export const ofSameCompany = (column: string, siret: number): RawBuilder<boolean> => {
  const first = Math.floor(siret / 100_000) * 100_000
  return sql<boolean>`${sql.raw(column)} between ${first} and ${first + 99_999}`
}

/** A part of a list of one company: so many of its lines, after so many. */
export interface Slice {
  readonly limit: number
  readonly from: number
}
