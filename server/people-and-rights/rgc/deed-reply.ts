import type { Static } from 'typebox'
import type {
  Barred,
  Certificate,
  Deed,
  Revocation,
  RgcEventLine,
  RgcTerm,
  SignatoryRef,
  ToDeclare,
  Unseen,
} from '../../../contract/people-and-rights/rgc.ts'
import { rgcTerms } from '../../../contract/people-and-rights/rgc.ts'
import { siretText } from '../../platform/siret.ts'
import { isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import type { BarredRow, RevocationRow } from './answers.queries.ts'
import { type DeedFacts, deedState, isDecidable } from './deadlines.ts'
import { correctsSomeDay, type PaperTold } from './event-rules.ts'
import type { EventRow, UndeclaredRow, UnseenRow } from './events.queries.ts'
import type { CertificateRow } from './kept-files.queries.ts'
import {
  mayAnswer,
  mayContestDeed,
  mayMakeRevocation,
  mayNote,
  mayPropose,
  mayReadCopy,
  mayReadFile,
  maySignFor,
  mayTakeBack,
  type OfDeed,
  type OfEvent,
} from './rgc.policy.ts'
import type { CorrectionRow, DeedRow } from './rgc.queries.ts'
import type { SignatoryRow } from './structures.queries.ts'

export const signatoryReply = ({ function: job, email, ...person }: SignatoryRow): Static<typeof SignatoryRef> => ({
  ...person,
  ...(job === null ? {} : { function: job }),
  ...(email === null ? {} : { email }),
})

const instant = (at: Date | string | null) => (at === null ? null : new Date(at).toISOString())
export const factsOf = (row: DeedRow): DeedFacts => ({
  ...row,
  decision: row.decision && { kind: row.decision.kind, at: new Date(row.decision.at) },
  contestedAt: row.contested && new Date(row.contested.at),
})
const correctionReply = ({ by: _, ...one }: CorrectionRow) => ({ ...one, at: instant(one.at)! })
/** Who told the days of a deed signed by hand. */
export const deedTold = (row: DeedRow, { by, corrections }: NonNullable<DeedRow['paper']>): PaperTold => ({
  by: by.id,
  at: row.createdAt,
  corrections,
})
/** The same of what was declared by letter. */
export const eventTold = (row: Pick<EventRow, 'declaredBy' | 'declaredAt' | 'corrections'>): PaperTold => ({
  by: row.declaredBy,
  at: row.declaredAt,
  corrections: row.corrections,
})
/** A deed ends with its convention, whatever it had come to, save a refusal (RGC-10). */
export const stateOf = (row: DeedRow, at: Date): Static<typeof Deed>['state'] => {
  const state = deedState(factsOf(row), at)
  return row.convention?.state === 'over' && !['refuse', 'abandonne', 'conteste'].includes(state) ? 'termine' : state
}
export const memberIds = (row: DeedRow): string[] => row.members.map(m => m.person.id)
export const ofDeed = (row: DeedRow): OfDeed => ({
  organisationId: row.organisation.id,
  signatoryId: row.signatory.id,
  memberIds: memberIds(row),
})
/** Changed since, a deed that names a former signatory is signed by nobody: the next one is. */
export const isStale = (row: DeedRow): boolean => row.changes.some(c => c.kind === 'signatory')
/** Entered by the operator in the name of the structure, neither refused nor over. */
export const isContestable = (row: DeedRow, at: Date): boolean =>
  row.paper !== null &&
  row.paper.by.organisationId !== row.organisation.id &&
  ['en-attente', 'en-vigueur'].includes(stateOf(row, at))
/** Signs as signatory, as one of those named, or both at once. */
export const capacitiesLeft = (row: DeedRow, viewer: Viewer): ('signataire' | 'rgc')[] => [
  ...(maySignFor(viewer, ofDeed(row)) && row.signatorySignedAt === null ? ['signataire' as const] : []),
  ...(row.members.some(m => m.person.id === viewer.accountId && m.signedAt === null) ? ['rgc' as const] : []),
]

export const deedReply = (viewer: Viewer, row: DeedRow, at: Date): Static<typeof Deed> => {
  const facts = factsOf(row)
  const state = stateOf(row, at)
  const decides = state !== 'termine' && isOfficerOf(viewer, row.organisation.id) && isDecidable(facts, at)
  const own = row.organisation.id === viewer.organisationId
  const access = ofDeed(row)
  return {
    id: row.id,
    organisation: row.organisation,
    convention: row.convention,
    organisationName: row.organisationName,
    siret: siretText(row.siret),
    address: row.address,
    state,
    signatory: { person: row.signatory, title: row.signatoryTitle, signedAt: instant(row.signatorySignedAt) },
    members: row.members.map(m => ({ ...m, signedAt: instant(m.signedAt) })),
    commitments: [...(row.commitments ?? [])],
    conditions: row.conditionsTitle === null ? null : { title: row.conditionsTitle, version: row.conditionsVersion! },
    digest: row.digest.toString('hex'),
    changes: ['a-signer', 'en-attente', 'en-vigueur'].includes(state) ? [...row.changes] : [],
    createdAt: instant(row.createdAt)!,
    sentAt: instant(row.sentAt),
    silenceAcceptsAt: instant(row.silenceAcceptsAt),
    decision: row.decision && { ...row.decision, at: instant(row.decision.at)! },
    contested: row.contested && { ...row.contested, at: instant(row.contested.at)! },
    paper: row.paper && { ...row.paper, corrections: row.paper.corrections.map(correctionReply) },
    allowed: [
      ...(state === 'a-signer' && !isStale(row) && capacitiesLeft(row, viewer).length > 0 ? ['sign' as const] : []),
      ...(state === 'a-signer' && own && mayPropose(viewer) === true ? ['abandon' as const] : []),
      ...(decides ? ['accept' as const, 'refuse' as const] : []),
      ...(row.sentAt !== null && (mayReadFile(viewer, access) || mayReadCopy(viewer, access))
        ? ['download' as const]
        : []),
      ...(row.paper &&
      !row.contested &&
      isOfficerOf(viewer, row.organisation.id) &&
      correctsSomeDay(viewer.accountId, deedTold(row, row.paper), at)
        ? ['correct' as const]
        : []),
      ...(isContestable(row, at) && mayContestDeed(viewer, access) === true ? ['contest' as const] : []),
    ],
  }
}
export const eventFacts = (
  row: Pick<EventRow, 'organisation' | 'regionId' | 'person' | 'declaredBy' | 'receivedOn'>,
): OfEvent => ({
  organisationId: row.organisation.id,
  regionId: row.regionId,
  accountId: row.person.id,
  declaredBy: row.declaredBy,
  received: row.receivedOn !== null,
})
/** The structure contests what the operator entered for it; what one entered or declared oneself is taken back. */
export const contests = (viewer: Viewer, { receivedOn, organisation }: Pick<EventRow, 'receivedOn' | 'organisation'>) =>
  receivedOn !== null && viewer.organisationId === organisation.id
export const eventReply = (
  viewer: Viewer,
  { hasPaper, corrections, declaredBy, regionId, ...row }: EventRow,
  at: Date,
): Static<typeof RgcEventLine> => ({
  ...row,
  corrections: corrections.map(correctionReply),
  withdrawn: row.withdrawn && { ...row.withdrawn, at: instant(row.withdrawn.at)! },
  allowed: [
    ...(hasPaper ? ['download' as const] : []),
    ...(row.receivedOn !== null &&
    !row.withdrawn &&
    isOfficerOf(viewer, row.organisation.id) &&
    correctsSomeDay(viewer.accountId, eventTold({ ...row, declaredBy, corrections }), at)
      ? ['correct' as const]
      : []),
    ...(!row.withdrawn && mayTakeBack(viewer, eventFacts({ ...row, declaredBy, regionId })) === true
      ? [contests(viewer, row) ? ('contest' as const) : ('withdraw' as const)]
      : []),
  ],
  rightsEndAt: instant(row.rightsEndAt)!,
  declaredAt: instant(row.declaredAt)!,
})
export const toDeclareReply = (viewer: Viewer, row: UndeclaredRow, today: string): Static<typeof ToDeclare> => ({
  ...row,
  late: row.declareBy < today,
  allowed: mayNote(viewer, row.organisation.id) === true ? ['withdraw'] : [],
})
export const unseenReply = (viewer: Viewer, row: UnseenRow): Static<typeof Unseen> => ({
  ...row,
  allowed: mayAnswer(viewer, row.organisation.id) === true ? ['answer'] : [],
})
export const certificateReply = (row: CertificateRow): Static<typeof Certificate> => ({
  ...row,
  recordedAt: instant(row.recordedAt)!,
})
export const revocationReply = (viewer: Viewer, row: RevocationRow): Static<typeof Revocation> => ({
  ...row,
  requiredAt: instant(row.requiredAt)!,
  madeAt: instant(row.madeAt),
  withdrawn: row.withdrawn && { ...row.withdrawn, at: instant(row.withdrawn.at)! },
  liftedAt: instant(row.liftedAt),
  allowed:
    row.madeAt !== null || row.withdrawn !== null
      ? []
      : [
          ...(mayMakeRevocation(viewer, { accountId: row.person.id, organisationId: row.organisation.id }) === true
            ? ['make' as const]
            : []),
          ...(isOfficerOf(viewer, row.organisation.id) ? ['withdraw' as const] : []),
        ],
})
export const barredReply = (viewer: Viewer, row: BarredRow): Static<typeof Barred> => ({
  ...row,
  since: instant(row.since)!,
  allowed: isOfficerOf(viewer, row.organisation.id) ? ['lift'] : [],
})

/** Each condition in the order in which it is obtained, and who must act (RGC-4). */
const steps: Record<RgcTerm, { done: string; sentence: string; whoActs: string }> = {
  convention: {
    done: 'La convention de votre structure est en vigueur.',
    sentence: 'Votre structure n’a pas de convention en vigueur.',
    whoActs: 'Le signataire de votre structure et la direction régionale de l’opérateur.',
  },
  deed: {
    done: 'Un acte d’engagement en vigueur vous désigne.',
    sentence:
      'Aucun acte d’engagement en vigueur ne vous désigne : il reste à signer, ou l’opérateur l’a refusé, ou il attend sa réponse.',
    whoActs: 'Le signataire de votre structure ; puis le correspondant sécurité de l’opérateur (CSSI).',
  },
  staff: {
    done: 'Vous appartenez au personnel permanent de votre structure.',
    sentence: 'Vous n’appartenez plus au personnel permanent de votre structure : l’acte ne vous désigne plus.',
    whoActs: 'Le signataire de votre structure, qui propose un nouvel acte d’engagement.',
  },
  certificate: {
    done: 'Le CSSI a enregistré votre attestation du module RGC.',
    sentence: 'Votre attestation du module RGC n’est pas enregistrée.',
    whoActs: 'Vous, en suivant le module et en envoyant l’attestation au CSSI, qui l’enregistre.',
  },
  cgu: {
    done: 'Vous avez accepté les conditions générales d’utilisation.',
    sentence: 'Les conditions générales d’utilisation sont à accepter.',
    whoActs: 'Vous, dans ce service.',
  },
  'cgu-unpublished': {
    done: 'L’opérateur a publié les conditions générales d’utilisation.',
    sentence: 'L’opérateur n’a pas encore publié les conditions générales d’utilisation, que vous aurez à accepter.',
    whoActs: 'Les administrateurs de l’opérateur, qui publient les textes.',
  },
  'second-factor': {
    done: 'Votre second facteur est en place.',
    sentence: 'Un second facteur est à enregistrer.',
    whoActs: 'Vous, dans « Mon compte ».',
  },
  block: {
    done: 'Rien n’est coupé.',
    sentence: 'L’opérateur a coupé votre accès à la gestion des comptes, le temps d’un incident de sécurité.',
    whoActs: 'Le correspondant sécurité de l’opérateur (CSSI), qui le rétablit sur un constat écrit.',
  },
}
/**
 * A cut, having left the permanent staff, conditions not published: none is hers to fulfil, said only while it stands.
 */
export const gateReply = (missing: readonly string[]) =>
  rgcTerms
    .filter(term => !['block', 'staff', 'cgu-unpublished'].includes(term) || missing.includes(term))
    .filter(term => term !== 'cgu' || !missing.includes('cgu-unpublished'))
    .map(term => ({
      term,
      done: !missing.includes(term),
      sentence: missing.includes(term) ? steps[term].sentence : steps[term].done,
      whoActs: steps[term].whoActs,
    }))
