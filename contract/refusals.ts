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
  ...rooms.texts.refusals,
  ...rooms.tools.refusals,
  ...rooms.notifications.refusals,
  ...rooms.audit.refusals,
  ...rooms.indicators.refusals,
  ...rooms.security.refusals,
  ...rooms.anomalies.refusals,
  ...rooms.confirmations.refusals,
  ...rooms.grants.refusals,
  ...rooms.organisations.refusals,
  ...rooms.people.refusals,
  ...rooms.reviews.refusals,
  ...rooms.rgc.refusals,
  ...rooms.platform.refusals,
  ...rooms.identity.refusals,
  ...rooms.passwords.refusals,
  ...rooms.signInHelp.refusals,
  ...rooms.signInRules.refusals,
  ...rooms.establishments.refusals,
  ...rooms.territories.refusals,
  ...rooms.campaigns.refusals,
  ...rooms.drafts.refusals,
  ...rooms.exchanges.refusals,
  ...rooms.sharing.refusals,
  ...rooms.targets.refusals,
} satisfies Record<string, Refusal>

export type RefusalCode = keyof typeof refusals
