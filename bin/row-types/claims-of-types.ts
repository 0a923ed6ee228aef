/** Reads types from the compiler. Its interface is not stable yet: this file, calls.ts and inputs-told.ts alone know it. */
import { type Checker, SymbolFlags, type Type, TypeFlags, type TypeReference } from 'typescript/unstable/sync'
import type { Claim, Member } from './claims.ts'

/** JSON is a type that holds itself: deeper, nothing is claimed. */
const deepest = 7

const simple: readonly (readonly [TypeFlags, string])[] = [
  [TypeFlags.AnyOrUnknown, 'unknown'],
  [TypeFlags.Null, 'null'],
  [TypeFlags.Undefined | TypeFlags.Void, 'undefined'],
  [TypeFlags.StringLike, 'string'],
  [TypeFlags.NumberLike, 'number'],
  [TypeFlags.BooleanLike, 'boolean'],
  [TypeFlags.BigIntLike, 'bigint'],
  [TypeFlags.TypeParameter, 'unknown'],
]
const named = ['Date', 'Buffer']

const merged = (claims: readonly Claim[]): Claim => {
  const elements = claims.flatMap(claim => claim.element ?? [])
  const shapes = claims.filter(claim => claim.kinds.includes('object'))
  const names = new Set(shapes.flatMap(shape => Object.keys(shape.members ?? {})))
  const member = (name: string): Member => {
    const those = shapes.flatMap(shape => shape.members?.[name] ?? [])
    return { ...merged(those), optional: those.length < shapes.length || those.some(one => one.optional) }
  }
  return {
    kinds: [...new Set(claims.flatMap(claim => claim.kinds))],
    ...(elements.length > 0 && { element: merged(elements) }),
    ...(shapes.length > 0 &&
      shapes.every(shape => shape.members) && {
        members: Object.fromEntries([...names].map(name => [name, member(name)])),
      }),
  }
}

const objectClaim = (checker: Checker, type: Type, depth: number): Claim => {
  const name = type.getSymbol()?.name ?? ''
  if (named.includes(name)) return { kinds: [name] }
  // `object`, or a map from any name to a value: no member is named.
  if (type.flags & TypeFlags.NonPrimitive || checker.getIndexInfosOfType(type).length > 0) return { kinds: ['object'] }
  const members = checker.getPropertiesOfType(type).map(property => [
    property.name,
    {
      ...claimOf(checker, checker.getTypeOfSymbol(property)!, depth + 1),
      optional: (property.flags & SymbolFlags.Optional) !== 0,
    },
  ])
  return { kinds: ['object'], members: Object.fromEntries(members) }
}

export const claimOf = (checker: Checker, type: Type, depth = 0): Claim => {
  const kind = simple.find(([flags]) => type.flags & flags)?.[1]
  if (kind !== undefined) return { kinds: [kind] }
  if (type.flags & TypeFlags.Never) return { kinds: [] }
  if (depth > deepest) return { kinds: ['unknown'] }
  if (type.isUnionType()) return merged(type.getTypes().map(one => claimOf(checker, one, depth)))
  if (checker.isArrayType(type) || checker.isTupleType(type)) {
    const elements = checker.getTypeArguments(type as TypeReference)
    return { kinds: ['array'], element: merged(elements.map(one => claimOf(checker, one, depth + 1))) }
  }
  // A string with a brand is a string.
  const brands = type.isIntersectionType() ? type.getTypes() : []
  const primitive = brands.flatMap(one => simple.find(([flags]) => one.flags & flags)?.[1] ?? [])[0]
  return primitive ? { kinds: [primitive] } : objectClaim(checker, type, depth)
}
