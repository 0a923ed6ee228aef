import { type Refusals, refusal } from './refusal.ts'

export const refusals = {
  'mail/overseers-only': refusal(
    403,
    'Réservé au CSSI et aux administrateurs',
    'Les courriels qui ne sont pas partis sont vus du correspondant sécurité de l’opérateur (CSSI) et de ses administrateurs.',
  ),
  'mail/not-failed': refusal(409, 'Plus en échec', 'Ce courriel est parti, il repart déjà, ou il est effacé.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'mail.retried': 'a fait renvoyer un courriel',
  'notice.role-empty': 'n’a trouvé personne dans un rôle à prévenir',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  mail: 'Courriel',
}
