import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, Text } from '../common.ts'
import { conventionParties, Told } from '../notices.ts'
import { UploadId } from '../people-and-rights/uploads.ts'
import { defineRoute } from '../route.ts'
import { obligationCodes } from './conventions/obligations.ts'
import { ConventionParams } from './conventions/shapes.ts'

/** Disagreements between the parties of a convention (article 11). */
export const disagreementStates = ['open', 'failed', 'settled', 'decided', 'withdrawn'] as const
/** An attempt at an amicable settlement; settled; it failed, and a court is competent; decided by it; renounced. */
export const disagreementSteps = ['attempt', 'settle', 'fail', 'decide', 'withdraw', 'reopen'] as const
export const attemptManners = ['meeting', 'letters', 'mediation'] as const

const Party = oneOf(conventionParties)
const Clauses = Type.Array(oneOf(obligationCodes), { maxItems: obligationCodes.length, uniqueItems: true })
const tag = 'Conventions'

export const Disagreement = Type.Object({
  id: Id,
  number: Type.Integer(),
  party: Party,
  subject: Type.String(),
  statement: Type.String(),
  clauses: Clauses,
  aroseOn: Day,
  openedAt: Instant,
  state: oneOf(disagreementStates),
  court: Nullable(Type.String({ description: 'Celui qui est compétent, une fois la tentative amiable échouée' })),
  steps: Type.Array(
    Type.Object({
      id: Id,
      kind: oneOf(disagreementSteps),
      manner: Nullable(oneOf(attemptManners)),
      party: Party,
      happenedOn: Day,
      summary: Type.String(),
      court: Nullable(Type.String()),
      documentId: Nullable(Id),
      recordedAt: Instant,
    }),
    { description: 'Le premier d’abord ; aucun n’est jamais réécrit' },
  ),
  allowed: Type.Array(oneOf(disagreementSteps)),
})
export const Disagreements = Type.Object({
  convention: Type.Object({ id: Id, number: Type.String(), organisation: OrganisationRef }),
  items: Type.Array(Disagreement, { description: 'Le dernier ouvert d’abord' }),
  actsFor: Nullable(Party),
  allowed: Type.Array(Type.Literal('open')),
})
const Written = Type.Object({ ...Disagreements.properties, told: Told })

export const listDisagreements = defineRoute({
  method: 'GET',
  path: '/conventions/:conventionId/disagreements',
  tag,
  summary: 'Les différends d’une convention : objet, tentatives amiables, issue, tribunal compétent',
  needs: 'signed-in',
  params: ConventionParams,
  reply: Disagreements,
  refusals: ['disagreement/file-only'],
})
export const openDisagreement = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/disagreements',
  tag,
  summary: 'Ouvrir un différend, au nom de sa partie',
  needs: 'signed-in',
  params: ConventionParams,
  body: Type.Object(
    { subject: Text(200), statement: Text(4000), clauses: Clauses, aroseOn: Day },
    { additionalProperties: false },
  ),
  reply: Written,
  refusals: ['convention/not-a-party', 'convention/wrong-state', 'convention/day-in-future'],
})
export const recordDisagreementStep = defineRoute({
  method: 'POST',
  path: '/conventions/:conventionId/disagreements/:disagreementId/steps',
  tag,
  summary:
    'Noter ce qui se passe d’un différend : tentative amiable, accord, échec et tribunal compétent, décision, renoncement, réouverture',
  needs: 'signed-in',
  params: Type.Object({ conventionId: Id, disagreementId: Id }),
  body: Type.Object(
    {
      kind: oneOf(disagreementSteps),
      manner: Type.Optional(Nullable(oneOf(attemptManners))),
      happenedOn: Day,
      summary: Text(4000),
      court: Type.Optional(Nullable(Text(200))),
      document: Type.Optional(Nullable(UploadId)),
    },
    { additionalProperties: false },
  ),
  reply: Written,
  refusals: [
    'convention/not-a-party',
    'convention/day-in-future',
    'upload/unknown',
    'disagreement/wrong-state',
    'disagreement/before-it-arose',
    'disagreement/no-attempt',
    'disagreement/opener-only',
    'disagreement/manner-required',
    'disagreement/court-required',
  ],
})
