import { isSiren, isSiret } from '../platform/siret.ts'

/** What was typed: a number of the register, as the interval of SIRETs it begins, or words. */
export type Terms = { readonly kind: 'number'; readonly from: number; readonly to: number; readonly understood: string } | { readonly kind: 'words'; readonly text: string }

/** Nine digits or more, spaces and dots allowed, are a SIREN or the beginning of a SIRET; fewer may stand in a name. */
export const readTerms = (typed: string): Terms => {
  const digits = typed.replace(/[\s.\u00a0\u202f]/g, '')
  if (!/^\d{9,14}$/.test(digits)) return { kind: 'words', text: typed.trim() }
  const unit = 10 ** (14 - digits.length)
  const from = Number(digits) * unit
  return {
    kind: 'number', from, to: from + unit - 1,
    understood: digits.length === 14 ? (isSiret(digits) ? `SIRET ${digits}` : `SIRET ${digits}, dont la clé est fausse`)
      : digits.length === 9 ? (isSiren(digits) ? `SIREN ${digits}` : `SIREN ${digits}, dont la clé est fausse`) : `SIRET commençant par ${digits}`,
  }
}
