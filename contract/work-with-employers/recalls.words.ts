import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'recalls/out-of-order': refusal(
    422,
    'Délais dans le désordre',
    'Les responsables sont relancés après la personne, et le pilote après les responsables : donnez trois délais croissants.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'campaign.recalls-set': 'a fixé les délais de relance d’une campagne',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'stale-targets': 'person',
  'stale-needs': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  stale: 'Travail sans nouvelles',
}
