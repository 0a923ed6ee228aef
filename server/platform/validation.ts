import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { TSchema } from 'typebox'

const formats = addFormats as unknown as (ajv: Ajv) => Ajv
// What comes in an address is text and is read as numbers and booleans; a body must already be of its types.
const loose = formats(new Ajv({ allErrors: true, coerceTypes: 'array', useDefaults: true }))
const strict = formats(new Ajv({ allErrors: true, coerceTypes: false, useDefaults: true }))

/** Unknown members are refused at every depth, not ignored: a misspelt filter would silently select everything. */
const closed = (schema: TSchema): TSchema => {
  const { properties, items, anyOf } = schema as { properties?: Record<string, TSchema>; items?: TSchema; anyOf?: TSchema[] }
  return {
    ...schema,
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, closed(member)])), additionalProperties: false } : {}),
    ...(items ? { items: closed(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(closed) } : {}),
  } as TSchema
}

export const compileValidator = (schema: unknown, part: string | undefined): ValidateFunction =>
  (part === 'body' ? strict : loose).compile(part === 'params' ? schema as TSchema : closed(schema as TSchema))

const sentence = ({ keyword, params }: ErrorObject): string => {
  switch (keyword) {
    case 'required': return 'Cette valeur est obligatoire.'
    case 'additionalProperties': return 'Cette valeur n’est pas attendue.'
    case 'maxLength': return `Ce texte dépasse ${params.limit} caractères.`
    case 'minLength': case 'pattern': return 'Cette valeur est vide ou n’a pas la forme attendue.'
    case 'format': return params.format === 'date' ? 'Cette date n’est pas valide (AAAA-MM-JJ).' : 'Cette valeur n’a pas la forme attendue.'
    case 'minimum': return `La valeur doit être au moins ${params.limit}.`
    case 'maximum': return `La valeur doit être au plus ${params.limit}.`
    case 'maxItems': return `La liste dépasse ${params.limit} éléments.`
    case 'minItems': return 'La liste est vide.'
    case 'uniqueItems': return 'La liste contient deux fois la même valeur.'
    case 'enum': case 'const': return 'Cette valeur ne fait pas partie des choix.'
    default: return 'Cette valeur n’a pas la forme attendue.'
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
