import { type MailKinds, managers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'address/same': refusal(409, 'Même adresse', 'C’est déjà l’adresse de ce compte.'),
  'address/asked': refusal(
    409,
    'Changement déjà demandé',
    'Un changement d’adresse attend déjà pour cette personne : faites-le confirmer, ou annulez-le d’abord.',
  ),
  'address/own': refusal(
    403,
    'Pas celui que vous demandez',
    'Une autre personne que celle qui le demande confirme un changement d’adresse : la personne concernée, un autre RGC ou le signataire.',
  ),
  'address/second-person': refusal(
    403,
    'Domaine inconnu de votre structure',
    'Aucun compte confirmé de votre structure n’a ce domaine : un autre RGC que celui qui l’a demandé, ou le signataire, confirme ce changement.',
  ),
  'address/settled': refusal(
    409,
    'Déjà décidé',
    'Ce changement d’adresse n’attend plus : il est confirmé, refusé, ou demandé depuis plus de quatorze jours.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'address.asked': 'a demandé une autre adresse pour un compte',
  'address.changed': 'a confirmé le changement d’adresse d’un compte',
  'address.refused': 'a refusé le changement d’adresse d’un compte',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'address-asked': 'person',
  'address-changed': 'person',
  'address-refused': 'person',
  'address-waiting': [...managers, 'partenaire:signataire'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  address: 'Adresse d’un compte',
}
