import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'password/refused': refusal(
    422,
    'Connexion refusée',
    'Cette adresse et ce mot de passe n’ouvrent pas de compte ici. Vérifiez-les ; si votre structure emploie ProConnect, connectez-vous avec lui.',
  ),
  'password/account-blocked': refusal(
    403,
    'Accès bloqué',
    'Votre accès est bloqué le temps d’une vérification. Le responsable de gestion de comptes (RGC) de votre structure et le correspondant sécurité de l’opérateur (CSSI) en connaissent le motif : adressez-vous à eux. L’accès rouvre quand le CSSI a noté son constat.',
  ),
  'password/contract-over': refusal(
    403,
    'Contrat terminé',
    'Le contrat ou la délégation au titre duquel votre compte est ouvert a pris fin, et votre accès avec lui. S’il est prolongé, adressez-vous au responsable de gestion de comptes (RGC) de la structure pour laquelle vous travaillez.',
  ),
  'sign-in/choice-over': refusal(
    409,
    'Connexion à recommencer',
    'Ce choix a déjà servi, ou a duré plus de dix minutes. Recommencez la connexion depuis le début.',
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
    'Ce mot de passe n’est pas celui de votre compte. Si vous l’avez oublié, demandez un lien au responsable de gestion de comptes (RGC) de votre structure ou, si elle n’en a aucun en fonction, à la direction régionale de l’opérateur (signataire) ou à son correspondant sécurité, CSSI (RGC désigné).',
  ),
  'password/code-refused': refusal(
    422,
    'Code incorrect',
    'Ce n’est pas le code qui vous a été remis avec ce lien. Vérifiez-le auprès de qui vous l’a remis ; après cinq codes faux, le lien ne sert plus.',
  ),
  'password/link-over': refusal(
    409,
    'Lien qui ne sert plus',
    'Ce lien a déjà servi, a été remplacé par un plus récent, ou date de plus de vingt-quatre heures. Demandez-en un autre à qui vous l’a envoyé.',
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
  'password/not-open': refusal(
    409,
    'Mot de passe non ouvert',
    'La structure de cette personne se connecte avec ProConnect, ou son compte n’est pas actif : un mot de passe ne lui ouvrirait rien.',
  ),
  'password/already-decided': refusal(409, 'Déjà décidé', 'C’est déjà ce qui vaut pour cette structure.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'organisation.password-allowed': 'a permis la connexion par mot de passe à une structure',
  'organisation.password-forbidden': 'a retiré la connexion par mot de passe à une structure',
  'password.changed': 'a changé son mot de passe',
  'password.change-failed': 'n’a pas pu changer son mot de passe',
  'password.chosen': 'a choisi un mot de passe',
  'password.code-refused': 'a saisi un code faux pour choisir un mot de passe',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'password-changed': 'person',
  'password-chosen': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  password: 'Mot de passe',
}
