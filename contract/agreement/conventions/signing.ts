import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  Nullable,
  OrganisationRef,
  PersonRef,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../../common.ts'
import { Told } from '../../notices.ts'
import { defineRoute, fileBodyLimit } from '../../route.ts'
import { Changed, Convention, ConventionParams, Party, Region, SignatoryInput, tag, Upload } from './shapes.ts'

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
