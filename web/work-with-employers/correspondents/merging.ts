import type { SourcedValue } from './sources.ts'
import { type Correspondent, type Field, typedFields } from './words.ts'

export const bothOf = 'both'
export interface Compared {
  readonly field: Field
  readonly kept: readonly SourcedValue[]
  readonly absorbed: readonly SourcedValue[]
}
/** What both cards say of each field that one of them fills. */
export const comparedOf = (kept: Correspondent, absorbed: Correspondent): readonly Compared[] =>
  typedFields.flatMap(field => {
    const of = ({ values }: Correspondent) => values.filter(value => value.field === field)
    const row = { field, kept: of(kept), absorbed: of(absorbed) }
    return row.kept.length + row.absorbed.length ? [row] : []
  })
/** Both cards speak, and not with one voice: one chooses. */
export const differ = ({ kept, absorbed }: Compared): boolean =>
  kept.length > 0 && absorbed.some(({ value }) => !kept.some(other => other.value === value))

/** One has two numbers, and one name. */
const severalMakeSense: readonly Field[] = ['phone', 'otherPhone', 'email', 'postalAddress']
/** What is proposed: the name of the card kept, and every way to reach the person. */
export const proposed = ({ field, kept }: Compared): string =>
  severalMakeSense.includes(field) || kept.length !== 1 ? bothOf : kept[0]!.id

/** The values that set aside the others of their field. */
export const retainedOf = (rows: readonly Compared[], sent: Readonly<Record<string, string>>): string[] =>
  rows.filter(differ).flatMap(row => {
    const chosen = sent[row.field] ?? proposed(row)
    return chosen === bothOf ? [] : [chosen]
  })
