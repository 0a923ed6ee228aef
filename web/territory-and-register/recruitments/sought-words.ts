import type { HiresSought, needsSought } from '../../../contract/territory-and-register/sought.ts'

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
