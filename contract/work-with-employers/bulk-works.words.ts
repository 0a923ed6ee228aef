import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'bulk-work/already-asked': refusal(
    409,
    'Travail déjà lancé',
    'Ce travail est déjà lancé : retrouvez-le dans Mes travaux longs.',
  ),
  'bulk-work/stale': refusal(
    409,
    'Décompte trop ancien',
    'Ce décompte date de plus d’une heure : recommencez-le pour savoir ce qui changerait à présent.',
  ),
  'bulk-work/not-done': refusal(
    409,
    'Rien à annuler',
    'Ce travail est en cours, il est déjà annulé, ou il n’a rien changé.',
  ),
  'bulk-work/not-running': refusal(409, 'Rien à arrêter', 'Ce travail est déjà fini, arrêté ou annulé.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'bulk-work.counted': 'a compté ce que changerait un acte sur de nombreuses cibles ou actions',
  'bulk-work.asked': 'a lancé un travail sur de nombreuses cibles ou actions',
  'bulk-work.undo-asked': 'a demandé l’annulation d’un travail sur de nombreuses cibles ou actions',
  'target.closed': 'a clos une cible sans contact',
  'target.release-undone': 'a remis une cible à qui l’avait prise',
  'target.reopened': 'a rouvert une cible close sans contact',
  'bulk-work.stopped': 'a arrêté un travail sur de nombreuses cibles ou actions',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'work-finished': 'person',
} as const satisfies MailKinds
