import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, oneOf, PersonRef, TerritoryId, TerritoryRef, Text } from '../common.ts'
import { missingTerms, profiles, tools } from '../route.ts'

/** Whose person it is: the structure's own agent, or of a delegate or contractor that it declared. */
export const attachments = ['agent', 'delegate', 'contractor'] as const
/** What a right serves, after article 2 of the convention; our own wording. */
export const purposes = ['prospection', 'recrutement', 'insertion', 'suivi'] as const
export const accountStatuses = ['active', 'suspended', 'blocked', 'deleted'] as const

export const Reason = Text(300)
export const Attachment = oneOf(attachments)
/** Where a right opens: one territory, or the territories that an agency serves. */
export const PerimeterKey = Type.Union([
  Type.Object({ territoryId: TerritoryId }, { additionalProperties: false }),
  Type.Object({ agencyId: Id }, { additionalProperties: false }),
])
export const Perimeter = Type.Object({
  territory: Nullable(TerritoryRef),
  agency: Nullable(Type.Object({ id: Id, name: Type.String() })),
})

export const HeldGrant = Type.Object({
  id: Id,
  tool: oneOf(tools),
  profile: oneOf(profiles),
  ...Perimeter.properties,
  reason: Type.String(),
  purpose: Nullable(oneOf(purposes)),
  duties: Nullable(Type.String()),
  startsOn: Day,
  endsOn: Nullable(Day),
  grantedAt: Instant,
  grantedBy: Nullable(PersonRef),
  beyondFunction: Type.Boolean(),
  missing: Type.Array(oneOf(missingTerms), {
    description: 'Ce qui l’empêche d’ouvrir quoi que ce soit ; vide : elle est en vigueur',
  }),
})
