import { type MailKinds, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
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
  'agency/holders-too-wide': refusal(
    422,
    'Une seconde personne est nécessaire',
    'Avec ces territoires, une personne habilitée sur cette agence tiendrait plus de deux départements, ou toute une région, sans qu’une seconde personne l’ait confirmé. Déclarez une autre agence pour ces territoires : ses habilitations attendront cette confirmation.',
  ),
  'agency/closed': refusal(409, 'Agence fermée', 'Cette agence est fermée : rouvrez-la d’abord.'),
  'agency/open': refusal(409, 'Agence ouverte', 'Cette agence n’est pas fermée.'),
  'agency/in-use': refusal(
    409,
    'Habilitations sur cette agence',
    'Des habilitations, ou des demandes, portent encore sur cette agence : mettez-y fin, changez leur périmètre ou décidez-en d’abord. « Qui a accès à quoi » les liste.',
  ),
  'agency/unknown': refusal(422, 'Agence inconnue', 'Cette agence n’est pas de votre structure, ou elle est fermée.'),
  'organisation/unknown': refusal(422, 'Structure inconnue', 'Cette structure n’est pas connue.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'agency.declared': 'a déclaré une agence',
  'agency.edited': 'a modifié une agence',
  'agency.closed': 'a fermé une agence',
  'agency.reopened': 'a rouvert une agence',
  'agency.widened': 'a étendu les territoires d’une agence',
  'third-party.declared': 'a déclaré un délégataire ou un prestataire',
  'third-party.edited': 'a modifié un délégataire ou un prestataire',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  agency: 'Agence',
  organisation: 'Structure',
  'third-party': 'Prestataire',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'agency-widened': [...officers, 'partenaire:signataire'],
  'third-party-declared': ['operateur:dpd', ...officers, 'partenaire:signataire', 'partenaire:dpd'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  agency: 'Agence',
  third: 'Délégataires et prestataires',
}
