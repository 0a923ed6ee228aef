import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
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
    'Cinquante codes faux de suite ont été saisis : seule une clé d’accès ouvre encore votre compte. Si vous n’en avez pas, demandez la réinitialisation de votre second facteur au responsable de gestion de comptes (RGC) de votre structure ou, si elle n’en a aucun en fonction, à la direction régionale de l’opérateur (signataire) ou à son correspondant sécurité, CSSI (RGC désigné).',
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
    'Code remis de vive voix nécessaire',
    'Pour enregistrer votre premier second facteur, saisissez d’abord le code qui vous est remis de vive voix : la page dit par qui.',
  ),
  'second-factor/code-refused': refusal(
    422,
    'Code incorrect',
    'Ce n’est pas le code qui vous a été remis. Vérifiez-le ; après cinq codes faux, il faut en demander un autre.',
  ),
  'second-factor/code-over': refusal(
    409,
    'Aucun code en cours',
    'Aucun code ne vous a été remis, ou il a servi, date de plus de vingt-quatre heures, ou cinq codes faux ont été saisis. Demandez-en un au responsable de gestion de comptes (RGC) de votre structure ou, si elle n’en a aucun en fonction, à la direction régionale de l’opérateur (signataire) ou à son correspondant sécurité, CSSI (RGC désigné).',
  ),
  'second-factor/last': refusal(
    409,
    'Dernier second facteur',
    'C’est votre dernier second facteur : enregistrez-en un autre avant de retirer celui-ci.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'account.link-asked': 'a demandé à relier une identité à un compte',
  'account.linked': 'a relié une identité à un compte',
  'keys.rotated': 'a chiffré de nouveau des secrets, avec la clé en vigueur',
  'keys.passwords-dropped': 'a effacé les mots de passe d’une ancienne clé',
  'organisation.provider-expected': 'a ajouté un fournisseur d’identité attendu pour une structure',
  'recovery-code.used': 'a utilisé un code de secours',
  'recovery-codes.replaced': 'a remplacé ses codes de secours',
  'second-factor.asked': 'a demandé à prouver son second facteur',
  'second-factor.enrolled': 'a enregistré un second facteur',
  'second-factor.enrolment-allowed': 'a permis à une personne d’enregistrer un premier second facteur sans code',
  'second-factor.code-refused': 'a saisi un code faux pour enregistrer un second facteur',
  'second-factor.enrolment-opened': 'a saisi le code qui lui a été remis',
  'second-factor.enrolment-started': 'a commencé d’enregistrer un second facteur',
  'second-factor.failed': 'a échoué à prouver son second facteur',
  'second-factor.proven': 'a prouvé son second facteur',
  'second-factor.removed': 'a retiré un second facteur',
  'session.opened': 'a ouvert une session',
  'session.ended': 'a fermé une session',
  'session.unlocked': 'a déverrouillé sa session',
  'sessions.others-ended': 'a fermé ses autres sessions',
  'sign-in.failed': 'n’a pas pu se connecter',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  key: 'Clé',
  'second-factor': 'Second facteur',
  session: 'Session',
  'sign-in': 'Connexion',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'second-factor-codes-replaced': 'person',
  'second-factor-enrolled': 'person',
  'second-factor-guessed': 'person',
  'second-factor-removed': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  second: 'Second facteur',
}
