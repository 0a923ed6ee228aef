import * as rooms from './rooms.ts'

/**
 * Every kind of mail, with its recipients: `person`, the one it is about, or those who hold these roles on that day
 * (AGR-9).
 * Nothing else chooses a recipient; a mail of a kind missing here does not compile.
 * The partner's side is that of the structure concerned, the operator itself included.
 */
export const mailKinds = {
  ...rooms.assessments.mails,
  ...rooms.awareness.mails,
  ...rooms.conventions.mails,
  ...rooms.texts.mails,
  ...rooms.tools.mails,
  ...rooms.security.mails,
  ...rooms.anomalies.mails,
  ...rooms.confirmations.mails,
  ...rooms.grants.mails,
  ...rooms.organisations.mails,
  ...rooms.people.mails,
  ...rooms.reviews.mails,
  ...rooms.rgc.mails,
  ...rooms.identity.mails,
  ...rooms.passwords.mails,
  ...rooms.signInHelp.mails,
  ...rooms.campaigns.mails,
}
/** Subjects of mails, by the first word of their kind. */
export const mailMatterWords: Readonly<Record<string, string>> = {
  ...rooms.assessments.mailMatters,
  ...rooms.awareness.mailMatters,
  ...rooms.conventions.mailMatters,
  ...rooms.texts.mailMatters,
  ...rooms.tools.mailMatters,
  ...rooms.security.mailMatters,
  ...rooms.anomalies.mailMatters,
  ...rooms.confirmations.mailMatters,
  ...rooms.grants.mailMatters,
  ...rooms.organisations.mailMatters,
  ...rooms.people.mailMatters,
  ...rooms.reviews.mailMatters,
  ...rooms.rgc.mailMatters,
  ...rooms.identity.mailMatters,
  ...rooms.passwords.mailMatters,
  ...rooms.campaigns.mailMatters,
}
