import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'directive/in-past': refusal(
    422,
    'Date passée',
    'Une directive prend effet aujourd’hui ou plus tard : ce qui a valu ne se réécrit pas.',
  ),
  'directive/weak-before': refusal(
    422,
    'Date avant la prise d’effet',
    'Le dernier jour des niveaux faibles suit le jour où la directive prend effet.',
  ),
  'directive/shuts-you-out': refusal(
    422,
    'Vous vous fermeriez la porte',
    'Cette directive n’accepterait plus le moyen par lequel vous êtes connecté en ce moment. Connectez-vous d’abord par un moyen qu’elle accepte.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'authentication-directive.set': 'a fixé les moyens de connexion d’une structure',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'authentication-directive': 'Moyens de connexion',
}
