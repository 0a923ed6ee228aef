import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  Line,
  Nullable,
  OrganisationRef,
  PersonRef,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../../common.ts'
import { Told } from '../../notices.ts'
import { UploadId } from '../../people-and-rights/uploads.ts'
import { defineRoute } from '../../route.ts'
import { AmendmentAuthorityInput, AmendmentInput, Party, ReplacementInput, SignatoryInput } from './authorities.ts'
import { Changed, Convention, ConventionParams, Region, tag } from './shapes.ts'

const Signing = Type.Object(
  {
    sha256: Type.String({
      maxLength: 64,
      pattern: '^[0-9a-f]{64}$',
      description: 'Empreinte du document lu : celle des octets que l’on signe',
    }),
    paper: Type.Optional(Nullable(Type.Object({ file: UploadId, signedOn: Day }, { additionalProperties: false }))),
  },
  { additionalProperties: false },
)

const signRefusals = [
  'convention/not-a-party',
  'convention/signatory-only',
  'convention/not-named-signer',
  'convention/deputy-without-power',
  'convention/wrong-state',
  'convention/already-signed',
  'convention/signature-contested',
  'convention/other-document',
  'convention/day-in-future',
  'upload/unknown',
  'session/step-up-required',
  'convention/already-in-force',
  'convention/amendment-closed',
] as const

export const signConvention = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/sign',
  tag,
  summary: 'Signer la convention pour sa partie, ou déposer l’exemplaire signé',
  needs: 'role:signataire',
  regional: true,
  stepUp: true,
  params: ConventionParams,
  body: Signing,
  reply: Changed,
  refusals: [...signRefusals],
})

export const nameSigner = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/signers',
  tag,
  summary: 'Dire qui signe un document pour sa partie : la personne nommée, ou une autre en vertu d’un acte',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      amendmentId: Nullable(Id),
      accountId: Nullable(Id),
      /** Of one who signs on paper, without an account in the service. */
      name: Type.Optional(Nullable(Line(200))),
      deputyId: Type.Optional(
        Nullable(
          Type.String({
            format: 'uuid',
            description: 'Un suppléant de signature : sa personne et son acte sont repris',
          }),
        ),
      ),
      replacement: Nullable(
        Type.Object(
          { ...ReplacementInput.properties, file: Type.Optional(Nullable(UploadId)) },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/wrong-state',
    'convention/amendment-closed',
    'convention/already-signed',
    'convention/signer-unknown',
    'convention/replacement-required',
    'convention/deputy-unknown',
    'convention/day-in-future',
    'upload/unknown',
  ],
})

export const enterSignatures = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/paper-signatures',
  tag,
  summary: 'Enregistrer un exemplaire signé à la main, au nom de chaque partie qui l’a signé',
  needs: 'signed-in',
  stepUp: true,
  params: ConventionParams,
  body: Type.Object(
    {
      amendmentId: Nullable(Id),
      sha256: Signing.properties.sha256,
      file: UploadId,
      signatures: Type.Array(
        Type.Object({ party: Party, signedOn: Day, signerName: Text(200) }, { additionalProperties: false }),
        { minItems: 1, maxItems: 2 },
      ),
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [...signRefusals, 'convention/term-in-past'],
})

export const completeSigner = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/signers/:party',
  tag,
  summary: 'Compléter l’acte de qui signe à la place d’un autre : réception en préfecture, publication',
  needs: 'signed-in',
  versioned: true,
  stepUp: true,
  params: Type.Object({ conventionId: Id, party: Party }),
  body: Type.Object(
    { ...AmendmentAuthorityInput, amendmentId: Nullable(Id), file: Type.Optional(Nullable(UploadId)) },
    { additionalProperties: false },
  ),
  reply: Convention,
  refusals: ['convention/not-a-party', 'convention/amendment-closed', 'convention/day-in-future', 'upload/unknown'],
})
export const settleAuthority = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/signatories/:party',
  tag,
  summary: 'Compléter l’acte qui habilite un signataire : date, réception en préfecture, publication',
  needs: 'signed-in',
  versioned: true,
  params: Type.Object({ conventionId: Id, party: Party }),
  body: Type.Object(
    { ...SignatoryInput.properties, file: Type.Optional(Nullable(UploadId)) },
    { additionalProperties: false },
  ),
  reply: Convention,
  refusals: ['convention/not-a-party', 'convention/day-in-future', 'upload/unknown'],
})

/** The ceiling of the partner's territories (ACC-15): no right opens beyond. */
const StructureTerritories = Type.Object({
  organisation: OrganisationRef,
  region: Region,
  territories: Type.Array(
    Type.Object({
      ...TerritoryRef.properties,
      since: Instant,
      setBy: Nullable(PersonRef),
      reason: Type.String(),
      amendment: Nullable(Type.Integer({ description: 'Le n° de l’avenant qui le donne' })),
    }),
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
  version: Type.Integer(),
  byAmendment: Type.Boolean({ description: 'Une convention est aux signatures ou en vigueur : un avenant en ajoute' }),
  allowed: Type.Array(Type.Literal('settle')),
})

export const getStructureTerritories = defineRoute({
  method: 'GET',
  path: '/conventions/:conventionId/territories',
  tag,
  summary: 'Les territoires de la structure, au-delà desquels aucune habilitation ne s’ouvre',
  needs: 'signed-in',
  versioned: true,
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
  versioned: true,
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
    'structure/amendment-required',
  ],
})

export const proposeAmendment = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/amendments',
  tag,
  summary: 'Proposer un avenant, dont le document est composé',
  needs: 'role:direction-regionale',
  params: ConventionParams,
  body: Type.Object({ ...AmendmentInput.properties, documentId: Id }, { additionalProperties: false }),
  reply: Changed,
  refusals: [
    'convention/other-region',
    'convention/wrong-state',
    'convention/term-in-past',
    'convention/blanks',
    'convention/document-stale',
    'territory/unknown',
    'territory/beyond-region',
    'convention/territory-given',
  ],
})

export const settleAmendmentAuthority = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/amendments/:amendmentId/signatories/:party',
  tag,
  summary:
    'Compléter l’acte que nomme un avenant pour son signataire : réception en préfecture, publication, l’acte lui-même',
  needs: 'signed-in',
  versioned: true,
  params: Type.Object({ conventionId: Id, amendmentId: Id, party: Party }),
  body: Type.Object(
    { ...AmendmentAuthorityInput, file: Type.Optional(Nullable(UploadId)) },
    { additionalProperties: false },
  ),
  reply: Convention,
  refusals: ['convention/not-a-party', 'convention/amendment-closed', 'upload/unknown'],
})

export const signAmendment = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/amendments/:amendmentId/sign',
  tag,
  summary: 'Signer un avenant pour sa partie',
  needs: 'role:signataire',
  regional: true,
  stepUp: true,
  params: Type.Object({ conventionId: Id, amendmentId: Id }),
  body: Signing,
  reply: Changed,
  refusals: [...signRefusals, 'convention/term-in-past'],
})

export const closeAmendment = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/amendments/:amendmentId/close',
  tag,
  summary: 'Refuser un avenant pour le partenaire, ou le retirer pour l’opérateur, avant qu’il prenne effet',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ conventionId: Id, amendmentId: Id }),
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Changed,
  refusals: ['convention/not-a-party', 'convention/amendment-closed', 'convention/amendment-in-effect'],
})
