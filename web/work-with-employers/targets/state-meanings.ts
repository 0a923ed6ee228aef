import type { Target } from '../campaigns/words.ts'

/** What each state says, as the rules of targets decide it; the guide of words says the same. */
export const stateMeanings: Record<Target['status'], string> = {
  'a-contacter': 'Aucun conseiller ne s’en occupe, et aucun contact n’est enregistré dans cette campagne.',
  'prise-en-charge': 'Un conseiller s’en occupe, et aucun contact n’est encore enregistré.',
  'en-cours':
    'Contactée au moins une fois, sans besoin, rendez-vous ni réponse qui la clôt. Le résultat qu’une structure garde pour elle se lit ainsi.',
  'rendez-vous': 'Le dernier contact qui a abouti est un rendez-vous pris. Un appel sans réponse n’y change rien.',
  besoin: 'Le dernier contact qui a abouti est un besoin détecté. Un appel sans réponse n’y change rien.',
  traite:
    'Le dernier contact qui a abouti est un refus, aucun besoin, un établissement fermé ou déjà suivi ; ou le pilote l’a close ainsi.',
  ecarte:
    'Retirée du travail, avec un motif : laissée à une autre campagne, fermée au répertoire ou écartée par le pilote, qui peut la remettre.',
}
