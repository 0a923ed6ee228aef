import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Text } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { ClockTime, nextActionKinds } from './exchanges.ts'

const tag = 'Actions proposées'
/** Working days that the other structure has to answer. */
export const daysToAnswer = 5
export const proposalStates = ['waiting', 'accepted', 'declined', 'withdrawn', 'lapsed'] as const
export const proposalActs = ['accept', 'decline', 'withdraw'] as const

/** All that both structures read of it: nothing of the exchange that the action follows. */
export const ActionProposal = Type.Object({
  id: Id,
  establishment: EstablishmentLine,
  kind: oneOf(nextActionKinds),
  dueOn: Day,
  dueAt: Nullable(ClockTime),
  from: OrganisationRef,
  by: PersonRef,
  to: OrganisationRef,
  words: Nullable(Type.String({ description: 'Écrits pour la structure qui reçoit' })),
  proposedAt: Instant,
  lapsesOn: Type.String({ format: 'date', description: 'Dernier jour pour répondre' }),
  state: oneOf(proposalStates),
  answeredBy: Nullable(PersonRef),
  answeredAt: Nullable(Instant),
  reason: Nullable(Type.String()),
  allowed: Type.Array(oneOf(proposalActs)),
})
const ActionParams = Type.Object({ nextActionId: Id })
const ProposalParams = Type.Object({ proposalId: Id })

export const listProposalRecipients = defineRoute({
  method: 'GET',
  path: '/next-actions/:nextActionId/proposal-recipients',
  tag,
  summary: 'Les autres structures habilitées avec cet employeur, à qui proposer l’action',
  needs: 'campagnes:conseiller',
  params: ActionParams,
  reply: Type.Object({ items: Type.Array(OrganisationRef), lapsesOn: Day }),
  refusals: ['next-action/owner-only'],
})
export const proposeNextAction = defineRoute({
  method: 'POST',
  path: '/next-actions/:nextActionId/proposals',
  tag,
  summary: 'Proposer une prochaine action à une autre structure : elle vous reste tant que personne ne l’accepte',
  needs: 'campagnes:conseiller',
  params: ActionParams,
  body: Type.Object({ toOrganisationId: Id, words: Type.Optional(Nullable(Text(500))) }),
  reply: ActionProposal,
  refusals: [
    'next-action/owner-only',
    'next-action/already-done',
    'action-proposal/waiting',
    'action-proposal/structure-elsewhere',
  ],
})
export const listActionProposals = defineRoute({
  method: 'GET',
  path: '/action-proposals',
  tag,
  summary: 'Actions proposées à ma structure, à accepter ; celles que j’ai proposées, 30 jours après leur réponse',
  needs: 'campagnes:conseiller',
  reply: Type.Object({ received: Type.Array(ActionProposal), sent: Type.Array(ActionProposal) }),
})
export const acceptActionProposal = defineRoute({
  method: 'POST',
  path: '/action-proposals/:proposalId/accept',
  tag,
  summary: 'Accepter une action proposée : elle devient la mienne',
  needs: 'campagnes:conseiller',
  params: ProposalParams,
  reply: ActionProposal,
  refusals: ['action-proposal/receiver-only', 'action-proposal/answered', 'action-proposal/lapsed'],
})
export const declineActionProposal = defineRoute({
  method: 'POST',
  path: '/action-proposals/:proposalId/decline',
  tag,
  summary: 'Décliner une action proposée, en disant pourquoi',
  needs: 'campagnes:conseiller',
  params: ProposalParams,
  body: Type.Object({ reason: Text(300) }),
  reply: ActionProposal,
  refusals: ['action-proposal/receiver-only', 'action-proposal/answered', 'action-proposal/lapsed'],
})
export const withdrawActionProposal = defineRoute({
  method: 'POST',
  path: '/action-proposals/:proposalId/withdraw',
  tag,
  summary: 'Retirer une proposition à laquelle personne n’a répondu',
  needs: 'campagnes:conseiller',
  params: ProposalParams,
  reply: ActionProposal,
  refusals: ['action-proposal/sender-only', 'action-proposal/answered'],
})
