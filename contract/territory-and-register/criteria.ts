import { Type } from 'typebox'
import { Day, Id, oneOf, TerritoryId } from '../common.ts'
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
  /** Used (without a day: whichever), or not used since a day, of the cards that one reads. */
  services: Type.Optional(
    Type.Object(
      {
        kinds: Type.Optional(Type.Array(oneOf(serviceKinds), { minItems: 1, maxItems: 11, uniqueItems: true })),
        usedSince: Type.Optional(Day),
        notUsedSince: Type.Optional(Day),
      },
      { additionalProperties: false },
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
