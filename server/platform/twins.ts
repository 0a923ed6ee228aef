/** A rule that stands twice, in TypeScript and in SQL. Where the file is a `.model.ts`, the SQL alone runs. */
export interface Twin {
  /** Its name in TypeScript, in this file of server/. */
  readonly rule: string
  readonly file: string
  /** Functions (`ctx.covers`), policies (`table.policy`) or conditions exported by a `.queries.ts`. */
  readonly sql: readonly string[]
  /** The test that compares the two. */
  readonly parity: string
}

const provenBy = (parity: string, file: string, rules: Record<string, readonly string[]>): Twin[] =>
  Object.entries(rules).map(([rule, sql]) => ({ rule, file, sql, parity }))

/** All of them. `npm run twins` writes docs/twins.md from this list; twins.test.ts holds it to what it names. */
export const twins: readonly Twin[] = [
  ...provenBy('anomalies/anomalies.parity.test.ts', 'anomalies/anomalies.policy.ts', {
    mayReadAnomalies: ['access_anomalies.read', 'supplied_anomalies.read'],
    mayCorrectSupplied: ['supplied_anomalies.correct'],
  }),
  ...provenBy('audit/trail-search.test.ts', 'audit/trail.policy.ts', {
    mayReadEntry: ['audit_entries.read'],
    mayReadDetail: ['audit_details.read'],
  }),
  ...provenBy('campaigns/campaigns.parity.test.ts', 'campaigns/campaigns.policy.ts', {
    mayRead: ['ctx.visible_campaigns'],
    mayPilot: ['ctx.piloted_campaigns'],
    mayWork: ['campaign_targets.advisor_works'],
  }),
  ...provenBy('confirmations/confirmations.parity.test.ts', 'confirmations/confirmations.policy.ts', {
    maySettle: ['ctx.confirmable'],
  }),
  ...provenBy('conventions/conventions.parity.test.ts', 'conventions/conventions.policy.ts', {
    ofRegion: ['ctx.regions'],
    mayRead: ['conventions.read'],
    reachOf: [
      'ctx.reads_own_file',
      'convention_notices.read',
      'convention_breaches.read',
      'convention_signatories.read',
    ],
    mayReadDocument: ['convention_documents.read'],
    maySettle: ['conventions.settle', 'ctx.acts_for_operator', 'ctx.acts_for_partner'],
  }),
  ...provenBy('correspondents/correspondents.test.ts', 'correspondents/correspondents.model.ts', {
    mayRead: ['correspondents.read', 'correspondent_values.read'],
  }),
  ...provenBy('directives/directives.test.ts', 'directives/directives.model.ts', {
    refusedAudiences: ['ctx.refused_audiences'],
  }),
  ...provenBy('drafts/drafts.test.ts', 'drafts/drafts.policy.ts', { mayReadDraft: ['drafts.own'] }),
  ...provenBy('establishments/provisional.parity.test.ts', 'establishments/provisional.model.ts', {
    mayRead: ['provisional_establishments.read'],
  }),
  ...provenBy('establishments/provisional.parity.test.ts', 'establishments/provisional.policy.ts', {
    mayChange: ['provisional_establishments.correct', 'provisional_establishments.withdraw'],
    mayCreate: ['provisional_establishments.record'],
  }),
  ...provenBy('exchanges/exchanges.policy.test.ts', 'exchanges/exchanges.policy.ts', {
    mayRead: ['exchanges.read'],
    mayReadContent: ['exchange_contents.read', 'exchange_versions.read', 'next_actions.read'],
    mayRecord: ['exchanges.record', 'exchange_contents.write', 'exchange_versions.write', 'next_actions.write'],
  }),
  ...provenBy('exchanges/late.parity.test.ts', 'exchanges/next-actions.ts', { isLate: ['lateWhen'] }),
  ...provenBy('habilitations/effective-grants.test.ts', 'habilitations/effective-grants.model.ts', {
    liesWithin: ['ctx.lies_within'],
    isInactive: ['ctx.inactive_at'],
    heldGrants: ['ctx.held_grants'],
    effectiveGrants: ['ctx.effective_grants'],
  }),
  ...provenBy('habilitations/habilitations.parity.test.ts', 'habilitations/habilitations.policy.ts', {
    mayDecide: ['ctx.decidable_accounts'],
  }),
  ...provenBy('habilitations/requests.test.ts', 'habilitations/habilitations.policy.ts', {
    mayAsk: ['grant_requests.ask'],
  }),
  ...provenBy('indicators/usage.test.ts', 'indicators/indicators.model.ts', {
    mayReadUsage: ['usage_days.read', 'usage_months.read'],
  }),
  ...provenBy('indicators/indicators.test.ts', 'indicators/indicators.model.ts', {
    mayNameColleagues: ['ctx.leads_colleagues'],
  }),
  ...provenBy('rgc/rgc.parity.test.ts', 'platform/viewer.ts', { holdsRole: ['ctx.holds_role'] }),
  ...provenBy('exchanges/exchanges.policy.test.ts', 'platform/viewer.ts', { covers: ['ctx.covers'] }),
  ...provenBy('campaigns/campaigns.parity.test.ts', 'platform/viewer.ts', { touches: ['ctx.campagnes'] }),
  ...provenBy('portal/portal.parity.test.ts', 'portal/portal.model.ts', {
    mayReadOf: ['equipment_validations.read', 'access_requests.read'],
  }),
  ...provenBy('portal/portal.parity.test.ts', 'portal/portal.policy.ts', {
    mayPublish: [
      'documents.publish',
      'annex_4_versions.publish',
      'annex_4_tools.publish_withdraws',
      'awareness_policies.decide',
    ],
    mayRecordState: ['tool_states.record'],
    mayRecordAwareness: ['awareness_records.record'],
    mayRecordEquipment: ['equipment_validations.record'],
    mayDesignate: ['access_requesters.designate'],
  }),
  ...provenBy('progress/progress.parity.test.ts', 'progress/progress.policy.ts', {
    mayLead: ['ctx.leads', 'ctx.led_campaigns'],
  }),
  ...provenBy('progress/progress.parity.test.ts', 'progress/progress.model.ts', {
    mayReadAdvisor: ['campaign_advisors'],
  }),
  ...provenBy('recovery/recovery.test.ts', 'recovery/recovery.policy.ts', { mayHelp: ['ctx.may_help'] }),
  ...provenBy('reviews/reviews.parity.test.ts', 'reviews/reviews.policy.ts', {
    mayReadReview: ['access_reviews.read', 'access_review_lines.read'],
    mayFollowReviews: ['ctx.reviews_due'],
  }),
  ...provenBy('reviews/reviews.test.ts', 'reviews/deadlines.model.ts', { reviewDueOn: ['ctx.review_due'] }),
  ...provenBy('reviews/reviews.parity.test.ts', 'reviews/deadlines.model.ts', {
    reminderOn: ['ctx.review_reminders'],
  }),
  ...provenBy('rgc/gate.test.ts', 'rgc/deadlines.ts', { deedState: ['ctx.deed_in_force'] }),
  ...provenBy('rgc/rgc.test.ts', 'rgc/deadlines.model.ts', { reminderOf: ['ctx.rgc_event_reminders'] }),
  ...provenBy('rgc/gate.test.ts', 'rgc/gate.model.ts', {
    standsOnDeed: ['ctx.stands_on_deed'],
    missingToManage: ['ctx.rgc_missing'],
  }),
  ...provenBy('rgc/rgc.parity.test.ts', 'rgc/rgc.model.ts', {
    mayReadDeed: ['rgc_deeds.read', 'ctx.deeds_naming_me'],
    mayReadBirthDate: ['rgc_birth_dates.read'],
    mayReadOwn: ['rgc_certificates.read', 'rgc_events.read', 'rgc_revocations.read'],
  }),
  ...provenBy('rgc/rgc.parity.test.ts', 'rgc/rgc.policy.ts', {
    proposes: ['ctx.proposes_deeds'],
    mayReadFile: ['rgc_documents.read', 'ctx.deeds_naming_me_alone'],
  }),
  ...provenBy('rgc/rgc.test.ts', 'rgc/rgc.policy.ts', {
    mayNote: ['rgc_known_events.note', 'rgc_known_events.settle'],
  }),
  ...provenBy('security/assessments.test.ts', 'security/assessments.policy.ts', {
    mayReadAssessments: ['security_assessments.read'],
  }),
  ...provenBy('security/security.test.ts', 'security/suspicion.model.ts', {
    isYoung: ['ctx.young_accounts'],
    countUses: ['ctx.uses_to_watch'],
    countStructureUses: ['ctx.structure_uses_to_watch'],
  }),
  ...provenBy('sharing/sharing.parity.test.ts', 'sharing/sharing.policy.ts', {
    maySettle: ['target_sharings.settle'],
  }),
  ...provenBy('territories/territories.test.ts', 'territories/task-forces.policy.ts', {
    mayRead: ['ctx.visible_task_forces'],
    mayEdit: ['ctx.piloted_task_forces'],
  }),
]
