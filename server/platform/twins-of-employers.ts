import { provenBy, type Twin } from './proven-by.ts'

/** What is told of an employer, on its card. */
export const twinsOfEmployers: readonly Twin[] = [
  ...provenBy(
    'work-with-employers/commitments/commitments.parity.test.ts',
    'work-with-employers/commitments/commitments.policy.ts',
    {
      mayRead: ['commitments.read', 'commitment_versions.read'],
      mayNote: ['commitments.note', 'commitments.correct', 'commitment_versions.write'],
    },
  ),
  ...provenBy(
    'work-with-employers/commitments/kinds.parity.test.ts',
    'work-with-employers/commitments/commitments.policy.ts',
    { mayKeepKinds: ['commitment_kinds.keep', 'commitment_kinds.change'] },
  ),
  ...provenBy(
    'work-with-employers/commitments/commitments.parity.test.ts',
    'work-with-employers/commitments/commitment-rules.ts',
    { holdsOn: ['commitments_holding'] },
  ),
  ...provenBy(
    'work-with-employers/company/held-unread.parity.test.ts',
    'work-with-employers/company/held-unread.model.ts',
    { mayBeToldHold: ['held_unread', 'worked_unread'] },
  ),
  ...provenBy('work-with-employers/facts/facts.parity.test.ts', 'work-with-employers/facts/facts.policy.ts', {
    mayReadFacts: ['establishment_facts.read', 'noted_as'],
    mayKeepFacts: ['establishment_facts.note', 'establishment_facts.settle'],
  }),
  ...provenBy(
    'work-with-employers/services/services.parity.test.ts',
    'work-with-employers/services/services.policy.ts',
    {
      mayReadServices: ['operator_services.read', 'operator_service_versions.read'],
      mayEnterServices: ['operator_services.enter', 'operator_services.correct', 'operator_service_versions.write'],
    },
  ),
  ...provenBy(
    'work-with-employers/services/services.parity.test.ts',
    'work-with-employers/services/services-used.model.ts',
    {
      countsSince: ['services_used', 'services_users'],
    },
  ),
  ...provenBy('work-with-employers/services/services.parity.test.ts', 'work-with-employers/services/service-rules.ts', {
    isUse: ['services_users'],
  }),
  ...provenBy('work-with-employers/notes/notes.parity.test.ts', 'work-with-employers/notes/notes.policy.ts', {
    mayReadNote: ['notes.read'],
    mayNote: ['notes.note'],
    mayCorrectNote: ['notes.correct', 'note_versions.write', 'note_versions.narrow'],
  }),
  ...provenBy('work-with-employers/notes/notes.parity.test.ts', 'work-with-employers/notes/note-versions.model.ts', {
    mayReadVersion: ['note_versions.read'],
  }),
  ...provenBy(
    'work-with-employers/referents/referents.parity.test.ts',
    'work-with-employers/referents/referents.policy.ts',
    {
      mayReadReferent: ['referents.read'],
      mayName: ['referents.name'],
      mayEnd: ['referents.finish'],
    },
  ),
  ...provenBy(
    'work-with-employers/register-moves/who-reads-moves.test.ts',
    'work-with-employers/register-moves/register-moves.policy.ts',
    { mayReadFollowed: ['followed_from'] },
  ),
  ...provenBy(
    'work-with-employers/employer-files/employer-files.parity.test.ts',
    'work-with-employers/employer-files/employer-files.policy.ts',
    {
      mayOpenFile: ['employer_files.open', 'employer_file_columns.keep', 'employer_file_columns.keep_again'],
      mayReadFile: ['employer_files.read', 'employer_file_lines.read'],
    },
  ),
  ...provenBy(
    'work-with-employers/employer-files/employer-files.parity.test.ts',
    'work-with-employers/employer-files/employer-files.model.ts',
    {
      mayReadColumns: ['employer_file_columns.read'],
      mayRemoveFiled: ['ctx.remove_filed_exchange', 'ctx.remove_filed_note'],
    },
  ),
  ...provenBy(
    'work-with-employers/do-not-contact/do-not-contact.parity.test.ts',
    'work-with-employers/do-not-contact/do-not-contact.policy.ts',
    {
      mayReadMark: ['do_not_contact_marks.read'],
      mayMark: ['do_not_contact_marks.mark'],
      maySettle: ['do_not_contact_marks.settle'],
    },
  ),
  ...provenBy(
    'work-with-employers/do-not-contact/do-not-contact.parity.test.ts',
    'work-with-employers/do-not-contact/mark-rules.ts',
    { stands: ['not_to_contact_until'] },
  ),
  ...provenBy(
    'work-with-employers/solicitations/solicitations.parity.test.ts',
    'work-with-employers/solicitations/solicitations.policy.ts',
    {
      mayReadBudget: ['solicitation_budgets.read'],
      maySetBudget: ['solicitation_budgets.set_budget'],
      mayReadOverrun: ['budget_overruns.read'],
    },
  ),
  ...provenBy(
    'work-with-employers/solicitations/solicitations.parity.test.ts',
    'work-with-employers/solicitations/solicitations.model.ts',
    { mayOverrun: ['budget_overruns.overrun'] },
  ),
  ...provenBy(
    'work-with-employers/solicitations/counting.parity.test.ts',
    'work-with-employers/solicitations/solicitations.model.ts',
    { solicitationsOf: ['solicitations_between'], countsOn: ['solicitations_at'] },
  ),
  ...provenBy(
    'work-with-employers/solicitations/counting.parity.test.ts',
    'work-with-employers/solicitations/solicitation-rules.ts',
    { budgetOf: ['solicitations_per_month'] },
  ),
  ...provenBy(
    'work-with-employers/solicitations/in-number.test.ts',
    'work-with-employers/solicitations/solicitation-rules.ts',
    { goesBeyond: ['ctx.goes_beyond'] },
  ),
  ...provenBy(
    'territory-and-register/recruitments/recruitments.parity.test.ts',
    'territory-and-register/recruitments/recruitments.policy.ts',
    {
      mayReadRecruitment: ['ctx.reads_hirings', 'hirings_recent.read', 'hiring_forecasts.read', 'hirers_of_company'],
      mayReadCompanyRecruitment: ['hirers_of_company'],
    },
  ),
  ...provenBy(
    'territory-and-register/recruitments/expected-hires.test.ts',
    'territory-and-register/recruitments/recruitment-rules.ts',
    { lastWholeMonth: ['ctx.last_hiring_month'] },
  ),
  ...provenBy(
    'territory-and-register/recruitments/secrecy.parity.test.ts',
    'territory-and-register/recruitments/secrecy.model.ts',
    { tellsNobody: ['hirings_tell_nobody'], toldCells: ['compare_hirings'] },
  ),
]
