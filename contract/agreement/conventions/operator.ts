import { Type } from 'typebox'
import { Day, Line, oneOf, Siret, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { identityHistory } from './partners.ts'
import { tag } from './shapes.ts'

const OperatorIdentity = Type.Object({
  version: Type.Integer({ description: '0 tant que rien n’est enregistré' }),
  history: identityHistory({ address: Type.String(), reason: Type.String() }),
  allowed: Type.Array(Type.Literal('change')),
})
export const getOperatorIdentity = defineRoute({
  method: 'GET',
  path: '/operator-identity',
  tag,
  summary: 'Qui est l’opérateur dans les conventions : nom, SIRET et adresse, aujourd’hui et auparavant',
  needs: 'signed-in',
  reply: OperatorIdentity,
})
export const changeOperatorIdentity = defineRoute({
  method: 'PUT',
  path: '/operator-identity',
  tag,
  summary: 'Enregistrer, corriger ou changer l’identité de l’opérateur, avec sa date',
  needs: 'role:administrateur',
  stepUp: true,
  versioned: true,
  body: Type.Object(
    {
      cause: oneOf(['correction', 'change']),
      since: Day,
      siret: Siret,
      name: Line(200),
      address: Text(300),
      reason: Text(500),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    ...OperatorIdentity.properties,
    partners: Type.Integer({ description: 'Combien de partenaires sous convention en seront prévenus' }),
  }),
  refusals: [
    'convention/day-in-future',
    'partner/siret-wrong',
    'partner/siret-taken',
    'structure/identity-unchanged',
    'structure/identity-before-last',
  ],
})
