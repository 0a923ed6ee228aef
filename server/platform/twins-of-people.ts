import { provenBy, type Twin } from './proven-by.ts'

/** Twins of the directory, the reviews and the account managers, in the wing people-and-rights. */
export const twinsOfPeople: readonly Twin[] = [
  ...provenBy(
    'people-and-rights/directory/directory.parity.test.ts',
    'people-and-rights/directory/directory.policy.ts',
    {
      mayReadDirectory: ['ctx.holds_a_grant', 'ctx.directory', 'ctx.directory_card'],
      mayKeepEntry: ['directory_entries.read', 'directory_entries.say', 'directory_entries.correct'],
    },
  ),
  ...provenBy(
    'people-and-rights/directory/directory.parity.test.ts',
    'people-and-rights/directory/directory.model.ts',
    { isListed: ['ctx.held_in_directory'] },
  ),
  ...provenBy('people-and-rights/grants/width.parity.test.ts', 'people-and-rights/grants/width.model.ts', {
    departmentsOf: ['ctx.departments_of'],
    isWide: ['ctx.is_wide'],
    widthOf: ['ctx.width_of'],
    widensBeyond: ['ctx.widens_beyond'],
  }),
  ...provenBy(
    'people-and-rights/confirmations/opened-and-granted.parity.test.ts',
    'people-and-rights/confirmations/opened-and-granted.model.ts',
    { isSeenByAnother: ['ctx.seen_by_another'], asksSecondForOpener: ['ctx.ask_second_for_opener'] },
  ),
  ...provenBy(
    'people-and-rights/addresses/addresses.parity.test.ts',
    'people-and-rights/addresses/addresses.policy.ts',
    {
      mayConfirm: ['ctx.confirmable_addresses'],
      mayRefuse: ['ctx.refusable_addresses', 'address_changes.read'],
    },
  ),
  ...provenBy('people-and-rights/releases/releases.parity.test.ts', 'people-and-rights/releases/releases.policy.ts', {
    mayWithdraw: ['ctx.withdrawable_releases'],
    mayContest: ['ctx.contestable_releases'],
    maySettle: ['ctx.settleable_releases'],
    isHeard: ['ctx.release_heard'],
    mayRelease: ['ctx.releasable_releases'],
  }),
  ...provenBy('people-and-rights/releases/releases.parity.test.ts', 'people-and-rights/releases/releases.model.ts', {
    sideOf: ['ctx.releases_shown'],
  }),
  ...provenBy(
    'people-and-rights/second-accounts/second-accounts.parity.test.ts',
    'people-and-rights/second-accounts/second-accounts.policy.ts',
    { mayAnswer: ['ctx.answerable_shares'], mayTakeBack: ['ctx.withdrawable_shares'] },
  ),
  ...provenBy(
    'people-and-rights/second-accounts/second-accounts.parity.test.ts',
    'people-and-rights/second-accounts/second-accounts.model.ts',
    { sideOf: ['ctx.shares_shown'] },
  ),
  ...provenBy('people-and-rights/pseudonyms/pseudonyms.test.ts', 'people-and-rights/pseudonyms/pseudonyms.policy.ts', {
    mayReadIdentity: ['ctx.departed_behind'],
  }),
  ...provenBy('people-and-rights/accounts/mailbox.parity.test.ts', 'people-and-rights/accounts/mailbox-rules.ts', {
    mailboxOf: ['mailbox_of'],
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
  ...provenBy('people-and-rights/uploads/uploads.parity.test.ts', 'people-and-rights/uploads/uploads.policy.ts', {
    maySend: ['ctx.sends_files', 'uploads.begin'],
    mayReadUpload: ['uploads.read', 'upload_pieces.read'],
  }),
  ...provenBy('people-and-rights/rgc/gate.test.ts', 'people-and-rights/rgc/deadlines.ts', {
    deedState: ['ctx.deed_in_force'],
  }),
  ...provenBy('people-and-rights/rgc/gate.test.ts', 'people-and-rights/rgc/rgc.model.ts', {
    followsRefusal: ['ctx.follows_refusal'],
  }),
  ...provenBy('people-and-rights/rgc/own-answers.test.ts', 'people-and-rights/rgc/deadlines.ts', {
    silenceAccepts: ['ctx.month_of_silence'],
    isDecidable: ['rgc_decisions.decide'],
  }),
  ...provenBy('people-and-rights/rgc/gate.test.ts', 'people-and-rights/accounts/person-rules.ts', {
    isPermanentStaff: ['ctx.permanent_staff'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.test.ts', 'people-and-rights/rgc/rgc.model.ts', {
    reminderOf: ['ctx.rgc_event_reminders'],
  }),
  ...provenBy('people-and-rights/rgc/gate.test.ts', 'people-and-rights/rgc/gate.model.ts', {
    isOfCurrentConvention: ['ctx.of_current_convention'],
    standsOnDeed: ['ctx.stands_on_deed'],
    missingToManage: ['ctx.rgc_missing'],
  }),
  ...provenBy('people-and-rights/rgc/obstacles.test.ts', 'people-and-rights/rgc/rgc.model.ts', {
    obstacleTo: ['ctx.rgc_obstacle'],
  }),
  ...provenBy('people-and-rights/accounts/signatory-alone.test.ts', 'people-and-rights/rgc/deed-rules.ts', {
    signatoryAlone: ['ctx.signatory_alone'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.parity.test.ts', 'people-and-rights/rgc/rgc.model.ts', {
    mayReadDeed: ['rgc_deeds.read', 'ctx.deeds_naming_me'],
    mayReadBirthDate: ['rgc_birth_dates.read'],
    mayReadOwn: ['rgc_certificates.read', 'rgc_presences.read', 'rgc_revocations.read'],
    mayReadEvent: ['rgc_events.read'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.parity.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    proposes: ['ctx.proposes_deeds'],
    mayReadFile: ['rgc_documents.read', 'ctx.deeds_naming_me_alone'],
  }),
  ...provenBy('people-and-rights/rgc/signed-text.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    maySignFor: ['rgc_signatures.sign'],
  }),
  ...provenBy('people-and-rights/rgc/departures.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    mayDeclare: ['rgc_events.declare_event'],
    mayAnswer: ['rgc_presences.answer'],
  }),
  ...provenBy('people-and-rights/people/taken-back.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    mayTakeBack: ['ctx.takes_back'],
    mayContestDeed: ['contest_rgc_deed'],
  }),
  ...provenBy('people-and-rights/rgc/rgc.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    mayNote: ['rgc_known_events.note', 'rgc_known_events.settle'],
  }),
  ...provenBy('notifications/notifications.parity.test.ts', 'notifications/notifications.model.ts', {
    mayReadNotification: ['notifications.own', 'notifications.mark', 'notification_choices.own'],
    mayChoose: ['notification_choices.choose', 'notification_choices.change'],
  }),
  ...provenBy('people-and-rights/rgc/regions.test.ts', 'people-and-rights/rgc/rgc.policy.ts', {
    mayAnswerFor: [
      'rgc_decisions.decide',
      'rgc_certificates.record',
      'rgc_revocations.require',
      'rgc_revocations.withdraw',
      'rgc_revocations.lift',
      'rgc_refused_people.lift',
      'rgc_deeds.correct',
      'rgc_events.correct',
      'rgc_paper_corrections.note',
    ],
    receivesPapersOf: ['ctx.receives_papers_of'],
    mayEnterDeed: ['ctx.enters_deeds_of', 'rgc_deeds.enter'],
  }),
  ...provenBy('people-and-rights/rgc/regions.test.ts', 'people-and-rights/rgc/event-rules.ts', {
    correctsPaperDay: ['ctx.corrects'],
  }),
]
