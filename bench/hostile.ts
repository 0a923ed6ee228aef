import { randomBytes } from 'node:crypto'
import * as contract from '../contract/index.ts'
import type { Route } from '../contract/route.ts'
import * as passwords from '../contract/signing-in/passwords.ts'
import type { Call } from './load.ts'

interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly maxLength?: number
}
const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value
const routes = Object.values(contract)
  .flatMap(file => Object.values(file as Record<string, unknown>))
  .filter(isRoute)

const lists = new Map<number, string>()
const listOf = (size: number) => {
  if (!lists.has(size)) lists.set(size, `[${Array.from({ length: Math.floor(size / 6) }, (_, n) => n).join()}]`)
  return lists.get(size)!
}
/**
 * About so many characters of JSON: an e-mail of dots that no pattern ends, a list of things all different and all
 * wrong. Written straight as text, so that the bench spends nothing on it.
 */
const worstOf = (shape: Shape, size: number): string => {
  if (shape.anyOf) return worstOf(shape.anyOf[0]!, size)
  if (shape.type === 'array') return listOf(size)
  if (shape.type === 'object' && shape.properties) {
    const names = Object.keys(shape.properties)
    const each = Math.floor(size / names.length)
    return `{${names.map(name => `"${name}":${worstOf(shape.properties![name]!, each)}`).join()}}`
  }
  return `"a@${'.'.repeat(Math.max(1, size - 6))} "`
}
/** Members that nobody expects. */
const strangers = (size: number) => `{${Array.from({ length: Math.floor(size / 10) }, (_, n) => `"x${n}":0`).join()}}`
const madeStrangers = new Map<number, string>()
const strangersOf = (size: number) => {
  if (!madeStrangers.has(size)) madeStrangers.set(size, strangers(size))
  return madeStrangers.get(size)!
}

/** A session that nobody has. */
const invented = () => `session=${randomBytes(32).toString('base64url')}`
const sizes = [1_000, 60_000, 1_900_000]

/**
 * The worst that nobody in particular can send: each body of the contract in three sizes, each address with an
 * invented session, sign-in, health, the description.
 */
export const hostileCalls = (): ((n: number) => Call) => {
  // Made when their turn comes: all of them at once would fill the memory.
  const bodies = routes
    .filter(route => route.body)
    .flatMap(route =>
      sizes.flatMap(size =>
        [() => worstOf(route.body as Shape, size), () => strangersOf(size)].map(
          make => (): Call => ({
            path: `/api${route.path.replace(/:\w+/g, 'x')}`,
            method: route.method as 'POST',
            body: make(),
          }),
        ),
      ),
    )
  const dear = [
    '/establishments?q=sa',
    '/establishments?q=boulangerie%20ma&total=true',
    '/establishments/facets?q=sci',
    `/establishments?q=${'a%20'.repeat(400)}`,
    '/indicators?from=2020-01-01&to=2026-11-25',
    '/trail/entries',
  ]
  const reads = [
    ...dear,
    ...routes
      .filter(route => route.method === 'GET')
      .map(route => route.path.replace(/:\w+/g, '00000000-0000-7000-8000-000000000000')),
  ].map(path => (): Call => ({ path: `/api${path}` }))
  const outside: (() => Call)[] = [
    ...[
      '/auth/callback',
      '/auth/callback?state=x',
      `/auth/callback?state=${'x'.repeat(4_000)}`,
      '/auth/sign-in',
      `/auth/sign-in?returnTo=${'/a'.repeat(2_000)}`,
      '/auth/step-up',
      '/health/live',
      '/health/ready',
      '/api/openapi.json',
      '/',
    ].map(path => () => ({ path })),
    ...[passwords.signInWays, passwords.passwordSignIn, passwords.passwordLink, passwords.choosePassword].flatMap(
      ({ path, body }) => sizes.map(size => (): Call => ({ path, method: 'POST', body: worstOf(body as Shape, size) })),
    ),
  ]
  // In turn, so that any ten seconds hold some of each.
  const kinds = [bodies, reads, outside]
  return n => {
    const kind = kinds[n % 3]!
    const cookie = [undefined, invented(), 'session=short'][Math.floor(n / 3) % 3]
    return {
      ...kind[(Math.floor(n / 3) * 7) % kind.length]!(),
      headers: (cookie ? { cookie } : {}) as Record<string, string>,
    }
  }
}
