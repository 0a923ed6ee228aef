import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, oneOf, PageQuery, PersonRef, TerritoryRef, Text } from '../common.ts'
import { defineRoute, profiles, tools } from '../route.ts'

/**
 * Why a second person is asked for: a grant that gives a person a region, the whole country or more than
 * two departments in all; an account whose address is of a domain
 * that the structure does not know; one that the same account manager opened and granted.
 */
export const confirmationReasons = ['wide-perimeter', 'unknown-domain', 'opened-and-granted'] as const
export const Confirmation = Type.Object({
  id: Id,
  why: oneOf(confirmationReasons),
  person: PersonRef,
  function: Type.String(),
  email: Nullable(Type.String()),
  waits: Type.Boolean({ description: 'Faux : le compte est déjà ouvert, et peut être contesté' }),
  askedBy: PersonRef,
  askedAt: Instant,
  grant: Nullable(
    Type.Object({
      tool: oneOf(tools),
      profile: oneOf(profiles),
      territory: Nullable(TerritoryRef),
      agency: Nullable(Type.Object({ id: Id, name: Type.String() })),
      reason: Type.String(),
      endsOn: Nullable(Day),
    }),
  ),
  allowed: Type.Array(Type.Literal('settle')),
})
export const listConfirmations = defineRoute({
  method: 'GET',
  path: '/habilitations/confirmations',
  tag: 'Habilitations',
  summary: 'Les comptes et les habilitations de la structure qu’une seconde personne doit confirmer',
  needs: 'signed-in',
  query: Type.Object(PageQuery),
  reply: listOf(Confirmation),
  refusals: ['access/role-required'],
})
export const settleConfirmations = defineRoute({
  method: 'POST',
  path: '/habilitations/confirmations/decision',
  tag: 'Habilitations',
  summary: 'Confirmer ou refuser, en seconde personne : refusée, l’habilitation finit ou le compte est suspendu',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({
    ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    outcome: oneOf(['confirmed', 'refused']),
    reason: Text(300),
  }),
  reply: Type.Object({ settled: Type.Integer() }),
  refusals: ['access/role-required', 'confirmation/own', 'confirmation/settled', 'security/last-officer'],
})
