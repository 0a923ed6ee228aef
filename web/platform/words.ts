import type { Role } from '../../contract/route.ts'
import type { Me } from './session.ts'

/** Words of the contract's codes that more than one feature shows. */
export { dataCategoryWords, profileWords, toolWords } from '../../contract/words.ts'
export const roleWords: Record<Role, string> = {
  rgc: 'responsable de gestion de comptes (RGC)',
  signataire: 'signataire',
  'correspondant-si': 'correspondant SI',
  dpd: 'délégué à la protection des données (DPD)',
  rssi: 'responsable de la sécurité (RSSI)',
  'responsable-formation': 'responsable de la formation',
  'responsable-operationnel': 'responsable opérationnel',
  cssi: 'correspondant sécurité (CSSI)',
  'direction-regionale': 'direction régionale',
  support: 'assistance',
  administrateur: 'administrateur',
}
export const proofWords = {
  proconnect: 'ProConnect',
  totp: 'application de codes',
  passkey: 'clé d’accès',
  'recovery-code': 'code de secours',
} as const
export const territoryKindWords = {
  national: '',
  region: 'la région',
  departement: 'le département',
  clpe: 'le CLPE',
  epci: 'l’EPCI',
} as const

export const territoryInWords = ({ kind, name }: Me['rights'][number]['territory']) =>
  kind === 'national' ? 'toute la France' : `${territoryKindWords[kind]} ${name}`
