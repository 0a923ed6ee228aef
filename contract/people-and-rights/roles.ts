import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  listOf,
  Nullable,
  oneOf,
  PageQuery,
  PersonRef,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../common.ts'
import { defineRoute, type Role } from '../route.ts'

/** Given by hand to the operator's agents; its other roles come from deeds and conventions (AGR-16). */
export const operatorRoles = [
  'signataire',
  'cssi',
  'direction-regionale',
  'support',
  'dpd',
  'rssi',
  'administrateur',
] as const satisfies readonly Role[]
export type OperatorRole = (typeof operatorRoles)[number]
/** A regional direction is of a region; a security officer (CSSI) or a signatory of one, or of every region. */
export const rolesOfRegion = {
  'direction-regionale': 'always',
  cssi: 'may',
  signataire: 'may',
} as const satisfies Partial<Record<OperatorRole, 'always' | 'may'>>
/** `asleep`: its holder has not come for six months (SEC-6). */
export const roleStates = ['in-effect', 'to-come', 'asleep', 'over'] as const

export const OperatorRoleShown = Type.Object({
  id: Id,
  person: PersonRef,
  function: Type.String(),
  role: oneOf(operatorRoles),
  region: Nullable(TerritoryRef),
  state: oneOf(roleStates),
  startsAt: Instant,
  endsAt: Nullable(Instant),
  /** The last day of its holder, who waits to be replaced; null: no departure has come. */
  leftOn: Nullable(Day),
  reason: Type.String(),
  /** Null: from the command line. */
  givenBy: Nullable(PersonRef),
  endedBy: Nullable(PersonRef),
  endReason: Nullable(Type.String()),
  allowed: Type.Array(Type.Literal('end')),
})
const tag = 'Administration'
export const listOperatorRoles = defineRoute({
  method: 'GET',
  path: '/operator-roles',
  tag,
  summary: 'Les rôles des agents de l’opérateur, ceux en cours d’abord',
  needs: 'signed-in',
  query: Type.Object({
    over: Type.Optional(Type.Boolean({ description: 'Ceux qui ont pris fin, et eux seuls' })),
    ...PageQuery,
  }),
  reply: Type.Intersect([listOf(OperatorRoleShown), Type.Object({ allowed: Type.Array(Type.Literal('give')) })]),
  refusals: ['access/role-required'],
})
export const listRoleTakers = defineRoute({
  method: 'GET',
  path: '/operator-roles/people',
  tag,
  summary: 'Les agents de l’opérateur à qui donner un rôle, par nom ou fonction',
  needs: 'role:administrateur',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 80 })) }),
  reply: listOf(Type.Object({ ...PersonRef.properties, function: Type.String(), email: Nullable(Type.String()) })),
})
export const giveOperatorRole = defineRoute({
  method: 'POST',
  path: '/operator-roles',
  tag,
  summary: 'Donner un rôle à un agent de l’opérateur, jamais à soi-même',
  needs: 'role:administrateur',
  stepUp: true,
  body: Type.Object({
    accountId: Id,
    role: oneOf(operatorRoles),
    regionId: Type.Optional(TerritoryId),
    startsOn: Type.Optional(Day),
    /** Its last day. */
    endsOn: Type.Optional(Day),
    reason: Text(300),
  }),
  reply: Type.Object({ id: Id, told: Type.Integer() }),
  refusals: [
    'role/own',
    'role/held',
    'role/region-needed',
    'role/region-not-of-role',
    'role/no-such-region',
    'role/in-past',
    'role/ends-before',
  ],
})
export const endOperatorRole = defineRoute({
  method: 'POST',
  path: '/operator-roles/:roleId/end',
  tag,
  summary: 'Mettre fin, aussitôt, au rôle d’un agent de l’opérateur, jamais au sien',
  needs: 'role:administrateur',
  stepUp: true,
  params: Type.Object({ roleId: Id }),
  body: Type.Object({ reason: Text(300) }),
  reply: Type.Object({ id: Id, told: Type.Integer() }),
  refusals: ['role/own', 'role/over', 'role/last-administrator', 'security/last-officer'],
})
