/**
 * Everything the service refuses on purpose: a stable code for programs, its HTTP status, a title, and the sentence a
 * person reads.
 * A code is never renamed; rules and policies throw codes and know nothing of HTTP.
 */
const refusal = (status: number, title: string, detail: string) => ({ status, title, detail })

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
    'Clé déjà employée',
    'Cette clé d’idempotence a déjà servi pour une autre demande.',
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
  'second-factor/wrong-code': refusal(
    422,
    'Code incorrect',
    'Ce code n’est pas le bon, ou il a déjà servi. Attendez le code suivant.',
  ),
  'second-factor/wait': refusal(
    429,
    'Patientez',
    'Trop de codes incorrects ont été saisis. Réessayez après le délai indiqué.',
  ),
  'second-factor/passkey-only': refusal(
    403,
    'Codes désactivés',
    'Cinquante codes faux de suite ont été saisis : seule une clé d’accès ouvre encore votre compte. Si vous n’en avez pas, demandez au responsable de gestion de comptes (RGC) de votre structure de réinitialiser votre second facteur.',
  ),
  'second-factor/none': refusal(
    409,
    'Aucun second facteur',
    'Aucun second facteur de ce type n’est enregistré sur votre compte.',
  ),
  'second-factor/already': refusal(
    409,
    'Déjà enregistré',
    'Un second facteur est déjà enregistré. Confirmez-le avant d’en ajouter un autre.',
  ),
  'second-factor/enrolment-lost': refusal(
    409,
    'Enregistrement expiré',
    'Cet enregistrement a expiré. Recommencez depuis le début.',
  ),
  'second-factor/passkey-refused': refusal(422, 'Clé d’accès refusée', 'Cette clé d’accès n’a pas pu être vérifiée.'),
  'second-factor/code-needed': refusal(
    403,
    'Code remis par le RGC nécessaire',
    'Pour enregistrer votre premier second facteur, saisissez d’abord le code que le responsable de gestion de comptes (RGC) de votre structure vous remet de vive voix.',
  ),
  'second-factor/code-refused': refusal(
    422,
    'Code incorrect',
    'Ce n’est pas le code qui vous a été remis. Vérifiez-le ; après cinq codes faux, il faut en demander un autre.',
  ),
  'second-factor/code-over': refusal(
    409,
    'Aucun code en cours',
    'Aucun code ne vous a été remis, ou il a servi, date de plus de vingt-quatre heures, ou cinq codes faux ont été saisis. Demandez-en un au responsable de gestion de comptes (RGC) de votre structure.',
  ),
  'second-factor/last': refusal(
    409,
    'Dernier second facteur',
    'C’est votre dernier second facteur : enregistrez-en un autre avant de retirer celui-ci.',
  ),

  'password/refused': refusal(
    422,
    'Connexion refusée',
    'Cette adresse et ce mot de passe n’ouvrent pas de compte ici. Vérifiez-les ; si votre structure emploie ProConnect, connectez-vous avec lui.',
  ),
  'password/wait': refusal(429, 'Patientez', 'Trop d’essais n’ont pas abouti. Réessayez après le délai indiqué.'),
  'password/none': refusal(
    409,
    'Aucun mot de passe',
    'Aucun mot de passe n’est enregistré sur votre compte : vous vous connectez avec ProConnect.',
  ),
  'password/wrong-current': refusal(
    422,
    'Mot de passe actuel incorrect',
    'Ce mot de passe n’est pas celui de votre compte. Si vous l’avez oublié, demandez un lien au responsable de gestion de comptes (RGC) de votre structure.',
  ),
  'password/code-refused': refusal(
    422,
    'Code incorrect',
    'Ce n’est pas le code qui vous a été remis avec ce lien. Vérifiez-le auprès du responsable de gestion de comptes (RGC) de votre structure ; après cinq codes faux, le lien ne sert plus.',
  ),
  'password/link-over': refusal(
    409,
    'Lien qui ne sert plus',
    'Ce lien a déjà servi, a été remplacé par un plus récent, ou date de plus de vingt-quatre heures. Demandez-en un autre au responsable de gestion de comptes (RGC) de votre structure.',
  ),
  'password/too-short': refusal(
    422,
    'Mot de passe trop court',
    'Choisissez au moins douze caractères, ou une phrase de sept mots différents.',
  ),
  'password/too-simple': refusal(
    422,
    'Mot de passe trop simple',
    'Mêlez minuscules, majuscules, chiffres et autres signes, ou allongez-le : quatorze lettres et chiffres, dix-sept minuscules, ou sept mots différents.',
  ),
  'password/guessable': refusal(
    422,
    'Mot de passe trop facile à deviner',
    'Trop de ses caractères forment un mot courant, une année, une suite du clavier ou une répétition. Ajoutez-y autre chose, ou choisissez une phrase de sept mots différents sans rapport entre eux.',
  ),
  'password/personal': refusal(
    422,
    'Mot de passe tiré de votre nom',
    'Votre nom, votre adresse ou celui de votre structure en font une trop grande part. Ajoutez-y autre chose.',
  ),

  'recovery/not-oneself': refusal(
    403,
    'Pas pour soi-même',
    'Une autre personne doit vous aider : le RGC de votre structure ou, si vous êtes RGC, le correspondant sécurité de l’opérateur (CSSI).',
  ),
  'recovery/manager-only': refusal(
    403,
    'Réservé au RGC de la structure',
    'Seul le responsable de gestion de comptes (RGC) de la structure de cette personne peut faire cela.',
  ),
  'recovery/officer-only': refusal(
    403,
    'Réservé au CSSI',
    'Pour un responsable de gestion de comptes (RGC), seul le correspondant sécurité de l’opérateur (CSSI) peut faire cela.',
  ),
  'recovery/link-decided': refusal(
    409,
    'Déjà décidé',
    'Cette demande a été décidée entre-temps, ou cette identité est rattachée à un autre compte. Rechargez la page.',
  ),
  'recovery/has-factor': refusal(
    409,
    'Second facteur déjà enregistré',
    'Cette personne a un second facteur ici. S’il est perdu, réinitialisez-le : un code vous sera donné.',
  ),
  'recovery/not-active': refusal(409, 'Compte inactif', 'Ce compte n’est pas actif : un code n’ouvrirait rien.'),
  'recovery/no-factor': refusal(
    409,
    'Rien à réinitialiser',
    'Cette personne n’a enregistré ici aucun second facteur : ProConnect le vérifie pour elle.',
  ),
  'password/not-open': refusal(
    409,
    'Mot de passe non ouvert',
    'La structure de cette personne se connecte avec ProConnect, ou son compte n’est pas actif : un mot de passe ne lui ouvrirait rien.',
  ),
  'password/already-decided': refusal(409, 'Déjà décidé', 'C’est déjà ce qui vaut pour cette structure.'),
  'directive/in-past': refusal(
    422,
    'Date passée',
    'Une directive prend effet aujourd’hui ou plus tard : ce qui a valu ne se réécrit pas.',
  ),
  'directive/weak-before': refusal(
    422,
    'Date avant la prise d’effet',
    'Le dernier jour des niveaux faibles suit le jour où la directive prend effet.',
  ),
  'directive/shuts-you-out': refusal(
    422,
    'Vous vous fermeriez la porte',
    'Cette directive n’accepterait plus le moyen par lequel vous êtes connecté en ce moment. Connectez-vous d’abord par un moyen qu’elle accepte.',
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
    'Outil retiré',
    'Cet outil ne fait plus partie des outils communs (annexe 4 de la convention).',
  ),

  'person/shared-mailbox': refusal(
    422,
    'Adresse partagée',
    'Cette adresse est celle d’un service, que plusieurs personnes lisent. Un compte s’ouvre avec l’adresse nominative de la personne.',
  ),
  'person/address-taken': refusal(
    409,
    'Adresse déjà employée',
    'Un compte est déjà ouvert avec cette adresse. Cherchez la personne dans votre liste ; si elle n’y est pas, elle a un compte dans une autre structure.',
  ),
  'person/third-party-needed': refusal(
    422,
    'Tiers à déclarer',
    'Choisissez le délégataire ou le prestataire de cette personne parmi ceux que votre structure a déclarés.',
  ),
  'person/third-party-over': refusal(
    422,
    'Délégation ou marché terminé',
    'Ce délégataire ou ce prestataire n’intervient plus pour votre structure à cette date.',
  ),
  'person/contract-end-needed': refusal(
    422,
    'Fin de contrat attendue',
    'Le compte d’un prestataire porte la date de fin de son contrat.',
  ),
  'person/contract-end-passed': refusal(422, 'Contrat déjà terminé', 'La date de fin de contrat est passée.'),
  'person/gone': refusal(409, 'Compte supprimé', 'Le compte de cette personne a été supprimé.'),
  'person/already': refusal(409, 'Déjà fait', 'Le compte est déjà dans cet état.'),
  'grant/own': refusal(
    403,
    'Pas pour soi-même',
    'Personne ne décide de ses propres habilitations. Un autre RGC de votre structure ou, à défaut, son signataire en décide.',
  ),
  'grant/not-yours-to-decide': refusal(
    403,
    'Décision d’un autre',
    'Les habilitations sont décidées par un RGC de la structure ; celles d’un RGC, par un autre RGC ou, à défaut, par le signataire.',
  ),
  'grant/duties-needed': refusal(
    422,
    'Missions à indiquer',
    'La qualité de RGC n’ouvre aucun outil : indiquez les missions pour lesquelles cette personne a besoin de celui-ci.',
  ),
  'grant/no-such-profile': refusal(422, 'Profil impossible', 'La fiche recrutement ne s’ouvre qu’en consultation.'),
  'grant/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
  'grant/in-past': refusal(422, 'Date passée', 'Une habilitation commence aujourd’hui ou plus tard.'),
  'grant/already': refusal(
    409,
    'Déjà habilitée',
    'Cette personne a déjà une habilitation à cet outil sur ce périmètre : changez-la plutôt.',
  ),
  'grant/over': refusal(409, 'Habilitation finie', 'Cette habilitation a déjà pris fin.'),
  'person/still-manager': refusal(
    409,
    'Encore RGC ou signataire',
    'Cette personne tient encore un rôle pour votre structure : mettez-y fin d’abord, pour qu’il ne reste pas sans titulaire.',
  ),
  'request-for-other/leads-only': refusal(
    403,
    'Réservé à qui encadre',
    'Pour une autre personne, la demande est faite par qui a le profil « responsable » ou « pilote » d’un outil.',
  ),
  'grant-request/pending': refusal(
    409,
    'Demande déjà faite',
    'Une demande pour cet outil sur ce périmètre attend déjà une décision.',
  ),
  'grant-request/decided': refusal(409, 'Demande déjà close', 'Cette demande a déjà été acceptée, refusée ou retirée.'),
  'grant-request/asker-only': refusal(
    403,
    'Réservé à qui l’a faite',
    'Une demande est retirée par la personne qui l’a faite.',
  ),
  'access-on/in-future': refusal(422, 'Date à venir', 'Les accès se lisent aujourd’hui ou un jour passé.'),
  'third-party/already': refusal(409, 'Déjà déclaré', 'Un délégataire ou un prestataire de ce nom est déjà déclaré.'),
  'third-party/end-needed': refusal(
    422,
    'Fin de contrat attendue',
    'Un prestataire est déclaré avec la date de fin de son contrat.',
  ),
  'third-party/evidence-in-future': refusal(
    422,
    'Date à venir',
    'La preuve des obligations ne peut pas être datée dans l’avenir.',
  ),
  'territory/beyond-structure': refusal(
    422,
    'Hors du territoire de la structure',
    'Ce périmètre sort des territoires de votre structure. La direction régionale de l’opérateur les règle, sur la page de la convention.',
  ),
  'territory/beyond-region': refusal(
    422,
    'Hors de la région',
    'Une direction régionale ne donne que des territoires de la région de cette convention.',
  ),
  'structure/territories-unchanged': refusal(409, 'Rien à changer', 'Ce sont déjà les territoires de cette structure.'),
  'confirmation/own': refusal(
    403,
    'Pas pour soi-même',
    'Une seconde personne confirme : ni celle qui a donné l’habilitation ou ouvert le compte, ni celle qui en bénéficie.',
  ),
  'confirmation/settled': refusal(409, 'Déjà décidé', 'Cette confirmation n’attend plus.'),
  'agency/own': refusal(
    403,
    'Pas pour soi-même',
    'Vous avez une habilitation sur cette agence, ou l’avez demandée : un autre RGC de votre structure change ses territoires.',
  ),
  'agency/too-wide': refusal(
    422,
    'Territoire trop vaste pour une agence',
    'Une agence sert des départements, des CLPE ou des EPCI. Une région, ou la France entière, se donne à une personne.',
  ),
  'agency/unknown': refusal(422, 'Agence inconnue', 'Cette agence n’est pas de votre structure.'),
  'import/empty': refusal(422, 'Fichier vide', 'Le fichier n’a aucune ligne sous ses titres de colonnes.'),
  'import/columns-missing': refusal(
    422,
    'Colonnes manquantes',
    'Le fichier doit avoir les colonnes Prénom, Nom, Courriel et Fonction ; Qualité, Tiers et Fin contrat sont facultatives.',
  ),
  'import/too-many': refusal(422, 'Fichier trop long', 'Un fichier compte 5 000 personnes au plus.'),
  'import/has-errors': refusal(
    409,
    'Fichier à corriger',
    'Des lignes du fichier sont à corriger : rien n’est créé tant qu’il en reste.',
  ),
  'import/stale': refusal(
    409,
    'À vérifier de nouveau',
    'Le fichier a été vérifié il y a plus d’un jour, ou une adresse a été employée depuis : vérifiez-le de nouveau.',
  ),
  'review/already-open': refusal(
    409,
    'Revue déjà commencée',
    'Une revue des accès est déjà en cours dans votre structure.',
  ),
  'review/closed': refusal(409, 'Revue close', 'Cette revue est close : elle ne se modifie plus.'),
  'review/undecided': refusal(
    409,
    'Revue incomplète',
    'Des lignes restent à décider : la revue se clôt une fois tout décidé.',
  ),
  'review/line-unknown': refusal(422, 'Ligne inconnue', 'Une de ces lignes n’est pas dans cette revue.'),
  'review/decision-impossible': refusal(
    422,
    'Décision impossible',
    'Un compte se maintient, se suspend ou se supprime ; une habilitation se maintient, se réduit à un profil plus petit ou se supprime.',
  ),
  'review/reason-required': refusal(
    422,
    'Motif nécessaire',
    'Corriger, ou maintenir malgré une anomalie, demande un motif.',
  ),
  'review/already-corrected': refusal(
    409,
    'Déjà corrigé',
    'Cette ligne a déjà été corrigée : la décision ne se reprend pas ici.',
  ),

  'territory/contours-too-fine': refusal(
    400,
    'Contours trop nombreux',
    'Les contours des communes se demandent pour un département, un CLPE ou un EPCI.',
  ),
  'territory/unknown': refusal(422, 'Territoire inconnu', 'Ce territoire n’est pas connu.'),
  'task-force/pilot-only': refusal(
    403,
    'Réservé au pilote',
    'Seule la structure pilote de la task force peut la modifier.',
  ),
  'task-force/sector-unknown': refusal(
    422,
    'Secteur inconnu',
    'Ce secteur d’activité n’est pas connu de la nomenclature.',
  ),
  'establishment/unknown': refusal(422, 'Établissement inconnu', 'Ce SIRET n’est pas dans le registre.'),
  'establishment/wrong-key': refusal(
    422,
    'Clé du SIRET fausse',
    'Ce numéro n’est pas un SIRET : sa clé est fausse. Vérifiez les quatorze chiffres.',
  ),
  'establishment/already-known': refusal(
    409,
    'Déjà au répertoire',
    'Le répertoire connaît déjà ce SIRET : ouvrez sa fiche.',
  ),
  'establishment/no-provisional': refusal(
    409,
    'Pas de fiche provisoire',
    'Ce SIRET ne peut pas recevoir de fiche provisoire ici. S’il devait en avoir une, adressez-vous à l’assistance de l’opérateur.',
  ),
  'establishment/already-provisional': refusal(
    409,
    'Fiche déjà créée',
    'Une fiche provisoire existe déjà pour ce SIRET.',
  ),
  'establishment/author-or-lead-only': refusal(
    403,
    'Réservé à l’auteur de la fiche',
    'Seuls l’auteur de cette fiche provisoire et les responsables de sa structure peuvent la corriger ou la retirer.',
  ),
  'establishment/confirmed': refusal(
    409,
    'Fiche confirmée',
    'Le répertoire connaît maintenant ce SIRET : ce qui a été saisi reste à côté et ne change plus.',
  ),
  'establishment/provisional-in-use': refusal(
    409,
    'Fiche déjà utilisée',
    'Un échange, un interlocuteur ou une campagne s’appuie sur cette fiche provisoire : elle ne peut plus être corrigée ni retirée.',
  ),
  'commune/unknown': refusal(422, 'Commune inconnue', 'Cette commune n’est pas connue.'),
  'organisation/unknown': refusal(422, 'Structure inconnue', 'Cette structure n’est pas connue.'),
  'account/unknown': refusal(422, 'Personne inconnue', 'Cette personne n’a pas de compte dans cette structure.'),

  'campaign/pilot-only': refusal(
    403,
    'Réservé au pilote',
    'Seuls les pilotes de la structure pilote de la campagne peuvent faire cela.',
  ),
  'campaign/member-advisors-only': refusal(
    403,
    'Réservé aux conseillers membres',
    'Seuls les conseillers des structures membres de la campagne peuvent faire cela.',
  ),
  'campaign/not-draft': refusal(
    409,
    'Campagne déjà ouverte',
    'La campagne n’est plus un brouillon : ses cibles et sa période ne se modifient plus ainsi.',
  ),
  'campaign/not-open': refusal(409, 'Campagne non ouverte', 'La campagne n’est pas ouverte.'),
  'campaign/wrong-status': refusal(
    409,
    'Étape impossible',
    'La campagne n’est pas dans l’état qui permet cette action.',
  ),
  'campaign/no-target': refusal(422, 'Aucune cible', 'Ajoutez au moins un établissement avant d’ouvrir la campagne.'),
  'campaign/period-over': refusal(422, 'Période terminée', 'La période de la campagne est déjà terminée.'),
  'campaign/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
  'campaign/undecided-conflicts': refusal(
    409,
    'Conflits à trancher',
    'Des établissements sont déjà suivis ou ont été contactés récemment : décidez pour chacun de le laisser, de le partager ou de le prendre.',
  ),
  'campaign/reason-required': refusal(
    422,
    'Motif nécessaire',
    'Prendre ou mettre de côté un établissement demande un motif.',
  ),
  'campaign/decision-impossible': refusal(
    422,
    'Décision impossible',
    'Cette décision n’est pas possible pour ce conflit.',
  ),
  'campaign/lead-not-entitled': refusal(
    422,
    'Responsable non habilité',
    'Un responsable appartient à une structure membre et y a le profil « responsable » ou « pilote » de Campagnes coordonnées sur ce territoire.',
  ),
  'campaign/goal-twice': refusal(422, 'Objectif en double', 'Chaque sorte d’objectif ne se fixe qu’une fois.'),
  'campaign/too-many-targets': refusal(422, 'Trop de cibles', 'Une campagne porte sur 50 000 établissements au plus.'),
  'target/not-in-campaign': refusal(
    422,
    'Hors de la campagne',
    'Cet établissement n’est pas une cible de cette campagne.',
  ),
  'target/taken-by-other': refusal(
    409,
    'Déjà pris en charge',
    'Une autre personne s’occupe déjà de cet établissement.',
  ),
  'target/assigned-to-other': refusal(
    409,
    'Confié à une autre structure',
    'Cet établissement est confié à une autre structure : ses conseillers s’en occupent.',
  ),
  'target/set-aside': refusal(409, 'Cible mise de côté', 'Cet établissement a été mis de côté dans cette campagne.'),

  'sharing/leads-only': refusal(
    403,
    'Réservé aux pilotes et aux responsables',
    'Les cibles sont réparties par les pilotes de la campagne et, au sein de leur structure, par ses responsables.',
  ),
  'sharing/recipient-unknown': refusal(
    422,
    'Destinataire impossible',
    'Des cibles ne se confient qu’aux structures membres, et aux conseillers de votre structure habilités sur ce territoire.',
  ),
  'sharing/already-done': refusal(409, 'Répartition déjà faite', 'Cette répartition a déjà été faite.'),
  'sharing/stale': refusal(
    409,
    'Simulation trop ancienne',
    'Cette simulation date de plus d’une heure : refaites-la pour voir où en sont les cibles.',
  ),
  'sharing/already-undone': refusal(
    409,
    'Répartition déjà annulée',
    'Cette répartition n’est pas faite, ou elle a déjà été annulée.',
  ),

  'exchange/author-or-lead-only': refusal(
    403,
    'Réservé à l’auteur',
    'Seuls l’auteur de l’échange et les responsables de sa structure peuvent le corriger ou l’annuler.',
  ),
  'exchange/cancelled': refusal(409, 'Échange annulé', 'Cet échange est annulé : il ne se modifie plus.'),
  'exchange/in-future': refusal(
    422,
    'Date à venir',
    'Un échange ne peut pas être daté dans l’avenir. Notez plutôt une prochaine action.',
  ),
  'exchange/too-old': refusal(422, 'Date trop ancienne', 'Un échange ne peut pas dater de plus de trois ans.'),
  'exchange/call-back-needs-date': refusal(
    422,
    'Date de rappel attendue',
    'Ce résultat demande une prochaine action avec sa date.',
  ),
  'exchange/next-action-in-past': refusal(
    422,
    'Date passée',
    'La prochaine action doit être datée du jour de l’échange ou après.',
  ),
  'exchange/outside-campaign-period': refusal(
    422,
    'Hors période',
    'Cet échange est daté hors de la période de la campagne.',
  ),
  'exchange/campaign-result-unknown': refusal(
    422,
    'Résultat inconnu',
    'Ce résultat n’est pas, ou n’est plus, proposé par cette campagne.',
  ),
  'campaign-result/label-taken': refusal(
    409,
    'Résultat déjà proposé',
    'Un résultat de ce nom est déjà proposé dans cette campagne.',
  ),
  'campaign-result/too-many': refusal(
    422,
    'Trop de résultats',
    'Une campagne propose vingt résultats propres au plus. Retirez-en un d’abord.',
  ),
  'campaign-result/already-retired': refusal(409, 'Résultat déjà retiré', 'Ce résultat n’est déjà plus proposé.'),
  'draft/newer-elsewhere': refusal(
    409,
    'Brouillon continué ailleurs',
    'Ce brouillon a été continué sur un autre appareil. Choisissez lequel garder.',
  ),
  'draft/too-many': refusal(
    422,
    'Trop de brouillons',
    'Vous avez cent saisies en cours. Enregistrez-en ou effacez-en avant d’en commencer une autre.',
  ),
  'draft/too-long': refusal(413, 'Brouillon trop long', 'Cette saisie est trop longue pour être gardée en brouillon.'),
  'next-action/owner-elsewhere': refusal(
    422,
    'Personne hors de son territoire',
    'Cette personne n’est pas habilitée là où se trouve l’établissement : elle ne verrait pas l’action. Choisissez un autre collègue.',
  ),
  'next-action/owner-only': refusal(
    403,
    'Réservé à la personne chargée de l’action',
    'Seules la personne chargée de l’action et les responsables de sa structure peuvent la clore.',
  ),
  'next-action/already-done': refusal(409, 'Action déjà faite', 'Cette action est déjà close.'),

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

  'conditions/not-in-force': refusal(
    409,
    'Version remplacée',
    'Ce texte n’est pas, ou n’est plus, la version en vigueur. Relisez la version en vigueur avant de l’accepter.',
  ),
  'conditions/text-changed': refusal(
    409,
    'Texte différent',
    'Le texte affiché n’est pas celui qui est publié. Rechargez la page pour lire le texte exact avant de l’accepter.',
  ),
  'conditions/already-accepted': refusal(409, 'Déjà accepté', 'Vous avez déjà accepté ces textes.'),
  'conditions/tool-expected': refusal(
    422,
    'Outil attendu',
    'Des conditions particulières portent sur un outil ; les autres textes n’en ont pas.',
  ),
  'conditions/date-past': refusal(422, 'Date passée', 'Une version prend effet aujourd’hui ou plus tard.'),
  'conditions/date-before-last': refusal(
    409,
    'Une version suit déjà',
    'Une version déjà publiée prend effet ce jour-là ou après. Choisissez une date postérieure à la sienne.',
  ),
  'annex/tool-twice': refusal(422, 'Outil en double', 'Chaque outil ne figure qu’une fois dans l’annexe 4.'),
  'awareness/readers-only': refusal(
    403,
    'Réservé à d’autres rôles',
    'Les sensibilisations d’une structure sont suivies par son responsable de gestion de comptes (RGC), son responsable de la formation et son responsable sécurité.',
  ),
  'awareness/recorders-only': refusal(
    403,
    'Réservé à d’autres rôles',
    'Une sensibilisation est notée par le responsable de gestion de comptes (RGC) ou le responsable de la formation de la structure, ou par le correspondant sécurité de l’opérateur.',
  ),
  'awareness/by-another': refusal(
    403,
    'À noter par une autre personne',
    'Votre propre sensibilisation est notée par une autre personne que vous.',
  ),
  'awareness/in-future': refusal(422, 'Date à venir', 'Une sensibilisation se note une fois faite.'),
  'equipment/recorders-only': refusal(
    403,
    'Réservé à d’autres rôles',
    'La validation de l’équipement est notée par le responsable sécurité (RSSI), le correspondant SI ou le responsable de gestion de comptes (RGC) de la structure.',
  ),
  'equipment/in-future': refusal(422, 'Date à venir', 'Une validation se note une fois faite.'),
  'access-request/designated-only': refusal(
    403,
    'Réservé à la personne désignée',
    'Seule la personne que votre structure a désignée peut demander l’accès à la plateforme. Le signataire de votre structure la désigne.',
  ),
  'access-request/signatory-only': refusal(
    403,
    'Réservé au signataire',
    'Seul le signataire de la structure désigne la personne qui demande l’accès à la plateforme.',
  ),
  'access-request/pending': refusal(409, 'Demande en cours', 'Une demande de votre structure attend déjà une réponse.'),
  'access-request/already-decided': refusal(
    409,
    'Demande déjà traitée',
    'Une réponse a déjà été donnée à cette demande.',
  ),
  'convention/other-region': refusal(
    403,
    'Autre région',
    'Cette convention relève de la direction régionale d’une autre région.',
  ),
  'convention/summary-only': refusal(
    403,
    'Texte réservé',
    'Le texte de la convention se lit par les agents de la structure. Un délégataire ou un prestataire n’en voit que l’existence et les dates.',
  ),
  'convention/operator-only': refusal(
    403,
    'Réservé à l’opérateur',
    'La liste des conventions s’exporte par l’opérateur seulement.',
  ),
  'convention/not-a-party': refusal(
    403,
    'Réservé aux parties',
    'Seuls les signataires et les responsables opérationnels de la structure ou de l’opérateur agissent au nom de leur partie.',
  ),
  'convention/signatory-only': refusal(
    403,
    'Réservé aux signataires',
    'Seul un signataire de l’une des deux parties signe.',
  ),
  'convention/author-only': refusal(
    403,
    'Réservé à la partie qui l’a notifié',
    'Seule la partie qui a notifié peut y renoncer.',
  ),
  'convention/not-with-operator': refusal(
    422,
    'Structure de l’opérateur',
    'Une convention se conclut avec un partenaire, pas avec l’opérateur.',
  ),
  'convention/number-taken': refusal(409, 'Numéro déjà donné', 'Une autre convention porte déjà ce numéro.'),
  'convention/wrong-state': refusal(409, 'Étape impossible', 'La convention n’est pas dans l’état qui permet cela.'),
  'convention/document-stale': refusal(
    409,
    'Document à composer de nouveau',
    'Le projet a changé depuis que ce document a été composé. Composez-le de nouveau, puis envoyez-le.',
  ),
  'convention/other-document': refusal(
    409,
    'Autre document',
    'Le document que vous avez lu n’est pas celui qui est à signer. Ouvrez-le de nouveau.',
  ),
  'convention/already-signed': refusal(409, 'Déjà signé', 'Votre partie a déjà signé ce document.'),
  'convention/already-in-force': refusal(
    409,
    'Déjà sous convention',
    'Cette structure a déjà une convention en vigueur à cette date.',
  ),
  'convention/already-received': refusal(409, 'Date déjà donnée', 'La réception de cette lettre est déjà enregistrée.'),
  'convention/already-withdrawn': refusal(409, 'Déjà sans effet', 'Il y a déjà été renoncé, ou son effet est passé.'),
  'convention/day-in-future': refusal(
    422,
    'Date à venir',
    'Une date de signature, d’envoi ou de réception ne peut pas être à venir.',
  ),
  'convention/days-reversed': refusal(
    422,
    'Dates à l’envers',
    'Une lettre ne peut pas être présentée ou reçue avant d’avoir été envoyée.',
  ),
  'convention/term-in-past': refusal(422, 'Date passée', 'Le nouveau terme doit être à venir.'),
  'convention/not-a-pdf': refusal(
    422,
    'Fichier non accepté',
    'Déposez un fichier PDF entier, sans script ni pièce jointe.',
  ),
  'contact/own-party-only': refusal(
    403,
    'Réservé à la partie concernée',
    'Chaque partie tient ses propres interlocuteurs : adressez-vous à son signataire ou à son responsable opérationnel.',
  ),
  'contact/role-of-other-party': refusal(422, 'Rôle de l’autre partie', 'Ce rôle n’existe que chez l’autre partie.'),
  'contact/changed-meanwhile': refusal(
    409,
    'Changé entre-temps',
    'Quelqu’un de votre partie vient de changer cet interlocuteur. Relisez la page, puis recommencez si besoin.',
  ),
  'template/unknown-placeholder': refusal(422, 'Champ inconnu', 'Le modèle emploie un champ qui n’existe pas.'),
  'template/annex-missing': refusal(
    422,
    'Annexe absente',
    'Le modèle doit contenir les annexes 1, 1 bis, 2, 2 bis, 3, 4 et 5.',
  ),
  'template/changed-meanwhile': refusal(
    409,
    'Publié entre-temps',
    'Une autre version du modèle vient d’être publiée. Relisez-la avant de publier la vôtre.',
  ),

  'rgc/partner-only': refusal(
    403,
    'Réservé au signataire et aux RGC',
    'Seuls le signataire de la structure et ses responsables de gestion de comptes (RGC) peuvent le faire.',
  ),
  'rgc/signatory-unknown': refusal(
    422,
    'Signataire inconnu',
    'La personne choisie n’est pas signataire de votre structure.',
  ),
  'rgc/shared-mailbox': refusal(
    422,
    'Adresse partagée',
    'Un RGC a une adresse électronique à son nom : une boîte partagée (contact, accueil, rh…) n’est pas acceptée.',
  ),
  'rgc/permanent-staff-only': refusal(
    422,
    'Personnel permanent seulement',
    'Un RGC appartient au personnel permanent de la structure : ni prestataire, ni intérimaire, ni agent d’un autre organisme, même pour peu de temps.',
  ),
  'rgc/not-of-the-structure': refusal(
    422,
    'Hors de la structure',
    'Cette adresse est celle d’un compte d’une autre structure, d’un prestataire, ou d’un compte supprimé : un RGC appartient au personnel permanent de la structure.',
  ),
  'rgc/titular-required': refusal(422, 'Titulaire attendu', 'Un acte d’engagement désigne au moins un RGC titulaire.'),
  'rgc/named-twice': refusal(
    422,
    'Personne nommée deux fois',
    'Chaque personne n’est nommée qu’une fois, avec sa propre adresse.',
  ),
  'rgc/birth-date-unlikely': refusal(
    422,
    'Date de naissance à vérifier',
    'Une date de naissance n’est pas vraisemblable : vérifiez l’année.',
  ),
  'rgc/not-named': refusal(403, 'Non désigné', 'Cette personne n’est pas nommée par cet acte d’engagement.'),
  'rgc/already-signed': refusal(409, 'Déjà signé', 'Vous avez déjà signé cet acte d’engagement.'),
  'rgc/deed-closed': refusal(
    409,
    'Acte déjà clos',
    'Cet acte d’engagement est déjà envoyé ou abandonné : il ne se signe plus.',
  ),
  'rgc/reason-required': refusal(422, 'Motif nécessaire', 'Un refus est écrit et motivé.'),
  'rgc/already-decided': refusal(
    409,
    'Déjà décidé',
    'Cet acte est déjà accepté, en réponse ou par un mois de silence, ou déjà refusé.',
  ),
  'rgc/not-in-place': refusal(
    422,
    'Pas un RGC en place',
    'Cette personne n’est pas un RGC en place de cette structure.',
  ),
  'assessment/not-yours': refusal(
    403,
    'Réservé à ceux qui en répondent',
    'L’évaluation de la sécurité d’un partenaire est lue par son responsable de la sécurité (RSSI), ses responsables de gestion de comptes (RGC), son signataire et son responsable opérationnel, et par l’opérateur.',
  ),
  'assessment/partner-only': refusal(
    422,
    'Partenaire sous convention attendu',
    'Une évaluation s’enregistre pour un partenaire dont la convention a pris effet.',
  ),
  'assessment/dates': refusal(
    422,
    'Dates à vérifier',
    'L’évaluation est déjà faite, et la suivante est due dans l’année qui la suit.',
  ),
  'mail/overseers-only': refusal(
    403,
    'Réservé au CSSI et aux administrateurs',
    'Les courriels qui ne sont pas partis sont vus du correspondant sécurité de l’opérateur (CSSI) et de ses administrateurs.',
  ),
  'mail/not-failed': refusal(409, 'Plus en échec', 'Ce courriel est parti, il repart déjà, ou il est effacé.'),
  'rgc/not-yours-to-note': refusal(
    403,
    'Réservé à la structure et au CSSI',
    'Le signataire de la structure, ses responsables de gestion de comptes (RGC) et le correspondant sécurité de l’opérateur (CSSI) peuvent le noter.',
  ),
  'rgc/already-noted': refusal(409, 'Déjà noté', 'Un événement de ce RGC est déjà noté : il reste à le déclarer.'),
  'rgc/already-withdrawn': refusal(409, 'Déjà retiré ou déclaré', 'Ce qui avait été noté est déjà retiré, ou déclaré.'),
  'rgc/event-dates': refusal(
    422,
    'Dates à compléter',
    'Un départ ou un changement de fonction a un dernier jour et le jour où il a été connu, qui ne peut pas être à venir ; une absence a son premier jour.',
  ),
  'rgc/absence-short': refusal(
    422,
    'Absence de deux mois au plus',
    'Seule une absence de plus de deux mois se déclare : le RGC le reste pendant une absence plus courte.',
  ),
  'rgc/certificate-not-pdf': refusal(
    422,
    'Fichier non accepté',
    'L’attestation se dépose en PDF entier, sans script ni pièce jointe.',
  ),
  'rgc/certificate-in-future': refusal(422, 'Date à venir', 'Une attestation ne peut pas être datée dans l’avenir.'),
  'rgc/never-oneself': refusal(
    403,
    'Jamais soi-même',
    'Une révocation est faite par le signataire ou un autre RGC de la structure.',
  ),
  'rgc/revocation-made': refusal(409, 'Déjà révoqué', 'Cette révocation est déjà faite.'),
  'rgc/revocation-waiting': refusal(
    409,
    'Déjà demandée',
    'La révocation de cette personne est déjà demandée : la structure doit la faire.',
  ),
  'rgc/changed-meanwhile': refusal(
    409,
    'Changé entre-temps',
    'Un autre acte d’engagement vient d’être proposé, ou un compte ouvert à l’une de ces adresses. Relisez la page, puis recommencez si besoin.',
  ),

  'anomaly/in-future': refusal(422, 'Date à venir', 'Une anomalie a été vue aujourd’hui ou un jour passé.'),
  'anomaly/already-supplied': refusal(
    409,
    'Déjà signalée',
    'Cette anomalie est déjà signalée à cette structure, dans les mêmes termes.',
  ),
  'anomaly/already-corrected': refusal(409, 'Déjà corrigée', 'Cette anomalie est déjà dite corrigée.'),
  'anomaly/file-empty': refusal(422, 'Fichier vide', 'Le fichier n’a aucune ligne sous ses titres de colonnes.'),
  'anomaly/file-columns': refusal(
    422,
    'Colonnes manquantes',
    'Le fichier doit avoir les colonnes Anomalie, Accès, Date et Preuve.',
  ),
  'anomaly/file-too-long': refusal(422, 'Fichier trop long', 'Un fichier compte 1 000 anomalies au plus.'),
  'anomaly/file-has-errors': refusal(
    409,
    'Fichier à corriger',
    'Des lignes du fichier sont à corriger : rien n’est signalé tant qu’il en reste.',
  ),
  'anomaly/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
  'partner/siret-wrong': refusal(
    422,
    'SIRET à vérifier',
    'Ce numéro n’est pas un SIRET : quatorze chiffres, dont le dernier vérifie les autres.',
  ),
  'partner/siret-taken': refusal(
    409,
    'Structure déjà enregistrée',
    'Une structure porte déjà ce SIRET : cherchez-la par son nom dans la liste des partenaires.',
  ),
  'partner/signatory-elsewhere': refusal(
    409,
    'Adresse déjà employée',
    'Cette adresse est celle d’un compte d’une autre structure, d’un prestataire, ou d’un compte suspendu ou supprimé : un signataire a un compte actif dans la structure pour laquelle il signe.',
  ),

  'trail/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),

  'security/never-oneself': refusal(
    403,
    'Jamais soi-même',
    'Personne ne bloque ni ne débloque son propre compte : un autre CSSI le fait.',
  ),
  'security/already-blocked': refusal(409, 'Déjà bloqué', 'Cet acte exceptionnel est déjà en cours pour ce compte.'),
  'security/nothing-to-cut': refusal(
    422,
    'Rien à couper',
    'Cette personne ne tient pas, ou plus, cette habilitation, ou n’est pas un RGC en place de sa structure.',
  ),
  'security/last-officer': refusal(
    409,
    'Dernier CSSI',
    'Plus aucun CSSI n’aurait accès au service : personne ne pourrait lever ce blocage.',
  ),
  'security/already-lifted': refusal(409, 'Blocage déjà levé', 'Ce blocage est déjà levé.'),

  'indicator/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
} as const satisfies Record<string, { status: number; title: string; detail: string }>

export type RefusalCode = keyof typeof refusals
