import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'security/never-oneself': refusal(
    403,
    'Jamais soi-même',
    'Personne ne bloque ni ne débloque son propre compte : un autre CSSI le fait, ou un administrateur pour le compte d’un CSSI.',
  ),
  'security/already-blocked': refusal(409, 'Déjà bloqué', 'Cet acte exceptionnel est déjà en cours pour ce compte.'),
  'security/nothing-to-cut': refusal(
    422,
    'Rien à couper',
    'Cette personne ne tient pas, ou plus, cette habilitation, ou n’est pas un RGC en place de sa structure.',
  ),
  'security/last-officer': refusal(
    409,
    'Dernier CSSI ou administrateur',
    'Plus personne ne lèverait les blocages, ou ne donnerait les rôles de l’opérateur : faites d’abord donner ce rôle, sans date de fin, à une autre personne.',
  ),
  'security/already-lifted': refusal(409, 'Blocage déjà levé', 'Ce blocage est déjà levé.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'access.refused': 'a reçu des refus d’accès',
  'account.blocked': 'a coupé un accès (acte exceptionnel de l’opérateur)',
  'account.blocked-for-suspect-use': 'a bloqué un compte pour usage inhabituel',
  'account.suspect-use-told':
    'a signalé l’usage inhabituel d’un compte qui n’est pas bloqué : il est le dernier de son rôle',
  'account.unblocked': 'a levé un blocage',
  'account.opens-beyond-ordinary': 'a signalé qu’une personne ouvre plus de comptes que d’ordinaire',
  'structure.read-beyond-ordinary': 'a signalé qu’une structure lit plus que d’ordinaire',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'block-lifted': [...managers, 'partenaire:signataire'],
  'block-lifted-officer': [...officers, 'operateur:administrateur', ...managers, 'partenaire:signataire'],
  'exceptional-act': [...managers, 'partenaire:signataire'],
  'rgc-cut': [
    ...managers,
    'partenaire:signataire',
    'partenaire:responsable-operationnel',
    'partenaire:correspondant-si',
  ],
  'rgc-cut-lifted': [
    ...managers,
    'partenaire:signataire',
    'partenaire:responsable-operationnel',
    'partenaire:correspondant-si',
  ],
  'suspect-use': [...officers, ...managers, 'partenaire:rssi'],
  'suspect-use-officer': [...officers, 'operateur:administrateur', ...managers, 'partenaire:rssi'],
  'suspect-use-told': [...officers, 'operateur:administrateur', 'operateur:rssi', 'operateur:dpd', 'operateur:support'],
  'structure-suspect-use': officers,
  'accounts-opened-many': officers,
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  accounts: 'Ouvertures de comptes',
  block: 'Accès rétabli',
  exceptional: 'Acte exceptionnel',
  suspect: 'Usage inhabituel',
}
