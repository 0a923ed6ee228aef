import { declarers, type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
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
  'rgc/no-convention': refusal(
    422,
    'Convention attendue',
    'Un acte d’engagement est l’annexe d’une convention, en vigueur ou à signer : votre structure n’en a pas. La direction régionale de l’opérateur la prépare.',
  ),
  'rgc/no-conditions': refusal(
    422,
    'Conditions générales à publier',
    'L’opérateur n’a pas publié les conditions générales d’accès : elles n’ont pas pu être remises. Prévenez l’opérateur, qui les publie.',
  ),
  'rgc/no-longer-signatory': refusal(
    403,
    'Plus signataire',
    'Vous n’êtes plus signataire de cette structure : un nouvel acte nomme son signataire d’aujourd’hui.',
  ),
  'rgc/signatory-changed': refusal(
    409,
    'Signataire changé',
    'Le signataire que cet acte nomme ne l’est plus : proposez un nouvel acte.',
  ),
  'rgc/other-text': refusal(
    409,
    'Acte à relire',
    'Ce que vous avez lu n’est pas l’acte à signer : relisez-le, puis signez.',
  ),
  'rgc/convention-over': refusal(
    409,
    'Convention terminée',
    'La convention de cet acte a pris fin, et l’acte avec elle : la suivante demande un nouvel acte.',
  ),
  'rgc/refused-person': refusal(
    422,
    'Personne déjà refusée',
    'L’opérateur a refusé cette personne pour votre structure : proposez-en une autre. Seul le correspondant sécurité de l’opérateur (CSSI) peut permettre qu’elle soit de nouveau désignée.',
  ),
  'rgc/revoked-person': refusal(
    422,
    'Personne révoquée',
    'L’opérateur a demandé la révocation de cette personne : proposez-en une autre. Seul le correspondant sécurité de l’opérateur (CSSI) peut permettre qu’elle soit de nouveau désignée.',
  ),
  'rgc/signatory-alone': refusal(
    422,
    'Seconde personne attendue',
    'Le seul signataire ne peut pas être le seul RGC : personne ne pourrait décider pour lui, ni clore la revue de ses accès. Désignez une seconde personne dans l’acte.',
  ),
  'rgc/nothing-to-lift': refusal(
    409,
    'Rien à lever',
    'Aucun refus ni aucune révocation faite ne s’oppose à cette personne. Une demande de révocation qui attend se retire.',
  ),
  'rgc/refused-unknown': refusal(
    422,
    'Personne non désignée',
    'Seule une personne que l’acte désigne peut être refusée.',
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
  'rgc/not-yours-to-note': refusal(
    403,
    'Réservé à la structure et au CSSI',
    'Le signataire de la structure, ses responsables de gestion de comptes (RGC) et le correspondant sécurité de l’opérateur (CSSI) peuvent le noter.',
  ),
  'rgc/not-asked': refusal(
    409,
    'Plus de question',
    'La question n’est plus posée : cette personne s’est connectée, une réponse a été donnée, ou elle n’est plus RGC.',
  ),
  'rgc/already-noted': refusal(409, 'Déjà noté', 'Un événement de ce RGC est déjà noté : il reste à le déclarer.'),
  'rgc/already-withdrawn': refusal(409, 'Déjà retiré ou déclaré', 'Ce qui avait été noté est déjà retiré, ou déclaré.'),
  'rgc/event-dates': refusal(
    422,
    'Dates à compléter',
    'Un départ ou un changement de fonction a un dernier jour et le jour où il a été connu, qui ne peut pas être à venir ; une absence a son premier jour. Ce que le CSSI saisit a le jour de sa signature et celui où il l’a reçu.',
  ),
  'rgc/paper-required': refusal(
    422,
    'Document attendu',
    'Une déclaration reçue est gardée avec son document : joignez la lettre numérisée, ou le courriel en PDF.',
  ),
  'rgc/paper-dates': refusal(
    422,
    'Dates à vérifier',
    'Le document est signé avant d’être reçu, et reçu aujourd’hui au plus tard. Une déclaration n’est pas reçue avant que l’événement soit connu.',
  ),
  'rgc/confirm-acceptance': refusal(
    409,
    'Effet de l’acte à confirmer',
    'La date de réception donne ou retire aussitôt son effet à cet acte, et le rôle de RGC à ceux qu’il nomme. Relisez-la, puis confirmez.',
  ),
  'rgc/paper-entered': refusal(409, 'Acte déjà saisi', 'Ce document est déjà enregistré pour cette structure.'),
  'rgc/no-paper': refusal(
    422,
    'Rien à corriger',
    'Seules les dates d’un acte ou d’une déclaration reçus, que le CSSI a saisis, se corrigent.',
  ),
  'rgc/nothing-to-correct': refusal(422, 'Aucune date changée', 'Donnez la date corrigée : elle est la même.'),
  'rgc/second-person': refusal(
    403,
    'Réservé à une seconde personne',
    'Vous avez donné cette date : un autre correspondant sécurité de l’opérateur (CSSI) la corrige.',
  ),
  'rgc/correction-too-late': refusal(
    409,
    'Délai de correction passé',
    'Une date se corrige dans les quatre-vingt-dix jours qui suivent sa saisie. Ensuite, la structure propose un nouvel acte.',
  ),
  'rgc/signatory-only': refusal(403, 'Réservé au signataire', 'Seul le signataire de la structure peut le faire.'),
  'rgc/not-contestable': refusal(
    409,
    'Rien à contester',
    'Seul se conteste un acte signé à la main que l’opérateur a saisi pour votre structure, et qui n’est ni refusé ni déjà contesté.',
  ),
  'rgc/not-yours-to-take-back': refusal(
    403,
    'Réservé à qui l’a déclaré',
    'La structure reprend ce qu’elle a déclaré, ou conteste ce que l’opérateur a saisi pour elle ; jamais la personne que cela vise, sauf ce qu’elle a déclaré elle-même. L’opérateur reprend ce qu’il a saisi.',
  ),
  'rgc/event-taken-back': refusal(
    409,
    'Déjà repris',
    'Ce départ ou cette absence est déjà repris ou contesté : il n’a plus d’effet.',
  ),
  'rgc/absence-short': refusal(
    422,
    'Absence de deux mois au plus',
    'Seule une absence de plus de deux mois se déclare : le RGC le reste pendant une absence plus courte.',
  ),
  'rgc/certificate-in-future': refusal(422, 'Date à venir', 'Une attestation ne peut pas être datée dans l’avenir.'),
  'rgc/never-oneself': refusal(
    403,
    'Jamais soi-même',
    'Une révocation est faite par le signataire ou un autre RGC de la structure.',
  ),
  'rgc/revocation-made': refusal(409, 'Déjà révoqué', 'Cette révocation est déjà faite.'),
  'rgc/revocation-withdrawn': refusal(
    409,
    'Demande retirée',
    'Cette demande de révocation est retirée : il n’y a plus à révoquer.',
  ),
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
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'rgc-certificate.recorded': 'a enregistré une attestation de RGC',
  'rgc-deed.abandoned': 'a renoncé à un acte d’engagement',
  'rgc-deed.file-read': 'a lu un acte d’engagement',
  'rgc-deed.entered': 'a saisi un acte d’engagement signé à la main',
  'rgc-deed.contested': 'a contesté un acte d’engagement saisi par l’opérateur',
  'rgc-deed.proposed': 'a proposé un acte d’engagement',
  'rgc-deed.sent': 'a envoyé un acte d’engagement au CSSI',
  'rgc-deed.signed': 'a signé un acte d’engagement',
  'rgc-deed.accepted': 'a accepté un acte d’engagement',
  'rgc-deed.refused': 'a refusé un acte d’engagement',
  'rgc-event.noted': 'a noté le départ ou l’absence d’un RGC, à déclarer',
  'rgc-event.note-withdrawn': 'a repris ce qui était noté d’un RGC',
  'rgc-event.declared': 'a déclaré le départ ou l’absence d’un RGC',
  'rgc-event.received': 'a saisi le départ ou l’absence d’un RGC, déclaré par sa structure',
  'rgc-event.withdrawn': 'a repris le départ ou l’absence d’un RGC, déclaré par erreur',
  'rgc-event.contested': 'a contesté le départ ou l’absence d’un RGC, saisi par l’opérateur',
  'rgc-event.paper-read': 'a lu le document du départ ou de l’absence d’un RGC',
  'rgc-paper.corrected': 'a corrigé une date d’un acte ou d’une déclaration de RGC reçus',
  'rgc-presence.answered': 'a répondu qu’un RGC est toujours en fonction',
  'rgc-bar.lifted': 'a permis qu’une personne refusée ou révoquée soit de nouveau désignée RGC',
  'rgc-revocation.made': 'a révoqué un RGC',
  'rgc-revocation.required': 'a demandé la révocation d’un RGC',
  'rgc-revocation.withdrawn': 'a retiré une demande de révocation d’un RGC',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'rgc-deed': 'Acte d’engagement',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'rgc-certificate': 'person',
  'rgc-deed-answered': 'person',
  'rgc-deed-designated': 'person',
  'rgc-deed-entered': ['partenaire:signataire', ...managers],
  'rgc-deed-contested': [...declarers, ...officers],
  'rgc-deed-decided': ['partenaire:signataire', ...managers],
  'rgc-deed-sent': officers,
  'rgc-deed-to-sign': ['partenaire:signataire'],
  'rgc-event': officers,
  'rgc-event-entered': declarers,
  'rgc-event-named': 'person',
  'rgc-event-withdrawn': [...declarers, ...officers],
  'rgc-event-received-withdrawn': [...declarers, ...officers, 'operateur:direction-regionale'],
  'rgc-event-question': declarers,
  'rgc-event-known': declarers,
  'rgc-event-three-days': declarers,
  'rgc-event-last-day': declarers,
  'rgc-event-late': [...declarers, ...officers],
  'rgc-paper-corrected': declarers,
  'rgc-nobody-left': [
    'operateur:cssi',
    'operateur:direction-regionale',
    'operateur:gouvernance',
    'partenaire:signataire',
    'partenaire:gouvernance',
    'partenaire:responsable-operationnel',
    'partenaire:correspondant-si',
  ],
  'rgc-gate-shut': [...declarers, ...officers, 'operateur:direction-regionale'],
  'rgc-revocation-required': ['partenaire:signataire', 'partenaire:responsable-operationnel', ...managers],
  'rgc-revocation-withdrawn': ['partenaire:signataire', 'partenaire:responsable-operationnel', ...managers],
  'rgc-bar-lifted': ['partenaire:signataire', 'partenaire:responsable-operationnel', ...managers],
  'rgc-revoked': officers,
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  rgc: 'Responsable de gestion de comptes (RGC)',
}
