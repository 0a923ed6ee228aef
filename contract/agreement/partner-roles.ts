import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, oneOf, PageQuery, PersonRef, Text } from '../common.ts'
import { defineRoute, type Role } from '../route.ts'

/** Given by a partner to its own people, from its contacts of annex 2, in its order (AGR-16). */
export const partnerRoles = [
  'responsable-operationnel',
  'correspondant-si',
  'dpd',
  'rssi',
  'responsable-formation',
] as const satisfies readonly Role[]
export type PartnerRole = (typeof partnerRoles)[number]
/** Acts in the structure's name: it gives notice, and names contacts. Its signatory alone gives it, to its own agents. */
export const actsInItsName: PartnerRole = 'responsable-operationnel'
export const partnerRoleStates = ['in-effect', 'to-come', 'over'] as const

export const PartnerRoleShown = Type.Object({
  id: Id,
  person: PersonRef,
  function: Type.String(),
  role: oneOf(partnerRoles),
  state: oneOf(partnerRoleStates),
  startsAt: Instant,
  endsAt: Nullable(Instant),
  reason: Type.String(),
  /** Null: from the server, or a letter entered for the structure. */
  givenBy: Nullable(PersonRef),
  endedBy: Nullable(PersonRef),
  endReason: Nullable(Type.String()),
  allowed: Type.Array(Type.Literal('end')),
})
const Known = Type.Object({ ...PersonRef.properties, function: Type.String(), email: Nullable(Type.String()) })
/** One role of annex 2: whom the annex names for it, who holds it here. */
const Seat = Type.Object({
  role: oneOf(partnerRoles),
  contact: Nullable(
    Type.Object({
      name: Type.String(),
      email: Type.String(),
      startsAt: Instant,
      /** Whose address it is, in the structure. */
      account: Nullable(Known),
      /** They hold the role already, or will. */
      holds: Type.Boolean(),
    }),
  ),
  holders: Type.Array(Type.Object({ ...Known.properties, id: Id })),
  /** `give`: the role; `give-to-contact`: to whom annex 2 names; `name`: a contact of annex 2. */
  allowed: Type.Array(oneOf(['give', 'give-to-contact', 'name'])),
})
const tag = 'Conventions'
export const listPartnerSeats = defineRoute({
  method: 'GET',
  path: '/partner-roles/seats',
  tag,
  summary: 'Les cinq rôles d’une structure : son interlocuteur de l’annexe 2, et qui le tient ici',
  needs: 'signed-in',
  reply: Type.Object({ items: Type.Array(Seat) }),
  refusals: ['partner-role/readers-only'],
})
export const listPartnerRoles = defineRoute({
  method: 'GET',
  path: '/partner-roles',
  tag,
  summary: 'Les rôles donnés dans sa structure : en cours et à venir, ou ceux qui ont pris fin',
  needs: 'signed-in',
  query: Type.Object({
    over: Type.Optional(Type.Boolean({ description: 'Ceux qui ont pris fin, et eux seuls' })),
    ...PageQuery,
  }),
  reply: listOf(PartnerRoleShown),
  refusals: ['partner-role/readers-only'],
})
export const listPartnerRoleTakers = defineRoute({
  method: 'GET',
  path: '/partner-roles/people',
  tag,
  summary: 'Les personnes de sa structure à qui donner ce rôle, par nom ou fonction',
  needs: 'signed-in',
  query: Type.Object({ role: oneOf(partnerRoles), q: Type.Optional(Type.String({ maxLength: 80 })) }),
  reply: listOf(Known),
  refusals: ['partner-role/givers-only', 'partner-role/signatory-only'],
})
export const givePartnerRole = defineRoute({
  method: 'POST',
  path: '/partner-roles',
  tag,
  summary: 'Donner un rôle à une personne de sa structure, jamais à soi-même',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({
    accountId: Id,
    role: oneOf(partnerRoles),
    startsOn: Type.Optional(Day),
    /** Its last day. */
    endsOn: Type.Optional(Day),
    reason: Text(300),
  }),
  reply: Type.Object({ id: Id, told: Type.Integer() }),
  refusals: [
    'partner-role/givers-only',
    'partner-role/signatory-only',
    'partner-role/own',
    'partner-role/agents-only',
    'role/held',
    'role/in-past',
    'role/ends-before',
  ],
})
export const endPartnerRole = defineRoute({
  method: 'POST',
  path: '/partner-roles/:roleId/end',
  tag,
  summary: 'Mettre fin, aussitôt, au rôle d’une personne de sa structure, jamais au sien',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ roleId: Id }),
  body: Type.Object({ reason: Text(300) }),
  reply: Type.Object({ id: Id, told: Type.Integer() }),
  refusals: ['partner-role/givers-only', 'partner-role/signatory-only', 'partner-role/own', 'role/over'],
})
