import * as contract from '../../contract/index.ts'
import type { Route } from '../../contract/route.ts'

export interface Schema {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly maxProperties?: number
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
}

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value
export const routes: readonly Route[] = Object.values(contract)
  .flatMap(file => Object.values(file as Record<string, unknown>))
  .filter(isRoute)
/** What the contract takes where nobody is signed in: posted to `/auth/…` or `/avis/…`, outside the API. */
export const anonymous: readonly { readonly path: string; readonly body: Schema }[] = Object.values(contract)
  .flatMap(file => Object.values(file as Record<string, unknown>))
  .filter(
    (one): one is { path: string; body: Schema } =>
      typeof one === 'object' &&
      one !== null &&
      'body' in one &&
      /^\/(auth|avis)\//.test(String((one as { path?: unknown }).path)),
  )
export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`
export const parts = ['params', 'query', 'body'] as const

const words = [
  'Essai',
  '31000000000001',
  '310000000',
  '33063',
  '43',
  '01',
  'A',
  'QUJDREVGR0g=',
  'account.created',
  'account',
  'a'.repeat(64),
  '09:30',
  '123456',
  '0500000001',
  'marie@exemple.fr',
  'https://exemple.fr/a',
  'a'.repeat(43),
  '/campagnes',
]
const formatted: Readonly<Record<string, string>> = {
  uuid: '019ac000-0000-7000-8000-000000000001',
  date: '2026-11-25',
  'date-time': '2026-11-25T09:00:00.000Z',
  email: 'marie@exemple.fr',
  uri: 'https://exemple.fr/a',
}

/** Something that the schema accepts, every optional member included. */
export const sampleOf = (schema: Schema): unknown => {
  if (schema.anyOf) return sampleOf(schema.anyOf[0]!)
  if (schema.enum) return schema.enum[0]
  if ('const' in schema) return schema.const
  switch (schema.type) {
    case 'string': {
      if (schema.format) return formatted[schema.format]
      const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
      const word = words.find(
        w => w.length >= minLength && w.length <= maxLength && (!pattern || new RegExp(pattern, 'u').test(w)),
      )
      if (word === undefined) throw new Error(`no word for ${JSON.stringify(schema)}`)
      return word
    }
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return false
    case 'null':
      return null
    case 'array':
      return [sampleOf(schema.items!)]
    case 'object':
      return schema.patternProperties
        ? { notes: 'Essai' }
        : Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, member]) => [name, sampleOf(member)]))
    default:
      return {}
  }
}

export interface Leaf {
  readonly path: string
  readonly schema: Schema
  /** The whole, accepted but for this value put there. */
  readonly put: (value: unknown) => unknown
}
/** Every place of a schema, each alternative included: texts, numbers, lists, and what is not said. */
export const leavesOf = (schema: Schema, path = ''): Leaf[] => {
  if (schema.anyOf) return schema.anyOf.flatMap(one => leavesOf(one, path))
  if (schema.patternProperties)
    return [
      {
        path: `${path}.notes`,
        schema: Object.values(schema.patternProperties)[0]!,
        put: value => ({ notes: value }),
      },
    ]
  if (schema.type === 'object') {
    const sample = sampleOf(schema) as object
    return Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
      leavesOf(member, `${path}.${name}`).map(leaf => ({
        ...leaf,
        put: value => ({ ...sample, [name]: leaf.put(value) }),
      })),
    )
  }
  const here: Leaf = { path, schema, put: value => value }
  return schema.type === 'array'
    ? [
        here,
        ...leavesOf(schema.items!, `${path}[]`).map(leaf => ({
          ...leaf,
          put: (value: unknown) => [leaf.put(value)],
        })),
      ]
    : [here]
}
