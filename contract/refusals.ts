/**
 * Everything the service refuses on purpose: a stable code for programs, its HTTP status, a title, and the sentence a person reads.
 * A code is never renamed; rules and policies throw codes and know nothing of HTTP.
 */
const refusal = (status: number, title: string, detail: string) => ({ status, title, detail })

export const refusals = {
  'request/malformed': refusal(400, 'Demande mal formée', 'La demande contient une valeur absente ou mal écrite.'),
  'request/not-json': refusal(415, 'Format non accepté', 'La demande doit être envoyée en JSON.'),
  'request/too-large': refusal(413, 'Demande trop volumineuse', 'La demande dépasse la taille acceptée.'),
  'request/other-origin': refusal(403, 'Origine refusée', 'La demande vient d’un autre site que ce service.'),
  'request/if-match-required': refusal(428, 'Version attendue', 'Indiquez la version que vous avez lue (en-tête If-Match) pour ne pas écraser le travail d’un autre.'),
  'request/changed-meanwhile': refusal(412, 'Modifié entre-temps', 'Une autre personne a modifié cette fiche depuis que vous l’avez ouverte.'),
  'request/idempotency-key-reused': refusal(422, 'Clé déjà employée', 'Cette clé d’idempotence a déjà servi pour une autre demande.'),
  'request/too-many': refusal(429, 'Trop de demandes', 'Vous avez envoyé trop de demandes en peu de temps. Patientez un instant.'),
  'request/cursor-invalid': refusal(400, 'Curseur inconnu', 'Cette position dans la liste n’est pas reconnue. Reprenez la liste au début.'),
  'service/overloaded': refusal(503, 'Service très demandé', 'Le service est très demandé. Réessayez dans quelques secondes : rien n’a été perdu.'),
  'service/unavailable': refusal(503, 'Service indisponible', 'Le service est momentanément indisponible. Réessayez dans quelques instants.'),
  'service/bug': refusal(500, 'Erreur du service', 'Une erreur inattendue s’est produite. Elle est enregistrée ; donnez le numéro de la demande à votre correspondant SI.'),
  'not-found': refusal(404, 'Introuvable', 'Cette page ou cette fiche n’existe pas, ou ne vous est pas ouverte.'),

  'session/required': refusal(401, 'Connexion nécessaire', 'Connectez-vous avec ProConnect pour continuer.'),
  'session/locked': refusal(401, 'Session verrouillée', 'Votre session est verrouillée après trente minutes sans activité. Confirmez votre second facteur pour reprendre.'),
  'session/second-factor-required': refusal(401, 'Second facteur nécessaire', 'Confirmez votre identité par un second facteur pour continuer.'),
  'session/step-up-required': refusal(403, 'Confirmation nécessaire', 'Cette action demande de confirmer de nouveau votre second facteur.'),
  'second-factor/wrong-code': refusal(422, 'Code incorrect', 'Ce code n’est pas le bon, ou il a déjà servi. Attendez le code suivant.'),
  'second-factor/wait': refusal(429, 'Patientez', 'Trop de codes incorrects ont été saisis. Réessayez après le délai indiqué.'),
  'second-factor/none': refusal(409, 'Aucun second facteur', 'Aucun second facteur de ce type n’est enregistré sur votre compte.'),
  'second-factor/already': refusal(409, 'Déjà enregistré', 'Un second facteur est déjà enregistré. Confirmez-le avant d’en ajouter un autre.'),
  'second-factor/enrolment-lost': refusal(409, 'Enregistrement expiré', 'Cet enregistrement a expiré. Recommencez depuis le début.'),
  'second-factor/passkey-refused': refusal(422, 'Clé d’accès refusée', 'Cette clé d’accès n’a pas pu être vérifiée.'),
  'second-factor/last': refusal(409, 'Dernier second facteur', 'C’est votre dernier second facteur : enregistrez-en un autre avant de retirer celui-ci.'),

  'access/no-grant': refusal(403, 'Habilitation manquante', 'Votre compte n’a pas d’habilitation pour cette action. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.'),
  'access/outside-perimeter': refusal(403, 'Hors de votre périmètre', 'Cette action porte sur un territoire hors de votre périmètre. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.'),

  'territory/contours-too-fine': refusal(400, 'Contours trop nombreux', 'Les contours des communes se demandent pour un département, un CLPE ou un EPCI.'),
  'territory/unknown': refusal(422, 'Territoire inconnu', 'Ce territoire n’est pas connu.'),
  'task-force/pilot-only': refusal(403, 'Réservé au pilote', 'Seule la structure pilote de la task force peut la modifier.'),
  'task-force/sector-unknown': refusal(422, 'Secteur inconnu', 'Ce secteur d’activité n’est pas connu de la nomenclature.'),
  'establishment/unknown': refusal(422, 'Établissement inconnu', 'Ce SIRET n’est pas dans le registre.'),
  'organisation/unknown': refusal(422, 'Structure inconnue', 'Cette structure n’est pas connue.'),
  'account/unknown': refusal(422, 'Personne inconnue', 'Cette personne n’a pas de compte dans cette structure.'),

  'campaign/pilot-only': refusal(403, 'Réservé au pilote', 'Seuls les pilotes de la structure pilote de la campagne peuvent faire cela.'),
  'campaign/member-advisors-only': refusal(403, 'Réservé aux conseillers membres', 'Seuls les conseillers des structures membres de la campagne peuvent faire cela.'),
  'campaign/not-draft': refusal(409, 'Campagne déjà ouverte', 'La campagne n’est plus un brouillon : ses cibles et sa période ne se modifient plus ainsi.'),
  'campaign/not-open': refusal(409, 'Campagne non ouverte', 'La campagne n’est pas ouverte.'),
  'campaign/wrong-status': refusal(409, 'Étape impossible', 'La campagne n’est pas dans l’état qui permet cette action.'),
  'campaign/no-target': refusal(422, 'Aucune cible', 'Ajoutez au moins un établissement avant d’ouvrir la campagne.'),
  'campaign/period-over': refusal(422, 'Période terminée', 'La période de la campagne est déjà terminée.'),
  'campaign/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
  'campaign/undecided-conflicts': refusal(409, 'Conflits à trancher', 'Des établissements sont déjà suivis ou ont été contactés récemment : décidez pour chacun de le laisser, de le partager ou de le prendre.'),
  'campaign/reason-required': refusal(422, 'Motif nécessaire', 'Prendre ou mettre de côté un établissement demande un motif.'),
  'campaign/decision-impossible': refusal(422, 'Décision impossible', 'Cette décision n’est pas possible pour ce conflit.'),
  'campaign/lead-not-entitled': refusal(422, 'Responsable non habilité', 'Un responsable appartient à une structure membre et y a le profil « responsable » ou « pilote » de Campagnes coordonnées sur ce territoire.'),
  'campaign/goal-twice': refusal(422, 'Objectif en double', 'Chaque sorte d’objectif ne se fixe qu’une fois.'),
  'campaign/too-many-targets': refusal(422, 'Trop de cibles', 'Une campagne porte sur 50 000 établissements au plus.'),
  'target/not-in-campaign': refusal(422, 'Hors de la campagne', 'Cet établissement n’est pas une cible de cette campagne.'),
  'target/taken-by-other': refusal(409, 'Déjà pris en charge', 'Une autre personne s’occupe déjà de cet établissement.'),
  'target/assigned-to-other': refusal(409, 'Confié à une autre structure', 'Cet établissement est confié à une autre structure : ses conseillers s’en occupent.'),
  'target/set-aside': refusal(409, 'Cible mise de côté', 'Cet établissement a été mis de côté dans cette campagne.'),

  'sharing/leads-only': refusal(403, 'Réservé aux pilotes et aux responsables', 'Les cibles sont réparties par les pilotes de la campagne et, au sein de leur structure, par ses responsables.'),
  'sharing/recipient-unknown': refusal(422, 'Destinataire impossible', 'Des cibles ne se confient qu’aux structures membres, et aux conseillers de votre structure habilités sur ce territoire.'),
  'sharing/already-done': refusal(409, 'Répartition déjà faite', 'Cette répartition a déjà été faite.'),
  'sharing/stale': refusal(409, 'Simulation trop ancienne', 'Cette simulation date de plus d’une heure : refaites-la pour voir où en sont les cibles.'),
  'sharing/already-undone': refusal(409, 'Répartition déjà annulée', 'Cette répartition n’est pas faite, ou elle a déjà été annulée.'),

  'exchange/author-or-lead-only': refusal(403, 'Réservé à l’auteur', 'Seuls l’auteur de l’échange et les responsables de sa structure peuvent le corriger ou l’annuler.'),
  'exchange/cancelled': refusal(409, 'Échange annulé', 'Cet échange est annulé : il ne se modifie plus.'),
  'exchange/in-future': refusal(422, 'Date à venir', 'Un échange ne peut pas être daté dans l’avenir. Notez plutôt une prochaine action.'),
  'exchange/too-old': refusal(422, 'Date trop ancienne', 'Un échange ne peut pas dater de plus de trois ans.'),
  'exchange/call-back-needs-date': refusal(422, 'Date de rappel attendue', 'Ce résultat demande une prochaine action avec sa date.'),
  'exchange/next-action-in-past': refusal(422, 'Date passée', 'La prochaine action doit être datée du jour de l’échange ou après.'),
  'exchange/outside-campaign-period': refusal(422, 'Hors période', 'Cet échange est daté hors de la période de la campagne.'),
  'exchange/campaign-result-unknown': refusal(422, 'Résultat inconnu', 'Ce résultat n’est pas, ou n’est plus, proposé par cette campagne.'),
  'campaign-result/label-taken': refusal(409, 'Résultat déjà proposé', 'Un résultat de ce nom est déjà proposé dans cette campagne.'),
  'campaign-result/too-many': refusal(422, 'Trop de résultats', 'Une campagne propose vingt résultats propres au plus. Retirez-en un d’abord.'),
  'campaign-result/already-retired': refusal(409, 'Résultat déjà retiré', 'Ce résultat n’est déjà plus proposé.'),
  'draft/newer-elsewhere': refusal(409, 'Brouillon continué ailleurs', 'Ce brouillon a été continué sur un autre appareil. Choisissez lequel garder.'),
  'draft/too-many': refusal(422, 'Trop de brouillons', 'Vous avez cent saisies en cours. Enregistrez-en ou effacez-en avant d’en commencer une autre.'),
  'draft/too-long': refusal(413, 'Brouillon trop long', 'Cette saisie est trop longue pour être gardée en brouillon.'),
  'next-action/owner-only': refusal(403, 'Réservé à la personne chargée de l’action', 'Seules la personne chargée de l’action et les responsables de sa structure peuvent la clore.'),
  'next-action/already-done': refusal(409, 'Action déjà faite', 'Cette action est déjà close.'),

  'document/busy': refusal(503, 'Documents en attente', 'D’autres documents sont en cours de fabrication. Réessayez dans quelques secondes.'),
  'document/too-long': refusal(503, 'Document trop long à faire', 'Ce document n’a pas pu être fait à temps. Réessayez dans une minute ; si cela recommence, donnez le numéro de la demande à votre correspondant SI.'),

  'indicator/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
} as const satisfies Record<string, { status: number; title: string; detail: string }>

export type RefusalCode = keyof typeof refusals
