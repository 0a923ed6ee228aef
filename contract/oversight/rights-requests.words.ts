import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'rights-request/dpd-only': refusal(
    403,
    'Réservé au DPD',
    'Le délégué à la protection des données (DPD) de votre structure tient le registre des demandes de droits. Le signataire donne ce rôle.',
  ),
  'rights-request/day-in-future': refusal(422, 'Date à vérifier', 'Ce jour est à venir : notez ce qui est déjà fait.'),
  'rights-request/day-before': refusal(
    422,
    'Date à vérifier',
    'Ce jour précède la réception de la demande, ou la vérification de l’identité.',
  ),
  'rights-request/already-noted': refusal(
    409,
    'Déjà noté',
    'Cette étape est déjà notée, et ne se note qu’une fois. Relisez la demande.',
  ),
  'rights-request/answered': refusal(409, 'Demande déjà répondue', 'La réponse à cette demande est déjà notée.'),
  'rights-request/identity-first': refusal(
    409,
    'Identité à vérifier',
    'Notez d’abord comment l’identité de la personne est vérifiée : sans cela, ses données peuvent être remises à un autre. Un refus seul s’en passe.',
  ),
  'rights-request/first-month-over': refusal(
    422,
    'Premier mois passé',
    'La personne doit être informée de la prolongation et de son motif pendant le premier mois (article 12.3 du RGPD). Ce mois est passé.',
  ),
  'rights-request/ground-required': refusal(
    422,
    'Article et motif attendus',
    'D’une réponse partielle ou d’un refus, et d’eux seuls, dites l’article et le motif.',
  ),
  'rights-request/nothing-to-tell': refusal(
    409,
    'Personne à prévenir',
    'Les destinataires se préviennent d’une rectification, d’un effacement, d’une limitation ou d’une opposition à laquelle il est fait droit, une fois la réponse notée.',
  ),
  'rights-request/handed': refusal(
    403,
    'Demande transmise',
    'L’autre partie tient cette demande depuis qu’elle lui est transmise, et note ce qu’elle devient.',
  ),
  'rights-request/entry-handed': refusal(
    403,
    'Demande transmise',
    'Ce qui est enregistré d’une demande transmise ne se corrige plus. Tant que rien n’y est noté, la structure qui l’a transmise peut la reprendre, la corriger et la transmettre de nouveau.',
  ),
  'rights-request/giver-only': refusal(
    403,
    'Réservé à qui a transmis',
    'La structure qui a transmis la demande la reprend, tant qu’elle est chez l’autre partie.',
  ),
  'rights-request/receiver-only': refusal(
    403,
    'Réservé à qui la tient',
    'La structure à laquelle la demande est transmise la rend, tant qu’elle la tient.',
  ),
  'rights-request/taken': refusal(
    409,
    'Demande déjà traitée',
    'L’autre partie a déjà noté une étape de cette demande : elle y répond.',
  ),
  'rights-request/unchanged': refusal(409, 'Rien à corriger', 'La demande dit déjà cela : changez ce qui est faux.'),
  'rights-request/identity-checked': refusal(
    409,
    'Identité déjà vérifiée',
    'L’identité de cette personne est vérifiée : son nom ne se corrige plus. Si une autre personne a fait la demande, enregistrez-en une nouvelle, du même jour de réception.',
  ),
  'rights-request/step-before': refusal(
    422,
    'Date à vérifier',
    'Une étape déjà notée précède ce jour de réception : une demande se reçoit avant ce que l’on en fait.',
  ),
  'rights-request/handed-once': refusal(
    409,
    'Déjà transmise',
    'Une demande ne se transmet pas plus loin : si elle ne relève pas de vous, rendez-la à qui l’a transmise, avec le motif.',
  ),
  'rights-request/not-the-other-party': refusal(
    422,
    'Structure à vérifier',
    'Un partenaire transmet une demande à l’opérateur, et l’opérateur à un partenaire.',
  ),
  'rights-request/nobody-there': refusal(
    409,
    'Personne à prévenir là-bas',
    'Cette structure n’a aucun DPD que l’outil connaisse : son signataire donne ce rôle. Gardez la demande jusque-là.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'rights-request.entered': 'a enregistré une demande de droits',
  'rights-request.corrected': 'a corrigé ce qui est enregistré d’une demande de droits',
  'rights-request.identity-checked': 'a noté la vérification d’identité d’une demande de droits',
  'rights-request.extended': 'a prolongé le délai d’une demande de droits',
  'rights-request.answered': 'a noté la réponse à une demande de droits',
  'rights-request.recipients-told': 'a noté que les destinataires des données sont prévenus',
  'rights-request.handed-over': 'a transmis une demande de droits à l’autre partie',
  'rights-request.handover-withdrawn': 'a repris une demande de droits transmise par erreur',
  'rights-request.handover-given-back': 'a rendu une demande de droits à qui l’avait transmise',
  'rights-request.exported': 'a exporté les données d’une personne pour sa demande de droits',
}

const officers = ['operateur:dpd', 'partenaire:dpd'] as const
/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'rights-request-handed': officers,
  'rights-request-answered': officers,
  'rights-request-withdrawn': officers,
  'rights-request-given-back': officers,
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  rights: 'Demandes de droits',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'rights-request': 'Demande de droits',
}

/** The right that is exercised, by its name in the regulation. */
export const rightsKindWords = {
  access: 'Accès',
  rectification: 'Rectification',
  erasure: 'Effacement',
  restriction: 'Limitation',
  portability: 'Portabilité',
  objection: 'Opposition',
} as const
