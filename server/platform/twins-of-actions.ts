import { provenBy, type Twin } from './proven-by.ts'

/** Of bulk works, and of actions and needs proposed to another structure. */
export const twinsOfActions: readonly Twin[] = [
  ...provenBy(
    'work-with-employers/bulk-works/bulk-works.parity.test.ts',
    'work-with-employers/bulk-works/bulk-works.policy.ts',
    {
      mayCount: ['bulk_works.count', 'ctx.do_bulk_part'],
      mayCountReleases: ['bulk_works.count', 'ctx.do_bulk_part'],
      mayReadWork: ['bulk_works.read', 'bulk_work_lines.read'],
    },
  ),
  ...provenBy(
    'work-with-employers/bulk-works/moved-actions.parity.test.ts',
    'work-with-employers/bulk-works/bulk-works.policy.ts',
    { mayCountActions: ['bulk_works.count', 'ctx.do_actions_part'] },
  ),
  ...provenBy(
    'work-with-employers/bulk-works/moved-actions.parity.test.ts',
    'work-with-employers/exchanges/exchanges.policy.ts',
    { mayFinish: ['ctx.finishable_actions'] },
  ),
  ...provenBy(
    'work-with-employers/bulk-works/moved-actions.parity.test.ts',
    'work-with-employers/bulk-works/bulk-works.model.ts',
    { mayTakeBack: ['ctx.actions_to_take_back'] },
  ),
  ...provenBy(
    'work-with-employers/bulk-works/bulk-works.parity.test.ts',
    'work-with-employers/bulk-works/bulk-work-rules.ts',
    { checkCampaign: ['ctx.do_bulk_part'], deedOf: ['ctx.bulk_deed'] },
  ),
  ...provenBy(
    'work-with-employers/bulk-works/released-targets.parity.test.ts',
    'work-with-employers/bulk-works/bulk-works.model.ts',
    { whyNotGivenBack: ['targets_not_given_back'] },
  ),
  ...provenBy(
    'work-with-employers/proposed-actions/proposals.parity.test.ts',
    'work-with-employers/proposed-actions/proposals.policy.ts',
    { maySettle: ['ctx.settleable_proposals'] },
  ),
  ...provenBy(
    'work-with-employers/proposed-actions/proposals.parity.test.ts',
    'work-with-employers/proposed-actions/proposals.model.ts',
    { mayReadProposal: ['action_proposals.read'] },
  ),
  ...provenBy('work-with-employers/needs/needs.parity.test.ts', 'work-with-employers/needs/needs.policy.ts', {
    mayNoteNeed: ['needs.note'],
    mayFollowNeed: ['needs.correct', 'need_versions.write'],
    mayActOnNeed: ['ctx.actionable_needs'],
    maySettleNeedProposal: ['ctx.settleable_need_proposals'],
  }),
  ...provenBy('work-with-employers/needs/intakes.test.ts', 'work-with-employers/needs/intakes.policy.ts', {
    mayReadIntake: ['need_intakes.read'],
    maySayIntake: ['need_intakes.say', 'need_intakes.say_again'],
  }),
  ...provenBy('work-with-employers/needs/needs.parity.test.ts', 'work-with-employers/needs/needs.model.ts', {
    mayReadNeed: ['needs.read', 'need_hires.read'],
    mayReadNeedVersion: ['need_versions.read'],
    mayReadNeedProposal: ['need_proposals.read'],
  }),
  ...provenBy('work-with-employers/needs/needs.parity.test.ts', 'work-with-employers/needs/need-lifecycle.ts', {
    stateAfter: ['need_state_after'],
  }),
  ...provenBy(
    'work-with-employers/needs/needs.parity.test.ts',
    'work-with-employers/satisfaction/satisfaction.policy.ts',
    { mayReadSurvey: ['need_surveys.read'] },
  ),
  ...provenBy(
    'work-with-employers/needs/needs.parity.test.ts',
    'work-with-employers/satisfaction/satisfaction.model.ts',
    { mayCountSurvey: ['ctx.counted_surveys'] },
  ),
]
