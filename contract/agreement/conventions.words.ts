import { type MailKinds, managers, officers, operatorSigners, parties } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'convention/territory-given': refusal(
    409,
    'Territoire déjà donné',
    'Un territoire choisi est déjà celui de la structure, ou un autre avenant proposé l’ajoute. Retirez-le du texte, ou retirez l’autre avenant.',
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
  'convention/not-named-signer': refusal(
    403,
    'Une autre personne est nommée',
    'Ce document nomme une autre personne pour signer au nom de votre partie. Enregistrez l’acte qui vous donne pouvoir de signer à sa place, dans « Dire qui signe », sur la page de la convention ; puis signez.',
  ),
  'convention/signer-unknown': refusal(
    422,
    'Signataire inconnu',
    'Choisissez un compte signataire de votre partie, ou écrivez le nom de la personne qui signe sur papier.',
  ),
  'convention/replacement-required': refusal(
    422,
    'Acte attendu',
    'Cette personne n’est pas celle que le document nomme : dites l’acte qui lui donne pouvoir de signer à sa place, sa date, et qui l’a pris.',
  ),
  'convention/deputy-unknown': refusal(422, 'Suppléant inconnu', 'Choisissez un suppléant actuel de votre partie.'),
  'convention/deputy-without-power': refusal(
    409,
    'Délégation sans effet ce jour-là',
    'La délégation du suppléant ne vaut pas le jour de la signature : elle n’a pas commencé, elle a pris fin, ou son acte n’est pas encore reçu en préfecture et publié. Complétez-la dans « Suppléants de signature », ou dites qui d’autre signe.',
  ),
  'convention/deputy-days': refusal(422, 'Dates à l’envers', 'Dans l’ordre : l’acte, le début, la fin.'),
  'convention/deputy-unchanged': refusal(409, 'Rien à changer', 'C’est déjà ce qui est enregistré de ce suppléant.'),
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
    'Le projet, ou l’un de ses interlocuteurs, a changé depuis que ce document a été composé. Composez-le de nouveau, puis envoyez-le.',
  ),
  'convention/contacts-missing': refusal(
    422,
    'Interlocuteurs à nommer',
    'Des rôles des annexes 2 et 2 bis n’ont pas d’interlocuteur : la page de la convention les nomme. Nommez chacun dans « Interlocuteurs », puis envoyez le document.',
  ),
  'convention/blanks': refusal(
    422,
    'Document à compléter',
    'Le document a des champs à compléter : « Lire le texte et ses annexes », ou les accolades de l’avenant, disent lesquels. Complétez-les (les territoires de la structure se règlent sur cette page), puis envoyez-le.',
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
  'convention/signature-contested': refusal(
    409,
    'Signature contestée',
    'Une signature de ce document est contestée. La partie qui la conteste peut la confirmer ; sinon, la direction régionale reprend le projet et envoie un nouveau document.',
  ),
  'convention/teller-only': refusal(
    403,
    'Réservé à la partie qui a donné la date',
    'Seule la partie qui a donné cette date la corrige : demandez-le-lui.',
  ),
  'convention/confirm-end': refusal(
    409,
    'Fin de la convention à confirmer',
    'Ce que vous enregistrez change la fin de la convention, et des droits qui reposent sur elle. Relisez les dates, puis confirmez cette fin.',
  ),
  'convention/second-person': refusal(
    403,
    'Réservé à une seconde personne',
    'Vous avez donné cette date : une autre personne de votre partie la corrige (signataire, responsable opérationnel ou direction régionale).',
  ),
  'convention/correction-too-late': refusal(
    409,
    'Délai de correction passé',
    'Une date se corrige dans les quatre-vingt-dix jours qui suivent sa saisie. Ensuite, les parties en conviennent par un différend ou une nouvelle convention.',
  ),
  'convention/obligation-of-other-party': refusal(
    422,
    'Obligation de l’autre partie',
    'Un manquement porte sur une obligation de la partie à qui la lettre est adressée. Choisissez-en une de la liste.',
  ),
  'convention/article-required': refusal(
    422,
    'Article attendu',
    'Pour une autre stipulation, dites l’article ou l’annexe ; sinon, ne choisissez pas « une autre stipulation ».',
  ),
  'convention/amendment-closed': refusal(
    409,
    'Avenant sans suite',
    'Cet avenant a été refusé ou retiré : il ne se signe plus. La direction régionale peut en proposer un autre.',
  ),
  'convention/amendment-in-effect': refusal(
    409,
    'Avenant en vigueur',
    'Cet avenant est en vigueur : il ne se retire plus. La direction régionale peut en proposer un autre.',
  ),
  'convention/receipt-of-sender': refusal(
    403,
    'Réservé à la partie qui a envoyé la lettre',
    'L’avis de réception revient à qui a envoyé la lettre : c’est cette partie qui le dépose.',
  ),
  'convention/nothing-to-correct': refusal(409, 'Rien à corriger', 'Ces dates sont déjà celles qui sont enregistrées.'),
  'convention/own-entry': refusal(
    409,
    'Enregistré par sa propre partie',
    'Seul se conteste ou se confirme ce que l’autre partie a enregistré. Le reste se corrige, ou se retire.',
  ),
  'convention/sender-only': refusal(
    403,
    'Réservé à la partie nommée',
    'Seule la partie au nom de laquelle c’est enregistré le conteste ou le confirme.',
  ),
  'convention/already-confirmed': refusal(409, 'Déjà confirmé', 'Votre partie l’a déjà confirmé.'),
  'convention/already-contested': refusal(409, 'Déjà contesté', 'Votre partie le conteste déjà.'),
  'convention/reason-required': refusal(422, 'Motif attendu', 'Dites pourquoi vous le contestez.'),
  'convention/day-in-future': refusal(
    422,
    'Date à venir',
    'Une date de signature, d’envoi, de réception ou de publication ne peut pas être à venir.',
  ),
  'convention/days-reversed': refusal(
    422,
    'Dates à l’envers',
    'Une lettre ne peut pas être présentée ou reçue avant d’avoir été envoyée.',
  ),
  'convention/term-in-past': refusal(422, 'Date passée', 'Le nouveau terme doit être à venir.'),
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
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'contact.named': 'a nommé un interlocuteur de sa structure',
  'contact.entered': 'a inscrit un interlocuteur au nom d’un partenaire',
  'contact.ended': 'a retiré un interlocuteur de sa structure',
  'convention-template.published': 'a publié un modèle de convention',
  'convention.amendment-proposed': 'a proposé un avenant',
  'convention.amendment-signed': 'a signé un avenant',
  'convention.amendment-refused': 'a refusé un avenant',
  'convention.territories-opened': 'a fait prendre effet à un avenant qui ajoute des territoires à une structure',
  'convention.territories-closed': 'a contesté la signature d’un avenant, dont les territoires ne valent plus',
  'convention.amendment-withdrawn': 'a retiré un avenant',
  'operator.identity-changed': 'a enregistré ou changé l’identité de l’opérateur dans les conventions',
  'convention.authority-settled': 'a complété l’acte qui habilite un signataire',
  'convention.breach-entered': 'a enregistré un manquement reçu de l’autre partie',
  'convention.breach-notified': 'a notifié un manquement',
  'convention.date-corrected': 'a corrigé une date d’une convention',
  'convention.document-composed': 'a composé le document d’une convention',
  'convention.document-read': 'a lu un document d’une convention',
  'convention.draft-edited': 'a modifié un projet de convention',
  'convention.drafted': 'a préparé une convention',
  'convention.entry-confirmed': 'a confirmé ce qui était enregistré au nom de sa partie',
  'convention.entry-contested': 'a contesté ce qui était enregistré au nom de sa partie',
  'convention.notice-entered': 'a enregistré un congé reçu de l’autre partie',
  'convention.notice-given': 'a donné congé d’une convention',
  'convention.recalled': 'a repris un projet de convention',
  'convention.receipt-recorded': 'a enregistré la réception d’une lettre',
  'convention.receipt-kept': 'a déposé l’avis de réception d’une lettre',
  'convention.sent': 'a envoyé une convention aux signatures',
  'convention.deputy-settled': 'a enregistré, corrigé ou terminé la délégation d’un suppléant de signature',
  'convention.signer-named': 'a dit qui signe un document d’une convention pour sa partie',
  'convention.signature-entered': 'a enregistré un document signé à la main',
  'convention.signed': 'a signé une convention',
  'convention.withdrawn': 'a renoncé à un congé ou à un manquement',
  'conventions.exported': 'a exporté des conventions',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  convention: 'Convention',
  'convention-template': 'Modèle de convention',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'contact-changed': parties,
  'convention-amended': parties,
  'convention-amendment': parties,
  'convention-amendment-signed': [...parties, ...operatorSigners],
  'convention-amendment-closed': parties,
  'convention-answered': parties,
  'convention-breach': parties,
  'convention-corrected': parties,
  'convention-deputy': parties,
  'convention-ended': [...parties, ...managers, ...officers],
  'convention-entered': parties,
  'convention-in-force': parties,
  'convention-notice': parties,
  'convention-recalled': parties,
  'convention-receipt': parties,
  'convention-renewed': parties,
  'convention-sent': parties,
  'convention-signed': [...parties, ...operatorSigners],
  'convention-signer': parties,
  'convention-withdrawn': parties,
  'operator-identity': ['partenaire:gouvernance', 'partenaire:signataire', ...managers],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  contact: 'Interlocuteur d’une convention',
  convention: 'Convention',
  operator: 'Opérateur',
}
