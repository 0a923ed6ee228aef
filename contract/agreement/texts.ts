import { Type } from 'typebox'
import { Day, Id, Instant, Line, listOf, Nullable, oneOf, Text } from '../common.ts'
import { defineRoute, tools } from '../route.ts'

/**
 * In the order in which they prevail (convention, art. 12): the general conditions over the particular ones; then the
 * rules each reads.
 */
export const documentKinds = ['cgu', 'cpu', 'confidentialite', 'securite'] as const
const Tool = oneOf(tools)

/** Of a text or of annex 4. */
export const versionStates = ['to-come', 'in-force', 'replaced', 'cancelled'] as const
export const Cancelled = Type.Object({ at: Instant, reason: Type.String() })
/** A version of a text. `hash` is the SHA-256 of exactly what stands in `body`, in hexadecimal. */
export const DocumentVersion = Type.Object({
  id: Id,
  kind: oneOf(documentKinds),
  tool: Nullable(Tool),
  version: Type.Integer(),
  title: Type.String(),
  hash: Type.String(),
  inForceFrom: Instant,
  inForceUntil: Nullable(Instant),
  state: oneOf(versionStates),
  publishedAt: Instant,
  cancelled: Nullable(Cancelled),
})
export const listDocuments = defineRoute({
  method: 'GET',
  path: '/documents',
  tag: 'Portail',
  summary: 'Toutes les versions des conditions et des règles, dans l’ordre où elles prévalent, avec leurs dates',
  needs: 'signed-in',
  reply: Type.Object({ items: Type.Array(DocumentVersion), allowed: Type.Array(Type.Literal('publish')) }),
})
export const getDocument = defineRoute({
  method: 'GET',
  path: '/documents/:documentId',
  tag: 'Portail',
  summary: 'Le texte d’une version, en Markdown',
  needs: 'signed-in',
  params: Type.Object({ documentId: Id }),
  reply: Type.Object({
    ...DocumentVersion.properties,
    body: Type.String(),
    acceptedAt: Nullable(Instant),
    allowed: Type.Array(Type.Literal('cancel')),
  }),
})
export const publishDocument = defineRoute({
  method: 'POST',
  path: '/documents',
  bodyLimit: 256 * 1024,
  tag: 'Portail',
  summary: 'Publier une version : elle sera demandée à chacun dès son entrée en vigueur',
  needs: 'role:administrateur',
  stepUp: true,
  body: Type.Object({
    kind: oneOf(documentKinds),
    tool: Nullable(Tool),
    title: Line(200),
    body: Text(100_000),
    inForceOn: Day,
  }),
  reply: DocumentVersion,
  refusals: [
    'conditions/tool-expected',
    'conditions/date-past',
    'conditions/date-before-last',
    'request/changed-meanwhile',
  ],
})

export const cancelDocument = defineRoute({
  method: 'POST',
  path: '/documents/:documentId/cancellation',
  tag: 'Portail',
  summary: 'Annuler une version à venir : elle ne sera demandée à personne, et reste lisible avec son motif',
  needs: 'role:administrateur',
  stepUp: true,
  params: Type.Object({ documentId: Id }),
  body: Type.Object({ reason: Text(500) }),
  reply: DocumentVersion,
  refusals: ['conditions/cancelled', 'conditions/in-force'],
})

export const listConditions = defineRoute({
  method: 'GET',
  path: '/conditions',
  tag: 'Portail',
  summary: 'Les textes en vigueur qui me concernent, dans l’ordre où ils prévalent, et ce que j’en ai accepté',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({ ...DocumentVersion.properties, body: Type.String(), acceptedAt: Nullable(Instant) }),
    ),
    toAccept: Type.Integer(),
  }),
})
export const acceptConditions = defineRoute({
  method: 'POST',
  path: '/acceptances',
  tag: 'Portail',
  summary: 'Accepter des textes en vigueur, chacun par son empreinte',
  needs: 'signed-in',
  body: Type.Object({
    documents: Type.Array(
      Type.Object(
        { documentId: Id, hash: Type.String({ maxLength: 64, pattern: '^[0-9a-f]{64}$' }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 20 },
    ),
  }),
  reply: Type.Object({ accepted: Type.Integer(), toAccept: Type.Integer() }),
  refusals: ['conditions/not-in-force', 'conditions/text-changed', 'conditions/already-accepted'],
})
export const listAcceptances = defineRoute({
  method: 'GET',
  path: '/acceptances',
  tag: 'Portail',
  summary: 'Ce que j’ai accepté, quand, et l’empreinte du texte',
  needs: 'signed-in',
  reply: listOf(
    Type.Object({
      documentId: Id,
      kind: oneOf(documentKinds),
      tool: Nullable(Tool),
      version: Type.Integer(),
      title: Type.String(),
      hash: Type.String(),
      acceptedAt: Instant,
    }),
  ),
})
