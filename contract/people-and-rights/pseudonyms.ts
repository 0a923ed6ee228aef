import { Type } from 'typebox'
import { Id, Instant, Line } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Reason } from './accounts.ts'

export const readPseudonym = defineRoute({
  method: 'POST',
  path: '/pseudonyms/read',
  tag: 'Habilitations',
  summary: 'Dire qui est derrière un pseudonyme : pour un RGC de sa structure ou le CSSI, avec un motif, au journal',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  body: Type.Object({ pseudonym: Line(60), reason: Reason }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        accountId: Id,
        name: Type.String(),
        function: Type.String(),
        organisation: Type.Object({ id: Id, name: Type.String() }),
        leftAt: Instant,
      }),
      { description: 'Plusieurs, si deux anciens comptes portent le même pseudonyme' },
    ),
  }),
  refusals: ['access/role-required', 'pseudonym/unknown'],
})
