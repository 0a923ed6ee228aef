import type { Static } from 'typebox'
import type { Convention as ConventionSchema } from '../../../contract/agreement/conventions.ts'
import type { NoticeRole } from '../../../contract/mail-roles.ts'
import { annexRoles } from '../../../contract/notices.ts'
import type { Holder } from '../../notifications/recipient-rules.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayReadAssessments } from '../assessments/assessments.policy.ts'
import { factsOf, type Known } from './convention-rules.ts'
import { actsFor, mayNameContact, maySettleAuthority, ofRegion, type Reach, signsFor } from './conventions.policy.ts'
import {
  breachEnd,
  currentTerm,
  endOf,
  isInForce,
  mayDo,
  nextEvent,
  noticeEnd,
  notifiedOn,
  type Party,
  parties,
  type State,
  stateAt,
  termsUntil,
  warningsOf,
} from './deadlines.ts'

/** Those that notices are for: the annexes', and on the partner's side who manages its accounts. */
const heardRoles: Readonly<Record<Party, readonly NoticeRole[]>> = {
  partenaire: [...annexRoles.partenaire, 'rgc', 'signataire'],
  operateur: [...annexRoles.operateur, 'direction-regionale'],
}

export const iso = (at: Date | null | undefined) => at?.toISOString() ?? null
const withdrawn = (one: { withdrawnAt: Date | null; withdrawalReason: string | null }) =>
  one.withdrawnAt ? { at: one.withdrawnAt.toISOString(), reason: one.withdrawalReason ?? '' } : null

const noticeReply = (n: Known['notices'][number]) => ({
  id: n.id,
  party: n.party,
  channel: n.channel,
  sentOn: n.sentOn,
  receivedOn: n.receivedOn,
  documentId: n.documentId,
  endsAt: n.receivedOn ? noticeEnd(n.receivedOn).toISOString() : null,
  withdrawn: withdrawn(n),
})
const breachReply = (b: Known['breaches'][number]) => ({
  id: b.id,
  party: b.party,
  obligation: b.obligation,
  letterReference: b.letterReference,
  sentOn: b.sentOn,
  presentedOn: b.presentedOn,
  deliveredOn: b.deliveredOn,
  documentId: b.documentId,
  endsAt: (on => (on ? breachEnd(on).toISOString() : null))(notifiedOn(b)),
  withdrawn: withdrawn(b),
})

/** What this viewer may do of it now. `toSign`: their party has not signed yet. */
const allowedActs = (viewer: Viewer, row: Known, state: State, toSign: boolean) => {
  const { convention: c } = row
  const side = actsFor(viewer, c)
  const regional = ofRegion(viewer, c)
  return [
    ...(regional ? (['edit', 'send', 'recall', 'amend'] as const).filter(act => mayDo(state, act)) : []),
    ...(toSign ? ['sign' as const] : []),
    ...(side ? (['give-notice', 'notify-breach'] as const).filter(act => mayDo(state, act)) : []),
    ...(side &&
    mayDo(state, 'withdraw') &&
    [...row.notices, ...row.breaches].some(x => x.party === side && x.withdrawnAt === null)
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
  const signer = signsFor(viewer, c)
  const current = (contact: Known['contacts'][number]) =>
    contact.startsAt <= now && (contact.endsAt === null || contact.endsAt > now)
  const signedBy = (party: Party) =>
    row.signatures.filter(s => s.party === party && s.amendmentId === null && s.documentId === c.documentId)[0]
  const unsigned = (party: Party) =>
    mayDo(state, 'sign')
      ? !signedBy(party)
      : live &&
        row.amendments.some(
          a => a.effectiveAt === null && !row.signatures.some(s => s.amendmentId === a.id && s.party === party),
        )
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
    signatories: row.signatories.map(s => ({
      ...s,
      warnings: [...warningsOf(s, (at => (at ? parisDay(at) : null))(signedBy(s.party)?.signedAt))],
    })),
    signatures: row.signatures.map(({ signedAt, ...s }) => ({ ...s, signedAt: signedAt.toISOString() })),
    notices: row.notices.map(noticeReply),
    breaches: row.breaches.map(breachReply),
    amendments: row.amendments.map(a => ({
      ...a,
      proposedAt: a.proposedAt.toISOString(),
      effectiveAt: iso(a.effectiveAt),
    })),
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
    missingContacts: parties.flatMap(party =>
      annexRoles[party]
        .filter(role => !row.contacts.some(x => x.party === party && x.role === role && current(x)))
        .map(role => ({ party, role })),
    ),
    unheard: parties.flatMap(party =>
      heardRoles[party]
        .filter(role => !holders.some(h => h.party === party && h.role === role))
        .map(role => ({ party, role })),
    ),
    actsFor: side,
    allowed: allowedActs(viewer, row, state, signer !== null && unsigned(signer)),
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
      amendments: inForce,
      ...(reach === 'summary' ? { signatories: [], signatures: [], documents: [], contacts: [] } : {}),
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
    allowed: [],
  }
}
