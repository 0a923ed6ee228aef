import { provenBy, type Twin } from './proven-by.ts'

/** Of conventions, partners, their roles, texts and tools. */
export const twinsOfAgreement: readonly Twin[] = [
  ...provenBy(
    'agreement/partner-roles/partner-roles.parity.test.ts',
    'agreement/partner-roles/partner-roles.policy.ts',
    {
      rolesGivenBy: ['ctx.partner_roles_given'],
      mayGivePartnerRole: ['ctx.partner_role_takers'],
      mayEndPartnerRole: ['ctx.endable_partner_roles'],
    },
  ),
  ...provenBy('agreement/assessments/assessments.test.ts', 'agreement/assessments/assessments.policy.ts', {
    mayReadAssessments: ['security_assessments.read'],
    mayRecordAssessment: ['security_assessments.record'],
  }),
  ...provenBy(
    'agreement/disagreements/disagreements.parity.test.ts',
    'agreement/disagreements/disagreements.policy.ts',
    {
      mayReadDisagreements: ['disagreements.read', 'disagreement_steps.read'],
      mayWriteDisagreement: ['disagreements.open'],
      mayRecordStep: ['disagreement_steps.record'],
    },
  ),
  ...provenBy('agreement/awareness/awareness.parity.test.ts', 'agreement/awareness/awareness.model.ts', {
    mayReadEquipment: ['equipment_validations.read'],
  }),
  ...provenBy('agreement/awareness/awareness.parity.test.ts', 'agreement/awareness/awareness.policy.ts', {
    mayRecordAwareness: ['awareness_records.record'],
    maySetPolicy: ['awareness_policies.decide'],
    mayRecordEquipment: ['equipment_validations.record'],
  }),
  ...provenBy('agreement/conventions/conventions.parity.test.ts', 'agreement/conventions/conventions.policy.ts', {
    ofRegion: ['ctx.regions'],
    mayRead: ['conventions.read'],
    reachOf: [
      'ctx.reads_own_file',
      'convention_notices.read',
      'convention_breaches.read',
      'convention_signatories.read',
      'convention_signers.read',
      'signature_deputies.read',
    ],
    mayReadDocument: ['convention_documents.read'],
    maySettle: ['conventions.settle', 'ctx.acts_for_operator', 'ctx.acts_for_partner'],
  }),
  ...provenBy('agreement/conventions/deputies.test.ts', 'agreement/conventions/delegation-rules.ts', {
    holdsOn: ['ctx.deputy_holds'],
  }),
  ...provenBy('agreement/conventions/letters.parity.test.ts', 'agreement/conventions/conventions.policy.ts', {
    mayEnterSignature: ['convention_signatures.sign'],
    maySignAs: ['convention_signatures.sign', 'ctx.signs_as'],
    mayNameSigner: ['convention_signers.name', 'signature_deputies.settle'],
    maySettleAuthority: ['convention_signers.complete'],
    mayNameContactFor: ['convention_contacts.name', 'ctx.prepared_partners'],
    actsFor: [
      'convention_notices.give',
      'convention_breaches.give',
      'convention_corrections.note',
      'convention_receipts.tell',
    ],
  }),
  ...provenBy('agreement/conventions/annexes.test.ts', 'agreement/conventions/convention-rules.ts', {
    missingContacts: ['ctx.missing_contacts'],
  }),
  ...provenBy('agreement/conventions/signers.test.ts', 'agreement/conventions/signer-rules.ts', {
    isNamedSigner: ['ctx.name_words'],
  }),
  ...provenBy('agreement/conventions/letters.parity.test.ts', 'agreement/conventions/letter-rules.ts', {
    enteredBy: ['convention_signatures.correct'],
    correctsDay: ['ctx.corrects'],
    mayKeepReceipt: ['convention_notices.settle', 'convention_breaches.settle'],
    answersTo: ['convention_answers.answer'],
  }),
  ...provenBy('agreement/conventions/conventions.parity.test.ts', 'platform/viewer.ts', {
    holdsInRegion: ['ctx.role_regions', 'ctx.acts_in'],
  }),
  ...provenBy('agreement/partners/party-sirets.test.ts', 'agreement/conventions/conventions.policy.ts', {
    mayDraft: ['settle_party_siret'],
  }),
  ...provenBy('agreement/partners/party-sirets.test.ts', 'agreement/partners/siret-rules.ts', {
    isHeldOn: ['ctx.other_sirets', 'ctx.lay_sirets'],
  }),
  ...provenBy('agreement/templates/operator-identity.test.ts', 'agreement/templates/operator-identity.policy.ts', {
    mayChangeOperator: ['change_operator_identity'],
  }),
  ...provenBy('agreement/texts/texts.parity.test.ts', 'agreement/texts/texts.policy.ts', {
    mayPublish: ['documents.publish', 'documents.cancel'],
  }),
  ...provenBy('agreement/tools/categories.parity.test.ts', 'platform/viewer.ts', {
    opens: ['ctx.opens'],
  }),
  ...provenBy('agreement/tools/tools.parity.test.ts', 'agreement/tools/tools.model.ts', {
    mayReadRequest: ['access_requests.read'],
  }),
  ...provenBy('agreement/tools/tools.parity.test.ts', 'agreement/tools/tools.policy.ts', {
    mayPublishAnnex: ['annex_4_versions.publish', 'annex_4_versions.cancel', 'annex_4_tools.publish_withdraws'],
    mayRecordState: ['tool_states.record'],
    mayDesignate: ['access_requesters.designate'],
    mayDecideRequest: ['access_requests.decide'],
  }),
]
