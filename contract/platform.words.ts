import { type Refusals, refusal } from './refusal.ts'

export const refusals = {
  'request/malformed': refusal(400, 'Demande mal formée', 'La demande contient une valeur absente ou mal écrite.'),
  'request/not-json': refusal(415, 'Format non accepté', 'La demande doit être envoyée en JSON.'),
  'request/too-large': refusal(413, 'Demande trop volumineuse', 'La demande dépasse la taille acceptée.'),
  'request/headers-too-large': refusal(
    431,
    'En-têtes trop volumineux',
    'L’adresse et les en-têtes de la demande dépassent ensemble la taille acceptée.',
  ),
  'request/too-slow': refusal(
    408,
    'Demande trop lente',
    'La demande n’est pas arrivée en entier à temps. Envoyez-la de nouveau.',
  ),
  'request/other-origin': refusal(403, 'Origine refusée', 'La demande vient d’un autre site que ce service.'),
  'request/if-match-required': refusal(
    428,
    'Version attendue',
    'Indiquez la version que vous avez lue (en-tête If-Match) pour ne pas écraser le travail d’un autre.',
  ),
  'request/changed-meanwhile': refusal(
    412,
    'Modifié entre-temps',
    'Une autre personne a modifié cette fiche depuis que vous l’avez ouverte.',
  ),
  'request/idempotency-key-reused': refusal(
    422,
    'Déjà enregistré, avec d’autres mots',
    'Une autre demande a déjà été enregistrée sous cette clé (Idempotency-Key). Celle-ci ne l’est pas : rien n’est écrit deux fois.',
  ),
  'request/idempotency-key-malformed': refusal(
    400,
    'Clé mal écrite',
    'Une clé d’idempotence compte de 8 à 128 lettres sans accent, chiffres, points, deux-points, tirets ou soulignés.',
  ),
  'request/too-many': refusal(
    429,
    'Trop de demandes',
    'Vous avez envoyé trop de demandes en peu de temps. Patientez un instant.',
  ),
  'request/cursor-invalid': refusal(
    400,
    'Curseur inconnu',
    'Cette position dans la liste n’est pas reconnue. Reprenez la liste au début.',
  ),
  'export/too-long': refusal(
    422,
    'Liste trop longue',
    'Cette liste tient plus de lignes qu’un fichier n’en reçoit (100 000 ; 10 000 pour une recherche). Ajoutez un filtre, puis exportez-la.',
  ),
  'service/overloaded': refusal(
    503,
    'Service très demandé',
    'Le service est très demandé. Réessayez dans quelques secondes : rien n’a été perdu.',
  ),
  'service/unavailable': refusal(
    503,
    'Service indisponible',
    'Le service est momentanément indisponible. Réessayez dans quelques instants.',
  ),
  'service/bug': refusal(
    500,
    'Erreur du service',
    'Une erreur inattendue s’est produite. Elle est enregistrée ; donnez le numéro de la demande à votre correspondant SI.',
  ),
  'not-found': refusal(404, 'Introuvable', 'Cette page ou cette fiche n’existe pas, ou ne vous est pas ouverte.'),
  'session/required': refusal(401, 'Connexion nécessaire', 'Connectez-vous avec ProConnect pour continuer.'),
  'session/locked': refusal(
    401,
    'Session verrouillée',
    'Votre session est verrouillée après trente minutes sans activité. Confirmez votre second facteur pour reprendre.',
  ),
  'session/second-factor-required': refusal(
    401,
    'Second facteur nécessaire',
    'Confirmez votre identité par un second facteur pour continuer.',
  ),
  'session/step-up-required': refusal(
    403,
    'Confirmation nécessaire',
    'Cette action demande de confirmer de nouveau votre second facteur.',
  ),
  'access/no-grant': refusal(
    403,
    'Habilitation manquante',
    'Votre compte n’a pas d’habilitation pour cette action. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.',
  ),
  'access/outside-perimeter': refusal(
    403,
    'Hors de votre périmètre',
    'Cette action porte sur un territoire hors de votre périmètre. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.',
  ),
  'access/sign-in-not-accepted': refusal(
    403,
    'Moyen de connexion non accepté',
    'Les directives de l’opérateur n’acceptent pas, pour votre profil, le moyen par lequel vous vous êtes connecté. Reconnectez-vous avec ProConnect et un second facteur, ou adressez-vous au responsable de gestion de comptes (RGC) de votre structure.',
  ),
  'access/blocked': refusal(
    403,
    'Accès bloqué',
    'Votre accès est bloqué le temps d’une vérification : usage inhabituel, ou acte exceptionnel de l’opérateur. Le responsable de gestion de comptes (RGC) de votre structure et le correspondant sécurité de l’opérateur sont prévenus.',
  ),
  'access/role-required': refusal(
    403,
    'Réservé à un autre rôle',
    'Cette page est réservée à un rôle que vous ne tenez pas, ou ne tenez plus, dans votre structure.',
  ),
  'access/no-convention': refusal(
    403,
    'Pas de convention en vigueur',
    'Votre structure n’a pas de convention en vigueur : vos habilitations n’ouvrent rien. Adressez-vous à son signataire ou à son responsable opérationnel.',
  ),
  'access/contract-over': refusal(
    403,
    'Contrat terminé',
    'Le contrat au titre duquel vous interveniez est terminé. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.',
  ),
  'access/inactive': refusal(
    403,
    'Suspendu pour inactivité',
    'Vos habilitations sont suspendues après deux mois sans activité. Le responsable de gestion de comptes (RGC) de votre structure peut les rétablir.',
  ),
  'access/conditions-to-accept': refusal(
    403,
    'Conditions à accepter',
    'Acceptez d’abord les conditions d’utilisation en vigueur : vos habilitations reprendront aussitôt.',
  ),
  'access/unpublished': refusal(
    403,
    'Textes ou outils pas encore publiés',
    'L’opérateur n’a pas encore publié tout ce sur quoi reposent vos habilitations : conditions d’utilisation, règles, liste des outils communs (annexe 4). Ses administrateurs le publient ; vos habilitations s’ouvriront alors, conditions acceptées.',
  ),
  'access/awareness-due': refusal(
    403,
    'Sensibilisation à renouveler',
    'Votre sensibilisation à la sécurité date de plus d’un an. Adressez-vous au responsable de la formation de votre structure.',
  ),
  'access/beyond-structure': refusal(
    403,
    'Hors du territoire de la structure',
    'Le périmètre de votre habilitation sort des territoires de votre structure : un RGC de votre structure peut le corriger.',
  ),
  'access/to-confirm': refusal(
    403,
    'En attente de confirmation',
    'Cette habilitation, ou votre compte, attend qu’une seconde personne de votre structure la confirme : un autre RGC, ou le signataire.',
  ),
  'access/tool-withdrawn': refusal(
    403,
    'Outil hors de l’annexe 4',
    'Cet outil ne fait pas partie des outils communs (annexe 4 de la convention).',
  ),
  'access/category-closed': refusal(
    403,
    'Données hors de l’annexe 4',
    'L’annexe 4 de la convention n’ouvre pas cette catégorie de données : rien ne peut y être enregistré ni exporté. Ce qui est déjà noté est conservé.',
  ),
  'document/busy': refusal(
    503,
    'Documents en attente',
    'D’autres documents sont en cours de fabrication. Réessayez dans quelques secondes.',
  ),
  'document/too-long': refusal(
    503,
    'Document trop long à faire',
    'Ce document n’a pas pu être fait à temps. Réessayez dans une minute ; si cela recommence, donnez le numéro de la demande à votre correspondant SI.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'demonstration.laid': 'a posé les données de démonstration',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  list: 'Liste',
  service: 'Service',
  setting: 'Réglage',
}
