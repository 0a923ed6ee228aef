import type { NeedKind, NeedState, needAdvice, needContracts } from './needs.ts'

export const needKindLabels: Record<NeedKind, string> = {
  recrutement: 'Recrutement',
  formation: 'Formation',
  immersion: 'Immersion (PMSMP)',
  conseil: 'Conseil',
  'contrat-aide': 'Contrat aidé',
  autre: 'Autre besoin',
}
export const needAdviceLabels: Record<(typeof needAdvice)[number], string> = {
  'poste-de-travail': 'poste de travail',
  inclusion: 'inclusion',
  handicap: 'handicap',
}
export const needContractLabels: Record<(typeof needContracts)[number], string> = {
  cdi: 'CDI',
  cdd: 'CDD',
  interim: 'intérim',
  saisonnier: 'saisonnier',
  apprentissage: 'apprentissage',
  professionnalisation: 'professionnalisation',
  insertion: 'insertion (IAE)',
}
export const needStateLabels: Record<NeedState, string> = {
  ouvert: 'ouvert',
  'pris-en-charge': 'pris en charge',
  'partiellement-pourvu': 'partiellement pourvu',
  pourvu: 'pourvu',
  'pourvu-autrement': 'pourvu autrement',
  abandonne: 'abandonné',
}
