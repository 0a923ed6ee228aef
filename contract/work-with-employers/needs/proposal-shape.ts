import { Type } from 'typebox'
import { Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef } from '../../common.ts'

export const needProposalStates = [
  'waiting',
  'taken',
  'done',
  'declined',
  'unreachable',
  'overtaken',
  'withdrawn',
] as const
/** A need proposed to a structure, and its answer: both structures read it. */
export const NeedProposal = Type.Object({
  id: Id,
  needId: Id,
  from: OrganisationRef,
  by: Nullable(PersonRef),
  to: OrganisationRef,
  words: Nullable(Type.String({ description: 'Écrits pour la structure qui reçoit' })),
  proposedAt: Instant,
  state: oneOf(needProposalStates),
  answeredBy: Nullable(PersonRef),
  answeredAt: Nullable(Instant),
  reason: Nullable(Type.String()),
  overtakenBy: Nullable(OrganisationRef),
  allowed: Type.Array(oneOf(['decline', 'withdraw'])),
})
