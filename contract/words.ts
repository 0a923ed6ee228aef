import type { noticeRoles } from './notices.ts'
import type { DataCategory, Profile, Tool } from './route.ts'

/** The names of the tools and profiles, as every page, mail and document says them. */
export const toolWords: Readonly<Record<Tool, string>> = {
  campagnes: 'Campagnes coordonnées',
  'fiche-etablissement': 'Fiche établissement',
  'fiche-recrutement': 'Fiche pratique de recrutement',
}
/** The categories of data of annex 4 that have a code (AGR-12). */
export const dataCategoryWords: Readonly<Record<DataCategory, string>> = {
  besoins: 'Besoins des employeurs',
  interlocuteurs: 'Interlocuteurs',
  notes: 'Notes',
  engagements: 'Engagements des employeurs',
  renseignements: 'Renseignements tenus sur l’établissement',
}
export const profileWords: Readonly<Record<Profile, string>> = {
  consultation: 'consultation',
  conseiller: 'conseiller',
  responsable: 'responsable',
  pilote: 'pilote',
}
/** The roles of annexes 2 and 2 bis, and those of accounts. */
export const noticeRoleWords: Readonly<Record<(typeof noticeRoles)[number], string>> = {
  gouvernance: 'Gouvernance',
  'responsable-operationnel': 'Responsable opérationnel',
  'correspondant-si': 'Correspondant SI',
  dpd: 'Délégué à la protection des données',
  rssi: 'Responsable de la sécurité (RSSI)',
  'responsable-formation': 'Responsable de la formation',
  cssi: 'Correspondant sécurité (CSSI)',
  support: 'Assistance',
  rgc: 'Responsable de gestion de comptes (RGC)',
  signataire: 'Signataire',
  'direction-regionale': 'Direction régionale',
  administrateur: 'Administrateur',
}
