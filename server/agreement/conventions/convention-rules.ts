import type { contactRoles } from '../../../contract/notices.ts'
import { type Facts, type Party, parties } from './deadlines.ts'

export type ContactRole = (typeof contactRoles)[number]
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
 * The facts that its life follows from. Signatures count on the document now in circulation.
 * A recalled document leaves its signatures behind, as evidence.
 * A convention in force before this service counts as signed by both on the day it took effect.
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
