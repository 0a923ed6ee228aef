import { Type } from 'typebox'
import { Day, Id, Nullable, oneOf, TerritoryId, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { blockKinds } from '../template.ts'
import { SignatoryInput } from './authorities.ts'
import { Changed, Convention, ConventionParams, tag } from './shapes.ts'

const Parts = Type.Array(Type.Object({ text: Type.String(), missing: Type.Boolean() }))
const Draft = {
  number: Text(40),
  firstTermOn: Day,
  signatories: Type.Object({ partenaire: SignatoryInput, operateur: SignatoryInput }, { additionalProperties: false }),
}

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
        kind: oneOf(blockKinds),
        number: Type.Optional(Type.Integer()),
        cells: Type.Optional(Type.Array(Parts)),
        parts: Parts,
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
  refusals: [
    'convention/other-region',
    'convention/wrong-state',
    'convention/document-stale',
    'convention/contacts-missing',
    'convention/blanks',
  ],
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
