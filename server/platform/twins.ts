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
  ...provenBy(
    'people-and-rights/anomalies/anomalies.parity.test.ts',
    'people-and-rights/anomalies/anomalies.policy.ts',
    {
      mayReadAnomalies: ['access_anomalies.read', 'supplied_anomalies.read'],
      mayCorrectSupplied: ['supplied_anomalies.correct'],
    },
  ),
  ...provenBy('agreement/assessments/assessments.test.ts', 'agreement/assessments/assessments.policy.ts', {
    mayReadAssessments: ['security_assessments.read'],
  }),
  ...provenBy('oversight/audit/trail-search.test.ts', 'oversight/audit/trail.policy.ts', {
    mayReadEntry: ['audit_entries.read'],
    mayReadDetail: ['audit_details.read'],
  }),
  ...provenBy('agreement/awareness/awareness.parity.test.ts', 'agreement/awareness/awareness.model.ts', {
    mayReadEquipment: ['equipment_validations.read'],
  }),
  ...provenBy('agreement/awareness/awareness.parity.test.ts', 'agreement/awareness/awareness.policy.ts', {
    mayRecordAwareness: ['awareness_records.record'],
    maySetPolicy: ['awareness_policies.decide'],
    mayRecordEquipment: ['equipment_validations.record'],
  }),
  ...provenBy(
    'work-with-employers/campaigns/campaigns.parity.test.ts',
    'work-with-employers/campaigns/campaigns.policy.ts',
    {
      mayRead: ['ctx.visible_campaigns'],
      mayPilot: ['ctx.piloted_campaigns'],
      mayWork: ['campaign_targets.advisor_works'],
    },
  ),
  ...provenBy(
    'people-and-rights/confirmations/confirmations.parity.test.ts',
    'people-and-rights/confirmations/confirmations.policy.ts',
    {
      maySettle: ['ctx.confirmable'],
    },
  ),
  ...provenBy('agreement/conventions/conventions.parity.test.ts', 'agreement/conventions/conventions.policy.ts', {
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
  ...provenBy(
    'work-with-employers/correspondents/correspondents.test.ts',
    'work-with-employers/correspondents/correspondents.model.ts',
    {
      mayRead: ['correspondents.read', 'correspondent_values.read'],
    },
  ),
  ...provenBy('signing-in/sign-in-rules/directives.test.ts', 'signing-in/sign-in-rules/directives.model.ts', {
    refusedAudiences: ['ctx.refused_audiences'],
  }),
  ...provenBy('work-with-employers/drafts/drafts.test.ts', 'work-with-employers/drafts/drafts.policy.ts', {
    mayReadDraft: ['drafts.own'],
  }),
  ...provenBy(
    'territory-and-register/establishments/provisional.parity.test.ts',
    'territory-and-register/establishments/provisional.model.ts',
    {
      mayRead: ['provisional_establishments.read'],
    },
  ),
  ...provenBy(
    'territory-and-register/establishments/provisional.parity.test.ts',
    'territory-and-register/establishments/provisional.policy.ts',
    {
      mayChange: ['provisional_establishments.correct', 'provisional_establishments.withdraw'],
      mayCreate: ['provisional_establishments.record'],
    },
  ),
  ...provenBy(
    'work-with-employers/exchanges/exchanges.policy.test.ts',
    'work-with-employers/exchanges/exchanges.policy.ts',
    {
      mayRead: ['exchanges.read'],
      mayReadContent: ['exchange_contents.read', 'exchange_versions.read', 'next_actions.read'],
      mayRecord: ['exchanges.record', 'exchange_contents.write', 'exchange_versions.write', 'next_actions.write'],
    },
  ),
  ...provenBy('work-with-employers/exchanges/late.parity.test.ts', 'work-with-employers/exchanges/next-actions.ts', {
    isLate: ['lateWhen'],
  }),
  ...provenBy(
    'people-and-rights/grants/effective-grants.test.ts',
    'people-and-rights/grants/effective-grants.model.ts',
    {
      liesWithin: ['ctx.lies_within'],
      isInactive: ['ctx.inactive_at'],
      heldGrants: ['ctx.held_grants'],
      effectiveGrants: ['ctx.effective_grants'],
    },
  ),
  ...provenBy('people-and-rights/accounts/deciding.parity.test.ts', 'people-and-rights/accounts/accounts.policy.ts', {
    mayDecide: ['ctx.decidable_accounts'],
  }),
  ...provenBy('people-and-rights/grants/requests.test.ts', 'people-and-rights/grants/grants.policy.ts', {
    mayAsk: ['grant_requests.ask'],
  }),
  ...provenBy('oversight/indicators/usage.test.ts', 'oversight/indicators/indicators.model.ts', {
    mayReadUsage: ['usage_days.read', 'usage_months.read'],
  }),
  ...provenBy('oversight/indicators/indicators.test.ts', 'oversight/indicators/indicators.model.ts', {
    mayNameColleagues: ['ctx.leads_colleagues'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.parity.test.ts', 'platform/viewer.ts', { holdsRole: ['ctx.holds_role'] }),
  ...provenBy('work-with-employers/exchanges/exchanges.policy.test.ts', 'platform/viewer.ts', {
    covers: ['ctx.covers'],
  }),
  ...provenBy('work-with-employers/campaigns/campaigns.parity.test.ts', 'platform/viewer.ts', {
    touches: ['ctx.campagnes'],
  }),
  ...provenBy(
    'work-with-employers/progress/progress.parity.test.ts',
    'work-with-employers/progress/progress.policy.ts',
    {
      mayLead: ['ctx.leads', 'ctx.led_campaigns'],
    },
  ),
  ...provenBy(
    'work-with-employers/progress/progress.parity.test.ts',
    'work-with-employers/progress/progress.model.ts',
    {
      mayReadAdvisor: ['campaign_advisors'],
    },
  ),
  ...provenBy('signing-in/sign-in-help/sign-in-help.test.ts', 'signing-in/sign-in-help/sign-in-help.policy.ts', {
    mayHelp: ['ctx.may_help'],
  }),
  ...provenBy('people-and-rights/reviews/reviews.parity.test.ts', 'people-and-rights/reviews/reviews.policy.ts', {
    mayReadReview: ['access_reviews.read', 'access_review_lines.read'],
    mayFollowReviews: ['ctx.reviews_due'],
  }),
  ...provenBy('people-and-rights/reviews/reviews.test.ts', 'people-and-rights/reviews/deadlines.model.ts', {
    reviewDueOn: ['ctx.review_due'],
  }),
  ...provenBy('people-and-rights/reviews/reviews.parity.test.ts', 'people-and-rights/reviews/deadlines.model.ts', {
    reminderOn: ['ctx.review_reminders'],
  }),
  ...provenBy('people-and-rights/rgc/gate.test.ts', 'people-and-rights/rgc/deadlines.ts', {
    deedState: ['ctx.deed_in_force'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.test.ts', 'people-and-rights/rgc/deadlines.model.ts', {
    reminderOf: ['ctx.rgc_event_reminders'],
  }),
  ...provenBy('people-and-rights/rgc/gate.test.ts', 'people-and-rights/rgc/gate.model.ts', {
    standsOnDeed: ['ctx.stands_on_deed'],
    missingToManage: ['ctx.rgc_missing'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.parity.test.ts', 'people-and-rights/rgc/rgc.model.ts', {
    mayReadDeed: ['rgc_deeds.read', 'ctx.deeds_naming_me'],
    mayReadBirthDate: ['rgc_birth_dates.read'],
    mayReadOwn: ['rgc_certificates.read', 'rgc_events.read', 'rgc_revocations.read'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.parity.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    proposes: ['ctx.proposes_deeds'],
    mayReadFile: ['rgc_documents.read', 'ctx.deeds_naming_me_alone'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    mayNote: ['rgc_known_events.note', 'rgc_known_events.settle'],
  }),
  ...provenBy('oversight/security/security.test.ts', 'oversight/security/suspicion.model.ts', {
    isYoung: ['ctx.young_accounts'],
    countUses: ['ctx.uses_to_watch'],
    countStructureUses: ['ctx.structure_uses_to_watch'],
  }),
  ...provenBy('work-with-employers/sharing/sharing.parity.test.ts', 'work-with-employers/sharing/sharing.policy.ts', {
    maySettle: ['target_sharings.settle'],
  }),
  ...provenBy(
    'territory-and-register/territories/territories.test.ts',
    'territory-and-register/territories/task-forces.policy.ts',
    {
      mayRead: ['ctx.visible_task_forces'],
      mayEdit: ['ctx.piloted_task_forces'],
    },
  ),
  ...provenBy('agreement/texts/texts.parity.test.ts', 'agreement/texts/texts.policy.ts', {
    mayPublish: ['documents.publish'],
  }),
  ...provenBy('agreement/tools/tools.parity.test.ts', 'agreement/tools/tools.model.ts', {
    mayReadRequest: ['access_requests.read'],
  }),
  ...provenBy('agreement/tools/tools.parity.test.ts', 'agreement/tools/tools.policy.ts', {
    mayPublishAnnex: ['annex_4_versions.publish', 'annex_4_tools.publish_withdraws'],
    mayRecordState: ['tool_states.record'],
    mayDesignate: ['access_requesters.designate'],
    mayDecideRequest: ['access_requests.decide'],
  }),
]
