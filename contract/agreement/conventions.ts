import { Type } from 'typebox'
import {
  Day,
  Email,
  Id,
  Instant,
  Nullable,
  OrganisationRef,
  oneOf,
  PersonRef,
  Siret,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../common.ts'
import { contactRoles, conventionParties, RoleOfParty, Told } from '../notices.ts'
import { defineRoute, fileBodyLimit } from '../route.ts'

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

const Party = oneOf(conventionParties)
const Region = Type.Object({ id: TerritoryId, name: Type.String() })
const Authority = {
  name: Text(200),
  capacity: Text(200),
  act: Nullable(Text(300)),
  actOn: Nullable(Day),
  localAuthority: Type.Boolean(),
  prefectureOn: Nullable(Day),
  publishedOn: Nullable(Day),
}
const SignatoryInput = Type.Object(Authority, { additionalProperties: false })
/** A PDF, at most 1.3 MB, in base64. */
const Upload = Type.Object(
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
const Changed = Type.Object({ convention: Convention, told: Told })

export const ConventionLine = Type.Object({
  id: Id,
  number: Type.String(),
  organisation: OrganisationRef,
  region: Region,
  state: oneOf(conventionStates),
  termEndsOn: Nullable(Day),
  endsAt: Nullable(Instant),
  effectiveFrom: Nullable(Instant),
  missingContacts: Type.Array(oneOf(contactRoles)),
  withoutRgc: Type.Boolean(),
  awarenessDue: Type.Integer({ description: 'Personnes habilitées sans sensibilisation depuis un an' }),
  reviewLateSince: Nullable(Day), // the day the review of accounts was due, once it is past
  assessmentLateSince: Nullable(Day), // the same of the security assessment
})
const Lacks = oneOf(['contacts', 'rgc', 'duties'])
const Filter = {
  region: Type.Optional(TerritoryId),
  state: Type.Optional(oneOf(conventionStates)),
  lacks: Type.Optional(Lacks),
}
const ConventionParams = Type.Object({ conventionId: Id })
const tag = 'Conventions'
const Draft = {
  number: Text(40),
  firstTermOn: Day,
  signatories: Type.Object({ partenaire: SignatoryInput, operateur: SignatoryInput }, { additionalProperties: false }),
}

export const listConventions = defineRoute({
  method: 'GET',
  path: '/conventions',
  tag,
  summary: 'Les conventions que je peux lire, par région : état, échéance, ce qui manque',
  needs: 'signed-in',
  query: Type.Object(Filter),
  reply: Type.Object({
    items: Type.Array(ConventionLine, { description: '2 000 au plus' }),
    regions: Type.Array(Region),
    counts: Type.Object({ all: Type.Integer(), contacts: Type.Integer(), rgc: Type.Integer(), duties: Type.Integer() }),
    draftIn: Type.Array(TerritoryId, { description: 'Les régions où je peux préparer une convention' }),
  }),
})
export const exportConventions = defineRoute({
  method: 'POST',
  path: '/conventions/export',
  tag,
  summary: 'Exporter ces conventions pour un tableur',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object(Filter, { additionalProperties: false }),
  reply: Type.Object({ name: Type.String(), csv: Type.String(), rows: Type.Integer() }),
  refusals: ['convention/operator-only'],
})
export const getConvention = defineRoute({
  method: 'GET',
  path: '/conventions/:conventionId',
  tag,
  summary: 'Une convention : son état, son horloge, ses documents, ses interlocuteurs',
  needs: 'signed-in',
  params: ConventionParams,
  reply: Convention,
})
export const draftConvention = defineRoute({
  method: 'POST',
  path: '/conventions',
  tag,
  summary: 'Préparer une convention avec un partenaire',
  needs: 'role:direction-regionale',
  body: Type.Object({ organisationId: Id, regionId: TerritoryId, ...Draft }, { additionalProperties: false }),
  reply: Convention,
  refusals: [
    'convention/other-region',
    'convention/number-taken',
    'organisation/unknown',
    'convention/not-with-operator',
  ],
})
export const editConvention = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId',
  tag,
  summary: 'Modifier le projet',
  needs: 'role:direction-regionale',
  versioned: true,
  params: ConventionParams,
  body: Type.Object(Draft, { additionalProperties: false }),
  reply: Convention,
  refusals: ['convention/other-region', 'convention/wrong-state', 'convention/number-taken'],
})
export const previewConvention = defineRoute({
  method: 'GET',
  path: '/conventions/:conventionId/preview',
  tag,
  summary: 'Le texte de la convention et de ses annexes, ce qui manque étant marqué',
  needs: 'signed-in',
  params: ConventionParams,
  refusals: ['convention/summary-only'],
  reply: Type.Object({
    templateVersion: Nullable(Type.Integer()),
    missing: Type.Array(Type.String()),
    blocks: Type.Array(
      Type.Object({
        kind: oneOf(['title', 'heading', 'paragraph', 'item']),
        parts: Type.Array(Type.Object({ text: Type.String(), missing: Type.Boolean() })),
      }),
    ),
  }),
})
export const sendConvention = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/send',
  tag,
  summary: 'Envoyer aux signatures le document composé',
  needs: 'role:direction-regionale',
  params: ConventionParams,
  body: Type.Object({ documentId: Id }, { additionalProperties: false }),
  reply: Changed,
  refusals: ['convention/other-region', 'convention/wrong-state', 'convention/document-stale'],
})
export const recallConvention = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/recall',
  tag,
  summary: 'Reprendre le projet : les signatures déjà données ne valent plus',
  needs: 'role:direction-regionale',
  params: ConventionParams,
  reply: Changed,
  refusals: ['convention/other-region', 'convention/wrong-state'],
})
const Signing = Type.Object(
  {
    sha256: Type.String({
      maxLength: 64,
      pattern: '^[0-9a-f]{64}$',
      description: 'Empreinte du document lu : celle des octets que l’on signe',
    }),
    paper: Type.Optional(Nullable(Type.Object({ file: Upload, signedOn: Day }, { additionalProperties: false }))),
  },
  { additionalProperties: false },
)
const signRefusals = [
  'convention/not-a-party',
  'convention/signatory-only',
  'convention/wrong-state',
  'convention/already-signed',
  'convention/other-document',
  'convention/day-in-future',
  'convention/not-a-pdf',
  'session/step-up-required',
  'convention/already-in-force',
] as const
export const signConvention = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/sign',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Signer la convention pour sa partie, ou déposer l’exemplaire signé',
  needs: 'role:signataire',
  stepUp: true,
  params: ConventionParams,
  body: Signing,
  reply: Changed,
  refusals: [...signRefusals],
})
export const settleAuthority = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/signatories/:party',
  tag,
  summary: 'Compléter l’acte qui habilite un signataire : date, réception en préfecture, publication',
  needs: 'signed-in',
  params: Type.Object({ conventionId: Id, party: Party }),
  body: SignatoryInput,
  reply: Convention,
  refusals: ['convention/not-a-party'],
})
/** The ceiling of the partner's territories (ACC-15): no right opens beyond. */
const StructureTerritories = Type.Object({
  organisation: OrganisationRef,
  region: Region,
  territories: Type.Array(
    Type.Object({ ...TerritoryRef.properties, since: Instant, setBy: Nullable(PersonRef), reason: Type.String() }),
  ),
  past: Type.Array(
    Type.Object({
      territory: TerritoryRef,
      since: Instant,
      until: Instant,
      endedBy: Nullable(PersonRef),
      reason: Nullable(Type.String()),
    }),
    { description: 'La dernière fin d’abord ; 50 au plus' },
  ),
  allowed: Type.Array(Type.Literal('settle')),
})
export const getStructureTerritories = defineRoute({
  method: 'GET',
  path: '/conventions/:conventionId/territories',
  tag,
  summary: 'Les territoires de la structure, au-delà desquels aucune habilitation ne s’ouvre',
  needs: 'signed-in',
  params: ConventionParams,
  reply: StructureTerritories,
})
export const settleStructureTerritories = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/territories',
  tag,
  summary: 'Régler les territoires de la structure, dans la région de la convention',
  needs: 'role:direction-regionale',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    { territories: Type.Array(TerritoryId, { maxItems: 200, uniqueItems: true }), reason: Text(300) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...StructureTerritories.properties, told: Told }),
  refusals: [
    'convention/other-region',
    'territory/unknown',
    'territory/beyond-region',
    'structure/territories-unchanged',
  ],
})
export const giveNotice = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/notices',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Donner congé : la convention prend fin un mois après la réception',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    { channel: oneOf(['courrier', 'courriel']), sentOn: Day, receivedOn: Nullable(Day), document: Nullable(Upload) },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/not-a-pdf',
  ],
})
export const notifyBreach = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/breaches',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Notifier un manquement à une obligation essentielle, par lettre recommandée',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      obligation: Text(1000),
      letterReference: Text(60),
      sentOn: Day,
      presentedOn: Nullable(Day),
      deliveredOn: Nullable(Day),
      document: Nullable(Upload),
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/not-a-pdf',
  ],
})
export const recordReceipt = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/receipts',
  tag,
  summary: 'Dire quand une lettre a été reçue, ou présentée',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    { kind: oneOf(['notice', 'breach']), id: Id, receivedOn: Nullable(Day), presentedOn: Nullable(Day) },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/day-in-future',
    'convention/days-reversed',
    'convention/already-received',
    'convention/already-withdrawn',
  ],
})
export const withdraw = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/withdrawals',
  tag,
  summary: 'Renoncer à un congé ou à un manquement avant son effet',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object({ kind: oneOf(['notice', 'breach']), id: Id, reason: Text(500) }, { additionalProperties: false }),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/author-only',
    'convention/already-withdrawn',
  ],
})
export const proposeAmendment = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/amendments',
  tag,
  summary: 'Proposer un avenant',
  needs: 'role:direction-regionale',
  params: ConventionParams,
  body: Type.Object(
    { title: Text(200), body: Text(20_000), termOn: Nullable(Day), renews: Type.Boolean() },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: ['convention/other-region', 'convention/wrong-state', 'convention/term-in-past'],
})
export const signAmendment = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/amendments/:amendmentId/sign',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Signer un avenant pour sa partie',
  needs: 'role:signataire',
  stepUp: true,
  params: Type.Object({ conventionId: Id, amendmentId: Id }),
  body: Signing,
  reply: Changed,
  refusals: [...signRefusals, 'convention/term-in-past'],
})
export const nameContact = defineRoute({
  method: 'PUT',
  path: '/contacts/:role',
  tag,
  summary: 'Nommer l’interlocuteur de sa structure pour un rôle ; l’autre partie est prévenue aussitôt',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ role: oneOf(contactRoles) }),
  body: Type.Object(
    {
      name: Text(200),
      email: Type.String({ format: 'email', maxLength: 254 }),
      telephone: Nullable(Text(30)),
      regionId: Type.Optional(Nullable(TerritoryId)),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ contact: Contact, told: Told }),
  refusals: ['contact/own-party-only', 'contact/role-of-other-party', 'contact/changed-meanwhile'],
})
export const endContact = defineRoute({
  method: 'DELETE',
  path: '/contacts/:role',
  tag,
  summary: 'Retirer l’interlocuteur d’un rôle : plus personne ne le tient',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ role: oneOf(contactRoles) }),
  query: Type.Object({ regionId: Type.Optional(TerritoryId) }),
  reply: Type.Object({ told: Told }),
  refusals: ['contact/own-party-only'],
})
const Template = Type.Object({
  id: Id,
  version: Type.Integer(),
  title: Type.String(),
  body: Type.String(),
  publishedAt: Instant,
})
/** What a partner may be; the operator is none. */
export const partnerKinds = ['epci', 'mission-locale', 'plie', 'departement', 'region', 'cap-emploi', 'autre'] as const
const SignatoryIdentity = { givenName: Text(100), familyName: Text(100), function: Text(120), email: Email }
export const registerPartner = defineRoute({
  method: 'POST',
  path: '/partners',
  tag,
  summary: 'Enregistrer un partenaire et qui signe pour lui, avant leur première convention',
  needs: 'role:direction-regionale',
  stepUp: true,
  body: Type.Object(
    {
      siret: Siret,
      name: Text(200),
      kind: oneOf(partnerKinds),
      signatory: Type.Object(SignatoryIdentity, { additionalProperties: false }),
    },
    { additionalProperties: false },
  ),
  reply: OrganisationRef,
  refusals: ['partner/siret-wrong', 'partner/siret-taken', 'partner/signatory-elsewhere', 'person/shared-mailbox'],
})
export const nameSignatory = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/signatory',
  tag,
  summary: 'Nommer la personne qui signe pour le partenaire dans le service',
  needs: 'role:direction-regionale',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    { ...SignatoryIdentity, replaces: Type.Boolean({ description: 'Met fin au rôle de qui signait jusque-là' }) },
    { additionalProperties: false },
  ),
  reply: PersonRef,
  refusals: ['convention/other-region', 'partner/signatory-elsewhere', 'person/shared-mailbox'],
})

export const listTemplates = defineRoute({
  method: 'GET',
  path: '/convention-templates',
  tag,
  summary: 'Les modèles de convention, le dernier d’abord',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(Template),
    shipped: Type.Object(
      { title: Type.String(), body: Type.String() },
      { description: 'En service tant que l’opérateur n’a rien publié' },
    ),
    placeholders: Type.Array(
      Type.Object({ name: Type.String(), kind: oneOf(['text', 'date', 'list']), says: Type.String() }),
    ),
    allowed: Type.Array(Type.Literal('publish')),
  }),
})
export const publishTemplate = defineRoute({
  method: 'POST',
  path: '/convention-templates',
  bodyLimit: 512 * 1024,
  tag,
  summary: 'Publier une nouvelle version du modèle',
  needs: 'role:administrateur',
  body: Type.Object({ title: Text(200), body: Text(200_000) }, { additionalProperties: false }),
  reply: Template,
  refusals: ['template/unknown-placeholder', 'template/annex-missing', 'template/changed-meanwhile'],
})
