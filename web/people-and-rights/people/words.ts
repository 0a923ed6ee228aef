import { anomalyWords } from '../../../contract/people-and-rights/anomalies.ts'
import {
  type departures,
  type importErrors,
  notYetAnomalies,
  type watched,
} from '../../../contract/people-and-rights/people.ts'

type Keyed<K extends readonly string[], V = string> = Record<K[number], V>

export const departureWords: Keyed<typeof departures> = {
  departure: 'Départ',
  'change-of-function': 'Changement de fonction',
  'not-needed': 'Compte qui ne sert plus, sans départ',
  breach: 'Manquement aux obligations',
}
export const watchedWords: Keyed<typeof watched, { short: string; group: string }> = {
  'should-be-suspended': { short: anomalyWords['should-be-suspended'], group: 'sans activité depuis deux mois' },
  'contract-over': { short: anomalyWords['contract-over'], group: 'dont le contrat est terminé' },
  'never-seen': { short: anomalyWords['never-seen'], group: 'sans aucune connexion à ce jour' },
  'not-seen': { short: anomalyWords['not-seen'], group: 'sans activité depuis un mois' },
  'no-grant': { short: anomalyWords['no-grant'], group: 'sans habilitation ni rôle depuis un mois' },
  'never-used': { short: 'habilitation jamais utilisée', group: 'avec une habilitation jamais utilisée' },
  unused: {
    short: 'habilitation inutilisée depuis deux mois',
    group: 'avec une habilitation inutilisée depuis deux mois',
  },
  'beyond-function': { short: anomalyWords['beyond-function'], group: 'avec une habilitation au-delà de la fonction' },
  'beyond-territories': {
    short: anomalyWords['beyond-territories'],
    group: 'avec une habilitation au-delà des territoires de la structure',
  },
  'soon-inactive': {
    short: 'bientôt en suspension',
    group: 'dont l’inactivité entraînera la suspension dans les quatorze jours',
  },
  'not-granted': { short: 'sans habilitation', group: 'sans habilitation depuis moins d’un mois' },
  'link-waiting': { short: 'connexion à confirmer', group: 'dont la connexion attend votre réponse' },
}
/** An account just opened has no grant yet: nothing is wrong with it. */
export const watchedTone = (one: keyof typeof watchedWords) => (one === 'not-granted' ? 'info' : 'warning')
export const isNotYet = (one: keyof typeof watchedWords) => notYetAnomalies.some(notYet => notYet === one)
export const importErrorWords: Keyed<typeof importErrors> = {
  'name-missing': 'prénom ou nom absent',
  'address-malformed': 'courriel mal écrit',
  'address-shared': 'adresse d’un service : il faut celle de la personne',
  'address-twice': 'adresse présente deux fois dans le fichier',
  'address-taken': 'adresse déjà utilisée dans une autre structure',
  'mailbox-taken': 'adresse d’une boîte aux lettres qui a déjà un compte dans la structure',
  'function-missing': 'fonction absente',
  'attachment-unknown': 'qualité inconnue (agent, délégataire ou prestataire)',
  'third-party-unknown': 'délégataire ou prestataire non déclaré',
  'third-party-to-come': 'délégation ou marché qui n’a pas commencé',
  'third-party-over': 'délégation ou marché terminé à cette date',
  'contract-end-missing': 'fin de contrat absente',
  'contract-end-malformed': 'date de fin mal écrite (JJ/MM/AAAA)',
  'contract-end-passed': 'contrat déjà terminé',
  'too-long': 'valeur trop longue',
}
