import type { MailKinds } from '../mail-roles.ts'

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'portfolio.exported': 'a exporté son portefeuille',
  'next-actions.exported': 'a exporté ses prochaines actions',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'actions-due': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  actions: 'Prochaines actions',
}
