import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, TerritoryId, Text } from '../../common.ts'
import { contactRoles, conventionParties, RoleOfParty, Told } from '../../notices.ts'

export const conventionStates = [
  'draft',
  'sent',
  'signed-by-one',
  'in-force',
  'notice-given',
  'breach-notified',
  'ended',
  'terminated',
] as const
export const conventionActs = [
  'edit',
  'send',
  'recall',
  'sign',
  'amend',
  'give-notice',
  'notify-breach',
  'withdraw',
  'settle-authority',
  'name-contacts',
  'name-signatory',
  'read-assessments',
] as const
/**
 * How far one reads a convention: all of it, its terms and contacts, or that it is there and its dates. What is out of
 * reach is left empty.
 */
export const conventionReaches = ['file', 'terms', 'summary'] as const
export const authorityWarnings = [
  'no-act',
  'before-act',
  'no-prefecture',
  'before-prefecture',
  'no-publication',
  'before-publication',
] as const

export const Party = oneOf(conventionParties)
export const Region = Type.Object({ id: TerritoryId, name: Type.String() })
const Authority = {
  name: Text(200),
  capacity: Text(200),
  act: Nullable(Text(300)),
  actOn: Nullable(Day),
  localAuthority: Type.Boolean(),
  prefectureOn: Nullable(Day),
  publishedOn: Nullable(Day),
}
export const SignatoryInput = Type.Object(Authority, { additionalProperties: false })
/** A PDF, at most 1.3 MB, in base64. */
export const Upload = Type.Object(
  { name: Text(200), base64: Type.String({ minLength: 8, maxLength: 1_800_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }) },
  { additionalProperties: false },
)
const Document = Type.Object({
  id: Id,
  kind: oneOf(['convention', 'avenant', 'signe', 'resiliation', 'manquement']),
  name: Type.String(),
  sha256: Type.String(),
  addedAt: Instant,
})
const Signature = Type.Object({
  id: Id,
  party: Party,
  signerName: Type.String(),
  signedAt: Instant,
  how: oneOf(['application', 'papier']),
  sha256: Type.String(),
  documentId: Id,
  signedDocumentId: Nullable(Id),
  intact: Type.Boolean({ description: 'Les octets conservés sont bien ceux qui ont été signés' }),
  amendmentId: Nullable(Id),
})
export const Contact = Type.Object({
  id: Id,
  party: Party,
  role: oneOf(contactRoles),
  name: Type.String(),
  email: Type.String(),
  telephone: Nullable(Type.String()),
  startsAt: Instant,
  endsAt: Nullable(Instant),
  regionId: Nullable(TerritoryId),
})
const Withdrawn = Nullable(Type.Object({ at: Instant, reason: Type.String() }))

export const Convention = Type.Object({
  id: Id,
  version: Type.Integer(),
  number: Type.String(),
  organisation: OrganisationRef,
  region: Region,
  state: oneOf(conventionStates),
  reach: oneOf(conventionReaches),
  createdAt: Instant,
  sentAt: Nullable(Instant),
  firstTermOn: Day,
  effectiveFrom: Nullable(Instant),
  endsAt: Nullable(Instant),
  endCause: Nullable(oneOf(['breach', 'notice', 'term'])),
  term: Nullable(Type.Object({ endsOn: Day, renewal: Type.Integer(), nextEndsOn: Nullable(Day) })),
  terms: Type.Array(Day, { description: 'Derniers jours des périodes, pour la ligne de temps' }),
  next: Nullable(Type.Object({ what: oneOf(['end', 'renewal']), at: Instant })),
  documentId: Nullable(Id),
  templateVersion: Nullable(Type.Integer()),
  signatories: Type.Array(Type.Object({ party: Party, ...Authority, warnings: Type.Array(oneOf(authorityWarnings)) })),
  signatures: Type.Array(Signature),
  notices: Type.Array(
    Type.Object({
      id: Id,
      party: Party,
      channel: oneOf(['courrier', 'courriel']),
      sentOn: Day,
      receivedOn: Nullable(Day),
      endsAt: Nullable(Instant),
      documentId: Nullable(Id),
      withdrawn: Withdrawn,
    }),
  ),
  breaches: Type.Array(
    Type.Object({
      id: Id,
      party: Party,
      obligation: Type.String(),
      letterReference: Type.String(),
      sentOn: Day,
      presentedOn: Nullable(Day),
      deliveredOn: Nullable(Day),
      endsAt: Nullable(Instant),
      documentId: Nullable(Id),
      withdrawn: Withdrawn,
    }),
  ),
  amendments: Type.Array(
    Type.Object({
      id: Id,
      number: Type.Integer(),
      title: Type.String(),
      body: Type.String(),
      termOn: Nullable(Day),
      renews: Type.Boolean(),
      documentId: Id,
      sha256: Type.String(),
      proposedAt: Instant,
      effectiveAt: Nullable(Instant),
    }),
  ),
  documents: Type.Array(Document),
  contacts: Type.Array(Contact, { description: 'Des deux parties, avec leur historique, les plus récents d’abord' }),
  missingContacts: Type.Array(Type.Object({ party: Party, role: oneOf(contactRoles) })),
  unheard: Type.Array(RoleOfParty, {
    description:
      'Rôles que personne ne tient aujourd’hui, ni interlocuteur ni compte : ce qui leur est destiné ne part à personne',
  }),
  /** The party in whose name one may act here, if any. */
  actsFor: Nullable(Party),
  allowed: Type.Array(oneOf(conventionActs)),
})
export const Changed = Type.Object({ convention: Convention, told: Told })

export const ConventionParams = Type.Object({ conventionId: Id })
export const tag = 'Conventions'
