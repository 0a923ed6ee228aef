import { Type } from 'typebox'
import {
  AccountEmail,
  Id,
  Instant,
  Line,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
} from '../common.ts'
import { defineRoute } from '../route.ts'
import { Reason } from './accounts.ts'

const tag = 'Habilitations'
/** Days that the person has to answer, then the structure to open the account. */
export const answerDays = 30
export const shareSides = ['person', 'asker', 'first', 'officer'] as const
export const shareOutcomes = ['accepted', 'refused', 'withdrawn', 'lapsed', 'freed'] as const
export const shareActs = ['accept', 'refuse', 'withdraw'] as const

export const SecondAccount = Type.Object({
  id: Id,
  side: oneOf(shareSides),
  email: Type.String(),
  askedAt: Instant,
  askedFor: Nullable(Type.String({ description: 'La personne, comme le dit la structure qui demande' })),
  reason: Nullable(Type.String({ description: 'Tu à la première structure' })),
  asker: Nullable(OrganisationRef),
  former: Nullable(OrganisationRef),
  person: Nullable(PersonRef),
  settled: Nullable(Type.Object({ at: Instant, outcome: oneOf(shareOutcomes) })),
  openUntil: Nullable(Instant),
  opened: Type.Boolean(),
  endedAt: Nullable(Instant),
  allowed: Type.Array(oneOf(shareActs)),
})
export const listSecondAccounts = defineRoute({
  method: 'GET',
  path: '/habilitations/second-accounts',
  tag,
  summary: 'Les seconds comptes : demandés à soi, par sa structure, ou acceptés par une personne de sa structure',
  needs: 'signed-in',
  query: Type.Object(PageQuery),
  reply: listOf(SecondAccount),
})
export const askSecondAccount = defineRoute({
  method: 'POST',
  path: '/habilitations/second-accounts',
  tag,
  summary: 'Demander à une personne, qui a un compte dans une autre structure, d’en accepter un second',
  needs: 'role:rgc',
  stepUp: true,
  body: Type.Object({ email: AccountEmail, givenName: Line(100), familyName: Line(100), reason: Reason }),
  reply: Type.Object({ id: Id }),
  refusals: ['release/free', 'release/own-structure', 'second-account/asked', 'second-account/shared'],
})
export const settleSecondAccount = defineRoute({
  method: 'POST',
  path: '/habilitations/second-accounts/:shareId/decision',
  tag,
  summary: 'Accepter ou refuser un second compte (la personne), ou annuler sa demande (la structure qui demande)',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ shareId: Id }),
  body: Type.Object({ outcome: oneOf(['accepted', 'refused', 'withdrawn']) }),
  reply: Type.Object({ settled: Type.Boolean() }),
  refusals: ['second-account/not-yours', 'second-account/settled'],
})
