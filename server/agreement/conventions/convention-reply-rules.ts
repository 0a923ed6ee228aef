import type { Static } from 'typebox'
import type { Convention as ConventionSchema } from '../../../contract/agreement/conventions.ts'
import type { NoticeRole } from '../../../contract/mail-roles.ts'
import { annexRoles } from '../../../contract/notices.ts'
import type { Holder } from '../../notifications/recipient-rules.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayReadAssessments } from '../assessments/assessments.policy.ts'
import { factsOf, isContested, isOpenAmendment, type Known, missingContacts } from './convention-rules.ts'
import {
  actsFor,
  mayEnterSignature,
  mayNameContact,
  mayNameContactFor,
  maySettleAuthority,
  ofRegion,
  type Reach,
  signsFor,
} from './conventions.policy.ts'
import {
  contestableUntil,
  currentTerm,
  endOf,
  isInForce,
  mayDo,
  nextEvent,
  type Party,
  parties,
  type State,
  stateAt,
  termsUntil,
  warningsOf,
} from './deadlines.ts'
import { deputiesReply } from './deputy-rules.ts'
import {
  type Acting,
  actsOnSignature,
  answered,
  breachReply,
  isCurrent,
  mayWithdraw,
  noticeReply,
  paperCorrectableUntil,
} from './letter-rules.ts'
import { authorityOf, dayOfSignature, isNamedSigner, signatoryNamed, signerReply } from './signer-rules.ts'

/** Those that notices are for: the annexes', and on the partner's side who manages its accounts. */
const heardRoles: Readonly<Record<Party, readonly NoticeRole[]>> = {
  partenaire: [...annexRoles.partenaire, 'rgc', 'signataire'],
  operateur: [...annexRoles.operateur, 'direction-regionale'],
}

export const iso = (at: Date | null | undefined) => at?.toISOString() ?? null
const amendmentReply =
  (viewer: Viewer, side: Party | null, row: Known) =>
  ({ closedBy, closedAt, closedReason, authorities, ...a }: Known['amendments'][number]) => ({
    ...a,
    territories: [...a.territories],
    signatories: a.signatories.map(named => {
      const authority = { ...named, ...authorityOf({ ...a, authorities }, named.party, row.signatories) }
      const signature = row.signatures.find(s => s.amendmentId === a.id && s.party === named.party)
      return {
        ...authority,
        contestableUntil: contestableUntil(authority),
        warnings: closedAt ? [] : [...warningsOf(authority, dayOfSignature(signature))],
        allowed:
          closedAt === null && maySettleAuthority(viewer, row.convention, named.party) === true
            ? [...(['settle'] as const)]
            : [],
      }
    }),
    proposedAt: a.proposedAt.toISOString(),
    effectiveAt: iso(a.effectiveAt),
    closed: closedBy && { party: closedBy, reason: closedReason!, at: iso(closedAt)! },
    allowed: side !== null && isOpenAmendment({ ...a, closedAt }) ? [...(['close'] as const)] : [],
  })
const signatureReply =
  (side: Party | null, state: State, row: Known, acting: Acting) =>
  ({ signedAt, toldBy, ...s }: Known['signatures'][number]) => ({
    ...s,
    ...answered(s),
    byAnother: !isNamedSigner(s.signerName, signatoryNamed(row, s.party, s.amendmentId)),
    allowed: actsOnSignature(side, { ...s, toldBy }, state, isCurrent(s, row.convention.documentId), acting),
    correctableUntil: paperCorrectableUntil(
      side,
      { ...s, toldBy },
      state,
      isCurrent(s, row.convention.documentId),
      acting.now,
    ),
    signedAt: signedAt.toISOString(),
  })

const isLive = (state: State) => ['in-force', 'notice-given', 'breach-notified'].includes(state)

/** What this viewer may do of it now. `unsigned`: whether a party has not signed what is to be signed. */
const allowedActs = (viewer: Viewer, row: Known, state: State, unsigned: (party: Party) => boolean) => {
  const { convention: c } = row
  const side = actsFor(viewer, c)
  const signer = signsFor(viewer, c)
  const regional = ofRegion(viewer, c)
  return [
    ...(regional ? (['edit', 'send', 'recall', 'amend'] as const).filter(act => mayDo(state, act)) : []),
    ...(signer && unsigned(signer) ? ['sign' as const] : []),
    ...(parties.some(party => mayEnterSignature(viewer, c, party) === true && unsigned(party))
      ? ['enter-signatures' as const]
      : []),
    ...(side && unsigned(side) ? ['name-signer' as const] : []),
    ...(side ? ['settle-deputy' as const] : []),
    ...(side ? (['give-notice', 'notify-breach'] as const).filter(act => mayDo(state, act)) : []),
    ...(side &&
    mayDo(state, 'withdraw') &&
    [...row.notices, ...row.breaches].some(x => mayWithdraw(side, x) && x.withdrawnAt === null)
      ? ['withdraw' as const]
      : []),
    ...(parties.some(party => maySettleAuthority(viewer, c, party) === true) && row.signatories.length > 0
      ? ['settle-authority' as const]
      : []),
    ...(mayReadAssessments(viewer, { organisationId: c.organisationId, regionIds: [c.regionId] })
      ? ['read-assessments' as const]
      : []),
    ...(mayNameContact(viewer, viewer.organisationKind === 'operateur' ? c.regionId : null) === true
      ? ['name-contacts' as const]
      : []),
    ...(mayNameContactFor(viewer, { regionIds: [c.regionId], inForce: !c.prepared || isLive(state) }) === true
      ? ['enter-contacts' as const]
      : []),
    ...(regional ? ['name-signatory' as const] : []),
  ]
}

