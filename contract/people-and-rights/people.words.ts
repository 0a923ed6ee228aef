import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
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
  'person/mailbox-taken': refusal(
    409,
    'Boîte aux lettres déjà employée',
    'Cette adresse mène à la boîte d’une personne qui a déjà un compte dans votre structure : ni ce qui suit un « + », ni un point n’en fait une autre. Saisissez l’adresse d’une autre personne.',
  ),
  'person/own-mailbox': refusal(
    409,
    'Votre propre boîte aux lettres',
    'Cette adresse mène à votre propre boîte. On n’ouvre pas un second compte pour soi-même : une autre personne décide de vos droits.',
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
  'person/third-party-to-come': refusal(
    422,
    'Délégation ou marché à venir',
    'Ce délégataire ou ce prestataire n’intervient pas encore pour votre structure : ouvrez le compte à partir du premier jour de son intervention.',
  ),
  'person/contract-end-needed': refusal(
    422,
    'Fin de contrat attendue',
    'Le compte d’un prestataire porte la date de fin de son contrat.',
  ),
  'person/contract-end-passed': refusal(422, 'Contrat déjà terminé', 'La date de fin de contrat est passée.'),
  'person/manages-accounts': refusal(
    409,
    'Responsable de gestion de comptes',
    'Un RGC appartient au personnel permanent de la structure, sans date de fin. Déclarez d’abord son départ ou son changement de fonction, ou proposez un acte d’engagement qui ne le désigne plus.',
  ),
  'person/gone': refusal(409, 'Compte supprimé', 'Le compte de cette personne a été supprimé.'),
  'person/already': refusal(409, 'Déjà fait', 'Le compte est déjà dans cet état.'),
  'person/still-manager': refusal(
    409,
    'Encore RGC ou signataire',
    'Cette personne tient encore un rôle pour votre structure : mettez-y fin d’abord, pour qu’il ne reste pas sans titulaire.',
  ),
  'person/not-departed': refusal(409, 'Aucun départ', 'Ce compte n’est pas supprimé, ou son départ est déjà annulé.'),
  'person/last-day-passed': refusal(
    422,
    'Jour déjà passé',
    'Un départ se saisit d’avance pour aujourd’hui ou plus tard. Celui qui a eu lieu se dit sans date : le compte prend fin aussitôt.',
  ),
  'person/departure-entered': refusal(
    409,
    'Départ déjà saisi',
    'Un départ est déjà saisi pour cette personne : annulez-le d’abord.',
  ),
  'person/no-departure-to-come': refusal(
    409,
    'Aucun départ à venir',
    'Aucun départ à venir n’est saisi pour cette personne, ou il a pris effet : il s’annule alors dans les trente jours.',
  ),
  'person/undo-too-late': refusal(
    409,
    'Trop tard',
    'Un départ s’annule dans les trente jours. Pour cette personne, ouvrez un nouveau compte.',
  ),
  'person/departure-declared': refusal(
    409,
    'Départ déclaré',
    'Ce départ a été déclaré au correspondant sécurité de l’opérateur (CSSI) : le compte prendrait fin de nouveau. Ouvrez un nouveau compte.',
  ),
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
    'Le fichier a été vérifié il y a plus d’un jour, ou une adresse a été utilisée depuis : vérifiez-le de nouveau.',
  ),
  'account/unknown': refusal(422, 'Personne inconnue', 'Cette personne n’a pas de compte dans cette structure.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'role.given': 'a donné un rôle à un agent de l’opérateur',
  'role.ended': 'a mis fin au rôle d’un agent de l’opérateur',
  'account.created': 'a créé un compte',
  'account.deleted': 'a supprimé un compte',
  'account.manager-role-ended': 'a mis fin au rôle d’un RGC qui n’appartient plus au personnel permanent',
  'account.departed': 'a supprimé un compte au terme du départ déclaré',
  'account.departure-entered': 'a saisi d’avance un départ',
  'account.departure-cancelled': 'a annulé un départ saisi d’avance',
  'account.departure-held': 'a gardé un compte au terme du départ prévu : il tient seul un rôle de l’opérateur',
  'account.ended-for-breach': 'a mis fin à un compte pour manquement',
  'account.departure-undone': 'a annulé un départ enregistré par erreur',
  'account.edited': 'a modifié un compte',
  'account.inactivity-lifted': 'a levé une suspension pour inactivité',
  'account.opened': 'a ouvert un compte',
  'account.resumed': 'a rétabli un compte',
  'account.suspended': 'a suspendu un compte',
  'accounts.file-checked': 'a contrôlé un fichier de comptes',
  'accounts.file-confirmed': 'a ouvert les comptes d’un fichier',
  'accounts.file-confirmed-again': 'a repris l’ouverture des comptes d’un fichier',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  account: 'Compte',
  confidentiality: 'Départ et confidentialité',
  'account-import': 'Fichier de comptes',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'account-ended': 'person',
  'account-ending': 'person',
  'account-ending-cancelled': 'person',
  'account-opened': 'person',
  'account-restored': 'person',
  'account-resumed': 'person',
  'account-suspended': 'person',
  'confidentiality-reminder': 'person',
  inactivity: 'person',
  'inactivity-lifted': 'person',
  'inactivity-of-role': 'person',
  'account-ended-for-breach': [...managers, ...officers],
  'account-departure-held': ['operateur:administrateur', 'operateur:cssi', 'operateur:signataire'],
  'account-no-longer-manager': [
    'partenaire:signataire',
    'partenaire:gouvernance',
    'partenaire:responsable-operationnel',
    ...managers,
    ...officers,
  ],
  'inactivity-suspended': managers,
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  account: 'Compte',
  confidentiality: 'Départ et confidentialité',
  inactivity: 'Inactivité',
}
