import type { Static } from 'typebox'
import type { ObligationCode } from '../../../contract/agreement/conventions/obligations.ts'
import type { TerritoryRef } from '../../../contract/common.ts'
import { annexRoles, type contactRoles } from '../../../contract/notices.ts'
import { type Facts, type Party, parties } from './deadlines.ts'
import type { DeputyVersion, OwnSigner } from './delegation-rules.ts'

/** What the sender last answered to what the other party entered in its name (AGR-13). */
export interface Answer {
  readonly answer: 'contest' | 'confirm'
  readonly reason: string | null
  /** An instant as JSON has it. */
  readonly at: string
}
/** What was entered: by the other party, or by its own. */
export interface Entered {
  readonly enteredByOther: boolean
  readonly answer: Answer | null
}
export type LetterKind = 'notice' | 'breach' | 'signature'
export interface Letter extends Entered {
  readonly id: string
  readonly party: Party
  readonly sentOn: string
  readonly documentId: string | null
  /** The acknowledgement of receipt. */
  readonly receiptDocumentId: string | null
  readonly told: Told
  readonly toldBy: ToldBy
  readonly withdrawnAt: Date | null
  readonly withdrawalReason: string | null
}

export type ContactRole = (typeof contactRoles)[number]
/** The days a letter or a paper bears; those that it has. */
export interface Days {
  readonly sentOn?: string
  readonly receivedOn?: string | null
  readonly presentedOn?: string | null
  readonly deliveredOn?: string | null
  readonly signedOn?: string
}
/** The days that each party told, and may correct. */
export type Told = Readonly<Record<Party, readonly (keyof Days)[]>>
/** Who last told each day, and when, as JSON has it; nobody known of a letter taken over. */
export type ToldBy = Readonly<Partial<Record<keyof Days, { readonly by: string | null; readonly at: string }>>>
/** Who the operator is, as an administrator recorded it (AGR-15). */
export interface OperatorIdentity {
  readonly name: string
  readonly siret: number
  readonly address: string
}
export interface PartnerIdentity {
  readonly name: string
  readonly siret: number
  readonly address: string | null
  readonly otherSirets: readonly OtherSiret[]
}
/** An establishment of the partner beside its seat. */
export interface OtherSiret {
  readonly name: string
  readonly siret: number
}
/** What a document says of the parties beside the partner's name, and the model that it is composed of. */
export interface PrintedFacts {
  readonly siret: number
  readonly address: string | null
  readonly otherSirets: readonly OtherSiret[]
  /** Of today; null until it is recorded. */
  readonly operator: OperatorIdentity | null
  /** Of the day on which the document that was sent was composed; of today before. */
  readonly operatorSaid: OperatorIdentity | null
  /** Who the partner was then, in the same way; its name, SIRET and address are those of today. */
  readonly partnerSaid: PartnerIdentity
  readonly templateId: string | null
}
export type Given = Static<typeof TerritoryRef>
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
    /** The reader's region prepares it, and no convention of this partner is in force. */
    readonly prepared: boolean
    /** Another one of this partner, among those one may read. */
    readonly otherInForce: boolean
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
    readonly designatesRgc: boolean
    /** The act as a file. */
    readonly actDocumentId: string | null
  }[]
  readonly signatures: readonly (Entered & {
    readonly id: string
    readonly amendmentId: string | null
    readonly party: Party
    readonly documentId: string
    readonly sha256: string
    readonly how: 'application' | 'papier'
    readonly signedDocumentId: string | null
    readonly toldBy: ToldBy
    readonly signerName: string
    readonly signedAt: Date
    readonly intact: boolean
  })[]
  /** Who signs each document for each party, the last one named first. */
  readonly signers: readonly {
    readonly id: number
    readonly amendmentId: string | null
    readonly party: Party
    readonly name: string
    readonly accountId: string | null
    readonly act: string | null
    readonly actOn: string | null
    readonly grantedBy: string | null
    readonly localAuthority: boolean
    readonly prefectureOn: string | null
    readonly publishedOn: string | null
    readonly actDocumentId: string | null
    /** The deputy whose act it is, if any: their own record then says when it holds. */
    readonly deputyId: string | null
    readonly namedBy: { readonly id: string; readonly name: string; readonly organisationId: string } | null
    readonly namedAt: Date
    /** What was told since of the dates of that act, the last first. */
    readonly completions: readonly {
      readonly prefectureOn: string | null
      readonly publishedOn: string | null
      readonly by: { readonly id: string; readonly name: string; readonly organisationId: string } | null
      readonly at: string
    }[]
  }[]
  /** Each version of each deputy of either party, the last one first within each (AGR-15). */
  readonly deputies: readonly DeputyVersion[]
  /** The accounts that sign, of the party for which the reader acts. */
  readonly ownSigners: readonly OwnSigner[]
  readonly notices: readonly (Letter & {
    readonly channel: 'courrier' | 'courriel'
    readonly receivedOn: string | null
  })[]
  readonly breaches: readonly (Letter & {
    readonly clauses: readonly ObligationCode[]
    readonly otherArticle: string | null
    readonly obligation: string
    readonly letterReference: string
    readonly presentedOn: string | null
    readonly deliveredOn: string | null
  })[]
  readonly corrections: readonly {
    readonly id: string
    readonly kind: LetterKind
    readonly subjectId: string
    readonly party: Party
    readonly before: Days
    readonly after: Days
    readonly reason: string
    readonly correctedAt: Date
    readonly correctedBy: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  }[]
  readonly amendments: readonly {
    readonly id: string
    readonly number: number
    readonly title: string
    readonly body: string
    readonly termOn: string | null
    readonly renews: boolean
    /** Those that it adds to the partner's (ACC-15). */
    readonly territories: readonly Given[]
    /** Whom it names to sign; nobody, of those proposed before they named anybody. */
    readonly signatories: readonly {
      readonly party: Party
      readonly name: string
      readonly capacity: string
      readonly act: string
      readonly actOn: string
    }[]
    /** What was told since of the acts that it names. */
    readonly authorities: readonly {
      readonly party: Party
      readonly localAuthority: boolean
      readonly prefectureOn: string | null
      readonly publishedOn: string | null
      readonly actDocumentId: string | null
    }[]
    readonly documentId: string
    readonly sha256: string
    readonly proposedAt: Date
    readonly effectiveAt: Date | null
    readonly closedBy: Party | null
    readonly closedAt: Date | null
    readonly closedReason: string | null
  }[]
  readonly documents: readonly {
    readonly id: string
    readonly kind: 'convention' | 'avenant' | 'signe' | 'resiliation' | 'manquement' | 'avis' | 'differend' | 'acte'
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

export const isContested = ({ answer }: Pick<Entered, 'answer'>): boolean => answer?.answer === 'contest'
/**
 * Whether a paper counts. One that a partner enters in the operator's name would open the operator's data by itself:
 * it waits for the operator to confirm it.
 */
export const counts = (signature: Entered & { readonly party: Party }): boolean =>
  !(signature.party === 'operateur' && signature.enteredByOther && signature.answer?.answer !== 'confirm')

/**
 * The facts that its life follows from. Signatures count on the document now in circulation.
 * A recalled document leaves its signatures behind, as evidence.
 * What the sender contests has no effect (AGR-13).
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
    notices: notices.filter(n => !isContested(n)),
    breaches: breaches.filter(b => !isContested(b)),
    amendments,
    sentAt: takenOver ? convention.createdAt : convention.sentAt,
    signatures: takenOver
      ? parties.map(party => ({ party, signedAt: effectiveFrom }))
      : signatures
          .filter(s => s.amendmentId === null && s.documentId === documentId && counts(s))
          .map(s => ({
            party: s.party,
            signedAt: s.signedAt,
            contestedAt: isContested(s) ? new Date(s.answer!.at) : null,
          })),
  }
}

type Contacts = Pick<Known, 'contacts'>
const holdsAt = (at: Date) => (contact: Known['contacts'][number]) =>
  contact.startsAt <= at && (contact.endsAt === null || contact.endsAt > at)
/** The roles of annexes 2 and 2 bis that nobody holds at that instant. The SQL twin is ctx.missing_contacts. */
export const missingContacts = ({ contacts }: Contacts, at: Date): { party: Party; role: ContactRole }[] => {
  const held = contacts.filter(holdsAt(at))
  return parties.flatMap(party =>
    annexRoles[party]
      .filter(role => !held.some(contact => contact.party === party && contact.role === role))
      .map(role => ({ party, role })),
  )
}
/** Whether someone took or left a role of the annexes after that instant: a document composed then says who was there. */
export const annexesChanged = ({ contacts }: Contacts, since: Date, until: Date): boolean =>
  contacts.some(({ startsAt, endsAt }) =>
    [startsAt, endsAt].some(instant => instant !== null && instant > since && instant <= until),
  )

/** Proposed, not in effect, and neither refused nor withdrawn (AGR-6). */
export const isOpenAmendment = ({
  effectiveAt,
  closedAt,
}: Pick<Known['amendments'][number], 'effectiveAt' | 'closedAt'>): boolean => effectiveAt === null && closedAt === null
