import type { MailKinds } from '../../mail-roles.ts'
import { type Refusals, refusal } from '../../refusal.ts'

export const refusals = {
  'view/too-many-watched': refusal(
    422,
    'Trop de vues suivies',
    'Vous suivez déjà 20 vues : arrêtez les courriels de l’une d’elles pour en suivre une autre.',
  ),
  'view/too-long-to-watch': refusal(
    422,
    'Vue trop longue',
    'Cette vue compte plus de 1 000 employeurs : resserrez ses filtres pour être prévenu de ce qui y est nouveau.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'view.watched': 'a demandé à être prévenu de ce qui est nouveau dans une vue',
  'view.unwatched': 'a arrêté les courriels d’une vue',
  'view.watch-stopped': 'a arrêté les courriels d’une vue que son lecteur ne peut plus suivre',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'view-news': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  view: 'Nouveautés des vues suivies',
}
