import type { Me } from './session.ts'

/** Words of the contract's codes that more than one feature shows. */
export const toolWords = { campagnes: 'Campagnes coordonnées', 'fiche-etablissement': 'Fiche établissement', 'fiche-recrutement': 'Fiche pratique de recrutement' } as const
export const profileWords = { consultation: 'consultation', conseiller: 'conseiller', responsable: 'responsable', pilote: 'pilote' } as const
export const proofWords = { proconnect: 'ProConnect', totp: 'application de codes', passkey: 'clé d’accès', 'recovery-code': 'code de secours' } as const
export const territoryKindWords = { national: '', region: 'la région', departement: 'le département', clpe: 'le CLPE', epci: 'l’EPCI' } as const

export const territoryInWords = ({ kind, name }: Me['rights'][number]['territory']) => (kind === 'national' ? 'toute la France' : `${territoryKindWords[kind]} ${name}`)
