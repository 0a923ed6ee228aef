import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { EstablishmentLine } from '../../territory-and-register/establishments.ts'
import { NeedLine } from './needs.ts'
import { NeedProposal } from './proposal-shape.ts'

export { NeedProposal, needProposalStates } from './proposal-shape.ts'

const ofNeed = {
  tag: 'Besoins',
  needs: 'campagnes:conseiller',
  params: Type.Object({ needId: Id }),
} as const
/** How what a structure says it takes fits the need; the best first. */
export const needFits = ['takes-job', 'takes', 'unsaid', 'not-job', 'not-kind'] as const
export const listNeedRecipients = defineRoute({
  ...ofNeed,
  method: 'GET',
  path: '/needs/:needId/recipients',
  summary:
    'Les structures habilitées avec cet employeur, la mieux placée d’abord et pourquoi, et celles qui ont déjà répondu',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        organisation: OrganisationRef,
        why: Nullable(oneOf(['waiting', 'declined'])),
        reason: Nullable(Type.String({ description: 'Ce qu’elle a répondu' })),
        at: Nullable(Instant),
        fit: oneOf(needFits),
        publics: Nullable(Type.String({ description: 'Les publics qu’elle dit accompagner' })),
        /** Its last exchange with this employer that the network reads, within a year. */
        metOn: Nullable(Day),
        answers: Type.Object(
          { yes: Type.Integer(), of: Type.Integer() },
          { description: 'Ce qu’elle a répondu aux propositions de ma structure que je lis, depuis un an' },
        ),
      }),
    ),
  }),
  refusals: ['access/outside-perimeter', 'need/follower-only'],
})
export const proposeNeed = defineRoute({
  ...ofNeed,
  method: 'POST',
  writesIn: 'besoins',
  path: '/needs/:needId/proposals',
  summary: 'Proposer un besoin à une ou plusieurs structures : la première qui le prend l’a',
  body: Type.Object({
    toOrganisationIds: Type.Array(Id, { minItems: 1, maxItems: 10, uniqueItems: true }),
    words: Type.Optional(Nullable(Text(500))),
  }),
  reply: Type.Object({ items: Type.Array(NeedProposal) }),
  refusals: [
    'access/outside-perimeter',
    'need/follower-only',
    'need/not-open',
    'need/already-proposed',
    'need/declined-already',
    'need/structure-elsewhere',
  ],
})
const ofProposal = {
  tag: 'Besoins',
  needs: 'campagnes:conseiller',
  method: 'POST',
  writesIn: 'besoins',
  params: Type.Object({ proposalId: Id }),
  reply: NeedProposal,
} as const
export const declineNeed = defineRoute({
  ...ofProposal,
  path: '/need-proposals/:proposalId/decline',
  summary: 'Décliner un besoin proposé, en disant pourquoi',
  body: Type.Object({ reason: Text(300) }),
  refusals: ['need/receiver-only', 'need/proposal-answered'],
})
export const withdrawNeedProposal = defineRoute({
  ...ofProposal,
  path: '/need-proposals/:proposalId/withdraw',
  summary: 'Retirer une proposition à laquelle personne n’a répondu',
  refusals: ['need/sender-only', 'need/proposal-answered'],
})
/** A proposal with its employer; the need where one still reads it. */
export const ReceivedNeed = Type.Object({
  proposal: NeedProposal,
  establishment: EstablishmentLine,
  need: Nullable(NeedLine),
  mayTake: Type.Boolean(),
})
export const listReceivedNeeds = defineRoute({
  method: 'GET',
  path: '/need-proposals',
  tag: 'Besoins',
  summary: 'Les besoins proposés à ma structure : à prendre, pris, puis ceux réglés depuis trente jours',
  needs: 'campagnes:conseiller',
  reply: Type.Object({
    waiting: Type.Array(ReceivedNeed),
    taken: Type.Array(ReceivedNeed),
    settled: Type.Array(ReceivedNeed),
  }),
})
