import { Refused } from './errors.ts'
import { isDay } from './time.ts'

type Shape = (part: string) => boolean
const like =
  (pattern: RegExp): Shape =>
  part =>
    pattern.test(part)
/** Shapes a sort key can have; what does not match never reaches SQL. */
export const keyShapes = {
  day: isDay,
  id: like(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  number: like(/^\d{1,15}$/),
  instant: (part: string) =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(part) && !Number.isNaN(Date.parse(part)),
  text: like(/^[^\0]{0,300}$/s),
}

/** A position in a list: the sort key of its last line, opaque to the caller. */
export const cursorOf = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key.map(String))).toString('base64url')

/** The sort key in a cursor, or undefined without one. Wrong shape: 400, as for any value a program made up. */
export const readCursor = (cursor: string | undefined, ...shapes: readonly Shape[]): string[] | undefined => {
  if (cursor === undefined) return undefined
  let key: unknown
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw new Refused('request/cursor-invalid')
  }
  if (
    !Array.isArray(key) ||
    key.length !== shapes.length ||
    !key.every((part, i) => typeof part === 'string' && shapes[i]!(part))
  )
    throw new Refused('request/cursor-invalid')
  return key as string[]
}

/** Cuts the `limit + 1` rows that were read to a page, and says where the next one starts. */
export const pageOf = <T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly (string | number)[],
): { rows: readonly T[]; next: string | null } =>
  rows.length > limit ? { rows: rows.slice(0, limit), next: cursorOf(keyOf(rows[limit - 1]!)) } : { rows, next: null }
