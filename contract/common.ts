import { type TSchema, Type } from 'typebox'

export const Id = Type.String({ format: 'uuid' })
export const Siret = Type.String({ maxLength: 14, pattern: '^\\d{14}$', description: 'SIRET, 14 chiffres' })
export const Siren = Type.String({ maxLength: 9, pattern: '^\\d{9}$', description: 'SIREN, 9 chiffres' })
/** A calendar day in Europe/Paris. */
export const Day = Type.String({ format: 'date', description: 'Jour, AAAA-MM-JJ, heure de Paris' })
export const Instant = Type.String({ format: 'date-time' })
/** Text a person typed: trimmed by the page, never empty. */
export const Text = (maxLength: number, minLength = 1) =>
  Type.String({ minLength, maxLength, pattern: minLength ? '\\S' : undefined })
/** Neither a control nor an invisible character, nor a separator of lines; not blanks alone. */
export const linePattern = '^\\p{Zs}*[^\\p{C}\\p{Z}][^\\p{C}\\p{Zl}\\p{Zp}]*$'
/** A name, a title or a label: one line, which mails quote to others. */
export const Line = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength, pattern: linePattern })
// Neighbouring parts share no character: it is read in a time in proportion to its length.
export const emailPattern = '^[^\\s@<>",;]+@[^\\s@<>",;.]+(\\.[^\\s@<>",;.]+)+$'
/** One address, never a list nor one with a name before it. */
export const Email = Type.String({ maxLength: 254, pattern: emailPattern })
/** That of an account: plain letters alone, as a look-alike or an invisible one would make a second self (SEC-1). */
export const accountEmailPattern =
  "^[A-Za-z0-9!#$%&'*/=?^_`{|}~-][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]*(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$"
export const AccountEmail = Type.String({ maxLength: 254, pattern: accountEmailPattern })
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const oneOf = <const T extends string>(values: readonly T[]) => Type.Enum([...values] as T[], { type: 'string' })

/**
 * A territory id is an int, disjoint by kind: 0 national, 1000+region, 2000+departement, 10000+ CLPE, EPCI by its
 * SIREN.
 */
export const TerritoryId = Type.Integer({ minimum: 0, maximum: 2147483647 })
export const territoryKinds = ['national', 'region', 'departement', 'clpe', 'epci'] as const
export const TerritoryKind = oneOf(territoryKinds)
export const TerritoryRef = Type.Object({
  id: TerritoryId,
  kind: TerritoryKind,
  code: Type.String(),
  name: Type.String(),
})
export const OrganisationRef = Type.Object({ id: Id, name: Type.String(), kind: Type.String() })
export const PersonRef = Type.Object({ id: Id, name: Type.String(), organisationId: Id })

export const Cursor = Type.String({ maxLength: 400 })
export const PageQuery = {
  after: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  total: Type.Optional(Type.Boolean({ description: 'Demander le total exact' })),
}
export const listOf = <S extends TSchema>(item: S) =>
  Type.Object({ items: Type.Array(item), next: Nullable(Cursor), total: Type.Optional(Type.Integer()) })

/**
 * RFC 9457. `errors` names the fields when the request is malformed; `current` carries what the other person wrote on
 * 412.
 */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  requestId: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  current: Type.Optional(Type.Unknown()),
  facts: Type.Optional(Type.Unknown()),
})
