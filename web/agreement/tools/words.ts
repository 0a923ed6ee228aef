import type { toolStates } from '../../../contract/agreement/tools.ts'
import type { MissingTerm, Profile, Tool } from '../../../contract/route.ts'
import { formatCount } from '../../platform/format.ts'

export const serviceWords: Record<(typeof toolStates)[number], string> = {
  disponible: 'disponible',
  perturbe: 'perturbé',
  indisponible: 'indisponible',
  maintenance: 'en maintenance',
}
export const serviceTones = {
  disponible: 'success',
  perturbe: 'warning',
  indisponible: 'error',
  maintenance: 'info',
} as const

const readsHires =
  'Lire les embauches déclarées des établissements de votre périmètre, en nombres, et les comparer à leur activité.'

/** The powers of a profile in a tool, in a sentence. */
export const opens: Record<Tool, Record<Profile, string>> = {
  campagnes: {
    consultation: 'Voir les campagnes de votre périmètre dont votre structure est membre.',
    conseiller: 'Voir les campagnes, prendre en charge leurs cibles, y enregistrer les échanges.',
    responsable: 'Tout ce que fait un conseiller, et répartir les cibles au sein de votre structure.',
    pilote: 'Préparer, ouvrir et piloter des campagnes sur votre périmètre.',
  },
  'fiche-etablissement': {
    consultation: 'Lire la fiche des établissements de votre périmètre et leur historique.',
    conseiller: 'Lire la fiche, tenir les interlocuteurs et dire d’où vient chaque information.',
    responsable: 'Lire la fiche, tenir les interlocuteurs et dire d’où vient chaque information.',
    pilote: 'Lire la fiche, tenir les interlocuteurs et dire d’où vient chaque information.',
  },
  'fiche-recrutement': {
    consultation: readsHires,
    conseiller: readsHires,
    responsable: readsHires,
    pilote: readsHires,
  },
}
/** Reasons why a grant opens nothing, and who can help. */
export const missingWords: Record<
  MissingTerm,
  { lacks: string; who: 'me' | 'rgc' | 'training' | 'signatory' | 'cssi' | 'operator' }
> = {
  account: { lacks: 'Votre compte n’est pas actif.', who: 'rgc' },
  block: { lacks: 'Votre accès est bloqué le temps d’une vérification.', who: 'cssi' },
  convention: { lacks: 'Votre structure n’a pas de convention en vigueur.', who: 'signatory' },
  contract: { lacks: 'Le contrat au titre duquel vous intervenez est terminé.', who: 'rgc' },
  inactivity: { lacks: 'Vos habilitations sont suspendues après deux mois sans activité.', who: 'rgc' },
  cgu: { lacks: 'Les conditions générales d’utilisation sont à accepter.', who: 'me' },
  confidentialite: { lacks: 'Les règles de confidentialité sont à accepter.', who: 'me' },
  securite: { lacks: 'Les règles de sécurité sont à lire et à accepter.', who: 'me' },
  'cgu-unpublished': {
    lacks: 'L’opérateur n’a pas encore publié les conditions générales d’utilisation.',
    who: 'operator',
  },
  'confidentialite-unpublished': {
    lacks: 'L’opérateur n’a pas encore publié les règles de confidentialité.',
    who: 'operator',
  },
  'securite-unpublished': { lacks: 'L’opérateur n’a pas encore publié les règles de sécurité.', who: 'operator' },
  'cpu-unpublished': {
    lacks: 'L’opérateur n’a pas encore publié les conditions particulières de cet outil.',
    who: 'operator',
  },
  'annex-4-unpublished': {
    lacks: 'L’opérateur n’a pas encore publié la liste des outils communs (annexe 4).',
    who: 'operator',
  },
  awareness: { lacks: 'Votre sensibilisation à la sécurité date de plus d’un an.', who: 'training' },
  'annex-4': { lacks: 'Cet outil ne fait pas partie des outils communs.', who: 'operator' },
  'sign-in': {
    lacks:
      'Les directives de l’opérateur n’acceptent pas, pour ce profil, le moyen par lequel vous vous êtes connecté : reconnectez-vous avec ProConnect et un second facteur.',
    who: 'me',
  },
  cpu: { lacks: 'Les conditions particulières de cet outil sont à accepter.', who: 'me' },
  perimeter: { lacks: 'Le périmètre sort des territoires de votre structure.', who: 'rgc' },
  confirmation: {
    lacks: 'Elle attend qu’une seconde personne de votre structure la confirme : un autre RGC, ou le signataire.',
    who: 'rgc',
  },
}

/** What a change of annex 4 did at once, in sentences. */
export const effectsOf = ({ grantsEnded, partners }: { grantsEnded: number; partners: number }): string[] => [
  ...(grantsEnded > 0 ? [`${formatCount(grantsEnded, 'habilitation a pris fin', 'habilitations ont pris fin')}.`] : []),
  `${formatCount(partners, 'structure sous convention en est prévenue', 'structures sous convention en sont prévenues')} par courriel.`,
]
