import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, TerritoryId, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'

const tag = 'Besoins'
/** Why who closed a need has nothing asked: already said, a delicate moment, the person left. */
export const withholdingReasons = ['deja-dit', 'delicat', 'parti'] as const
/** And what the service finds: an objection, an employer not to be contacted, the same person asked lately. */
export const notAskedReasons = [...withholdingReasons, 'opposition', 'ne-pas-contacter', 'recente'] as const
/**
 * Of a closed need: to be asked, nobody to ask, too late to ask, set aside; asked, without an answer in time, answered.
 */
export const satisfactionStates = ['to-ask', 'nobody', 'lapsed', 'not-asked', 'asked', 'expired', 'answered'] as const
/** Whether the employer is satisfied with the answer to its need. */
export const ratings = ['pas-du-tout', 'plutot-pas', 'plutot', 'tout-a-fait'] as const
const Rating = oneOf(ratings)

export const Satisfaction = Type.Object({
  state: oneOf(satisfactionStates),
  askedFrom: Nullable(Day),
  /** Asked, or set aside. */
  settledAt: Nullable(Instant),
  reason: Nullable(oneOf(notAskedReasons)),
  expiresAt: Nullable(Instant),
  answeredAt: Nullable(Instant),
  rating: Nullable(Rating),
  comment: Nullable(Type.String({ description: 'Effacé douze mois après la réponse' })),
  allowed: Type.Array(oneOf(['withhold'])),
})
const Reply = Type.Object({
  satisfaction: Nullable(Satisfaction),
})
const ofNeed = { tag, params: Type.Object({ needId: Id }), reply: Reply } as const
export const readNeedSatisfaction = defineRoute({
  ...ofNeed,
  method: 'GET',
  path: '/needs/:needId/satisfaction',
  summary: 'L’avis de l’employeur sur un besoin clos ; rien pour qui n’est ni de sa structure ni de celle qui l’a pris',
  needs: 'fiche-etablissement:consultation',
})
export const withholdSatisfaction = defineRoute({
  ...ofNeed,
  method: 'POST',
  writesIn: 'besoins',
  path: '/needs/:needId/satisfaction/withholding',
  summary: 'Ne pas demander son avis à l’employeur d’un besoin clos, pour un motif',
  needs: 'campagnes:conseiller',
  body: Type.Object({ reason: oneOf(withholdingReasons) }),
  refusals: [
    'access/outside-perimeter',
    'need/taker-only',
    'need/follower-only',
    'satisfaction/need-open',
    'satisfaction/settled',
  ],
})
export const countSatisfaction = defineRoute({
  method: 'GET',
  path: '/satisfaction',
  tag,
  summary:
    'Les avis demandés et reçus, par structure qui suit les besoins : ceux de ma structure ; là où je pilote, ceux du réseau',
  needs: 'campagnes:conseiller',
  query: Type.Object({ territory: Type.Optional(TerritoryId) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        organisation: OrganisationRef,
        asked: Type.Integer(),
        answered: Type.Integer(),
        ratings: Nullable(
          Type.Array(Type.Integer(), {
            description: 'Combien de réponses de chaque sorte, de « pas du tout » à « tout à fait »',
          }),
        ),
      }),
    ),
  }),
})

const Token = Type.String({ pattern: '^[\\w-]{43}$', maxLength: 43 })
/**
 * Asked without a session (server/platform/exceptions.ts), by who has the link of the mail: where the question stands,
 * and who asks it.
 */
export const satisfactionLink = {
  path: '/avis/lien',
  body: Type.Object({ token: Token }),
  reply: Type.Object({
    state: oneOf(['open', 'answered', 'expired', 'refused']),
    organisation: Type.String(),
    notedOn: Day,
    expiresAt: Instant,
  }),
} as const
export const answerSatisfaction = {
  path: '/avis/reponse',
  body: Type.Object({ token: Token, rating: Rating, comment: Type.Optional(Text(500)) }),
  reply: Type.Object({ answered: Type.Boolean() }),
} as const
export const refuseSatisfaction = {
  path: '/avis/refus',
  body: Type.Object({ token: Token }),
  reply: Type.Object({ refused: Type.Boolean() }),
} as const
