import type { Static } from 'typebox'
import type {
  Certificate,
  Deed,
  Revocation,
  RgcEventLine,
  RgcTerm,
  ToDeclare,
} from '../../../contract/people-and-rights/rgc.ts'
import { rgcTerms } from '../../../contract/people-and-rights/rgc.ts'
import { siretText } from '../../platform/siret.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'
import { type DeedFacts, deedState, isDecidable } from './deadlines.ts'
import type { EventRow, UndeclaredRow } from './events.queries.ts'
import type { RevocationRow } from './revocations.queries.ts'
import { mayMakeRevocation, mayNote, mayPropose, mayReadFile } from './rgc.policy.ts'
import type { CertificateRow, DeedRow } from './rgc.queries.ts'

const instant = (at: Date | string | null) => (at === null ? null : new Date(at).toISOString())
export const factsOf = (row: DeedRow): DeedFacts => ({
  ...row,
  decision: row.decision && { kind: row.decision.kind, at: new Date(row.decision.at) },
})
export const memberIds = (row: DeedRow): string[] => row.members.map(m => m.person.id)
/** Signs as signatory, as one of those named, or both at once. */
export const capacitiesLeft = (row: DeedRow, accountId: string): ('signataire' | 'rgc')[] => [
  ...(row.signatory.id === accountId && row.signatorySignedAt === null ? ['signataire' as const] : []),
  ...(row.members.some(m => m.person.id === accountId && m.signedAt === null) ? ['rgc' as const] : []),
]

export const deedReply = (viewer: Viewer, row: DeedRow, at: Date): Static<typeof Deed> => {
  const facts = factsOf(row)
  const state = deedState(facts, at)
  const decides = holdsRole(viewer, 'cssi') && isDecidable(facts, at)
  const own = row.organisation.id === viewer.organisationId
  const access = { organisationId: row.organisation.id, signatoryId: row.signatory.id, memberIds: memberIds(row) }
  return {
    id: row.id,
    organisation: row.organisation,
    organisationName: row.organisationName,
    siret: siretText(row.siret),
    address: row.address,
    state,
    signatory: { person: row.signatory, title: row.signatoryTitle, signedAt: instant(row.signatorySignedAt) },
    members: row.members.map(m => ({ ...m, signedAt: instant(m.signedAt) })),
    createdAt: instant(row.createdAt)!,
    sentAt: instant(row.sentAt),
    silenceAcceptsAt: instant(row.silenceAcceptsAt),
    decision: row.decision && { ...row.decision, at: instant(row.decision.at)! },
    allowed: [
      ...(state === 'a-signer' && capacitiesLeft(row, viewer.accountId).length > 0 ? ['sign' as const] : []),
      ...(state === 'a-signer' && own && mayPropose(viewer) === true ? ['abandon' as const] : []),
      ...(decides ? ['accept' as const, 'refuse' as const] : []),
      ...(row.sentAt !== null && mayReadFile(viewer, access) ? ['download' as const] : []),
    ],
  }
}
export const eventReply = (row: EventRow): Static<typeof RgcEventLine> => ({
  ...row,
  rightsEndAt: instant(row.rightsEndAt)!,
  declaredAt: instant(row.declaredAt)!,
})
export const toDeclareReply = (viewer: Viewer, row: UndeclaredRow, today: string): Static<typeof ToDeclare> => ({
  ...row,
  late: row.declareBy < today,
  allowed: row.id !== null && mayNote(viewer, row.organisation.id) === true ? ['withdraw'] : [],
})
export const certificateReply = (row: CertificateRow): Static<typeof Certificate> => ({
  ...row,
  recordedAt: instant(row.recordedAt)!,
})
export const revocationReply = (viewer: Viewer, row: RevocationRow): Static<typeof Revocation> => ({
  ...row,
  requiredAt: instant(row.requiredAt)!,
  madeAt: instant(row.madeAt),
  allowed:
    row.madeAt === null &&
    mayMakeRevocation(viewer, { accountId: row.person.id, organisationId: row.organisation.id }) === true
      ? ['make']
      : [],
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
/** A cut is no condition to fulfil: it is said only while it stands. */
export const gateReply = (missing: readonly string[]) =>
  rgcTerms
    .filter(term => term !== 'block' || missing.includes(term))
    .map(term => ({
      term,
      done: !missing.includes(term),
      sentence: missing.includes(term) ? steps[term].sentence : steps[term].done,
      whoActs: steps[term].whoActs,
    }))
