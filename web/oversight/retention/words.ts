import type { holdable } from '../../../contract/oversight/retention.ts'

/** What each kind of data is, as one chooses it. */
export const endingWords: Readonly<Record<(typeof holdable)[number], string>> = {
  absences: 'Absences déclarées',
  address: 'Changements d’adresse',
  'bulk-works': 'Travaux en nombre',
  departed: 'Personnes parties',
  drafts: 'Brouillons',
  'employer-lines': 'Lignes des fichiers d’employeurs',
  handings: 'Actions remises à un collègue',
  'hiring-rejects': 'Lignes écartées des déclarations d’embauche',
  imports: 'Fichiers de personnes',
  inactivity: 'Rappels d’inactivité',
  mails: 'Courriels envoyés par l’outil',
  notifications: 'Notifications',
  proposals: 'Actions proposées',
  recalls: 'Rappels de cibles et de besoins',
  release: 'Adresses libérées',
  'rights-requests': 'Demandes de droits',
  satisfaction: 'Enquêtes de satisfaction',
  'service-rejects': 'Lignes écartées des services',
  sessions: 'Sessions',
  trail: 'Détails du journal',
  uploads: 'Fichiers envoyés',
  'view-watches': 'Vues suivies',
}
