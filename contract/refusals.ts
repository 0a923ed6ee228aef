import type { Refusal } from './refusal.ts'
import * as rooms from './rooms.ts'

/**
 * Everything the service refuses on purpose: a stable code for programs, its HTTP status, a title, and the sentence a
 * person reads. Each room writes its own (`<room>.words.ts`).
 * A code is never renamed; rules and policies throw codes and know nothing of HTTP.
 */
export const refusals = {
  ...rooms.assessments.refusals,
  ...rooms.awareness.refusals,
  ...rooms.conventions.refusals,
  ...rooms.disagreements.refusals,
  ...rooms.partnerRoles.refusals,
  ...rooms.partners.refusals,
  ...rooms.texts.refusals,
  ...rooms.tools.refusals,
  ...rooms.notifications.refusals,
  ...rooms.audit.refusals,
  ...rooms.indicators.refusals,
  ...rooms.retention.refusals,
  ...rooms.rightsRequests.refusals,
  ...rooms.security.refusals,
  ...rooms.anomalies.refusals,
  ...rooms.confirmations.refusals,
  ...rooms.grants.refusals,
  ...rooms.organisations.refusals,
  ...rooms.people.refusals,
  ...rooms.necessity.refusals,
  ...rooms.absences.refusals,
  ...rooms.addresses.refusals,
  ...rooms.releases.refusals,
  ...rooms.secondAccounts.refusals,
  ...rooms.pseudonyms.refusals,
  ...rooms.directory.refusals,
  ...rooms.reviews.refusals,
  ...rooms.roles.refusals,
  ...rooms.rgc.refusals,
  ...rooms.uploads.refusals,
  ...rooms.platform.refusals,
  ...rooms.identity.refusals,
  ...rooms.passwords.refusals,
  ...rooms.signInHelp.refusals,
  ...rooms.signInRules.refusals,
  ...rooms.establishments.refusals,
  ...rooms.territories.refusals,
  ...rooms.campaigns.refusals,
  ...rooms.bulkWorks.refusals,
  ...rooms.doNotContact.refusals,
  ...rooms.solicitations.refusals,
  ...rooms.commitments.refusals,
  ...rooms.referents.refusals,
  ...rooms.services.refusals,
  ...rooms.needs.refusals,
  ...rooms.notes.refusals,
  ...rooms.facts.refusals,
  ...rooms.correspondents.refusals,
  ...rooms.drafts.refusals,
  ...rooms.employerFiles.refusals,
  ...rooms.exchanges.refusals,
  ...rooms.satisfaction.refusals,
  ...rooms.savedViews.refusals,
  ...rooms.sharing.refusals,
  ...rooms.takingOver.refusals,
  ...rooms.proposedActions.refusals,
  ...rooms.recalls.refusals,
  ...rooms.targets.refusals,
  ...rooms.watchedViews.refusals,
} satisfies Record<string, Refusal>

export type RefusalCode = keyof typeof refusals

/** Those that may show the thing as it now stands (`current`), in the form of the route's reply. */
export const showingRefusals = [
  'request/changed-meanwhile',
  'draft/newer-elsewhere',
  'target/taken-by-other',
  'target/assigned-to-other',
  'target/set-aside',
  'target/not-set-aside',
  'need/proposal-answered',
  'action-proposal/answered',
  'action-proposal/lapsed',
] as const satisfies readonly RefusalCode[]
export type ShowingRefusal = (typeof showingRefusals)[number]
export const showsWhatStands = (code: RefusalCode): code is ShowingRefusal =>
  (showingRefusals as readonly RefusalCode[]).includes(code)
