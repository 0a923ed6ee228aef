import { oneOf } from '../common.ts'

/** A need that still stands, of any kind or of recruitment, of the cards that one reads. */
export const needsSought = ['any', 'recrutement'] as const
export const needWords: Readonly<Record<(typeof needsSought)[number], string>> = {
  any: 'Un besoin en cours',
  recrutement: 'Un besoin de recrutement en cours',
}
export const Need = oneOf(needsSought)
