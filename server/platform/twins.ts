import { provenBy, type Twin } from './proven-by.ts'
import { twinsOfActions } from './twins-of-actions.ts'
import { twinsOfAgreement } from './twins-of-agreement.ts'
import { twinsOfEmployers } from './twins-of-employers.ts'
import { twinsOfPeople } from './twins-of-people.ts'
import { twinsOfViews } from './twins-of-views.ts'

const correspondents = 'work-with-employers/correspondents'

/** All of them. `npm run twins` writes docs/twins.md from this list; twins.test.ts holds it to what it names. */
export const twins: readonly Twin[] = [
  ...twinsOfActions,
  ...twinsOfAgreement,
  ...twinsOfPeople,
  ...twinsOfEmployers,
  ...provenBy(
    'people-and-rights/anomalies/anomalies.parity.test.ts',
    'people-and-rights/anomalies/anomalies.policy.ts',
    {
      mayReadAnomalies: ['access_anomalies.read', 'supplied_anomalies.read'],
      mayCorrectSupplied: ['supplied_anomalies.correct'],
      maySupply: ['supplied_anomalies.record'],
    },
  ),
  ...provenBy('platform/instants.test.ts', 'platform/time.ts', { clocksApart: ['ctx.clocks_apart'] }),
  ...provenBy('people-and-rights/roles/roles.parity.test.ts', 'people-and-rights/roles/roles.policy.ts', {
    mayGiveTo: ['ctx.role_takers'],
    mayEnd: ['ctx.endable_roles'],
  }),
  ...provenBy('oversight/retention/retention.parity.test.ts', 'oversight/retention/purges.model.ts', {
    mayReadPurge: ['purges.read'],
  }),
  ...provenBy('oversight/retention/legal-holds.parity.test.ts', 'oversight/retention/retention.policy.ts', {
    mayReadHold: ['legal_holds.read'],
    mayPlaceHold: ['legal_holds.place'],
    mayLiftHold: ['legal_holds.lift'],
  }),
  ...provenBy('oversight/retention/legal-holds.parity.test.ts', 'oversight/retention/legal-holds.model.ts', {
    covers: ['ctx.is_held'],
  }),
  ...provenBy(
    'oversight/rights-requests/rights-requests.parity.test.ts',
    'oversight/rights-requests/rights-requests.policy.ts',
    {
      mayRead: [
        'rights_requests.read',
        'rights_request_steps.read',
        'rights_request_handovers.read',
        'rights_request_corrections.read',
        'rights_request_withdrawals.read',
      ],
      mayEnter: ['rights_requests.enter'],
      mayHold: ['rights_request_steps.record'],
      mayHandTo: ['rights_request_handovers.hand'],
      mayCorrect: ['correct_rights_request'],
      mayWithdraw: ['end_rights_handover'],
      mayGiveBack: ['end_rights_handover'],
    },
  ),
  ...provenBy('oversight/rights-requests/in-turn.parity.test.ts', 'oversight/rights-requests/rights-request-rules.ts', {
    refusedStep: ['ctx.rights_step_in_turn'],
  }),
  ...provenBy('oversight/security/officer-of-region.test.ts', 'oversight/security/security.policy.ts', {
    mayBlock: ['account_blocks.block'],
    mayLift: ['account_blocks.lift'],
  }),
  ...provenBy('people-and-rights/necessity/necessity.parity.test.ts', 'people-and-rights/accounts/accounts.policy.ts', {
    mayStandIn: ['ctx.stands_in'],
  }),
  ...provenBy(
    'people-and-rights/necessity/necessity.parity.test.ts',
    'people-and-rights/necessity/necessity.policy.ts',
    {
      mayOpenFile: ['ctx.may_open_file'],
      mayReadLinksInPlace: ['ctx.reads_links_in_place'],
    },
  ),
  ...twinsOfViews,
  ...provenBy('people-and-rights/absences/absences.test.ts', 'people-and-rights/absences/absences.policy.ts', {
    mayDeclare: ['absences.read', 'absences.declare', 'absences.withdraw'],
  }),
  ...provenBy(
    'work-with-employers/taking-over/taking-over.parity.test.ts',
    'work-with-employers/taking-over/away.model.ts',
    { whyAway: ['ctx.why_away'], whyUnpiloted: ['ctx.why_unpiloted'] },
  ),
  ...provenBy(
    'work-with-employers/taking-over/taking-over.parity.test.ts',
    'work-with-employers/taking-over/taking-over.model.ts',
    { mayTakeOver: ['work_to_take_over'] },
  ),
  ...provenBy('oversight/audit/trail-search.test.ts', 'oversight/audit/trail.policy.ts', {
    mayReadEntry: ['audit_entries.read'],
    mayReadDetail: ['audit_details.read'],
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
    'work-with-employers/targets/target-work.straight.test.ts',
    'work-with-employers/campaigns/campaigns.policy.ts',
    { mayRelease: ['ctx.check_target_work'] },
  ),
  ...provenBy(
    'people-and-rights/confirmations/confirmations.parity.test.ts',
    'people-and-rights/confirmations/confirmations.policy.ts',
    {
      maySettle: ['ctx.confirmable'],
    },
  ),
  ...provenBy(`${correspondents}/correspondents.test.ts`, `${correspondents}/correspondents.policy.ts`, {
    mayRead: ['correspondents.read', 'correspondent_values.read'],
  }),
  ...provenBy(`${correspondents}/correspondents.parity.test.ts`, `${correspondents}/correspondents.policy.ts`, {
    mayKeep: [
      'correspondents.write',
      'correspondents.correct',
      'correspondent_values.write',
      'correspondent_values.settle',
    ],
  }),
  ...provenBy(`${correspondents}/links.parity.test.ts`, `${correspondents}/links.model.ts`, {
    mayReadLink: ['correspondent_links.read'],
  }),
  ...provenBy(`${correspondents}/links.parity.test.ts`, `${correspondents}/correspondents.policy.ts`, {
    mayLink: ['correspondent_links.link'],
    mayUnlink: ['correspondent_links.unlink'],
  }),
  ...provenBy(`${correspondents}/merging.parity.test.ts`, `${correspondents}/merging.model.ts`, {
    mayReadMerge: ['correspondent_merges.read', 'correspondents_apart.read'],
  }),
  ...provenBy(`${correspondents}/merging.parity.test.ts`, `${correspondents}/correspondents.policy.ts`, {
    mayMerge: ['correspondent_merges.merge', 'correspondent_merges.undo', 'correspondents_apart.write'],
  }),
  ...provenBy(`${correspondents}/objections.parity.test.ts`, `${correspondents}/merging.model.ts`, {
    mayReadObjection: ['correspondent_objections.read', 'objection_digests.read'],
  }),
  ...provenBy(`${correspondents}/objections.parity.test.ts`, `${correspondents}/correspondents.policy.ts`, {
    mayObject: ['correspondent_objections.object', 'correspondent_objections.lift'],
  }),
  ...provenBy('signing-in/sign-in-rules/directives.test.ts', 'signing-in/sign-in-rules/directives.model.ts', {
    refusedAudiences: ['ctx.refused_audiences'],
  }),
  ...provenBy('work-with-employers/drafts/drafts.test.ts', 'work-with-employers/drafts/drafts.policy.ts', {
    mayReadDraft: ['drafts.own'],
  }),
  ...provenBy(
    'territory-and-register/establishments/employer-kinds.parity.test.ts',
    'territory-and-register/establishments/legal-nature-rules.ts',
    { legalNatureOf: ['legal_nature'] },
  ),
  ...provenBy(
    'territory-and-register/establishments/employer-kinds.parity.test.ts',
    'territory-and-register/establishments/company-size.model.ts',
    { companySizeOf: ['company_size'] },
  ),
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
      mayHandOver: ['handed_actions.note'],
      mayReadHanding: ['handed_actions.read'],
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
      lapsedAt: ['ctx.lapsed_at'],
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
  ...provenBy('oversight/indicators/counted.parity.test.ts', 'oversight/indicators/indicators.model.ts', {
    mayCountCampaign: ['ctx.counted_campaigns'],
    mayCountContact: ['count_reached'],
  }),
  ...provenBy('oversight/indicators/frozen.parity.test.ts', 'oversight/indicators/indicators.model.ts', {
    mayReadFrozen: ['frozen_figures.read', 'ctx.figures_scope'],
  }),
  ...provenBy('oversight/indicators/freeze-figures.test.ts', 'oversight/indicators/period-rules.ts', {
    freezesOn: ['ctx.freezes_on'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.parity.test.ts', 'platform/viewer.ts', {
    holdsRole: ['ctx.holds_role'],
  }),
  ...provenBy('oversight/security/officer-of-region.test.ts', 'platform/viewer.ts', {
    isOfficerOf: ['ctx.officer_of', 'ctx.officer_for'],
  }),
  ...provenBy('work-with-employers/exchanges/exchanges.policy.test.ts', 'platform/viewer.ts', {
    covers: ['ctx.covers'],
  }),
  ...provenBy(
    'work-with-employers/company/company-conflicts.parity.test.ts',
    'work-with-employers/company/company-conflicts.model.ts',
    { heldUntil: ['ctx.held_until'], heldOver: ['ctx.held_over'], conflictsBeside: ['ctx.beside'] },
  ),
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
      mayReadAdvisor: ['ctx.campaign_progress'],
    },
  ),
  ...provenBy('signing-in/sign-in-help/sign-in-help.test.ts', 'signing-in/sign-in-help/sign-in-help.policy.ts', {
    mayHelp: ['ctx.may_help'],
  }),
  ...provenBy(
    'signing-in/sign-in-help/first-persons.parity.test.ts',
    'signing-in/sign-in-help/sign-in-help.policy.ts',
    {
      helpsFirst: ['ctx.helps_first'],
    },
  ),
  ...provenBy('oversight/security/security.test.ts', 'oversight/security/suspicion.model.ts', {
    isYoung: ['ctx.young_accounts'],
    countUses: ['ctx.uses_to_watch'],
    countStructureUses: ['ctx.structure_uses_to_watch'],
  }),
  ...provenBy('oversight/security/overseers.test.ts', 'oversight/security/suspicion.model.ts', {
    oversees: ['ctx.overseers'],
  }),
  ...provenBy('work-with-employers/sharing/sharing.parity.test.ts', 'work-with-employers/sharing/sharing.policy.ts', {
    maySettle: ['target_sharings.settle', 'ctx.shares_within'],
  }),
  ...provenBy(
    'territory-and-register/territories/territories.test.ts',
    'territory-and-register/territories/task-forces.policy.ts',
    {
      mayRead: ['ctx.visible_task_forces'],
      mayEdit: ['ctx.piloted_task_forces'],
      mayAdopt: ['ctx.adoptable_task_forces'],
    },
  ),
]
