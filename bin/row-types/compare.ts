/** Compares what PostgreSQL answered with the row type that the code claims. Pure, but for the parsers of pg. */
import pg from 'pg'
import { camelName } from '../../server/platform/database.ts' // which also sets the parsers
import { type Call, type Claim, type Member, written } from './claims.ts'
import type { Column, Seen, Shape } from './seen.ts'

/** Of the catalogue: `table attribute` → its name, and whether it refuses NULL. */
export type Attributes = ReadonlyMap<string, { readonly name: string; readonly notNull: boolean }>

/** One value of each type that pg reads: its parser says what comes of it. Any other type stays text. */
const samples: Readonly<Record<number, string>> = {
  16: 't',
  17: '\\x00',
  20: '1',
  21: '1',
  23: '1',
  26: '1',
  114: '{}',
  700: '1',
  701: '1',
  1000: '{t}',
  1001: '{"\\\\x00"}',
  1005: '{1}',
  1007: '{1}',
  1009: '{a}',
  1015: '{a}',
  1016: '{1}',
  1021: '{1}',
  1022: '{1}',
  1082: '2026-01-01',
  1114: '2026-01-01 00:00:00',
  1115: '{"2026-01-01 00:00:00"}',
  1182: '{2026-01-01}',
  1184: '2026-01-01 00:00:00+00',
  1185: '{"2026-01-01 00:00:00+00"}',
  1231: '{1}',
  2951: '{00000000-0000-0000-0000-000000000000}',
  3802: '{}',
}
const json = [114, 3802]

const claimOfValue = (value: unknown): Claim => {
  if (Array.isArray(value)) return { kinds: ['array'], element: claimOfValue(value[0]) }
  if (Buffer.isBuffer(value)) return { kinds: ['Buffer'] }
  return { kinds: [value instanceof Date ? 'Date' : typeof value] }
}
/** What a value of this type of PostgreSQL is once read; undefined for JSON, which may be anything. */
export const readAs = (type: number): Claim | undefined => {
  if (json.includes(type)) return undefined
  const read = pg.types.getTypeParser(type)
  const sample = samples[type]
  if (sample === undefined && read('x') !== 'x') throw new Error(`type ${type}: give a sample of it in compare.ts`)
  return claimOfValue(read(sample ?? 'x'))
}

const isUnknown = (claim: Claim) => claim.kinds.includes('unknown')
const takesNull = (claim: Claim) => claim.kinds.includes('null') || isUnknown(claim)

/** Whether `claim`, NULL apart, says no more than `read`. */
const within = (claim: Claim, read: Claim): boolean =>
  isUnknown(claim) ||
  (claim.kinds.filter(kind => kind !== 'null' && kind !== 'undefined').every(kind => read.kinds.includes(kind)) &&
    (!claim.element || !read.element || within(claim.element, read.element)))

/** What was seen inside a value, beside what its type says; `at` is the way to it. */
const insideFaults = (at: string, shape: Shape, claim: Claim): string[] => {
  if (isUnknown(claim)) return []
  const faults = shape.kinds
    .filter(kind => !claim.kinds.includes(kind))
    .map(kind => `${at}: it was ${kind}, the type says ${written(claim)}`)
  if (shape.element && claim.element) faults.push(...insideFaults(`${at}[]`, shape.element, claim.element))
  if (!claim.members || !shape.kinds.includes('object')) return faults
  for (const [name, member] of Object.entries(shape.members)) {
    const claimed = claim.members[name]
    if (claimed) faults.push(...insideFaults(`${at}.${name}`, member.shape, claimed))
    else faults.push(`${at}.${name}: the type does not have it`)
  }
  for (const [name, { optional, kinds }] of Object.entries(claim.members))
    if (!optional && !kinds.includes('undefined') && shape.members[name]?.in !== shape.objects)
      faults.push(`${at}.${name}: it was missing, the type says it is there`)
  return faults
}

const nullFaults = (column: Column, member: Member, outer: boolean, attributes: Attributes): string[] => {
  const base = attributes.get(`${column.table} ${column.attribute}`)
  if (!takesNull(member)) {
    if (column.sawNull) return ['it was NULL, the type excludes it']
    return base && !base.notNull ? [`${base.name} may be NULL, the type excludes it`] : []
  }
  return member.kinds.includes('null') && base?.notNull && !outer
    ? [`${base.name} is never NULL, the type says it may be`]
    : []
}

const columnFaults = (name: string, column: Column, member: Member, { outer }: Seen, attributes: Attributes) => {
  const read = readAs(column.type)
  const isRead = read === undefined ? !/Date|Buffer|bigint/.test(written(member)) : within(member, read)
  return [
    ...(isRead ? [] : [`${name}: PostgreSQL gives ${read ? written(read) : 'JSON'}, the type says ${written(member)}`]),
    ...nullFaults(column, member, outer, attributes).map(fault => `${name}: ${fault}`),
    ...(column.shape && isRead ? insideFaults(name, column.shape, member) : []),
  ]
}

/** What is wrong in one answer, in sentences; empty where the type tells the truth. */
export const faultsOf = (seen: Seen, { row, camel }: Pick<Call, 'row' | 'camel'>, attributes: Attributes): string[] => {
  const members = row?.members
  if (members === undefined) return []
  const named = new Map(seen.columns.map(column => [camel ? camelName(column.name) : column.name, column]))
  const faults = named.size < seen.columns.length ? ['two columns have one name'] : []
  for (const [name, column] of named) {
    const member = members[name]
    if (member) faults.push(...columnFaults(name, column, member, seen, attributes))
    else faults.push(`${name}: the type does not have this column`)
  }
  for (const [name, { optional }] of Object.entries(members))
    if (!optional && !named.has(name))
      faults.push(`${name}: no such column (there are ${[...named.keys()].join(', ')})`)
  return faults
}
