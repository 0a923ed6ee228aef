import { Type } from 'typebox'
import { Day, Id, oneOf, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Correspondent, informedWays } from './correspondents.ts'

const settling = {
  tag: 'Interlocuteurs',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ correspondentId: Id }),
  versioned: true,
  reply: Correspondent,
  refusalReveals: { kind: 'establishment', byMember: 'siret' },
} as const

export const objectCorrespondent = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/objection',
  summary: 'Noter qu’un interlocuteur s’oppose à la conservation de ses données : elles sont effacées',
  body: Type.Object({ on: Day, how: oneOf(informedWays) }),
  refusals: ['correspondent/merged', 'correspondent/objected', 'correspondent/informed-in-future'],
})

export const liftObjection = defineRoute({
  ...settling,
  method: 'PUT',
  writesIn: 'interlocuteurs',
  path: '/correspondents/:correspondentId/objection/lifting',
  summary: 'Lever une opposition, avec le motif ; ce qui a été effacé le reste',
  body: Type.Object({ reason: Text(300) }),
  refusals: ['correspondent/not-objected'],
})
