import { Type } from 'typebox'
import { Siret } from '../../common.ts'
import { TargetFilter } from '../campaigns.ts'

/** Which targets: some, or all that a filter finds but these. */
export const TargetSelection = Type.Union([
  Type.Object(
    { sirets: Type.Array(Siret, { minItems: 1, maxItems: 5000, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { filter: TargetFilter, except: Type.Optional(Type.Array(Siret, { maxItems: 5000, uniqueItems: true })) },
    { additionalProperties: false },
  ),
])
