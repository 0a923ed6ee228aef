import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  Nullable,
  OrganisationRef,
  oneOf,
  PersonRef,
  TerritoryId,
  TerritoryRef,
} from '../../common.ts'
import { contactRoles, RoleOfParty, Told } from '../../notices.ts'
import { AmendmentAuthority, Authority, Checked, Deputy, Party, Signer } from './authorities.ts'
import { obligationCodes } from './obligations.ts'

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
  'enter-signatures',
  'amend',
  'give-notice',
  'notify-breach',
  'withdraw',
  'settle-authority',
  'name-signer',
  'settle-deputy',
  'name-contacts',
  'enter-contacts',
  'name-signatory',
  'read-assessments',
] as const
/**
 * How far one reads a convention: all of it, its terms and contacts, or that it is there and its dates. What is out of
 * reach is left empty.
 */
export const conventionReaches = ['file', 'terms', 'summary'] as const
/** For how many days after it was told a date is corrected. The SQL twin is ctx.correction_days. */
export const correctionDays = 90
/** What one's party may do with a letter, or with a paper signed by hand. */
export const letterActs = ['receive', 'keep-receipt', 'correct', 'withdraw', 'contest', 'confirm'] as const
export const letterKinds = ['notice', 'breach', 'signature'] as const

export const Region = Type.Object({ id: TerritoryId, name: Type.String() })
const Document = Type.Object({
  id: Id,
  kind: oneOf(['convention', 'avenant', 'signe', 'resiliation', 'manquement', 'avis', 'differend', 'acte']),
  name: Type.String(),
  sha256: Type.String(),
  addedAt: Instant,
})
const Entered = {
  enteredByOther: Type.Boolean({
    description: 'Enregistré par la partie qui l’a reçu, au nom de celle qui l’a envoyé',
  }),
  answer: Nullable(
    Type.Object({ answer: oneOf(['contest', 'confirm']), reason: Nullable(Type.String()), at: Instant }),
  ),
  allowed: Type.Array(oneOf(letterActs)),
  correctableUntil: Nullable(
    Type.String({
      format: 'date-time',
      description: 'Jusque-là, une autre personne de ma partie que celle qui a donné une date la corrige',
    }),
  ),
}
const EnteredLetter = {
  ...Entered,
  receiptDocumentId: Nullable(Id),
  told: Type.Array(oneOf(['sentOn', 'receivedOn', 'presentedOn', 'deliveredOn']), {
    description: 'Les dates que ma partie a données, et qu’elle corrige',
  }),
}
const Signature = Type.Object({
  ...Entered,
  byAnother: Type.Boolean({ description: 'Qui a signé n’est pas le signataire que le document nomme' }),
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
export const Days = Type.Object({
  sentOn: Type.Optional(Day),
  receivedOn: Type.Optional(Nullable(Day)),
  presentedOn: Type.Optional(Nullable(Day)),
  deliveredOn: Type.Optional(Nullable(Day)),
  signedOn: Type.Optional(Day),
})
const Correction = Type.Object({
  id: Id,
  kind: oneOf(letterKinds),
  subjectId: Id,
  party: Party,
  before: Days,
  after: Days,
  reason: Type.String(),
  correctedAt: Instant,
  correctedBy: Nullable(PersonRef),
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
  endCause: Nullable(oneOf(['breach', 'notice', 'term', 'contest'])),
  term: Nullable(Type.Object({ endsOn: Day, renewal: Type.Integer(), nextEndsOn: Nullable(Day) })),
  terms: Type.Array(Day, { description: 'Derniers jours des périodes, pour la ligne de temps' }),
  next: Nullable(Type.Object({ what: oneOf(['end', 'renewal']), at: Instant })),
  documentId: Nullable(Id),
  templateVersion: Nullable(Type.Integer()),
  otherInForce: Type.Boolean({
    description:
      'Tant que celle-ci n’a pas pris effet : une autre convention de ce partenaire est en vigueur, et empêche sa seconde signature',
  }),
  signatories: Type.Array(
    Type.Object({
      party: Party,
      ...Authority,
      ...Checked,
    }),
  ),
  signatures: Type.Array(Signature),
  signers: Type.Array(Signer, {
    description: 'Qui signe chaque document pour chaque partie : le dernier nommé d’abord, les précédents ensuite',
  }),
  deputies: Type.Array(Deputy, { description: 'Les suppléants de signature des deux parties' }),
  ownSigners: Type.Array(
    Type.Object({ accountId: Id, name: Type.String(), function: Type.String(), email: Nullable(Type.String()) }),
    {
      description: 'Les comptes signataires de ma partie, parmi lesquels elle nomme qui signe',
    },
  ),
  notices: Type.Array(
    Type.Object({
      ...EnteredLetter,
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
      ...EnteredLetter,
      id: Id,
      party: Party,
      clauses: Type.Array(oneOf(obligationCodes), { description: 'Aucune : manquement d’avant la liste' }),
      otherArticle: Nullable(Type.String()),
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
  corrections: Type.Array(Correction, { description: 'La dernière d’abord' }),
  amendments: Type.Array(
    Type.Object({
      id: Id,
      number: Type.Integer(),
      title: Type.String(),
      body: Type.String(),
      termOn: Nullable(Day),
      renews: Type.Boolean(),
      territories: Type.Array(TerritoryRef, { description: 'Ceux qu’il ajoute aux territoires du partenaire' }),
      signatories: Type.Array(Type.Object({ party: Party, ...AmendmentAuthority }), {
        description: 'Ceux que l’avenant nomme ; aucun s’il date d’avant qu’il les nomme',
      }),
      documentId: Id,
      sha256: Type.String(),
      proposedAt: Instant,
      effectiveAt: Nullable(Instant),
      closed: Nullable(
        Type.Object(
          { party: Party, reason: Type.String(), at: Instant },
          {
            description: 'Retiré par l’opérateur, qui le proposait, ou refusé par le partenaire',
          },
        ),
      ),
      allowed: Type.Array(Type.Literal('close')),
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
  entersFor: Type.Array(Party, { description: 'Les parties dont j’enregistre ici la signature donnée à la main' }),
  allowed: Type.Array(oneOf(conventionActs)),
})
export const Changed = Type.Object({ convention: Convention, told: Told })

export const ConventionParams = Type.Object({ conventionId: Id })
export const tag = 'Conventions'
