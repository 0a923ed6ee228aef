import { Type } from 'typebox'
import { AccountEmail, Id, Instant, Line, Nullable, OrganisationRef, oneOf, PersonRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute } from '../route.ts'

export const AccessRequest = Type.Object({
  id: Id,
  organisation: OrganisationRef,
  by: PersonRef,
  people: Type.Integer({ description: 'Personnes à habiliter, en prévision' }),
  message: Type.String(),
  requestedAt: Instant,
  decision: Nullable(oneOf(['accepted', 'refused'])),
  decidedAt: Nullable(Instant),
  reason: Nullable(Type.String()),
  /** What an accepted one leads to: the convention to prepare, or the accounts to open under it. */
  next: Nullable(oneOf(['convention', 'accounts'])),
  allowed: Type.Array(Type.Literal('decide')),
})
export const listAccessRequests = defineRoute({
  method: 'GET',
  path: '/access-requests',
  tag: 'Portail',
  summary: 'Les demandes d’accès à la plateforme, et qui peut en faire pour ma structure',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(AccessRequest, {
      description: 'Celles qui attendent, toutes ; puis les autres, 200 au plus en tout',
    }),
    designated: Nullable(Type.Object({ person: PersonRef, since: Instant })),
    candidates: Type.Array(PersonRef, {
      description: 'Pour le signataire : les comptes actifs de sa structure, 1000 au plus',
    }),
    allowed: Type.Array(oneOf(['request', 'designate'])),
  }),
})
const Designated = Type.Object({ person: PersonRef, since: Instant })
export const designateRequester = defineRoute({
  method: 'POST',
  path: '/access-requesters',
  tag: 'Portail',
  summary: 'Désigner la personne qui demande l’accès pour la structure : elle remplace la précédente',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({ accountId: Id }),
  reply: Designated,
  refusals: ['access-request/signatory-only', 'account/unknown'],
})
export const designateNewcomer = defineRoute({
  method: 'POST',
  path: '/access-requesters/newcomers',
  tag: 'Portail',
  summary: 'Désigner une personne qui n’a pas de compte : il s’ouvre sans aucun droit, et elle est invitée',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object(
    { givenName: Line(100), familyName: Line(100), function: Line(120), email: AccountEmail },
    { additionalProperties: false },
  ),
  reply: Designated,
  refusals: ['access-request/signatory-only', 'person/shared-mailbox', 'person/address-taken', 'person/mailbox-taken'],
})
export const requestAccess = defineRoute({
  method: 'POST',
  path: '/access-requests',
  tag: 'Portail',
  summary: 'Demander l’accès de sa structure à la plateforme',
  needs: 'signed-in',
  body: Type.Object({
    people: Type.Integer({ minimum: 1, maximum: 100_000 }),
    message: Type.String({ maxLength: 1000 }),
  }),
  reply: Type.Object({ ...AccessRequest.properties, told: Told }),
  refusals: ['access-request/designated-only', 'access-request/pending'],
})
export const decideAccessRequest = defineRoute({
  method: 'POST',
  path: '/access-requests/:requestId/decision',
  tag: 'Portail',
  summary: 'Répondre à une demande d’accès',
  needs: 'role:administrateur',
  stepUp: true,
  params: Type.Object({ requestId: Id }),
  body: Type.Object({ decision: oneOf(['accepted', 'refused']), reason: Text(500) }),
  reply: Type.Object({ ...AccessRequest.properties, told: Nullable(Told) }),
  refusals: ['access-request/already-decided'],
})
