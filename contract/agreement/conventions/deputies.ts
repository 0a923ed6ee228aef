import { Type } from 'typebox'
import { Id, Line, Nullable } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Delegation } from './authorities.ts'
import { Changed, tag } from './shapes.ts'

export const settleDeputy = defineRoute({
  method: 'PUT',
  path: '/conventions/:conventionId/deputies/:deputyId',
  tag,
  summary: 'Enregistrer un suppléant de signature de sa partie, le corriger ou mettre fin à sa délégation',
  needs: 'signed-in',
  stepUp: true,
  versioned: true,
  params: Type.Object({ conventionId: Id, deputyId: Id }),
  body: Type.Object(
    {
      accountId: Nullable(Id),
      /** Of one who signs on paper, without an account in the service. */
      name: Type.Optional(Nullable(Line(200))),
      ...Delegation,
    },
    { additionalProperties: false },
  ),
  reply: Changed,
  refusals: [
    'convention/not-a-party',
    'convention/signer-unknown',
    'convention/day-in-future',
    'convention/deputy-days',
    'convention/deputy-unchanged',
  ],
})
