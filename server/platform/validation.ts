import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { accountEmailPattern, linePattern } from '../../contract/common.ts'
import { isDayInReach } from '../../contract/days.ts'
import { isUuid } from './ids.ts'

const isInstant = (text: string): boolean =>
  /^[\d-]{10}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
  isDayInReach(text.slice(0, 10)) &&
  !Number.isNaN(Date.parse(text))

const withFormats = (ajv: Ajv): Ajv =>
  (addFormats as unknown as (ajv: Ajv) => Ajv)(ajv)
    .addFormat('uuid', isUuid)
    .addFormat('date', isDayInReach)
    .addFormat('date-time', isInstant)
// What comes in an address is text and is read as numbers and booleans; a body must already be of its types.
const loose = { coerceTypes: 'array', useDefaults: true } as const
const strict = { coerceTypes: false, useDefaults: true } as const
// The first error ends the work, and lengths are looked at before patterns and lines: what is too long costs nothing
// more.
const untilFirst = { body: withFormats(new Ajv(strict)), other: withFormats(new Ajv(loose)) }
const all = {
  body: withFormats(new Ajv({ ...strict, allErrors: true })),
  other: withFormats(new Ajv({ ...loose, allErrors: true })),
}

/** Unknown members are refused at every depth, not ignored: a misspelt filter would silently select everything. */
const closed = (schema: TSchema): TSchema => {
  const { properties, items, anyOf } = schema as {
    properties?: Record<string, TSchema>
    items?: TSchema
    anyOf?: TSchema[]
  }
  return {
    ...schema,
    ...(properties
      ? {
          properties: Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, closed(member)])),
          additionalProperties: false,
        }
      : {}),
    ...(items ? { items: closed(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(closed) } : {}),
  } as TSchema
}

const [mostLines, mostLinesWithin, mostMembers, mostDepth] = [300, 20, 200, 20]
/** Enough of what was sent to name each wrong field of a form: the first lines of a list, not thousands of members. */
const excerpt = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (depth > mostDepth) return null
  if (Array.isArray(value)) {
    return value.slice(0, depth > 1 ? mostLinesWithin : mostLines).map(line => excerpt(line, depth + 1))
  }
  const members: [string, unknown][] = []
  for (const name in value) {
    members.push([name, excerpt((value as Record<string, unknown>)[name], depth + 1)])
    if (members.length === mostMembers) break
  }
  return Object.fromEntries(members)
}

/** What the database holds as text: no NUL, no half of a surrogate pair. */
const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
/** Where the first text is that is none, as a JSON pointer; also what lies deeper than any route asks. */
const misfit = (value: unknown, depth = 0): string | undefined => {
  if (typeof value === 'string') return isText(value) ? undefined : ''
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > mostDepth) return ''
  for (const name in value) {
    const inside = isText(name) ? misfit((value as Record<string, unknown>)[name], depth + 1) : ''
    if (inside !== undefined) return isText(name) ? `/${name}${inside}` : inside
  }
  return undefined
}

export interface Validate {
  (data: unknown): boolean
  errors?: ErrorObject[] | null
}

/** By shape, then by where it comes: a process that serves several times compiles each once. */
const compiled = new WeakMap<object, Map<string | undefined, Validate>>()
/**
 * The work is in proportion to what was sent: the first error ends it, and the others are looked for in an excerpt.
 * Compiled at the first use: a service starts in half the time, and most routes never refuse.
 */
export const compileValidator = (schema: unknown, part: string | undefined): Validate => {
  const known = compiled.get(schema as object) ?? new Map<string | undefined, Validate>()
  compiled.set(schema as object, known)
  const validate = known.get(part) ?? validatorOf(schema as TSchema, part)
  known.set(part, validate)
  return validate
}
const validatorOf = (schema: TSchema, part: string | undefined): Validate => {
  const kind = part === 'body' ? 'body' : 'other'
  let shape: TSchema | undefined
  let first: ValidateFunction | undefined
  let every: ValidateFunction | undefined
  const validate: Validate = data => {
    validate.errors = null
    shape ??= part === 'params' ? schema : closed(schema)
    first ??= untilFirst[kind].compile(shape)
    if (first(data)) {
      const where = misfit(data)
      const error: ErrorObject = { keyword: 'text', instancePath: where ?? '', schemaPath: '', params: {} }
      if (where !== undefined) validate.errors = [error]
    } else {
      every ??= all[kind].compile(shape)
      every(excerpt(data))
      validate.errors = [...(every.errors ?? []), ...first.errors!]
    }
    return validate.errors === null
  }
  return validate
}

const sentence = ({ keyword, params }: ErrorObject): string => {
  switch (keyword) {
    case 'required':
      return 'Cette valeur est obligatoire.'
    case 'additionalProperties':
      return 'Cette valeur n’est pas attendue.'
    case 'maxLength':
      return `Ce texte dépasse ${params.limit} caractères.`
    case 'pattern':
      if (params.pattern === accountEmailPattern)
        return 'Cette adresse n’a pas la forme attendue : ni accent, ni caractère invisible, ni deux points à la suite.'
      return params.pattern === linePattern
        ? 'Cette valeur tient sur une ligne, n’est pas vide et n’a pas de caractère invisible : saisissez-la de nouveau.'
        : 'Cette valeur est vide ou n’a pas la forme attendue.'
    case 'minLength':
      return 'Cette valeur est vide ou n’a pas la forme attendue.'
    case 'text':
      return 'Ce texte contient un caractère que le service ne peut pas garder.'
    case 'format':
      return params.format === 'date'
        ? 'Cette date n’est pas valide (AAAA-MM-JJ).'
        : 'Cette valeur n’a pas la forme attendue.'
    case 'minimum':
      return `La valeur doit être au moins ${params.limit}.`
    case 'maximum':
      return `La valeur doit être au plus ${params.limit}.`
    case 'maxItems':
      return `La liste dépasse ${params.limit} éléments.`
    case 'minItems':
      return 'La liste est vide.'
    case 'uniqueItems':
      return 'La liste contient deux fois la même valeur.'
    case 'enum':
    case 'const':
      return 'Cette valeur ne fait pas partie des choix.'
    default:
      return 'Cette valeur n’a pas la forme attendue.'
  }
}

/** One sentence a field, the first that is wrong with it. Never repeats what was sent: it may be personal. */
export const fieldErrors = (errors: readonly ErrorObject[]): { field: string; message: string }[] => {
  const byField = new Map<string, string>()
  for (const error of errors) {
    if (error.keyword === 'anyOf') continue
    const member = (error.params.missingProperty ?? error.params.additionalProperty) as string | undefined
    const field = [...error.instancePath.split('/').slice(1), ...(member ? [member] : [])].join('.')
    if (!byField.has(field)) byField.set(field, sentence(error))
  }
  return [...byField].slice(0, 20).map(([field, message]) => ({ field, message }))
}
