/** What the tests saw of the statements: the columns of their answers, and what was in them. */

/** All that was seen in one place of JSON, or of an array. */
export interface Shape {
  /** `null`, `string`, `number`, `boolean`, `Date`, `object`, `array`. */
  readonly kinds: string[]
  /** How many objects were seen here, and in how many of them each member was. */
  objects: number
  readonly members: Record<string, { in: number; readonly shape: Shape }>
  element?: Shape
}
/** A column, as the protocol of PostgreSQL describes it. */
export interface Column {
  readonly name: string
  /** Of pg_type. */
  readonly type: number
  /** Of pg_class and pg_attribute, where the column is a table's own; 0 for an expression. */
  readonly table: number
  readonly attribute: number
  sawNull: boolean
  sawValue: boolean
  /** Of its values, where they hold others. */
  shape?: Shape
}
/** What one place of the code was answered, in one form. */
export interface Seen {
  /** `file:line:column` of the call. */
  readonly site: string
  readonly text: string
  readonly columns: Column[]
  /** Whether a join or a grouping may put NULL where the table has none. */
  readonly outer: boolean
}

export const noShape = (): Shape => ({ kinds: [], objects: 0, members: {} })

/** Long arrays and wide maps are known by their beginning. */
const enough = 60

const kindOfValue = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return value instanceof Date ? 'Date' : typeof value
}
export const widen = (shape: Shape, value: unknown): void => {
  const kind = kindOfValue(value)
  if (!shape.kinds.includes(kind)) shape.kinds.push(kind)
  if (kind === 'array') {
    shape.element ??= noShape()
    for (const one of (value as unknown[]).slice(0, enough)) widen(shape.element, one)
  }
  if (kind !== 'object') return
  shape.objects++
  for (const [name, inside] of Object.entries(value as object).slice(0, enough)) {
    shape.members[name] ??= { in: 0, shape: noShape() }
    const member = shape.members[name]
    member.in++
    widen(member.shape, inside)
  }
}

const json = [114, 3802]
const maySupplyNull = /\b(?:left|right|full)\s+(?:outer\s+)?join\b|\b(?:rollup|cube|grouping sets)\b/i

/** One answer of a statement. Its values are the rows' own, in the order of the columns. */
export interface Answer {
  readonly site: string
  readonly text: string
  readonly fields: readonly { name: string; dataTypeID: number; tableID: number; columnID: number }[]
  readonly rows: readonly (readonly unknown[])[]
}
export const firstSeen = ({ site, text, fields }: Answer): Seen => ({
  site,
  text,
  columns: fields.map(field => ({
    name: field.name,
    type: field.dataTypeID,
    table: field.tableID,
    attribute: field.columnID,
    sawNull: false,
    sawValue: false,
  })),
  outer: maySupplyNull.test(text),
})
export const see = ({ columns }: Seen, { rows }: Answer): void => {
  for (const row of rows)
    for (const [i, column] of columns.entries()) {
      const value = row[i]
      column[value === null ? 'sawNull' : 'sawValue'] = true
      if (value === null || !(json.includes(column.type) || Array.isArray(value))) continue
      column.shape ??= noShape()
      widen(column.shape, value)
    }
}
/** Answers of one place are told together while their columns are the same. */
export const formOf = ({ site, fields, text }: Answer): string =>
  [site, maySupplyNull.test(text), ...fields.flatMap(f => [f.name, f.dataTypeID, f.tableID, f.columnID])].join(' ')