/** A convention as the contract shows it to this viewer, at this instant. */
export const conventionReply = (
  viewer: Viewer,
  row: Known,
  holders: readonly Holder[],
  now: Date,
): Static<typeof ConventionSchema> => {
  const { convention: c } = row
  const facts = factsOf(row)
  const state = stateAt(facts, now)
  const end = endOf(facts, now)
  const live = isInForce(facts, now)
  const side = actsFor(viewer, c)
  const acting = { accountId: viewer.accountId, now }
  const signedBy = (party: Party) =>
    row.signatures.filter(s => s.party === party && s.amendmentId === null && s.documentId === c.documentId)[0]
  /** The document of a contested signature is signed by nobody: it is taken back (AGR-13). */
  const toSign = (party: Party, documentId: string | null) =>
    !row.signatures.some(s => s.documentId === documentId && (s.party === party || isContested(s)))
  const unsigned = (party: Party) =>
    mayDo(state, 'sign')
      ? toSign(party, c.documentId)
      : live && row.amendments.some(a => isOpenAmendment(a) && toSign(party, a.documentId))
  return {
    id: c.id,
    version: c.version,
    number: c.number,
    organisation: c.organisation,
    region: { id: c.regionId, name: c.regionName },
    state,
    reach: 'file',
    createdAt: c.createdAt.toISOString(),
    sentAt: iso(c.sentAt),
    firstTermOn: c.firstTermOn,
    effectiveFrom: iso(c.effectiveFrom),
    endsAt: iso(end?.at),
    endCause: end?.cause ?? null,
    term: live ? currentTerm(facts, now) : null,
    terms: c.effectiveFrom ? [...termsUntil(facts, now)] : [c.firstTermOn],
    next: (next => next && { what: next.what, at: next.at.toISOString() })(nextEvent(facts, now)),
    documentId: c.documentId,
    templateVersion: c.templateVersion,
    otherInForce: c.effectiveFrom === null && c.otherInForce,
    signatories: row.signatories.map(s => ({
      ...s,
      contestableUntil: contestableUntil(s),
      warnings: [...warningsOf(s, dayOfSignature(signedBy(s.party)))],
    })),
    signatures: row.signatures.map(signatureReply(side, state, row, acting)),
    signers: row.signers.map(signerReply(viewer, row)),
    deputies: deputiesReply(row, parisDay(now)),
    ownSigners: row.ownSigners.filter(s => s.party === side).map(({ party: _, ...one }) => one),
    notices: row.notices.map(noticeReply(side, state, acting)),
    breaches: row.breaches.map(breachReply(side, state, acting)),
    corrections: row.corrections.map(({ correctedAt, ...x }) => ({
      ...x,
      correctedAt: correctedAt.toISOString(),
    })) as Static<typeof ConventionSchema>['corrections'],
    amendments: row.amendments.map(amendmentReply(viewer, side, row)),
    documents: row.documents.map(({ id, kind, name, sha256, addedAt }) => ({
      id,
      kind,
      name,
      sha256,
      addedAt: addedAt.toISOString(),
    })),
    contacts: row.contacts.map(({ id, party, role, name, email, phone, startsAt, endsAt, regionId }) => ({
      id,
      party,
      role,
      name,
      email,
      telephone: phone,
      regionId,
      startsAt: startsAt.toISOString(),
      endsAt: iso(endsAt),
    })),
    missingContacts: missingContacts(row, now),
    unheard: parties.flatMap(party =>
      heardRoles[party]
        .filter(role => !holders.some(h => h.party === party && h.role === role))
        .map(role => ({ party, role })),
    ),
    actsFor: side,
    entersFor: parties.filter(party => mayEnterSignature(viewer, c, party) === true),
    allowed: allowedActs(viewer, row, state, unsigned),
  }
}

/** The state that the stored clock tells, for whoever does not read what it follows from. */
const clockState = ({ effectiveFrom, endsAt, sentAt }: Known['convention'], now: Date): State =>
  effectiveFrom && effectiveFrom <= now ? (endsAt && endsAt <= now ? 'ended' : 'in-force') : sentAt ? 'sent' : 'draft'

/**
 * The same for who does not read the file: what they may read, and nothing else. Row-level security has left the rest
 * out already.
 */
export const narrowReply = (
  viewer: Viewer,
  row: Known,
  reach: Exclude<Reach, 'file'>,
  now: Date,
): Static<typeof ConventionSchema> => {
  const state = clockState(row.convention, now)
  const { effectiveFrom, endsAt } = row.convention
  const inForce = row.amendments.filter(a => a.effectiveAt !== null)
  const whole = conventionReply(
    viewer,
    {
      ...row,
      notices: [],
      breaches: [],
      corrections: [],
      amendments: inForce,
      signers: row.signers.filter(s => s.amendmentId === null || inForce.some(a => a.id === s.amendmentId)),
      ownSigners: [],
      ...(reach === 'summary'
        ? { signers: [], deputies: [], signatories: [], signatures: [], documents: [], contacts: [] }
        : {}),
      convention: effectiveFrom ? { ...row.convention, documentId: null } : row.convention,
    },
    [],
    now,
  )
  const end =
    endsAt !== null && (state === 'in-force' || state === 'ended')
      ? { endsAt: endsAt.toISOString(), next: endsAt > now ? { what: 'end' as const, at: endsAt.toISOString() } : null }
      : {}
  return {
    ...whole,
    ...end,
    state,
    reach,
    endCause: null,
    term: state === 'in-force' && reach === 'terms' ? whole.term : null,
    documentId: reach === 'terms' && effectiveFrom ? row.convention.documentId : null,
    amendments: reach === 'terms' ? whole.amendments : [],
    missingContacts: [],
    unheard: [],
    actsFor: null,
    entersFor: [],
    allowed: [],
  }
}
