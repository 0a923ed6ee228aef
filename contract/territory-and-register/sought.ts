import { Type } from 'typebox'
import { oneOf } from '../common.ts'

/** A need that still stands, of any kind or of recruitment, of the cards that one reads. */
export const needsSought = ['any', 'recrutement'] as const
export const Need = oneOf(needsSought)

/** Kinds of hire as one looks for employers by them; CDD: over six months, or six at most. */
export const hireClasses = ['cdi', 'cdd-long', 'cdd', 'ctt', 'work-study'] as const
export type HireClass = (typeof hireClasses)[number]
/** Any kind; durable ones: CDI and CDD over six months; or one kind. */
export const hiresSought = ['any', 'durable', ...hireClasses] as const
export type HiresSought = (typeof hiresSought)[number]
export const mostHires = 99_999
export const AtLeast = Type.Integer({ minimum: 1, maximum: mostHires })

/** The services that the operator itself counts. `afpr`: a label of the past, read in files and entered nowhere. */
export const serviceKinds = [
  'conseil',
  'redaction-offre',
  'preselection',
  'promotion-profil',
  'mrs',
  'pmsmp',
  'adaptation',
  'poei',
  'contrat-aide',
  'evenement',
  'afpr',
] as const
export type ServiceKind = (typeof serviceKinds)[number]
/** « Used » is any service but an event for the public: the network's « recours ». */
export const everUsed = '2000-01-01'

/** A SIREN or a SIRET, whole or begun. */
export const isNumber = (words: string) => /^\d{9,14}$/.test(words.replace(/[\s.]/g, ''))

/** As the pages say them. */
export const needWords: Readonly<Record<(typeof needsSought)[number], string>> = {
  any: 'Un besoin en cours',
  recrutement: 'Un besoin de recrutement en cours',
}
export const hiresWords: Readonly<Record<HiresSought, string>> = {
  any: 'Toutes embauches',
  durable: 'Durables (CDI, CDD de plus de 6 mois)',
  cdi: 'CDI',
  'cdd-long': 'CDD de plus de 6 mois',
  cdd: 'CDD de 6 mois au plus',
  ctt: 'Intérim (CTT)',
  'work-study': 'Alternance',
}
