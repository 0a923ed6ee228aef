import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { Problem } from '../contract/common.ts'
import * as contract from '../contract/index.ts'
import { refusals } from '../contract/refusals.ts'
import type { Route } from '../contract/route.ts'

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'reply' in value
const routes = Object.values(contract)
  .flatMap(file => Object.values(file as Record<string, unknown>))
  .filter(isRoute)
  .map(route => ({ route, pattern: new RegExp(`^/api${route.path.replace(/:\w+/g, '[^/]+')}$`) }))
  // An address written out goes before one that a parameter would take as well.
  .sort((a, b) => Number(a.route.path.includes(':')) - Number(b.route.path.includes(':')))

const ajv = (addFormats as unknown as (ajv: Ajv) => Ajv)(new Ajv({ strict: false }))
const compiled = new WeakMap<object, ValidateFunction>()
const faultOf = (schema: object, body: unknown): string | undefined => {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(body)) return undefined
  const [error] = validate.errors!
  return `${error!.instancePath || '/'} ${error!.message}`
}

/** What the service could never have answered there, in words; nothing where the contract says nothing. */
export const brokenPromise = (method: string, path: string, status: number, body: unknown): string | undefined => {
  const asked = routes.find(({ route, pattern }) => route.method === method && pattern.test(path))
  const fault =
    status < 400
      ? asked && faultOf(asked.route.reply, body)
      : (faultOf(Problem, body) ??
        ((body as { code: string }).code in refusals
          ? undefined
          : `/code ${(body as { code: string }).code} is no refusal`))
  return fault && `${method} ${asked ? `/api${asked.route.path}` : path} (${status}): ${fault}`
}
