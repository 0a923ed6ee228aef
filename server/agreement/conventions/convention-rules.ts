import type { Static } from 'typebox'
import type {
  Convention as ConventionSchema,
  ConventionLine as LineSchema,
} from '../../../contract/agreement/conventions.ts'
import { annexRoles, type contactRoles } from '../../../contract/notices.ts'
import type { Holder, NoticeRole } from '../../notifications/recipient-rules.ts'
import { csvOf } from '../../platform/csv.ts'
import { dayInFigures } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { assessmentDueOn, isAssessmentLate } from '../assessments/assessment-rules.ts'
import { mayReadAssessments } from '../assessments/assessments.policy.ts'
import { actsFor, mayNameContact, maySettleAuthority, ofRegion, type Reach, signsFor } from './conventions.policy.ts'
import {
  breachEnd,
  currentTerm,
  endOf,
  type Facts,
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

export type ContactRole = (typeof contactRoles)[number]
/** Those that notices are for: the annexes', and on the partner's side who manages its accounts. */
const heardRoles: Readonly<Record<Party, readonly NoticeRole[]>> = {
  partenaire: [...annexRoles.partenaire, 'rgc', 'signataire'],
  operateur: [...annexRoles.operateur, 'direction-regionale'],
}
/** All that is known of a convention. */
export interface Known {
  readonly convention: {
    readonly id: string
    readonly organisationId: string
    readonly regionId: number
    readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
    readonly regionName: string
    readonly number: string
    readonly createdAt: Date
    readonly effectiveFrom: Date | null
    readonly endsAt: Date | null
    readonly firstTermOn: string
    readonly sentAt: Date | null
    readonly documentId: string | null
    readonly templateVersion: number | null
    readonly version: number
  }
  readonly signatories: readonly {
    readonly party: Party
    readonly name: string
    readonly capacity: string
    readonly act: string | null
    readonly actOn: string | null
    readonly localAuthority: boolean
    readonly prefectureOn: string | null
    readonly publishedOn: string | null
  }[]
  readonly signatures: readonly {
    readonly id: string
    readonly amendmentId: string | null
    readonly party: Party
    readonly documentId: string
    readonly sha256: string
    readonly how: 'application' | 'papier'
    readonly signedDocumentId: string | null
    readonly signerName: string
    readonly signedAt: Date
    readonly intact: boolean
  }[]
  readonly notices: readonly {
    readonly id: string
    readonly party: Party
    readonly channel: 'courrier' | 'courriel'
    readonly sentOn: string
    readonly receivedOn: string | null
    readonly documentId: string | null
    readonly withdrawnAt: Date | null
    readonly withdrawalReason: string | null
  }[]
  readonly breaches: readonly {
    readonly id: string
    readonly party: Party
    readonly obligation: string
    readonly letterReference: string
    readonly sentOn: string
    readonly presentedOn: string | null
    readonly deliveredOn: string | null
    readonly documentId: string | null
    readonly withdrawnAt: Date | null
    readonly withdrawalReason: string | null
  }[]
  readonly amendments: readonly {
    readonly id: string
    readonly number: number
    readonly title: string
    readonly body: string
    readonly termOn: string | null
    readonly renews: boolean
    readonly documentId: string
    readonly sha256: string
    readonly proposedAt: Date
    readonly effectiveAt: Date | null
  }[]
  readonly documents: readonly {
    readonly id: string
    readonly kind: 'convention' | 'avenant' | 'signe' | 'resiliation' | 'manquement'
    readonly name: string
    readonly sha256: string
    readonly addedAt: Date
  }[]
  readonly contacts: readonly {
    readonly id: string
    readonly party: Party
    readonly regionId: number | null
    readonly role: ContactRole
    readonly name: string
    readonly email: string
    readonly phone: string | null
    readonly startsAt: Date
    readonly endsAt: Date | null
  }[]
}

/**
 * The facts that its life follows from. Signatures count on the document now in circulation: one recalled leaves them
 * behind, as evidence.
 * One taken over from before this service, in force without its signatures, counts as signed by both when it took
 * effect.
 */
export const factsOf = ({
  convention,
  signatures,
  notices,
  breaches,
  amendments,
}: Pick<Known, 'convention' | 'signatures' | 'notices' | 'breaches' | 'amendments'>): Facts => {
  const { effectiveFrom, documentId } = convention
  const takenOver = effectiveFrom !== null && documentId === null
  return {
    firstTermOn: convention.firstTermOn,
    notices,
    breaches,
    amendments,
    sentAt: takenOver ? convention.createdAt : convention.sentAt,
    signatures: takenOver
      ? parties.map(party => ({ party, signedAt: effectiveFrom }))
      : signatures.filter(s => s.amendmentId === null && s.documentId === documentId),
  }
}

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null
const withdrawn = (one: { withdrawnAt: Date | null; withdrawalReason: string | null }) =>
  one.withdrawnAt ? { at: one.withdrawnAt.toISOString(), reason: one.withdrawalReason ?? '' } : null

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
  const regional = ofRegion(viewer, c)
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
    notices: row.notices.map(n => ({
      id: n.id,
      party: n.party,
      channel: n.channel,
      sentOn: n.sentOn,
      receivedOn: n.receivedOn,
      documentId: n.documentId,
      endsAt: n.receivedOn ? noticeEnd(n.receivedOn).toISOString() : null,
      withdrawn: withdrawn(n),
    })),
    breaches: row.breaches.map(b => ({
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
    })),
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
    allowed: [
      ...(regional ? (['edit', 'send', 'recall', 'amend'] as const).filter(act => mayDo(state, act)) : []),
      ...(signer && unsigned(signer) ? ['sign' as const] : []),
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
    ],
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

/** What one line of the console follows from. */
export interface Line {
  readonly id: string
  readonly number: string
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  readonly regionId: number
  readonly regionName: string
  readonly firstTermOn: string
  readonly sentAt: Date | null
  readonly effectiveFrom: Date | null
  readonly endsAt: Date | null
  readonly signed: number
  readonly notice: boolean
  readonly breach: boolean
  readonly termOn: string | null
  readonly renews: boolean | null
  readonly roles: readonly ContactRole[]
  readonly hasRgc: boolean | null
  readonly awarenessDue: number | null
  readonly reviewDueOn: string | null
  readonly assessmentNextOn: string | null
}
/**
 * The state of a line, from what is stored of it; the page of the convention works it out from every fact, and a test
 * holds the two together.
 */
const lineState = (line: Line, now: Date): State => {
  if (!line.effectiveFrom || line.effectiveFrom > now)
    return line.sentAt === null ? 'draft' : line.signed === 0 ? 'sent' : 'signed-by-one'
  if (line.endsAt === null) return 'in-force'
  if (line.endsAt <= now) return line.breach ? 'terminated' : 'ended'
  return line.breach ? 'breach-notified' : line.notice ? 'notice-given' : 'in-force'
}
/** `whole`: who reads contacts may be told which are missing. */
export const lineReply = (line: Line, now: Date, whole = true): Static<typeof LineSchema> => {
  const state = lineState(line, now)
  const facts: Facts = {
    firstTermOn: line.termOn ?? line.firstTermOn,
    sentAt: null,
    signatures: [],
    notices: [],
    breaches: [],
    amendments: line.renews === false ? [{ effectiveAt: new Date(0), termOn: line.termOn, renews: false }] : [],
  }
  const live = ['in-force', 'notice-given', 'breach-notified'].includes(state)
  return {
    id: line.id,
    number: line.number,
    organisation: line.organisation,
    region: { id: line.regionId, name: line.regionName },
    state,
    effectiveFrom: iso(line.effectiveFrom),
    endsAt: iso(line.endsAt),
    termEndsOn: live
      ? currentTerm(facts, now).endsOn
      : state === 'ended' || state === 'terminated'
        ? null
        : line.firstTermOn,
    missingContacts: !whole ? [] : annexRoles.partenaire.filter(role => !line.roles.includes(role)),
    withoutRgc: line.hasRgc === false,
    awarenessDue: line.awarenessDue ?? 0,
    reviewLateSince: line.reviewDueOn !== null && line.reviewDueOn < parisDay(now) ? line.reviewDueOn : null,
    assessmentLateSince: (due => (isAssessmentLate(due, parisDay(now)) ? due : null))(
      assessmentDueOn(line.assessmentNextOn, line.effectiveFrom),
    ),
  }
}
/** Only what is in force has duties to be late of. */
export const lacks = (line: Static<typeof LineSchema>, what: 'contacts' | 'rgc' | 'duties'): boolean =>
  ['in-force', 'notice-given', 'breach-notified'].includes(line.state) &&
  (what === 'contacts'
    ? line.missingContacts.length > 0
    : what === 'rgc'
      ? line.withoutRgc
      : line.awarenessDue > 0 || line.reviewLateSince !== null || line.assessmentLateSince !== null)

const stateWords: Record<State, string> = {
  draft: 'projet',
  sent: 'à signer',
  'signed-by-one': 'signée par une partie',
  'in-force': 'en vigueur',
  'notice-given': 'congé donné',
  'breach-notified': 'manquement notifié',
  ended: 'terminée',
  terminated: 'résiliée',
}
/** For the spreadsheets of France, days as they are written there. */
export const conventionsCsv = (lines: readonly Static<typeof LineSchema>[]): string => {
  const figures = (day: string | null) => day && dayInFigures(day)
  const head = [
    'Numéro',
    'Partenaire',
    'Région',
    'État',
    'En vigueur depuis',
    'Fin de la période',
    'Fin notifiée',
    'Interlocuteurs manquants',
    'Sans RGC',
    'Sensibilisations en retard',
    'Revue des accès en retard depuis le',
    'Évaluation de la sécurité en retard depuis le',
  ]
  return csvOf([
    head,
    ...lines.map(l => [
      l.number,
      l.organisation.name,
      l.region.name,
      stateWords[l.state],
      figures(l.effectiveFrom && parisDay(new Date(l.effectiveFrom))),
      figures(l.termEndsOn),
      figures(l.endsAt && parisDay(new Date(Date.parse(l.endsAt) - 1))),
      l.missingContacts.join(', '),
      l.withoutRgc ? 'oui' : 'non',
      l.awarenessDue,
      figures(l.reviewLateSince),
      figures(l.assessmentLateSince),
    ]),
  ])
}
