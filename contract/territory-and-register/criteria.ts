import { Type } from 'typebox'
import { Id, oneOf, TerritoryId } from '../common.ts'
import { ActivityCode } from './activities.ts'
import { CompanySize, LegalNature } from './employer-kinds.ts'
import { Size } from './establishments.ts'
import { AtLeast, hireClasses, Need, serviceKinds } from './sought.ts'

/** By which the establishments of a campaign are chosen (CAM-2). */
export const Criteria = Type.Object({
  territoryId: Type.Optional(TerritoryId),
  activities: Type.Optional(Type.Array(ActivityCode, { maxItems: 100, uniqueItems: true })),
  sizes: Type.Optional(Type.Array(Size, { maxItems: 5, uniqueItems: true })),
  legalNatures: Type.Optional(Type.Array(LegalNature, { maxItems: 5, uniqueItems: true })),
  companySizes: Type.Optional(Type.Array(CompanySize, { maxItems: 5, uniqueItems: true })),
  employer: Type.Optional(Type.Boolean()),
  headOffice: Type.Optional(Type.Boolean({ description: 'Sièges seulement' })),
  createdSince: Type.Optional(Type.String({ format: 'date', description: 'Créés depuis ce jour' })),
  neverContacted: Type.Optional(Type.Boolean({ description: 'Que le réseau n’a jamais contactés' })),
  notContactedSince: Type.Optional(
    Type.String({ format: 'date', description: 'Que le réseau n’a pas contactés depuis ce jour' }),
  ),
  contactedSince: Type.Optional(
    Type.String({ format: 'date', description: 'Que le réseau a contactés depuis ce jour' }),
  ),
  commitmentKinds: Type.Optional(
    Type.Array(Id, {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      description: 'Engagés selon un de ces types, d’après les fiches que je lis',
    }),
  ),
  need: Type.Optional(Need),
  services: Type.Optional(
    Type.Object(
      {
        kinds: Type.Optional(Type.Array(oneOf(serviceKinds), { minItems: 1, maxItems: 11, uniqueItems: true })),
        usedSince: Type.Optional(Type.String({ format: 'date' })),
        notUsedSince: Type.Optional(Type.String({ format: 'date' })),
      },
      {
        additionalProperties: false,
        description:
          'Services de l’opérateur utilisés (sans jour : quel qu’il soit), ou non utilisés depuis un jour, ' +
          'd’après les fiches que je lis',
      },
    ),
  ),
  /** Declared over the last twelve months, counted together, of the recruitment cards that one reads. */
  hires: Type.Optional(
    Type.Object(
      {
        classes: Type.Optional(Type.Array(oneOf(hireClasses), { minItems: 1, maxItems: 5, uniqueItems: true })),
        atLeast: AtLeast,
      },
      { additionalProperties: false },
    ),
  ),
  /** Over the three months after the last one told, where the recruitment card tells a forecast: so many at least. */
  expectedHires: Type.Optional(AtLeast),
})
