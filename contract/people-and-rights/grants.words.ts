import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
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
  'grant/not-suspended': refusal(
    409,
    'Habilitation non suspendue',
    'Cette habilitation n’est pas suspendue, a déjà été rétablie, ou est arrivée à son terme.',
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
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'access.exported': 'a exporté les accès de sa structure',
  'grant.asked': 'a demandé une habilitation',
  'grant.given': 'a donné une habilitation',
  'grant.changed': 'a changé une habilitation',
  'grant.ended': 'a mis fin à une habilitation',
  'grant.lapsed': 'a mis fin aux habilitations d’une convention terminée, quand la suivante a pris effet',
  'grant.suspended': 'a suspendu une habilitation',
  'grant.resumed': 'a rétabli une habilitation suspendue',
  'grant.request-accepted': 'a accepté une demande d’habilitation',
  'grant.request-refused': 'a refusé une demande d’habilitation',
  'grant.request-withdrawn': 'a retiré une demande d’habilitation',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  grant: 'Habilitation',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'grant-changed': 'person',
  'grant-ended': 'person',
  'grant-suspended': 'person',
  'grant-given': 'person',
  'grant-request-decided': 'person',
  'grant-asked': managers,
  'grant-asked-of-signatory': ['partenaire:signataire'],
  'grant-beyond-function': [...managers, ...officers],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  grant: 'Habilitation',
}
