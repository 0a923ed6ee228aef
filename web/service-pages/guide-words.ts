import type { GuideName } from './help-address.ts'

/** Read by the pages of help alone: every page loads where help opens. */
export const guideWords: Record<GuideName, { readonly label: string; readonly about: string }> = {
  conseiller: { label: 'Conseiller', about: 'trouver un employeur, appeler, noter, suivre' },
  responsable: { label: 'Responsable', about: 'répartir dans sa structure, reprendre le travail d’un collègue' },
  pilote: { label: 'Pilote', about: 'préparer, ouvrir, répartir et suivre une campagne' },
  signataire: { label: 'Signataire', about: 'la convention de sa structure, ses responsables de comptes' },
  rgc: { label: 'Responsable de gestion de comptes (RGC)', about: 'les comptes, les habilitations, la revue' },
  interlocuteurs: { label: 'Autres interlocuteurs', about: 'RSSI, SI, formation, responsable opérationnel' },
  dpd: { label: 'Délégué à la protection des données (DPD)', about: 'ce qui est gardé, les demandes des personnes' },
  'direction-regionale': { label: 'Direction régionale', about: 'les conventions de sa région' },
  cssi: { label: 'Correspondant sécurité (CSSI)', about: 'les actes, les accès coupés, le journal' },
  administrateur: { label: 'Administrateur', about: 'les textes, le modèle, les moyens de connexion' },
  support: { label: 'Support de l’opérateur', about: 'l’état des outils communs' },
  connexion: { label: 'Connexion', about: 'entrer, le second facteur, le mot de passe' },
  mots: { label: 'Les mots du service', about: 'RGC, CSSI, CLPE, EPCI, cible, réservation, états' },
}
